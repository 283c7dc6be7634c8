/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A ledger file that somebody wrote on. The first byte chooses: its bytes and those of its store
 * of identities are altered, and then it must be refused, or say exactly what it said before; or
 * rows are added that no act of ours would write, rightly chained, and then it may be refused or
 * not, but everything in it can be asked for. Or the rest is a file of heads that were noted.
 */
#include "defray/ledger_view.h"

#include "../../src/ledger/ledger_parts.h"
#include "support/fuzzed.h"
#include "support/memory_disk.h"
#include "support/world.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#define INPUT_MAX  2048
#define STEPS      90 /* of the life that the ledger has behind it */
#define SEED       2
#define LISTS_MAX  64 /* of what is asked for */
#define ROWS_MAX   24
#define COPIED_MAX 4096

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* The bytes that choose, taken from the front. */
struct choices {
    const uint8_t *at;
    size_t left;
};

static uint64_t
take(struct choices *choices, size_t count)
{
    uint64_t value = 0;
    for (; count > 0; count--) {
        value = value << 8 | (choices->left > 0 ? *choices->at : 0);
        choices->at += choices->left > 0;
        choices->left -= choices->left > 0;
    }
    return value;
}

static struct text
take_text(struct choices *choices, size_t count)
{
    size_t size = count < choices->left ? count : choices->left;
    struct text t = {(const char *)choices->at, size};
    choices->at += size;
    choices->left -= size;
    return t;
}

/* What a person can see of a ledger, all of it. */
struct view {
    struct entry_sink sink;
    struct arena *keep;
    struct bytes ARRAY_OF(char) bytes;
};

static void
show(struct view *view, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char *line = arena_vprintf(view->keep, format, arguments);
    va_end(arguments);
    for (; *line != '\0'; line++) {
        *ARRAY_PUSH(view->keep, &view->bytes) = *line;
    }
}

static void
show_entry(struct entry_sink *sink, const struct order_entry *entry)
{
    struct view *view = (struct view *)sink;
    show(view, "E %.*s %.*s %.*s %.*s %.*s %d %" PRId64 " %d\n", TEXT_ARG(entry->id),
         TEXT_ARG(entry->kind), TEXT_ARG(entry->component), TEXT_ARG(entry->unit),
         TEXT_ARG(entry->cause), (int)entry->day.day, entry->amount.cents,
         (int)entry->late);
}

static void
show_order(struct view *view, const struct order *order)
{
    show(view, "O %" PRId64 " %.*s %.*s %.*s %.*s %d %d %d %.*s %.*s %.*s %" PRId64 "\n",
         order->batch, TEXT_ARG(order->kind), TEXT_ARG(order->assembly),
         TEXT_ARG(order->title), TEXT_ARG(order->authority), (int)order->period.from.day,
         (int)order->period.to.day, (int)order->pay_on.day, TEXT_ARG(order->state),
         TEXT_ARG(order->digest), TEXT_ARG(order->message_id), order->approved_at);
    for (size_t i = 0; i < order->payment_count; i++) {
        const struct order_payment *one = &order->payments[i];
        show(view,
             "P %" PRId64 " %.*s %.*s %.*s %.*s %.*s %.*s %.*s %" PRId64 " %.*s %.*s\n",
             one->number, TEXT_ARG(one->id), TEXT_ARG(one->last_name),
             TEXT_ARG(one->first_name), TEXT_ARG(one->to.name), TEXT_ARG(one->to.iban),
             TEXT_ARG(one->to.bic), TEXT_ARG(one->to.town), one->amount.cents,
             TEXT_ARG(one->end_to_end), TEXT_ARG(one->answer));
    }
    for (size_t i = 0; i < order->event_count; i++) {
        const struct order_event *one = &order->events[i];
        show(view, "V %.*s %.*s %.*s %.*s %.*s %.*s %" PRId64 "\n", TEXT_ARG(one->verb),
             TEXT_ARG(one->state), TEXT_ARG(one->actor), TEXT_ARG(one->login),
             TEXT_ARG(one->subject), TEXT_ARG(one->reason), one->time);
    }
    struct arena scratch = arena_reserve(FUZZED_ROOM);
    order->entries.each(order->entries.context, scratch, &view->sink);
    arena_release(scratch);
}

