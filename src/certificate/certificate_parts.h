/* SPDX-License-Identifier: Apache-2.0 */
/* What making and verifying a certificate share: exact numbers, and one line's tree. */
#ifndef DEFRAY_CERTIFICATE_PARTS_H
#define DEFRAY_CERTIFICATE_PARTS_H

#include "defray/bases.h"
#include "defray/certificate.h"
#include "defray/status.h"

/* Exact: "3.5", with at least `min` decimals, or "5/3" where decimals do not end. */
const char *exact_text(struct arena *keep, struct ratio value, int min);
/* Only what exact_text writes, within bounds; false otherwise. */
bool exact_parse(struct arena scratch, struct text t, int min, struct ratio *out);
/* Whether a x b stays within what ratio_times may be asked for. */
bool ratio_fits(struct ratio a, struct ratio b);

/* All that a certificate tells of a line. */
struct told {
    const struct rules *rules;
    const struct line *line;
    struct text session, body; /* of a presence; may be empty */
    enum kind kind;
    struct circumstances circumstances;
    bool tested; /* the means test was reached */
    struct finding finding;
    struct ratio opening; /* of a scale: the counter when the year's first line came */
    int64_t number;
    int64_t other; /* number of the line that is counted already; 0: none */
    const char *at, *other_at;
};
struct tree *told_line(struct arena *keep, const struct told *told);

/* The text that decides an unpriced line of that reason; NULL: a rule of the program. */
const struct basis *reason_basis(const struct rules *rules, const struct told *told,
                                 struct arena scratch);
struct tree *told_basis(struct arena *keep, const struct basis *basis);

#endif
