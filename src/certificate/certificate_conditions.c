/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A row a reason: the facts with which it goes, and what the rule file must ask for it to be
 * given. The order is that of the judge and of the claims: whatever is looked at before the reason
 * has let the line pass, and is in its row.
 */
#include "certificate_conditions.h"

#include "certificate_whereabouts.h"

/* Facts as the rules see them, one bit each: a reason may go with several. */
enum {
    ATTENDED = 1,
    EXCUSED_PAID = 2, /* where the rules pay that */
    EXCUSED = 4,
    ABSENT = 8,
    CAME = ATTENDED | EXCUSED_PAID,
    ANY_PRESENCE = CAME | EXCUSED | ABSENT,
};
enum {
    UNSTATED = 1,
    PAID = 2,
    UNPAID = 4,
    NEVER = 8, /* whatever a rule file says */
    PAYABLE = UNSTATED | PAID,
    NOT_NEVER = PAYABLE | UNPAID, /* expenses do not ask for more */
    ANY_STATUS = NOT_NEVER | NEVER,
};
enum { LISTED = 1, UNLISTED = 2, ANY_CATEGORY = LISTED | UNLISTED };

struct asking {
    const struct rules *rules;
    const struct tariff *tariff;     /* of a covered session */
    const struct category *category; /* of a listed one */
};

static bool
excused_is_unpaid(const struct asking *asking)
{
    return !asking->rules->stipend.excused_paid;
}

static bool
asks_competence(const struct asking *asking)
{
    const struct competence_condition *competence = &asking->rules->stipend.competence;
    return competence->required && competence->paid != (1u << COMPETENCE_COUNT) - 1;
}

static bool
asks_body(const struct asking *asking)
{
    return asking->rules->stipend.bodies.required;
}

static bool
asks_age(const struct asking *asking)
{
    return asking->rules->stipend.age.minimum > 0;
}

static bool
asks_request(const struct asking *asking)
{
    return asking->rules->stipend.request.required;
}

static bool
asks_request_in_time(const struct asking *asking)
{
    return asks_request(asking) && asking->rules->stipend.request.days_after_session > 0;
}

static bool
asks_means(const struct asking *asking)
{
    return asking->rules->stipend.means.required;
}

static bool
asks_duration(const struct asking *asking)
{
    return asking->tariff->price.unit == UNIT_HOUR || asking->tariff->minimum_minutes > 0;
}

static bool
asks_session_length(const struct asking *asking)
{
    return asks_duration(asking) && asking->rules->stipend.excused_paid;
}

static bool
asks_minimum(const struct asking *asking)
{
    return asking->tariff->minimum_minutes > 0;
}

static bool
counts_steps(const struct asking *asking)
{
    return asking->tariff->price.unit == UNIT_HOUR && asking->tariff->step_minutes > 0;
}

static bool
lets_lapse(const struct asking *asking)
{
    return asking->rules->payment.prescription.years > 0;
}

static bool
bars_meals(const struct asking *asking)
{
    return asking->category->refused_where_meal_served;
}

static bool
asks_receipt(const struct asking *asking)
{
    return asking->category->receipt_required;
}

static bool
has_deadline(const struct asking *asking)
{
    return asking->category->deadline_days > 0;
}

static bool
asks_amount(const struct asking *asking)
{
    return asking->category->price.method->uses_amount;
}

static bool
asks_quantity(const struct asking *asking)
{
    const struct entitlement *price = &asking->category->price;
    return price->method->uses_quantity && !price->has_default_quantity;
}

static bool
asks_horsepower(const struct asking *asking)
{
    return asking->category->price.method->uses_scale;
}

struct row {
    enum reason reason; /* NONE: of a priced line */
    unsigned where;     /* a presence, or where a claimant was */
    unsigned what;      /* a session, or a category */
    unsigned status;
    bool (*asked)(const struct asking *asking); /* NULL: nothing of the rule file */
};

