/* SPDX-License-Identifier: Apache-2.0 */
/* The attendance log: its two forms, its sessions, and facts against one another. */
#include "support/tables.h"

#include <string.h>

#define MEMBERS "id;last_name;first_name\nP1;A;B\nP2;C;D\nP3;E;F\n"
#define SESSIONS                                                               \
    "session;date;kind;start;end\nS1;2026-03-07;plenary;09:00;17:00\n"         \
    "S2;2026-03-08;half_day;14:00;17:00\nS3;2026-03-08;half_day;09:00;12:00\n" \
    "S4;2026-03-09;video;;\n"

static struct tables *
with_calendar(void)
{
    struct tables *t = tables_new();
    tables_members(t, MEMBERS);
    tables_sessions(t, SESSIONS);
    return t;
}

static struct tables *
without_calendar(void)
{
    struct tables *t = tables_new();
    tables_members(t, MEMBERS);
    return t;
}

/* The facts as lines "P1 S1 present 09:00-12:00 3:30 =0". */
static const char *
facts(struct tables *t, const struct log *log)
{
    const char *all = "";
    for (size_t i = 0; i < log->count; i++) {
        const struct attendance *f = &log->items[i];
        const struct session *s = &log->sessions[f->session];
        char start[8];
        char end[8];
        char duration[DURATION_TEXT_MAX];
        char date[DATE_TEXT_MAX];
        const struct attendance *first = attendance_first(log, f);
        const char *same =
            first == NULL ? "" : arena_printf(&t->keep, " =%td", first - log->items);
        all = arena_printf(&t->keep, "%s%.*s %.*s %s %s %s %s-%s %s%s\n", all,
                           TEXT_ARG(t->roster->items[f->member].id), TEXT_ARG(s->id),
                           date_text(s->date, date), kind_word(s->kind),
                           presence_word((enum presence)f->presence),
                           time_text(f->start, start), time_text(f->end, end),
                           duration_text(f->duration, duration), same);
    }
    return all;
}

START_TEST(reads_the_long_form)
{
    struct tables *t = with_calendar();
    struct log *log = tables_attendance(
        t, "Membre;Séance;Date;Nature;Présence;Arrivée;Départ;Durée minutes;Heures\n"
           "P2;S1;07/03/2026;Plénière;présent;9h;12h30;;\n"
           "P1;S2;;;partiel;;;90;\n"
           "P1;S1;;;E;;;;0\n"
           "P1;S4;;;1;;;;1,67\n"
           "P3;S1;;;absente;;;;\n");
    tables_expect(t, "");
    ck_assert_str_eq(facts(t, log), "P1 S1 2026-03-07 plenary excused - \n"
                                    "P1 S2 2026-03-08 half_day partial - 1:30\n"
                                    "P1 S4 2026-03-09 video present - 1:40:12\n"
                                    "P2 S1 2026-03-07 plenary present 09:00-12:30 \n"
                                    "P3 S1 2026-03-07 plenary absent - \n");
    ck_assert_uint_eq(log->session_count, 4);
    ck_assert_uint_eq(log->first[0], 0);
    ck_assert_uint_eq(log->first[1], 3);
    ck_assert_uint_eq(log->first[2], 4);
    ck_assert_uint_eq(log->first[3], 5);
    ck_assert_str_eq(where_text(&t->keep, attendance_where(log, &log->items[0])),
                     "attendance.csv:4");
    ck_assert_uint_eq(sizeof *log->items, 24);
    tables_end(t);
}
END_TEST

START_TEST(reads_the_matrix)
{
    struct tables *t = with_calendar();
    struct log *log = tables_attendance(t, "id,nom,prenom,S2,S1,,S4\n"
                                           "P1,A,B,P,E,,\n"
                                           "P2,C,D,3h30,09:00-12:30,,0\n"
                                           "P3,E,F,\"2,5\",9h – 10h,,x\n");
    tables_expect(t, "A020"); /* P1 says nothing of S4 */
    ck_assert_str_eq(facts(t, log), "P1 S1 2026-03-07 plenary excused - \n"
                                    "P1 S2 2026-03-08 half_day present - \n"
                                    "P2 S1 2026-03-07 plenary present 09:00-12:30 \n"
                                    "P2 S2 2026-03-08 half_day present - 3:30\n"
                                    "P2 S4 2026-03-09 video absent - \n"
                                    "P3 S1 2026-03-07 plenary present 09:00-10:00 \n"
                                    "P3 S2 2026-03-08 half_day present - 2:30\n"
                                    "P3 S4 2026-03-09 video present - \n");
    ck_assert_uint_eq(log->items[0].column, 1);
    ck_assert_uint_eq(log->items[0].line, 2);
    tables_end(t);
}
END_TEST

