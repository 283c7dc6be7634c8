#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: bench/peers/sql.sh duckdb|sqlite ASSEMBLY FOLDER OUT.csv
# Prints the script that reads the files of a month into tables and writes the totals of
# bench/peers/totals.awk: one query, with the rules of the assembly, in the dialect of either.
set -eu
dialect=$1 assembly=$2 folder=$3 out=$4

claimed=0 claimable=false transport=0 entitled=true of=s divide=/ # of=a: a presence has its times
[ "$dialect" = sqlite ] || divide=//
log='member text, session text, attendance text'
rate='(case when m.horsepower <= 5 then 32 else 41 end)'
more='(case when m.horsepower <= 5 then 40 else 51 end)'
case $assembly in
poitiers)
    log="$log, begins time, ends time" of=a
    line="(1374 * minutes + 30) $divide 60" day_cap=9616
    entitled="m.requested_on <> '' and means.method in ('caf', 'msa')
        and cast(replace(means.value, ',', '') as integer) <= 100000"
    claimed="cast(replace(e.amount, ',', '') as integer)"
    claimable="e.category = 'public_transport' and e.receipt = 'oui'"
    transport=t.claimed
    ;;
haute-garonne)
    line="case kind when 'plenary' then 9000 when 'half_day' then 4500 else 0 end" day_cap=9000
    claimed=e.quantity claimable="e.category = 'mileage'"
    transport="case when t.claimed <= 2000 then t.claimed * $rate
        else 2000 * $rate + (t.claimed - 2000) * $more end"
    ;;
marseille) line="case kind when 'plenary' then 7749 else 0 end" day_cap=2147483647 ;;
esac

# table NAME COLUMNS [KEY]: the rows of a file; a file that is not there has none
table()
{
    if [ "$dialect" = duckdb ] && [ -f "$folder/$1.csv" ]; then
        types=$(echo "$2" | sed "s/\\([a-z][a-z_]*\\) \\([a-z]*\\)/'\\1': '\\2'/g")
        echo "create view $1 as select * from read_csv('$folder/$1.csv', header = true,"
        echo "    delim = ';', quote = '\"', auto_detect = false, columns = {$types});"
        return
    fi
    echo "create table $1 ($2${3:+, primary key ($3)});"
    [ ! -f "$folder/$1.csv" ] || echo ".import --skip 1 '$folder/$1.csv' $1"
}

if [ "$dialect" = sqlite ]; then
    minutes="substr($of.ends, 1, 2) * 60 + substr($of.ends, 4)
        - substr($of.begins, 1, 2) * 60 - substr($of.begins, 4)"
    before=".once '$out'" after=';'
    printf '.bail on\n.mode csv\n.headers on\n.separator ; "\\n"\n'
else
    minutes="date_diff('minute', $of.begins, $of.ends)"
    before='copy (' after=") to '$out' (header, delimiter ';');"
fi
table members 'id text, last_name text, first_name text, status text, since date,
    requested_on text, horsepower integer, iban text' id
table sessions 'session text, date date, kind text, begins time, ends time, subject text,
    within_competence text' session
table means 'id text, measure text, value text, method text, month text, checked_on date,
    document text' id
table expenses 'member text, date date, session text, category text, quantity integer,
    amount text, receipt text, claimed_on date'
table attendance "$log"
cat <<END
$before
with presence as (
    select a.member, s.date, s.kind, $minutes as minutes
    from attendance a join sessions s on s.session = a.session
    where a.attendance in ('present', 'partial')
),
priced as (
    select member, date, minutes, $line as cents from presence
),
day as materialized (
    select member, date, count(*) as sessions, sum(minutes) as minutes,
        case when sum(cents) > $day_cap then $day_cap else sum(cents) end as cents
    from priced group by member, date
),
stipend as (
    select member, sum(sessions) as sessions, sum(minutes) as minutes, sum(cents) as cents
    from day group by member
),
transport as (
    select e.member, sum($claimed) as claimed
    from expenses e join day d on d.member = e.member and d.date = e.date
    where $claimable group by e.member
),
result as (
    select m.id as member, coalesce(s.sessions, 0) as sessions, coalesce(s.minutes, 0) as minutes,
        case when $entitled then coalesce(s.cents, 0) else 0 end as stipend,
        coalesce($transport, 0) as transport
    from members m
    left join stipend s on s.member = m.id
    left join transport t on t.member = m.id
    left join means on means.id = m.id
)
select member, sessions, minutes, stipend, transport, stipend + transport as total
from result order by member$after
END
