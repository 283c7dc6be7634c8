/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The XML of a workbook's parts, behind bounds: the size declared is not believed, the
 * bytes that come out of the zip are counted. Of a part with many of the same (rows,
 * strings) the library sees what is not plain XML, workbook_quick.c the rest: what is
 * cut out between two end tags is well formed, so that the others stay what they were.
 */
#include "workbook_stream.h"

#include <string.h>
#include <strings.h>

/* A name without its prefix. What prefixes stand for is not looked at: a workbook that
 * gives the usual names other meanings is not one that a spreadsheet program writes. */
static const char *
local_name(const char *name)
{
    const char *colon = strchr(name, ':');
    return colon == NULL ? name : colon + 1;
}

const char *
attribute_of(const char *const *attributes, const char *name)
{
    for (size_t i = 0; attributes[i] != NULL; i += 2) {
        if (strcmp(local_name(attributes[i]), name) == 0 &&
            strncmp(attributes[i], "xmlns", 5) != 0) {
            return attributes[i + 1];
        }
    }
    return NULL;
}

bool
element_strikes(const char *element, const char *const *attributes)
{
    if (strcmp(element, "strike") != 0) {
        return false;
    }
    const char *value = attribute_of(attributes, "val");
    return value == NULL || (strcmp(value, "0") != 0 && strcmp(value, "false") != 0);
}

bool
element_shows_signs(const char *element, const char *const *attributes)
{
    return (strcmp(element, "name") == 0 || strcmp(element, "rFont") == 0) &&
           font_is_of_signs(attribute_of(attributes, "val"));
}

bool
attribute_says_yes(const char *const *attributes, const char *name)
{
    const char *value = attribute_of(attributes, name);
    return value != NULL && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
}

static void
stop(struct parse *parse, enum code code, const char *why)
{
    part_refuse(parse->handler->reader, code, why, parse->name);
    expat.XML_StopParser(parse->parser, XML_FALSE);
}

static void XMLCALL
on_doctype(void *data, const XML_Char *name, const XML_Char *system,
           const XML_Char *public, int internal)
{
    (void)name;
    (void)system;
    (void)public;
    (void)internal;
    stop(data, CODE_W006, N_("it declares a DOCTYPE"));
}

static void
start_element(void *data, const char *name, const char *const *attributes)
{
    struct parse *parse = data;
    struct part_handler *handler = parse->handler;
    parse->depth++;
    if (parse->depth > WORKBOOK_DEPTH_MAX) {
        part_refuse(handler->reader, CODE_W007, N_("elements are nested too deep"),
                    parse->name);
    } else if (handler->start != NULL) {
        handler->start(handler, name, attributes);
    }
}

static void
end_element(void *data, const char *name)
{
    struct parse *parse = data;
    struct part_handler *handler = parse->handler;
    parse->depth--;
    if (handler->end != NULL) {
        handler->end(handler, name);
    }
}

static void XMLCALL
on_start(void *data, const XML_Char *name, const XML_Char **attributes)
{
    struct parse *parse = data;
    const bool *failed = &parse->handler->reader->failed;
    if (!*failed) {
        start_element(parse, local_name(name), (const char *const *)attributes);
        if (*failed) {
            expat.XML_StopParser(parse->parser, XML_FALSE);
        }
    }
}

static void XMLCALL
on_end(void *data, const XML_Char *name)
{
    struct parse *parse = data;
    const bool *failed = &parse->handler->reader->failed;
    if (!*failed) {
        end_element(parse, local_name(name));
        if (*failed) {
            expat.XML_StopParser(parse->parser, XML_FALSE);
        } else if (parse->depth > 0) {
            parse->ended = expat.XML_GetCurrentByteIndex(parse->parser) +
                           expat.XML_GetCurrentByteCount(parse->parser);
        }
    }
}

static void XMLCALL
on_declaration(void *data, const XML_Char *version, const XML_Char *encoding,
               int standalone)
{
    (void)version;
    (void)standalone;
    struct parse *parse = data;
    parse->other_encoding =
        parse->other_encoding || (encoding != NULL && strcasecmp(encoding, "UTF-8") != 0);
}

static void XMLCALL
on_text(void *data, const XML_Char *bytes, int size)
{
    struct parse *parse = data;
    struct part_handler *handler = parse->handler;
    if (handler->text != NULL && !handler->reader->failed) {
        handler->text(handler, (struct text){bytes, (size_t)size});
    }
}

/* Counts what comes out of the zip against the bounds. */
static bool
count_bytes(struct parse *parse, uint64_t part, uint64_t packed, size_t more)
{
    struct part_reader *reader = parse->handler->reader;
    const struct book_limits *limits = &reader->source->limits;
    reader->inflated += more;
    if (limits->inflated_max > 0 && reader->inflated > limits->inflated_max) {
        part_refuse(reader, CODE_W003, N_("it unpacks to more than is allowed"),
                    parse->name);
        return false;
    }
    if (limits->ratio_max > 0 && part > WORKBOOK_RATIO_FROM &&
        part / limits->ratio_max > packed) {
        part_refuse(reader, CODE_W003, N_("it unpacks to far more than it takes"),
                    parse->name);
        return false;
    }
    return true;
}

