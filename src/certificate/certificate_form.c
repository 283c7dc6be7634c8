/* SPDX-License-Identifier: Apache-2.0 */
/* The form of a certificate: which fields it has and how each is written; then its seal. */
#include "certificate_stated.h"

enum form {
    FORM_TEXT,
    FORM_MONEY,
    FORM_UNITS, /* exact, as few decimals as it needs */
    FORM_EUROS, /* exact, two decimals or more */
    FORM_INTEGER,
    FORM_BOOL,
    FORM_DATE,
    FORM_SHA256,
    FORM_OBJECT,
    FORM_LIST, /* of objects */
};

enum { MUST = 1, MAY = 0 };

struct field {
    const char *key;
    enum form form;
    int must;
    const struct field *inner; /* ends with a NULL key */
};

/* clang-format off */
static const struct field basis_fields[] = {
    {"assumption", FORM_TEXT, MAY, NULL}, {"id", FORM_TEXT, MAY, NULL},
    {"kind", FORM_TEXT, MAY, NULL}, {"title", FORM_TEXT, MAY, NULL},
    {"date", FORM_DATE, MAY, NULL}, {"article", FORM_TEXT, MAY, NULL},
    {"address", FORM_TEXT, MAY, NULL}, {NULL, FORM_TEXT, MAY, NULL},
};
static const struct field derivation_fields[] = {
    {"base", FORM_EUROS, MUST, NULL}, {"factor", FORM_UNITS, MUST, NULL},
    {"series", FORM_TEXT, MUST, NULL}, {"figure", FORM_EUROS, MUST, NULL},
    {"on", FORM_DATE, MUST, NULL}, {"rounding", FORM_TEXT, MAY, NULL},
    {"gives", FORM_EUROS, MUST, NULL}, {"source", FORM_OBJECT, MAY, basis_fields},
    {NULL, FORM_TEXT, MAY, NULL},
};
static const struct field cap_fields[] = {
    {"kind", FORM_TEXT, MUST, NULL}, {"span", FORM_TEXT, MUST, NULL},
    {"since", FORM_DATE, MUST, NULL}, {"line", FORM_INTEGER, MAY, NULL},
    {"exact", FORM_EUROS, MAY, NULL}, {"cap", FORM_TEXT, MAY, NULL},
    {"over", FORM_TEXT, MAY, NULL}, {"soft", FORM_BOOL, MAY, NULL},
    {"limit", FORM_TEXT, MAY, NULL}, {"derivation", FORM_OBJECT, MAY, derivation_fields},
    {"units_before", FORM_UNITS, MAY, NULL}, {"units_left", FORM_UNITS, MAY, NULL},
    {"minutes_before", FORM_UNITS, MAY, NULL}, {"minutes_day", FORM_UNITS, MAY, NULL},
    {"before", FORM_MONEY, MAY, NULL}, {"worth", FORM_MONEY, MAY, NULL},
    {"left", FORM_MONEY, MAY, NULL}, {"took", FORM_MONEY, MUST, NULL},
    {"source", FORM_OBJECT, MAY, basis_fields}, {NULL, FORM_TEXT, MAY, NULL},
};
static const struct field band_fields[] = {
    {"quantity", FORM_UNITS, MUST, NULL}, {"rate", FORM_EUROS, MUST, NULL},
    {"exact", FORM_EUROS, MUST, NULL}, {NULL, FORM_TEXT, MAY, NULL},
};
static const struct field scheme_fields[] = {
    {"state", FORM_TEXT, MUST, NULL}, {"since", FORM_DATE, MUST, NULL},
    {"source", FORM_OBJECT, MUST, basis_fields}, {NULL, FORM_TEXT, MAY, NULL},
};
static const struct field evidence_fields[] = {
    {"verdict", FORM_TEXT, MUST, NULL}, {"method", FORM_TEXT, MAY, NULL},
    {"month", FORM_TEXT, MAY, NULL}, {NULL, FORM_TEXT, MAY, NULL},
};
static const struct field line_fields[] = {
    {"line", FORM_INTEGER, MUST, NULL}, {"date", FORM_DATE, MUST, NULL},
    {"session", FORM_TEXT, MAY, NULL}, {"kind", FORM_TEXT, MAY, NULL},
    {"body", FORM_TEXT, MAY, NULL}, {"entitlement", FORM_TEXT, MUST, NULL},
    {"presence", FORM_TEXT, MAY, NULL}, {"status", FORM_TEXT, MAY, NULL},
    {"at", FORM_TEXT, MUST, NULL}, {"other_at", FORM_TEXT, MAY, NULL},
    {"state", FORM_TEXT, MUST, NULL}, {"reason", FORM_TEXT, MAY, NULL},
    {"scheme", FORM_OBJECT, MUST, scheme_fields},
    {"evidence", FORM_OBJECT, MAY, evidence_fields},
    {"tariff", FORM_INTEGER, MAY, NULL},
    {"method", FORM_TEXT, MAY, NULL}, {"unit", FORM_TEXT, MAY, NULL},
    {"minutes", FORM_UNITS, MAY, NULL}, {"quantity", FORM_UNITS, MAY, NULL},
    {"by_default", FORM_BOOL, MAY, NULL},
    {"rate", FORM_EUROS, MAY, NULL}, {"derivation", FORM_OBJECT, MAY, derivation_fields},
    {"horsepower", FORM_INTEGER, MAY, NULL}, {"opening", FORM_UNITS, MAY, NULL},
    {"counter", FORM_UNITS, MAY, NULL}, {"bands", FORM_LIST, MAY, band_fields},
    {"claimed", FORM_MONEY, MAY, NULL}, {"exact", FORM_EUROS, MAY, NULL},
    {"rounding", FORM_TEXT, MAY, NULL}, {"gross", FORM_MONEY, MAY, NULL},
    {"caps", FORM_LIST, MAY, cap_fields}, {"due", FORM_MONEY, MUST, NULL},
    {"source", FORM_OBJECT, MAY, basis_fields},
    {"relied_on", FORM_LIST, MUST, basis_fields}, {NULL, FORM_TEXT, MAY, NULL},
};
static const struct field rules_fields[] = {
    {"id", FORM_TEXT, MUST, NULL}, {"sha256", FORM_SHA256, MUST, NULL},
    {"authority", FORM_TEXT, MUST, NULL}, {"assembly", FORM_TEXT, MUST, NULL},
    {"as_known_on", FORM_DATE, MAY, NULL},
    {NULL, FORM_TEXT, MAY, NULL},
};
static const struct field member_fields[] = {
    {"id", FORM_TEXT, MUST, NULL}, {"last_name", FORM_TEXT, MUST, NULL},
    {"first_name", FORM_TEXT, MUST, NULL}, {NULL, FORM_TEXT, MAY, NULL},
};
static const struct field period_fields[] = {
    {"from", FORM_DATE, MUST, NULL}, {"to", FORM_DATE, MUST, NULL},
    {NULL, FORM_TEXT, MAY, NULL},
};
static const struct field count_fields[] = {
    {"read", FORM_INTEGER, MUST, NULL}, {"due", FORM_INTEGER, MUST, NULL},
    {"capped", FORM_INTEGER, MUST, NULL}, {"zero", FORM_INTEGER, MUST, NULL},
    {"refused", FORM_INTEGER, MUST, NULL}, {"undetermined", FORM_INTEGER, MUST, NULL},
    {"paid_before", FORM_INTEGER, MUST, NULL}, {NULL, FORM_TEXT, MAY, NULL},
};
static const struct field totals_fields[] = {
    {"stipend", FORM_MONEY, MUST, NULL}, {"expenses", FORM_MONEY, MUST, NULL},
    {"total", FORM_MONEY, MUST, NULL}, {"lines", FORM_OBJECT, MUST, count_fields},
    {NULL, FORM_TEXT, MAY, NULL},
};
static const struct field input_fields[] = {
    {"name", FORM_TEXT, MUST, NULL}, {"sha256", FORM_SHA256, MAY, NULL},
    {NULL, FORM_TEXT, MAY, NULL},
};
static const struct field certificate_fields[] = {
    {"schema", FORM_TEXT, MUST, NULL}, {"version", FORM_TEXT, MUST, NULL},
    {"rules", FORM_OBJECT, MUST, rules_fields}, {"member", FORM_OBJECT, MUST, member_fields},
    {"period", FORM_OBJECT, MUST, period_fields}, {"earlier", FORM_LIST, MUST, line_fields},
    {"lines", FORM_LIST, MUST, line_fields}, {"totals", FORM_OBJECT, MUST, totals_fields},
    {"inputs", FORM_LIST, MUST, input_fields}, {"seal", FORM_SHA256, MUST, NULL},
    {NULL, FORM_TEXT, MAY, NULL},
};
/* clang-format on */

