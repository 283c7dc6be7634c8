/* SPDX-License-Identifier: Apache-2.0 */
/* The month's document, from small tables to bytes in every format. */
#include "defray/decisions.h"
#include "defray/means_test.h"
#include "defray/payroll.h"

#include "support/days.h"
#include "support/keep.h"
#include "support/registry.h"
#include "support/written.h"

#include <check.h>
#include <string.h>

Suite *test_payroll_suite(void);

struct month {
    const char *rules, *from, *to;
    const char *members, *sessions, *attendance, *expenses, *means; /* NULL: none */
};

struct paid {
    struct diag *diag;
    struct document *document;
};

static struct input_list
table_of(const char *name, const char *text)
{
    struct input_list list = {0};
    if (text != NULL) {
        *ARRAY_PUSH(&keep, &list) = input_of(&keep, text_of(name), text_of(text));
    }
    return list;
}

static struct paid
pay(const struct month *month)
{
    struct paid paid = {.diag = diag_new(&keep, LANGUAGE_EN)};
    const struct text folder = STR("rules");
    struct reading reading = {.keep = &keep, .diag = paid.diag};
    struct rules *rules = rules_load(&keep, text_of(month->rules), &folder, 1, paid.diag);
    struct input_list members = table_of("members.csv", month->members);
    struct input_list sessions = table_of("sessions.csv", month->sessions);
    struct input_list attendance = table_of("attendance.csv", month->attendance);
    struct input_list expenses = table_of("expenses.csv", month->expenses);
    struct input_list means = table_of("means.csv", month->means);
    struct batch *batch = NEW(&keep, struct batch);

    ck_assert_msg(rules != NULL, "%s", first_code(paid.diag));
    reading.rules = rules;
    batch->rules = rules;
    batch->period = (struct period){day(month->from), day(month->to)};
    struct roster *roster = roster_read(&reading, &members);
    struct calendar *calendar = calendar_read(&reading, &sessions);
    struct log *log = attendance_read(&reading, &attendance, roster, calendar);
    batch->roster = roster;
    batch->calendar = calendar;
    batch->log = log;
    if (month->expenses != NULL) {
        batch->claims = expenses_read(&reading, &expenses, roster, log);
    }
    if (month->means != NULL) {
        batch->decisions =
            batch_decide(&keep, batch, means_read(&reading, &means, roster));
    }
    ck_assert_msg(diag_errors(paid.diag) == 0, "%s", first_code(paid.diag));
    const struct input **inputs = NEW_ARRAY(&keep, const struct input *, 2);
    inputs[0] = rules->file;
    inputs[1] = attendance.items[0];
    struct payroll payroll = {
        .batch = batch,
        .summary = batch_summarise(&keep, batch, paid.diag, NULL),
        .language = LANGUAGE_EN,
        .inputs = inputs,
        .input_count = 2,
        .diag = paid.diag,
        .version = "9.9.9",
    };
    paid.document = payroll_document(&keep, &payroll);
    return paid;
}

static const char *
text_in(const struct paid *paid, const char *name)
{
    struct written written = document_written(&keep, "/tmp", name, paid->document, 0);
    ck_assert_msg(written.done, "%s", first_code(written.diag));
    if (text_ends_with(text_of(name), STR(".xlsx"))) {
        const char *dump = book_dump(&keep, written.bytes, written.diag);
        ck_assert_msg(dump != NULL, "%s", first_code(written.diag));
        return dump;
    }
    return text_string(&keep, written.bytes);
}

static void
assert_holds(const char *whole, const char *part)
{
    ck_assert_msg(strstr(whole, part) != NULL, "no '%s' in:\n%.3000s", part, whole);
}

static void
assert_lacks(const char *whole, const char *part)
{
    ck_assert_msg(strstr(whole, part) == NULL, "'%s' in:\n%.3000s", part, whole);
}

#define MEMBER_HEAD "id;last_name;first_name;status;body;requested_on;iban;bic;town\n"
#define PROPOSALS   "drawn;proposal_group;2024-11-04"

