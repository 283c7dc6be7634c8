/* SPDX-License-Identifier: Apache-2.0 */
/* Sixteen bytes of a line at a time where the processor can: SSE2, which every x86-64 has.
 * Wider registers gained nothing, since most lines are shorter than two of them. */
#include "defray/scan.h"

#include "scan_parts.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* Where a line stands while its cells are being split off. */
struct line {
    struct text *cells;
    size_t count; /* cells asked for */
    size_t found;
    const char *start; /* of the next cell */
};

static inline bool
add_cell(struct line *line, const char *end)
{
    if (line->found == line->count) {
        return false;
    }
    line->cells[line->found++] = (struct text){line->start, (size_t)(end - line->start)};
    line->start = end + 1;
    return true;
}

/* The last cell, before the line feed. Of all the carriage returns met there may be one,
 * which belongs to the line end. */
static inline bool
end_line(struct line *line, const char *feed, size_t returns)
{
    size_t own = feed > line->start && feed[-1] == '\r';
    return returns == own && add_cell(line, feed - own) && line->found == line->count;
}

static bool
has_second_meaning(uint8_t byte)
{
    return (byte < 0x20 && byte != '\t') || byte == '"' || byte == 0x7F || byte == 0xC2 ||
           byte == 0xE2 || byte == 0xEF;
}

size_t
scan_line_plainly(struct text rest, char separator, struct text *cells, size_t count)
{
    struct line line = {.cells = cells, .count = count, .start = rest.data};
    size_t returns = 0;
    for (size_t i = 0; i < rest.size; i++) {
        const char *p = rest.data + i;
        if (*p == '\n') {
            return end_line(&line, p, returns) ? i + 1 : 0;
        }
        if (*p == separator && !add_cell(&line, p)) {
            return 0;
        }
        returns += *p == '\r';
        if (*p != '\r' && has_second_meaning((uint8_t)*p)) {
            return 0;
        }
    }
    return 0;
}

static size_t
count_plainly(struct text t, char byte)
{
    size_t count = 0;
    for (size_t i = 0; i < t.size; i++) {
        count += t.data[i] == byte;
    }
    return count;
}

#if defined(__SSE2__)
#define BLOCK 16

/* One bit a byte. */
struct block_marks {
    unsigned separators, feeds, returns, others;
};

static inline unsigned
bits_of(__m128i equal)
{
    return (unsigned)_mm_movemask_epi8(equal);
}

static inline struct block_marks
mark_block(__m128i bytes, __m128i separator)
{
    const __m128i last_control = _mm_set1_epi8(0x1F);
    __m128i control = _mm_cmpeq_epi8(_mm_max_epu8(bytes, last_control), last_control);
    __m128i other = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')),
                                 _mm_cmpeq_epi8(bytes, _mm_set1_epi8(0x7F)));
    struct block_marks marks = {.separators = bits_of(_mm_cmpeq_epi8(bytes, separator))};
    if (bits_of(bytes) != 0) { /* some byte beyond ASCII */
        __m128i c2_or_e2 = _mm_and_si128(bytes, _mm_set1_epi8((char)0xDF));
        other = _mm_or_si128(other, _mm_cmpeq_epi8(c2_or_e2, _mm_set1_epi8((char)0xC2)));
        other = _mm_or_si128(other, _mm_cmpeq_epi8(bytes, _mm_set1_epi8((char)0xEF)));
    }
    marks.others = bits_of(other);
    unsigned controls = bits_of(control);
    if (controls != 0) {
        marks.feeds = bits_of(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n')));
        marks.returns = bits_of(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\r')));
        unsigned tabs = bits_of(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\t')));
        marks.others |= controls & ~(marks.feeds | marks.returns | tabs);
    }
    return marks;
}

size_t
scan_line(struct text rest, char separator, struct text *cells, size_t count)
{
    const __m128i mark = _mm_set1_epi8(separator);
    struct line line = {.cells = cells, .count = count, .start = rest.data};
    size_t returns = 0;
    for (size_t at = 0; at + BLOCK <= rest.size; at += BLOCK) {
        const char *block = rest.data + at;
        __m128i bytes = _mm_loadu_si128((const __m128i_u *)(const void *)block);
        struct block_marks marks = mark_block(bytes, mark);
        /* What lies before the line feed, which is all where there is none. */
        unsigned before = (marks.feeds & -marks.feeds) - 1U;
        if ((marks.others & before) != 0) {
            return 0;
        }
        for (unsigned left = marks.separators & before; left != 0; left &= left - 1) {
            if (!add_cell(&line, block + __builtin_ctz(left))) {
                return 0;
            }
        }
        unsigned own = marks.returns & before; /* two are as many as more */
        returns += (own != 0) + (size_t)((own & (own - 1)) != 0);
        if (marks.feeds != 0) {
            const char *feed = block + __builtin_ctz(marks.feeds);
            return end_line(&line, feed, returns) ? (size_t)(feed + 1 - rest.data) : 0;
        }
    }
    return scan_line_plainly(rest, separator, cells, count);
}

size_t
scan_count(struct text t, char byte)
{
    const __m128i wanted = _mm_set1_epi8(byte);
    size_t count = 0;
    size_t at = 0;
    while (at + BLOCK <= t.size) {
        __m128i found = _mm_setzero_si128(); /* each byte counts to 255 */
        for (int i = 0; i < 255 && at + BLOCK <= t.size; i++, at += BLOCK) {
            const void *block = t.data + at;
            __m128i bytes = _mm_loadu_si128((const __m128i_u *)block);
            found = _mm_sub_epi8(found, _mm_cmpeq_epi8(bytes, wanted));
        }
        __m128i sums = _mm_sad_epu8(found, _mm_setzero_si128());
        count += (size_t)(_mm_extract_epi16(sums, 0) + _mm_extract_epi16(sums, 4));
    }
    return count + count_plainly((struct text){t.data + at, t.size - at}, byte);
}
#else
size_t
scan_line(struct text rest, char separator, struct text *cells, size_t count)
{
    return scan_line_plainly(rest, separator, cells, count);
}

size_t
scan_count(struct text t, char byte)
{
    return count_plainly(t, byte);
}
#endif
