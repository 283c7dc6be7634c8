/* SPDX-License-Identifier: Apache-2.0 */
/* Tokens: what libconfig would misread is refused here, with what to write instead. */
#include "lexer.h"

#include "defray/limits.h"

#include <string.h>

#define INTEGER_DIGITS_MAX 10

struct lexer
lexer_new(struct arena *keep, const struct input *input, struct diag *diag)
{
    return (struct lexer){.input = input,
                          .bytes = input->utf8,
                          .line = 1,
                          .column = 1,
                          .keep = keep,
                          .diag = diag};
}

struct where
lexer_where(const struct lexer *lexer, struct token token)
{
    return (struct where){
        .input = lexer->input, .line = token.line, .column = token.column};
}

/* The byte `ahead` of the current one; 0 at the end (the text holds no NUL). */
static char
peek(const struct lexer *lexer, size_t ahead)
{
    size_t at = lexer->at + ahead;
    return at < lexer->bytes.size ? lexer->bytes.data[at] : '\0';
}

/* Columns count characters, so the bytes that continue one do not move it. */
static void
advance(struct lexer *lexer)
{
    char byte = lexer->bytes.data[lexer->at++];
    if (byte == '\n') {
        lexer->line++;
        lexer->column = 1;
    } else if (((unsigned char)byte & 0xC0U) != 0x80U) {
        lexer->column++;
    }
}

static struct token
start(const struct lexer *lexer, enum token_kind kind)
{
    return (struct token){
        .kind = kind,
        .text = {lexer->bytes.data + lexer->at, 0},
        .line = lexer->line,
        .column = lexer->column
    };
}

static struct token
finish(const struct lexer *lexer, struct token token)
{
    token.text.size = (size_t)(lexer->bytes.data + lexer->at - token.text.data);
    return token;
}

static bool
is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static void
skip_line(struct lexer *lexer)
{
    while (lexer->at < lexer->bytes.size && peek(lexer, 0) != '\n') {
        advance(lexer);
    }
}

static void
skip_block(struct lexer *lexer)
{
    struct token opening = start(lexer, TOKEN_REFUSED);
    advance(lexer);
    advance(lexer);
    while (lexer->at < lexer->bytes.size) {
        if (peek(lexer, 0) == '*' && peek(lexer, 1) == '/') {
            advance(lexer);
            advance(lexer);
            return;
        }
        advance(lexer);
    }
    lexer->faults++;
    lexer->swallowed = true;
    diag_error(
        lexer->diag, lexer_where(lexer, opening), CODE_R005,
        "comment opened here is never closed: the rest of the file would be ignored");
}

static void
skip_blank(struct lexer *lexer)
{
    while (lexer->at < lexer->bytes.size) {
        char c = peek(lexer, 0);
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
            advance(lexer);
        } else if (c == '#' || (c == '/' && peek(lexer, 1) == '/')) {
            skip_line(lexer);
        } else if (c == '/' && peek(lexer, 1) == '*') {
            skip_block(lexer);
        } else {
            return;
        }
    }
}

static void
check_escape(struct lexer *lexer)
{
    char next = peek(lexer, 1);
    if (next == '"' || next == '\\') {
        return;
    }
    lexer->faults++;
    diag_error(
        lexer->diag, lexer_where(lexer, start(lexer, TOKEN_TEXT)), CODE_R014,
        "'\\' in a text starts nothing known (write \\\\ for a backslash, \\\" for a quote)");
}

static struct token
read_text(struct lexer *lexer)
{
    struct token token = start(lexer, TOKEN_TEXT);
    advance(lexer);
    while (lexer->at < lexer->bytes.size && peek(lexer, 0) != '\n' &&
           peek(lexer, 0) != '"') {
        if (peek(lexer, 0) == '\\') {
            check_escape(lexer);
            if (peek(lexer, 1) == '"' || peek(lexer, 1) == '\\') {
                advance(lexer);
            }
        }
        advance(lexer);
    }
    if (peek(lexer, 0) != '"') {
        lexer->faults++;
        diag_error(lexer->diag, lexer_where(lexer, token), CODE_R004,
                   "text opened here is not closed on its line");
        return finish(lexer, token);
    }
    advance(lexer);
    token = finish(lexer, token);
    if (token.text.size - 2 > RULES_STRING_MAX) {
        lexer->faults++;
        diag_error(lexer->diag, lexer_where(lexer, token), CODE_R003,
                   "text of %zu bytes is longer than %d", token.text.size - 2,
                   RULES_STRING_MAX);
    }
    return token;
}

