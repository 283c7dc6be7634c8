/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The zip of a workbook and the XML of its parts, behind bounds: the size declared
 * is not believed, the bytes that come out are counted.
 */
#include "defray/file.h"

#include "workbook_parts.h"

#include <expat.h>
#include <zip.h>

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#define CHUNK 65536

struct parse {
    struct part_handler *handler;
    XML_Parser parser;
    const char *name;
    int depth;
};

struct part_stream {
    struct parse parse;
    zip_file_t *file;
    uint64_t packed;   /* bytes that the zip says it takes */
    uint64_t inflated; /* bytes so far */
};

static const unsigned char pack_magic[] = {'P', 'K', 3, 4};
/* The stream that holds a locked workbook within an old file: EncryptedPackage, UTF-16. */
static const unsigned char locked_name[] = {
    'E', 0, 'n', 0, 'c', 0, 'r', 0, 'y', 0, 'p', 0, 't', 0, 'e', 0,
    'd', 0, 'P', 0, 'a', 0, 'c', 0, 'k', 0, 'a', 0, 'g', 0, 'e', 0,
};
static const unsigned char old_magic[] = {0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1};

void
part_refuse(struct part_reader *reader, enum code code, const char *why, const char *name)
{
    if (reader->failed) {
        return;
    }
    reader->failed = true;
    const char *says = tr(diag_language(reader->diag), why);
    struct where where = reader->source->where;
    if (reader->row > 0 && where.input != NULL && where.input->sheet.size > 0) {
        where.line = reader->row;
        where.column = reader->column;
    }
    if (name == NULL) {
        diag_error(reader->diag, where, code, "workbook refused: %s", says);
    } else {
        diag_error(reader->diag, where, code, "workbook refused: part '%s': %s", name,
                   says);
    }
}

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
attribute_says_yes(const char *const *attributes, const char *name)
{
    const char *value = attribute_of(attributes, name);
    return value != NULL && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
}

