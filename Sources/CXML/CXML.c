#include "CXML.h"

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlversion.h>
#include <limits.h>
#include <string.h>

/// The parser's `_private`: what the callbacks need.
typedef struct {
    const cinnabar_markup_events *events;
    int has_doctype;
} reading;

static reading *reading_of(void *parser) { return ((xmlParserCtxtPtr)parser)->_private; }

static void on_start_xml(void *parser, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int namespaces,
                         const xmlChar **namespace_list, int attributes, int defaulted, const xmlChar **attribute_list)
{
    (void)prefix, (void)uri, (void)namespaces, (void)namespace_list, (void)attributes, (void)defaulted;
    (void)attribute_list;
    const cinnabar_markup_events *events = reading_of(parser)->events;
    events->start(events->context, (const char *)name);
}

static void on_end_xml(void *parser, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    (void)prefix, (void)uri;
    const cinnabar_markup_events *events = reading_of(parser)->events;
    events->end(events->context, (const char *)name);
}

static void on_start_html(void *parser, const xmlChar *name, const xmlChar **attributes)
{
    (void)attributes;
    const cinnabar_markup_events *events = reading_of(parser)->events;
    events->start(events->context, (const char *)name);
}

static void on_end_html(void *parser, const xmlChar *name)
{
    const cinnabar_markup_events *events = reading_of(parser)->events;
    events->end(events->context, (const char *)name);
}

static void on_text(void *parser, const xmlChar *bytes, int length)
{
    const cinnabar_markup_events *events = reading_of(parser)->events;
    events->text(events->context, (const char *)bytes, length);
}

/// Word processors write none, and entities are what XML bombs are made of.
static void on_doctype(void *parser, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
    (void)name, (void)external, (void)system;
    reading_of(parser)->has_doctype = 1;
    xmlStopParser(parser);
}

/// Printing is libxml2's default.
static void on_error(void *parser, const char *message, ...) { (void)parser, (void)message; }

void cinnabar_markup_start(void)
{
    xmlInitParser();
    htmlDefaultSAXHandlerInit();
    xmlSetGenericErrorFunc(NULL, on_error);
}

const char *cinnabar_markup_version(void) { return LIBXML_DOTTED_VERSION; }

int cinnabar_read_xml(const char *bytes, size_t length, const cinnabar_markup_events *events)
{
    if (length > INT_MAX) return CINNABAR_MARKUP_NO_MEMORY;
    xmlParserCtxtPtr parser = xmlCreateMemoryParserCtxt(bytes, (int)length);
    if (!parser) return length == 0 ? CINNABAR_MARKUP_MALFORMED : CINNABAR_MARKUP_NO_MEMORY;
    reading state = {events, 0};
    // No substitution of entities, and what would load any is left out.
    xmlCtxtUseOptions(parser, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    xmlSAXHandler handler;
    memset(&handler, 0, sizeof handler);
    handler.initialized = XML_SAX2_MAGIC;
    handler.startElementNs = on_start_xml;
    handler.endElementNs = on_end_xml;
    handler.characters = on_text;
    handler.ignorableWhitespace = on_text;
    handler.cdataBlock = on_text;
    handler.internalSubset = on_doctype;
    *parser->sax = handler;
    parser->_private = &state;
    xmlParseDocument(parser);
    int result = state.has_doctype                          ? CINNABAR_MARKUP_DOCTYPE
                 : parser->errNo == XML_ERR_NO_MEMORY       ? CINNABAR_MARKUP_NO_MEMORY
                 : parser->wellFormed                       ? CINNABAR_MARKUP_READ
                                                            : CINNABAR_MARKUP_MALFORMED;
    if (parser->myDoc) xmlFreeDoc(parser->myDoc);
    parser->myDoc = NULL;
    xmlFreeParserCtxt(parser);
    return result;
}

int cinnabar_read_html(const char *bytes, size_t length, const cinnabar_markup_events *events)
{
    if (length > INT_MAX) return CINNABAR_MARKUP_NO_MEMORY;
    if (length == 0) return CINNABAR_MARKUP_READ;
    htmlParserCtxtPtr parser = htmlCreateMemoryParserCtxt(bytes, (int)length);
    if (!parser) return CINNABAR_MARKUP_NO_MEMORY;
    reading state = {events, 0};
    htmlCtxtUseOptions(parser, HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                   HTML_PARSE_IGNORE_ENC);
    xmlCharEncodingHandlerPtr encoding = xmlFindCharEncodingHandler("UTF-8");
    if (encoding) xmlSwitchToEncoding(parser, encoding);
    xmlSAXHandler handler;
    memset(&handler, 0, sizeof handler);
    handler.startElement = on_start_html;
    handler.endElement = on_end_html;
    handler.characters = on_text;
    handler.ignorableWhitespace = on_text;
    *parser->sax = handler;
    parser->_private = &state;
    htmlParseDocument(parser);
    int result = parser->errNo == XML_ERR_NO_MEMORY ? CINNABAR_MARKUP_NO_MEMORY : CINNABAR_MARKUP_READ;
    if (parser->myDoc) xmlFreeDoc(parser->myDoc);
    parser->myDoc = NULL;
    htmlFreeParserCtxt(parser);
    return result;
}
