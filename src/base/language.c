/* SPDX-License-Identifier: Apache-2.0 */
/*
 * gettext, asked for one language at a time. The locale is a fixed one with UTF-8;
 * which catalogue answers is chosen by the LANGUAGE variable of our own process,
 * so that messages and documents may differ without a second locale.
 */
#define _GNU_SOURCE 1

#include "defray/language.h"

#include <assert.h>
#include <errno.h>
#include <libintl.h>
#include <locale.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#define DOMAIN "defray"

/* gettext's own count of changes: whoever changes LANGUAGE has to raise it. */
extern int _nl_msg_cat_cntr;

static const char *const names[] = {[LANGUAGE_EN] = "en", [LANGUAGE_FR] = "fr"};

struct errno_row {
    int error;
    const char *words;
};

static const struct errno_row errno_rows[] = {
    {ENOENT,       N_("no such file or folder")                },
    {ENOTDIR,      N_("a part of its path is not a folder")    },
    {EISDIR,       N_("it is a folder")                        },
    {EACCES,       N_("permission denied")                     },
    {EPERM,        N_("not permitted")                         },
    {EROFS,        N_("the disk is read-only")                 },
    {ENOSPC,       N_("no space left on the disk")             },
    {EDQUOT,       N_("the disk quota is used up")             },
    {EFBIG,        N_("the file would exceed the size allowed")},
    {EIO,          N_("the disk reported an error")            },
    {EEXIST,       N_("a file of that name exists already")    },
    {ENAMETOOLONG, N_("the name is too long")                  },
    {ELOOP,        N_("too many links follow one another")     },
    {EMFILE,       N_("too many files are open")               },
    {ENFILE,       N_("too many files are open")               },
    {EBUSY,        N_("it is in use")                          },
    {EOPNOTSUPP,   N_("the disk does not support it")          },
    {ENOMEM,       N_("out of memory")                         },
    {EINVAL,       N_("the name or the disk does not allow it")},
    {ENXIO,        N_("nothing answers behind it")             },
};

/* Makes gettext answer in French. Only memory can be wanting: a word of English among the French
 * would look like the text of the form. */
static void
choose_french(void)
{
    const char *now = getenv("LANGUAGE");
    if (now != NULL && strcmp(now, names[LANGUAGE_FR]) == 0) {
        return;
    }
    if (setenv("LANGUAGE", names[LANGUAGE_FR], 1) != 0) {
        arena_exhausted();
    }
    ++_nl_msg_cat_cntr;
}

/* "fr", "fr_FR.UTF-8", "fr:en", "fr@euro"; not "frp". */
static bool
asks_for_french(const char *value)
{
    return strncmp(value, names[LANGUAGE_FR], 2) == 0 &&
           (value[2] == '\0' || strchr("_.@:-", value[2]) != NULL);
}

void
language_start(const char *folder)
{
    /* gettext translates nothing in the locale "C"; any other one will do. */
    static const char *const locales[] = {"C.UTF-8", "C.utf8", "en_US.UTF-8",
                                          "fr_FR.UTF-8"};
    for (size_t i = 0; i < ARRAY_COUNT(locales); i++) {
        if (setlocale(LC_MESSAGES, locales[i]) != NULL) {
            break;
        }
    }
    /* Without the second, gettext would write '?' for every accent. Only memory can be wanting. */
    if (bindtextdomain(DOMAIN, folder) == NULL ||
        bind_textdomain_codeset(DOMAIN, "UTF-8") == NULL) {
        arena_exhausted();
    }
}

/* Threads that write documents ask too. */
static atomic_bool wanting;

/* An answer of gettext, which is what it was asked where it knows nothing better: a text that is
 * French already, or any text where there is no catalogue. That one answers the empty text. */
static const char *
answered(const char *answer, const char *asked)
{
    if (answer == asked && dgettext(DOMAIN, "")[0] == '\0') {
        atomic_store_explicit(&wanting, true, memory_order_relaxed);
    }
    return answer;
}