START_TEST(both_forms_give_the_same_facts)
{
    struct tables *t = with_calendar();
    const char *by_row = facts(
        t,
        tables_attendance(t, "member;session;attendance;start;end;hours\nP1;S1;P;;;\n"
                             "P1;S2;0;;;\nP2;S1;present;;;3:30\nP2;S2;P;14:00;15:00;\n"));
    const char *by_column =
        facts(t, tables_attendance(t, "Matricule\tS1\tS2\nP1\tP\tA\nP2\t3,5\t14h-15h\n"));
    ck_assert_str_eq(by_row, by_column);
    tables_expect(t, "");
    tables_end(t);
}
END_TEST

START_TEST(rows_without_session_find_theirs)
{
    struct tables *t = with_calendar();
    struct log *log = tables_attendance(
        t, "member;date;kind;attendance\nP1;2026-03-07;plenary;P\n"
           "P1;2026-03-08;half_day;P\nP2;2026-03-08;half_day;P\nP1;2026-03-10;social;P\n"
           "P2;2026-03-10;social;A\n");
    tables_expect(t, "A016 A016 A009");
    ck_assert_str_eq(facts(t, log), "P1 S1 2026-03-07 plenary present - \n"
                                    "P1  2026-03-10 social present - \n"
                                    "P2  2026-03-10 social absent - \n");
    ck_assert_uint_eq(log->session_count, 5);
    tables_end(t);
}
END_TEST

START_TEST(without_calendar_rows_define_sessions)
{
    struct tables *t = without_calendar();
    struct log *log = tables_attendance(
        t,
        "member;session;date;kind;attendance\nP1;Z;2026-03-08;plenary;P\n"
        "P1;Y;2026-03-07;plenary;P\nP2;Z;2026-03-08;plenary;P\nP2;;2026-03-09;video;P\n");
    tables_expect(t, "");
    ck_assert_uint_eq(log->session_count, 3);
    ck_assert(text_equals(log->sessions[0].id, STR("Y")));
    ck_assert_uint_eq(log->sessions[1].where.line, 2);
    ck_assert_int_eq(log->sessions[1].start, TIME_NONE);
    ck_assert_int_eq(log->sessions[2].kind, KIND_VIDEO);
    tables_end(t);
}
END_TEST

struct row_case {
    bool calendar;
    const char *table, *codes;
};

#define LONG  "member;session;date;kind;attendance;start;end;minutes;hours\n"
#define BRIEF "member;session;attendance;start;end;minutes\n"

