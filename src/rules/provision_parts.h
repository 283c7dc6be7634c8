/* SPDX-License-Identifier: Apache-2.0 */
/* What lists the provisions of a rule file, block by block. */
#ifndef DEFRAY_RULES_PROVISION_PARTS_H
#define DEFRAY_RULES_PROVISION_PARTS_H

#include "defray/provision.h"

struct listing {
    struct arena *keep;
    enum language language;
    struct provisions out;
    enum section section;
    const char *subject_key, *subject; /* of what is added next */
};

/* A setting without dates. `basis` may be NULL. */
void list_setting(struct listing *listing, const char *key, const char *item,
                  const char *value, const struct basis *basis);
/* A dated entry. */
void list_dated(struct listing *listing, const char *key, const char *item,
                const char *value, const struct value *when);
/* Each value of a timeline, in euros: "13.74 € / hour", with its derivation. */
struct figure {
    const char *before; /* "at most"; may be empty */
    const char *unit;   /* "hour"; may be empty */
};
void list_timeline(struct listing *listing, const char *key, const char *item,
                   const struct figure *figure, const struct timeline *timeline);
void list_caps(struct listing *listing, const struct cap *caps, size_t count,
               enum unit unit);
void list_rounding(struct listing *listing, const struct entitlement *price);
/* "1 000,00" in the language, at least so many decimals. */
const char *figure_text(struct arena *keep, enum language language, struct ratio value,
                        int decimals);
const char *texts_joined(struct arena *keep, const struct text *items, size_t count);

/* provision_stipend.c, provision_expenses.c, provision_payment.c, provision_notice.c */
void list_stipend(struct listing *listing, const struct rules *rules);
void list_expenses(struct listing *listing, const struct rules *rules);
void list_limits(struct listing *listing, const struct rules *rules);
void list_payment(struct listing *listing, const struct rules *rules);
void list_notice(struct listing *listing, const struct rules *rules);

#endif
