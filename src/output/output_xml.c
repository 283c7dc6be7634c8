/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A credit transfer as banks take it: ISO 20022 pain.001.001.09, SEPA. Everything comes from
 * the order, nothing from the clock. What was written is read again from the file: the number
 * of payments, their sum and every account must be those of the order.
 */
#include "defray/bank_text.h"
#include "defray/order.h"
#include "defray/roster.h"

#include "output_parts.h"

#include <inttypes.h>
#include <string.h>

#define NAME_MAX_SIZE     70
#define ADDRESS_MAX_SIZE  70
#define TOWN_MAX_SIZE     35
#define POSTCODE_MAX_SIZE 16
#define REMITTANCE_MAX    140
#define XML_BYTES_MAX     ((size_t)1 << 33)

#define NAMESPACE "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"

static const struct where nowhere = {0};

/* Handed on by value: what is made in its scratch memory is gone on return. */
struct xml {
    struct output_stream *stream;
    struct arena scratch;
    const struct order *order;
};

static void
put(struct xml xml, const char *string)
{
    output_stream_add(xml.stream, text_of(string));
}

/* One element with a text in the bank's letters, which need no escape in XML. */
static void
put_text(struct xml xml, const char *element, struct text value, size_t most)
{
    struct text text = bank_text(&xml.scratch, value, most);
    if (text.size > 0) {
        put(xml, arena_printf(&xml.scratch, "<%s>%.*s</%s>", element, TEXT_ARG(text),
                              element));
    }
}

static void
put_sums(struct xml xml)
{
    char total[MONEY_TEXT_MAX];
    put(xml, arena_printf(&xml.scratch, "<NbOfTxs>%zu</NbOfTxs><CtrlSum>%s</CtrlSum>",
                          xml.order->payment_count, money_text(xml.order->total, total)));
}

/* Structured, with town and country, or none at all: half an address is refused by banks. */
static void
put_address(struct xml xml, const struct order_party *party)
{
    struct text country = bank_country(&xml.scratch, party->country);
    struct text town = bank_text(&xml.scratch, party->town, TOWN_MAX_SIZE);
    if (country.size == 0 || town.size == 0) {
        return;
    }
    put(xml, "<PstlAdr>");
    put_text(xml, "StrtNm", party->street, ADDRESS_MAX_SIZE);
    put_text(xml, "PstCd", party->postcode, POSTCODE_MAX_SIZE);
    put_text(xml, "TwnNm", town, TOWN_MAX_SIZE);
    put_text(xml, "Ctry", country, 2);
    put(xml, "</PstlAdr>");
}

static void
put_party(struct xml xml, const char *element, const struct order_party *party)
{
    put(xml, arena_printf(&xml.scratch, "<%s>", element));
    put_text(xml, "Nm", party->name, NAME_MAX_SIZE);
    put_address(xml, party);
    put(xml, arena_printf(&xml.scratch, "</%s>", element));
}

static void
put_account(struct xml xml, const char *element, struct text iban)
{
    put(xml, arena_printf(&xml.scratch, "<%s><Id><IBAN>%.*s</IBAN></Id></%s>", element,
                          TEXT_ARG(iban), element));
}

static void
put_agent(struct xml xml, const char *element, struct text bic)
{
    put(xml, arena_printf(&xml.scratch,
                          bic.size > 0
                              ? "<%s><FinInstnId><BICFI>%.*s</BICFI></FinInstnId></%s>"
                              : "<%s><FinInstnId><Othr><Id>NOTPROVIDED%.*s</Id></Othr>"
                                "</FinInstnId></%s>",
                          element, TEXT_ARG(bic), element));
}

