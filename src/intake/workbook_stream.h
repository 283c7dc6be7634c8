/* SPDX-License-Identifier: Apache-2.0 */
/* layer: intake */
/* A part of a workbook on its way from the zip to its handler: what workbook_part.c and
 * workbook_beside.c share. */
#ifndef DEFRAY_WORKBOOK_STREAM_H
#define DEFRAY_WORKBOOK_STREAM_H

#include "libexpat.h"
#include "libzip.h"
#include "workbook_own.h"
#include "workbook_parts.h"
#include "workbook_quick.h"

#define CHUNK 65536

struct parse {
    struct part_handler *handler;
    XML_Parser parser;
    const char *name;
    int depth;
    XML_Index fed;   /* bytes that the parser was given */
    XML_Index ended; /* and those at the end of the last end tag within the root */
    bool other_encoding;
};

struct part_stream {
    struct parse parse;
    zip_file_t *file;
    struct own_part *own; /* instead, of a workbook of ours */
    uint64_t packed;      /* bytes that the zip says it takes */
    uint64_t plain;       /* and that it says they unpack to */
    uint64_t inflated;    /* bytes so far */
};

struct part_window {
    char bytes[2 * CHUNK + 1]; /* what is not parsed yet, a chunk, a NUL */
    size_t waiting;            /* bytes that are not parsed yet */
    struct quick *quick;
    struct own_part *own; /* of one part after the other, or NULL */
};

/* The next bytes out of the zip, at most `room`; 0 at the end, or STREAM_DAMAGED. */
#define STREAM_DAMAGED SIZE_MAX
size_t stream_unpack(struct part_stream *stream, char *bytes, size_t room);
/* Whether what comes next is a unit or what follows the last one. */
bool stream_stands_between(const struct part_stream *stream);
/* Tells bytes to the part's handler, in order, and gives the first that was left for more to
 * come; NULL after a diagnostic. One byte after the last is overwritten. */
char *stream_read(struct part_stream *stream, struct quick *quick, char *bytes,
                  size_t size, bool last);
/* Tells plain units, which a NUL ends, to a handler of their own; gives the bytes told. */
#define STREAM_UNIT_DEPTH 2 /* of the elements that rows and strings stand in */
size_t stream_tell(struct part_handler *handler, struct quick *quick, char *bytes);

#endif