static const struct month poitiers = {
    .rules = "poitiers",
    .from = "2026-03-01",
    .to = "2026-03-31",
    .members = MEMBER_HEAD
    "P001;Durand;Alice;" PROPOSALS ";FR7630006000011234567890189;AGRIFRPP;Poitiers\n"
    "P002;Éluard;Bob;" PROPOSALS ";;;Poitiers\n"
    "P003;Martin;Chloé;" PROPOSALS ";FR7630006000011234567890189;;Poitiers\n"
    "P004;Petit;Dan;" PROPOSALS ";FR7630006000011234567890189;;Poitiers\n"
    "007;Zola;Émile;" PROPOSALS ";FR7630006000011234567890180;;Poitiers\n",
    .sessions = "session;date;kind;start;end;subject\n"
                "S1;2026-03-07;proposal_group;09:00;12:00;Food & land\n"
                "S2;2026-03-14;plenary;09:00;17:00;\n"
                "S3;2026-03-21;proposal_group;09:00;18:00;\n",
    .attendance = "member;session;attendance;start;end\n"
                  "P001;S1;present;;\n"
                  "P001;S2;present;;\n"
                  "P001;S3;present;09:00;16:00\n"
                  "P002;S1;present;;\n"
                  "P003;S1;present;;\n"
                  "P004;S1;present;;\n"
                  "007;S1;present;09:00;11:20\n",
    .expenses = "member;date;session;category;quantity;amount;receipt\n"
                "P001;2026-03-07;S1;childcare;2;50.00;F-12\n"
                "P003;2026-03-07;;parking;;6.40;yes\n"
                "P003;2026-03-07;;meal;1;9.00;yes\n",
    .means = "id;measure;value;method;month;checked_on\n"
             "P001;quotient_familial;613.27;caf;2026-01;2026-02-01\n"
             "P002;quotient_familial;713.28;caf;2026-01;2026-02-01\n"
             "P003;quotient_familial;1813.29;caf;2026-01;2026-02-01\n"
             "007;quotient_familial;913.26;caf;2026-01;2026-02-01\n",
};

START_TEST(json_is_the_schema)
{
    struct paid paid = pay(&poitiers);
    const char *json = text_in(&paid, "a.json");
    assert_holds(
        json,
        "{ \"schema\": \"defray.batch/1\",\n  \"assembly\": \"poitiers\",\n"
        "  \"period\": {\"from\": \"2026-03-01\", \"to\": \"2026-03-31\"},\n"
        "  \"as_known_on\": null,\n  \"status\": {\"in_period\": \"in_force\", "
        "\"now\": \"in_force\", \"since\": \"2026-02-20\"},\n  \"members\": [\n"
        "    {\"id\": \"007\", \"verdict\": \"eligible\", \"stipend\": \"32.06\", "
        "\"expenses\": \"0.00\", \"adjustment\": \"0.00\", \"total\": \"32.06\"},\n");
    assert_holds(json, "{\"id\": \"P003\", \"verdict\": \"not_eligible\", \"stipend\": "
                       "\"0.00\", \"expenses\": \"6.40\", ");
    assert_holds(json, "{\"id\": \"P004\", \"verdict\": \"undetermined\", ");
    assert_holds(
        json, "    {\"member\": \"P002\", \"session\": \"S1\", \"date\": \"2026-03-07\", "
              "\"entitlement\": \"stipend\", \"quantity\": \"3.00\", \"unit\": \"hour\", "
              "\"rate\": \"13.74\", \"gross\": \"41.22\", \"due\": \"41.22\", \"state\": "
              "\"due\", \"reason\": \"\", \"reason_code\": \"\", \"source\": "
              "\"QE-16831\", \"minutes\": 180, \"at\": \"attendance.csv:5\"}");
    assert_holds(json, "\"gross\": \"96.18\", \"due\": \"96.16\", \"state\": \"capped\"");
    assert_holds(json, "\"cap_day\": \"0.02\", \"minutes\": 420, ");
    assert_holds(json, "\"quantity\": \"2.3333\", \"unit\": \"hour\"");
    assert_holds(json, "\"assumption\": \"");
    assert_holds(json,
                 "  ],\n  \"totals\": {\"due\": \"253.06\", \"lines\": {\"read\": 10, "
                 "\"due\": 4, \"capped\": 2, \"zero\": 1, \"refused\": 2, "
                 "\"undetermined\": 1, \"paid_before\": 0}},\n  \"inputs\": [\n"
                 "    {\"path\": \"rules/poitiers.cfg\", \"sha256\": \"");
    assert_holds(json, "\"version\": \"9.9.9\"");
    ck_assert_str_eq(json + strlen(json) - 4, "]\n}\n");
}
END_TEST