static const struct row presence_rows[] = {
    {REASON_NIL_POLICY,             ANY_PRESENCE, ANY_SESSION,   ANY_STATUS, NULL                },
    {REASON_SAME_FACT,              ANY_PRESENCE, ANY_SESSION,   ANY_STATUS, NULL                },
    {REASON_ABSENT,                 ABSENT,       ANY_SESSION,   ANY_STATUS, NULL                },
    {REASON_EXCUSED,                EXCUSED,      ANY_SESSION,   ANY_STATUS, excused_is_unpaid   },
    {REASON_NOT_MEMBER,             CAME,         ANY_SESSION,   UNSTATED,   NULL                },
    {REASON_KIND_NOT_PAID,          CAME,         KIND_EXCLUDED, ANY_STATUS, NULL                },
    {REASON_BODY_NOT_COVERED,       CAME,         BODY_EXCLUDED, ANY_STATUS, NULL                },
    {REASON_OUTSIDE_COMPETENCE,     CAME,         OPEN,          ANY_STATUS, asks_competence     },
    {REASON_STATUS_NEVER_PAID,      CAME,         OPEN,          NEVER,      NULL                },
    {REASON_STATUS_NOT_PAID,        CAME,         OPEN,          UNPAID,     NULL                },
    {REASON_BODY_OTHER,             CAME,         OPEN,          PAYABLE,    asks_body           },
    {REASON_BIRTH_MISSING,          CAME,         OPEN,          PAYABLE,    asks_age            },
    {REASON_TOO_YOUNG,              CAME,         OPEN,          PAYABLE,    asks_age            },
    {REASON_NO_REQUEST,             CAME,         OPEN,          PAYABLE,    asks_request        },
    {REASON_REQUEST_LATE,           CAME,         OPEN,          PAYABLE,    asks_request_in_time},
    {REASON_REQUEST_AFTER,          CAME,         OPEN,          PAYABLE,    asks_request        },
    {REASON_NOT_ELIGIBLE,           CAME,         OPEN,          PAYABLE,    asks_means          },
    {REASON_NO_FIGURE,              CAME,         OPEN,          PAYABLE,    asks_means          },
    {REASON_FIGURE_TOO_OLD,         CAME,         OPEN,          PAYABLE,    asks_means          },
    {REASON_METHOD_NOT_ACCEPTED,    CAME,         OPEN,          PAYABLE,    asks_means          },
    {REASON_NO_EVIDENCE_GIVEN,      CAME,         OPEN,          PAYABLE,    asks_means          },
    {REASON_NO_DECISION,            CAME,         OPEN,          PAYABLE,    asks_means          },
    {REASON_DECISION_UNDETERMINED,  CAME,         OPEN,          PAYABLE,    asks_means          },
    {REASON_SEAT_TAKEN,             CAME,         OPEN,          PAYABLE,    NULL                },
    {REASON_SEAT_WAITS,             CAME,         OPEN,          PAYABLE,    NULL                },
    {REASON_MINOR_WITHOUT_GUARDIAN, CAME,         OPEN,          PAYABLE,    NULL                },
    {REASON_SESSION_BODY_MISSING,   CAME,         BODY_UNKNOWN,  PAYABLE,    NULL                },
    {REASON_NO_MINUTE_INSIDE,       CAME,         OPEN,          PAYABLE,    NULL                },
    {REASON_DURATION_MISSING,       ATTENDED,     COVERED,       PAYABLE,    asks_duration       },
    {REASON_SESSION_LENGTH_MISSING, EXCUSED_PAID, COVERED,       PAYABLE,    asks_session_length },
    {REASON_BELOW_MINIMUM,          CAME,         COVERED,       PAYABLE,    asks_minimum        },
    {REASON_BELOW_STEP,             CAME,         COVERED,       PAYABLE,    counts_steps        },
    {REASON_LAPSED,                 CAME,         COVERED,       PAYABLE,    lets_lapse          },
    {REASON_NONE,                   CAME,         COVERED,       PAYABLE,    NULL                },
};

