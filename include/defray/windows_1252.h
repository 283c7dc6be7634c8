/* SPDX-License-Identifier: Apache-2.0 */
/* Windows-1252, the letters of Western Europe in a byte each: tables saved by older programs are
 * in it, and the plain fonts of a PDF. */
#ifndef DEFRAY_WINDOWS_1252_H
#define DEFRAY_WINDOWS_1252_H

#include <stdint.h>

/* The character (Unicode) that stands for the byte; 0 where there is none. */
uint32_t windows_1252_character(uint8_t byte);

/* The byte that stands for the character, or -1. */
int windows_1252_byte(uint32_t character);

#endif
