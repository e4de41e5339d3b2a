#include "CPoppler.h"

#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-image.h>
#include <poppler-page-renderer.h>
#include <poppler-page.h>
#include <poppler-version.h>

#include <algorithm>
#include <climits>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <iconv.h>
#include <memory>
#include <new>
#include <string>

#include "PreloadedFiles.h"

struct cinnabar_pdf {
    std::unique_ptr<poppler::document> document;
};

namespace {

/// One page with a word in a standard font and one in a CJK encoding: what makes Poppler load itself.
const char warm_up[] =
    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</A 5 0 R/B 6 0 R>>>>>>"
    "endobj\n4 0 obj<</Length 72>>stream\nBT /A 12 Tf 20 100 Td (warm) Tj /B 12 Tf 0 30 Td <C4E3BAC3> Tj ET         "
    "     \nendstream endobj\n5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
    "6 0 obj<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/GBK-EUC-H/DescendantFonts[7 0 R]>>endobj\n"
    "7 0 obj<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)"
    "/Supplement 2>>>>endobj\ntrailer<</Root 1 0 R>>\n";

/// Poppler keeps its tables as long as any document is open, so this one always is.
cinnabar_pdf *warm = nullptr;

void quiet(const std::string &, void *) {}

void append(std::string &text, unsigned point)
{
    if (point < 0x80) {
        text += static_cast<char>(point);
    } else if (point < 0x800) {
        text += static_cast<char>(0xC0 | point >> 6);
        text += static_cast<char>(0x80 | (point & 0x3F));
    } else if (point < 0x10000) {
        text += static_cast<char>(0xE0 | point >> 12);
        text += static_cast<char>(0x80 | (point >> 6 & 0x3F));
        text += static_cast<char>(0x80 | (point & 0x3F));
    } else {
        text += static_cast<char>(0xF0 | point >> 18);
        text += static_cast<char>(0x80 | (point >> 12 & 0x3F));
        text += static_cast<char>(0x80 | (point >> 6 & 0x3F));
        text += static_cast<char>(0x80 | (point & 0x3F));
    }
}

/// Not by Poppler's own conversion, which leaves lone surrogates in. Its byte-order mark is left out.
std::string utf8(const poppler::ustring &units)
{
    std::string text;
    text.reserve(units.size() * 3);
    for (size_t i = 0; i < units.size(); i++) {
        unsigned unit = static_cast<unsigned>(units[i]) & 0xFFFF;
        if (unit >= 0xD800 && unit < 0xDC00 && i + 1 < units.size()) {
            unsigned low = static_cast<unsigned>(units[i + 1]) & 0xFFFF;
            if (low >= 0xDC00 && low < 0xE000) {
                append(text, 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00));
                i++;
                continue;
            }
        }
        if (unit >= 0xD800 && unit < 0xE000) unit = 0xFFFD;
        if (unit != 0xFEFF) append(text, unit);
    }
    return text;
}

} // namespace

extern "C" {

size_t cinnabar_pdf_start(void)
{
    try {
        size_t tables = cinnabar::preload_folder("/usr/share/poppler");
        poppler::set_debug_error_function(quiet, nullptr);
        // Poppler opens such a converter for every page's text. While one is open, the C library opens no file for
        // another.
        iconv_open("UTF-16", "UTF-8");
        iconv_open("UTF-8", "UTF-16");
        int state = 0;
        warm = cinnabar_pdf_open(warm_up, sizeof warm_up - 1, &state);
        if (warm) {
            size_t length = 0;
            std::free(cinnabar_pdf_page_text(warm, 0, &length));
            int width = 0, height = 0;
            std::free(cinnabar_pdf_page_luma(warm, 0, 64, 1 << 16, &width, &height));
        }
        return tables;
    } catch (...) {
        return 0;
    }
}

const char *cinnabar_pdf_version(void) { return POPPLER_VERSION; }

cinnabar_pdf *cinnabar_pdf_open(const char *bytes, size_t length, int *state)
{
    *state = CINNABAR_PDF_MALFORMED;
    if (length > INT_MAX) return nullptr;
    try {
        std::unique_ptr<poppler::document> document(
            poppler::document::load_from_raw_data(bytes, static_cast<int>(length)));
        if (!document) return nullptr;
        if (document->is_locked()) {
            *state = CINNABAR_PDF_ENCRYPTED;
            return nullptr;
        }
        auto pdf = new cinnabar_pdf{std::move(document)};
        *state = CINNABAR_PDF_READ;
        return pdf;
    } catch (const std::bad_alloc &) {
        *state = CINNABAR_PDF_NO_MEMORY;
        return nullptr;
    } catch (...) {
        return nullptr;
    }
}

void cinnabar_pdf_close(cinnabar_pdf *pdf)
{
    try {
        delete pdf;
    } catch (...) {
    }
}

int cinnabar_pdf_page_count(const cinnabar_pdf *pdf)
{
    try {
        return pdf->document->pages();
    } catch (...) {
        return 0;
    }
}

char *cinnabar_pdf_page_text(const cinnabar_pdf *pdf, int page, size_t *length)
{
    *length = 0;
    try {
        std::unique_ptr<poppler::page> opened(pdf->document->create_page(page));
        if (!opened) return nullptr;
        std::string text = utf8(opened->text(poppler::rectf(), poppler::page::non_raw_non_physical_layout));
        char *copy = static_cast<char *>(std::malloc(text.size() + 1));
        if (!copy) return nullptr;
        std::memcpy(copy, text.data(), text.size());
        *length = text.size();
        return copy;
    } catch (...) {
        return nullptr;
    }
}

unsigned char *cinnabar_pdf_page_luma(const cinnabar_pdf *pdf, int page, int side, size_t pixel_limit, int *width,
                                      int *height)
{
    try {
        std::unique_ptr<poppler::page> opened(pdf->document->create_page(page));
        if (!opened) return nullptr;
        poppler::rectf box = opened->page_rect();
        double shorter = std::min(box.width(), box.height());
        double longer = std::max(box.width(), box.height());
        if (!(shorter >= 1) || longer / shorter * side * side > static_cast<double>(pixel_limit)) return nullptr;
        double resolution = 72.0 * side / shorter;
        poppler::page_renderer renderer;
        renderer.set_image_format(poppler::image::format_gray8);
        poppler::image image = renderer.render_page(opened.get(), resolution, resolution);
        if (!image.is_valid() || image.format() != poppler::image::format_gray8) return nullptr;
        size_t columns = static_cast<size_t>(image.width()), rows = static_cast<size_t>(image.height());
        if (columns * rows > pixel_limit) return nullptr;
        auto pixels = static_cast<unsigned char *>(std::malloc(columns * rows + 1));
        if (!pixels) return nullptr;
        for (size_t row = 0; row < rows; row++) {
            std::memcpy(pixels + row * columns,
                        image.const_data() + row * static_cast<size_t>(image.bytes_per_row()), columns);
        }
        *width = image.width();
        *height = image.height();
        return pixels;
    } catch (...) {
        return nullptr;
    }
}

} // extern "C"