static void
stop(struct parse *parse, enum code code, const char *why)
{
    part_refuse(parse->handler->reader, code, why, parse->name);
    XML_StopParser(parse->parser, XML_FALSE);
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

static void XMLCALL
on_start(void *data, const XML_Char *name, const XML_Char **attributes)
{
    struct parse *parse = data;
    struct part_handler *handler = parse->handler;
    if (handler->reader->failed) {
        return;
    }
    parse->depth++;
    if (parse->depth > WORKBOOK_DEPTH_MAX) {
        stop(parse, CODE_W007, N_("elements are nested too deep"));
        return;
    }
    if (handler->start != NULL) {
        handler->start(handler, local_name(name), (const char *const *)attributes);
    }
    if (handler->reader->failed) {
        XML_StopParser(parse->parser, XML_FALSE);
    }
}

static void XMLCALL
on_end(void *data, const XML_Char *name)
{
    struct parse *parse = data;
    struct part_handler *handler = parse->handler;
    if (handler->reader->failed) {
        return;
    }
    parse->depth--;
    if (handler->end != NULL) {
        handler->end(handler, local_name(name));
    }
    if (handler->reader->failed) {
        XML_StopParser(parse->parser, XML_FALSE);
    }
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
    if (zip_stat(reader->zip, parse->name, 0, &status) != 0 ||
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
    stream->file = zip_fopen(reader->zip, parse->name, 0);
    parse->parser = XML_ParserCreate(NULL);
    if (stream->file == NULL || parse->parser == NULL) {
        part_refuse(reader, CODE_W001, N_("it cannot be unpacked"), parse->name);
        return false;
    }
    XML_SetUserData(parse->parser, parse);
    XML_SetElementHandler(parse->parser, on_start, on_end);
    XML_SetCharacterDataHandler(parse->parser, on_text);
    XML_SetStartDoctypeDeclHandler(parse->parser, on_doctype);
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

bool
part_step(struct part_stream *stream)
{
    struct parse *parse = &stream->parse;
    struct part_reader *reader = parse->handler->reader;
    void *buffer = reader->failed ? NULL : XML_GetBuffer(parse->parser, CHUNK);
    zip_int64_t count = buffer == NULL ? -1 : zip_fread(stream->file, buffer, CHUNK);
    if (count < 0) {
        part_refuse(reader, CODE_W001, N_("it is damaged"), parse->name);
        return false;
    }
    stream->inflated += (uint64_t)count;
    if (!count_bytes(parse, stream->inflated, stream->packed, (size_t)count)) {
        return false;
    }
    if (XML_ParseBuffer(parse->parser, (int)count, count == 0) != XML_STATUS_OK) {
        part_refuse(reader, CODE_W005, N_("it is not well-formed XML"), parse->name);
        return false;
    }
    return count > 0 && !reader->failed;
}

void
part_shut(struct part_stream *stream)
{
    if (stream->parse.parser != NULL) {
        XML_ParserFree(stream->parse.parser);
        stream->parse.parser = NULL;
    }
    if (stream->file != NULL) {
        (void)zip_fclose(stream->file);
        stream->file = NULL;
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

bool
part_exists(const struct part_reader *reader, const char *name)
{
    return zip_name_locate(reader->zip, name, 0) >= 0;
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

bool
parts_check(struct part_reader *reader, const char *const *done, size_t done_count)
{
    zip_int64_t count = zip_get_num_entries(reader->zip, 0);
    for (zip_int64_t i = 0; i < count && !reader->failed; i++) {
        const char *name = zip_get_name(reader->zip, (zip_uint64_t)i, 0);
        struct part_handler handler = {0};
        if (name == NULL) {
            part_refuse(reader, CODE_W001, N_("a part has no name"), NULL);
        } else if ((text_ends_with(text_of(name), STR(".xml")) ||
                    text_ends_with(text_of(name), STR(".rels"))) &&
                   !is_named(name, done, done_count)) {
            part_read(reader, name, &handler);
        }
    }
    return !reader->failed;
}

static bool
starts_with_bytes(struct text bytes, const unsigned char *magic, size_t size)
{
    return bytes.size >= size && memcmp(bytes.data, magic, size) == 0;
}

static bool
is_locked(struct text bytes)
{
    for (size_t i = 0; i + sizeof locked_name <= bytes.size; i++) {
        if (memcmp(bytes.data + i, locked_name, sizeof locked_name) == 0) {
            return true;
        }
    }
    return false;
}

/* What can be said of bytes in memory before the library sees them. */
static bool
check_bytes(struct part_reader *reader, struct text bytes)
{
    if (starts_with_bytes(bytes, old_magic, sizeof old_magic)) {
        bool locked = is_locked(bytes);
        part_refuse(reader, locked ? CODE_W011 : CODE_W002,
                    locked ? N_("it is protected by a password")
                           : N_("it is an old .xls, or another old Office file"),
                    NULL);
    } else if (!starts_with_bytes(bytes, pack_magic, sizeof pack_magic)) {
        part_refuse(reader, CODE_W001, N_("it is not an .xlsx file"), NULL);
    } else if (bytes.size > reader->source->limits.packed_max) {
        part_refuse(reader, CODE_W003, N_("the file is larger than is allowed"), NULL);
    }
    return !reader->failed;
}

bool
pack_open(struct part_reader *reader)
{
    const struct book_source *source = reader->source;
    zip_error_t error;
    zip_source_t *bytes = NULL;

    zip_error_init(&error);
    if (source->path != NULL) {
        bytes = zip_source_file_create(source->path, 0, -1, &error);
    } else {
        assert(source->where.input != NULL);
        struct text t = source->where.input->bytes;
        bytes = check_bytes(reader, t)
                    ? zip_source_buffer_create(t.data, t.size, 0, &error)
                    : NULL;
    }
    if (bytes != NULL) {
        reader->zip = zip_open_from_source(bytes, ZIP_RDONLY | ZIP_CHECKCONS, &error);
    }
    if (bytes != NULL && reader->zip == NULL) {
        zip_source_free(bytes);
    }
    zip_error_fini(&error);
    if (reader->zip == NULL) {
        part_refuse(reader, CODE_W001, N_("it is damaged or cut short"), NULL);
    }
    return !reader->failed;
}

void
pack_shut(struct part_reader *reader)
{
    if (reader->zip != NULL) {
        zip_discard(reader->zip);
        reader->zip = NULL;
    }
}
