/* SPDX-License-Identifier: Apache-2.0 */
/* Control characters, and marks that would make a text look like another. */
#include "forbidden.h"

#include "defray/language.h"

struct forbidden {
    struct text bytes;
    uint8_t last_from, last_to; /* of the byte that follows, both included */
    const char *name;
};

#define REVERSES N_("a character that reverses the direction of writing")

static const struct forbidden forbiddens[] = {
    {{"\xC2", 1},     0x80, 0x9F, N_("a control character")                        },
    {{"\xE2\x80", 2}, 0xAA, 0xAE, REVERSES                                         },
    {{"\xE2\x81", 2}, 0xA6, 0xA9, REVERSES                                         },
    {{"\xEF\xBB", 2}, 0xBF, 0xBF, N_("a byte order mark in the middle of the text")},
};

const char *
forbidden_at(struct text t)
{
    uint8_t byte = t.size == 0 ? ' ' : (uint8_t)t.data[0];
    if (byte < 0x20 || byte == 0x7F) {
        return N_("a control character");
    }
    for (size_t i = 0; i < ARRAY_COUNT(forbiddens); i++) {
        const struct forbidden *f = &forbiddens[i];
        if (t.size > f->bytes.size && text_starts_with(t, f->bytes)) {
            uint8_t last = (uint8_t)t.data[f->bytes.size];
            if (last >= f->last_from && last <= f->last_to) {
                return f->name;
            }
        }
    }
    return NULL;
}
