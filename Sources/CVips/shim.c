#include "CVips.h"

#include <vips/vips.h>

const char *cinnabar_vips_version(void) { return vips_version_string(); }
