/* SPDX-License-Identifier: Apache-2.0 */
/* One block of SHA-256 in plain C, for processors without rounds of their own and for tests. */
#ifndef DEFRAY_DIGEST_PARTS_H
#define DEFRAY_DIGEST_PARTS_H

#include <stdint.h>

void digest_absorb_plain(uint32_t state[8], const uint8_t *block);

#endif