/* Opens what the stream needs; false after a diagnostic. */
static bool
start(struct part_stream *stream)
{
    struct parse *parse = &stream->parse;
    struct part_reader *reader = parse->handler->reader;
    zip_stat_t status;
    bool several = false;
    const char *entry = part_name(reader, parse->name, &several);
    if (several) {
        part_refuse(reader, CODE_W005, N_("it is there more than once"), parse->name);
        return false;
    }
    if (entry == NULL || libzip.zip_stat(reader->zip, entry, 0, &status) != 0 ||
        (status.valid & ZIP_STAT_COMP_SIZE) == 0) {
        part_refuse(reader, CODE_W004, N_("it is missing"), parse->name);
        return false;
    }
    if ((status.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 &&
        status.encryption_method != ZIP_EM_NONE) {
        part_refuse(reader, CODE_W011, N_("it is encrypted"), parse->name);
        return false;
    }
    stream->packed = status.comp_size;
    stream->plain = (status.valid & ZIP_STAT_SIZE) != 0 ? status.size : 0;
    if (reader->window == NULL) {
        reader->window = arena_room(reader->arena, sizeof *reader->window);
        reader->window->quick = quick_new(reader->arena);
        reader->window->own = NULL;
    }
    reader->window->waiting = 0;
    if (reader->source->own) {
        stream->own = own_open(reader->arena, reader->window->own, reader->zip, &status);
        reader->window->own = stream->own == NULL ? reader->window->own : stream->own;
    }
    if (stream->own == NULL) {
        stream->file = libzip.zip_fopen(reader->zip, entry, 0);
    }
    parse->parser = expat.XML_ParserCreate(NULL);
    if ((stream->file == NULL && stream->own == NULL) || parse->parser == NULL) {
        part_refuse(reader, CODE_W001, N_("it cannot be unpacked"), parse->name);
        return false;
    }
    expat.XML_SetUserData(parse->parser, parse);
    expat.XML_SetElementHandler(parse->parser, on_start, on_end);
    expat.XML_SetCharacterDataHandler(parse->parser, on_text);
    expat.XML_SetStartDoctypeDeclHandler(parse->parser, on_doctype);
    expat.XML_SetXmlDeclHandler(parse->parser, on_declaration);
    return true;
}

struct part_stream *
part_open(struct part_reader *reader, const char *name, struct part_handler *handler)
{
    struct part_stream *stream = NEW(reader->arena, struct part_stream);
    stream->parse = (struct parse){.handler = handler, .name = name};
    handler->reader = reader;
    if (reader->failed || !start(stream)) {
        part_shut(stream);
        return NULL;
    }
    return stream;
}

/* Gives the library what it is to read. */
static bool
feed(struct parse *parse, const char *bytes, size_t size, bool last)
{
    parse->fed += (XML_Index)size;
    if (expat.XML_Parse(parse->parser, bytes, (int)size, last) != XML_STATUS_OK) {
        part_refuse(parse->handler->reader, CODE_W005, N_("it is not well-formed XML"),
                    parse->name);
    }
    return !parse->handler->reader->failed;
}

/* Whether what comes next may be read without the library: it stands behind an end tag,
 * in the midst of nothing. */
static bool
stands_between(const struct parse *parse)
{
    return parse->ended == parse->fed && parse->fed > 0 && !parse->other_encoding &&
           parse->depth > 0 && parse->depth + QUICK_DEPTH_MAX <= WORKBOOK_DEPTH_MAX;
}

/* Where the bytes after the first end tag of a unit begin; the end if there is none. */
static char *
past_unit(char *at, char *end, const char *unit)
{
    size_t size = strlen(unit);
    for (; at != NULL && (size_t)(end - at) >= size; at++) {
        at = memchr(at, '<', (size_t)(end - at));
        if (at == NULL || (size_t)(end - at) < size) {
            break;
        }
        if (memcmp(at, unit, size) == 0) {
            return at + size;
        }
    }
    return NULL;
}

bool
stream_stands_between(const struct part_stream *stream)
{
    return stands_between(&stream->parse);
}

/* Reads bytes, of which the start of something that comes whole with the next chunk is left,
 * unless they are the last. What is not plain goes to the library up to the next end of a unit. */
char *
stream_read(struct part_stream *stream, struct quick *quick, char *bytes, size_t size,
            bool last)
{
    struct parse *parse = &stream->parse;
    const struct quick_sink sink = {.data = parse,
                                    .start = start_element,
                                    .end = end_element,
                                    .text = on_text,
                                    .stopped = &parse->handler->reader->failed};
    char *at = bytes;
    char *end = at + size;
    *end = '\0';
    while (at < end) {
        bool between = stands_between(parse);
        if (between) {
            at += quick_tell(quick, at, &sink);
        }
        char *next = past_unit(at, end, parse->handler->unit);
        if (next == NULL && between && !last && end - at < CHUNK) {
            break;
        }
        next = next == NULL ? end : next;
        if (parse->handler->reader->failed ||
            !feed(parse, at, (size_t)(next - at), false)) {
            return NULL;
        }
        at = next;
    }
    return last && !feed(parse, at, 0, true) ? NULL : at;
}

size_t
stream_tell(struct part_handler *handler, struct quick *quick, char *bytes)
{
    struct parse parse = {.handler = handler, .depth = STREAM_UNIT_DEPTH};
    const struct quick_sink sink = {.data = &parse,
                                    .start = start_element,
                                    .end = end_element,
                                    .text = on_text,
                                    .stopped = &handler->reader->failed};
    return quick_tell(quick, bytes, &sink);
}

/* Whether the part may be in two-byte characters, from how it begins. */
static bool
looks_wide(const char *bytes, size_t size)
{
    return size < 2 || bytes[0] == '\0' || bytes[1] == '\0' || bytes[0] == '\xFE' ||
           bytes[0] == '\xFF';
}

size_t
stream_unpack(struct part_stream *stream, char *bytes, size_t room)
{
    struct parse *parse = &stream->parse;
    size_t count = 0;
    if (stream->own != NULL) {
        count = own_read(stream->own, bytes, room);
    } else {
        zip_int64_t read = libzip.zip_fread(stream->file, bytes, room);
        count = read < 0 ? STREAM_DAMAGED : (size_t)read;
    }
    if (count == STREAM_DAMAGED) {
        return count;
    }
    if (stream->inflated == 0 && looks_wide(bytes, count)) {
        parse->other_encoding = true;
    }
    stream->inflated += count;
    return count;
}

bool
part_step(struct part_stream *stream)
{
    struct parse *parse = &stream->parse;
    struct part_reader *reader = parse->handler->reader;
    struct part_window *window = reader->window;
    char *chunk = window->bytes + window->waiting;
    size_t count = reader->failed ? STREAM_DAMAGED : stream_unpack(stream, chunk, CHUNK);
    if (count == STREAM_DAMAGED) {
        part_refuse(reader, CODE_W001, N_("it is damaged"), parse->name);
        return false;
    }
    if (!count_bytes(parse, stream->inflated, stream->packed, count)) {
        return false;
    }
    bool last = count == 0;
    if (parse->handler->unit == NULL || reader->source->plainly) {
        return feed(parse, chunk, count, last) && !last;
    }
    window->waiting += count;
    char *at = stream_read(stream, window->quick, window->bytes, window->waiting, last);
    if (at == NULL) {
        return false;
    }
    window->waiting -= (size_t)(at - window->bytes);
    memmove(window->bytes, at, window->waiting);
    return !last;
}

void
part_shut(struct part_stream *stream)
{
    if (stream->parse.parser != NULL) {
        expat.XML_ParserFree(stream->parse.parser);
        stream->parse.parser = NULL;
    }
    if (stream->file != NULL) {
        (void)libzip.zip_fclose(stream->file);
        stream->file = NULL;
    }
    if (stream->own != NULL) {
        own_shut(stream->own);
        stream->own = NULL;
    }
}

bool
part_read(struct part_reader *reader, const char *name, struct part_handler *handler)
{
    struct part_stream *stream = part_open(reader, name, handler);
    if (stream != NULL) {
        while (part_step(stream)) {
        }
        part_shut(stream);
    }
    return !reader->failed;
}

static bool
is_named(const char *name, const char *const *done, size_t done_count)
{
    for (size_t i = 0; i < done_count; i++) {
        if (strcmp(done[i], name) == 0) {
            return true;
        }
    }
    return false;
}

/* A part without cells, whose elements are told the visitor. */
struct other_part {
    struct part_handler handler;
    struct book_visitor *visitor;
};

static void
tell_element(struct part_handler *handler, const char *element,
             const char *const *attributes)
{
    struct book_visitor *visitor = ((struct other_part *)handler)->visitor;
    visitor->element(visitor, element, attributes);
}

bool
parts_check(struct book *book, const char *const *done, size_t done_count)
{
    struct part_reader *reader = &book->reader;
    zip_int64_t count = libzip.zip_get_num_entries(reader->zip, 0);
    for (zip_int64_t i = 0; i < count && !reader->failed; i++) {
        const char *name = libzip.zip_get_name(reader->zip, (zip_uint64_t)i, 0);
        struct other_part other = {.visitor = book->visitor};
        other.handler.start = book->visitor->element == NULL ? NULL : tell_element;
        if (name == NULL) {
            part_refuse(reader, CODE_W001, N_("a part has no name"), NULL);
        } else if ((text_ends_with(text_of(name), STR(".xml")) ||
                    text_ends_with(text_of(name), STR(".rels"))) &&
                   !is_named(name, done, done_count)) {
            part_read(reader, name, &other.handler);
        }
    }
    return !reader->failed;
}
