# SPDX-License-Identifier: Apache-2.0
"""The workbook of Job B with XlsxWriter: two sheets of twelve columns, rows leaving memory."""
import xlsxwriter

SUMMARY = ("member", "last_name", "first_name", "status", "requested_on", "horsepower", "iban",
           "sessions", "minutes", "stipend", "transport", "total")
DETAIL = ("member", "last_name", "first_name", "session", "date", "kind", "attendance", "start",
          "end", "minutes", "amount", "state")


def write(path, summary, detail):
    """Writes rows of values; the last columns of the summary are in cents."""
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    for name, columns, rows in (("Summary", SUMMARY, summary), ("Detail", DETAIL, detail)):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, columns)
        for number, row in enumerate(rows, 1):
            sheet.write_row(number, 0, row)
    book.close()
