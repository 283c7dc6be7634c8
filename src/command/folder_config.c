/* SPDX-License-Identifier: Apache-2.0 */
/* defray.cfg: names of files and folders, in the same notation as rule files. */
#include "defray/limits.h"

#include "../rules/node.h"
#include "folder.h"

#include <sys/stat.h>

#define SCRATCH_BYTES ((size_t)16 << 20)

bool
folder_has(struct arena scratch, struct text path)
{
    struct stat status;
    return path.size > 0 && stat(text_string(&scratch, path), &status) == 0;
}

bool
folder_has_table(struct arena scratch, struct text path)
{
    path.size = run_sheet_mark(scratch, path);
    return folder_has(scratch, path);
}

static bool
is_path(struct text rules)
{
    for (size_t i = 0; i < rules.size; i++) {
        if (rules.data[i] == '/') {
            return true;
        }
    }
    return text_ends_with(rules, STR(".cfg"));
}

/* A name of the file, seen from where the program runs. */
static struct text
inside(struct arena *keep, struct text folder, struct text name)
{
    if (name.size == 0 || name.data[0] == '/') {
        return name;
    }
    return text_of(arena_printf(keep, "%.*s%.*s", TEXT_ARG(folder), TEXT_ARG(name)));
}

static bool
read_names(struct arena *keep, struct node *root, struct folder *out)
{
    const struct {
        const char *key;
        enum need need;
        struct text *name;
    } names[] = {
        {"members",    REQUIRED, &out->members   },
        {"sessions",   REQUIRED, &out->sessions  },
        {"attendance", REQUIRED, &out->attendance},
        {"expenses",   OPTIONAL, &out->expenses  },
        {"decisions",  OPTIONAL, &out->decisions },
        {"means",      OPTIONAL, &out->means     },
        {"outputs",    REQUIRED, &out->outputs   },
        {"ledger",     OPTIONAL, &out->ledger    },
    };
    bool good = node_sentence(root, "rules", REQUIRED, &out->rules);
    for (size_t i = 0; i < ARRAY_COUNT(names); i++) {
        bool given = node_sentence(root, names[i].key, names[i].need, names[i].name);
        good = (given || (names[i].need == OPTIONAL && !node_has(root, names[i].key))) &&
               good;
        *names[i].name = inside(keep, out->path, *names[i].name);
    }
    if (is_path(out->rules)) {
        out->rules = inside(keep, out->path, out->rules);
    }
    return good;
}

struct folder *
folder_read(struct run *run, struct text path)
{
    struct folder *out = NEW(run->keep, struct folder);
    bool slash = path.size > 0 && path.data[path.size - 1] == '/';
    out->path = path.size == 0 || slash
                    ? path
                    : text_of(arena_printf(run->keep, "%.*s/", TEXT_ARG(path)));
    struct text file = inside(run->keep, out->path, STR(FOLDER_CONFIG));
    if (!folder_has(*run->keep, file)) {
        diag_error(run->diag, (struct where){0}, CODE_U014,
                   "there is no working folder here: '%.*s' is not there",
                   TEXT_ARG(file));
        return NULL;
    }
    struct input *input = input_read(run->keep, file, RULES_BYTES_MAX, false, run->diag);
    if (input == NULL) {
        return NULL;
    }
    size_t before = diag_errors(run->diag);
    struct arena scratch = arena_reserve(SCRATCH_BYTES);
    struct document document = {
        .keep = run->keep, .scratch = &scratch, .diag = run->diag, .input = input};
    bool good = node_read(&document);
    if (good) {
        good = read_names(run->keep, &document.root, out);
        node_report_unread(&document);
    }
    arena_release(scratch);
    return good && diag_errors(run->diag) == before ? out : NULL;
}
