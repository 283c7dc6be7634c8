/* SPDX-License-Identifier: Apache-2.0 */
/* What the machine may do to the two files: a making that was broken off in the midst of writing,
 * a file that has failed before both are committed, a kernel that gives chance by the byte. */
#define _GNU_SOURCE 1

#include "../../src/ledger/ledger_parts.h"
#include "support/filed.h"
#include "support/keep.h"
#include "support/town.h"

#include <sqlite3.h>

#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

Suite *test_ledger_store_suite(void);

static struct diag *diag;

static void
set_up(void)
{
    keep_set_up();
    diag = diag_new(&keep, LANGUAGE_EN);
}

/* Chance as the tests want it: bytes 1, 2, 3 …, so many at a time; interrupted every second time;
 * or an error. */
static struct chance {
    size_t at_once; /* 0: the kernel's own chance */
    bool interrupts;
    int error;
    unsigned asked;
    uint8_t next;
} chance;

ssize_t
getrandom(void *bytes, size_t size, unsigned flags)
{
    if (chance.at_once == 0) {
        return syscall(SYS_getrandom, bytes, size, flags);
    }
    chance.asked++;
    if (chance.error != 0 || (chance.interrupts && chance.asked % 2 == 1)) {
        errno = chance.error != 0 ? chance.error : EINTR;
        return -1;
    }
    size_t count = size < chance.at_once ? size : chance.at_once;
    for (size_t i = 0; i < count; i++) {
        ((uint8_t *)bytes)[i] = ++chance.next;
    }
    return (ssize_t)count;
}

/* What the kernel refuses, by the error that it gives; 0: nothing. */
static struct refusals {
    int fstat, fchmod;
    int stat;   /* of folders */
    int access; /* but for whether there is anything */
    int folder; /* access to one, to make files in it */
} refused;

static int
answer(int done, int error)
{
    if (done == 0 && error != 0) {
        errno = error;
        return -1;
    }
    return done;
}

int
fstat(int descriptor, struct stat *out)
{
    return answer(fstatat(descriptor, "", out, AT_EMPTY_PATH), refused.fstat);
}

int
stat(const char *restrict path, struct stat *restrict out)
{
    int done = fstatat(AT_FDCWD, path, out, 0);
    return answer(done, done == 0 && S_ISDIR(out->st_mode) ? refused.stat : 0);
}

int
fchmod(int descriptor, mode_t mode)
{
    int error = answer(0, refused.fchmod);
    return error != 0 ? error : (int)syscall(SYS_fchmod, descriptor, mode);
}

int
access(const char *path, int mode)
{
    bool folder = (mode & X_OK) != 0;
    int error = mode == F_OK ? 0 : folder ? refused.folder : refused.access;
    return answer(faccessat(AT_FDCWD, path, mode, 0), error);
}

static const struct chance chances[] = {
    {32, false, 0, 0, 0},
    {1,  false, 0, 0, 0},
    {5,  false, 0, 0, 0},
    {31, true,  0, 0, 0},
};

START_TEST(a_secret_is_drawn_whole)
{
    uint8_t wanted[32];
    struct digest commitment;
    char folder[] = "/dev/shm/defray-test-XXXXXX";
    ck_assert_ptr_nonnull(mkdtemp(folder));
    const char *path = arena_printf(&keep, "%s/a", folder);
    for (size_t i = 0; i < sizeof wanted; i++) {
        wanted[i] = (uint8_t)(i + 1);
    }
    chance = chances[_i];
    ck_assert(identity_make(&keep, path, &commitment, diag));
    struct digest right = digest_of(wanted, sizeof wanted);
    ck_assert(memcmp(&commitment, &right, sizeof right) == 0);
    unlink(path);
    rmdir(folder);
}
END_TEST

START_TEST(without_chance_there_is_no_secret)
{
    struct digest commitment;
    char folder[] = "/dev/shm/defray-test-XXXXXX";
    ck_assert_ptr_nonnull(mkdtemp(folder));
    const char *path = arena_printf(&keep, "%s/a", folder);
    chance = (struct chance){.at_once = 1, .error = EIO};
    ck_assert(!identity_make(&keep, path, &commitment, diag));
    ck_assert_uint_eq(filed_with(diag, CODE_G021), 1);
    ck_assert_uint_eq(chance.asked, 1);
    unlink(path);
    rmdir(folder);
}
END_TEST

