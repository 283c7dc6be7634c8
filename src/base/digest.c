/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SHA-256 as FIPS 180-4 gives it. Rounds are written out eight at a time, so
 * that the working variables turn by their names instead of by assignments.
 */
#include "defray/digest.h"

#include "digest_parts.h"

#include <string.h>

/* Clang before 18 cannot ask the processor whether it has these instructions. */
#if defined(__x86_64__) && !(defined(__clang__) && __clang_major__ < 18)
#define BY_PROCESSOR 1
#include <immintrin.h>
#endif

#define BLOCK 64

static const uint32_t round_constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4,
    0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe,
    0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f,
    0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
    0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc,
    0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
    0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116,
    0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
    0xc67178f2};

static inline uint32_t
turn(uint32_t x, int bits)
{
    return (x >> bits) | (x << (32 - bits));
}

static inline uint32_t
load_word(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* The message schedule: word i of the block, or, past 16, made from the last 16. */
static void
schedule_words(uint32_t w[64], const uint8_t *block)
{
    for (size_t i = 0; i < 16; i++) {
        w[i] = load_word(block + 4 * i);
    }
    for (int i = 16; i < 64; i++) {
        uint32_t a = w[i - 15];
        uint32_t b = w[i - 2];
        w[i] = w[i - 16] + (turn(a, 7) ^ turn(a, 18) ^ (a >> 3)) + w[i - 7] +
               (turn(b, 17) ^ turn(b, 19) ^ (b >> 10));
    }
}

#define ROUND(a, b, c, d, e, f, g, h, i)                                        \
    do {                                                                        \
        uint32_t sum = (h) + (turn((e), 6) ^ turn((e), 11) ^ turn((e), 25)) +   \
                       ((g) ^ ((e) & ((f) ^ (g)))) + round_constants[i] + w[i]; \
        (d) += sum;                                                             \
        (h) = sum + (turn((a), 2) ^ turn((a), 13) ^ turn((a), 22)) +            \
              (((a) & (b)) | ((c) & ((a) | (b))));                              \
    } while (0)

void
digest_absorb_plain(uint32_t state[8], const uint8_t *block)
{
    uint32_t w[64];
    schedule_words(w, block);
    uint32_t a = state[0];
    uint32_t b = state[1];
    uint32_t c = state[2];
    uint32_t d = state[3];
    uint32_t e = state[4];
    uint32_t f = state[5];
    uint32_t g = state[6];
    uint32_t h = state[7];
    for (int i = 0; i < 64; i += 8) {
        ROUND(a, b, c, d, e, f, g, h, i);
        ROUND(h, a, b, c, d, e, f, g, i + 1);
        ROUND(g, h, a, b, c, d, e, f, i + 2);
        ROUND(f, g, h, a, b, c, d, e, i + 3);
        ROUND(e, f, g, h, a, b, c, d, i + 4);
        ROUND(d, e, f, g, h, a, b, c, i + 5);
        ROUND(c, d, e, f, g, h, a, b, i + 6);
        ROUND(b, c, d, e, f, g, h, a, i + 7);
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
    state[4] += e;
    state[5] += f;
    state[6] += g;
    state[7] += h;
}

static void
absorb_plain(uint32_t state[8], const uint8_t *blocks, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        digest_absorb_plain(state, blocks + i * BLOCK);
    }
}

#ifdef BY_PROCESSOR
/* Four rounds by the processor, and the four words of the schedule that replace those just used.
 * The words turn by their names: an index would send each through memory. */
#define FOUR_ROUNDS(w, next, second, last, i)                                      \
    do {                                                                           \
        __m128i sum = _mm_loadu_si128((const __m128i_u *)(round_constants + (i))); \
        sum = _mm_add_epi32((w), sum);                                             \
        cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sum);                             \
        abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(sum, 0x0E));    \
        (w) = _mm_sha256msg1_epu32((w), (next));                                   \
        (w) = _mm_add_epi32((w), _mm_alignr_epi8((last), (second), 4));            \
        (w) = _mm_sha256msg2_epu32((w), (last));                                   \
    } while (0)

/* The same where the processor has rounds of its own, in a fifth of the time: a ledger hashes
 * every row whenever it is opened. The state stays in registers from block to block. */
