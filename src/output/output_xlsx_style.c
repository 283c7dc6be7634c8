/* SPDX-License-Identifier: Apache-2.0 */
/* The looks of a workbook: one table of them, dark header band, thin borders, grey for
 * what is assumed, red for what needs a person. */
#include "libxlsxwriter.h"
#include "output_xlsx_parts.h"

#define INK        0x1F2933
#define BAND       0x1F3A5F
#define BAND_LIGHT 0xE8EDF3
#define LINE       0xB8C2CC
#define GREY       0x6B7785
#define RED        0xA61B1B
#define FONT       "Calibri"
#define LIST_SIZE  11 /* the size that a cell without a format has */

enum {
    LOOK_BOLD = 1,
    LOOK_ITALIC = 2,
    LOOK_WRAP = 4,
    LOOK_BORDER = 8,
    LOOK_TOP = 16,
    LOOK_LIST = 32
};

struct look {
    int size;
    lxw_color_t colour;
    lxw_color_t ground; /* 0: none */
    int flags;
    uint8_t align;
};

static const struct look title_look = {16, BAND, 0, LOOK_BOLD, LXW_ALIGN_LEFT};
static const struct look header_look = {
    10, LXW_COLOR_WHITE, BAND, LOOK_BOLD | LOOK_WRAP | LOOK_BORDER, LXW_ALIGN_LEFT};
static const struct look box_title_look = {10, BAND, BAND_LIGHT, LOOK_BOLD | LOOK_BORDER,
                                           LXW_ALIGN_LEFT};
static const struct look box_look = {10, INK, 0, LOOK_WRAP | LOOK_BORDER | LOOK_TOP,
                                     LXW_ALIGN_LEFT};
static const struct look heads_look = {9, BAND, BAND_LIGHT, LOOK_WRAP | LOOK_BORDER,
                                       LXW_ALIGN_LEFT};
static const struct look total_look = {10, INK, BAND_LIGHT, LOOK_BOLD | LOOK_BORDER,
                                       LXW_ALIGN_LEFT};

static const struct look tone_looks[TONE_COUNT] = {
    [TONE_PLAIN] = {10, INK,  0, 0,           LXW_ALIGN_LEFT},
    [TONE_STRONG] = {10, INK,  0, LOOK_BOLD,   LXW_ALIGN_LEFT},
    [TONE_QUIET] = {10, GREY, 0, LOOK_ITALIC, LXW_ALIGN_LEFT},
    [TONE_ALERT] = {10, RED,  0, LOOK_BOLD,   LXW_ALIGN_LEFT},
};

/* Days and months stand in the order of the language. */
static const char *const number_formats[][TYPE_COUNT] = {
    [LANGUAGE_EN] = {[CELL_MONEY] = "#,##0.00",
                     [CELL_INTEGER] = "0",
                     [CELL_QUANTITY] = "0.00##",
                     [CELL_DATE] = "yyyy-mm-dd",
                     [CELL_DURATION] = "[h]:mm"},
    [LANGUAGE_FR] = {[CELL_MONEY] = "#,##0.00",
                     [CELL_INTEGER] = "0",
                     [CELL_QUANTITY] = "0.00##",
                     [CELL_DATE] = "dd/mm/yyyy",
                     [CELL_DURATION] = "[h]:mm"},
};

static const bool right_aligned[TYPE_COUNT] = {
    [CELL_MONEY] = true,
    [CELL_INTEGER] = true,
    [CELL_QUANTITY] = true,
    [CELL_DURATION] = true,
};

