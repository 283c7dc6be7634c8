#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: DEFRAY_XSD=FOLDER tests/faults/transfer.sh PROGRAM
# Writes transfers of invented months and validates each against the schema of the bank.
set -eu
program=$(readlink -f "${1:?usage: transfer.sh PROGRAM}")
schema=$(readlink -f "$DEFRAY_XSD/pain.001.001.09.xsd")
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d "$root/build/transfer-XXXXXX")
trap 'rm -rf "$work"' EXIT
cd "$work"
export LC_ALL=C.UTF-8 DEFRAY_RULES="$root/rules" SOURCE_DATE_EPOCH=1775138700

validate()
{
    "$program" ledger create --ledger "$1.db" -q
    "$program" ledger confirm town.cfg --members "$2" --ledger "$1.db" --as Bernard -q
    "$program" ledger prepare town.cfg --members "$2" --attendance march.csv --period 2026-03 \
        --pay-on 2026-04-15 --ledger "$1.db" --as Alice -q || [ $? -eq 1 ]
    "$program" ledger approve 1 --ledger "$1.db" --as Bernard -q
    "$program" ledger export 1 --ledger "$1.db" -o "$1.xml" -q
    xmllint --noout --nonet --schema "$schema" "$1.xml"
}

cp "$root"/tests/cases/g-ledger-month/town.cfg "$root"/tests/cases/g-ledger-month/*.csv .
validate plain members.csv
# Letters that no bank knows, a long name, an address without its town, a country by its name.
cat >odd.csv <<'CSV'
id;last_name;first_name;status;iban;bic;town;postcode;country;account_holder
T1;"<&""Ŵěïrd'>";Nguyễn Thị;drawn;FR7699990003010003000010864;FICTFRPP;;86000;FR;
T2;Ж;Æsir Œdipe Straße;volunteer;FR7699990003010003000020952;;L'Haÿ-les-Roses;94240;France;Compte joint de mesdames et messieurs les très nombreux membres de la famille Ångström
CSV
grep -v T3 march.csv >two.csv && mv two.csv march.csv
validate odd odd.csv
# The check has teeth: an amount with three decimals, or a missing account, is refused.
sed 's/<IBAN>[A-Z0-9]*<\/IBAN>//' odd.xml >broken.xml
! xmllint --noout --nonet --schema "$schema" broken.xml
