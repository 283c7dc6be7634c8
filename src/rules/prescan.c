/* SPDX-License-Identifier: Apache-2.0 */
/* The strict pre-scan: bytes, then tokens, then the shape they make. */
#include "prescan.h"

#include "defray/limits.h"
#include "defray/map.h"

#include "lexer.h"
#include "settings.h"

#include <string.h>

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

enum expected { /* what may come next inside a bracket */
                EXPECT_NAME,
                EXPECT_EQUALS,
                EXPECT_VALUE,
                EXPECT_END_OF_SETTING,
                EXPECT_FIRST,   /* of a list: an element, or its end */
                EXPECT_ELEMENT, /* after a comma */
                EXPECT_COMMA,
                EXPECT_ANYTHING /* lost: up to the next ';' or closing bracket */
};

struct frame {
    char bracket;      /* '{' also for the file itself */
    struct token open; /* where it was opened */
    enum expected expected;
    enum token_kind element; /* of an array: all are of one kind */
    size_t number;           /* distinguishes groups, for duplicate keys */
    size_t keys;
    bool named; /* it is the value of a key, not an element */
};

struct scan {
    struct lexer lexer;
    struct arena *keep;
    struct frame frames[RULES_DEPTH_MAX + 1];
    size_t depth;
    size_t groups;
    struct map keys;
    struct places places;
    struct token last_text; /* to tell two adjacent texts */
    struct token last_comma;
    bool stray, after_stray; /* a ';' or ',' too many is this token, or the one before */
    bool stop;
};

static bool
fault(struct scan *scan, struct token token, enum code code, const char *text)
{
    scan->lexer.faults++;
    return diag_error(scan->lexer.diag, lexer_where(&scan->lexer, token), code, "%s",
                      tr(diag_language(scan->lexer.diag), text));
}

static struct frame *
top(struct scan *scan)
{
    return &scan->frames[scan->depth];
}

static void
push_place(struct scan *scan, struct token token, struct text name)
{
    if (scan->places.count == RULES_SETTINGS_MAX) {
        scan->lexer.faults++;
        diag_error(scan->lexer.diag, lexer_where(&scan->lexer, token), CODE_R003,
                   "more than %d settings in the file", RULES_SETTINGS_MAX);
        scan->stop = true;
        return;
    }
    *ARRAY_PUSH(scan->keep, &scan->places) =
        (struct place){.name = name, .line = token.line, .column = token.column};
}

static void
take_name(struct scan *scan, struct token token)
{
    struct frame *frame = top(scan);
    if (frame->keys++ == RULES_KEYS_MAX) {
        scan->lexer.faults++;
        diag_error(scan->lexer.diag, lexer_where(&scan->lexer, token), CODE_R003,
                   "more than %d keys in a group", RULES_KEYS_MAX);
        scan->stop = true;
        return;
    }
    const char *key =
        arena_printf(scan->keep, "%zu.%.*s", frame->number, TEXT_ARG(token.text));
    uint32_t mine = (uint32_t)scan->places.count;
    uint32_t first = map_insert(scan->keep, &scan->keys, text_of(key), mine);
    push_place(scan, token, token.text);
    frame->expected = EXPECT_EQUALS;
    if (first != mine) {
        scan->lexer.faults++;
        diag_error(scan->lexer.diag, lexer_where(&scan->lexer, token), CODE_R012,
                   "key '%.*s' is stated twice in its group", TEXT_ARG(token.text));
        diag_other_place(scan->lexer.diag,
                         (struct where){.input = scan->lexer.input,
                                        .line = scan->places.items[first].line,
                                        .column = scan->places.items[first].column});
    }
}

/* A value is complete: what its container waits for now. */
static void
after_value(struct scan *scan)
{
    struct frame *frame = top(scan);
    if (frame->expected != EXPECT_ANYTHING) {
        frame->expected = frame->bracket == '{' ? EXPECT_END_OF_SETTING : EXPECT_COMMA;
    }
}

static void
check_element(struct scan *scan, struct token token)
{
    struct frame *frame = top(scan);
    if (frame->bracket == '{') {
        return;
    }
    push_place(scan, token, STR(""));
    if (frame->bracket != '[' || token.kind == TOKEN_REFUSED) {
        return;
    }
    if (token.kind == TOKEN_OPEN) {
        fault(
            scan, token, CODE_R014,
            N_("a bracket inside an array (write the outer one as a list, with parentheses)"));
    } else if (frame->element != TOKEN_END && frame->element != token.kind) {
        fault(scan, token, CODE_R014,
              N_("the elements of an array are not all of one type"));
    }
    frame->element = token.kind;
}

