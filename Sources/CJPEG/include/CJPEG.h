#pragma once

#include <stddef.h>
#include <stdint.h>

/// A JPEG being read by libjpeg-turbo. Its errors come by longjmp, which must not cross Swift frames: hence this shim.
typedef struct cinnabar_jpeg cinnabar_jpeg;

enum cinnabar_jpeg_result {
    CINNABAR_JPEG_OK = 0,
    /// Damaged or truncated.
    CINNABAR_JPEG_MALFORMED = 1,
    /// A variant that libjpeg-turbo does not decode to grey, such as 12 bits or lossless.
    CINNABAR_JPEG_UNSUPPORTED = 2,
    CINNABAR_JPEG_OUT_OF_MEMORY = 3,
};

/// What the header says.
typedef struct {
    int32_t width, height;
    /// Whether the components are CMYK or YCCK, which have no grey conversion here.
    int32_t is_cmyk;
    /// The first APP1 segment that starts with `Exif\0\0`, with that prefix; null when there is none. Lives as long as
    /// the reader.
    const uint8_t *exif;
    size_t exif_count;
} cinnabar_jpeg_header;

/// The version of libjpeg-turbo this program was compiled with, such as "2.1.5".
const char *cinnabar_jpeg_version(void);

/// Reads the header. `bytes` must outlive the reader. `*reader` is null unless the result is CINNABAR_JPEG_OK.
int32_t cinnabar_jpeg_open(const uint8_t *bytes, size_t count, cinnabar_jpeg **reader, cinnabar_jpeg_header *header);

/// Chooses the smallest of the scales 1/8, 1/4, 1/2 and 1 that keeps the short side at `short_side` or more, and starts
/// decoding to grey with the accurate integer DCT.
int32_t cinnabar_jpeg_start(cinnabar_jpeg *reader, int32_t short_side, int32_t *plane_width, int32_t *plane_height);

/// Decodes every row into `plane` of plane_width × plane_height bytes, and reads on to the end of the image.
int32_t cinnabar_jpeg_read(cinnabar_jpeg *reader, uint8_t *plane);

void cinnabar_jpeg_close(cinnabar_jpeg *reader);
