/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rows of a long sheet on all processors. Unpacking goes from one byte to the next, so that
 * is done in the order of the parts (`place`); a part ends with a row, and the rows of several
 * parts are told beside one another, each to a handler of its own, which are joined in order. A
 * row that is not plain is told in order like those of short sheets (workbook_part.c), which are
 * the same to whoever asks. Reading back a workbook of a million rows takes half as long so.
 */
#include "defray/parallel.h"

#include "workbook_stream.h"

#include <string.h>

#define PIECE_BYTES ((size_t)512 << 10)

struct piece {
    struct arena *arena;
    char *bytes; /* whole units, and room for a NUL */
    size_t size, capacity;
    size_t told;
    struct part_handler *handler;
};

struct unpacking {
    struct part_stream *stream;
    struct part_handler *handler;
    struct quick *quick; /* of the thread that takes */
    struct text carried; /* the start of a unit whose end is still packed; in `carry` */
    char *carry;
    size_t carry_capacity;
    struct arena *keep; /* of the carry */
    bool ended, damaged;
};

static void *
make(void *context, size_t part, struct arena *arena)
{
    struct piece *piece = NEW(arena, struct piece);
    (void)context;
    (void)part;
    piece->arena = arena;
    return piece;
}

static void
grow(struct piece *piece, size_t capacity)
{
    char *bytes = arena_room(piece->arena, capacity + 1);
    if (piece->size > 0) {
        memcpy(bytes, piece->bytes, piece->size);
    }
    piece->bytes = bytes;
    piece->capacity = capacity;
}

/* Past the last end of a unit in the bytes; 0 if none ends there. */
static size_t
past_last_unit(const struct piece *piece, const char *unit)
{
    size_t size = strlen(unit);
    for (size_t at = piece->size; at >= size; at--) {
        if (memcmp(piece->bytes + at - size, unit, size) == 0) {
            return at;
        }
    }
    return 0;
}

/* Fills the piece with what is unpacked next, up to the end of a unit. */
static void
unpack(struct unpacking *unpacking, struct piece *piece)
{
    size_t whole = 0;
    while (whole == 0 && !unpacking->ended) {
        if (piece->size == piece->capacity) {
            grow(piece, piece->capacity * 2);
        }
        size_t count = stream_unpack(unpacking->stream, piece->bytes + piece->size,
                                     piece->capacity - piece->size);
        unpacking->damaged = unpacking->damaged || count == STREAM_DAMAGED;
        unpacking->ended = unpacking->damaged || count == 0;
        piece->size += unpacking->damaged ? 0 : count;
        if (piece->size == piece->capacity || unpacking->ended) {
            whole = past_last_unit(piece, unpacking->handler->unit);
        }
    }
    size_t rest = piece->size - whole;
    if (rest > unpacking->carry_capacity) {
        unpacking->carry = arena_room(unpacking->keep, 2 * rest);
        unpacking->carry_capacity = 2 * rest;
    }
    if (rest > 0) {
        memcpy(unpacking->carry, piece->bytes + whole, rest);
    }
    unpacking->carried = (struct text){unpacking->carry, rest};
    piece->size = whole;
}

static void
place(void *context, size_t part, void *made)
{
    struct unpacking *unpacking = context;
    struct piece *piece = made;
    (void)part;
    if (unpacking->ended) {
        return;
    }
    size_t carried = unpacking->carried.size;
    grow(piece, carried + PIECE_BYTES);
    if (carried > 0) {
        memcpy(piece->bytes, unpacking->carried.data, carried);
    }
    piece->size = carried;
    unpack(unpacking, piece);
}

static void
finish(void *context, size_t part, void *made, struct arena *arena)
{
    struct unpacking *unpacking = context;
    struct piece *piece = made;
    (void)part;
    if (piece->size == 0) {
        return;
    }
    piece->bytes[piece->size] = '\0';
    piece->handler = unpacking->handler->apart(unpacking->handler, arena);
    piece->told = stream_tell(piece->handler, quick_new(arena), piece->bytes);
}

static void
take(void *context, size_t part, void *made, struct arena *arena)
{
    struct unpacking *unpacking = context;
    struct piece *piece = made;
    struct part_handler *handler = unpacking->handler;
    (void)part;
    (void)arena;
    if (piece->size == 0 || handler->reader->failed) {
        return;
    }
    if (!handler->join(handler, piece->handler)) {
        part_refuse(handler->reader, CODE_W005, N_("its rows are not in order"), NULL);
    } else if (piece->told < piece->size) {
        (void)stream_read(unpacking->stream, unpacking->quick, piece->bytes + piece->told,
                          piece->size - piece->told, false);
    }
}

bool
part_beside(struct part_stream *stream)
{
    struct part_handler *handler = stream->parse.handler;
    struct part_reader *reader = handler->reader;
    struct part_window *window = reader->window;
    if (handler->apart == NULL || reader->source->plainly || reader->failed ||
        stream->plain / PIECE_BYTES < 2 || !stream_stands_between(stream)) {
        return true;
    }
    const struct arena whole = arena_reserve(ARENA_SCRATCH_BYTES);
    struct arena apart = whole;
    struct arena carry = arena_share(&apart, 2); /* while `take` fills the reader's */
    struct unpacking unpacking = {
        .stream = stream,
        .handler = handler,
        .quick = window->quick,
        .carry = arena_room(&carry, PIECE_BYTES),
        .carry_capacity = PIECE_BYTES,
        .keep = &carry,
    };
    unpacking.carried = (struct text){unpacking.carry, window->waiting};
    memcpy(unpacking.carry, window->bytes, window->waiting);
    window->waiting = 0;
    const struct parallel_work work = {
        .context = &unpacking,
        .parts =
            (size_t)(stream->plain / PIECE_BYTES) + 2, /* the size that the zip states */
        .make = make,
        .place = place,
        .finish = finish,
        .take = take,
    };
    parallel_in_order(apart, &work);
    if (!unpacking.ended || unpacking.damaged) {
        part_refuse(reader, CODE_W001, N_("it is damaged"), stream->parse.name);
    }
    if (!reader->failed) {
        char *rest = arena_room(reader->arena, unpacking.carried.size + 1);
        memcpy(rest, unpacking.carried.data, unpacking.carried.size);
        (void)stream_read(stream, window->quick, rest, unpacking.carried.size, true);
    }
    arena_release(whole);
    return false;
}