static void
open_bracket(struct scan *scan, struct token token)
{
    bool element = top(scan)->bracket != '{';
    if (top(scan)->expected != EXPECT_ANYTHING) {
        check_element(scan, token);
    }
    if (scan->depth == RULES_DEPTH_MAX) {
        scan->lexer.faults++;
        diag_error(scan->lexer.diag, lexer_where(&scan->lexer, token), CODE_R003,
                   "more than %d brackets within one another", RULES_DEPTH_MAX);
        scan->stop = true;
        return;
    }
    char bracket = token.text.data[0];
    scan->frames[++scan->depth] =
        (struct frame){.bracket = bracket,
                       .open = token,
                       .expected = bracket == '{' ? EXPECT_NAME : EXPECT_FIRST,
                       .element = TOKEN_END,
                       .number = ++scan->groups,
                       .named = !element};
}

static char
closing_of(char bracket)
{
    return bracket == '{' ? '}' : bracket == '(' ? ')' : ']';
}

static void
expect_complete(struct scan *scan, struct token token)
{
    enum expected expected = top(scan)->expected;
    if (expected == EXPECT_ELEMENT) {
        fault(scan, scan->last_comma, CODE_R011, N_("a comma after the last element"));
    } else if (expected == EXPECT_EQUALS || expected == EXPECT_VALUE) {
        fault(scan, token, CODE_R014, N_("a key without a value"));
    }
}

static void
close_bracket(struct scan *scan, struct token token)
{
    expect_complete(scan, token);
    if (scan->depth == 0) {
        fault(scan, token, CODE_R013, N_("a closing bracket that nothing opened"));
        return;
    }
    struct frame *frame = top(scan);
    if (token.text.data[0] != closing_of(frame->bracket)) {
        scan->lexer.faults++;
        diag_error(scan->lexer.diag, lexer_where(&scan->lexer, token), CODE_R013,
                   "'%.*s' closes what '%c' opened", TEXT_ARG(token.text),
                   frame->bracket);
        diag_other_place(scan->lexer.diag, lexer_where(&scan->lexer, frame->open));
        scan->stop = true; /* what follows could only be guessed */
        return;
    }
    scan->depth--;
    after_value(scan);
}

static void
take_value(struct scan *scan, struct token token)
{
    if (token.kind == TOKEN_NAME) {
        scan->lexer.faults++;
        diag_error(scan->lexer.diag, lexer_where(&scan->lexer, token), CODE_R014,
                   "'%.*s' without quotes (write \"%.*s\")", TEXT_ARG(token.text),
                   TEXT_ARG(token.text));
    }
    check_element(scan, token);
    after_value(scan);
    scan->last_text = token;
}

/* What is missing before a bracket is told, and what the bracket holds is read all the same: each
 * bracket then finds its own end. */
static void
open_unexpected(struct scan *scan, struct token token)
{
    struct frame *frame = top(scan);
    if (frame->expected == EXPECT_EQUALS) {
        frame->expected = EXPECT_VALUE;
    } else if (frame->expected != EXPECT_COMMA || frame->bracket == '[') {
        frame->expected = EXPECT_ANYTHING;
    }
    open_bracket(scan, token);
}

static void
lose(struct scan *scan, struct token token)
{
    static const char *const texts[] = {
        [EXPECT_NAME] = N_("a key is expected here"),
        [EXPECT_EQUALS] = N_("'=' is expected after the key"),
        [EXPECT_VALUE] = N_("a value is expected here"),
        [EXPECT_END_OF_SETTING] = N_("';' is expected after the value"),
        [EXPECT_FIRST] = N_("an element of the list, or its end, is expected here"),
        [EXPECT_ELEMENT] = N_("an element of the list is expected here"),
        [EXPECT_COMMA] = N_("a comma is expected between two elements"),
    };
    struct frame *frame = top(scan);
    bool comma = token.kind == TOKEN_COMMA;
    bool opens = token.kind == TOKEN_OPEN;
    bool told = token.kind == TOKEN_REFUSED || (opens && scan->after_stray);
    if (!told) {
        fault(scan, token, comma ? CODE_R011 : CODE_R014,
              comma ? N_("a comma where no comma can stand") : texts[frame->expected]);
    }
    if (opens) {
        open_unexpected(scan, token);
    } else if (token.kind == TOKEN_SEMICOLON && frame->bracket == '{') {
        frame->expected = EXPECT_NAME;
    } else if (!comma || frame->bracket == '{') {
        frame->expected = EXPECT_ANYTHING;
    }
}

