/* SPDX-License-Identifier: Apache-2.0 */
/*
 * usage: floor FOLDER THREADS OUT.csv
 * How fast a month of poitiers can be read and added up at all on this machine: the rules are
 * built in, nothing is checked, nothing is explained, and ids have eight bytes. The files are
 * mapped, separators are found sixteen bytes at a time, and threads share the log. No program
 * for people can be like this; it is the floor under all of them.
 */
#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define FIELDS_MAX   16
#define THREADS_MAX  16
#define SESSIONS_MAX 31
#define HOUR_CENTS   1374
#define DAY_CENTS    9616
#define MEANS_CENTS  100000

struct line {
    const char *fields[FIELDS_MAX]; /* the first byte of each */
    const char *ends[FIELDS_MAX];   /* its separator */
    int count;
};

struct file {
    const char *bytes;
    size_t size;
};

struct member {
    char id[8];
    int asked;
    int passes; /* the means test */
    unsigned transport;
};

/* What one thread added up for a member. */
struct sum {
    unsigned sessions;
    unsigned minutes;
    uint32_t days; /* a bit a day of presence */
};

struct slot {
    uint64_t id;
    uint32_t member; /* counted from 1; 0: free */
};

struct month {
    struct member *members;
    size_t member_count;
    struct slot *slots;
    unsigned shift;
    uint64_t session_ids[SESSIONS_MAX];
    int session_days[SESSIONS_MAX]; /* which of the days of the month of sessions */
    int session_count;
    int dates[SESSIONS_MAX];
    int day_count;
};

struct share {
    struct month *month;
    struct file part;
    struct sum *sums;
    uint32_t *days; /* cents, a row a member, a column a day */
    size_t last;
};

typedef void line_reader(struct share *share, const struct line *line);

static struct file
map(const char *folder, const char *name)
{
    char path[1024];
    struct stat state;
    struct file file = {0};

    snprintf(path, sizeof path, "%s/%s.csv", folder, name);
    int descriptor = open(path, O_RDONLY);
    if (descriptor < 0 || fstat(descriptor, &state) != 0) {
        perror(path);
        exit(1);
    }
    file.size = (size_t)state.st_size;
    file.bytes = mmap(NULL, file.size, PROT_READ, MAP_PRIVATE, descriptor, 0);
    close(descriptor);
    if (file.bytes == MAP_FAILED) {
        perror(path);
        exit(1);
    }
    const char *header = memchr(file.bytes, '\n', file.size);
    size_t skipped = header != NULL ? (size_t)(header + 1 - file.bytes) : 0;
    return (struct file){file.bytes + skipped, file.size - skipped};
}

/* A bit for each separator among sixteen bytes. */
static unsigned
separators(const char *bytes)
{
#if defined(__x86_64__)
    __m128i block = _mm_loadu_si128((const __m128i *)(const void *)bytes);
    __m128i found = _mm_or_si128(_mm_cmpeq_epi8(block, _mm_set1_epi8(';')),
                                 _mm_cmpeq_epi8(block, _mm_set1_epi8('\n')));

    return (unsigned)_mm_movemask_epi8(found);
#else
    unsigned found = 0;

    for (unsigned i = 0; i < 16; i++) {
        found |= (unsigned)(bytes[i] == ';' || bytes[i] == '\n') << i;
    }
    return found;
#endif
}

static inline void
each_line(struct share *share, line_reader *read)
{
    const char *from = share->part.bytes;
    const char *end = from + share->part.size;
    struct line line = {.fields = {from}};
    char tail[16];

    for (const char *at = from; at < end; at += 16) {
        size_t left = (size_t)(end - at);
        const char *bytes = at;

        if (left < 16) {
            memset(tail, 0, sizeof tail);
            memcpy(tail, at, left);
            bytes = tail;
        }
        for (unsigned found = separators(bytes); found != 0; found &= found - 1) {
            const char *separator = at + __builtin_ctz(found);

            line.ends[line.count++] = separator;
            if (*separator == '\n') {
                read(share, &line);
                line.count = 0;
            }
            line.fields[line.count] = separator + 1;
        }
    }
}

static uint64_t
id_of(const struct line *line, int field)
{
    size_t size = (size_t)(line->ends[field] - line->fields[field]);
    uint64_t id = 0;

    memcpy(&id, line->fields[field], size < 8 ? size : 8);
    return id;
}

