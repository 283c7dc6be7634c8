/* SPDX-License-Identifier: Apache-2.0 */
/* What each kind of cell takes and refuses, a line of a table each. */
#include "../../src/intake/cells.h"
#include "support/tables.h"

#include <string.h>

static const struct column columns[] = {
    {"key",  "", true},
    {"cell", "", true}
};

/* The only row of a table whose cell is the text. */
static struct cell
cell_of(struct tables *t, const char *text)
{
    const char *bytes = arena_printf(&t->keep, "key;cell\nk;%s\n", text);
    struct input_list files = tables_file(t, "cells.csv", bytes);
    struct table *table = table_open(&t->reading, t->scratch, files.items[0], columns, 2);
    ck_assert_ptr_nonnull(table);
    ck_assert(table_next(table));
    return table_cell(table, 1);
}

/* Reads a cell and writes what it says. */
typedef const char *say(struct tables *t, const struct cell *cell, bool *sound);

static const char *
say_date(struct tables *t, const struct cell *cell, bool *sound)
{
    struct date date;
    char text[DATE_TEXT_MAX];
    *sound = field_date(cell, &date);
    return text_string(&t->keep, text_of(date_text(date, text)));
}

static const char *
say_start(struct tables *t, const struct cell *cell, bool *sound)
{
    int16_t time = 0;
    char text[8];
    *sound = field_start(cell, &time);
    return text_string(&t->keep, text_of(time_text(time, text)));
}

static const char *
say_end(struct tables *t, const struct cell *cell, bool *sound)
{
    int16_t time = 0;
    char text[8];
    *sound = field_end(cell, &time);
    return text_string(&t->keep, text_of(time_text(time, text)));
}

static const char *
say_duration(struct tables *t, int32_t duration)
{
    return duration == DURATION_NONE ? "" : arena_printf(&t->keep, "%d", duration);
}

static const char *
say_hours(struct tables *t, const struct cell *cell, bool *sound)
{
    int32_t duration = 0;
    *sound = field_hours(cell, &duration);
    return say_duration(t, duration);
}

static const char *
say_minutes(struct tables *t, const struct cell *cell, bool *sound)
{
    int32_t duration = 0;
    *sound = field_minutes(cell, &duration);
    return say_duration(t, duration);
}

static const char *
say_amount(struct tables *t, const struct cell *cell, bool *sound)
{
    struct money amount;
    bool stated = false;
    char text[MONEY_TEXT_MAX];
    *sound = field_amount(cell, &stated, &amount);
    return stated ? text_string(&t->keep, text_of(money_text(amount, text))) : "";
}

static const char *
say_quantity(struct tables *t, const struct cell *cell, bool *sound)
{
    struct ratio quantity;
    bool stated = false;
    *sound = field_quantity(cell, &stated, &quantity);
    return stated ? arena_printf(&t->keep, "%d/%d", (int)quantity.num, (int)quantity.den)
                  : "";
}

static const char *
say_count(struct tables *t, const struct cell *cell, bool *sound)
{
    uint32_t count = 0;
    *sound = field_count(cell, 99, &count);
    return arena_printf(&t->keep, "%u", (unsigned)count);
}

static const char *
say_yes(struct tables *t, const struct cell *cell, bool *sound)
{
    bool yes = false;
    (void)t;
    *sound = field_yes(cell, &yes);
    return yes ? "yes" : "no";
}

static const char *
say_month(struct tables *t, const struct cell *cell, bool *sound)
{
    int month = 0;
    *sound = field_month(cell, &month);
    return month < 0 ? "" : arena_printf(&t->keep, "%d-%02d", month / 12, month % 12 + 1);
}

static const char *
say_kind(struct tables *t, const struct cell *cell, bool *sound)
{
    enum kind kind = KIND_NONE;
    (void)t;
    *sound = field_kind(cell, &kind);
    return kind_word(kind);
}

static const char *
say_status(struct tables *t, const struct cell *cell, bool *sound)
{
    enum status status = STATUS_NONE;
    (void)t;
    *sound = field_status(cell, &status);
    return status_word(status);
}

