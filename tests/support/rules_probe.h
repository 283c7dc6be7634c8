/* SPDX-License-Identifier: Apache-2.0 */
/* Rule files made in a test: a small whole file, changed in one place, loaded from memory. */
#ifndef TESTS_RULES_PROBE_H
#define TESTS_RULES_PROBE_H

#include "defray/rules.h"

/* A whole file that loads: lives 2025-01-01..2026-12-31, 40.00 a plenary, parking on receipt. */
extern const char *const probe_rules;
/* Instead of "examples =": a quarter of a payment is kept back for what was paid too much. */
#define RECOVERS                                                                      \
    "overpayment = \"recover\"; payment = { recovery = { percent_max = 25; source = " \
    "\"D1\"; }; }; examples ="
/* Instead of how parking is priced: by bands of kilometres, of a series to be named as well. */
#define MILEAGE "method = \"scale\"; unit = \"kilometre\"; scale = \"state-mileage\";"

struct probe {
    struct arena *keep;
    struct diag *diag;
    struct rules *rules; /* NULL if it was refused */
};

/* The text with the first `from` in it replaced by `to`. Fails the test if it is not there. */
const char *probe_edit(struct arena *keep, const char *text, const char *from,
                       const char *to);
/* The same, kept to the end of the process. */
const char *probe_text(const char *text, const char *from, const char *to);
/* Loads bytes as the file `path`; shared files come from the folder `rules`. */
struct probe probe_load(struct text path, struct text bytes);
/* Loads probe_rules so changed. */
struct probe probe_edited(const char *from, const char *to);

/* Fails the test unless the file was refused with that code, on that line (0: any), in a
 * text that holds `says`. Gives the diagnostic. */
const struct diagnostic *probe_refused(struct probe *probe, enum code code, uint32_t line,
                                       const char *says);
/* Fails the test unless probe_rules with `from` replaced by `to` is refused so, and `meant`
 * is suggested ("": nothing). */
void probe_refuses(const char *from, const char *to, enum code code, uint32_t line,
                   const char *says, const char *meant);
/* Fails the test, with the messages, unless the file was loaded. */
void probe_loaded(struct probe *probe);

#endif
