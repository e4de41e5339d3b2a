#pragma once

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A PDF being read by Poppler. One thread at a time.
typedef struct cinnabar_pdf cinnabar_pdf;

enum cinnabar_pdf_state {
    CINNABAR_PDF_READ = 0,
    CINNABAR_PDF_MALFORMED = 1,
    /// It needs a password to be read.
    CINNABAR_PDF_ENCRYPTED = 2,
    CINNABAR_PDF_NO_MEMORY = 3,
};

/// Once, before any restriction: takes Poppler's tables of CJK encodings into memory, and has Poppler and the C library
/// load whatever they load at first use. Later calls open no file: the tables are answered from memory by this
/// module's `fopen`. Returns how many tables there are; 0 when Debian's poppler-data is not installed.
size_t cinnabar_pdf_start(void);

/// "22.12.0".
const char *cinnabar_pdf_version(void);

/// The bytes must outlive the document. Returns NULL unless `*state` is CINNABAR_PDF_READ.
cinnabar_pdf *cinnabar_pdf_open(const char *bytes, size_t length, int *state);
void cinnabar_pdf_close(cinnabar_pdf *pdf);

int cinnabar_pdf_page_count(const cinnabar_pdf *pdf);

/// The text of a page, from 0, in reading order: UTF-8 without a final zero, to be freed by `free`. NULL when the page
/// cannot be read.
char *cinnabar_pdf_page_text(const cinnabar_pdf *pdf, int page, size_t *length);

/// A page as grey pixels with about `side` of them on its shorter side, row-major, to be freed by `free`. NULL when
/// the page cannot be drawn, or would have more than `pixel_limit` pixels.
unsigned char *cinnabar_pdf_page_luma(const cinnabar_pdf *pdf, int page, int side, size_t pixel_limit, int *width,
                                      int *height);

#ifdef __cplusplus
}
#endif