static bool
is_sha256(struct text t)
{
    for (size_t i = 0; i < t.size; i++) {
        bool digit = is_digit(t.data[i]);
        if (!digit && (t.data[i] < 'a' || t.data[i] > 'f')) {
            return false;
        }
    }
    return t.size == 64;
}

static bool
is_written_so(struct arena scratch, enum form form, const struct tree *value)
{
    struct money amount;
    struct ratio ratio;
    struct date date;
    switch (form) {
    case FORM_TEXT: return value->type == TREE_TEXT;
    case FORM_MONEY: return value->type == TREE_TEXT && money_parse(value->text, &amount);
    case FORM_UNITS:
        return value->type == TREE_TEXT && exact_parse(scratch, value->text, 0, &ratio);
    case FORM_EUROS:
        return value->type == TREE_TEXT && exact_parse(scratch, value->text, 2, &ratio);
    case FORM_INTEGER: return value->type == TREE_INTEGER && value->integer >= 0;
    case FORM_BOOL: return value->type == TREE_BOOL;
    case FORM_DATE: return value->type == TREE_TEXT && date_parse_iso(value->text, &date);
    case FORM_SHA256: return value->type == TREE_TEXT && is_sha256(value->text);
    case FORM_OBJECT: return value->type == TREE_OBJECT;
    case FORM_LIST: return value->type == TREE_LIST;
    }
    return false;
}

