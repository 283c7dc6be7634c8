/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256 (FIPS 180-4), for the fingerprints printed on the control sheet. */
#ifndef DEFRAY_DIGEST_H
#define DEFRAY_DIGEST_H

#include "defray/text.h"

struct digest {
    uint8_t bytes[32];
};

struct digester {
    uint32_t state[8];
    uint64_t length;
    uint8_t block[64];
    size_t filled;
};

struct digester digester_new(void);
void digester_add(struct digester *d, const void *bytes, size_t count);
struct digest digester_finish(struct digester *d);

struct digest digest_of(const void *bytes, size_t count);
/* One that was kept as 32 bytes; of another number of them it is all zero. */
struct digest digest_from(struct text bytes);
bool digest_same(struct digest a, struct digest b);
/* 64 lower-case hexadecimal digits and a NUL. */
void digest_text(struct digest digest, char out[65]);

#endif
