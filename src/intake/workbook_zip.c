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

#define CHUNK         65536
#define NAMESPACE_END '\t' /* between namespace and local name */

struct parse {
    struct part_handler *handler;
    XML_Parser parser;
    const char *name;
    int depth;
};

static const unsigned char pack_magic[] = {'P', 'K', 3, 4};
static const unsigned char old_magic[] = {0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1};

void
part_refuse(struct part_reader *reader, enum code code, const char *why, const char *name)
{
    if (reader->failed) {
        return;
    }
    reader->failed = true;
    const char *says = tr(diag_language(reader->diag), why);
    if (name == NULL) {
        diag_error(reader->diag, reader->source->where, code, "workbook refused: %s",
                   says);
    } else {
        diag_error(reader->diag, reader->source->where, code,
                   "workbook refused: part '%s': %s", name, says);
    }
}

static const char *
local_name(const char *name)
{
    const char *end = strrchr(name, NAMESPACE_END);
    return end == NULL ? name : end + 1;
}

const char *
attribute_of(const char *const *attributes, const char *name)
{
    for (size_t i = 0; attributes[i] != NULL; i += 2) {
        if (strcmp(local_name(attributes[i]), name) == 0) {
            return attributes[i + 1];
        }
    }
    return NULL;
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

static void
feed(struct parse *parse, zip_file_t *file, uint64_t packed)
{
    struct part_reader *reader = parse->handler->reader;
    uint64_t part = 0;
    while (!reader->failed) {
        void *buffer = XML_GetBuffer(parse->parser, CHUNK);
        zip_int64_t count = buffer == NULL ? -1 : zip_fread(file, buffer, CHUNK);
        if (count < 0) {
            part_refuse(reader, CODE_W001, N_("it is damaged"), parse->name);
            return;
        }
        part += (uint64_t)count;
        if (!count_bytes(parse, part, packed, (size_t)count)) {
            return;
        }
        if (XML_ParseBuffer(parse->parser, (int)count, count == 0) != XML_STATUS_OK) {
            part_refuse(reader, CODE_W005, N_("it is not well-formed XML"), parse->name);
            return;
        }
        if (count == 0) {
            return;
        }
    }
}

bool
part_read(struct part_reader *reader, const char *name, struct part_handler *handler)
{
    struct parse parse = {.handler = handler, .name = name};
    zip_file_t *file = NULL;
    zip_stat_t status;

    handler->reader = reader;
    if (reader->failed) {
        return false;
    }
    if (zip_stat(reader->zip, name, 0, &status) != 0 ||
        (status.valid & ZIP_STAT_COMP_SIZE) == 0) {
        part_refuse(reader, CODE_W004, N_("it is missing"), name);
        return false;
    }
    if ((status.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 &&
        status.encryption_method != ZIP_EM_NONE) {
        part_refuse(reader, CODE_W002, N_("it is encrypted"), name);
        return false;
    }
    file = zip_fopen(reader->zip, name, 0);
    parse.parser = XML_ParserCreateNS(NULL, NAMESPACE_END);
    if (file == NULL || parse.parser == NULL) {
        part_refuse(reader, CODE_W001, N_("it cannot be unpacked"), name);
        goto done;
    }
    XML_SetUserData(parse.parser, &parse);
    XML_SetElementHandler(parse.parser, on_start, on_end);
    XML_SetCharacterDataHandler(parse.parser, on_text);
    XML_SetStartDoctypeDeclHandler(parse.parser, on_doctype);
    feed(&parse, file, status.comp_size);

done:
    if (parse.parser != NULL) {
        XML_ParserFree(parse.parser);
    }
    if (file != NULL) {
        (void)zip_fclose(file);
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

/* What can be said of bytes in memory before the library sees them. */
static bool
check_bytes(struct part_reader *reader, struct text bytes)
{
    if (starts_with_bytes(bytes, old_magic, sizeof old_magic)) {
        part_refuse(reader, CODE_W002,
                    N_("it is an old .xls, or protected by a password"), NULL);
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
