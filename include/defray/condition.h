/* SPDX-License-Identifier: Apache-2.0 */
/* The conditions of a stipend, as a rule file states them; each is tested at the
 * session's date. A condition that is not required is met. */
#ifndef DEFRAY_CONDITION_H
#define DEFRAY_CONDITION_H

#include "defray/timeline.h"

struct request_condition {
    bool required;
    int days_after_session; /* 0: none; else the request comes at most so many days after */
    struct basis basis;
};

struct means_condition {
    bool required;
    struct text measure; /* "quotient_familial" */
    bool inclusive;      /* at_most; else below */
    struct timeline threshold;
    struct text *methods; /* accepted: "caf", "msa", "tax_household" */
    size_t method_count;
    int age_months_max; /* 0: no limit */
    struct basis age_basis;
    struct basis basis;
};

/* What a verdict says it rests on. A decision need not say it: what is empty is no fault. */
struct evidence {
    struct text method, month; /* "caf", "2026-03" */
};
enum evidence_fault {
    EVIDENCE_FIT,
    EVIDENCE_METHOD, /* the rules do not accept it */
    EVIDENCE_AGE,    /* it is too old for the day */
};
enum evidence_fault evidence_fault(struct arena scratch,
                                   const struct means_condition *test,
                                   const struct evidence *evidence, struct date day);
/* year * 12 + month - 1; false where the text is not of the form "2026-03". */
bool evidence_month_parse(struct text month, int *out);
/* "caf, msa" */
const char *means_methods_text(struct arena *keep, const struct means_condition *test);

struct body_condition { /* membership of an organ; an empty body passes */
    bool required;
    struct text *accepted;
    size_t count;
    struct basis basis;
};

struct age_condition {
    int minimum; /* 0: none */
    struct basis basis;
};

struct competence_condition { /* of the session's subject */
    bool required;
    uint32_t paid; /* bit set of 1u << enum competence */
    struct basis basis;
};

#endif
