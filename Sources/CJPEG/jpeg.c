#include "CJPEG.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

#include <jerror.h>

struct cinnabar_jpeg {
    struct jpeg_decompress_struct decompress;
    struct jpeg_error_mgr errors;
    jmp_buf escape;
    int32_t result;
};

#define TEXT_OF(value) #value
#define TEXT(value) TEXT_OF(value)

const char *cinnabar_jpeg_version(void) { return TEXT(LIBJPEG_TURBO_VERSION); }

static void fail(j_common_ptr common, int32_t result) {
    cinnabar_jpeg *reader = common->client_data;
    reader->result = result;
    longjmp(reader->escape, 1);
}

static void exit_on_error(j_common_ptr common) {
    switch (common->err->msg_code) {
    case JERR_OUT_OF_MEMORY:
        fail(common, CINNABAR_JPEG_OUT_OF_MEMORY);
    case JERR_ARITH_NOTIMPL:
    case JERR_BAD_J_COLORSPACE:
    case JERR_BAD_PRECISION:
    case JERR_CCIR601_NOTIMPL:
    case JERR_COMPONENT_COUNT:
    case JERR_CONVERSION_NOTIMPL:
    case JERR_FRACT_SAMPLE_NOTIMPL:
    case JERR_IMAGE_TOO_BIG:
    case JERR_NOT_COMPILED:
    case JERR_SOF_UNSUPPORTED:
        fail(common, CINNABAR_JPEG_UNSUPPORTED);
    default:
        fail(common, CINNABAR_JPEG_MALFORMED);
    }
}

/// libjpeg only warns when it makes up pixels for data that is missing or damaged. Tolerated are the warnings that say
/// nothing about pixels; every other one refuses the picture.
static void refuse_on_warning(j_common_ptr common, int level) {
    if (level >= 0)
        return;
    switch (common->err->msg_code) {
    case JWRN_ADOBE_XFORM:     // An unknown colour transform in Adobe's marker; YCbCr is assumed, as everywhere.
    case JWRN_BOGUS_ICC:       // Profiles are ignored for luma.
    case JWRN_EXTRANEOUS_DATA: // Padding before a marker; some cameras write it.
    case JWRN_JFIF_MAJOR:      // An unknown version of a header that holds only a density.
    case JWRN_TOO_MUCH_DATA:   // More data than the image needs.
        return;
    default:
        fail(common, CINNABAR_JPEG_MALFORMED);
    }
}

static void say_nothing(j_common_ptr common) { (void)common; }

static int is_exif(jpeg_saved_marker_ptr marker) {
    return marker->marker == JPEG_APP0 + 1 && marker->data_length >= 6 && memcmp(marker->data, "Exif\0\0", 6) == 0;
}

static void fill_header(const struct jpeg_decompress_struct *decompress, cinnabar_jpeg_header *header) {
    header->width = (int32_t)decompress->image_width;
    header->height = (int32_t)decompress->image_height;
    header->is_cmyk = decompress->jpeg_color_space == JCS_CMYK || decompress->jpeg_color_space == JCS_YCCK;
    jpeg_saved_marker_ptr marker = decompress->marker_list;
    while (marker && !is_exif(marker))
        marker = marker->next;
    header->exif = marker ? marker->data : NULL;
    header->exif_count = marker ? marker->data_length : 0;
}

int32_t cinnabar_jpeg_open(const uint8_t *bytes, size_t count, cinnabar_jpeg **result, cinnabar_jpeg_header *header) {
    *result = NULL;
    cinnabar_jpeg *reader = calloc(1, sizeof *reader);
    if (!reader)
        return CINNABAR_JPEG_OUT_OF_MEMORY;
    reader->decompress.err = jpeg_std_error(&reader->errors);
    reader->errors.error_exit = exit_on_error;
    reader->errors.emit_message = refuse_on_warning;
    reader->errors.output_message = say_nothing;
    reader->decompress.client_data = reader;
    if (setjmp(reader->escape)) {
        int32_t failure = reader->result;
        cinnabar_jpeg_close(reader);
        return failure;
    }
    jpeg_create_decompress(&reader->decompress);
    jpeg_mem_src(&reader->decompress, bytes, count);
    jpeg_save_markers(&reader->decompress, JPEG_APP0 + 1, 0xFFFF);
    jpeg_read_header(&reader->decompress, TRUE);
    fill_header(&reader->decompress, header);
    *result = reader;
    return CINNABAR_JPEG_OK;
}

int32_t cinnabar_jpeg_start(cinnabar_jpeg *reader, int32_t short_side, int32_t *plane_width, int32_t *plane_height) {
    struct jpeg_decompress_struct *decompress = &reader->decompress;
    if (setjmp(reader->escape))
        return reader->result;
    decompress->out_color_space = JCS_GRAYSCALE;
    decompress->dct_method = JDCT_ISLOW;
    decompress->scale_num = 1;
    for (decompress->scale_denom = 8; decompress->scale_denom > 1; decompress->scale_denom /= 2) {
        jpeg_calc_output_dimensions(decompress);
        if (decompress->output_width >= (JDIMENSION)short_side && decompress->output_height >= (JDIMENSION)short_side)
            break;
    }
    jpeg_start_decompress(decompress);
    *plane_width = (int32_t)decompress->output_width;
    *plane_height = (int32_t)decompress->output_height;
    return CINNABAR_JPEG_OK;
}

int32_t cinnabar_jpeg_read(cinnabar_jpeg *reader, uint8_t *plane) {
    struct jpeg_decompress_struct *decompress = &reader->decompress;
    if (setjmp(reader->escape))
        return reader->result;
    while (decompress->output_scanline < decompress->output_height) {
        // As many rows at a time as one MCU row may give.
        JSAMPROW rows[16];
        for (unsigned index = 0; index < 16; index++)
            rows[index] = plane + (size_t)(decompress->output_scanline + index) * decompress->output_width;
        JDIMENSION left = decompress->output_height - decompress->output_scanline;
        jpeg_read_scanlines(decompress, rows, left < 16 ? left : 16);
    }
    // Reads to the end marker, so that a file cut after the last row is refused too.
    jpeg_finish_decompress(decompress);
    return CINNABAR_JPEG_OK;
}

void cinnabar_jpeg_close(cinnabar_jpeg *reader) {
    if (!reader)
        return;
    jpeg_destroy_decompress(&reader->decompress);
    free(reader);
}