static void
show_accounts(struct view *view, struct ledger *ledger)
{
    size_t count = 0;
    const struct ledger_account *accounts = ledger_accounts(view->keep, ledger, &count);
    for (size_t i = 0; i < count && i < LISTS_MAX; i++) {
        const struct ledger_account *one = &accounts[i];
        show(view, "A %.*s %.*s %" PRId64 " %" PRId64 "\n", TEXT_ARG(one->assembly),
             TEXT_ARG(one->id), one->balance.cents, one->receivable.cents);
        size_t lines = 0;
        const struct ledger_posting *postings =
            ledger_postings(view->keep, ledger, one->assembly, one->id, &lines);
        for (size_t k = 0; k < lines && k < LISTS_MAX; k++) {
            show(view, "L %" PRId64 " %" PRId64 " %.*s %.*s %.*s %.*s %.*s %" PRId64 "\n",
                 postings[k].seq, postings[k].batch, TEXT_ARG(postings[k].kind),
                 TEXT_ARG(postings[k].component), TEXT_ARG(postings[k].day),
                 TEXT_ARG(postings[k].cause), TEXT_ARG(postings[k].state),
                 postings[k].amount.cents);
        }
    }
}

static void
show_recovery(struct view *view, struct ledger *ledger, struct text assembly)
{
    const struct recovery *all = ledger_recovery(view->keep, ledger, assembly, STR(""));
    for (size_t i = 0; all != NULL && i < all->count; i++) {
        const struct recovery_debt *one = &all->items[i];
        show(view, "R %.*s %.*s %.*s %" PRId64 " %" PRId64 "\n", TEXT_ARG(one->id),
             TEXT_ARG(one->last_name), TEXT_ARG(one->town), one->listed.cents,
             one->settled.cents);
    }
}

static struct text
view_all(struct arena *keep, struct ledger *ledger)
{
    struct view view = {.sink = {show_entry}, .keep = keep};
    size_t count = 0;
    const struct ledger_batch *batches = ledger_batches(keep, ledger, &count);
    show(&view, "H %s\n", ledger_head(keep, ledger));
    for (size_t i = 0; i < count && i < LISTS_MAX; i++) {
        const struct ledger_batch *one = &batches[i];
        struct text state = one->state;
        show(&view, "B %" PRId64 " %.*s %.*s %.*s %.*s %.*s %" PRId64 "\n", one->number,
             TEXT_ARG(one->assembly), TEXT_ARG(one->from), TEXT_ARG(state),
             TEXT_ARG(one->prepared_by), TEXT_ARG(one->approved_by), one->total.cents);
        (void)ledger_state_label(LANGUAGE_FR, state);
        const struct order *order = ledger_order(keep, ledger, one->number);
        if (order != NULL) {
            show_order(&view, order);
        }
    }
    show_accounts(&view, ledger);
    show_recovery(&view, ledger, STR("town0"));
    show_recovery(&view, ledger, STR("town1"));
    return (struct text){view.bytes.items, view.bytes.count};
}

/* The ledger that is altered: a life of some steps, made once. */
struct whole {
    struct town_copy files;
    struct text view, noted;
    const char *path;
};

static const struct whole *
whole_ledger(void)
{
    static struct whole *whole;
    if (whole != NULL) {
        return whole;
    }
    static struct whole made;
    static struct world lived;
    struct world *world = &lived;
    whole = &made;
    world_open(world, SEED);
    for (int i = 0; i < STEPS; i++) {
        world_step(world);
    }
    whole->files = world_copy(&world->keep, world);
    whole->noted = text_of(world->noted);
    ledger_close(world->ledger);
    town_remove(&world->keep, world->path);
    world->path = whole->path = memory_disk_path();
    memory_disk_clear();
    world_put(world, &whole->files);
    world_reopen(world);
    assert(ledger_verify(world->ledger));
    whole->view = view_all(&world->keep, world->ledger);
    ledger_close(world->ledger);
    return whole;
}

static void
put_files(struct arena *keep, const struct whole *whole)
{
    memory_disk_clear();
    memory_disk_put(whole->path, whole->files.ledger);
    memory_disk_put(arena_printf(keep, "%s.identities", whole->path),
                    whole->files.identities);
}

/* One alteration of the bytes of a file. */
static void
alter(struct choices *choices, char *bytes, size_t *size)
{
    uint64_t what = take(choices, 1);
    size_t at = (size_t)take(choices, 3) % *size;
    size_t count = 0;
    struct text given;
    switch (what % 5) {
    case 0: bytes[at] = (char)(bytes[at] ^ 1 << take(choices, 1) % 8); break;
    case 1:
        given = take_text(choices, 1 + what / 5 % 16);
        count = given.size < *size - at ? given.size : *size - at;
        memcpy(bytes + at, given.data, count);
        break;
    case 2: *size = at < 1 ? 1 : at; break;
    case 3:
        count = (size_t)take(choices, 2) % COPIED_MAX;
        count = count < *size - at ? count : *size - at;
        memset(bytes + at, 0, count);
        break;
    default: {
        size_t from = (size_t)take(choices, 3) % *size;
        count = (size_t)take(choices, 2) % COPIED_MAX;
        count = count < *size - at ? count : *size - at;
        count = count < *size - from ? count : *size - from;
        memmove(bytes + at, bytes + from, count);
        break;
    }
    }
}