static const struct row_case row_cases[] = {
  /* one row */
    {true,  LONG "P9;S1;;;P;;;;\n",                                                     "M010"                         },
    {true,  LONG ";S1;;;P;;;;\n",                                                       "T018"                         },
    {true,  LONG "P1;S1;;;;;;;\n",                                                      "T018"                         },
    {true,  LONG "P1;S1;;;peut-etre;;;;\n",                                             "T080"                         },
    {true,  LONG "P1;S1;;;-1;;;;\n",                                                    "T080"                         },
    {true,  LONG "P1;S1;;;-x;;;;\n",                                                    "T080"                         },
    {true,  LONG "P1;S1;;;- 1;;;;\n",                                                   "T080"                         },
    {true,  LONG "P1;S1;;;'-P;;;;\n",                                                   "T080"                         },
    {true,  LONG "P1;S1;;;-;;;;\n",                                                     "T080"                         },
    {true,  "member;S1;S2\nP1;-1;P\n",                                                  "A014"                         },
    {true,  "member;S1;S2\nP1;-x;P\n",                                                  "A014"                         },
    {true,  "member;S1;S2\nP1;- 1;P\n",                                                 "A014"                         },
    {true,  "member;S1;S2\nP1;-;P\n",                                                   "A014"                         },
    {true,  LONG "P1;S9;;;P;;;;\n",                                                     "A012"                         },
    {true,  LONG "P1;;;;P;;;;\n",                                                       "A008"                         },
    {true,  LONG "P1;;2026-03-07;;P;;;;\n",                                             "A008"                         },
    {true,  LONG "P1;S1;2026-03-08;;P;;;;\n",                                           "A006"                         },
    {true,  LONG "P1;S1;;video;P;;;;\n",                                                "A006"                         },
    {true,  LONG "P1;S1;2026-03-08;video;P;;;;\n",                                      "A006 A006"                    },
    {true,  LONG "P1;S1;;;P;12:00;09:00;;\n",                                           "A004"                         },
    {true,  LONG "P1;S1;;;P;09:00;09:00;;\n",                                           ""                             },
    {true,  LONG "P1;S1;;;P;24:00;;;\n",                                                "T031"                         },
    {true,  LONG "P1;S1;;;P;09:00;12:00;180;3\n",                                       ""                             },
    {true,  LONG "P1;S1;;;P;09:00;10:20;;1,33\n",                                       ""                             },
    {true,  LONG "P1;S1;;;P;09:00;10:20;;1,3\n",                                        "A005"                         },
    {true,  LONG "P1;S1;;;P;09:00;12:00;181;\n",                                        "A005"                         },
    {true,  LONG "P1;S1;;;P;;;180;3,5\n",                                               "A005"                         },
    {true,  LONG "P1;S1;;;P;;;1441;\n",                                                 "T041"                         },
    {true,  LONG "P1;S1;;;P;;;;25\n",                                                   "T041"                         },
    {true,  LONG "P9;S9;31/02/2026;x;y;1;2;3,5;z\n",                                    "M010 T021 T080 T080"          },
    {true,  LONG "P9;S9;;;P;1;2;3,5;z\n",                                               "M010 A012 T030 T030 T040 T040"},
    {true,  LONG "P1;;2024-12-31;video;P;;;;\n",                                        "A009 S004"                    },
    {false, LONG "P1;S1;;;P;;;;\n",                                                     "A010"                         },
    {false, LONG "P1;S1;2026-03-07;;P;;;;\n",                                           "A010"                         },
    {false, LONG "P1;S1;2026-03-07;plenary;P;;;;\nP2;S1;2026-03-08;plenary;P;;;;\n",
     "A011"                                                                                                            },
    {false, LONG "P1;S1;2026-03-07;plenary;P;;;;\nP2;S1;2026-03-07;video;P;;;;\n",
     "A011"                                                                                                            },
    {false, LONG "P1;S1;2026-03-07;plenary;P;;;;\nP2;;2026-03-07;plenary;P;;;;\n",
     "A015"                                                                                                            },
    {false, LONG "P1;S1;2024-12-31;plenary;P;;;;\nP2;S1;2024-12-31;plenary;P;;;;\n",
     "S004"                                                                                                            },
    {false, "member;session\nP1;S1\n",                                                  "T008"                         },
    {false, "attendance;session\nP;S1\n",                                               "T008"                         },
 /* What the header lacks is told once, not once a row. */
    {true,  "member;attendance\nP1;P\nP2;P\n",                                          "T008"                         },
    {true,  "member;attendance;date\nP1;P;2026-03-07\nP2;P;2026-03-07\n",               "T008"                         },
    {true,  "member;attendance;kind\nP1;P;plenary\nP2;P;plenary\n",                     "T008"                         },
    {false, BRIEF "P1;S1;P;;;\nP2;S1;P;;;\nP9;S1;P;;;\n",                               "A010 M010"                    },
    {false, "member;session;attendance;date\nP1;S1;P;2026-03-07\nP2;S1;P;2026-03-07\n",
     "A010"                                                                                                            },
 /* two rows */
    {true,  BRIEF "P1;S1;P;;;\nP1;S1;P;;;\nP1;S1;P;;;\n",                               "A001 A001"                    },
    {true,  BRIEF "P1;S1;A;09:00;;\nP1;S1;A;;;\n",                                      "A026 A001"                    },
    {true,  BRIEF "P1;S1;E;nonsense;9;x\n",                                             "T030 T030 T040"               },
    {true,  BRIEF "P1;S1;P;;;\nP1;S1;A;;;\n",                                           "A002"                         },
    {true,  BRIEF "P1;S1;A;;;\nP1;S1;E;;;\n",                                           "A002"                         },
    {true,  BRIEF "P1;S1;P;;;\nP1;S1;partial;;;\n",                                     "A002"                         },
    {true,  BRIEF "P1;S1;P;;;60\nP1;S1;P;;;61\n",                                       "A002"                         },
    {true,  BRIEF "P1;S1;P;;;\nP1;S1;P;09:00;10:00;\n",                                 "A002"                         },
    {true,  BRIEF "P1;S1;P;09:00;10:00;\nP1;S1;P;11:00;12:00;\n",                       ""                             },
    {true,  BRIEF "P1;S1;P;09:00;10:00;\nP1;S1;partial;10:00;12:00;\n",                 ""                             },
    {true,  BRIEF "P1;S1;P;09:00;10:01;\nP1;S1;P;10:00;12:00;\n",                       "A003"                         },
    {true,  BRIEF "P1;S1;P;09:00;16:00;\nP1;S1;P;10:00;11:00;\nP1;S1;P;12:00;13:00;\n",
     "A003 A003"                                                                                                       },
 /* A missing bound is the calendar's. */
    {true,  BRIEF "P1;S1;P;;10:00;\nP1;S1;P;11:00;;\n",                                 ""                             },
    {true,  BRIEF "P1;S1;P;;12:00;\nP1;S1;P;11:00;;\n",                                 "A003"                         },
    {true,  BRIEF "P1;S4;P;;10:00;\nP1;S4;P;11:00;;\n",                                 "A002"                         },
    {true,  BRIEF "P1;S1;P;09:00;10:00;\nP1;S1;P;14:00;15:00;\nP1;S1;A;;;\n",           "A002 A002"                    },
    {true,  BRIEF "P1;S1;P;;;\nP2;S1;A;;;\nP1;S2;A;;;\n",                               ""                             },
 /* the matrix */
    {false, "member;S1\nP1;P\n",                                                        "A013"                         },
    {true,  "member;S1;S9\nP1;P;P\n",                                                   "A012"                         },
    {true,  "member;S1;S1\nP1;P;P\n",                                                   "T009 A001"                    },
    {true,  "member;S1;s1\nP1;P;P\n",                                                   "A012"                         },
    {true,  "nom;S1\nP1;P\n",                                                           "T008"                         },
    {false, "nom;S1\nP1;P\n",                                                           "A013 T008"                    },
    {true,  "member;S1\nP9;P\nP1;quoi\nP2;12:00-09:00\nP3;25\n",                        "M010 A014 A004 A014"          },
    {true,  "member;S1\nP1;P\nP1;P\nP1;A\n",                                            "A001 A002"                    },
    {true,  "member;S1\nP1;24:00-24:00\nP2;9-12\nP3;9h-\n",                             "A014 A014 A014"               },
};