static const char *
say_presence(struct tables *t, const struct cell *cell, bool *sound)
{
    enum presence presence = PRESENCE_ABSENT;
    (void)t;
    *sound = field_presence(cell, &presence);
    return presence_word(presence);
}

static const char *
say_competence(struct tables *t, const struct cell *cell, bool *sound)
{
    enum competence competence = COMPETENCE_NO;
    (void)t;
    *sound = field_competence(cell, &competence);
    return competence == COMPETENCE_YES  ? "yes"
           : competence == COMPETENCE_NO ? "no"
                                         : "advocacy";
}

static const char *
say_verdict(struct tables *t, const struct cell *cell, bool *sound)
{
    enum verdict verdict = VERDICT_NO_TEST;
    (void)t;
    *sound = field_verdict(cell, &verdict);
    return verdict_word(verdict);
}

struct good {
    say *say;
    const char *cell, *value;
};

static const struct good good[] = {
    {say_date,       "2026-03-07",             "2026-03-07"    },
    {say_date,       "07/03/2026",             "2026-03-07"    },
    {say_date,       "29/02/2024",             "2024-02-29"    },
    {say_date,       "",                       ""              },
    {say_start,      "09:00",                  "09:00"         },
    {say_start,      "9:05",                   "09:05"         },
    {say_start,      "9h",                     "09:00"         },
    {say_start,      "9H30",                   "09:30"         },
    {say_start,      "09 h 30",                "09:30"         },
    {say_start,      "0h00",                   "00:00"         },
    {say_start,      "14:00:00",               "14:00"         },
    {say_start,      "",                       ""              },
    {say_end,        "24:00",                  "24:00"         },
    {say_end,        "24h",                    "24:00"         },
    {say_hours,      "7h",                     "210000"        },
    {say_hours,      "3h30",                   "105000"        },
    {say_hours,      "3:30",                   "105000"        },
    {say_hours,      "03:30:00",               "105000"        },
    {say_hours,      "3,5",                    "105000"        },
    {say_hours,      "3.5",                    "105000"        },
    {say_hours,      "1,67",                   "50100"         },
    {say_hours,      "1,6667",                 "50001"         },
    {say_hours,      "0,0001",                 "3"             },
    {say_hours,      "0",                      "0"             },
    {say_hours,      "24",                     "720000"        },
    {say_hours,      "24h",                    "720000"        },
    {say_hours,      "",                       ""              },
    {say_minutes,    "90",                     "45000"         },
    {say_minutes,    "0",                      "0"             },
    {say_minutes,    "1440",                   "720000"        },
    {say_minutes,    "",                       ""              },
    {say_amount,     "12,50",                  "12.50"         },
    {say_amount,     "12.50",                  "12.50"         },
    {say_amount,     "12",                     "12.00"         },
    {say_amount,     "12,5",                   "12.50"         },
    {say_amount,     "0",                      "0.00"          },
    {say_amount,     "1 234,50 \xE2\x82\xAC",  "1234.50"       },
    {say_amount,
     "1\xC2\xA0"
     "234,50\xC2\xA0\xE2\x82\xAC",             "1234.50"       },
    {say_amount,
     "1\xE2\x80\xAF"
     "234,50\xE2\x80\xAF\xE2\x82\xAC",         "1234.50"       },
    {say_amount,     "12,50 EUR",              "12.50"         },
    {say_amount,     "10 000 000,00",          "10000000.00"   },
    {say_amount,     "1 234 567",              "1234567.00"    },
    {say_amount,     "",                       ""              },
    {say_quantity,   "12",                     "12/1"          },
    {say_quantity,   "12,25",                  "49/4"          },
    {say_quantity,   "0.0001",                 "1/10000"       },
    {say_quantity,   "2h30",                   "5/2"           },
    {say_quantity,   "2:30",                   "5/2"           },
    {say_quantity,   "1 000 000",              "1000000/1"     },
    {say_quantity,   "",                       ""              },
    {say_count,      "1",                      "1"             },
    {say_count,      "99",                     "99"            },
    {say_count,      "",                       "0"             },
    {say_yes,        "oui",                    "yes"           },
    {say_yes,        "OUI",                    "yes"           },
    {say_yes,        "yes",                    "yes"           },
    {say_yes,        "vrai",                   "yes"           },
    {say_yes,        "TRUE",                   "yes"           },
    {say_yes,        "1",                      "yes"           },
    {say_yes,        "x",                      "yes"           },
    {say_yes,        "X",                      "yes"           },
    {say_yes,        "non",                    "no"            },
    {say_yes,        "No",                     "no"            },
    {say_yes,        "faux",                   "no"            },
    {say_yes,        "0",                      "no"            },
    {say_yes,        "",                       "no"            },
    {say_month,      "2026-03",                "2026-03"       },
    {say_month,      "03/2026",                "2026-03"       },
    {say_month,      "mars 2026",              "2026-03"       },
    {say_month,      "March 2026",             "2026-03"       },
    {say_month,      "Ao\xC3\xBBt 2025",       "2025-08"       },
    {say_month,      "f\xC3\xA9vrier 2025",    "2025-02"       },
    {say_month,
     "d\xC3\xA9"
     "cembre 2025",                            "2025-12"       },
    {say_month,      "2026-03-01",             "2026-03"       },
    {say_month,      "",                       ""              },
    {say_kind,       "plenary",                "plenary"       },
    {say_kind,       "Pl\xC3\xA9ni\xC3\xA8re", "plenary"       },
    {say_kind,       "groupe de propositions", "proposal_group"},
    {say_kind,
     "demi-journ\xC3\xA9"
     "e",                                      "half_day"      },
    {say_kind,       "",                       ""              },
    {say_status,     "tir\xC3\xA9 au sort",    "drawn"         },
    {say_status,     "",                       ""              },
    {say_presence,   "P",                      "present"       },
    {say_presence,   "pr\xC3\xA9sente",        "present"       },
    {say_presence,   "1",                      "present"       },
    {say_presence,   "x",                      "present"       },
    {say_presence,   "0",                      "absent"        },
    {say_presence,   "E",                      "excused"       },
    {say_presence,   "partiel",                "partial"       },
    {say_competence, "",                       "yes"           },
    {say_competence, "non",                    "no"            },
    {say_competence, "plaidoyer",              "advocacy"      },
    {say_verdict,    "eligible",               "eligible"      },
};

