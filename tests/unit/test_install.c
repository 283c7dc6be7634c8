/* SPDX-License-Identifier: Apache-2.0 */
/* What `make install` puts somewhere is whole, works there alone, and can be removed. */
#include <check.h>
#include <stdlib.h>

START_TEST(test_installed)
{
    ck_assert_msg(system("sh tests/install.sh") == 0,
                  "what is installed is not right, see above");
}
END_TEST

Suite *test_install_suite(void);

Suite *
test_install_suite(void)
{
    Suite *suite = suite_create("install");
    TCase *install = tcase_create("install");
    tcase_set_timeout(install, 120);
    tcase_add_test(install, test_installed);
    suite_add_tcase(suite, install);
    return suite;
}