static const struct row claim_rows[] = {
    {REASON_NIL_POLICY,              ANYWHERE,     ANY_CATEGORY, ANY_STATUS, NULL           },
    {REASON_SAME_FACT,               ANYWHERE,     ANY_CATEGORY, ANY_STATUS, NULL           },
    {REASON_NOT_MEMBER,              ANYWHERE,     ANY_CATEGORY, UNSTATED,   NULL           },
    {REASON_STATUS_NEVER_PAID,       ANYWHERE,     ANY_CATEGORY, NEVER,      NULL           },
    {REASON_CATEGORY_NOT_COVERED,    ANYWHERE,     UNLISTED,     NOT_NEVER,  NULL           },
    {REASON_NOT_PRESENT,             NOWHERE,      LISTED,       NOT_NEVER,  NULL           },
    {REASON_ATTENDED_BY_VIDEO,       BY_VIDEO,     LISTED,       NOT_NEVER,  NULL           },
    {REASON_SESSION_WITHOUT_STIPEND, IN_PERSON,    LISTED,       NOT_NEVER,  NULL           },
    {REASON_MEAL_SERVED,             THERE,        LISTED,       NOT_NEVER,  bars_meals     },
    {REASON_NO_RECEIPT,              THERE,        LISTED,       NOT_NEVER,  asks_receipt   },
    {REASON_CLAIM_LATE,              THERE,        LISTED,       NOT_NEVER,  has_deadline   },
    {REASON_CLAIM_DATE_MISSING,      THERE,        LISTED,       NOT_NEVER,  has_deadline   },
    {REASON_SESSION_BODY_MISSING,    AT_SOME_BODY, LISTED,       NOT_NEVER,  NULL           },
    {REASON_AMOUNT_MISSING,          AT_COVERED,   LISTED,       NOT_NEVER,  asks_amount    },
    {REASON_QUANTITY_MISSING,        AT_COVERED,   LISTED,       NOT_NEVER,  asks_quantity  },
    {REASON_HORSEPOWER_MISSING,      AT_COVERED,   LISTED,       NOT_NEVER,  asks_horsepower},
    {REASON_LAPSED,                  AT_COVERED,   LISTED,       NOT_NEVER,  lets_lapse     },
    {REASON_NONE,                    AT_COVERED,   LISTED,       NOT_NEVER,  NULL           },
};

_Static_assert(ARRAY_COUNT(presence_rows) + ARRAY_COUNT(claim_rows) ==
                   REASON_CAP_LINE + 7,
               "a reason without its row; seven have one in each list");

/* What decided a line, so far as the rules go: nothing, where it has an amount. */
static enum reason
decider(const struct stated *line)
{
    return line->priced ? REASON_NONE : line->reason;
}

static const struct row *
row_of(const struct stated *line, const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (rows[i].reason == decider(line)) {
            return &rows[i];
        }
    }
    return NULL; /* a reason of other lines, or of those that have an amount */
}

static const char *
or_dash(const char *word)
{
    return word[0] == '\0' ? "-" : word;
}

static const char *
say(const struct conditions *work, const char *phrase)
{
    return tr(diag_language(work->check->diag), phrase);
}

/* Says that the rules have something else where the line gives its reason. */
static void
reason_differs(const struct conditions *work, const struct stated *line,
               const char *found)
{
    check_differs(work->check, line->path, "reason", or_dash(reason_word(line->reason)),
                  found);
}

static unsigned
presence_of(const struct rules *rules, enum presence presence)
{
    switch (presence) {
    case PRESENCE_ABSENT: return ABSENT;
    case PRESENCE_EXCUSED: return rules->stipend.excused_paid ? EXCUSED_PAID : EXCUSED;
    default: return ATTENDED;
    }
}

static const char *
session_says(const struct conditions *work, unsigned session)
{
    switch (session) {
    case COVERED: return say(work, N_("a tariff for that session"));
    case KIND_EXCLUDED: return say(work, N_("a kind that is not paid"));
    case BODY_EXCLUDED: return say(work, N_("a body that is not covered"));
    default: return say(work, N_("a tariff for some bodies only"));
    }
}

static unsigned
status_of(const struct rules *rules, enum status status)
{
    if (status == STATUS_NONE) {
        return UNSTATED;
    }
    if (status == STATUS_COMPANION || status == STATUS_OFFICIAL ||
        status == STATUS_AGENT) {
        return NEVER;
    }
    return (rules->stipend.statuses & 1u << status) != 0 ? PAID : UNPAID;
}