static void
alter_files(struct arena *keep, const struct whole *whole, struct choices *choices)
{
    struct text ledger = text_copy(keep, whole->files.ledger);
    struct text identities = text_copy(keep, whole->files.identities);
    while (choices->left > 0) {
        bool second = take(choices, 1) % 4 == 0;
        struct text *file = second ? &identities : &ledger;
        alter(choices, (char *)(uintptr_t)file->data, &file->size);
    }
    memory_disk_put(whole->path, ledger);
    memory_disk_put(arena_printf(keep, "%s.identities", whole->path), identities);
}

/* What stands in the columns of each table, a letter a column. */
#define I(column) "I"
#define T(column) "T"
#define B(column) "B"
static const char *const column_types[] = {
#define TABLE(id, name, columns, more) columns,
#include "../../src/ledger/tables.def"
#undef TABLE
};
#undef I
#undef T
#undef B

static struct datum
choose_datum(struct choices *choices, char type)
{
    static const char *const words[] = {
        "",           "2026-01-10", "2026-02-21", "town0",    "town1",   "right",
        "recovery",   "collected",  "posting",    "reversal", "stipend", "session",
        "prepare",    "approve",    "PREPARED",   "APPROVED", "SENT",    "SETTLED",
        "returned",   "seen",       "confirmed",  "Alice",    "Bernard", "xml",
        "2026-13-99", "M0",         "pay",        "reverse",  "en",      "CANCELLED",
    };
    uint64_t how = take(choices, 1);
    if (type == 'I') {
        return datum_integer(how < 192   ? (int64_t)how
                             : how < 224 ? -(int64_t)take(choices, 2)
                                         : (int64_t)take(choices, 8));
    }
    if (type == 'T') {
        return datum_text(how < 192 ? text_of(words[how % ARRAY_COUNT(words)])
                                    : take_text(choices, how - 192));
    }
    struct text given = take_text(choices, how % 33);
    return datum_bytes(given.data, given.size);
}

/* Rows that no act writes, in the chain as they should be. */
static void
add_rows(struct arena *keep, const struct whole *whole, struct choices *choices)
{
    struct diag *diag = diag_new(keep, LANGUAGE_EN);
    struct ledger *ledger = ledger_open(keep, whole->path, true, diag);
    assert(ledger != NULL && ledger_begin(ledger));
    for (int row = 0; row < ROWS_MAX && choices->left > 0; row++) {
        struct datum fields[32];
        size_t table = (size_t)take(choices, 1) % TABLE_COUNT;
        size_t count = table_columns((enum ledger_table)table);
        for (size_t i = 0; i < count; i++) {
            fields[i] = choose_datum(choices, column_types[table][i]);
        }
        if (chain_append(ledger, (enum ledger_table)table, fields, count) == 0) {
            break;
        }
    }
    if (ledger->store.failed || !ledger_commit(ledger)) {
        ledger_rollback(ledger);
    }
    ledger_close(ledger);
}

/* Opened, verified and asked for all that it holds. */
static void
look(struct arena *keep, const struct whole *whole, bool must_be_seen)
{
    struct diag *diag = diag_new(keep, LANGUAGE_FR);
    struct ledger *ledger = ledger_open(keep, whole->path, false, diag);
    if (ledger == NULL) {
        assert(diag_errors(diag) > 0);
        return;
    }
    bool holds = ledger_verify(ledger);
    assert(holds == (diag_errors(diag) == 0));
    struct text view = view_all(keep, ledger);
    if (holds && must_be_seen && diag_errors(diag) == 0) {
        assert(text_equals(view, whole->view));
    }
    ledger_close(ledger);
}

static void
compare_heads(struct arena *keep, const struct whole *whole, struct text given)
{
    struct diag *diag = diag_new(keep, LANGUAGE_FR);
    struct ledger *ledger = ledger_open(keep, whole->path, false, diag);
    struct input *anchor = input_of(keep, STR("anchor"), given);
    assert(ledger != NULL);
    assert(ledger_verify_anchor(ledger, anchor) == (diag_errors(diag) == 0));
    ledger_close(ledger);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size < 1 || size > INPUT_MAX) {
        return 0;
    }
    memory_disk_begin();
    const struct whole *whole = whole_ledger();
    struct arena start = fuzzed_begin();
    struct arena keep = start;
    struct choices choices = {bytes + 1, size - 1};
    put_files(&keep, whole);
    switch (bytes[0] % 4) {
    case 0: compare_heads(&keep, whole, take_text(&choices, size)); break;
    case 1:
        add_rows(&keep, whole, &choices);
        look(&keep, whole, false);
        break;
    default:
        alter_files(&keep, whole, &choices);
        look(&keep, whole, true);
        break;
    }
    fuzzed_end(start);
    memory_disk_end();
    return 0;
}