/* What a number that is refused looks like, and what to write instead. */
static bool
is_decimal(struct text t)
{
    size_t marks = 0;
    for (size_t i = 0; i < t.size; i++) {
        marks += t.data[i] == '.' || t.data[i] == ',';
        if (!is_digit(t.data[i]) && t.data[i] != '.' && t.data[i] != ',' && i > 0) {
            return false;
        }
    }
    return marks == 1 && is_digit(t.data[t.size - 1]) && is_digit(t.data[0]);
}

static bool
is_exponent(struct text t)
{
    size_t i = 0;
    while (i < t.size && (is_digit(t.data[i]) || t.data[i] == '.' || t.data[i] == '-')) {
        i++;
    }
    return i < t.size && i > 0 && (t.data[i] == 'e' || t.data[i] == 'E');
}

static bool
is_hex(struct text t)
{
    return t.size > 2 && t.data[0] == '0' && (t.data[1] == 'x' || t.data[1] == 'X');
}

static struct token
refuse_number(struct lexer *lexer, struct token token)
{
    struct where where = lexer_where(lexer, token);
    struct text t = token.text;
    int shown = t.size > 40 ? 40 : (int)t.size;
    lexer->faults++;
    token.kind = TOKEN_REFUSED;
    if (is_decimal(t)) {
        char *fixed = arena_alloc(lexer->keep, t.size + 1, 1, 1);
        memcpy(fixed, t.data, t.size);
        for (size_t i = 0; i < t.size; i++) {
            fixed[i] = fixed[i] == ',' ? '.' : fixed[i];
        }
        diag_error(lexer->diag, where, CODE_R007,
                   "'%.*s' is a bare decimal number (write \"%.*s\")", shown, t.data,
                   shown, fixed);
    } else if (is_hex(t)) {
        diag_error(lexer->diag, where, CODE_R008,
                   "'%.*s' is hexadecimal (write a plain whole number)", shown, t.data);
    } else if (is_exponent(t) || memchr(t.data, '.', t.size) != NULL) {
        diag_error(
            lexer->diag, where, CODE_R007,
            "'%.*s' is a bare decimal number (write the amount between quotes, \"12.50\")",
            shown, t.data);
    } else {
        diag_error(
            lexer->diag, where, CODE_R008,
            "'%.*s' is not a plain whole number (write it between quotes if it is a text)",
            shown, t.data);
    }
    return token;
}

/* Digits with an optional minus sign. */
static bool
is_whole(struct text t)
{
    size_t i = t.data[0] == '-' ? 1 : 0;
    if (i == t.size) {
        return false;
    }
    for (; i < t.size; i++) {
        if (!is_digit(t.data[i])) {
            return false;
        }
    }
    return true;
}

/* The library keeps 32 bits of a whole number without saying so. */
static bool
fits_int32(struct text t)
{
    bool negative = t.data[0] == '-';
    size_t digits = t.size - (negative ? 1 : 0);
    int64_t value = 0;
    if (digits > INTEGER_DIGITS_MAX) {
        return false;
    }
    for (size_t i = negative ? 1 : 0; i < t.size; i++) {
        value = value * 10 + (t.data[i] - '0');
    }
    return value <= (negative ? -(int64_t)INT32_MIN : (int64_t)INT32_MAX);
}

static bool
has_leading_zero(struct text t)
{
    size_t i = t.data[0] == '-' ? 1 : 0;
    return t.size - i > 1 && t.data[i] == '0';
}

static bool
in_number(const struct lexer *lexer)
{
    char c = peek(lexer, 0);
    if (c == ',') { /* "77,49" without a space: a decimal comma, not two numbers */
        return is_digit(peek(lexer, 1));
    }
    return is_digit(c) || is_letter(c) || c == '.' || c == '-' || c == '+' || c == '_';
}