static void check_object(struct checking *check, const char *path,
                         const struct tree *object, const struct field *fields);

static void
check_value(struct checking *check, const char *path, const struct field *field,
            const struct tree *value)
{
    if (!is_written_so(*check->keep, field->form, value)) {
        check_form(check, path, field->key, value);
        return;
    }
    const char *name = path[0] == '\0'
                           ? field->key
                           : arena_printf(check->keep, "%s.%s", path, field->key);
    if (field->form == FORM_OBJECT) {
        check_object(check, name, value, field->inner);
        return;
    }
    size_t index = 0;
    for (const struct tree *item = value->first; field->form == FORM_LIST && item != NULL;
         item = item->next) {
        const char *place = arena_printf(check->keep, "%s[%zu]", name, ++index);
        if (item->type == TREE_OBJECT) {
            check_object(check, place, item, field->inner);
        } else {
            check_form(check, name, place, item);
        }
    }
}

static void
check_object(struct checking *check, const char *path, const struct tree *object,
             const struct field *fields)
{
    for (const struct tree *item = object->first; item != NULL; item = item->next) {
        const struct field *field = fields;
        while (field->key != NULL && !text_equals(item->key, text_of(field->key))) {
            field++;
        }
        if (field->key != NULL) {
            check_value(check, path, field, item);
        } else {
            check->holds = diag_error(check->diag, check->where, CODE_C003,
                                      "'%.*s' is no field of '%s'", TEXT_ARG(item->key),
                                      path[0] == '\0' ? "certificate" : path);
        }
    }
    for (const struct field *field = fields; field->key != NULL; field++) {
        if (field->must == MUST && tree_get(object, field->key) == NULL) {
            check->holds = diag_error(check->diag, check->where, CODE_C003,
                                      "'%s' is missing in '%s'", field->key,
                                      path[0] == '\0' ? "certificate" : path);
        }
    }
}

bool
certificate_form_holds(struct arena *keep, const struct tree *certificate,
                       struct where where, struct diag *diag)
{
    struct checking check = {keep, where, diag, CODE_C003, true};
    if (certificate->type != TREE_OBJECT ||
        !text_equals(tree_get_text(certificate, "schema"), STR(CERTIFICATE_SCHEMA))) {
        return diag_error(diag, where, CODE_C003, "the schema is not '%s'",
                          CERTIFICATE_SCHEMA);
    }
    check_object(&check, "", certificate, certificate_fields);
    struct stated_lines lines = {0};
    if (!check.holds || !stated_read(&check, certificate, &lines)) {
        return false;
    }
    if (date_compare(lines.period.from, lines.period.to) > 0) {
        const struct tree *period = tree_get(certificate, "period");
        return diag_error(diag, where, CODE_C003,
                          "period: '%.*s .. %.*s' ends before it begins",
                          TEXT_ARG(tree_get_text(period, "from")),
                          TEXT_ARG(tree_get_text(period, "to")));
    }
    const char *seal = certificate_seal(keep, certificate);
    return text_equals(tree_get_text(certificate, "seal"), text_of(seal)) ||
           diag_error(diag, where, CODE_C004,
                      "the content is not the one that was sealed");
}