__attribute__((target("sha,sse4.1"))) static void
absorb_by_processor(uint32_t state[8], const uint8_t *blocks, size_t count)
{
    const __m128i order = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    __m128i low = _mm_loadu_si128((const __m128i_u *)state);
    __m128i high = _mm_loadu_si128((const __m128i_u *)(state + 4));
    low = _mm_shuffle_epi32(low, 0xB1);
    high = _mm_shuffle_epi32(high, 0x1B);
    __m128i abef = _mm_alignr_epi8(low, high, 8);
    __m128i cdgh = _mm_blend_epi16(high, low, 0xF0);
    for (const uint8_t *block = blocks; block < blocks + count * BLOCK; block += BLOCK) {
        const __m128i abef_before = abef;
        const __m128i cdgh_before = cdgh;
        const __m128i_u *words = (const __m128i_u *)block;
        __m128i a = _mm_shuffle_epi8(_mm_loadu_si128(words), order);
        __m128i b = _mm_shuffle_epi8(_mm_loadu_si128(words + 1), order);
        __m128i c = _mm_shuffle_epi8(_mm_loadu_si128(words + 2), order);
        __m128i d = _mm_shuffle_epi8(_mm_loadu_si128(words + 3), order);
        for (int i = 0; i < 64; i += 16) {
            FOUR_ROUNDS(a, b, c, d, i);
            FOUR_ROUNDS(b, c, d, a, i + 4);
            FOUR_ROUNDS(c, d, a, b, i + 8);
            FOUR_ROUNDS(d, a, b, c, i + 12);
        }
        abef = _mm_add_epi32(abef, abef_before);
        cdgh = _mm_add_epi32(cdgh, cdgh_before);
    }
    low = _mm_shuffle_epi32(abef, 0x1B);
    high = _mm_shuffle_epi32(cdgh, 0xB1);
    _mm_storeu_si128((__m128i_u *)state, _mm_blend_epi16(low, high, 0xF0));
    _mm_storeu_si128((__m128i_u *)(state + 4), _mm_alignr_epi8(high, low, 8));
}

static void
absorb(uint32_t state[8], const uint8_t *blocks, size_t count)
{
    if (__builtin_cpu_supports("sha")) {
        absorb_by_processor(state, blocks, count);
    } else {
        absorb_plain(state, blocks, count);
    }
}
#else
static void
absorb(uint32_t state[8], const uint8_t *blocks, size_t count)
{
    absorb_plain(state, blocks, count);
}
#endif

struct digester
digester_new(void)
{
    return (struct digester){
        .state = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c,
                  0x1f83d9ab, 0x5be0cd19}
    };
}

void
digester_add(struct digester *d, const void *bytes, size_t count)
{
    const uint8_t *p = bytes;
    d->length += count;
    while (count > 0) {
        if (d->filled == 0 && count >= BLOCK) {
            size_t whole = count / BLOCK;
            absorb(d->state, p, whole);
            p += whole * BLOCK;
            count -= whole * BLOCK;
            continue;
        }
        size_t part = BLOCK - d->filled < count ? BLOCK - d->filled : count;
        memcpy(d->block + d->filled, p, part);
        d->filled += part;
        p += part;
        count -= part;
        if (d->filled == BLOCK) {
            absorb(d->state, d->block, 1);
            d->filled = 0;
        }
    }
}

struct digest
digester_finish(struct digester *d)
{
    uint64_t bits = d->length * 8;
    d->block[d->filled++] = 0x80;
    if (d->filled > BLOCK - sizeof bits) {
        memset(d->block + d->filled, 0, BLOCK - d->filled);
        absorb(d->state, d->block, 1);
        d->filled = 0;
    }
    memset(d->block + d->filled, 0, BLOCK - d->filled);
    for (int i = 0; i < 8; i++) {
        d->block[BLOCK - 8 + i] = (uint8_t)(bits >> (56 - 8 * i));
    }
    absorb(d->state, d->block, 1);
    d->filled = 0;
    struct digest digest;
    for (size_t i = 0; i < sizeof digest.bytes; i++) {
        digest.bytes[i] = (uint8_t)(d->state[i / 4] >> (24 - 8 * (i % 4)));
    }
    return digest;
}

struct digest
digest_of(const void *bytes, size_t count)
{
    struct digester d = digester_new();
    digester_add(&d, bytes, count);
    return digester_finish(&d);
}

void
digest_text(struct digest digest, char out[65])
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < sizeof digest.bytes; i++) {
        out[2 * i] = digits[digest.bytes[i] >> 4];
        out[2 * i + 1] = digits[digest.bytes[i] & 15];
    }
    out[64] = '\0';
}

struct digest
digest_from(struct text bytes)
{
    struct digest digest = {0};
    if (bytes.size == sizeof digest.bytes) {
        memcpy(digest.bytes, bytes.data, sizeof digest.bytes);
    }
    return digest;
}

bool
digest_same(struct digest a, struct digest b)
{
    return memcmp(a.bytes, b.bytes, sizeof a.bytes) == 0;
}
