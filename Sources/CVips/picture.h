#pragma once

#include <vips/vips.h>

/// What the two halves of this shim share.
struct cinnabar_vips_picture {
    VipsImage *image;
    VipsRegion *region;
};
