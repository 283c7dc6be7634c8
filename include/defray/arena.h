/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Memory. An arena is a stretch of address space, reserved at once and touched
 * as it is used. A pointer to an arena keeps what it allocates to the end of
 * the run; an arena passed by value is scratch, gone on return. Nothing is freed
 * one by one, and nothing else in the program calls malloc.
 *
 * Exhaustion is the machine's failure: the process says so and ends with
 * status 5, the only exit below the command layer.
 */
#ifndef DEFRAY_ARENA_H
#define DEFRAY_ARENA_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

struct pages;

struct arena {
    char *next;            /* first free byte */
    char *end;             /* one past the last byte of the reservation */
    struct pages *stretch; /* of its pages, which all copies share; may be NULL */
};

/* Reserves `bytes` of address space (less, if the machine grants less). Ends the
 * process with status 5 if it grants none. */
struct arena arena_reserve(size_t bytes);

/* Says that memory is exhausted, and ends the process with status 5, after arena_stands with
 * status 6: for libraries too that go on without what they did not get. */
_Noreturn void arena_exhausted(void);
/* From here on files or entries may stand that were not there before. */
void arena_stands(void);
/* The same unless a library may still have what it asks for. */
void arena_spare(void);

/* What libraries free stays with the process, for what they ask for next, in whichever thread: a
 * workbook is written with a hundred buffers, and to get each page of them anew from the system
 * takes longer than to fill it. To be called once, at the start. */
void arena_hold_freed(void);
/* Has the pages of so many bytes there, for a library that will ask for them in small pieces. */
void arena_hold_ahead(size_t bytes);

/* Gives the pages of a whole reservation back. `start` is the value that
 * arena_reserve returned. */
void arena_release(struct arena start);

/* Takes the first `bytes` of what is free off, to be filled beside the rest; anything may lie at
 * its start. Ends the process with status 5 if less is left. */
struct arena arena_part(struct arena *arena, size_t bytes);

/* The same for about one of so many equal shares of what is free; 2 or more. */
struct arena arena_share(struct arena *arena, size_t shares);

/* What lies between the two, in an arena of which it was taken off, to be filled beside others that
 * are filled at the same time; until it is closed. What it holds stays. */
struct arena arena_window(char *start, char *end);
void arena_close(struct arena *whole, struct arena window);

/* `count` zeroed objects of `size` bytes. Never NULL. */
void *arena_alloc(struct arena *arena, size_t count, size_t size, size_t align);

/* Bytes that are written before they are read: what they hold is not said. Never NULL. */
void *arena_room(struct arena *arena, size_t bytes);
/* The same directly behind the last ones, in an arena that holds nothing but such: together they
 * are an array. */
void *arena_append(struct arena *arena, size_t bytes);
/* The same for many bytes of which some may never be written. */
void *arena_append_room(struct arena *arena, size_t bytes);

/* A NUL-terminated formatted string, kept in the arena. */
const char *arena_printf(struct arena *keep, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
const char *arena_vprintf(struct arena *keep, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

/* Address space of what lives to the end of a run, and of scratch: reserved, touched as used. */
#define ARENA_KEEP_BYTES    ((size_t)1 << 38)
#define ARENA_SCRATCH_BYTES ((size_t)1 << 36)

#define NEW(arena, type) ((type *)arena_alloc((arena), 1, sizeof(type), _Alignof(type)))
#define NEW_ARRAY(arena, type, count) \
    ((type *)arena_alloc((arena), (count), sizeof(type), _Alignof(type)))

/*
 * Growing arrays. A type has the fields `items`, `count` and `capacity`:
 *     struct lines { struct line *items; size_t count, capacity; };
 * Growth copies within the arena; the old block stays until the arena goes.
 */
#define ARRAY_OF(type)   \
    {                    \
        type *items;     \
        size_t count;    \
        size_t capacity; \
    }
void array_grow(struct arena *arena, void *array, size_t size, size_t align);
/* The address of a new zeroed last item. */
#define ARRAY_PUSH(arena, array)                                                       \
    ((array)->count == (array)->capacity                                               \
         ? array_grow((arena), (array), sizeof *(array)->items, _Alignof(max_align_t)) \
         : (void)0,                                                                    \
     &(array)->items[(array)->count++])
#define ARRAY_COUNT(a) (sizeof(a) / sizeof((a)[0]))

#endif
