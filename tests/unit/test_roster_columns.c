/* SPDX-License-Identifier: Apache-2.0 */
/* Columns of the members that are taken for others, and cells that have lost something. */
#include "support/tables.h"

#define HEAD "id;last_name;first_name;"

/* In an assembly a titular has an alternate. */
START_TEST(a_titular_is_no_account_holder)
{
    struct tables *t = tables_new();
    tables_members(t, HEAD "titulaire\nP1;A;B;Jean Factice\n");
    ck_assert_uint_eq(t->roster->count, 1);
    ck_assert_ptr_null(t->roster->items[0].rows[0].particulars);
    tables_end(t);
}
END_TEST

static const struct {
    const char *row; /* postcode;country;iban */
    bool told;
} postcodes[] = {
    {"1000;;FR7699990003010003000010864",   true },
    {"1000;FR;",                            true },
    {"1000;france;",                        true },
    {"1000;BE;FR7699990003010003000010864", false},
    {"1000;;BE71096123456769",              false},
    {"01000;FR;",                           false},
    {"2A004;FR;",                           false},
    {"2A;FR;",                              false},
    {";FR;",                                false},
};

START_TEST(a_postcode_without_its_zero_is_told)
{
    struct tables *t = tables_new();
    tables_members(t, arena_printf(&t->keep, HEAD "postcode;country;iban\nP1;A;B;%s\n",
                                   postcodes[_i].row));
    ck_assert_msg((tables_filed(t, CODE_B008) == 1) == postcodes[_i].told, "%s",
                  postcodes[_i].row);
    tables_end(t);
}
END_TEST

static const char *const requests[] = {"Demande reçue le", "demande du"};

START_TEST(a_request_is_read_under_other_headings)
{
    struct tables *t = tables_new();
    tables_members(t, arena_printf(&t->keep,
                                   HEAD "%s;N° IBAN\nP1;A;B;04/11/2024;"
                                        "FR7699990003010003000010864\n",
                                   requests[_i]));
    tables_expect(t, "");
    ck_assert(!date_is_none(t->roster->items[0].requested_on));
    ck_assert_int_eq(t->roster->items[0].own.bank.state, BANK_RIGHT);
    tables_end(t);
}
END_TEST

Suite *test_roster_columns_suite(void);

Suite *
test_roster_columns_suite(void)
{
    Suite *suite = suite_create("roster_columns");
    TCase *tests = tcase_create("roster_columns");
    tcase_add_test(tests, a_titular_is_no_account_holder);
    tcase_add_loop_test(tests, a_postcode_without_its_zero_is_told, 0,
                        (int)ARRAY_COUNT(postcodes));
    tcase_add_loop_test(tests, a_request_is_read_under_other_headings, 0,
                        (int)ARRAY_COUNT(requests));
    suite_add_tcase(suite, tests);
    return suite;
}
