/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The batch that is recorded, made again from the tables, the rules and the ledger as it was before
 * it. Its fingerprint says whether it is the same: all that it pays is in it. What was confirmed,
 * paid back or prepared since has no part in it, nor has who repeats the command.
 */
#include "prepare_again.h"

#include "pay.h"

/* Says nothing of what it sees: that is said of what is written. */
static bool
foresee(struct run *run, struct ledger *ledger, const struct recording *recording,
        struct recorded *out)
{
    struct recording again = *recording;
    again.summary = batch_summarise(run->keep, &run->batch, NULL, run->progress);
    return ledger_foresee(ledger, &again, out);
}

static bool
is_made_again(struct run *run, struct ledger *ledger, const struct recording *recording,
              const struct prepared *batch, struct again *out)
{
    struct recorded *recorded = &out->recorded;
    ledger_look_back(ledger, batch);
    bool good = pay_read_history(run, ledger, batch->actor) &&
                foresee(run, ledger, recording, recorded);
    ledger_look_back(ledger, NULL);
    if (good && recorded->batch == batch->batch &&
        digest_same(recorded->digest, batch->digest)) {
        recorded->done = true;
        out->same = batch;
    }
    return good;
}

bool
prepare_again(struct run *run, struct ledger *ledger, const struct recording *recording,
              struct again *out)
{
    const struct history *now = run->batch.history;
    bool named = option_given(&run->options, OPTION_DIGEST);
    struct text digits = option_value(&run->options, OPTION_DIGEST);
    struct recorded next = {0};
    size_t count = 0;
    *out = (struct again){0};
    if (!option_given(&run->options, OPTION_OUTPUT)) {
        return true;
    }
    const struct prepared *batches =
        ledger_prepared(run->keep, ledger, &run->batch, digits, &count);
    bool good = count == 0 || foresee(run, ledger, recording, &next);
    if (good && (named || next.batch == 0)) {
        for (size_t i = 0; i < count && good && out->same == NULL; i++) {
            good = is_made_again(run, ledger, recording, &batches[i], out);
        }
    }
    if (out->same == NULL) {
        out->recorded = (struct recorded){0};
        out->other = count > 0 && next.batch == 0 ? batches[0].batch : 0;
        run->batch.history = now;
    }
    return good;
}