static struct slot *
slot_of(const struct month *month, uint64_t id)
{
    size_t at = (size_t)((id * UINT64_C(0x9e3779b97f4a7c15)) >> month->shift);

    while (month->slots[at].member != 0 && month->slots[at].id != id) {
        at = (at + 1) & (((size_t)1 << (64 - month->shift)) - 1);
    }
    return &month->slots[at];
}

/* Mostly the member after the last one. */
static size_t
member_of(struct share *share, uint64_t id)
{
    size_t next = share->last + 1 < share->month->member_count ? share->last + 1 : 0;

    if (memcmp(share->month->members[next].id, &id, sizeof id) != 0) {
        uint32_t found = slot_of(share->month, id)->member;

        if (found == 0) {
            fprintf(stderr, "floor: a member who is not in the roster\n");
            exit(1);
        }
        next = found - 1;
    }
    share->last = next;
    return next;
}

static int
two_digits(const char *text)
{
    return (text[0] - '0') * 10 + (text[1] - '0');
}

static int
minutes_of(const char *text)
{
    return two_digits(text) * 60 + two_digits(text + 3);
}

static unsigned
cents_of(const char *text, const char *end)
{
    unsigned cents = 0;

    for (; text < end; text++) {
        cents = *text == ',' ? cents : cents * 10 + (unsigned)(*text - '0');
    }
    return cents;
}

static void
read_member(struct share *share, const struct line *line)
{
    struct month *month = share->month;
    uint64_t id = id_of(line, 0);
    struct member *member = &month->members[month->member_count];
    struct slot *slot = slot_of(month, id);

    memcpy(member->id, &id, sizeof id);
    member->asked = line->ends[5] > line->fields[5];
    *slot = (struct slot){id, (uint32_t)++month->member_count};
}

static void
read_means(struct share *share, const struct line *line)
{
    size_t member = member_of(share, id_of(line, 0));

    share->month->members[member].passes =
        cents_of(line->fields[2], line->ends[2]) <= MEANS_CENTS;
}

static void
read_session(struct share *share, const struct line *line)
{
    struct month *month = share->month;
    int date = two_digits(line->fields[1] + 8);
    int day = 0;

    while (day < month->day_count && month->dates[day] != date) {
        day++;
    }
    if (month->session_count == SESSIONS_MAX) {
        fprintf(stderr, "floor: too many sessions\n");
        exit(1);
    }
    month->dates[day] = date;
    month->day_count = day == month->day_count ? day + 1 : month->day_count;
    month->session_ids[month->session_count] = id_of(line, 0);
    month->session_days[month->session_count++] = day;
}

static void
read_presence(struct share *share, const struct line *line)
{
    const struct month *month = share->month;
    uint64_t session = id_of(line, 1);
    int which = 0;

    if (line->fields[2][0] != 'p') {
        return;
    }
    while (month->session_ids[which] != session) {
        which++;
    }
    size_t member = member_of(share, id_of(line, 0));
    int day = month->session_days[which];
    unsigned minutes =
        (unsigned)(minutes_of(line->fields[4]) - minutes_of(line->fields[3]));
    share->sums[member].sessions++;
    share->sums[member].minutes += minutes;
    share->sums[member].days |= UINT32_C(1) << day;
    share->days[member * (size_t)month->day_count + (size_t)day] +=
        (HOUR_CENTS * minutes + 30) / 60;
}

static void
read_claim(struct share *share, const struct line *line)
{
    const struct month *month = share->month;
    int date = two_digits(line->fields[1] + 8);
    int day = 0;

    while (day < month->day_count && month->dates[day] != date) {
        day++;
    }
    size_t member = member_of(share, id_of(line, 0));
    if ((share->sums[member].days >> day & 1) != 0 && line->fields[6][0] == 'o') {
        month->members[member].transport += cents_of(line->fields[5], line->ends[5]);
    }
}

static void *
read_log(void *data)
{
    each_line(data, read_presence);
    return NULL;
}

static void *
allocate(size_t count, size_t size)
{
    void *room = calloc(count, size);

    if (room == NULL) {
        fprintf(stderr, "floor: out of memory\n");
        exit(1);
    }
    return room;
}

