/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256 against the vectors of FIPS 180-4 and of the NIST test suite. */
#include "defray/digest.h"

#include "../../src/base/digest_parts.h"

#include <check.h>
#include <string.h>

static const struct {
    const char *message;
    const char *digest;
} vectors[] = {
    {"",                                                         "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"abc",                                                      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"                                                            },
    {"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmno"
     "ijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",    "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
    {"\xBD",                                                     "68325720aabd7c82f30f554b313d0570c95accbb7dc4b5aae11204c08ffe732b"},
    {"\xC9\x8C\x8E\x55",
     "7abc22c0ae5af26ce93dbb94433a0e0b2e119d014f8e7f65bd56c61ccccd9504"                                                            },
};

#define VECTORS (sizeof vectors / sizeof vectors[0])

static void
assert_digest(struct digest digest, const char *wanted)
{
    char text[65];
    digest_text(digest, text);
    ck_assert_str_eq(text, wanted);
}

START_TEST(a_vector)
{
    assert_digest(digest_of(vectors[_i].message, strlen(vectors[_i].message)),
                  vectors[_i].digest);
}
END_TEST

START_TEST(a_million_times_a)
{
    static char block[1000];
    memset(block, 'a', sizeof block);
    struct digester digester = digester_new();
    for (int i = 0; i < 1000; i++) {
        digester_add(&digester, block, sizeof block);
    }
    assert_digest(digester_finish(&digester),
                  "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}
END_TEST

/* Zeros, at every length around a block's end: the padding has two shapes. */
static const struct {
    size_t zeros;
    const char *digest;
} paddings[] = {
    {55,   "02779466cdec163811d078815c633f21901413081449002f24aa3e80f0b88ef7"},
    {56,   "d4817aa5497628e7c77e6b606107042bbba3130888c5f47a375e6179be789fbb"},
    {57,   "65a16cb7861335d5ace3c60718b5052e44660726da4cd13bb745381b235a1785"},
    {64,   "f5a5fd42d16a20302798ef6ed309979b43003d2320d9f0e8ea9831a92759fb4b"},
    {1000, "541b3e9daa09b20bf85fa273e5cbd3e80185aa4ec298e765db87742b70138a53"},
};

#define PADDINGS (sizeof paddings / sizeof paddings[0])

START_TEST(zeros_around_a_block)
{
    static const char zeros[1000];
    assert_digest(digest_of(zeros, paddings[_i].zeros), paddings[_i].digest);
}
END_TEST

START_TEST(pieces_do_not_matter)
{
    char bytes[300];
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (char)(i * 7);
    }
    for (size_t size = 0; size <= sizeof bytes; size++) {
        struct digest whole = digest_of(bytes, size);
        for (size_t cut = 0; cut <= size; cut += 13) {
            struct digester digester = digester_new();
            digester_add(&digester, bytes, cut);
            digester_add(&digester, bytes + cut, size - cut);
            struct digest pieces = digester_finish(&digester);
            ck_assert_mem_eq(pieces.bytes, whole.bytes, sizeof whole.bytes);
        }
    }
}
END_TEST

/* Whatever this processor has, both ways give the same state, block after block. */
START_TEST(plain_rounds_and_the_processors)
{
    struct digester digester = digester_new();
    uint32_t state[8];
    uint8_t block[64];
    memcpy(state, digester.state, sizeof state);
    for (unsigned round = 0; round < 500; round++) {
        for (unsigned i = 0; i < sizeof block; i++) {
            block[i] = (uint8_t)((round * 2654435761u >> (i % 24)) + i * 31u);
        }
        digest_absorb_plain(state, block);
        digester_add(&digester, block, sizeof block);
        ck_assert(memcmp(state, digester.state, sizeof state) == 0);
    }
    /* Several blocks in one go. */
    uint8_t blocks[7 * 64];
    for (size_t i = 0; i < sizeof blocks; i++) {
        blocks[i] = (uint8_t)(i * 151 + i / 64);
    }
    for (size_t i = 0; i < sizeof blocks; i += 64) {
        digest_absorb_plain(state, blocks + i);
    }
    digester_add(&digester, blocks, sizeof blocks);
    ck_assert(memcmp(state, digester.state, sizeof state) == 0);
}
END_TEST

Suite *test_digest_suite(void);

Suite *
test_digest_suite(void)
{
    Suite *suite = suite_create("digest");
    TCase *tests = tcase_create("digest");
    tcase_add_loop_test(tests, a_vector, 0, (int)VECTORS);
    tcase_add_test(tests, a_million_times_a);
    tcase_add_loop_test(tests, zeros_around_a_block, 0, (int)PADDINGS);
    tcase_add_test(tests, pieces_do_not_matter);
    tcase_add_test(tests, plain_rounds_and_the_processors);
    suite_add_tcase(suite, tests);
    return suite;
}
