/* SPDX-License-Identifier: Apache-2.0 */
/* A table of our own, because the system's converters may be missing where the program runs. */
#include "defray/windows_1252.h"

#define FIRST 0x80
#define COUNT 32

/* What stands at 80 to 9F, 0 for nothing; all others stand for themselves. */
static const uint16_t characters[COUNT] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
    0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

uint32_t
windows_1252_character(uint8_t byte)
{
    return byte >= FIRST && byte < FIRST + COUNT ? characters[byte - FIRST] : byte;
}

int
windows_1252_byte(uint32_t character)
{
    if (character < FIRST || (character >= FIRST + COUNT && character <= UINT8_MAX)) {
        return (int)character;
    }
    for (int i = 0; character != 0 && i < COUNT; i++) {
        if (characters[i] == character) {
            return FIRST + i;
        }
    }
    return -1;
}
