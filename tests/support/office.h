/* SPDX-License-Identifier: Apache-2.0 */
/* A month of an assembly's fixture, read as the program reads it, and its members' certificates. */
#ifndef TESTS_OFFICE_H
#define TESTS_OFFICE_H

#include "defray/certificate.h"

#define OFFICE_FIXTURES 6

struct office {
    struct diag *diag; /* in English */
    struct batch batch;
    struct certified_file files[2];
};

/* Each of the fixtures in turn. What is wrong with one fails the test. */
struct office *office_open(struct arena *keep, int fixture);
/* The same, by the id of its rules. */
struct office *office_open_named(struct arena *keep, const char *rules);
/* The certificate of a member, sealed. */
struct tree *office_certify(const struct office *office, uint32_t member,
                            struct arena *into);

#endif
