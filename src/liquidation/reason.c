/* SPDX-License-Identifier: Apache-2.0 */
/* The words of a line: its state, why it is what it is, and what would settle it. One
 * table; a reason never says on which side of a threshold an income lies by how much. */
#include "defray/liquidation.h"

#include <assert.h>

struct state_words {
    const char *word;
    const char *label;
};

static const struct state_words states[LINE_STATE_COUNT] = {
    [LINE_DUE] = {"due",          N_("due")         },
    [LINE_CAPPED] = {"capped",       N_("capped")      },
    [LINE_ZERO] = {"zero",         N_("zero")        },
    [LINE_REFUSED] = {"refused",      N_("refused")     },
    [LINE_UNDETERMINED] = {"undetermined", N_("undetermined")},
    [LINE_PAID_BEFORE] = {"paid_before",  N_("paid before") },
};

struct reason_words {
    const char *word;
    const char *says;    /* empty: the rule file's own words */
    const char *settles; /* empty: nothing would */
};

static const struct reason_words reasons[REASON_COUNT] = {
    [REASON_NONE] = {"",                       "",                                                            ""               },
    [REASON_ABSENT] = {"absent",                 N_("absent"),                                                  ""               },
    [REASON_EXCUSED] = {"excused",                N_("excused; the rules pay presence only"),                    ""               },
    [REASON_SAME_FACT] = {"same_fact",              N_("same as line"),                                            ""               },
    [REASON_NIL_POLICY] = {"nil_policy",             N_("no indemnity by decision"),                                ""               },
    [REASON_KIND_NOT_PAID] = {"kind_not_paid",          N_("this kind of session is not paid"),
                     ""                                                                                                        },
    [REASON_BODY_NOT_COVERED] = {"body_not_covered",
                     N_("the body that met is not covered"),                                                  ""               },
    [REASON_BELOW_MINIMUM] = {"below_minimum",          N_("presence shorter than the minimum"),
                     ""                                                                                                        },
    [REASON_NO_MINUTE_INSIDE] = {"no_minute_inside",
                     N_("no minute of presence inside the session"),                                          ""               },
    [REASON_NOT_MEMBER] = {"not_member",             N_("not a member on that day"),
                     N_("correct the dates of membership if they are wrong")                                                   },
    [REASON_STATUS_NEVER_PAID] =
        {"status_never_paid",
                     N_("companions, elected officials and agents are never paid"),
                     N_("correct the status if it is wrong")                                                                   },
    [REASON_STATUS_NOT_PAID] = {"status_not_paid",        N_("the rules do not pay this status"),
                     N_("correct the status if it is wrong")                                                                   },
    [REASON_BODY_OTHER] = {"body_other",             N_("member of a body that is not covered"),
                     N_("correct the body if it is wrong")                                                                     },
    [REASON_TOO_YOUNG] = {"too_young",              N_("below the minimum age on that day"),                       ""               },
    [REASON_NO_REQUEST] = {"no_request",
                     N_("paid on request only, and no request was made"),
                     N_("a request by the member, dated in requested_on")                                                      },
    [REASON_REQUEST_LATE] = {"request_late",
                     N_("the request came too late for this session"),                                        ""               },
    [REASON_NOT_ELIGIBLE] = {"not_eligible",           N_("means test: not eligible"),
                     N_("a new decision by the legal team")                                                                    },
    [REASON_SEAT_TAKEN] = {"seat_taken",
                     N_("the seat is paid to another at this session"),                                       ""               },
    [REASON_CATEGORY_NOT_COVERED] = {"category_not_covered",
                     N_("the rules cover no such expense"),                                                   ""               },
    [REASON_NOT_PRESENT] = {"not_present",
                     N_("not present in person at a covered session that day"),
                     N_("correct the attendance or the date of the claim")                                                     },
    [REASON_NO_RECEIPT] = {"no_receipt",             N_("no receipt"),                                              N_("the receipt")},
    [REASON_CLAIM_LATE] = {"claim_late",             N_("claimed after the deadline"),                              ""               },
    [REASON_MEAL_SERVED] = {"meal_served",            N_("a meal was served that day"),                              ""               },
    [REASON_NO_FIGURE] = {"no_figure",              N_("means test: no figure"),
                     N_("a certificate given to the legal team")                                                               },
    [REASON_FIGURE_TOO_OLD] = {"figure_too_old",
                     N_("means test: the evidence is too old"),
                     N_("a recent certificate given to the legal team")                                                        },
    [REASON_METHOD_NOT_ACCEPTED] =
        {"method_not_accepted",    N_("means test: no evidence by an accepted method"),
                     N_("a certificate by an accepted method given to the legal team")                                         },
    [REASON_NO_EVIDENCE_GIVEN] =
        {"no_evidence_given",      N_("means test: neither decisions nor means were given"),
                     N_("run again with --decisions")                                                                          },
    [REASON_NO_DECISION] = {"no_decision",            N_("means test: no decision covers that day"),
                     N_("a decision by the legal team")                                                                        },
    [REASON_DECISION_UNDETERMINED] =
        {"decision_undetermined",  N_("means test: the decision is still undetermined"),
                     N_("a decision by the legal team")                                                                        },
    [REASON_BIRTH_MISSING] = {"birth_missing",
                     N_("the rules test age and no birth date is known"),
                     N_("the birth date in the members' table")                                                                },
    [REASON_MINOR_WITHOUT_GUARDIAN] =
        {"minor_without_guardian", N_("minor without a legal representative"),
                     N_("the legal representative in the members' table")                                                      },
    [REASON_DURATION_MISSING] = {"duration_missing",
                     N_("the hours of presence are not known"),
                     N_("the times or minutes on the attendance sheet")                                                        },
    [REASON_AMOUNT_MISSING] = {"amount_missing",
                     N_("the amount of the receipt is missing"),
                     N_("the amount in the expenses table")                                                                    },
    [REASON_QUANTITY_MISSING] = {"quantity_missing",
                     N_("the quantity (km, hours, nights) is missing"),
                     N_("the quantity in the expenses table")                                                                  },
    [REASON_HORSEPOWER_MISSING] = {"horsepower_missing",
                     N_("the fiscal power of the vehicle is missing"),
                     N_("horsepower in the members' table")                                                                    },
    [REASON_CLAIM_DATE_MISSING] =
        {"claim_date_missing",
                     N_("there is a deadline and the day of the claim is missing"),
                     N_("claimed_on in the expenses table")                                                                    },
    [REASON_CAP_LINE] = {"cap_line",               N_("reduced to the ceiling"),                                  ""               },
    [REASON_CAP_DAY] = {"cap_day",                N_("reduced to the ceiling of the day"),                       ""               },
    [REASON_CAP_MONTH] = {"cap_month",              N_("reduced to the ceiling of the month"),                     ""               },
    [REASON_CAP_YEAR] = {"cap_year",               N_("reduced to the ceiling of the year"),                      ""               },
    [REASON_CAP_MANDATE] = {"cap_mandate",            N_("reduced to the ceiling of the mandate"),
                     ""                                                                                                        },
    [REASON_SESSION_COUNTED] = {"session_counted",
                     N_("the session is counted already, line"),                                              ""               },
    [REASON_DAY_COUNTED] = {"day_counted",            N_("the day is counted already, line"),                        ""               },
    [REASON_HALF_DAYS_COUNTED] = {"half_days_counted",
                     N_("two half-days are counted already that day, line"),
                     ""                                                                                                        },
    [REASON_MANDATE_COUNTED] =
        {"mandate_counted",        N_("the flat amount of the mandate is counted already, line"),
                     ""                                                                                                        },
};

