/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256 (FIPS 180-4), for the fingerprints printed on the control sheet. */
#ifndef DEFRAY_DIGEST_H
#define DEFRAY_DIGEST_H

#include <stddef.h>
#include <stdint.h>

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
/* 64 lower-case hexadecimal digits and a NUL. */
void digest_text(struct digest digest, char out[65]);

#endif