/* Somebody new is not known by a secret that was not drawn. */
START_TEST(without_chance_nobody_is_added)
{
    const char *path = NULL;
    struct ledger *ledger = town_ledger(&keep, diag, &path);
    struct town town = {.members = 1, .rate = 4000};
    struct batch *batch = town_batch(&keep, &town, 0, diag);
    chance = (struct chance){.at_once = 32, .error = EIO};
    ck_assert(!town_confirm(ledger, batch));
    ck_assert_uint_eq(filed_with(diag, CODE_G021), 1);
    chance = (struct chance){0};
    ck_assert(town_confirm(ledger, batch)); /* nothing of the first is left */
    ck_assert_uint_eq(diag_errors(diag), 1);
    ledger_close(ledger);
    town_remove(&keep, path);
}
END_TEST

static mode_t
mode_of(const char *path)
{
    struct stat found = {0};
    ck_assert_int_eq(stat(path, &found), 0);
    return found.st_mode & 07777;
}

/* Two persons, two accounts, one group: what its folder says of sharing holds for both files. */
START_TEST(a_shared_folder_shares_both_files)
{
    static const struct {
        mode_t folder, ledger, identities;
    } rows[] = {
        {0700,  0640, 0600},
        {0770,  0640, 0600},
        {02770, 0660, 0660},
    };
    struct act act = {.actor = STR("Alice"), .time = 1};
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
        char folder[] = "/dev/shm/defray-test-XXXXXX";
        ck_assert_ptr_nonnull(mkdtemp(folder));
        ck_assert_int_eq(chmod(folder, rows[i].folder), 0);
        const char *path = arena_printf(&keep, "%s/a", folder);
        umask(022);
        ck_assert(ledger_create(&keep, path, "test", &act, diag));
        ck_assert_int_eq(mode_of(path), rows[i].ledger);
        ck_assert_int_eq(mode_of(identity_path(&keep, path)), rows[i].identities);
        unlink(path);
        unlink(identity_path(&keep, path));
        rmdir(folder);
    }
}
END_TEST

/* A file that cannot be looked at, or not be shared, is not made; a folder that cannot be looked at
 * shares nothing. */
START_TEST(a_file_that_the_kernel_does_not_give)
{
    static const struct {
        struct refusals refused;
        bool made;
    } rows[] = {
        {{.fstat = EIO},    false},
        {{.fchmod = EPERM}, false},
        {{.stat = EACCES},  true },
    };
    struct act act = {.actor = STR("Alice"), .time = 1};
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
        char folder[] = "/dev/shm/defray-test-XXXXXX";
        ck_assert_ptr_nonnull(mkdtemp(folder));
        ck_assert_int_eq(chmod(folder, 02770), 0);
        const char *path = arena_printf(&keep, "%s/a", folder);
        umask(022);
        diag = diag_new(&keep, LANGUAGE_EN);
        refused = rows[i].refused;
        ck_assert_int_eq(ledger_create(&keep, path, "test", &act, diag), rows[i].made);
        refused = (struct refusals){0};
        ck_assert_uint_eq(filed_with(diag, CODE_G021), rows[i].made ? 0 : 1);
        ck_assert_uint_eq(diag_errors(diag), rows[i].made ? 0 : 1);
        if (rows[i].made) {
            ck_assert_int_eq(mode_of(path), 0640);
            ck_assert_int_eq(mode_of(identity_path(&keep, path)), 0600);
        }
        unlink(path);
        unlink(identity_path(&keep, path));
        rmdir(folder);
    }
}
END_TEST

/* A file that may not be changed by anybody is refused like one of another account; what else the
 * kernel says of it is left to whoever opens it. */
START_TEST(a_file_that_nobody_may_change)
{
    static const struct {
        int error;
        size_t told;
    } rows[] = {
        {EACCES, 1},
        {EPERM,  1},
        {EIO,    0},
    };
    const char *path = NULL;
    ledger_close(town_ledger(&keep, diag, &path));
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
        diag = diag_new(&keep, LANGUAGE_EN);
        refused.access = rows[i].error;
        struct ledger *ledger = ledger_open(&keep, path, true, diag);
        refused.access = 0;
        ck_assert_int_eq(ledger == NULL, rows[i].told == 1);
        ck_assert_uint_eq(filed_with(diag, CODE_G022), rows[i].told);
        ck_assert_uint_eq(diag_errors(diag), rows[i].told);
        if (ledger != NULL) {
            ledger_close(ledger);
        }
    }
    town_remove(&keep, path);
}
END_TEST

/* Where no journal can be made, nothing can be recorded: SQLite would say that the ledger is
 * read-only, and the advice be to free some disk space. It can be read all the same. */
