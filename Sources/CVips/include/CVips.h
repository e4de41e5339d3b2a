#pragma once

#include <stddef.h>
#include <stdint.h>

/// A picture opened by one of libvips' loaders, read from the top down.
typedef struct cinnabar_vips_picture cinnabar_vips_picture;

/// The loaders that exist for this program.
enum cinnabar_vips_loader {
    CINNABAR_VIPS_JPEG = 1,
    CINNABAR_VIPS_PNG = 2,
    CINNABAR_VIPS_WEBP = 3,
    CINNABAR_VIPS_TIFF = 4,
    CINNABAR_VIPS_GIF = 5,
    CINNABAR_VIPS_HEIF = 6,
};

/// How the bands of a pixel are to be read.
enum cinnabar_vips_colours {
    CINNABAR_VIPS_OTHER = 0,
    CINNABAR_VIPS_GREY = 1,
    CINNABAR_VIPS_RGB = 3,
    CINNABAR_VIPS_CMYK = 4,
};

typedef struct {
    int32_t width, height;
    /// One of cinnabar_vips_colours; its value is the number of colour bands.
    int32_t colours;
    /// The bands of a pixel with alpha.
    int32_t bands;
    /// 8 or 16, or 0 for anything else.
    int32_t bits;
    /// Frames or pages, at least 1.
    int32_t frames;
    /// EXIF orientation, 1 to 8, that is still to be applied.
    int32_t orientation;
} cinnabar_vips_header;

/// The version of libvips this program runs with, such as "8.14.1".
const char *cinnabar_vips_version(void);

/// Once per process, before anything else. Blocks all loaders but those above. Returns 0, or -1.
int32_t cinnabar_vips_start(void);

/// Reads the header of the first frame or page. `bytes` must outlive the picture. Returns null on failure.
cinnabar_vips_picture *cinnabar_vips_open(int32_t loader, const uint8_t *bytes, size_t count,
                                          cinnabar_vips_header *header);

/// Copies `rows` rows from `top` on into `into`: rows × width × bands values of `bits`, in the machine's byte order.
/// `top` only grows from call to call. Returns 0, or -1 when the picture is damaged, truncated or past memory.
int32_t cinnabar_vips_read(cinnabar_vips_picture *picture, int32_t top, int32_t rows, void *into);

/// Whether the failure just returned was for want of memory.
int32_t cinnabar_vips_is_out_of_memory(void);

void cinnabar_vips_close(cinnabar_vips_picture *picture);

/// Allows the one encoder that there is: PNG into memory. For the process that draws overlays.
int32_t cinnabar_vips_allow_png(void);

/// Decodes a picture for eyes: upright, its colours as its profile says, before white, no larger than the box. Returns
/// rows of red, green and blue that are to be freed, or null when the picture is damaged, truncated or past memory.
/// After this no rows can be read.
uint8_t *cinnabar_vips_display(cinnabar_vips_picture *picture, int32_t box_width, int32_t box_height, int32_t *width,
                               int32_t *height);

void cinnabar_vips_free(void *memory);

/// Writes rows of red, green and blue as PNG into `room` bytes. Returns 0 and the length in `*count`, or -1.
int32_t cinnabar_vips_png(const uint8_t *pixels, int32_t width, int32_t height, uint8_t *into, size_t room,
                          size_t *count);
