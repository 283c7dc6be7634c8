/* SPDX-License-Identifier: Apache-2.0 */
/* layer: simulation */
/*
 * Draws that are the same on every machine. Integers of 64 bits and nothing else: an event of
 * probability p happens if the draw is below p x 2^64.
 *
 * Every seat of every run has a stream of its own, so that no draw depends on how many others
 * were made, by how many threads, or in which variant:
 *
 *     stream(seed, run, seat) starts at mix(mix(seed + G) + (run + 1) x G) + (seat + 1) x H
 *     each draw adds G to the state and gives mix(state)
 *
 * where G = 0x9E3779B97F4A7C15, H = 0xD1B54A32D192ED03 and mix is that of SplitMix64 (Steele,
 * Lea and Flood, 2014). In a stream the draws come in this order: the profile of whoever holds the
 * seat; then, for each day on which their group meets, one for leaving, and one for each session:
 * below the chance to come they come, below that to come or be excused they are excused.
 * Where they leave, a draw says whether somebody comes in, and the next one gives that person's
 * profile.
 */
#ifndef DEFRAY_RANDOM_H
#define DEFRAY_RANDOM_H

#include <stdbool.h>
#include <stdint.h>

struct stream {
    uint64_t state;
};

struct
    chance { /* of an event; `always` is a probability of 1, which 64 bits do not hold */
    uint64_t below;
    bool always;
};

uint64_t random_run_key(uint64_t seed, uint64_t run);
struct stream random_stream(uint64_t run_key, uint64_t seat);
uint64_t random_draw(struct stream *stream);
bool chance_holds(struct chance chance, uint64_t drawn);
bool random_happens(struct stream *stream, struct chance chance);

#endif
