/* SPDX-License-Identifier: Apache-2.0 */
/* Who acts: the system's own word first, then what the person says. */
#include "actor.h"

#include "defray/limits.h"

#include <errno.h>
#include <inttypes.h>
#include <pwd.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define HOST_BYTES      256
#define SECONDS_AN_HOUR 3600

/* A reproducible test, and nothing else, sets the clock. */
static int64_t
seconds_now(void)
{
    const char *fixed = getenv("SOURCE_DATE_EPOCH");
    if (fixed != NULL && fixed[0] != '\0') {
        char *end = NULL;
        errno = 0;
        long long seconds = strtoll(fixed, &end, 10);
        if (errno == 0 && *end == '\0' && seconds >= 0) {
            return (int64_t)seconds;
        }
    }
    return (int64_t)time(NULL);
}

/* Whether the list of users was read, and had no such one: as the manual of getpwuid has it. */
static bool
has_no_name(int error)
{
    return error == 0 || error == ENOENT || error == ESRCH || error == EBADF ||
           error == EPERM;
}

struct text
actor_login(struct arena *keep)
{
    errno = 0;
    const struct passwd *user = getpwuid(getuid());
    int error = errno;
    if (user != NULL && user->pw_name != NULL && user->pw_name[0] != '\0') {
        return text_copy(keep, text_of(user->pw_name));
    }
    return has_no_name(error) ? text_of(arena_printf(keep, "uid %ld", (long)getuid()))
                              : STR("");
}

static bool
read_evidence(struct run *run, struct act *out)
{
    if (!option_given(&run->options, OPTION_EVIDENCE)) {
        return true;
    }
    const struct input *file =
        input_read(run->keep, option_value(&run->options, OPTION_EVIDENCE), CSV_BYTES_MAX,
                   true, run->diag);
    if (file == NULL) {
        return false;
    }
    char sha256[65];
    digest_text(file->digest, sha256);
    out->evidence = text_of(arena_printf(run->keep, "%s", sha256));
    return true;
}

/* What is noted is shown later, a line an act: more lines, or signs that turn or wipe a line, would
 * be acts that nobody did. */
static bool
is_plain(struct run *run, enum option_id option)
{
    struct text given = option_value(&run->options, option);
    struct text clean = diag_clean(run->keep, given);
    size_t at = 0;
    while (at < given.size && at < clean.size && given.data[at] == clean.data[at]) {
        at++;
    }
    return (at == given.size && at == clean.size) ||
           diag_error(run->diag, (struct where){0}, CODE_U006,
                      "--%s: its character %zu is none of plain writing: write words, on "
                      "one line",
                      option_name(option),
                      text_characters((struct text){given.data, at}) + 1);
}

bool
act_now(struct run *run, struct act *out)
{
    char host[HOST_BYTES] = "";
    struct text said = text_trim(option_value(&run->options, OPTION_AS));
    if (gethostname(host, sizeof host - 1) != 0) {
        host[0] = '\0';
    }
    bool plain = is_plain(run, OPTION_AS);
    if (!is_plain(run, OPTION_REASON) || !plain) {
        return false;
    }
    struct text login = run->login;
    if (login.size == 0) { /* under another name, one person would be two */
        return diag_error(run->diag, (struct where){0}, CODE_F008,
                          "who is at the computer could not be looked up");
    }
    *out = (struct act){
        .actor = said.size > 0 ? said : login,
        .login = login,
        .uid = (int64_t)getuid(),
        .host = text_copy(run->keep, text_of(host)),
        .time = seconds_now(),
        .subject = STR(""),
        .reason = option_value(&run->options, OPTION_REASON),
        .evidence = STR(""),
    };
    return read_evidence(run, out);
}

const char *
time_shown(struct arena *keep, int64_t seconds)
{
    char day[DATE_TEXT_MAX];
    int64_t days = seconds / SECONDS_A_DAY;
    int64_t rest = seconds % SECONDS_A_DAY;
    return arena_printf(
        keep, "%s %02d:%02d UTC", date_text((struct date){(int32_t)days}, day),
        (int)(rest / SECONDS_AN_HOUR), (int)(rest % SECONDS_AN_HOUR / 60));
}