START_TEST(takes)
{
    struct tables *t = tables_new();
    struct cell cell = cell_of(t, good[_i].cell);
    bool sound = false;
    const char *value = good[_i].say(t, &cell, &sound);
    ck_assert_msg(sound, "'%s' was refused:\n%s", good[_i].cell, tables_said(t));
    ck_assert_msg(strcmp(value, good[_i].value) == 0, "'%s' gave '%s', not '%s'",
                  good[_i].cell, value, good[_i].value);
    tables_end(t);
}
END_TEST

struct bad {
    say *say;
    const char *cell, *code;
};

static const struct bad bad[] = {
    {say_date,       "31/02/2026",                         "T021"},
    {say_date,       "2025-13-01",                         "T021"},
    {say_date,       "29/02/1900",                         "T021"},
    {say_date,       "03/25/2026",                         "T021"},
    {say_date,       "1899-12-31",                         "T021"},
    {say_date,       "2200-01-01",                         "T021"},
    {say_date,       "07/03/26",                           "T022"},
    {say_date,       "7/3/26",                             "T022"},
    {say_date,       "26-03-07",                           "T022"},
    {say_date,       "2026-2-3",                           "T023"},
    {say_date,       "7/3/2026",                           "T023"},
    {say_date,       "45750",                              "T024"},
    {say_date,       "07.03.2026",                         "T020"},
    {say_date,       "07-03-2026",                         "T020"},
    {say_date,       "7 mars 2026",                        "T020"},
    {say_date,       "2026/03/07",                         "T020"},
    {say_date,       "hier",                               "T020"},
    {say_date,       "2026-03-07 00:00",                   "T020"},
    {say_start,      "9",                                  "T030"},
    {say_start,      "9.30",                               "T030"},
    {say_start,      "9h5",                                "T030"},
    {say_start,      "25:00",                              "T030"},
    {say_start,      "09:60",                              "T030"},
    {say_start,      "09:00:30",                           "T030"},
    {say_start,      "24:01",                              "T030"},
    {say_start,      "-1:00",                              "T030"},
    {say_start,      "midi",                               "T030"},
    {say_start,      "9:00 xxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "T030"},
    {say_start,      "24:00",                              "T031"},
    {say_end,        "24:01",                              "T030"},
    {say_hours,      "trois",                              "T040"},
    {say_hours,      "3h5",                                "T040"},
    {say_hours,      "3,5h",                               "T040"},
    {say_hours,      "3.1,5",                              "T040"},
    {say_hours,      "24,0001",                            "T041"},
    {say_hours,      "24:01",                              "T041"},
    {say_hours,      "180",                                "T041"},
    {say_hours,      "9999999999",                         "T041"},
    {say_hours,      "3,33333",                            "T042"},
    {say_hours,      "-3",                                 "T053"},
    {say_minutes,    "3h30",                               "T040"},
    {say_minutes,    "3:30",                               "T040"},
    {say_minutes,    "90,5",                               "T040"},
    {say_minutes,    "1441",                               "T041"},
    {say_minutes,    "-90",                                "T053"},
    {say_amount,     "douze",                              "T050"},
    {say_amount,     ",50",                                "T050"},
    {say_amount,     "12,",                                "T050"},
    {say_amount,     "12 34",                              "T050"},
    {say_amount,     "1234 567",                           "T050"},
    {say_amount,     "12,5 0",                             "T050"},
    {say_amount,     "+12,50",                             "T050"},
    {say_amount,     "1e3",                                "T050"},
    {say_amount,     "12,50 $",                            "T050"},
    {say_amount,     "\xE2\x82\xAC",                       "T050"},
    {say_amount,     "12,505",                             "T051"},
    {say_amount,     "1.234",                              "T051"},
    {say_amount,     "1.234,50",                           "T052"},
    {say_amount,     "1,234.50",                           "T052"},
    {say_amount,     "1.234.567",                          "T052"},
    {say_amount,     "-12,50",                             "T053"},
    {say_amount,
     "\xE2\x88\x92"
     "12",                                                 "T053"},
    {say_amount,     "10000000,01",                        "T054"},
    {say_amount,     "9999999999999999999999",             "T054"},
    {say_quantity,   "12 km",                              "T060"},
    {say_quantity,   "2h75",                               "T060"},
    {say_quantity,   "0,33333",                            "T042"},
    {say_quantity,   "1.000,5",                            "T052"},
    {say_quantity,   "-5",                                 "T053"},
    {say_quantity,   "1000001",                            "T061"},
    {say_count,      "0",                                  "T072"},
    {say_count,      "100",                                "T072"},
    {say_count,      "5,5",                                "T072"},
    {say_count,      "cinq",                               "T072"},
    {say_yes,        "peut-etre",                          "T070"},
    {say_yes,        "-1",                                 "T070"},
    {say_month,      "2026-13",                            "T071"},
    {say_month,      "13/2026",                            "T071"},
    {say_month,      "mars",                               "T071"},
    {say_month,      "mars 26",                            "T071"},
    {say_month,      "2026-03-02",                         "T071"},
    {say_kind,       "pleniaire",                          "T080"},
    {say_status,     "membre",                             "T080"},
    {say_presence,   "",                                   "T018"},
    {say_presence,   "2",                                  "T080"},
    {say_competence, "parfois",                            "T080"},
    {say_verdict,    "",                                   "T018"},
    {say_verdict,    "640",                                "T080"},
};

START_TEST(refuses)
{
    struct tables *t = tables_new();
    struct cell cell = cell_of(t, bad[_i].cell);
    bool sound = true;
    bad[_i].say(t, &cell, &sound);
    ck_assert_msg(!sound, "'%s' was taken", bad[_i].cell);
    tables_expect(t, bad[_i].code);
    size_t count = 0;
    const struct diagnostic *filed = diag_sorted(t->reading.diag, &count);
    ck_assert_uint_eq(filed[0].where.line, 2);
    ck_assert_uint_eq(filed[0].where.column, 3);
    tables_end(t);
}
END_TEST

START_TEST(intervals_are_open_where_they_are_empty)
{
    struct tables *t = tables_new();
    struct cell from = cell_of(t, "2026-03-07");
    struct cell before = cell_of(t, "2026-03-06");
    struct cell none = cell_of(t, "");
    struct period period;
    ck_assert(field_period(&from, &none, &period));
    ck_assert_int_eq(date_compare(period.to, DATE_OPEN_FUTURE), 0);
    ck_assert(field_period(&none, &from, &period));
    ck_assert_int_eq(date_compare(period.from, DATE_OPEN_PAST), 0);
    ck_assert(field_period(&from, &from, &period));
    ck_assert(!field_period(&from, &before, &period));
    tables_expect(t, "T081");
    tables_end(t);
}
END_TEST

START_TEST(messages_show_what_was_found)
{
    struct tables *t = tables_new();
    struct date date;
    struct cell cell = cell_of(t, "hier");
    field_date(&cell, &date);
    ck_assert_ptr_nonnull(strstr(tables_said(t), "'hier' is not a date"));
    cell = cell_of(
        t, "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9"
           "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9"
           "\xC3\xA9\xC3\xA9 abcdefghijklmnopqrstuvwxyz");
    field_date(&cell, &date);
    ck_assert_ptr_nonnull(strstr(tables_said(t), "abcdefghijklmnopqrs…'"));
    struct input_list files = tables_file(t, "secret.csv", "key;cell\nk;canary\n");
    files.items[0]->confidential = true;
    struct table *table = table_open(&t->reading, t->scratch, files.items[0], columns, 2);
    ck_assert(table_next(table));
    cell = table_cell(table, 1);
    field_date(&cell, &date);
    ck_assert_ptr_null(strstr(tables_said(t), "canary"));
    ck_assert_ptr_nonnull(strstr(tables_said(t), "the cell 'cell' is not a date"));
    tables_end(t);
}
END_TEST

/* A sentence about a cell reads as one with its value and, where nothing of the file
 * may be said, without. */
START_TEST(refusals_name_the_cell)
{
    struct tables *t = tables_new();
    struct cell cell = cell_of(t, bad[_i].cell);
    bool sound = true;
    bad[_i].say(t, &cell, &sound);
    cell.table->sheet->input->confidential = true;
    bad[_i].say(t, &cell, &sound);
    const char *said = tables_said(t);
    bool cut = strlen(bad[_i].cell) == 0 || strlen(bad[_i].cell) > 40;
    const char *value = arena_printf(&t->keep, ": '%s'", bad[_i].cell);
    bool named = strstr(said, value) != NULL || cut;
    bool hidden = strstr(said, ": the cell 'cell' ") != NULL;
    ck_assert_msg((named && hidden) || strcmp(bad[_i].code, "T031") == 0, "%s", said);
    tables_end(t);
}
END_TEST

START_TEST(kinds_are_listed)
{
    struct tables *t = tables_new();
    struct cell cell = cell_of(t, "plenery");
    enum kind kind = KIND_NONE;
    ck_assert(!field_kind(&cell, &kind));
    const struct diagnostic *refused = tables_first(t, CODE_T080);
    ck_assert(text_equals(refused->meant, STR("plenary")));
    size_t count = 0;
    const struct text *words = kind_words(&count);
    for (size_t i = 0; i < count; i++) {
        ck_assert_ptr_nonnull(strstr(refused->text, text_string(&t->keep, words[i])));
    }
    tables_end(t);
}
END_TEST

Suite *test_cells_suite(void);

Suite *
test_cells_suite(void)
{
    Suite *suite = suite_create("cells");
    TCase *tests = tcase_create("cells");
    tcase_add_loop_test(tests, takes, 0, (int)ARRAY_COUNT(good));
    tcase_add_loop_test(tests, refuses, 0, (int)ARRAY_COUNT(bad));
    tcase_add_test(tests, intervals_are_open_where_they_are_empty);
    tcase_add_test(tests, messages_show_what_was_found);
    tcase_add_loop_test(tests, refusals_name_the_cell, 0, (int)ARRAY_COUNT(bad));
    tcase_add_test(tests, kinds_are_listed);
    suite_add_tcase(suite, tests);
    return suite;
}