START_TEST(tells_faults)
{
    struct tables *t = row_cases[_i].calendar ? with_calendar() : without_calendar();
    tables_rules(t);
    tables_attendance(t, row_cases[_i].table);
    tables_expect(t, row_cases[_i].codes);
    tables_end(t);
}
END_TEST

START_TEST(a_repeated_fact_points_at_the_first)
{
    struct tables *t = with_calendar();
    struct log *log = tables_attendance(
        t, BRIEF "P1;S1;P;11:00;12:00;\nP1;S1;P;09:00;10:00;\nP1;S1;P;11:00;12:00;\n"
                 "P1;S1;P;11:00;12:00;\n");
    ck_assert_str_eq(facts(t, log), "P1 S1 2026-03-07 plenary present 09:00-10:00 \n"
                                    "P1 S1 2026-03-07 plenary present 11:00-12:00 \n"
                                    "P1 S1 2026-03-07 plenary present 11:00-12:00  =1\n"
                                    "P1 S1 2026-03-07 plenary present 11:00-12:00  =1\n");
    const struct diagnostic *first = tables_first(t, CODE_A001);
    ck_assert_uint_eq(first->where.line, 4);
    ck_assert_uint_eq(first->other.line, 2);
    tables_end(t);
}
END_TEST

START_TEST(both_lines_of_a_contradiction_are_named)
{
    struct tables *t = with_calendar();
    tables_attendance(t, BRIEF "P1;S1;A;;;\nP2;S1;P;;;\nP1;S1;P;;;\n");
    const struct diagnostic *first = tables_first(t, CODE_A002);
    ck_assert_uint_eq(first->where.line, 4);
    ck_assert_uint_eq(first->other.line, 2);
    ck_assert_ptr_nonnull(strstr(first->text, "'P1' is present here and absent"));
    tables_end(t);
}
END_TEST

START_TEST(near_names_are_suggested)
{
    struct tables *t = tables_new();
    tables_members(t, "id;last_name;first_name\nDurand1;A;B\nMartin;A;B\n");
    tables_sessions(
        t, "session;date;kind\nPLEN-03;2026-03-07;plenary\nATELIER;2026-03-08;video\n");
    tables_attendance(t, BRIEF "Durant1;PLEN-3;P;;;\n");
    ck_assert(text_equals(tables_first(t, CODE_M010)->meant, STR("Durand1")));
    ck_assert(text_equals(tables_first(t, CODE_A012)->meant, STR("PLEN-03")));
    ck_assert_uint_eq(tables_first(t, CODE_A012)->where.column, 9);
    tables_end(t);
}
END_TEST