START_TEST(trap_integer_cents_column)
{
    struct paid paid = pay(&poitiers);
    const char *dump = text_in(&paid, "a.xlsx");
    const char *csv = text_in(&paid, "a.csv");
    assert_holds(dump, "\nPay!J2 n 32.06\nPay!K2 n 3206\nPay!L2 t held\n");
    assert_holds(dump, "\nPay!A3 t P001\n");
    assert_holds(dump, "\nPay!J3 n 137.38\nPay!K3 n 13738\nPay!L3 t transfer\n"
                       "Pay!M3 t FR7630006000011234567890189\nPay!N3 t AGRIFRPP\n"
                       "Pay!O3 t Alice Durand\n");
    assert_holds(csv, "007;Zola;Émile;;stipend;Stipend;;;;32.06;3206;held;;;;\r\n");
    assert_holds(csv, "P001;Durand;Alice;;childcare;Childcare;;;;36.00;3600;transfer;"
                      "FR7630006000011234567890189;AGRIFRPP;Alice Durand;\r\n");
    assert_lacks(csv, "P004");
}
END_TEST

START_TEST(everyone_is_on_the_statement)
{
    struct paid paid = pay(&poitiers);
    const char *dump = text_in(&paid, "a.xlsx");
    assert_holds(dump, "[Statement]\nStatement!A1 t Statement of stipends and expenses\n"
                       "Statement!A2 t Authority: Ville de Poitiers\n");
    assert_holds(dump, "t P004\n");
    assert_holds(dump,
                 "t This statement is closed at the sum of: two hundred and fifty-three "
                 "euros and six cents (€253.06).\n");
    assert_holds(
        dump, "t Held until the bank details are right and checked: 2 members, €73.28; ");
    assert_holds(dump, "\nControl!D3 t OK\n");
    assert_lacks(dump, "BROKEN");
}
END_TEST

static const char *const sheets_in_order[] = {
    "[Statement]",          "[Pay]",       "[Detail]",  "[Expenses]",
    "[Expenses by member]", "[To settle]", "[Control]",
};

START_TEST(sheets_in_order_of_use)
{
    struct paid paid = pay(&poitiers);
    const char *at = text_in(&paid, "a.xlsx");
    for (size_t i = 0; i < ARRAY_COUNT(sheets_in_order); i++) {
        at = strstr(at, sheets_in_order[i]);
        ck_assert_msg(at != NULL, "%s", sheets_in_order[i]);
    }
}
END_TEST

START_TEST(no_income_is_told)
{
    static const char *const figures[] = {
        "613.27", "613,27", "713.28", "713,28", "1813.29", "1813,29",
        "61327",  "71328",  "181329", "913.26", "913,26",  "91326",
    };
    static const char *const names[] = {"a.xlsx", "a.csv", "a.json"};
    struct paid paid = pay(&poitiers);
    for (size_t i = 0; i < ARRAY_COUNT(names); i++) {
        const char *whole = text_in(&paid, names[i]);
        for (size_t k = 0; k < ARRAY_COUNT(figures); k++) {
            assert_lacks(whole, figures[k]);
        }
    }
}
END_TEST

