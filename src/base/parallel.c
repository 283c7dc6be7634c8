/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A ring of slots, each with an arena that is used again. A thread takes the next part as
 * soon as its slot is free, so that no more parts are in memory than there are slots; the
 * calling thread works on parts too while the one it waits for is not ready. All that the
 * threads share is behind one lock, which is held for a few instructions a part. Who found the
 * ring full is woken when half of it is free again: to wake a thread takes longer than a part.
 */
#include "defray/parallel.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/resource.h>

#define PROCESSORS_MAX 16
#define PARTS_MIN      8 /* below, starting a thread takes longer than it saves */
#define SLOTS_EACH     4 /* so that an uneven part stops nobody */
#define SLOT_BYTES     ((size_t)1 << 36)

struct slot {
    struct arena whole; /* as reserved */
    struct arena arena; /* what the part in it has left */
    void *made;
    bool ready; /* to be taken */
};

struct crew {
    const struct parallel_work *work;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    struct slot *slots;
    size_t slot_count;
    size_t begun, placed, taken; /* parts, in their order */
};

size_t
parallel_processors(void)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    if (sched_getaffinity(0, sizeof set, &set) != 0) {
        return 1;
    }
    int count = CPU_COUNT(&set);
    return count < 1 ? 1 : (size_t)count;
}

static bool
may_begin(const struct crew *crew)
{
    return crew->begun < crew->work->parts &&
           crew->begun < crew->taken + crew->slot_count;
}

/* Waits for the part's turn, and gives the turn on. The parts before have begun: they come. */
static void
place(struct crew *crew, size_t part, void *made)
{
    const struct parallel_work *work = crew->work;
    pthread_mutex_lock(&crew->lock);
    while (crew->placed != part) {
        pthread_cond_wait(&crew->changed, &crew->lock);
    }
    pthread_mutex_unlock(&crew->lock);
    work->place(work->context, part, made);
    pthread_mutex_lock(&crew->lock);
    crew->placed++;
    pthread_cond_broadcast(&crew->changed);
    pthread_mutex_unlock(&crew->lock);
}

/* The next part, from `make` to `finish`. The lock is held on entry and on return. */
static void
work_on_next(struct crew *crew)
{
    const struct parallel_work *work = crew->work;
    size_t part = crew->begun++;
    struct slot *slot = &crew->slots[part % crew->slot_count];
    pthread_mutex_unlock(&crew->lock);
    if (slot->whole.next == NULL) {
        slot->whole = arena_reserve(SLOT_BYTES);
    }
    slot->arena = slot->whole;
    slot->made = work->make(work->context, part, &slot->arena);
    if (work->place != NULL) {
        place(crew, part, slot->made);
    }
    if (work->finish != NULL) {
        work->finish(work->context, part, slot->made, &slot->arena);
    }
    pthread_mutex_lock(&crew->lock);
    slot->ready = true;
    if (part == crew->taken) { /* nobody waits for another */
        pthread_cond_broadcast(&crew->changed);
    }
}

static void *
help(void *argument)
{
    struct crew *crew = argument;
    pthread_mutex_lock(&crew->lock);
    while (crew->begun < crew->work->parts) {
        if (may_begin(crew)) {
            work_on_next(crew);
        } else {
            pthread_cond_wait(&crew->changed, &crew->lock);
        }
    }
    pthread_mutex_unlock(&crew->lock);
    return NULL;
}

static void
take_all(struct crew *crew)
{
    const struct parallel_work *work = crew->work;
    pthread_mutex_lock(&crew->lock);
    while (crew->taken < work->parts) {
        struct slot *slot = &crew->slots[crew->taken % crew->slot_count];
        if (!slot->ready) {
            if (may_begin(crew)) {
                work_on_next(crew);
            } else {
                pthread_cond_wait(&crew->changed, &crew->lock);
            }
            continue;
        }
        pthread_mutex_unlock(&crew->lock);
        if (work->take != NULL) {
            work->take(work->context, crew->taken, slot->made, &slot->arena);
        }
        pthread_mutex_lock(&crew->lock);
        slot->ready = false;
        crew->taken++;
        if (crew->begun - crew->taken <= crew->slot_count / 2) {
            pthread_cond_broadcast(&crew->changed);
        }
    }
    pthread_mutex_unlock(&crew->lock);
}

/* Starts up to `most` helpers, which leave all signals to the thread that called; a machine
 * that grants fewer does the work with fewer. */
static size_t
start(struct crew *crew, pthread_t *threads, size_t most)
{
    sigset_t all;
    sigset_t before;
    size_t count = 0;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    while (count < most && pthread_create(&threads[count], NULL, help, crew) == 0) {
        count++;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return count;
}

static void
work_alone(struct arena scratch, const struct parallel_work *work)
{
    for (size_t part = 0; part < work->parts; part++) {
        struct arena arena = scratch;
        void *made = work->make(work->context, part, &arena);
        if (work->place != NULL) {
            work->place(work->context, part, made);
        }
        if (work->finish != NULL) {
            work->finish(work->context, part, made, &arena);
        }
        if (work->take != NULL) {
            work->take(work->context, part, made, &arena);
        }
    }
}

/* Where address space is limited, each thread's share of it would be too small to work in. */
static bool
has_address_space(void)
{
    struct rlimit limit;
    return getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY;
}

static size_t
processors_for(const struct parallel_work *work)
{
    if (!has_address_space()) {
        return 1;
    }
    size_t count = work->processors > 0 ? work->processors : parallel_processors();
    count = work->parts < PARTS_MIN && !work->long_parts ? 1 : count;
    count = count < work->parts ? count : work->parts > 0 ? work->parts : 1;
    return count < PROCESSORS_MAX ? count : PROCESSORS_MAX;
}

void
parallel_in_order(struct arena scratch, const struct parallel_work *work)
{
    size_t processors = processors_for(work);
    pthread_t threads[PROCESSORS_MAX];
    if (processors == 1) {
        work_alone(scratch, work);
        return;
    }
    struct crew crew = {.work = work, .slot_count = SLOTS_EACH * processors};
    crew.slots = NEW_ARRAY(&scratch, struct slot, crew.slot_count);
    pthread_mutex_init(&crew.lock, NULL);
    pthread_cond_init(&crew.changed, NULL);
    size_t count = start(&crew, threads, processors - 1);
    take_all(&crew);
    for (size_t i = 0; i < count; i++) {
        pthread_join(threads[i], NULL);
    }
    for (size_t i = 0; i < crew.slot_count; i++) {
        if (crew.slots[i].whole.next != NULL) {
            arena_release(crew.slots[i].whole);
        }
    }
    pthread_cond_destroy(&crew.changed);
    pthread_mutex_destroy(&crew.lock);
}