static void
put_header(struct xml xml)
{
    const struct order *order = xml.order;
    char day[DATE_TEXT_MAX];
    int64_t rest = order->approved_at % SECONDS_A_DAY;
    struct date date = {(int32_t)(order->approved_at / SECONDS_A_DAY)};
    put(xml, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Document xmlns=\"" NAMESPACE
             "\">\n<CstmrCdtTrfInitn>\n<GrpHdr>");
    put_text(xml, "MsgId", order->message_id, 35);
    put(xml, arena_printf(&xml.scratch, "<CreDtTm>%sT%02d:%02d:%02dZ</CreDtTm>",
                          date_text(date, day), (int)(rest / 3600),
                          (int)(rest % 3600 / 60), (int)(rest % 60)));
    put_sums(xml);
    put(xml, "<InitgPty>");
    put_text(xml, "Nm", order->payer.name, NAME_MAX_SIZE);
    put(xml, "</InitgPty></GrpHdr>\n");
}

static void
put_debtor(struct xml xml)
{
    const struct order *order = xml.order;
    struct text iban = STR("");
    char day[DATE_TEXT_MAX];
    (void)iban_parse(&xml.scratch, order->payer.iban, &iban);
    put(xml, "<PmtInf>");
    put_text(xml, "PmtInfId", order->message_id, 35);
    put(xml, "<PmtMtd>TRF</PmtMtd><BtchBookg>true</BtchBookg>");
    put_sums(xml);
    put(xml, "<PmtTpInf><SvcLvl><Cd>SEPA</Cd></SvcLvl></PmtTpInf>");
    put(xml, arena_printf(&xml.scratch, "<ReqdExctnDt><Dt>%s</Dt></ReqdExctnDt>",
                          date_text(order->pay_on, day)));
    put_party(xml, "Dbtr", &order->payer);
    put_account(xml, "DbtrAcct", iban);
    put_agent(xml, "DbtrAgt", order->payer.bic);
    put(xml, "<ChrgBr>SLEV</ChrgBr>\n");
}

static void
put_payment(struct xml xml, const struct order_payment *payment, struct text remittance)
{
    char amount[MONEY_TEXT_MAX];
    put(xml, "<CdtTrfTxInf><PmtId>");
    put_text(xml, "InstrId",
             text_of(arena_printf(&xml.scratch, "%" PRId64, payment->number)), 35);
    put_text(xml, "EndToEndId", payment->end_to_end, 35);
    put(xml, arena_printf(&xml.scratch,
                          "</PmtId><Amt><InstdAmt Ccy=\"EUR\">%s</InstdAmt></Amt>",
                          money_text(payment->amount, amount)));
    if (payment->to.bic.size > 0) {
        put_agent(xml, "CdtrAgt", payment->to.bic);
    }
    put_party(xml, "Cdtr", &payment->to);
    put_account(xml, "CdtrAcct", payment->to.iban);
    put(xml, "<RmtInf>");
    put_text(xml, "Ustrd", remittance, REMITTANCE_MAX);
    put(xml, "</RmtInf></CdtTrfTxInf>\n");
}

/* What members read on their account: a title that is too long is cut before the days, which tell
 * one payment from another. */
static struct text
remittance_of(struct arena *keep, const struct order *order)
{
    char from[DATE_TEXT_MAX];
    char to[DATE_TEXT_MAX];
    const char *days = arena_printf(keep, " %s - %s", date_text(order->period.from, from),
                                    date_text(order->period.to, to));
    struct text title = bank_text(keep, order->title, REMITTANCE_MAX - strlen(days));
    return text_of(arena_printf(keep, "%.*s%s", TEXT_ARG(title), days));
}

/* What a transfer cannot do without. */
static bool
is_complete(const struct order *order, struct arena scratch, struct diag *diag)
{
    struct text iban;
    const char *lacks = NULL;
    if (order == NULL) {
        lacks =
            N_("this result orders no payment: 'defray ledger export' writes transfers");
    } else if (order->payment_count == 0) {
        lacks = N_("the batch holds no payment");
    } else if (order->payer.name.size == 0) {
        lacks = N_("the rule file states no 'payer' in 'payment'");
    } else if (iban_parse(&scratch, order->payer.iban, &iban) != BANK_RIGHT) {
        lacks = N_("the account number of the payer is wrong");
    } else if (order->payer.bic.size > 0 && !bic_is_valid(order->payer.bic)) {
        lacks = N_("the BIC of the payer is wrong");
    } else if (date_is_none(order->pay_on)) {
        lacks = N_("the batch was prepared without --pay-on");
    }
    return lacks == NULL || diag_error(diag, nowhere, CODE_G007, "no transfer file: %s",
                                       tr(diag_language(diag), lacks));
}

