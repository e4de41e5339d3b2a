#pragma once

#include <stddef.h>

/// What is told while markup is read. Names are without their prefix, in UTF-8, alive as long as the call.
typedef struct {
    void *context;
    void (*start)(void *context, const char *name);
    void (*end)(void *context, const char *name);
    void (*text)(void *context, const char *bytes, int length);
} cinnabar_markup_events;

enum cinnabar_markup_state {
    CINNABAR_MARKUP_READ = 0,
    CINNABAR_MARKUP_MALFORMED = 1,
    /// XML with a document type declaration, where entities are declared. Reading ends there.
    CINNABAR_MARKUP_DOCTYPE = 2,
    CINNABAR_MARKUP_NO_MEMORY = 3,
};

/// Once, before any restriction.
void cinnabar_markup_start(void);

/// "2.9.14".
const char *cinnabar_markup_version(void);

/// Well-formed XML in UTF-8 or UTF-16. No entity is expanded, nothing is loaded from anywhere.
int cinnabar_read_xml(const char *bytes, size_t length, const cinnabar_markup_events *events);

/// HTML in UTF-8, read like a browser does as far as libxml2 goes: nothing is malformed.
int cinnabar_read_html(const char *bytes, size_t length, const cinnabar_markup_events *events);
