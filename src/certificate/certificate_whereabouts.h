/* SPDX-License-Identifier: Apache-2.0 */
/* Which session a certificate's line tells of, as the rules see it, and where that puts a claimant.
 * Bits: a reason may go with several. */
#ifndef DEFRAY_CERTIFICATE_WHEREABOUTS_H
#define DEFRAY_CERTIFICATE_WHEREABOUTS_H

#include "certificate_conditions.h"

enum {
    COVERED = 1,
    BODY_UNKNOWN = 2, /* some bodies' sessions are covered, and none is named */
    KIND_EXCLUDED = 4,
    BODY_EXCLUDED = 8,
    OPEN = COVERED | BODY_UNKNOWN,
    ANY_SESSION = OPEN | KIND_EXCLUDED | BODY_EXCLUDED,
};
/* Where a claimant was that day: the highest counts. */
enum {
    NOWHERE = 1,
    BY_VIDEO = 2,
    IN_PERSON = 4,
    AT_SOME_BODY = 8,
    AT_COVERED = 16,
    THERE = AT_SOME_BODY | AT_COVERED,
    ANYWHERE = THERE | IN_PERSON | BY_VIDEO | NOWHERE,
};

/* What the rules have for the session of a presence: one of the first list. */
unsigned whereabouts_session(const struct conditions *work, const struct stated *line);

/* Where the claimant may have been, of the second list. Of days before the period not every
 * presence is told, and where none of the day is, nothing is known. `awaited` is the kind of a
 * session whose body nobody knows, if there is one. */
unsigned whereabouts_of_day(const struct conditions *work, const struct stated *claim,
                            enum kind *awaited);

/* The kind of session for whose body a claim waits: of the presences that its day tells, the
 * first that the rules pay for some bodies only, and whose body nobody knows; else KIND_NONE. */
enum kind whereabouts_awaited(const struct conditions *work, const struct stated *claim);

#endif
