/* SPDX-License-Identifier: Apache-2.0 */
/*
 * usage: generate ASSEMBLY MEMBERS SESSIONS FOLDER [SEED]
 * Writes an invented March 2026 of marseille, poitiers or haute-garonne into a
 * folder: members, sessions, attendance, expenses and means, each a CSV file with
 * ';'. The same arguments give the same bytes. Some of everything that changes an
 * amount is there: two sessions on one day, days above the cap, members without a
 * request or a means test, claims without presence or receipt, long distances.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct random {
    uint64_t state;
};

/* splitmix64 */
static uint64_t
draw(struct random *random)
{
    uint64_t z = random->state += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static unsigned
draw_below(struct random *random, unsigned bound)
{
    return (unsigned)(draw(random) % bound);
}

struct assembly {
    const char *name;
    const char *kinds[2]; /* of even and odd sessions */
    const char *hours[2]; /* start;end of each */
    int has_times;        /* a presence states its own times */
    int has_means;
    const char *category; /* of a claim; NULL: no expenses */
    int by_kilometre;
    int two_a_day; /* of three sessions, the first two are on one day */
};

static const struct assembly assemblies[] = {
    {.name = "marseille",
     .kinds = {"plenary", "plenary"},
     .hours = {"09:00;17:00", "09:00;17:00"}},
    { .name = "poitiers",
     .kinds = {"proposal_group", "method_committee"},
     .hours = {"18:00;21:00", "10:00;17:00"},
     .has_times = 1,
     .has_means = 1,
     .category = "public_transport",
     .two_a_day = 1},
    {                            .name = "haute-garonne",
     .kinds = {"plenary", "half_day"},
     .hours = {"09:00;17:00", "17:30;21:00"},
     .category = "mileage",
     .by_kilometre = 1,
     .two_a_day = 1},
};

static const char *const last_names[] = {
    "Martin",  "Bernard", "Dubois", "Thomas", "Lefèvre",    "N'Diaye", "García", "Nguyen",
    "Le Goff", "Müller",  "Çelik",  "Haddad", "Petit-Jean", "Œuvrard", "Roux",   "Benali",
};
static const char *const first_names[] = {
    "Élodie", "Karim", "Jeanne", "François", "Awa",  "Anaïs", "Luc",   "Zoé",
    "Maëlle", "Hugo",  "Nour",   "Loïc",     "Inès", "Paul",  "Chloé", "Idriss",
};
static const char *const statuses[] = {"drawn", "drawn", "drawn", "volunteer"};

#define COUNT(array) ((unsigned)(sizeof(array) / sizeof((array)[0])))

static FILE *
open_file(const char *folder, const char *name)
{
    char path[1024];
    FILE *file;

    snprintf(path, sizeof path, "%s/%s.csv", folder, name);
    file = fopen(path, "w");
    if (!file) {
        perror(path);
        exit(1);
    }
    return file;
}

static void
close_file(FILE *file)
{
    if (fclose(file) != 0) {
        perror("generate");
        exit(1);
    }
}

/* A French account number with its key, and the check digits of its IBAN. */
static void
print_iban(FILE *file, unsigned member)
{
    uint64_t account = UINT64_C(10000000) + member;
    uint64_t key = 97 - (89 * UINT64_C(20041) + 15 * UINT64_C(1005) + 3 * account) % 97;
    char digits[64];
    unsigned rest = 0;

    snprintf(digits, sizeof digits, "2004101005%011llu%02llu152700",
             (unsigned long long)account, (unsigned long long)key);
    for (const char *digit = digits; *digit; digit++) {
        rest = (rest * 10 + (unsigned)(*digit - '0')) % 97;
    }
    fprintf(file, "FR%02u%.23s", 98 - rest, digits);
}

static void
write_members(const struct assembly *assembly, unsigned members, const char *folder,
              struct random *random)
{
    FILE *file = open_file(folder, "members");
    FILE *means = assembly->has_means ? open_file(folder, "means") : NULL;

    fprintf(file, "id;last_name;first_name;status;from;requested_on;horsepower;iban\n");
    if (means) {
        fprintf(means, "id;measure;value;method;month;checked_on;document\n");
    }
    for (unsigned i = 0; i < members; i++) {
        int asks = draw_below(random, 10) != 0;

        fprintf(file, "P%07u;%s;%s;%s;2025-11-01;%s;%u;", i,
                last_names[draw_below(random, COUNT(last_names))],
                first_names[draw_below(random, COUNT(first_names))],
                statuses[draw_below(random, COUNT(statuses))], asks ? "2025-12-15" : "",
                3 + draw_below(random, 5));
        print_iban(file, i);
        fputc('\n', file);
        if (means && draw_below(random, 20) != 0) {
            unsigned cents = 20000 + draw_below(random, 120000);

            fprintf(means,
                    "P%07u;quotient_familial;%u,%02u;%s;2026-01;2026-02-10;attestation\n",
                    i, cents / 100, cents % 100, draw_below(random, 2) ? "caf" : "msa");
        }
    }
    close_file(file);
    if (means) {
        close_file(means);
    }
}

static unsigned
session_day(const struct assembly *assembly, unsigned session)
{
    unsigned day = assembly->two_a_day ? session * 2 / 3 : session;

    return 1 + day * 3 % 31; /* 3 and 31 have no common factor */
}

static void
write_sessions(const struct assembly *assembly, unsigned sessions, const char *folder)
{
    FILE *file = open_file(folder, "sessions");

    fprintf(file, "session;date;kind;start;end;subject;within_competence\n");
    for (unsigned i = 0; i < sessions; i++) {
        fprintf(file, "S%u;2026-03-%02u;%s;%s;Sujet %u;yes\n", i,
                session_day(assembly, i), assembly->kinds[i % 2], assembly->hours[i % 2],
                i % 5);
    }
    close_file(file);
}

static void
write_claim(const struct assembly *assembly, FILE *file, unsigned member,
            unsigned session, struct random *random)
{
    unsigned size = 2 + draw_below(random, 60);
    int odd = draw_below(random, 50) == 0; /* a long way, or no receipt */

    fprintf(file, "P%07u;2026-03-%02u;S%u;%s;", member, session_day(assembly, session),
            session, assembly->category);
    if (assembly->by_kilometre) {
        fprintf(file, "%u;;", odd ? size * 25 : size);
    } else {
        fprintf(file, ";%u,%02u;", size / 4, draw_below(random, 100));
    }
    fprintf(file, "%s;2026-03-31\n", assembly->by_kilometre ? "" : odd ? "non" : "oui");
}

/* The times of a presence: an hour or two, or now and then all of the session. */
static void
write_times(FILE *file, const char *hours, struct random *random)
{
    unsigned from = (unsigned)strtoul(hours, NULL, 10) * 60;
    unsigned start = from + 5 * draw_below(random, 7);
    unsigned end = start + 60 + 5 * draw_below(random, 18);

    if (draw_below(random, 4) == 0) {
        fprintf(file, ";%s", hours);
    } else {
        fprintf(file, ";%02u:%02u;%02u:%02u", start / 60, start % 60, end / 60, end % 60);
    }
}

/* Out of twenty: sixteen present, two absent, one excused, one partial. */
static const char *
draw_attendance(struct random *random)
{
    unsigned chance = draw_below(random, 20);

    return chance < 16   ? "present"
           : chance < 18 ? "absent"
           : chance < 19 ? "excused"
                         : "partial";
}

static void
write_presences(const struct assembly *assembly, unsigned members, unsigned sessions,
                const char *folder, struct random *random)
{
    FILE *file = open_file(folder, "attendance");
    FILE *claims = assembly->category ? open_file(folder, "expenses") : NULL;

    fprintf(file, "member;session;attendance%s\n",
            assembly->has_times ? ";start;end" : "");
    if (claims) {
        fprintf(claims,
                "member;date;session;category;quantity;amount;receipt;claimed_on\n");
    }
    for (unsigned session = 0; session < sessions; session++) {
        for (unsigned member = 0; member < members; member++) {
            const char *attendance = draw_attendance(random);
            int there = attendance[0] == 'p';

            fprintf(file, "P%07u;S%u;%s", member, session, attendance);
            if (assembly->has_times && there) {
                write_times(file, assembly->hours[session % 2], random);
            } else if (assembly->has_times) {
                fprintf(file, ";;");
            }
            fputc('\n', file);
            /* A few claim the way to a session they did not come to. */
            if (claims && draw_below(random, there ? 5 : 50) == 0) {
                write_claim(assembly, claims, member, session, random);
            }
        }
    }
    close_file(file);
    if (claims) {
        close_file(claims);
    }
}

int
main(int argc, char **argv)
{
    struct random random = {20260301};
    const struct assembly *assembly = NULL;
    unsigned long members;
    unsigned long sessions;

    if (argc < 5) {
        fprintf(stderr, "usage: generate ASSEMBLY MEMBERS SESSIONS FOLDER [SEED]\n");
        return 2;
    }
    for (unsigned i = 0; i < COUNT(assemblies); i++) {
        if (strcmp(assemblies[i].name, argv[1]) == 0) {
            assembly = &assemblies[i];
        }
    }
    members = strtoul(argv[2], NULL, 10);
    sessions = strtoul(argv[3], NULL, 10);
    if (!assembly || members < 1 || members > 9999999 || sessions < 1 ||
        sessions > 1000) {
        fprintf(stderr,
                "generate: 1 to 9999999 members and 1 to 1000 sessions of marseille, "
                "poitiers or haute-garonne\n");
        return 2;
    }
    if (argc > 5) {
        random.state = strtoull(argv[5], NULL, 10);
    }
    write_members(assembly, (unsigned)members, argv[4], &random);
    write_sessions(assembly, (unsigned)sessions, argv[4]);
    write_presences(assembly, (unsigned)members, (unsigned)sessions, argv[4], &random);
    return 0;
}