static void
make(struct xlsx *xlsx, int style, struct look look, const char *number_format)
{
    lxw_format *format = lxw.workbook_add_format(xlsx->book);
    xlsx->formats[style] = format;
    if (format == NULL) {
        (void)xlsx_hold(xlsx, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return;
    }
    lxw.format_set_font_name(format, FONT);
    lxw.format_set_font_size(format, look.size);
    lxw.format_set_font_color(format, look.colour);
    lxw.format_set_align(format, look.align);
    if ((look.flags & LOOK_LIST) == 0) {
        lxw.format_set_align(format, (look.flags & LOOK_TOP) != 0
                                         ? LXW_ALIGN_VERTICAL_TOP
                                         : LXW_ALIGN_VERTICAL_CENTER);
    }
    if ((look.flags & LOOK_BORDER) != 0 && look.align == LXW_ALIGN_LEFT) {
        lxw.format_set_indent(format, 1);
    }
    if (look.ground != 0) {
        lxw.format_set_bg_color(format, look.ground);
    }
    if ((look.flags & LOOK_BOLD) != 0) {
        lxw.format_set_bold(format);
    }
    if ((look.flags & LOOK_ITALIC) != 0) {
        lxw.format_set_italic(format);
    }
    if ((look.flags & LOOK_WRAP) != 0) {
        lxw.format_set_text_wrap(format);
    }
    if ((look.flags & LOOK_BORDER) != 0) {
        lxw.format_set_border(format, LXW_BORDER_THIN);
        lxw.format_set_border_color(format, LINE);
    }
    if (number_format != NULL) {
        lxw.format_set_num_format(format, number_format);
    }
}

/* Texts keep what is typed: "3h30" is no time of day, "0012" no number. */
static void
make_entries(struct xlsx *xlsx, const char *const *formats)
{
    const struct {
        const char *format;
        uint8_t align;
    } kinds[] = {
        [FIELD_TEXT] = {"@",                 LXW_ALIGN_CENTER},
        [FIELD_DATE] = {formats[CELL_DATE],  LXW_ALIGN_CENTER},
        [FIELD_AMOUNT] = {formats[CELL_MONEY], LXW_ALIGN_RIGHT },
        [FIELD_NUMBER] = {"General",           LXW_ALIGN_RIGHT },
    };
    for (size_t i = 0; i < ARRAY_COUNT(kinds); i++) {
        struct look look = tone_looks[TONE_PLAIN];
        int style = STYLE_ENTRIES + (int)i;
        look.flags |= LOOK_BORDER;
        look.align = kinds[i].align;
        make(xlsx, style, look, kinds[i].format);
        if (!xlsx->failed) {
            lxw.format_set_unlocked(xlsx->formats[style]);
        }
    }
    make(xlsx, STYLE_HEADS, heads_look, NULL);
    make(xlsx, STYLE_HEADS_DATE, heads_look, formats[CELL_DATE]);
}

static struct look
with(struct look look, int flags, uint8_t align)
{
    look.flags |= flags;
    look.align = align;
    return look;
}

/* Long lists are set in the book's own letter, so that their plain texts need no format: the
 * library looks a format up anew for each cell that has one. */
static struct look
list_look(int tone)
{
    struct look look = tone_looks[tone];
    look.size = LIST_SIZE;
    look.flags |= LOOK_LIST;
    return look;
}

static void
make_cells(struct xlsx *xlsx, const char *const *formats)
{
    for (int type = 0; type < TYPE_COUNT; type++) {
        uint8_t align = right_aligned[type] ? LXW_ALIGN_RIGHT
                        : type == CELL_DATE ? LXW_ALIGN_CENTER
                                            : LXW_ALIGN_LEFT;
        make(xlsx, STYLE_TOTALS + type, with(total_look, 0, align), formats[type]);
        for (int tone = 0; tone < TONE_COUNT; tone++) {
            make(xlsx, STYLE_CELLS + type * TONE_COUNT + tone,
                 with(tone_looks[tone], LOOK_BORDER, align), formats[type]);
            if (type != CELL_TEXT ||
                tone != TONE_PLAIN) { /* a list's plain text has no format */
                make(xlsx, STYLE_LIST + type * TONE_COUNT + tone,
                     with(list_look(tone), 0, align), formats[type]);
            }
        }
    }
}

bool
xlsx_formats_make(struct xlsx *xlsx)
{
    make(xlsx, STYLE_TITLE, title_look, NULL);
    make(xlsx, STYLE_HEADER, header_look, NULL);
    make(xlsx, STYLE_HEADER_RIGHT, with(header_look, 0, LXW_ALIGN_RIGHT), NULL);
    make(xlsx, STYLE_BOX_TITLE, box_title_look, NULL);
    make(xlsx, STYLE_BOX, box_look, NULL);
    for (int tone = 0; tone < TONE_COUNT; tone++) {
        make(xlsx, STYLE_NOTES + tone, with(tone_looks[tone], LOOK_WRAP, LXW_ALIGN_LEFT),
             NULL);
        make(xlsx, STYLE_WRAPPED + tone,
             with(tone_looks[tone], LOOK_WRAP | LOOK_BORDER, LXW_ALIGN_LEFT), NULL);
        make(xlsx, STYLE_LIST_WRAPPED + tone,
             with(list_look(tone), LOOK_WRAP, LXW_ALIGN_LEFT), NULL);
    }
    make_cells(xlsx, number_formats[xlsx->document->language]);
    make_entries(xlsx, number_formats[xlsx->document->language]);
    return !xlsx->failed;
}

bool
xlsx_style_is_dated(int style)
{
    int type = style == STYLE_HEADS_DATE             ? (int)CELL_DATE
               : style == STYLE_ENTRIES + FIELD_DATE ? (int)CELL_DATE
               : style >= STYLE_ENTRIES              ? (int)CELL_TEXT
               : style >= STYLE_LIST                 ? (style - STYLE_LIST) / TONE_COUNT
               : style >= STYLE_LIST_WRAPPED         ? (int)CELL_TEXT
               : style >= STYLE_TOTALS               ? style - STYLE_TOTALS
               : style >= STYLE_CELLS                ? (style - STYLE_CELLS) / TONE_COUNT
                                                     : (int)CELL_TEXT;
    return type == CELL_DATE || type == CELL_DURATION;
}