/* Gettext gives back what it was asked where it lacks memory, as for a text that it does not know:
 * it is asked again once there is some, before a word of English stands among the French. */
static const char *
french_of(const char *english)
{
    const char *french = dgettext(DOMAIN, english);
    if (french != english) {
        return french;
    }
    arena_spare();
    return answered(dgettext(DOMAIN, english), english);
}

bool
language_is_wanting(void)
{
    return atomic_load_explicit(&wanting, memory_order_relaxed);
}

enum language
language_from(const char *const values[], int count)
{
    for (int i = 0; i < count; i++) {
        if (values[i] != NULL && values[i][0] != '\0') {
            return asks_for_french(values[i]) ? LANGUAGE_FR : LANGUAGE_EN;
        }
    }
    return LANGUAGE_EN;
}

bool
language_parse(struct text t, enum language *out)
{
    for (size_t i = 0; i < ARRAY_COUNT(names); i++) {
        if (text_equals(t, text_of(names[i]))) {
            *out = (enum language)i;
            return true;
        }
    }
    return false;
}

const char *
language_text(enum language language)
{
    assert((size_t)language < ARRAY_COUNT(names));
    return names[language];
}

/* What gettext has answered, by the address of what was asked: texts are literals. A row of a long
 * list asks for ten, and gettext takes as long for one as the row takes for all the rest. */
#define ANSWERS 512U
static _Thread_local struct answer {
    const char *english, *french;
} answers[ANSWERS];

const char *
tr(enum language language, const char *english)
{
    /* The empty text is the catalogue's own header. */
    if (language == LANGUAGE_EN || english[0] == '\0') {
        return english;
    }
    uintptr_t address = (uintptr_t)english;
    struct answer *answer = &answers[(address ^ address >> 9) % ANSWERS];
    if (answer->english != english) {
        choose_french();
        *answer = (struct answer){english, french_of(english)};
    }
#ifdef __SANITIZE_ADDRESS__ /* no text was made at the address of another */
    assert(answer->french == dgettext(DOMAIN, english));
#endif
    return answer->french;
}

const char *
tr_plural(enum language language, const char *one, const char *many, unsigned long count)
{
    if (language == LANGUAGE_EN) {
        return count == 1 ? one : many;
    }
    choose_french();
    const char *french = dngettext(DOMAIN, one, many, count);
    if (french != one && french != many) {
        return french;
    }
    arena_spare();
    return answered(dngettext(DOMAIN, one, many, count), count == 1 ? one : many);
}

const char *
tr_errno(enum language language, int error)
{
    for (size_t i = 0; i < ARRAY_COUNT(errno_rows); i++) {
        if (errno_rows[i].error == error) {
            return tr(language, errno_rows[i].words);
        }
    }
    return strerror(error);
}

const char *
tr_money(struct arena *keep, enum language language, struct money amount)
{
    const char *group = language == LANGUAGE_FR ? "\u202f" : ",";
    char plain[MONEY_TEXT_MAX];
    money_text(amount, plain);
    struct text digits = text_of(plain);
    struct text cents = {digits.data + digits.size - 2, 2};
    struct text whole = {digits.data, digits.size - 3};
    const char *shown = "";
    for (size_t i = 0; i < whole.size; i++) {
        bool grouped = i > 0 && (whole.size - i) % 3 == 0 && whole.data[i - 1] != '-';
        shown = arena_printf(keep, "%s%s%c", shown, grouped ? group : "", whole.data[i]);
    }
    return arena_printf(keep, "%s%s%.*s", shown, language == LANGUAGE_FR ? "," : ".",
                        TEXT_ARG(cents));
}

const char *
tr_decimals(struct arena *keep, enum language language, const char *plain)
{
    size_t size = strlen(plain);
    char *shown = NEW_ARRAY(keep, char, size + 1);
    for (size_t i = 0; i < size; i++) {
        bool mark =
            plain[i] == '.' && i > 0 && is_digit(plain[i - 1]) && is_digit(plain[i + 1]);
        shown[i] = mark && language == LANGUAGE_FR ? ',' : plain[i];
    }
    return shown;
}