/* Where a key may stand: the setting before it has ended already. */
static void
refuse_stray(struct scan *scan, struct token token)
{
    bool comma = token.kind == TOKEN_COMMA;
    fault(scan, token, comma ? CODE_R011 : CODE_R014,
          comma ? N_("a comma where no comma can stand")
                : N_("a ';' that ends no setting (remove it)"));
    scan->stray = true;
}

static bool
is_value(struct token token)
{
    return token.kind == TOKEN_TEXT || token.kind == TOKEN_INTEGER ||
           token.kind == TOKEN_BOOLEAN || token.kind == TOKEN_NAME ||
           token.kind == TOKEN_REFUSED;
}

static void
refuse_adjacent(struct scan *scan, struct token token)
{
    fault(scan, token, CODE_R010,
          N_("two texts without a comma between them (they would be joined into one)"));
    diag_other_place(scan->lexer.diag, lexer_where(&scan->lexer, scan->last_text));
    scan->last_text = token;
}

static void
take_in_group(struct scan *scan, struct token token)
{
    struct frame *frame = top(scan);
    bool ends = token.kind == TOKEN_SEMICOLON || token.kind == TOKEN_COMMA;
    if (frame->expected == EXPECT_END_OF_SETTING && ends) {
        frame->expected = EXPECT_NAME;
    } else if (frame->expected == EXPECT_NAME && ends) {
        refuse_stray(scan, token);
    } else if (frame->expected == EXPECT_END_OF_SETTING && token.kind == TOKEN_TEXT &&
               scan->last_text.kind == TOKEN_TEXT) {
        refuse_adjacent(scan, token);
    } else if ((frame->expected == EXPECT_NAME ||
                frame->expected == EXPECT_END_OF_SETTING) &&
               token.kind == TOKEN_NAME) {
        take_name(scan, token);
    } else if (frame->expected == EXPECT_EQUALS && token.kind == TOKEN_EQUALS) {
        frame->expected = EXPECT_VALUE;
    } else if (frame->expected == EXPECT_VALUE && is_value(token)) {
        take_value(scan, token);
    } else if (frame->expected == EXPECT_VALUE && token.kind == TOKEN_OPEN) {
        open_bracket(scan, token);
    } else {
        lose(scan, token);
    }
}

static void
take_in_list(struct scan *scan, struct token token)
{
    struct frame *frame = top(scan);
    bool element = frame->expected == EXPECT_FIRST || frame->expected == EXPECT_ELEMENT;
    if (element && is_value(token)) {
        take_value(scan, token);
    } else if (element && token.kind == TOKEN_OPEN) {
        open_bracket(scan, token);
    } else if (frame->expected == EXPECT_COMMA && token.kind == TOKEN_COMMA) {
        frame->expected = EXPECT_ELEMENT;
        scan->last_comma = token;
    } else if (frame->expected == EXPECT_COMMA && token.kind == TOKEN_TEXT &&
               scan->last_text.kind == TOKEN_TEXT) {
        refuse_adjacent(scan, token);
    } else {
        lose(scan, token);
    }
}

static void
take_lost(struct scan *scan, struct token token)
{
    struct frame *frame = top(scan);
    if (token.kind == TOKEN_OPEN) {
        open_bracket(scan, token);
    } else if (token.kind == TOKEN_SEMICOLON && frame->bracket == '{') {
        frame->expected = EXPECT_NAME;
    } else if (token.kind == TOKEN_COMMA && frame->bracket != '{') {
        frame->expected = EXPECT_ELEMENT;
        scan->last_comma = token;
    }
}

static void
take(struct scan *scan, struct token token)
{
    scan->after_stray = scan->stray;
    scan->stray = false;
    if (token.kind == TOKEN_CLOSE) {
        close_bracket(scan, token);
    } else if (top(scan)->expected == EXPECT_ANYTHING) {
        take_lost(scan, token);
    } else if (top(scan)->bracket == '{') {
        take_in_group(scan, token);
    } else {
        take_in_list(scan, token);
    }
    if (token.kind != TOKEN_TEXT) {
        scan->last_text = (struct token){.kind = TOKEN_END};
    }
}

static void
scan_end(struct scan *scan, struct token end)
{
    if (scan->lexer.swallowed) {
        return; /* whatever is unfinished may end in what the comment took */
    }
    if (scan->depth == 0) {
        expect_complete(scan, end);
    }
    for (; scan->depth > 0; scan->depth--) {
        fault(scan, top(scan)->open, CODE_R013,
              N_("a bracket opened here is never closed"));
    }
}

