/* SPDX-License-Identifier: Apache-2.0 */
/*
 * usage: loses BYTES
 * Loses as many bytes, having made the C library keep some. Linked as the sanitized program is,
 * so that a test sees that its short way to the end (support/sanitized.c) hides nothing.
 */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

int
main(int count, char **arguments)
{
    size_t bytes = count > 1 ? strtoul(arguments[1], NULL, 10) : 0;

    setlocale(LC_ALL, "");
    time_t now = time(NULL);
    char *volatile place = bytes > 0 ? malloc(bytes) : NULL;

    printf("%d: %s %zu\n", localtime(&now)->tm_year, place ? "loses" : "keeps", bytes);
    place = NULL;
    return EXIT_SUCCESS;
}
