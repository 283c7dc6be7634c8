/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The books that a simulation of the ledger keeps of its own: what was posted for each right,
 * what each batch pays, what came back, what was recovered, which heads were noted elsewhere.
 * Checks compare them with what the ledger says.
 */
#ifndef TESTS_WORLD_H
#define TESTS_WORLD_H

#include "defray/ledger_view.h"

#include "town.h"

#define WORLD_ASSEMBLIES  2
#define WORLD_MEMBERS     4
#define WORLD_MONTHS      3
#define WORLD_SESSIONS    2 /* a month */
#define WORLD_DAYS        TOWN_DAYS
#define WORLD_BATCHES_MAX 256

struct change { /* of one right, by one batch */
    int member, day;
    int64_t before, after;
};

struct known_batch {
    int64_t number;
    int assembly;
    struct changes ARRAY_OF(struct change) changes;
    int64_t payments[WORLD_MEMBERS];
    bool live[WORLD_MEMBERS];
    bool sent, cancelled;
    struct digest references; /* that the bank sees: the same in every attempt */
};

enum life_event { /* what else happens than the acts on a batch */
                  WORLD_CLOSED,
                  WORLD_REVERSED,
                  WORLD_COLLECTED,
                  WORLD_ABANDONED, /* the process ended before it committed */
                  WORLD_REPEATED,  /* an act that had been done: nothing changed */
                  WORLD_RESTORED,  /* an old copy was put back, and seen */
                  WORLD_FORKED,    /* a batch was prepared again from an old copy */
                  WORLD_EVENT_COUNT
};

struct town_copy { /* the bytes of the two files */
    struct text ledger, identities;
};

struct world {
    struct arena start, keep;
    struct diag *diag;
    struct ledger *ledger;
    const char *path;
    uint64_t seed, first_seed;
    const uint8_t
        *choices; /* NULL: the seed chooses; else one byte a choice, then zeros */
    size_t choice_count;
    struct town towns[WORLD_ASSEMBLIES]; /* 0 carries over and has a text for new rates; 1
                                           recovers */
    struct batch *everyone[WORLD_ASSEMBLIES]; /* the last month, nobody present */
    int64_t posted[WORLD_ASSEMBLIES][WORLD_MEMBERS][WORLD_DAYS];
    int64_t collected[WORLD_ASSEMBLIES][WORLD_MEMBERS];
    struct known_batch batches[WORLD_BATCHES_MAX];
    int batch_count;
    bool held[WORLD_ASSEMBLIES]
             [WORLD_MEMBERS]; /* came back, nobody has confirmed since */
    bool closed[WORLD_ASSEMBLIES][WORLD_MONTHS];
    const char *noted; /* heads, one a line, as somebody wrote them down */
    struct town_copy copy;
    size_t copy_noted; /* bytes of `noted` when the copy was made; 0: no copy */
    size_t refused;    /* by policy, as they should be */
    size_t done[LEDGER_VERB_COUNT]; /* acts that changed something */
    size_t events[WORLD_EVENT_COUNT];
};

void world_open(struct world *world, uint64_t seed);
void world_close(struct world *world);
unsigned world_below(struct world *world, unsigned most); /* the next choice */
struct batch *world_batch(struct arena *keep, struct world *world, int assembly,
                          int month);

/* The files as they lie on the disk; putting them back reopens nothing. */
struct town_copy world_copy(struct arena *keep, const struct world *world);
void world_put(const struct world *world, const struct town_copy *copy);
void world_reopen(struct world *world);
void world_note_head(struct world *world);
/* Whether the ledger continues the first `size` bytes of what was noted. */
bool world_continues(struct world *world, size_t size);

/* One step: a random act of one of the offices (world_acts.c). */
void world_step(struct world *world);

int world_day(struct date day); /* its number, WORLD_DAYS if it is none */

/* By the books: what is posted and not paid. */
int64_t world_unpaid(const struct world *world, int assembly, int member);
/* By the books: what has left for the member, and has not come back. */
int64_t world_received(const struct world *world, int assembly, int member);
/* The payments of a batch against the books. */
void world_check_payments(const struct world *world, const struct known_batch *known);
/* What is due for the day by the sheets and rates of this moment. */
int64_t world_due(const struct world *world, int assembly, int member, int day);
struct digest world_references(const struct order *order);

/* The ledger against the books; a failed check ends the test and names the seed. */
void world_check_invariants(struct world *world, int step);
void world_check_accounts(struct arena *keep, struct world *world);
void world_check_rights(struct arena *keep, struct world *world);

#endif