static void
read_roster(struct month *month, const char *folder)
{
    struct share share = {.month = month, .part = map(folder, "members")};
    size_t most = share.part.size / 16 + 1; /* no line is shorter */

    month->shift = 63;
    while (((size_t)1 << (64 - month->shift)) < most) {
        month->shift--;
    }
    month->members = allocate(most, sizeof month->members[0]);
    month->slots = allocate((size_t)1 << (64 - month->shift), sizeof month->slots[0]);
    each_line(&share, read_member);
    share.part = map(folder, "means");
    each_line(&share, read_means);
    share.part = map(folder, "sessions");
    each_line(&share, read_session);
}

/* The log, a part at line ends for each thread; the sums end in the first share. */
static void
share_log(struct share *shares, size_t threads, struct file log)
{
    struct month *month = shares[0].month;
    size_t day_count = (size_t)month->day_count;
    pthread_t running[THREADS_MAX];
    const char *from = log.bytes;
    const char *end = log.bytes + log.size;

    for (size_t i = 0; i < threads; i++) {
        const char *to = log.bytes + log.size / threads * (i + 1);

        to = i + 1 < threads ? memchr(to, '\n', (size_t)(end - to)) : end - 1;
        to = to != NULL ? to + 1 : end;
        shares[i] = (struct share){
            .month = month,
            .part = {from, (size_t)(to - from)},
            .sums = allocate(month->member_count, sizeof shares[i].sums[0]),
            .days = allocate(month->member_count * day_count, sizeof shares[i].days[0])
        };
        from = to;
        if (i > 0 && pthread_create(&running[i], NULL, read_log, &shares[i]) != 0) {
            perror("floor");
            exit(1);
        }
    }
    read_log(&shares[0]);
    for (size_t i = 1; i < threads; i++) {
        pthread_join(running[i], NULL);
        for (size_t member = 0; member < month->member_count; member++) {
            shares[0].sums[member].sessions += shares[i].sums[member].sessions;
            shares[0].sums[member].minutes += shares[i].sums[member].minutes;
            shares[0].sums[member].days |= shares[i].sums[member].days;
        }
        for (size_t day = 0; day < month->member_count * day_count; day++) {
            shares[0].days[day] += shares[i].days[day];
        }
    }
}

static char *
put_number(char *at, unsigned number)
{
    char digits[16];
    size_t size = 0;

    do {
        digits[size++] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    *at++ = ';';
    while (size > 0) {
        *at++ = digits[--size];
    }
    return at;
}

static void
write_totals(const struct share *share, FILE *file)
{
    const struct month *month = share->month;
    char line[128];

    fprintf(file, "member;sessions;minutes;stipend;transport;total\n");
    for (size_t i = 0; i < month->member_count; i++) {
        const struct member *member = &month->members[i];
        unsigned stipend = 0;

        for (int day = 0; day < month->day_count && member->asked && member->passes;
             day++) {
            unsigned cents = share->days[i * (size_t)month->day_count + (size_t)day];

            stipend += cents < DAY_CENTS ? cents : DAY_CENTS;
        }
        memcpy(line, member->id, sizeof member->id);
        char *at = put_number(line + sizeof member->id, share->sums[i].sessions);
        at = put_number(at, share->sums[i].minutes);
        at = put_number(at, stipend);
        at = put_number(at, member->transport);
        at = put_number(at, stipend + member->transport);
        *at++ = '\n';
        fwrite(line, 1, (size_t)(at - line), file);
    }
}

int
main(int argc, char **argv)
{
    static struct share shares[THREADS_MAX];
    static struct month month;
    size_t threads = argc == 4 ? strtoul(argv[2], NULL, 10) : 0;
    FILE *file = threads >= 1 && threads <= THREADS_MAX ? fopen(argv[3], "w") : NULL;

    if (file == NULL) {
        fprintf(stderr, "usage: floor FOLDER THREADS OUT.csv\n");
        return 2;
    }
    read_roster(&month, argv[1]);
    shares[0].month = &month;
    share_log(shares, threads, map(argv[1], "attendance"));
    shares[0].part = map(argv[1], "expenses");
    each_line(&shares[0], read_claim);
    write_totals(&shares[0], file);
    if (fclose(file) != 0) {
        perror("floor");
        return 1;
    }
    return 0;
}
