/* SPDX-License-Identifier: Apache-2.0 */
/* Tokens of a rule file. A token that is refused has been reported and still has
 * its shape, so that one fault does not hide the next. */
#ifndef DEFRAY_RULES_LEXER_H
#define DEFRAY_RULES_LEXER_H

#include "defray/file.h"

enum token_kind {
    TOKEN_END,
    TOKEN_NAME,
    TOKEN_TEXT,
    TOKEN_INTEGER,
    TOKEN_BOOLEAN,
    TOKEN_EQUALS,
    TOKEN_COMMA,
    TOKEN_SEMICOLON,
    TOKEN_OPEN,   /* { ( [ */
    TOKEN_CLOSE,  /* } ) ] */
    TOKEN_REFUSED /* already reported; may stand for a value */
};

struct token {
    enum token_kind kind;
    struct text text; /* the bytes */
    uint32_t line, column;
};

struct lexer {
    const struct input *input;
    struct text bytes;
    size_t at;
    uint32_t line, column;
    size_t faults;
    bool swallowed;     /* an unclosed comment took the rest of the file */
    struct arena *keep; /* for texts of messages */
    struct diag *diag;
};

struct lexer lexer_new(struct arena *keep, const struct input *input, struct diag *diag);
struct token lexer_next(struct lexer *lexer);
struct where lexer_where(const struct lexer *lexer, struct token token);

#endif