START_TEST(what_waits_is_listed)
{
    struct paid paid = pay(&poitiers);
    const char *dump = text_in(&paid, "a.xlsx");
    const char *waiting = strstr(dump, "[To settle]");
    ck_assert_ptr_nonnull(waiting);
    assert_holds(waiting, "t decision: not eligible\n");
    assert_holds(waiting, "t decision: evidence missing\n");
    assert_holds(waiting, "t Payment held\n");
    assert_holds(waiting, "t €41.22 due, no bank details\n");
    assert_holds(waiting, "t €32.06 due, the IBAN or BIC is wrong\n");
    assert_holds(waiting, "t the rules cover no such expense\n");
    assert_lacks(waiting, "FR7630006000011234567890180");
}
END_TEST

START_TEST(bytes_are_the_same_twice)
{
    static const char *const names[] = {"a.xlsx", "a.csv", "a.json"};
    struct paid once = pay(&poitiers);
    struct paid again = pay(&poitiers);
    for (size_t i = 0; i < ARRAY_COUNT(names); i++) {
        struct written a = document_written(&keep, "/tmp", names[i], once.document, 0);
        struct written b = document_written(&keep, "/tmp", names[i], again.document, 0);
        ck_assert(a.done && b.done && text_equals(a.bytes, b.bytes));
    }
}
END_TEST

START_TEST(a_contested_scheme_is_noticed)
{
    struct month month = poitiers;
    month.from = "2025-03-01";
    month.to = "2025-03-31";
    month.sessions =
        "session;date;kind;start;end\nS1;2025-03-08;proposal_group;09:00;12:00\n";
    month.attendance = "member;session;attendance\nP001;S1;absent\n";
    month.expenses = NULL;
    struct paid paid = pay(&month);
    const char *dump = text_in(&paid, "a.xlsx");
    assert_holds(
        dump, "t The scheme is contested; it applies until it is suspended or annulled");
    assert_holds(dump, "t     nothing is paid for this period\n");
    assert_holds(dump, "closed at the sum of: zero euros (€0.00).\n");
}
END_TEST

START_TEST(a_nil_policy_lists_everyone)
{
    struct month month = {
        .rules = "lanester",
        .from = "2025-03-01",
        .to = "2025-03-31",
        .members = "id;last_name;first_name\nL1;Un;A\nL2;Deux;B\n",
        .sessions = "session;date;kind\nS1;2025-03-08;plenary\n",
        .attendance = "member;session;attendance\nL1;S1;present\n",
        .expenses = "member;date;category;amount\nL1;2025-03-08;parking;3,00\n",
    };
    struct paid paid = pay(&month);
    const char *json = text_in(&paid, "a.json");
    assert_holds(json,
                 "{\"id\": \"L2\", \"verdict\": \"no_test\", \"stipend\": \"0.00\"");
    /* A presence and a claim, each in the words of the decision. */
    const char *words = "\"reason\": \"no indemnity by decision\"";
    assert_holds(json, words);
    assert_holds(strstr(json, words) + 1, words);
    assert_holds(json, "\"reason_code\": \"nil_policy\"");
    ck_assert_ptr_nonnull(strstr(text_in(&paid, "a.csv"), "account_holder;guardian\r\n"));
}
END_TEST