static struct token
read_number(struct lexer *lexer)
{
    struct token token = start(lexer, TOKEN_INTEGER);
    while (lexer->at < lexer->bytes.size && in_number(lexer)) {
        advance(lexer);
    }
    token = finish(lexer, token);
    if (!is_whole(token.text)) {
        return refuse_number(lexer, token);
    }
    int shown = token.text.size > 40 ? 40 : (int)token.text.size;
    if (has_leading_zero(token.text)) {
        lexer->faults++;
        token.kind = TOKEN_REFUSED;
        diag_error(
            lexer->diag, lexer_where(lexer, token), CODE_R008,
            "'%.*s' begins with a zero, which would be lost (write \"%.*s\" if it is a code)",
            shown, token.text.data, shown, token.text.data);
    } else if (!fits_int32(token.text)) {
        lexer->faults++;
        token.kind = TOKEN_REFUSED;
        diag_error(lexer->diag, lexer_where(lexer, token), CODE_R009,
                   "'%.*s' lies beyond 2147483647 (write an amount between quotes)",
                   shown, token.text.data);
    }
    return token;
}

static bool
is_boolean(struct text t)
{
    return text_equals(t, STR("true")) || text_equals(t, STR("false"));
}

static bool
is_boolean_in_capitals(struct arena *keep, struct text t)
{
    if (t.size < 4 || t.size > 5) {
        return false; /* nearly all names, and nothing is made of them */
    }
    return is_boolean(text_fold(keep, t));
}

static struct token
read_name(struct lexer *lexer)
{
    struct token token = start(lexer, TOKEN_NAME);
    while (is_letter(peek(lexer, 0)) || is_digit(peek(lexer, 0)) ||
           peek(lexer, 0) == '_' || peek(lexer, 0) == '-') {
        advance(lexer);
    }
    token = finish(lexer, token);
    if (is_boolean(token.text)) {
        token.kind = TOKEN_BOOLEAN;
    } else if (is_boolean_in_capitals(lexer->keep, token.text)) {
        lexer->faults++;
        token.kind = TOKEN_REFUSED;
        diag_error(lexer->diag, lexer_where(lexer, token), CODE_R014,
                   "'%.*s' is neither true nor false (write them in lower case)",
                   TEXT_ARG(token.text));
    }
    return token;
}

/* A run of bytes that begin nothing: reported once. */
static struct token
read_stray(struct lexer *lexer)
{
    struct token token = start(lexer, TOKEN_REFUSED);
    lexer->faults++;
    if (peek(lexer, 0) == '@') {
        advance(lexer);
        while (is_letter(peek(lexer, 0))) {
            advance(lexer);
        }
        token = finish(lexer, token);
        skip_line(lexer);
        diag_error(lexer->diag, lexer_where(lexer, token), CODE_R006,
                   "'%.*s' is refused: a rule file holds everything it states",
                   TEXT_ARG(token.text));
        return token;
    }
    do {
        advance(lexer);
    } while (((unsigned char)peek(lexer, 0) & 0xC0U) == 0x80U);
    token = finish(lexer, token);
    while ((unsigned char)peek(lexer, 0) >= 0x80U) {
        advance(lexer);
    }
    diag_error(lexer->diag, lexer_where(lexer, token), CODE_R014,
               "'%.*s' stands outside quotes (texts go between double quotes)",
               TEXT_ARG(token.text));
    return token;
}

struct token
lexer_next(struct lexer *lexer)
{
    static const struct {
        char byte;
        enum token_kind kind;
    } signs[] = {
        {'=', TOKEN_EQUALS   },
        {':', TOKEN_EQUALS   },
        {',', TOKEN_COMMA    },
        {';', TOKEN_SEMICOLON},
        {'{', TOKEN_OPEN     },
        {'(', TOKEN_OPEN     },
        {'[', TOKEN_OPEN     },
        {'}', TOKEN_CLOSE    },
        {')', TOKEN_CLOSE    },
        {']', TOKEN_CLOSE    }
    };
    skip_blank(lexer);
    if (lexer->at >= lexer->bytes.size) {
        return start(lexer, TOKEN_END);
    }
    char c = peek(lexer, 0);
    for (size_t i = 0; i < ARRAY_COUNT(signs); i++) {
        if (signs[i].byte == c) {
            struct token token = start(lexer, signs[i].kind);
            advance(lexer);
            return finish(lexer, token);
        }
    }
    if (c == '"') {
        return read_text(lexer);
    }
    if (is_digit(c) || c == '-' || c == '+' || (c == '.' && is_digit(peek(lexer, 1)))) {
        return read_number(lexer);
    }
    return is_letter(c) ? read_name(lexer) : read_stray(lexer);
}
