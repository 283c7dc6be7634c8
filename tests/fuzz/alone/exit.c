/* SPDX-License-Identifier: Apache-2.0 */
/* Memory that is exhausted ends the program with a status; here it is a fault to be looked at.
 * Linked with --wrap=_exit. */
#include <stdlib.h>

_Noreturn void __wrap__exit(int status);

_Noreturn void
__wrap__exit(int status)
{
    (void)status;
    abort();
}