static void
check_status(const struct conditions *work, const struct stated *line, unsigned allowed)
{
    const char *wanted = allowed == UNSTATED ? "-"
                         : allowed == NEVER ? say(work, N_("a status that is never paid"))
                         : allowed == UNPAID ? say(work, N_("a status that is not paid"))
                                             : say(work, N_("a status that is paid"));
    if ((allowed & status_of(work->rules, line->status)) == 0) {
        check_differs(work->check, line->path, "status",
                      or_dash(status_word(line->status)), wanted);
    }
}

static void
check_presence(const struct conditions *work, const struct stated *line)
{
    const struct row *row = row_of(line, presence_rows, ARRAY_COUNT(presence_rows));
    const struct asking asking = {
        .rules = work->rules,
        .tariff = rules_tariff(work->rules, *work->check->keep, line->kind,
                               tree_get_text(line->tree, "body")),
    };
    unsigned session = whereabouts_session(work, line);
    if (row == NULL) {
        reason_differs(work, line, say(work, N_("no such condition")));
        return;
    }
    if ((row->what & session) == 0) {
        reason_differs(work, line, session_says(work, session));
        return;
    }
    if (row->asked != NULL && !row->asked(&asking)) {
        reason_differs(work, line, say(work, N_("no such condition")));
        return;
    }
    if ((row->where & presence_of(work->rules, line->presence)) == 0) {
        check_differs(work->check, line->path, "presence", presence_word(line->presence),
                      presence_word(row->where == ABSENT           ? PRESENCE_ABSENT
                                    : (row->where & ATTENDED) == 0 ? PRESENCE_EXCUSED
                                                                   : PRESENCE_PRESENT));
    }
    check_status(work, line, row->status);
}

/* What the rules have of a claim where the claimant was no further than that. */
static const char *
place_says(const struct conditions *work, unsigned places)
{
    if ((places & NOWHERE) != 0) {
        return reason_word(REASON_NOT_PRESENT);
    }
    if ((places & BY_VIDEO) != 0) {
        return reason_word(REASON_ATTENDED_BY_VIDEO);
    }
    if ((places & IN_PERSON) != 0) {
        return reason_word(REASON_SESSION_WITHOUT_STIPEND);
    }
    return (places & AT_SOME_BODY) != 0 ? reason_word(REASON_SESSION_BODY_MISSING)
                                        : say(work, N_("a covered session on that day"));
}

static void
check_claim(const struct conditions *work, const struct stated *line)
{
    const struct row *row = row_of(line, claim_rows, ARRAY_COUNT(claim_rows));
    const struct asking asking = {
        .rules = work->rules,
        .category = rules_category(work->rules, *work->check->keep,
                                   tree_get_text(line->tree, "entitlement")),
    };
    unsigned category = asking.category == NULL ? UNLISTED : LISTED;
    if (row == NULL) {
        reason_differs(work, line, say(work, N_("no such condition")));
        return;
    }
    if ((row->what & category) == 0) {
        reason_differs(work, line,
                       category == LISTED ? say(work, N_("a category that is covered"))
                                          : say(work, N_("no such category")));
        return;
    }
    if (row->asked != NULL && !row->asked(&asking)) {
        reason_differs(work, line, say(work, N_("no such condition")));
        return;
    }
    enum kind awaited = KIND_NONE;
    unsigned places = whereabouts_of_day(work, line, &awaited);
    if ((row->where & places) == 0) {
        reason_differs(work, line, place_says(work, places));
    }
    check_status(work, line, row->status);
}

/* A policy of not paying presence says nothing of expenses, unless the file has no word on them. */
static bool
is_nil(const struct rules *rules, bool is_claim)
{
    return rules->stipend.nil && (!is_claim || rules->others_basis.where.input == NULL);
}

void
conditions_check(const struct conditions *work, const struct stated *line)
{
    bool nil = is_nil(work->rules, line->is_claim);
    if (!line->priced && line->reason == REASON_NONE) {
        return; /* its sums have said so */
    }
    if (nil != (decider(line) == REASON_NIL_POLICY)) {
        reason_differs(work, line,
                       nil ? reason_word(REASON_NIL_POLICY)
                           : say(work, N_("no such condition")));
    } else if (line->is_claim) {
        check_claim(work, line);
    } else {
        check_presence(work, line);
    }
}