const char *
line_state_word(enum line_state state)
{
    return states[state].word;
}

const char *
line_state_label(enum language language, enum line_state state)
{
    return tr(language, states[state].label);
}

const char *
reason_word(enum reason reason)
{
    return reasons[reason].word;
}

const char *
line_reason(struct arena *keep, enum language language, const struct line *line)
{
    const struct reason_words *words = &reasons[line->reason];
    assert(words->word != NULL);
    if (words->says[0] == '\0') {
        return "";
    }
    switch (line->reason) {
    case REASON_SAME_FACT:
    case REASON_SESSION_COUNTED:
    case REASON_DAY_COUNTED:
    case REASON_HALF_DAYS_COUNTED:
    case REASON_MANDATE_COUNTED:
        return arena_printf(keep, "%s %s", tr(language, words->says),
                            where_text(keep, line->other_where));
    case REASON_SEAT_TAKEN:
        return arena_printf(keep, "%s (%s)", tr(language, words->says),
                            where_text(keep, line->other_where));
    default: break;
    }
    if (line->own_words.fr.size > 0 || line->own_words.en.size > 0) {
        return text_string(keep, label_in(&line->own_words, language));
    }
    if (line->remark.size > 0) {
        return arena_printf(keep, "%s (%.*s)", tr(language, words->says),
                            TEXT_ARG(line->remark));
    }
    return tr(language, words->says);
}

const char *
line_settles(enum language language, const struct line *line)
{
    const char *settles = reasons[line->reason].settles;
    return settles[0] == '\0' ? "" : tr(language, settles);
}
