/* SPDX-License-Identifier: Apache-2.0 */
/* What the sheets of the month's document share: one file a sheet,
 * src/output/document_payroll_<sheet>.c, in the order in which they stand. */
#ifndef DEFRAY_PAYROLL_PARTS_H
#define DEFRAY_PAYROLL_PARTS_H

#include "defray/payroll.h"

#include "document_parts.h"

/* Each adds its tables; `payroll` lives as long as the document. */
void payroll_add_statement(struct arena *keep, const struct payroll *payroll,
                           struct tables *tables);
void payroll_add_pay(struct arena *keep, const struct payroll *payroll,
                     struct tables *tables);
void payroll_add_detail(struct arena *keep, const struct payroll *payroll,
                        struct tables *tables);
void payroll_add_expenses(struct arena *keep, const struct payroll *payroll,
                          struct tables *tables);
void payroll_add_recap(struct arena *keep, const struct payroll *payroll,
                       struct tables *tables);
/* With a ledger only: what is settled beside the period's own lines. */
void payroll_add_adjustments(struct arena *keep, const struct payroll *payroll,
                             struct tables *tables);
/* Facts of the control sheet: the ledger's head, who approves. */
void payroll_put_ledger(const struct payroll *payroll,
                        void (*put_fact)(enum language language, const char *item,
                                         struct text value, struct row_sink *sink),
                        struct row_sink *sink);
/* Of JSON, with a ledger only; gives how many were set. */
#define PAYROLL_LEDGER_PROPERTIES 10
size_t payroll_ledger_properties(const struct payroll *payroll,
                                 struct property out[PAYROLL_LEDGER_PROPERTIES]);
void payroll_add_waiting(struct arena *keep, const struct payroll *payroll,
                         struct tables *tables);
void payroll_add_control(struct arena *keep, const struct payroll *payroll,
                         struct tables *tables);
/* What only JSON has, and the properties of the document. */
void payroll_add_json(struct arena *keep, const struct payroll *payroll,
                      struct tables *tables);
void payroll_set_properties(struct arena *keep, const struct payroll *payroll,
                            struct document *document);

/* A table with its columns' titles translated. */
struct table payroll_table(struct arena *keep, const struct payroll *payroll,
                           const struct column *columns, size_t count);
/* Members come in parts, in their order (table.parts): part i has those from `first` to `end`. */
struct members {
    uint32_t first, end;
};
size_t payroll_parts(const struct payroll *payroll);
struct members payroll_part(const struct payroll *payroll, size_t part);
/* Gives each line of the period, of the members of the part, to `put`. */
void payroll_each_line(const struct payroll *payroll, struct arena *keep, size_t part,
                       void (*put)(struct arena *keep, const struct payroll *payroll,
                                   uint32_t member, const struct line *line,
                                   struct row_sink *sink),
                       struct row_sink *sink);
/* How many lines of the period are claims of the member, without making any. */
size_t payroll_claims(const struct payroll *payroll, uint32_t member);
/* A row a file read: path, SHA-256. */
void payroll_put_inputs(const struct payroll *payroll, struct row_sink *sink);

/* Authority, assembly and period, as the first lines of a sheet. */
void payroll_note_head(struct arena *keep, const struct payroll *payroll,
                       struct notes *notes);

/* An entitlement that the rules can pay: the stipend, then each category. */
struct payable {
    struct text key;
    struct text label;
    const struct accounting *accounting;
};
size_t payroll_payables(const struct rules *rules);
struct payable payroll_payable(const struct payroll *payroll, size_t index);
/* The index of the payable that a line belongs to; past the last if to none. */
size_t payroll_payable_of(const struct rules *rules, struct text entitlement);

struct money payroll_total(const struct payroll *payroll, size_t member);
/* To pay, but the payment waits: bank details missing or wrong, or not confirmed. */
bool payroll_is_held(const struct payroll *payroll, size_t member);
/* The place of the member's participation that counts for the period. */
const struct participation *payroll_row(const struct payroll *payroll, size_t member);
/* What the line is called: "Indemnité", or the category's label or name. */
struct text payroll_entitlement(const struct payroll *payroll, const struct line *line);

#endif
