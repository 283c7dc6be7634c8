/* SPDX-License-Identifier: Apache-2.0 */
/* Which files a certificate names: all that were read, without their folders; and no fingerprint
 * of those that hold what a person could be tried for, one value after another. */
#include "certify.h"

struct tree *
run_certificate(struct run *run, uint32_t member)
{
    struct arena *keep = run->keep;
    struct certified_file *files =
        NEW_ARRAY(keep, struct certified_file, run->inputs.count + 1);
    for (size_t i = 0; i < run->inputs.count; i++) {
        const struct input *input = run->inputs.items[i];
        char sha256[65] = "";
        if (!input->confidential && !input->guessable) {
            digest_text(input->digest, sha256);
        }
        files[i] = (struct certified_file){text_file_name(input->path),
                                           arena_printf(keep, "%s", sha256)};
    }
    struct batch traced = run->batch;
    traced.traced = true;
    struct certifying certifying = {
        .batch = &traced,
        .member = member,
        .files = files,
        .file_count = run->inputs.count,
        .version = DEFRAY_VERSION,
    };
    return certificate_make(keep, &certifying);
}

uint32_t
run_find_member(struct run *run, struct text id)
{
    uint32_t member = roster_find(run->batch.roster, id);
    if (member == INDEX_NONE) {
        diag_error(run->diag, (struct where){0}, CODE_U010, "there is no member '%.*s'",
                   TEXT_ARG(id));
        diag_suggest(run->diag, roster_nearest(run->batch.roster, *run->keep, id));
    }
    return member;
}