START_TEST(kilometres_count_from_january)
{
    struct month month = {
        .rules = "haute-garonne",
        .from = "2026-03-01",
        .to = "2026-03-31",
        .members = "id;last_name;first_name;status;horsepower;km_before;town;postcode\n"
                   "H1;Un;A;drawn;5;1980;Revel;31250\n",
        .sessions = "session;date;kind;subject\nS1;2026-02-07;plenary;Start\n"
                    "S2;2026-03-07;plenary;Water\nS3;2026-03-21;plenary;Woods\n",
        .attendance = "member;session;attendance\nH1;S1;present\nH1;S2;present\n"
                      "H1;S3;present\n",
        .expenses = "member;date;category;quantity;amount;receipt;place;route;mode\n"
                    "H1;2026-02-07;mileage;10;;;;;\n"
                    "H1;2026-03-07;mileage;20;;;Muret;Revel - Muret;shared car\n"
                    "H1;2026-03-21;mileage;30.5;;;;;\n"
                    "H1;2026-03-21;bus;;4.10;yes;;;\n",
    };
    struct paid paid = pay(&month);
    const char *sheet = strstr(text_in(&paid, "a.xlsx"), "[Expenses]");
    ck_assert_ptr_nonnull(sheet);
    assert_holds(sheet, "\nExpenses!A3 t Beneficiary\n");
    assert_holds(sheet, "\nExpenses!I3 t Own car\n");
    assert_holds(sheet, "\nExpenses!C5 t 31250 Revel\n");
    assert_holds(sheet, "\nExpenses!E5 t Muret: Water [S2]\nExpenses!F5 t Revel - Muret\n"
                        "Expenses!G5 t shared car\n");
    /* 10 x 0.32 + 10 x 0.40 */
    assert_holds(sheet, "\nExpenses!I5 n 5\nExpenses!J5 n 1990\nExpenses!K5 n 20\n"
                        "Expenses!L5 t 10 x 0.32 + 10 x 0.40\nExpenses!M5 n 7.2\n");
    assert_holds(sheet, "\nExpenses!P5 n 7.2\nExpenses!Q5 n 7.2 =H5+M5\n");
    assert_holds(sheet, "\nExpenses!E6 t Woods [S3]\n");
    assert_holds(sheet, "\nExpenses!G6 t own car\n");
    assert_holds(sheet, "\nExpenses!J6 n 2010\nExpenses!K6 n 30.5\n");
    assert_holds(sheet, "\nExpenses!G7 t public transport\nExpenses!H7 n 4.1\n");
    assert_holds(sheet, "\nExpenses!Q8 n 23.5 =SUM(Q5:Q7)\n");
    assert_lacks(sheet, "t Nights");
    const char *recap = strstr(sheet, "[Expenses by member]");
    ck_assert_ptr_nonnull(recap);
    assert_holds(recap, "!E7 n 4.1\nExpenses by member!F7 n 19.4\n"
                        "Expenses by member!G7 n 23.5 =E7+F7\n"
                        "Expenses by member!H7 n 0\nExpenses by member!I7 n 23.5\n");
    assert_holds(recap,
                 "t These expenses are closed at the sum of: twenty-three euros and "
                 "fifty cents (€23.50).\n");
}
END_TEST

START_TEST(hours_lost_count_from_january)
{
    struct month month = {
        .rules = "cese-convention",
        .from = "2025-09-01",
        .to = "2025-09-30",
        .members = "id;last_name;first_name;km_before\nC1;Un;A;1990\n",
        .sessions = "session;date;kind;subject\nS1;2025-06-21;plenary;Start\n"
                    "S2;2025-09-13;plenary;School\nS3;2025-09-14;plenary;Play\n",
        .attendance = "member;session;attendance\nC1;S1;present\nC1;S2;present\n"
                      "C1;S3;present\n",
        .expenses = "member;date;category;quantity;amount;receipt;note\n"
                    "C1;2025-06-21;income_loss;9;;yes;\n"
                    "C1;2025-09-13;income_loss;10;;yes;shop closed\n"
                    "C1;2025-09-14;income_loss;3.5;;yes;\n"
                    "C1;2025-09-14;childcare;4;60;yes;\n"
                    "C1;2025-09-14;lodging;1;130;yes;\n",
    };
    struct paid paid = pay(&month);
    const char *sheet = strstr(text_in(&paid, "a.xlsx"), "[Expenses]");
    ck_assert_ptr_nonnull(sheet);
    assert_holds(sheet, "\nExpenses!E5 t School [S2], shop closed\n");
    /* Eight of nine hours paid in June, eight of ten here: 8, 16; then 3.5 more. */
    assert_holds(sheet, "\nExpenses!L5 n 8\nExpenses!M5 n 16\nExpenses!N5 n 95.04\n");
    assert_holds(sheet, "\nExpenses!L7 n 3.5\nExpenses!M7 n 19.5\nExpenses!N7 n 41.58\n");
    assert_holds(sheet, "\nExpenses!J6 n 4\nExpenses!K6 n 60\n");
    assert_holds(sheet, "\nExpenses!H8 n 1\nExpenses!I8 n 110\n");
    assert_holds(sheet, "\nExpenses!P8 n 110\n"); /* the ceiling of a night */
    assert_lacks(sheet, "Own car");
}
END_TEST