START_TEST(a_log_without_sessions_says_which_columns)
{
    struct tables *t = with_calendar();
    tables_attendance(t, "member;attendance;sesion\nP1;P;S1\nP2;P;S1\n");
    const struct diagnostic *missing = tables_first(t, CODE_T008);
    ck_assert_str_eq(
        missing->text,
        "column 'session / seance' is missing, or both 'date / jour' and "
        "'kind / nature' (separator: ';'; found: member, attendance, sesion)");
    ck_assert(text_equals(missing->meant, STR("session")));
    ck_assert_uint_eq(missing->where.line, 1);
    ck_assert_uint_eq(missing->where.column, 19);
    tables_end(t);
}
END_TEST

/* A file that dates its sessions is read even beside one that does not. */
START_TEST(undated_sessions_are_told_for_their_file)
{
    struct tables *t = without_calendar();
    struct input_list files = tables_file(t, "a.csv", BRIEF "P1;S1;P;;;\nP2;S1;P;;;\n");
    struct input_list more = tables_file(t, "b.csv",
                                         LONG "P1;S1;;;P;;;;\n"
                                              "P2;S2;2026-03-07;video;P;;;;\n");
    *ARRAY_PUSH(&t->keep, &files) = more.items[0];
    struct log *log = attendance_read(&t->reading, &files, t->roster, t->calendar);
    tables_expect(t, "A010 A010");
    ck_assert_uint_eq(log->count, 1);
    tables_end(t);
}
END_TEST

/* Words of the tables would read as slips in a sentence: people see the labels. */
START_TEST(messages_use_labels)
{
    struct tables *t = with_calendar();
    tables_sessions(t, "session;date;kind\nS1;2026-03-07;proposal_group\n");
    tables_attendance(t, LONG "P1;S1;;video;P;;;;\nP2;S1;;;P;;;;\nP2;S1;;;partial;;;;\n");
    ck_assert_ptr_nonnull(
        strstr(tables_first(t, CODE_A006)->text, "session 'S1' (proposal group)"));
    ck_assert_ptr_nonnull(
        strstr(tables_first(t, CODE_A002)->text, "is partly present here and present"));
    tables_end(t);
}
END_TEST

START_TEST(several_files_are_one_log)
{
    struct tables *t = with_calendar();
    struct input_list files = tables_file(t, "a.csv", BRIEF "P2;S1;P;;;\nP1;S1;P;;;\n");
    struct input_list more = tables_file(t, "b.csv", "member;S1;S2\nP1;P;A\n");
    *ARRAY_PUSH(&t->keep, &files) = more.items[0];
    struct log *log = attendance_read(&t->reading, &files, t->roster, t->calendar);
    ck_assert_str_eq(facts(t, log), "P1 S1 2026-03-07 plenary present - \n"
                                    "P1 S1 2026-03-07 plenary present -  =0\n"
                                    "P1 S2 2026-03-08 half_day absent - \n"
                                    "P2 S1 2026-03-07 plenary present - \n");
    ck_assert_str_eq(where_text(&t->keep, attendance_where(log, &log->items[1])),
                     "b.csv:2");
    ck_assert_ptr_eq(attendance_where(log, &log->items[1]).input, files.items[1]);
    tables_expect(t, "A001");
    tables_end(t);
}
END_TEST

START_TEST(nothing_is_an_empty_log)
{
    struct tables *t = with_calendar();
    struct input_list none = tables_none();
    struct log *log = attendance_read(&t->reading, &none, t->roster, t->calendar);
    ck_assert_uint_eq(log->count, 0);
    ck_assert_uint_eq(log->first[3], 0);
    ck_assert_uint_eq(log->session_count, 4);
    tables_end(t);
}
END_TEST