/* The first place of `what` at or after `at`; the end if there is none. */
static size_t
seek(struct text bytes, size_t at, struct text what)
{
    while (at + what.size <= bytes.size) {
        const char *next =
            memchr(bytes.data + at, what.data[0], bytes.size - at - what.size + 1);
        if (next == NULL) {
            break;
        }
        at = (size_t)(next - bytes.data);
        if (memcmp(next, what.data, what.size) == 0) {
            return at;
        }
        at++;
    }
    return bytes.size;
}

/* What stands after a mark, up to the next '<'; *at moves past the mark. */
static struct text
after(struct text bytes, size_t *at, struct text mark)
{
    size_t start = seek(bytes, *at, mark);
    *at = start == bytes.size ? start : start + mark.size;
    size_t end = seek(bytes, *at, STR("<"));
    return (struct text){bytes.data + *at, end - *at};
}

/* The written bytes, read as a bank would: sums, count, amounts and accounts in order. */
static bool
reads_back(struct text bytes, const struct order *order, struct arena scratch)
{
    char total[MONEY_TEXT_MAX];
    size_t at = 0;
    struct money sum = {0};
    struct text payer = STR("");
    const char *count = arena_printf(&scratch, "%zu", order->payment_count);
    (void)iban_parse(&scratch, order->payer.iban, &payer);
    for (int group = 0; group < 2; group++) { /* of the message, of the payment block */
        if (!text_equals(after(bytes, &at, STR("<NbOfTxs>")), text_of(count)) ||
            !text_equals(after(bytes, &at, STR("<CtrlSum>")),
                         text_of(money_text(order->total, total)))) {
            return false;
        }
    }
    if (!text_equals(after(bytes, &at, STR("<DbtrAcct><Id><IBAN>")), payer)) {
        return false;
    }
    for (size_t i = 0; i < order->payment_count; i++) {
        const struct order_payment *payment = &order->payments[i];
        struct money amount;
        struct text id = after(bytes, &at, STR("<EndToEndId>"));
        struct text read = after(bytes, &at, STR("<InstdAmt Ccy=\"EUR\">"));
        struct text iban = after(bytes, &at, STR("<CdtrAcct><Id><IBAN>"));
        if (!text_equals(id, payment->end_to_end) || !money_parse(read, &amount) ||
            money_compare(amount, payment->amount) != 0 ||
            !text_equals(iban, payment->to.iban)) {
            return false;
        }
        sum = money_add(sum, amount);
    }
    return money_compare(sum, order->total) == 0 &&
           seek(bytes, at, STR("<InstdAmt")) == bytes.size;
}

bool
output_xml_write(struct arena scratch, const struct document *document,
                 struct staged *file, struct diag *diag)
{
    const struct order *order = document->order;
    if (!is_complete(order, scratch, diag)) {
        return false;
    }
    struct text remittance = remittance_of(&scratch, order);
    struct output_stream stream = output_stream_new(&scratch, file, diag);
    struct xml xml = {&stream, scratch, order};
    put_header(xml);
    put_debtor(xml);
    for (size_t i = 0; i < order->payment_count; i++) {
        put_payment(xml, &order->payments[i], remittance);
    }
    put(xml, "</PmtInf>\n</CstmrCdtTrfInitn>\n</Document>\n");
    if (!output_stream_finish(&stream)) {
        return false;
    }
    const struct input *written = staged_read(&scratch, file, XML_BYTES_MAX, diag);
    return written != NULL &&
           (reads_back(written->bytes, order, scratch) ||
            diag_error(diag, nowhere, CODE_F006,
                       "output '%s' does not read back as it was computed",
                       file->target));
}
