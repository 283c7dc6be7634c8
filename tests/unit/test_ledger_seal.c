/* SPDX-License-Identifier: Apache-2.0 */
/* What goes into a reference and into a fingerprint, byte by byte, made once more here. */
#include "../../src/ledger/ledger_parts.h"

#include <check.h>
#include <string.h>

/* Section 10 of RFC 4648, without the padding. */
START_TEST(letters_of_references)
{
    static const struct {
        const char *bytes, *letters;
    } rows[] = {
        {"",       ""          },
        {"f",      "MY"        },
        {"fo",     "MZXQ"      },
        {"foo",    "MZXW6"     },
        {"foob",   "MZXW6YQ"   },
        {"fooba",  "MZXW6YTB"  },
        {"foobar", "MZXW6YTBOI"},
    };
    struct arena keep = arena_reserve((size_t)1 << 20);
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
        size_t count = strlen(rows[i].bytes);
        uint8_t bytes[8] = {0};
        memcpy(bytes, rows[i].bytes, count);
        bytes[count] = 0xFF; /* what stands behind is no part of it */
        struct text letters = base32(&keep, bytes, count);
        ck_assert_msg(text_equals(letters, text_of(rows[i].letters)), "'%s': '%.*s'",
                      rows[i].bytes, TEXT_ARG(letters));
    }
    arena_release(keep);
}
END_TEST

/* A letter, eight bytes of length or value, the bytes: whatever is gathered on the way. */
START_TEST(every_byte_is_in_the_fingerprint)
{
    static char text[2000];
    memset(text, 'a', sizeof text);
    text[sizeof text - 1] = 'z';
    for (size_t size = 480; size <= sizeof text;
         size = size < 540 ? size + 1 : size + 365) {
        static uint8_t plain[2 * sizeof text + 32];
        size_t at = 0;
        const struct datum fields[] = {
            datum_text((struct text){text + sizeof text - size, size}),
            datum_integer(-2),
            datum_text((struct text){text, size}),
        };
        for (size_t i = 0; i < ARRAY_COUNT(fields); i++) {
            bool number = fields[i].type == DATUM_INTEGER;
            uint64_t n = number ? (uint64_t)fields[i].integer : fields[i].text.size;
            plain[at++] = number ? 'i' : 't';
            for (int shift = 56; shift >= 0; shift -= 8) {
                plain[at++] = (uint8_t)(n >> shift);
            }
            if (!number) {
                memcpy(plain + at, fields[i].text.data, fields[i].text.size);
                at += fields[i].text.size;
            }
        }
        struct digester digester = digester_new();
        canonical_add_all(&digester, fields, ARRAY_COUNT(fields));
        struct digest seen = digester_finish(&digester);
        struct digest wanted = digest_of((const char *)plain, at);
        ck_assert_msg(memcmp(seen.bytes, wanted.bytes, sizeof seen.bytes) == 0, "%zu",
                      size);
    }
}
END_TEST

static struct digest
sealed(const struct datum *entry, const struct datum *payment)
{
    struct datum batch[20];
    for (size_t i = 0; i < ARRAY_COUNT(batch); i++) {
        batch[i] = datum_text(STR("b"));
    }
    struct seal seal = seal_head(batch, digest_of("r", 1));
    seal_entry(&seal, STR("REF"), entry);
    seal_payment(&seal, STR("REF"), payment);
    seal_finish(&seal);
    return seal.digest;
}

/* A seal changes with each value that an entry or a payment says of itself, and not with where its
 * rows stand: its batch, its person, its rules, what it takes back. */
START_TEST(what_a_seal_seals)
{
    static const bool in_entry[] = {false, false, true,  true, true, true, true,
                                    true,  true,  false, true, true, false};
    static const bool in_payment[] = {false, true, false, true, true, true, true, false};
    struct datum entry[ARRAY_COUNT(in_entry)];
    struct datum payment[ARRAY_COUNT(in_payment)];
    for (size_t i = 0; i < ARRAY_COUNT(entry); i++) {
        entry[i] = datum_integer(7);
    }
    for (size_t i = 0; i < ARRAY_COUNT(payment); i++) {
        payment[i] = datum_integer(7);
    }
    struct digest whole = sealed(entry, payment);
    for (size_t i = 0; i < ARRAY_COUNT(entry) + ARRAY_COUNT(payment); i++) {
        size_t at = i < ARRAY_COUNT(entry) ? i : i - ARRAY_COUNT(entry);
        bool of_entry = i < ARRAY_COUNT(entry);
        struct datum *field = of_entry ? &entry[at] : &payment[at];
        *field = datum_integer(8);
        struct digest other = sealed(entry, payment);
        bool differs = memcmp(whole.bytes, other.bytes, sizeof whole.bytes) != 0;
        ck_assert_msg(differs == (of_entry ? in_entry[at] : in_payment[at]),
                      "%s, field %zu", of_entry ? "entry" : "payment", at);
        *field = datum_integer(7);
    }
}
END_TEST

Suite *test_ledger_seal_suite(void);

Suite *
test_ledger_seal_suite(void)
{
    Suite *suite = suite_create("ledger_seal");
    TCase *cases = tcase_create("ledger_seal");
    tcase_add_test(cases, letters_of_references);
    tcase_add_test(cases, every_byte_is_in_the_fingerprint);
    tcase_add_test(cases, what_a_seal_seals);
    suite_add_tcase(suite, cases);
    return suite;
}