START_TEST(what_a_court_would_ask_is_told)
{
    struct month month = {
        .rules = "marseille",
        .from = "2025-12-01",
        .to = "2026-03-31",
        .members = "id;last_name;first_name;birth_date;guardian;iban;account_holder\n"
                   "M1;Un;A;2009-06-01;Ada Un;FR7630006000011234567890189;\n"
                   "M2;Deux;B;1980-01-01;;FR7630006000011234567890189;\n",
        .sessions = "session;date;kind;within_competence\n"
                    "S0;2025-12-13;plenary;yes\nS1;2026-03-07;plenary;yes\n"
                    "S2;2026-03-07;plenary;no\nS3;2026-03-14;plenary;advocacy\n",
        .attendance = "member;session;attendance\nM1;S1;present\nM1;S2;present\n"
                      "M1;S3;present\nM2;S0;present\nM2;S1;present\nM2;S3;absent\n",
    };
    struct paid paid = pay(&month);
    const char *dump = text_in(&paid, "a.xlsx");
    const char *detail = strstr(dump, "[Detail]");
    const char *waiting = strstr(dump, "[To settle]");
    const char *control = strstr(dump, "[Control]");
    ck_assert(detail != NULL && waiting != NULL && control != NULL);
    assert_holds(detail, "t Competence\n");
    assert_holds(detail, "t outside competence\n");
    assert_holds(detail, "t advocacy\n");
    assert_holds(waiting, "t Minor\n");
    assert_holds(waiting, "t account holder of a minor to be confirmed\n");
    assert_holds(waiting, "t Session outside competence\n");
    assert_holds(waiting,
                 "t a subject outside the authority's competence; presences paid: "
                 "1, €77.49\n");
    assert_holds(waiting, "t Session of advocacy\n");
    assert_lacks(waiting, "[L009]");
    /* Two sessions in a day are 154.98, above a juror's 102.16 of 2026. */
    assert_holds(control, "t from 2025-01-01 to 2025-12-31: ");
    assert_holds(control, " n 101.04\n");
    assert_holds(control, " n 102.16\n");
    assert_holds(control, " n 154.98\n");
    assert_holds(control, "t Members paid as minors: 1\n");
    assert_holds(control, "(heading 027 of the list of vouchers)\n");
    assert_holds(dump, "\nPay!P2 t Ada Un\n");
}
END_TEST

Suite *
test_payroll_suite(void)
{
    Suite *suite = suite_create("payroll");
    TCase *tcase = tcase_create("payroll");
    tcase_add_checked_fixture(tcase, keep_set_up, keep_tear_down);
    tcase_add_test(tcase, json_is_the_schema);
    tcase_add_test(tcase, trap_integer_cents_column);
    tcase_add_test(tcase, everyone_is_on_the_statement);
    tcase_add_test(tcase, sheets_in_order_of_use);
    tcase_add_test(tcase, no_income_is_told);
    tcase_add_test(tcase, what_waits_is_listed);
    tcase_add_test(tcase, bytes_are_the_same_twice);
    tcase_add_test(tcase, a_contested_scheme_is_noticed);
    tcase_add_test(tcase, a_nil_policy_lists_everyone);
    tcase_add_test(tcase, kilometres_count_from_january);
    tcase_add_test(tcase, hours_lost_count_from_january);
    tcase_add_test(tcase, what_a_court_would_ask_is_told);
    suite_add_tcase(suite, tcase);
    return suite;
}
