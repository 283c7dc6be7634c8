/* SPDX-License-Identifier: Apache-2.0 */
/* Rule files made in a test. */
#include "rules_probe.h"

#include "../../src/rules/loader.h"

#include <check.h>
#include <string.h>

const char *const probe_rules =
    "format = \"defray.rules/1\";\n" /* 1 */
    "id = \"probe\"; authority = \"Ville\"; assembly = \"Assemblée\"; language = \"fr\";\n"
    "series = [ \"smic\" ];\n"
    "sources = ( { id = \"D1\"; kind = \"deliberation\"; title = \"T\"; address = \"\"; } );\n"
    "life = ( { from = \"2025-01-01\"; to = \"2026-12-31\"; source = \"D1\"; } );\n" /* 5 */
    "status = ( { from = \"2025-01-01\"; to = \"2026-12-31\"; state = \"in_force\";"
    " source = \"D1\"; } );\n"
    "stipend = {\n"
    "  label = { fr = \"Indemnité\"; en = \"Stipend\"; };\n"
    "  tariffs = ( { per = \"session\"; kinds = [ \"plenary\" ]; source = \"D1\";\n"
    "    amounts = (\n" /* 10 */
    "      { from = \"2025-01-01\"; to = \"2025-12-31\"; amount = \"40.00\"; source = \"D1\"; },\n"
    "      { from = \"2026-01-01\"; to = \"2026-12-31\"; amount = \"42.00\"; source = \"D1\"; }\n"
    "    ); } );\n"
    "  not_paid = ( { kinds = [ \"half_day\", \"evening\", \"video\", \"working_group\","
    " \"proposal_group\", \"method_committee\", \"follow_up\", \"social\" ];\n"
    "    assumption = \"a\"; reason = { fr = \"r\"; en = \"r\"; }; } );\n" /* 15 */
    "  excused = { paid = false; source = \"D1\"; };\n"
    "  statuses = { paid = [ \"drawn\", \"volunteer\" ]; assumption = \"b\"; };\n"
    "};\n"
    "expenses = { presence = { assumption = \"c\"; }; others = { source = \"D1\"; };\n"
    "  categories = (\n" /* 20 */
    "    { category = \"parking\"; also = [ \"stationnement\" ];"
    " label = { fr = \"S\"; en = \"P\"; };\n"
    "      method = \"receipt\"; unit = \"claim\"; source = \"D1\";"
    " receipt = { required = true; source = \"D1\"; }; }\n"
    "  );\n"
    "};\n"
    "examples = ( { says = \"one\"; sessions = ( {"
    " date = \"2025-05-17\"; kind = \"plenary\"; } ); due = \"40.00\"; } );\n";

const char *
probe_edit(struct arena *keep, const char *text, const char *from, const char *to)
{
    const char *at = strstr(text, from);
    if (at == NULL) {
        ck_abort_msg("'%s' is not in the file", from);
    }
    return arena_printf(keep, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
}

struct probe
probe_load(struct text path, struct text bytes)
{
    static const struct text folders[] = {
        {"rules", 5}
    };
    struct arena whole = arena_reserve((size_t)64 << 20);
    struct probe probe = {.keep = NEW(&whole, struct arena)};
    *probe.keep = whole;
    probe.diag = diag_new(probe.keep, LANGUAGE_EN);
    struct input *input = input_of(probe.keep, path, text_copy(probe.keep, bytes));
    probe.rules =
        rules_read(probe.keep, input, folders, ARRAY_COUNT(folders), probe.diag);
    return probe;
}

struct probe
probe_edited(const char *from, const char *to)
{
    struct arena room = arena_reserve((size_t)16 << 20);
    struct arena whole = room;
    const char *text = probe_edit(&room, probe_rules, from, to);
    struct probe probe = probe_load(text_of("memory/probe.cfg"), text_of(text));
    arena_release(whole);
    return probe;
}

static const char *
all_messages(struct probe *probe)
{
    size_t count = 0;
    const struct diagnostic *filed = diag_sorted(probe->diag, &count);
    const char *all = "";
    for (size_t i = 0; i < count; i++) {
        all = arena_printf(probe->keep, "%s\n%u:%u: %s [%s]", all, filed[i].where.line,
                           filed[i].where.column, filed[i].text,
                           code_page(filed[i].code)->id);
    }
    return all;
}

const struct diagnostic *
probe_refused(struct probe *probe, enum code code, uint32_t line, const char *says)
{
    size_t count = 0;
    const struct diagnostic *filed = diag_sorted(probe->diag, &count);
    ck_assert_msg(probe->rules == NULL, "loaded, %s expected", code_page(code)->id);
    for (size_t i = 0; i < count; i++) {
        if (filed[i].code == code && (line == 0 || filed[i].where.line == line) &&
            strstr(filed[i].text, says) != NULL) {
            return &filed[i];
        }
    }
    ck_abort_msg("no %s at %u with '%s', but:%s", code_page(code)->id, line, says,
                 all_messages(probe));
    return NULL;
}

void
probe_loaded(struct probe *probe)
{
    if (probe->rules == NULL) {
        ck_abort_msg("refused:%s", all_messages(probe));
    }
}

void
probe_refuses(const char *from, const char *to, enum code code, uint32_t line,
              const char *says, const char *meant)
{
    struct probe probe = probe_edited(from, to);
    const struct diagnostic *found = probe_refused(&probe, code, line, says);
    ck_assert_msg(text_equals(found->meant, text_of(meant)), "%s: '%.*s'", to,
                  TEXT_ARG(found->meant));
}

const char *
probe_text(const char *text, const char *from, const char *to)
{
    static struct arena room;
    if (room.next == NULL) {
        room = arena_reserve((size_t)1 << 24);
    }
    return probe_edit(&room, text, from, to);
}
