#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The draws of bench/scenario-111x12.cfg with NumPy: as many numbers, the same quantiles."""
import numpy

RUNS, SEATS, DAYS, CENTS = 10000, 111, 12, 7749
generator = numpy.random.default_rng(1)
leaves = generator.random((RUNS, SEATS, DAYS)) < 0.03
leaves[:, :, 0] = False
there = ~numpy.logical_or.accumulate(leaves, axis=2)
comes = there & (generator.random((RUNS, SEATS, DAYS)) < 0.8)
months = comes.sum(axis=1, dtype=numpy.int64) * CENTS
cumulated = months.cumsum(axis=1)
for table in (months, cumulated):
    numpy.quantile(table, (0.05, 0.5, 0.95), axis=0, method="inverted_cdf")
low, central, high = numpy.quantile(cumulated[:, -1], (0.05, 0.5, 0.95), method="inverted_cdf")
print(f"{low / 100:.2f} {central / 100:.2f} {high / 100:.2f}")
