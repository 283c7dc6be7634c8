/* SPDX-License-Identifier: Apache-2.0 */
/* layer: rules */
/* What a rule file says of expenses: the categories that it covers, each with its way of pricing
 * and its conditions, and the envelopes of the year. */
#ifndef DEFRAY_CATEGORY_H
#define DEFRAY_CATEGORY_H

#include "defray/method.h"

struct label { /* in the two languages */
    struct text fr, en;
};

/* The headings of an état de frais, in the order of annexe A of the list of vouchers; care and
 * income loss have statements of their own there (headings 326 and 331). */
enum heading {
    HEADING_PUBLIC_TRANSPORT,
    HEADING_CAR,
    HEADING_TAXI,
    HEADING_PARKING,
    HEADING_MEAL,
    HEADING_LODGING,
    HEADING_CARE,
    HEADING_INCOME_LOSS,
    HEADING_OTHER,
    HEADING_COUNT
};

struct category {             /* an expense category */
    struct entitlement price; /* key: the category's name */
    struct text *also;        /* other names accepted in data */
    size_t also_count;
    enum heading heading; /* where the état de frais shows it */
    bool receipt_required;
    struct basis receipt_basis;
    int deadline_days; /* 0: none; claimed_on at most so many days after the day */
    struct basis deadline_basis;
    bool refused_where_meal_served;
    struct basis meal_basis;
    struct basis basis; /* that the category is covered at all */
};

struct envelope {
    struct text name;
    struct label label;
    struct text *categories; /* keys; "stipend" counts too */
    size_t category_count;
    struct timeline limits; /* per calendar year; value.warning is the warning level */
};

#endif
