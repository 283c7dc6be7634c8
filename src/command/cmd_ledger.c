/* SPDX-License-Identifier: Apache-2.0 */
/* defray ledger: a table of verbs. What each does is in ledger_*.c; what may be done is decided
 * by the ledger itself. */
#include "defray/bank_day.h"

#include "streams.h"
#include "verbs.h"

#include <inttypes.h>
#include <stdio.h>

static const struct where command_line = {0};

static const struct verb verbs[] = {
#define VERB(id, word, operands, summary, takes, needs, least, most) \
    {word, operands, summary, takes, needs, least, most, ledger_##id},
#include "verbs.def"
#undef VERB
};

bool
is_quiet(const struct run *run)
{
    return option_given(&run->options, OPTION_QUIET);
}

struct ledger *
open_ledger(struct run *run, bool writing)
{
    const char *path = text_string(run->keep, option_value(&run->options, OPTION_LEDGER));
    return ledger_open(run->keep, path, writing, run->diag);
}

bool
batch_number(struct run *run, int64_t *out)
{
    struct text given = run->options.operands.items[0];
    *out = 0;
    for (size_t i = 0; i < given.size && i < 10; i++) {
        bool digit = is_digit(given.data[i]);
        *out = digit && *out >= 0 ? *out * 10 + (given.data[i] - '0') : -1;
    }
    return (*out > 0 && given.size < 10) ||
           diag_error(run->diag, command_line, CODE_U006,
                      "'%.*s' is not the number of a batch", TEXT_ARG(given));
}

enum exit_status
in_ledger(struct run *run,
          bool (*deed)(struct run *run, struct ledger *ledger, const struct act *act))
{
    struct act act;
    if (!act_now(run, &act)) {
        return run_status(run);
    }
    struct ledger *ledger = open_ledger(run, true);
    bool good = ledger != NULL && ledger_begin(ledger);
    if (good && deed(run, ledger, &act)) {
        good = ledger_commit(ledger);
        run->recorded = good;
        if (!good) {
            streams_forget(); /* the deed has said that it is done */
        }
    } else if (good) {
        ledger_rollback(ledger);
    }
    ledger_close(ledger);
    return run_status(run);
}

bool
day_is_past(struct date day, const struct act *act)
{
    struct date today = {(int32_t)(act->time / SECONDS_A_DAY)};
    return !date_is_none(day) && date_compare(day, today) < 0;
}

void
notice_pay_on(struct run *run, struct date pay_on, size_t payments, const struct act *act)
{
    char day[DATE_TEXT_MAX];
    if (payments == 0 || date_is_none(pay_on)) {
        return;
    }
    if (day_is_past(pay_on, act)) {
        diag_warning(run->diag, command_line, CODE_G013,
                     "the bank is asked to pay on %s, which is past",
                     date_text(pay_on, day));
    } else if (!bank_day_is(pay_on)) {
        diag_warning(
            run->diag, command_line, CODE_G061,
            "the bank is asked to pay on %s, a day on which banks settle nothing",
            date_text(pay_on, day));
    }
}

static const struct verb *
find_verb(struct run *run, struct text word)
{
    struct text words[ARRAY_COUNT(verbs)];
    for (size_t i = 0; i < ARRAY_COUNT(verbs); i++) {
        words[i] = text_of(verbs[i].word);
        if (text_equals(words[i], word)) {
            return &verbs[i];
        }
    }
    diag_error(run->diag, command_line, CODE_U001, "unknown command 'ledger %.*s'",
               TEXT_ARG(word));
    diag_suggest(run->diag, text_nearest(*run->keep, word, words, ARRAY_COUNT(verbs)));
    return NULL;
}

/* The options that the verb does not take, those that it needs, and its operands. */
static bool
check_verb(struct run *run, const struct verb *verb)
{
    size_t before = diag_errors(run->diag);
    uint64_t taken = verb->takes | verb->needs | WITH(LEDGER) | WITH_COMMON;
    for (int i = 0; i < OPTION_COUNT; i++) {
        bool given = option_given(&run->options, (enum option_id)i);
        if (given && (taken & OPTION_BIT(i)) == 0) {
            diag_error(run->diag, command_line, CODE_U002,
                       "'defray ledger %s' has no option --%s", verb->word,
                       option_name((enum option_id)i));
        }
        if (!given && (verb->needs & OPTION_BIT(i)) != 0) {
            diag_error(run->diag, command_line, CODE_U004,
                       "'defray ledger %s' needs --%s", verb->word,
                       option_name((enum option_id)i));
        }
    }
    size_t count = run->options.operands.count;
    if (count < verb->operands_min || count > verb->operands_max) {
        diag_error(run->diag, command_line, CODE_U004, "write: defray ledger %s %s",
                   verb->word, verb->operands);
    }
    return diag_errors(run->diag) == before;
}

static enum exit_status
act(struct run *run)
{
    const struct verb *verb = find_verb(run, run->options.operands.items[0]);
    if (verb == NULL) {
        return EXIT_USAGE;
    }
    run->options.operands.items++;
    run->options.operands.count--;
    return check_verb(run, verb) ? verb->act(run) : EXIT_USAGE;
}

static bool
verb_at(size_t index, struct command_verb *out)
{
    if (index < ARRAY_COUNT(verbs)) {
        const struct verb *verb = &verbs[index];
        *out =
            (struct command_verb){verb->word, verb->takes | verb->needs | WITH(LEDGER)};
    }
    return index < ARRAY_COUNT(verbs);
}

static void
help_verbs(FILE *out, enum language language)
{
    fprintf(out, "\n%s\n", tr(language, "Verbs:"));
    for (size_t i = 0; i < ARRAY_COUNT(verbs); i++) {
        fprintf(out, "  %s %s\n        %s\n", verbs[i].word, verbs[i].operands,
                tr(language, verbs[i].summary));
    }
}

const struct command command_ledger = {
    .name = "ledger",
    .synopsis = "VERB [ARGUMENTS] --ledger FILE",
    .summary = N_("record, approve, export and follow what is paid"),
    .help = N_(
        "Keeps the ledger: nobody is paid twice, and every correction can be read. What was prepared\n"
        "counts as paid from then on. One person prepares, another approves; both are the system's\n"
        "user, or the name given with --as where two persons share a computer account.\n"
        "\n"
        "Example; town.cfg is a copy of the rules that states the payer, whose account is debited:\n"
        "  defray ledger create --ledger town.ledger\n"
        "  defray ledger confirm town.cfg --members members.csv --ledger town.ledger --as Bernard\n"
        "  defray ledger prepare town.cfg --members members.csv --sessions sessions.csv \\\n"
        "      --attendance attendance.csv --decisions decisions.csv --period 2026-03 \\\n"
        "      --pay-on 2026-04-15 --ledger town.ledger --as Alice -o march.xlsx\n"
        "  defray ledger approve 1 --ledger town.ledger --as Bernard\n"
        "  defray ledger export 1 --ledger town.ledger -o march.xml"),
    .takes = WITH(LEDGER) | WITH_ACTOR | WITH_TABLES | WITH(MEMBER) | WITH(PERIOD) |
             WITH(SINCE) | WITH(PAY_ON) | WITH(DIGEST) | WITH(OUTPUT) | WITH(SHARED) |
             WITH(CARRY) | WITH(AMOUNT) | WITH(ANCHOR),
    .needs = WITH(LEDGER),
    .operand = N_("a verb: create, confirm, prepare, approve, export…"),
    .operands_min = 1,
    .operands_max = 3,
    .more_help = help_verbs,
    .verb_at = verb_at,
    .act = act,
};
