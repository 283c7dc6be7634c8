/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Plain XML read without the library, and the library as its judge: what the quick way takes
 * must be well formed, and be told in the same words; what it leaves must be as it was.
 */
#include "defray/text.h"

#include "../../src/intake/workbook_quick.h"

#include <expat.h>

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define ROOM      ((size_t)16 << 20)
#define INPUT_MAX 16384 /* more only takes time */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* All that was told, one byte after the other; texts that follow one another are one. */
struct told {
    char bytes[8 * INPUT_MAX];
    size_t size;
    size_t left; /* events until it stops */
    bool in_text, stopped;
};

static void
clear(struct told *told, size_t left)
{
    told->size = 0;
    told->left = left;
    told->in_text = false;
    told->stopped = false;
}

static void
append(struct told *told, const char *bytes, size_t size)
{
    memcpy(told->bytes + told->size, bytes, size);
    told->size += size;
}

static bool
begin(struct told *told, const char *mark)
{
    bool goes_on = *mark == 'T' && told->in_text;
    told->in_text = *mark == 'T';
    if (!goes_on) {
        append(told, mark, 1);
    }
    return !told->stopped;
}

static void
count_down(struct told *told)
{
    told->stopped = told->left > 0 && --told->left == 0;
}

static const char *
local(const char *name)
{
    const char *colon = strchr(name, ':');
    return colon == NULL ? name : colon + 1;
}

static void
on_start(void *data, const char *name, const char *const *attributes)
{
    struct told *told = data;
    begin(told, "S");
    append(told, name, strlen(name) + 1);
    for (size_t i = 0; attributes[i] != NULL; i++) {
        append(told, "A", 1);
        append(told, attributes[i], strlen(attributes[i]) + 1);
    }
    count_down(told);
}

static void
on_end(void *data, const char *name)
{
    begin(data, "E");
    append(data, name, strlen(name) + 1);
    count_down(data);
}

static void
on_text(void *data, const char *bytes, int size)
{
    begin(data, "T");
    append(data, bytes, (size_t)size);
}

static void
library_start(void *data, const XML_Char *name, const XML_Char **attributes)
{
    on_start(data, local(name), (const char *const *)attributes);
}

static void
library_end(void *data, const XML_Char *name)
{
    on_end(data, local(name));
}

/* The same bytes by the library, within a root that is not told of. */
static void
read_by_library(struct told *told, const char *bytes, size_t size)
{
    static XML_Parser parser;
    static const char root[] = "<r>";
    if (parser == NULL) {
        parser = XML_ParserCreate(NULL);
    } else {
        XML_ParserReset(parser, NULL);
    }
    bool good = XML_Parse(parser, root, 3, false) == XML_STATUS_OK;
    XML_SetUserData(parser, told);
    XML_SetElementHandler(parser, library_start, library_end);
    XML_SetCharacterDataHandler(parser, on_text);
    good = good && XML_Parse(parser, bytes, (int)size, false) == XML_STATUS_OK;
    XML_SetElementHandler(parser, NULL, NULL);
    good = good && XML_Parse(parser, "</r>", 4, true) == XML_STATUS_OK;
    assert(good);
}

/* Stopped after some events, nothing more is told than those. */
static void
check_stop(struct quick *quick, struct arena scratch, const struct told *whole,
           const char *given)
{
    static struct told part;
    struct quick_sink sink = {&part, on_start, on_end, on_text, &part.stopped};
    clear(&part, 2);
    size_t size = strlen(given);
    char *bytes = NEW_ARRAY(&scratch, char, size + 1);
    memcpy(bytes, given, size);
    (void)quick_tell(quick, bytes, &sink);
    assert(part.size <= whole->size);
    assert(memcmp(part.bytes, whole->bytes, part.size) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static struct arena start;
    static struct quick *quick;
    if (size > INPUT_MAX || memchr(bytes, 0, size) != NULL) {
        return 0;
    }
    if (quick == NULL) {
        start = arena_reserve(ROOM);
        quick = quick_new(&start);
    }
    struct arena keep = start;
    static struct told told;
    static struct told judge;
    struct quick_sink sink = {&told, on_start, on_end, on_text, &told.stopped};
    char *given = malloc(size + 1); /* exactly, so that a step too far is seen */
    char *kept = NEW_ARRAY(&keep, char, size + 1);
    assert(given != NULL);
    clear(&told, 0);
    clear(&judge, 0);
    memcpy(given, bytes, size);
    memcpy(kept, bytes, size);
    given[size] = '\0';
    size_t taken = quick_tell(quick, given, &sink);
    assert(taken <= size && memcmp(given + taken, kept + taken, size - taken + 1) == 0);
    read_by_library(&judge, kept, taken);
    assert(told.size == judge.size && memcmp(told.bytes, judge.bytes, told.size) == 0);
    check_stop(quick, keep, &told, kept);
    free(given);
    return 0;
}