static bool
fault_at(struct scan *scan, size_t offset, const char *text)
{
    struct token token = {.kind = TOKEN_REFUSED, .line = 1, .column = 1};
    for (size_t i = 0; i < offset; i++) {
        unsigned char byte = (unsigned char)scan->lexer.bytes.data[i];
        if (byte == '\n') {
            token.line++;
            token.column = 1;
        } else if ((byte & 0xC0U) != 0x80U) {
            token.column++;
        }
    }
    return fault(scan, token, CODE_R002, text);
}

/* U+202A to U+202E and U+2066 to U+2069 reorder what a reader sees. Of the three bytes, the first
 * is known to be theirs. */
static bool
is_reordering(const char *bytes)
{
    unsigned char second = (unsigned char)bytes[1];
    unsigned char third = (unsigned char)bytes[2];
    return (second == 0x80U && third >= 0xAAU && third <= 0xAEU) ||
           (second == 0x81U && third >= 0xA6U && third <= 0xA9U);
}

/* What some editors show as the end of a line, where for others, and here, the line goes on: a
 * comment would hide the setting that is seen below it. */
static bool
is_other_line_end(struct text bytes, size_t at)
{
    struct text rest = {bytes.data + at, bytes.size - at};
    return (rest.data[0] == '\r' && (rest.size == 1 || rest.data[1] != '\n')) ||
           text_starts_with(rest, STR("\xC2\x85")) ||
           text_starts_with(rest, STR("\xE2\x80\xA8")) ||
           text_starts_with(rest, STR("\xE2\x80\xA9"));
}

static bool
check_bytes(struct scan *scan)
{
    struct text bytes = scan->lexer.bytes;
    size_t bad = text_utf8_check(bytes);
    if (bad < bytes.size) {
        return fault_at(scan, bad, N_("byte that is not UTF-8 (save the file as UTF-8)"));
    }
    for (size_t i = 0; i < bytes.size; i++) {
        unsigned char byte = (unsigned char)bytes.data[i];
        if (byte == 0) {
            return fault_at(scan, i, N_("NUL byte in the text"));
        }
        if ((byte < 0x20U && byte != '\n' && byte != '\r' && byte != '\t') ||
            byte == 0x7FU) {
            return fault_at(scan, i, N_("control character in the text"));
        }
        if ((byte == '\r' || byte >= 0xC2U) && is_other_line_end(bytes, i)) {
            return fault_at(
                scan, i,
                N_("line end that is not one everywhere (a line ends with LF, or CR LF)"));
        }
        if (byte == 0xE2U && is_reordering(bytes.data + i)) {
            return fault_at(scan, i,
                            N_("character that changes the direction of writing"));
        }
    }
    return true;
}

static struct text
without_mark(struct text bytes)
{
    if (text_starts_with(bytes, STR(BYTE_ORDER_MARK))) {
        return (struct text){bytes.data + 3, bytes.size - 3};
    }
    return bytes;
}

bool
prescan_check(struct arena *keep, struct input *input, struct scanned *out,
              struct diag *diag)
{
    struct where whole = {.input = input};
    struct text bytes = without_mark(input->bytes);
    if (bytes.size > RULES_BYTES_MAX) {
        return diag_error(diag, whole, CODE_R003, "file of %zu bytes is larger than %zu",
                          bytes.size, RULES_BYTES_MAX);
    }
    struct scan scan = {.keep = keep, .lexer = lexer_new(keep, input, diag)};
    scan.lexer.bytes = bytes;
    scan.frames[0] = (struct frame){.bracket = '{', .expected = EXPECT_NAME};
    bool settings = settings_begin(bytes);
    input->confidential = input->confidential || !settings;
    if (!check_bytes(&scan)) {
        return false;
    }
    if (!settings) {
        return diag_error(diag, whole, CODE_R038,
                          "this is no file of settings: it does not begin with one "
                          "(name = value)");
    }
    input->utf8 = bytes;
    struct token token = lexer_next(&scan.lexer);
    while (token.kind != TOKEN_END && !scan.stop &&
           scan.lexer.faults < RULES_FAULTS_MAX) {
        take(&scan, token);
        token = lexer_next(&scan.lexer);
    }
    if (token.kind == TOKEN_END && !scan.stop) {
        scan_end(&scan, token);
    }
    if (scan.lexer.faults == 0 && scan.places.count == 0) {
        return diag_error(diag, whole, CODE_R015, "the file states nothing");
    }
    char *clean = arena_alloc(keep, bytes.size + 2, 1, 1);
    memcpy(clean, bytes.data, bytes.size);
    clean[bytes.size] = '\n';
    *out = (struct scanned){.clean = clean, .places = scan.places};
    return scan.lexer.faults == 0;
}