START_TEST(a_folder_that_takes_no_journal)
{
    const char *path = NULL;
    ledger_close(town_ledger(&keep, diag, &path));
    diag = diag_new(&keep, LANGUAGE_EN);
    refused.folder = EACCES;
    struct ledger *written = ledger_open(&keep, path, true, diag);
    struct ledger *read = ledger_open(&keep, path, false, diag);
    refused.folder = 0;
    ck_assert_ptr_null(written);
    ck_assert_uint_eq(filed_with(diag, CODE_G022), 1);
    ck_assert_uint_eq(diag_errors(diag), 1);
    ck_assert_ptr_nonnull(read);
    ledger_close(read);
    town_remove(&keep, path);
}
END_TEST

/* Identities that lead to themselves are there, and are none. */
START_TEST(identities_that_are_a_link)
{
    const char *path = NULL;
    ledger_close(town_ledger(&keep, diag, &path));
    const char *identities = identity_path(&keep, path);
    ck_assert_int_eq(unlink(identities), 0);
    ck_assert_int_eq(symlink(identities, identities), 0);
    ck_assert_ptr_null(ledger_open(&keep, path, false, diag));
    ck_assert_uint_eq(diag_errors(diag), 1);
    ck_assert_uint_eq(filed_with(diag, CODE_G002), 1);
    town_remove(&keep, path);
}
END_TEST

/* Of a ledger that was emptied, no identities are. */
START_TEST(a_ledger_without_a_row)
{
    const char *path = NULL;
    sqlite3 *db = NULL;
    ledger_close(town_ledger(&keep, diag, &path));
    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, (int *)NULL);
    int result =
        sqlite3_exec(db, "DELETE FROM ledger; DELETE FROM event", NULL, NULL, NULL);
    ck_assert_int_eq(result, SQLITE_OK);
    sqlite3_close(db);
    ck_assert_ptr_null(ledger_open(&keep, path, false, diag));
    ck_assert_uint_eq(diag_errors(diag), 1);
    ck_assert_uint_eq(filed_with(diag, CODE_G004), 1);
    town_remove(&keep, path);
}
END_TEST

/* Whose account may not open a file is told so, and not to free some disk space. */
START_TEST(the_ledger_of_another_account)
{
    struct act act = {.actor = STR("Alice"), .time = 1};
    char folder[] = "/dev/shm/defray-test-XXXXXX";
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chmod(folder, 0777), 0);
    const char *path = arena_printf(&keep, "%s/a", folder);
    umask(022);
    ck_assert(ledger_create(&keep, path, "test", &act, diag));
    ck_assert_int_eq(chmod(path, 0644), 0);
    ck_assert_int_eq(chmod(identity_path(&keep, path), 0), 0);
    pid_t child = fork();
    if (child == 0) {
        if (geteuid() == 0 && setresuid(65534, 65534, 65534) != 0) {
            _exit(2);
        }
        bool opened = ledger_open(&keep, path, false, diag) != NULL;
        _exit(opened || filed_with(diag, CODE_G022) != 1 || diag_errors(diag) != 1);
    }
    int status = 0;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status, 0);
    unlink(path);
    unlink(identity_path(&keep, path));
    rmdir(folder);
}
END_TEST

/* Another process writes and dies: pages are in the file, and beside it stands the journal that
 * says what was there, or that there was nothing. */
static void
break_off(const char *path)
{
    pid_t child = fork();
    if (child == 0) {
        sqlite3 *db = NULL;
        int result = sqlite3_open(path, &db);
        result |= sqlite3_exec(db,
                               "PRAGMA cache_size = 1; BEGIN; CREATE TABLE a(b);"
                               "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 "
                               "FROM n WHERE i < 999) "
                               "INSERT INTO a SELECT randomblob(500) FROM n",
                               NULL, NULL, NULL);
        _exit(result);
    }
    int status = 0;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status, 0);
}

START_TEST(a_making_that_was_broken_off)
{
    const char *path = NULL;
    struct stat left = {0};
    ledger_close(town_ledger(&keep, diag, &path));
    const char *files[] = {path, identity_path(&keep, path)};
    for (size_t i = 0; i < 2; i++) {
        ck_assert_int_eq(unlink(files[i]), 0);
        break_off(files[i]);
        ck_assert(stat(files[i], &left) == 0 && left.st_size > 0);
        ck_assert_int_eq(stat(arena_printf(&keep, "%s-journal", files[i]), &left), 0);
    }
    ck_assert(ledger_create(&keep, path, "test", &town_alice, diag));
    struct ledger *ledger = ledger_open(&keep, path, false, diag);
    ck_assert_ptr_nonnull(ledger);
    ck_assert(ledger_verify(ledger));
    ledger_close(ledger);
    town_remove(&keep, path);
}
END_TEST

