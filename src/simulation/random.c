/* SPDX-License-Identifier: Apache-2.0 */
/* SplitMix64, a stream a seat. */
#include "defray/random.h"

#define STEP      UINT64_C(0x9E3779B97F4A7C15)
#define SEAT_STEP UINT64_C(0xD1B54A32D192ED03)

static uint64_t
mix(uint64_t z)
{
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

uint64_t
random_run_key(uint64_t seed, uint64_t run)
{
    return mix(mix(seed + STEP) + (run + 1) * STEP);
}

struct stream
random_stream(uint64_t run_key, uint64_t seat)
{
    return (struct stream){run_key + (seat + 1) * SEAT_STEP};
}

uint64_t
random_draw(struct stream *stream)
{
    stream->state += STEP;
    return mix(stream->state);
}

bool
chance_holds(struct chance chance, uint64_t drawn)
{
    return drawn < chance.below || chance.always;
}

bool
random_happens(struct stream *stream, struct chance chance)
{
    return chance_holds(chance, random_draw(stream));
}
