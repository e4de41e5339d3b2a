#include "CVips.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <vips/vips.h>

#include "picture.h"

const char *cinnabar_vips_version(void) { return vips_version_string(); }

/// The libraries' remarks on untrusted files go nowhere.
static void say_nothing(const gchar *domain, GLogLevelFlags level, const gchar *message, gpointer data) {
    (void)domain, (void)level, (void)message, (void)data;
}

int32_t cinnabar_vips_start(void) {
    g_log_set_default_handler(say_nothing, NULL);
    if (vips_init("cinnabar-decoder") != 0)
        return -1;
    // One picture at a time, on one core, and nothing kept of it.
    vips_cache_set_max(0);
    vips_concurrency_set(1);
    vips_block_untrusted_set(TRUE);
    vips_operation_block_set("VipsForeignLoad", TRUE);
    vips_operation_block_set("VipsForeignSave", TRUE);
    static const char *const allowed[] = {
        "VipsForeignLoadJpegBuffer", "VipsForeignLoadPngBuffer",   "VipsForeignLoadWebpBuffer",
        "VipsForeignLoadTiffBuffer", "VipsForeignLoadNsgifBuffer", "VipsForeignLoadHeifBuffer",
    };
    for (size_t index = 0; index < sizeof allowed / sizeof *allowed; index++)
        vips_operation_block_set(allowed[index], FALSE);
    return 0;
}

/// Damage is an error (`fail_on`), not a picture with a grey part; rows are decoded as they are asked for.
static VipsImage *load(int32_t loader, void *bytes, size_t count) {
    typedef int (*loader_function)(void *, size_t, VipsImage **, ...);
    static const loader_function loaders[] = {
        NULL,
        vips_jpegload_buffer,
        vips_pngload_buffer,
        vips_webpload_buffer,
        vips_tiffload_buffer,
        vips_gifload_buffer,
        vips_heifload_buffer,
    };
    if (loader < CINNABAR_VIPS_JPEG || loader > CINNABAR_VIPS_HEIF)
        return NULL;
    VipsImage *image = NULL;
    if (loaders[loader](bytes, count, &image, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on", VIPS_FAIL_ON_ERROR, NULL))
        return NULL;
    return image;
}

static int32_t colours_of(VipsImage *image) {
    int bands = vips_image_get_bands(image);
    switch (vips_image_get_interpretation(image)) {
    case VIPS_INTERPRETATION_B_W:
    case VIPS_INTERPRETATION_GREY16:
        return bands == 1 || bands == 2 ? CINNABAR_VIPS_GREY : CINNABAR_VIPS_OTHER;
    case VIPS_INTERPRETATION_sRGB:
    case VIPS_INTERPRETATION_RGB:
    case VIPS_INTERPRETATION_RGB16:
        return bands == 3 || bands == 4 ? CINNABAR_VIPS_RGB : CINNABAR_VIPS_OTHER;
    case VIPS_INTERPRETATION_CMYK:
        return bands == 4 || bands == 5 ? CINNABAR_VIPS_CMYK : CINNABAR_VIPS_OTHER;
    default:
        return CINNABAR_VIPS_OTHER;
    }
}

static void fill_header(VipsImage *image, cinnabar_vips_header *header) {
    VipsBandFormat format = vips_image_get_format(image);
    header->width = vips_image_get_width(image);
    header->height = vips_image_get_height(image);
    header->colours = colours_of(image);
    header->bands = vips_image_get_bands(image);
    header->bits = format == VIPS_FORMAT_UCHAR ? 8 : format == VIPS_FORMAT_USHORT ? 16 : 0;
    header->frames = vips_image_get_n_pages(image);
    header->orientation = vips_image_get_orientation(image);
}

cinnabar_vips_picture *cinnabar_vips_open(int32_t loader, const uint8_t *bytes, size_t count,
                                          cinnabar_vips_header *header) {
    errno = 0;
    vips_error_clear();
    // The loaders take a pointer to non-constant bytes but only read them.
    VipsImage *image = load(loader, (void *)bytes, count);
    if (!image)
        return NULL;
    cinnabar_vips_picture *picture = calloc(1, sizeof *picture);
    VipsRegion *region = picture ? vips_region_new(image) : NULL;
    if (!region) {
        free(picture);
        g_object_unref(image);
        return NULL;
    }
    picture->image = image;
    picture->region = region;
    fill_header(image, header);
    return picture;
}

int32_t cinnabar_vips_read(cinnabar_vips_picture *picture, int32_t top, int32_t rows, void *into) {
    errno = 0;
    vips_error_clear();
    VipsRect wanted = {0, top, vips_image_get_width(picture->image), rows};
    if (vips_region_prepare(picture->region, &wanted) != 0)
        return -1;
    size_t row_bytes = VIPS_IMAGE_SIZEOF_LINE(picture->image);
    for (int32_t row = 0; row < rows; row++)
        memcpy((char *)into + (size_t)row * row_bytes, VIPS_REGION_ADDR(picture->region, 0, top + row), row_bytes);
    return 0;
}

int32_t cinnabar_vips_is_out_of_memory(void) {
    // libvips and libheif have no code for it, only these words; the C library's own may be overwritten on the way.
    const char *text = vips_error_buffer();
    return errno == ENOMEM || strstr(text, "out of memory") || strstr(text, "Memory allocation error");
}

void cinnabar_vips_close(cinnabar_vips_picture *picture) {
    if (!picture)
        return;
    g_object_unref(picture->region);
    g_object_unref(picture->image);
    free(picture);
}
