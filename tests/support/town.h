/* SPDX-License-Identifier: Apache-2.0 */
/* A small invented town whose month is given as a matrix, for tests of the ledger. */
#ifndef TESTS_TOWN_H
#define TESTS_TOWN_H

#include "defray/ledger.h"

#define TOWN_MEMBERS_MAX 8
#define TOWN_DAYS        6 /* two plenaries a month, January to March 2026 */

struct town {
    int number; /* its id is town<number> */
    int members;
    int64_t rate;     /* cents a plenary */
    bool recovers;    /* overpayments; else they are carried over */
    int keeps_back;   /* percent of later payments, if it recovers */
    bool retroactive; /* a text makes new rates reach back */
    bool single;      /* one person prepares and pays */
    bool present[TOWN_MEMBERS_MAX][TOWN_DAYS];
};

const char *town_day(int index); /* "2026-01-10" */
/* The batch of a month (0 to 2), read as files would be. Members are M0, M1 … */
struct batch *town_batch(struct arena *keep, const struct town *town, int month,
                         struct diag *diag);
/* Makes an empty ledger in a place without a slow disk, and opens it; its path. */
struct ledger *town_ledger(struct arena *keep, struct diag *diag, const char **path);
void town_remove(struct arena *keep, const char *path);
/* Prepares the month, as Alice; what was recorded, or false with the ledger rolled back. */
bool town_prepare(struct arena *keep, struct ledger *ledger, struct batch *batch,
                  struct date since, struct recorded *out);
/* Confirms every account number, as Bernard. */
bool town_confirm(struct ledger *ledger, const struct batch *batch);

extern const struct act town_alice, town_bernard;

#endif
