/* SPDX-License-Identifier: Apache-2.0 */
/* A town in a test: a rule file, and the tables of an office as texts, computed like any batch. */
#ifndef TESTS_RECKON_H
#define TESTS_RECKON_H

#include "defray/summary.h"

#include "rules_probe.h"
#include "tables.h"

struct office { /* tables as CSV; NULL: none is given */
    const char *members, *sessions, *attendance, *expenses, *decisions;
    const char *period; /* as on the command line */
};

struct reckoned {
    struct tables *tables;
    struct batch batch;
    struct diag
        *diag; /* what the computation says; what the readers say fails the test */
    struct summary *summary;
};

/* `rules` is the text of a rule file, which loads. */
struct reckoned reckon(const char *rules, const struct office *office);
struct member_result reckon_member(struct reckoned *reckoned, uint32_t member);
/* How many diagnostics of the computation have the code. */
size_t reckon_filed(const struct reckoned *reckoned, enum code code);

#endif
