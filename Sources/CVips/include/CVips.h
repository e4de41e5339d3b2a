#pragma once

/// The version of libvips this program runs with, such as "8.14.1".
const char *cinnabar_vips_version(void);
