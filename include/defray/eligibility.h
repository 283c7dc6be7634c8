/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The means test. This module alone reads the figures; what comes out is a
 * verdict with its reason, its method and its month, never an amount.
 */
#ifndef DEFRAY_ELIGIBILITY_H
#define DEFRAY_ELIGIBILITY_H

#include "defray/rules.h"

struct means;
struct decisions;

struct evidence { /* at most one of the two; neither: everyone tested is undetermined */
    const struct means *means;
    const struct decisions *decisions;
};

enum reason {
    REASON_NONE,
    /* zero */
    REASON_ABSENT,
    REASON_EXCUSED,
    REASON_SAME_FACT,
    REASON_NIL_POLICY,
    REASON_KIND_NOT_PAID,
    REASON_BODY_NOT_COVERED,
    REASON_BELOW_MINIMUM,
    REASON_NO_MINUTE_INSIDE,
    /* refused */
    REASON_NOT_MEMBER,
    REASON_STATUS_NEVER_PAID,
    REASON_STATUS_NOT_PAID,
    REASON_BODY_OTHER,
    REASON_TOO_YOUNG,
    REASON_NO_REQUEST,
    REASON_REQUEST_LATE,
    REASON_NOT_ELIGIBLE,
    REASON_SEAT_TAKEN,
    REASON_CATEGORY_NOT_COVERED,
    REASON_NOT_PRESENT,
    REASON_NO_RECEIPT,
    REASON_CLAIM_LATE,
    REASON_MEAL_SERVED,
    /* undetermined */
    REASON_NO_FIGURE,
    REASON_FIGURE_TOO_OLD,
    REASON_METHOD_NOT_ACCEPTED,
    REASON_NO_EVIDENCE_GIVEN,
    REASON_NO_DECISION,
    REASON_DECISION_UNDETERMINED,
    REASON_BIRTH_MISSING,
    REASON_MINOR_WITHOUT_GUARDIAN,
    REASON_DURATION_MISSING,
    REASON_AMOUNT_MISSING,
    REASON_QUANTITY_MISSING,
    REASON_HORSEPOWER_MISSING,
    REASON_CLAIM_DATE_MISSING,
    /* capped */
    REASON_CAP_LINE,
    REASON_CAP_DAY,
    REASON_CAP_MONTH,
    REASON_CAP_YEAR,
    REASON_CAP_MANDATE,
    REASON_SESSION_COUNTED,
    REASON_DAY_COUNTED,
    REASON_HALF_DAYS_COUNTED,
    REASON_MANDATE_COUNTED,
    REASON_COUNT
};

struct finding {
    enum verdict verdict;
    enum reason reason;
    struct text method, month, document; /* of the evidence used; may be empty */
    struct text remark;                  /* the decision's own reason */
    const struct basis *basis;
};

/* The verdict for a member at a session's date. VERDICT_NO_TEST without a means test. */
struct finding eligibility_at(struct arena *keep, const struct rules *rules,
                              struct evidence evidence, uint32_t member,
                              struct date date);

#endif