/* The file is gone, and its journal is not: there is nothing to undo in it. */
START_TEST(a_journal_without_its_file)
{
    const char *path = NULL;
    struct stat left = {0};
    ledger_close(town_ledger(&keep, diag, &path));
    ck_assert_int_eq(unlink(path), 0);
    break_off(path);
    ck_assert_int_eq(unlink(path), 0);
    const char *journal = arena_printf(&keep, "%s-journal", path);
    ck_assert_int_eq(stat(journal, &left), 0);
    ck_assert(ledger_create(&keep, path, "test", &town_alice, diag));
    struct ledger *ledger = ledger_open(&keep, path, false, diag);
    ck_assert_ptr_nonnull(ledger);
    ck_assert(ledger_verify(ledger));
    ck_assert_int_ne(stat(journal, &left), 0);
    ledger_close(ledger);
    town_remove(&keep, path);
}
END_TEST

/* Whoever only reads finds what was there before. */
START_TEST(a_deed_that_was_broken_off)
{
    const char *path = NULL;
    struct stat left = {0};
    ledger_close(town_ledger(&keep, diag, &path));
    break_off(path);
    const char *journal = arena_printf(&keep, "%s-journal", path);
    ck_assert_int_eq(stat(journal, &left), 0);
    struct ledger *ledger = ledger_open(&keep, path, false, diag);
    ck_assert_ptr_nonnull(ledger);
    ck_assert(ledger_verify(ledger));
    ck_assert_int_ne(stat(journal, &left), 0);
    ledger_close(ledger);
    town_remove(&keep, path);
}
END_TEST

/* Neither file is committed if one of them has failed, and nothing stays begun. */
START_TEST(both_or_neither)
{
    const char *path = NULL;
    struct ledger *ledger = town_ledger(&keep, diag, &path);
    struct link before = ledger->head;
    struct town town = {.members = 1, .rate = 4000};
    town.present[0][0] = true;
    struct batch *batch = town_batch(&keep, &town, 0, diag);
    struct ledger_members first = {(const uint32_t[]){0}, 1, false};
    size_t confirmed = 0;
    ck_assert(ledger_begin(ledger));
    ck_assert(ledger_confirm(ledger, batch, &first, &town_bernard, &confirmed));
    ck_assert_uint_eq(confirmed, 1);
    struct store *store = _i == 0 ? ledger->identity : &ledger->store;
    store->failed = true;
    ck_assert(!ledger_commit(ledger));
    ck_assert(!ledger->store.writing && !ledger->identity->writing);
    ck_assert(sqlite3_get_autocommit(ledger->store.db) != 0);
    ck_assert(sqlite3_get_autocommit(ledger->identity->db) != 0);
    ck_assert(memcmp(&ledger->head, &before, sizeof before) == 0);
    ledger_close(ledger);
    ledger = ledger_open(&keep, path, false, diag);
    ck_assert_ptr_nonnull(ledger);
    ck_assert_int_eq(ledger->head.seq, before.seq);
    ck_assert(ledger_verify(ledger));
    ledger_close(ledger);
    town_remove(&keep, path);
}
END_TEST

Suite *
test_ledger_store_suite(void)
{
    Suite *suite = suite_create("ledger_store");
    TCase *cases = tcase_create("ledger_store");
    tcase_add_checked_fixture(cases, set_up, keep_tear_down);
    tcase_add_loop_test(cases, a_secret_is_drawn_whole, 0, (int)ARRAY_COUNT(chances));
    tcase_add_test(cases, without_chance_there_is_no_secret);
    tcase_add_test(cases, without_chance_nobody_is_added);
    tcase_add_test(cases, a_shared_folder_shares_both_files);
    tcase_add_test(cases, a_file_that_the_kernel_does_not_give);
    tcase_add_test(cases, a_file_that_nobody_may_change);
    tcase_add_test(cases, a_folder_that_takes_no_journal);
    tcase_add_test(cases, identities_that_are_a_link);
    tcase_add_test(cases, a_ledger_without_a_row);
    tcase_add_test(cases, the_ledger_of_another_account);
    tcase_add_test(cases, a_making_that_was_broken_off);
    tcase_add_test(cases, a_journal_without_its_file);
    tcase_add_test(cases, a_deed_that_was_broken_off);
    tcase_add_loop_test(cases, both_or_neither, 0, 2);
    suite_add_tcase(suite, cases);
    return suite;
}