static uint64_t
draw(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

#define ROWS 300

/* Rows of 20 members over 5 days, some without a session id, each day once. */
static void
invent_rows(struct tables *t, const char *rows[ROWS])
{
    for (size_t i = 0; i < ROWS; i++) {
        size_t member = i % 20;
        size_t session = i / 20;
        size_t hour = 8 + session % 3 * 4;
        rows[i] = arena_printf(&t->keep,
                               "M%02zu;%s%zu;2026-03-%02zu;%s;%s;%02zu:00;%02zu:30;\n",
                               member, session % 4 == 3 ? "" : "S", session,
                               1 + session % 5, session % 2 != 0 ? "plenary" : "video",
                               i % 7 == 0 ? "E" : "P", hour, hour + 2);
    }
}

static const char *
read_rows(struct tables *t, const char *const rows[ROWS])
{
    const char *table = "member;session;date;kind;attendance;start;end;note\n";
    for (size_t i = 0; i < ROWS; i++) {
        table = arena_printf(&t->keep, "%s%s", table, rows[i]);
    }
    return facts(t, tables_attendance(t, table));
}

START_TEST(the_order_of_rows_does_not_matter)
{
    struct tables *t = tables_new();
    const char *rows[ROWS];
    const char *members = "id;last_name;first_name\n";
    for (int i = 0; i < 20; i++) {
        members = arena_printf(&t->keep, "%sM%02d;A;B\n", members, i);
    }
    tables_members(t, members);
    invent_rows(t, rows);
    const char *first = read_rows(t, rows);
    ck_assert_uint_eq(diag_errors(t->reading.diag), 0);
    uint64_t seed = 20260307;
    for (int round = 0; round < 20; round++) {
        for (size_t i = ROWS - 1; i > 0; i--) {
            size_t j = (size_t)(draw(&seed) % (i + 1));
            const char *swap = rows[i];
            rows[i] = rows[j];
            rows[j] = swap;
        }
        ck_assert_str_eq(read_rows(t, rows), first);
    }
    tables_end(t);
}
END_TEST

/* Facts are by time, and compared by session. */
START_TEST(repeats_of_several_sessions)
{
#define LATE  "P1;S1;2026-03-07;plenary;P;14:00;15:00\n"
#define EARLY "P1;S2;2026-03-07;video;P;09:00;10:00\n"
    struct tables *t = tables_new();
    tables_members(t, "id;last_name;first_name\nP1;A;B\n");
    struct log *log = tables_attendance(
        t, "member;session;date;kind;attendance;start;end\n" LATE EARLY LATE EARLY EARLY);
    for (size_t i = 0; i < 5; i++) {
        ck_assert_ptr_eq(attendance_first(log, &log->items[i]),
                         i % 3 == 0 ? NULL : &log->items[i - i % 3]);
    }
    tables_end(t);
}
END_TEST

/* One member with very many facts must not take the square of the time. */
START_TEST(many_facts_of_one_member)
{
    struct tables *t = with_calendar();
    size_t count = 20000;
    char *table = NEW_ARRAY(&t->keep, char, count * 32 + 64);
    char *p = table + sprintf(table, "member;session;attendance;minutes\n");
    for (size_t i = 0; i < count; i++) {
        p += sprintf(p, "P1;S1;P;60\n");
    }
    struct log *log = tables_attendance(t, table);
    ck_assert_uint_eq(log->count, count);
    ck_assert_uint_eq(tables_filed(t, CODE_A001), count - 1);
    ck_assert_ptr_eq(attendance_first(log, &log->items[count - 1]), &log->items[0]);
    tables_end(t);
}
END_TEST

Suite *test_attendance_suite(void);

Suite *
test_attendance_suite(void)
{
    Suite *suite = suite_create("attendance");
    TCase *tests = tcase_create("attendance");
    tcase_add_test(tests, reads_the_long_form);
    tcase_add_test(tests, reads_the_matrix);
    tcase_add_test(tests, both_forms_give_the_same_facts);
    tcase_add_test(tests, rows_without_session_find_theirs);
    tcase_add_test(tests, without_calendar_rows_define_sessions);
    tcase_add_loop_test(tests, tells_faults, 0, (int)ARRAY_COUNT(row_cases));
    tcase_add_test(tests, a_repeated_fact_points_at_the_first);
    tcase_add_test(tests, both_lines_of_a_contradiction_are_named);
    tcase_add_test(tests, near_names_are_suggested);
    tcase_add_test(tests, a_log_without_sessions_says_which_columns);
    tcase_add_test(tests, undated_sessions_are_told_for_their_file);
    tcase_add_test(tests, messages_use_labels);
    tcase_add_test(tests, several_files_are_one_log);
    tcase_add_test(tests, nothing_is_an_empty_log);
    tcase_add_test(tests, the_order_of_rows_does_not_matter);
    tcase_add_test(tests, repeats_of_several_sessions);
    tcase_add_test(tests, many_facts_of_one_member);
    suite_add_tcase(suite, tests);
    return suite;
}
