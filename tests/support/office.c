/* SPDX-License-Identifier: Apache-2.0 */
/* The fixtures' tables, opened and read in the order in which the program does it. */
#include "office.h"

#include "defray/limits.h"
#include "defray/means_test.h"

#include "days.h"

#include <check.h>
#include <string.h>

struct fixture {
    const char *rules, *from, *to;
    const char *members, *sessions, *expenses, *means; /* NULL: none */
    const char *attendance[2];
};

static const struct fixture fixtures[OFFICE_FIXTURES] = {
    {"poitiers",
     "2026-03-01", "2026-03-31",
     "membres.csv", "seances.csv",
     "frais.csv", "quotients.csv",
     {"emargement.csv", "presences.csv"}},
    {"marseille",
     "2026-03-01", "2026-03-31",
     "membres.csv", "seances.csv",
     "frais.csv", NULL,
     {"presences.csv", NULL}            },
    {"haute-garonne",
     "2026-03-01", "2026-03-31",
     "membres.csv", "seances.csv",
     "frais.csv", NULL,
     {"presences.csv", NULL}            },
    {"cese-convention",
     "2025-09-01", "2025-09-30",
     "membres.csv", "seances.csv",
     "frais.csv", NULL,
     {"presences.csv", NULL}            },
    {"rennes-2021",
     "2021-09-01", "2021-09-30",
     "membres.csv", "seances.csv",
     "frais.csv", NULL,
     {"emargement.csv", NULL}           },
    {"lanester",
     "2025-03-01", "2025-03-31",
     "members.csv", "sessions.csv",
     NULL,        NULL,
     {"attendance.csv", NULL}           },
};

static void
add_file(struct arena *keep, struct office *office, const struct fixture *fixture,
         const char *name, struct input_list *list)
{
    if (name == NULL) {
        return;
    }
    const char *path = arena_printf(keep, "fixtures/%s/%s", fixture->rules, name);
    struct input *input =
        input_read(keep, text_of(path), CSV_BYTES_MAX, false, office->diag);
    ck_assert_msg(input != NULL, "%s", path);
    *ARRAY_PUSH(keep, list) = input;
}

static struct input_list
one_file(struct arena *keep, struct office *office, const struct fixture *fixture,
         const char *name)
{
    struct input_list list = {0};
    add_file(keep, office, fixture, name, &list);
    return list;
}

static struct office *
open_fixture(struct arena *keep, const struct fixture *fixture)
{
    const struct text folder = STR("rules");
    struct office *office = NEW(keep, struct office);
    office->diag = diag_new(keep, LANGUAGE_EN);
    struct rules *rules =
        rules_load(keep, text_of(fixture->rules), &folder, 1, office->diag);
    ck_assert(rules != NULL);
    struct reading reading = {.keep = keep, .rules = rules, .diag = office->diag};
    struct input_list members = one_file(keep, office, fixture, fixture->members);
    struct input_list sessions = one_file(keep, office, fixture, fixture->sessions);
    struct input_list expenses = one_file(keep, office, fixture, fixture->expenses);
    struct input_list means = one_file(keep, office, fixture, fixture->means);
    struct input_list attendance =
        one_file(keep, office, fixture, fixture->attendance[0]);
    add_file(keep, office, fixture, fixture->attendance[1], &attendance);
    struct roster *roster = roster_read(&reading, &members);
    struct calendar *calendar = calendar_read(&reading, &sessions);
    struct log *log = attendance_read(&reading, &attendance, roster, calendar);
    struct batch *batch = &office->batch;
    batch->traced = true;
    batch->rules = rules;
    batch->period = (struct period){day(fixture->from), day(fixture->to)};
    batch->roster = roster;
    batch->calendar = calendar;
    batch->log = log;
    if (fixture->expenses != NULL) {
        batch->claims = expenses_read(&reading, &expenses, roster, log);
    }
    if (fixture->means != NULL) {
        batch->decisions =
            batch_decide(keep, batch, means_read(&reading, &means, roster));
    }
    ck_assert_uint_eq(diag_errors(office->diag), 0);
    char sha256[65];
    digest_text(rules->file->digest, sha256);
    office->files[0] =
        (struct certified_file){STR("rules.cfg"), arena_printf(keep, "%s", sha256)};
    office->files[1] = (struct certified_file){STR("members.csv"), ""};
    return office;
}

struct office *
office_open(struct arena *keep, int fixture)
{
    return open_fixture(keep, &fixtures[fixture]);
}

struct office *
office_open_named(struct arena *keep, const char *rules)
{
    int i = 0;
    while (strcmp(fixtures[i].rules, rules) != 0) {
        i++;
        ck_assert_int_lt(i, OFFICE_FIXTURES);
    }
    return office_open(keep, i);
}

struct tree *
office_certify(const struct office *office, uint32_t member, struct arena *into)
{
    struct certifying certifying = {
        .batch = &office->batch,
        .member = member,
        .files = office->files,
        .file_count = 2,
        .version = "9.9.9",
    };
    return certificate_make(into, &certifying);
}
