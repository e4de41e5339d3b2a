#include "CVips.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <vips/vips.h>

#include "picture.h"

int32_t cinnabar_vips_allow_png(void) {
    vips_operation_block_set("VipsForeignSavePngBuffer", FALSE);
    return 0;
}

/// `image`, which it takes, upright, within the box, in sRGB of 8 bits, before white. Null on failure.
static VipsImage *displayed(VipsImage *image, int32_t box_width, int32_t box_height) {
    VipsImage *small = NULL, *flat = NULL, *colour = NULL, *bytes = NULL;
    VipsArrayDouble *white = vips_array_double_newv(1, 255.0);
    // A profile that does not read is left out by libvips, as every viewer does.
    if (!vips_thumbnail_image(image, &small, box_width, "height", box_height, "size", VIPS_SIZE_DOWN, "export_profile",
                              "srgb", NULL) &&
        !vips_colourspace(small, &colour, VIPS_INTERPRETATION_sRGB, NULL) &&
        !(vips_image_hasalpha(colour) ? vips_flatten(colour, &flat, "background", white, NULL)
                                      : vips_copy(colour, &flat, NULL)))
        (void)vips_cast_uchar(flat, &bytes, NULL);
    vips_area_unref(VIPS_AREA(white));
    if (flat)
        g_object_unref(flat);
    if (colour)
        g_object_unref(colour);
    if (small)
        g_object_unref(small);
    g_object_unref(image);
    return bytes;
}

uint8_t *cinnabar_vips_display(cinnabar_vips_picture *picture, int32_t box_width, int32_t box_height, int32_t *width,
                               int32_t *height) {
    errno = 0;
    vips_error_clear();
    g_object_ref(picture->image);
    VipsImage *image = displayed(picture->image, box_width, box_height);
    if (!image)
        return NULL;
    uint8_t *pixels = NULL;
    if (vips_image_get_bands(image) == 3 && vips_image_get_format(image) == VIPS_FORMAT_UCHAR) {
        size_t count = 0;
        pixels = vips_image_write_to_memory(image, &count);
        *width = vips_image_get_width(image);
        *height = vips_image_get_height(image);
    }
    g_object_unref(image);
    return pixels;
}

void cinnabar_vips_free(void *memory) { g_free(memory); }

int32_t cinnabar_vips_png(const uint8_t *pixels, int32_t width, int32_t height, uint8_t *into, size_t room,
                          size_t *count) {
    errno = 0;
    vips_error_clear();
    VipsImage *image =
        vips_image_new_from_memory(pixels, (size_t)width * (size_t)height * 3, width, height, 3, VIPS_FORMAT_UCHAR);
    if (!image)
        return -1;
    VipsImage *coloured = NULL;
    void *bytes = NULL;
    size_t length = 0;
    int32_t result = -1;
    if (!vips_copy(image, &coloured, "interpretation", VIPS_INTERPRETATION_sRGB, NULL) &&
        !vips_pngsave_buffer(coloured, &bytes, &length, "compression", 6, "strip", TRUE, "filter",
                             VIPS_FOREIGN_PNG_FILTER_ALL, NULL) &&
        length <= room) {
        memcpy(into, bytes, length);
        *count = length;
        result = 0;
    }
    g_free(bytes);
    if (coloured)
        g_object_unref(coloured);
    g_object_unref(image);
    return result;
}
