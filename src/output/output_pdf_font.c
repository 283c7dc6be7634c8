/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where the fonts are, and whether they are sound: the library does not check what it reads
 * of a font, so a file that is none, or is cut short, is not given to it.
 */
#include "output_pdf_parts.h"

#include <stdio.h>
#include <string.h>

#define TRUETYPE    0x00010000u
#define HEAD_BYTES  12
#define TABLE_BYTES 16
#define TABLES_MAX  64
#define FONT_MIN    1000      /* bytes of the tables that have a fixed size, at least */
#define FONT_MAX    100000000 /* bytes */

const char *const pdf_font_names[PDF_FONTS] = {"DejaVuSans.ttf", "DejaVuSans-Bold.ttf"};

/* Debian, Fedora, Arch, and by hand. */
static const char *const folders[] = {
    PDF_FONT_FOLDER,           "/usr/share/fonts/dejavu-sans-fonts",
    "/usr/share/fonts/dejavu", "/usr/share/fonts/TTF",
    "/usr/local/share/fonts",
};

/* What the library reads, with the bytes that it reads without asking. */
static const struct {
    const char *tag;
    uint32_t bytes;
} needed[] = {
    {"OS/2", 68},
    {"cmap", 12},
    {"cvt ", 1 },
    {"fpgm", 1 },
    {"glyf", 12},
    {"head", 54},
    {"hhea", 36},
    {"hmtx", 4 },
    {"loca", 4 },
    {"maxp", 6 },
    {"name", 6 },
    {"prep", 1 },
};

static uint32_t
number_at(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 |
           bytes[3];
}

/* Whether the table lies within the file and is one of those needed; which one. */
static bool
is_table(const unsigned char *entry, long size, uint32_t *found)
{
    uint32_t offset = number_at(entry + 8);
    uint32_t bytes = number_at(entry + 12);
    if (offset > (uint32_t)size || bytes > (uint32_t)size - offset) {
        return false;
    }
    for (size_t i = 0; i < ARRAY_COUNT(needed); i++) {
        if (memcmp(entry, needed[i].tag, 4) == 0 && bytes >= needed[i].bytes) {
            *found |= 1u << i;
        }
    }
    return true;
}

static bool
is_sound(FILE *file)
{
    unsigned char head[HEAD_BYTES];
    unsigned char entry[TABLE_BYTES];
    uint32_t found = 0;
    if (fseek(file, 0, SEEK_END) != 0) {
        return false;
    }
    long size = ftell(file);
    if (size < FONT_MIN || size > FONT_MAX || fseek(file, 0, SEEK_SET) != 0 ||
        fread(head, sizeof head, 1, file) != 1 || number_at(head) != TRUETYPE) {
        return false;
    }
    int count = head[4] << 8 | head[5];
    for (int i = 0; i < count && count <= TABLES_MAX; i++) {
        if (fread(entry, sizeof entry, 1, file) != 1 || !is_table(entry, size, &found)) {
            return false;
        }
    }
    return found == (1u << ARRAY_COUNT(needed)) - 1;
}

static bool
holds_fonts(struct arena scratch, const char *folder)
{
    bool sound = true;
    for (size_t i = 0; i < PDF_FONTS && sound; i++) {
        const char *path = arena_printf(&scratch, "%s/%s", folder, pdf_font_names[i]);
        FILE *file = fopen(path, "rb");
        sound = file != NULL && is_sound(file);
        if (file != NULL) {
            fclose(file);
        }
    }
    return sound;
}

const char *
pdf_font_folder(struct arena scratch, const char *given)
{
    if (given != NULL) {
        return holds_fonts(scratch, given) ? given : NULL;
    }
    for (size_t i = 0; i < ARRAY_COUNT(folders); i++) {
        if (holds_fonts(scratch, folders[i])) {
            return folders[i];
        }
    }
    return NULL;
}
