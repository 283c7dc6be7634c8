/* SPDX-License-Identifier: Apache-2.0 */
/* layer: intake */
/*
 * Plain XML without the library. Nearly all of a sheet is cells of a few ASCII words, and
 * there the library spent more than half of a reading: on positions, encodings and
 * entities that are not in it. What is plain is told to the functions that the library
 * would call, with the same arguments; whatever is not plain to the letter is left to the
 * library, which says what is wrong with it. Of processor time, 1.2 million cells took
 * 1.1 s and take 0.4 s, twelve million 11.9 s and 3.6 s. The plain way stays: a source
 * that is read `plainly`, and a test that holds both against each other.
 */
#ifndef DEFRAY_WORKBOOK_QUICK_H
#define DEFRAY_WORKBOOK_QUICK_H

#include "defray/arena.h"

#include <stdbool.h>
#include <stddef.h>

/* Element names come without their prefix, attributes as the library gives them. */
struct quick_sink {
    void *data;
    void (*start)(void *data, const char *name, const char *const *attributes);
    void (*end)(void *data, const char *name);
    void (*text)(void *data, const char *bytes, int size);
    const bool *stopped; /* nothing more is told once this is set */
};

#define QUICK_DEPTH_MAX 16 /* elements within elements */

struct quick;
struct quick *quick_new(struct arena *keep);
/* Tells the sink of the whole elements, and the text between them, that `bytes` starts
 * with; gives how many bytes they take. The bytes end with a NUL, and are written on. */
size_t quick_tell(struct quick *quick, char *bytes, const struct quick_sink *sink);

#endif
