/* SPDX-License-Identifier: Apache-2.0 */
/* A certificate's lines as figures, once its form has been proven. */
#ifndef DEFRAY_CERTIFICATE_STATED_H
#define DEFRAY_CERTIFICATE_STATED_H

#include "certificate_parts.h"

struct stated_step {
    enum step_kind kind;
    enum span span;
    struct date since;
    int64_t line; /* COUNTED */
    struct text cap;
    bool over_all, soft;
    bool has_left; /* what it left is stated: nearly always */
    struct money limit, worth, before, left, took;
    struct ratio exact;                           /* RATE */
    struct ratio units, units_before, units_left; /* QUANTITY; of FULL_DAY, minutes */
    const struct tree *tree;
};

struct stated { /* a line */
    const struct tree *tree;
    const char *path; /* "lines[2]" */
    bool earlier, is_claim, priced;
    bool barred; /* of a day on which the scheme may not pay */
    int64_t number;
    struct date date;
    enum kind kind;
    enum presence presence;
    enum status status;
    enum line_state state;
    enum reason reason;
    enum verdict verdict; /* of the evidence; NO_TEST if there is none */
    const struct method *method;
    enum unit unit;
    enum rounding rounding;
    int64_t tariff; /* number in the rule file; 0: none */
    bool has_minutes;
    struct ratio minutes, quantity, rate, exact, opening, counter;
    bool by_default; /* the quantity is the rules' own */
    uint32_t horsepower;
    struct money claimed, gross, due;
    struct stated_step *steps;
    size_t step_count;
};

struct stated_lines {
    struct stated *items; /* the earlier ones first */
    size_t count;
    struct period period;
};

/* What verifying works with, and where it says what it finds. */
struct checking {
    struct arena *keep;
    struct where where;
    struct diag *diag;
    enum code code;
    bool holds;
};
void check_differs(struct checking *check, const char *path, const char *field,
                   const char *stated, const char *recomputed);
/* The same, where the two are not the same text. */
void check_text(struct checking *check, const char *path, const char *field,
                const char *stated, const char *recomputed);
void check_money(struct checking *check, const char *path, const char *field,
                 struct money stated, struct money recomputed);
void check_ratio(struct checking *check, const char *path, const char *field,
                 struct ratio stated, struct ratio recomputed);
void check_date(struct checking *check, const char *path, const char *field,
                struct date stated, struct date recomputed);
void check_count(struct checking *check, const char *path, const char *field,
                 int64_t stated, int64_t recomputed);
/* Says that a field is not written as it should be: C003. */
void check_form(struct checking *check, const char *path, const char *field,
                const struct tree *value);

/* False after a diagnostic (C003, C002) where a word, a figure or a field does not fit. */
bool stated_read(struct checking *check, const struct tree *certificate,
                 struct stated_lines *out);

#endif
