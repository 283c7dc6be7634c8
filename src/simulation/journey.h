/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the days of one sort of member are worth, whichever of them they come on: a table of
 * prices made by liquidate_member. A day is worth the same whatever came before, unless the rules
 * count over a month, a year or a mandate; then the table remembers what they count, and nothing
 * else. So all that can happen is priced, exactly, without trying every history; what cannot, since
 * everybody comes or nobody is excused, is not tried.
 */
#ifndef DEFRAY_JOURNEY_H
#define DEFRAY_JOURNEY_H

#include "cast.h"

#define ENTITLEMENTS_MAX 32 /* the stipend, then the categories */
#define STATES_MAX       20000

struct meeting { /* a civil day on which a group has sessions */
    struct date date;
    size_t day;     /* among all days of the scenario */
    size_t session; /* the first of the day, in the scenario */
    size_t sessions[SCENARIO_ON_DAY_MAX];
    size_t count;
    /* The ways that the day can turn out are numbers below `ways`: a bit for each session that one
     * comes to, then, where the rules pay who is excused, a bit for each one is excused from. */
    unsigned ways;
    unsigned outcomes; /* bit set of 1u << enum outcome: what can become of one session */
};

/* What becomes of a session for one member. */
enum outcome { OUTCOME_AWAY, OUTCOME_CAME, OUTCOME_EXCUSED };

struct meetings {
    struct meeting *items;
    size_t count;
};

struct state {
    uint32_t before; /* the state it was reached from; of the first: 0 */
    uint8_t came;    /* the way that the day before it went */
    uint32_t ways;   /* index of the first of the meeting's ways on */
};

struct journey {
    const struct meetings *meetings;
    size_t
        *first; /* states before meeting i: first[i] to first[i + 1]; the first of them is
                      that of who was never there */
    struct state *states;
    uint32_t *next; /* by way: the state it leads to; of one that cannot be, no matter */
    int64_t *cents; /* by way and entitlement */
    size_t entitlements;
    size_t state_count, way_count;
};

/* The share of the group that comes to its n-th meeting. */
struct ratio presence_at(const struct group *group, size_t meeting);

/* The days on which a group meets. */
struct meetings meetings_of(struct arena *keep, const struct scenario *scenario,
                            const struct group *group);

/* Whether who came so was there in person: who was, claims what one's habits are. */
bool came_in_person(const struct scenario *scenario, const struct meeting *meeting,
                    unsigned came);

/* Why a scenario could not be priced. */
enum trouble {
    TROUBLE_NONE,
    TROUBLE_UNDETERMINED,
    TROUBLE_STATES,
    TROUBLE_PROFILES,
    TROUBLE_ENTITLEMENTS,
};
struct trouble_spot {
    enum trouble trouble;
    size_t session;
    enum reason reason;
    struct text claim; /* the category, where it is a claim that waits; and its place */
    struct where where;
    const struct group *group;
};

/* False if a session is undetermined, or there are too many states. */
bool journey_make(struct arena *keep, struct arena scratch, struct cast *cast,
                  const struct meetings *meetings, struct journey *out,
                  struct trouble_spot *spot);

/* The lines of a member who came to everything, as liquidate_member gives them. */
struct member_result journey_lines(struct arena *keep, struct cast *cast,
                                   const struct meetings *meetings);

#endif
