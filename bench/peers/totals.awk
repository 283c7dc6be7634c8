# SPDX-License-Identifier: Apache-2.0
# usage: gawk -F ';' -v assembly=NAME -f totals.awk members.csv means.csv sessions.csv
#        attendance.csv expenses.csv    (those there are)
# What each member is owed, in cents: member, sessions, minutes, stipend, transport, total.

function minutes_of(time)
{
    return substr(time, 1, 2) * 60 + substr(time, 4, 2)
}

function price(kind, minutes)
{
    if (assembly == "poitiers") return int((1374 * minutes + 30) / 60)
    if (assembly == "marseille") return kind == "plenary" ? 7749 : 0
    return kind == "plenary" ? 9000 : kind == "half_day" ? 4500 : 0
}

BEGIN {
    cap = assembly == "poitiers" ? 9616 : assembly == "haute-garonne" ? 9000 : 2147483647
}
FNR == 1 { file = FILENAME; sub(/.*\//, "", file); next }
file == "members.csv" {
    members[++count] = $1
    asked[$1] = $6 != ""
    power[$1] = $7
    next
}
file == "means.csv" {
    value = $3
    sub(",", "", value)
    passes[$1] = value + 0 <= 100000 && ($4 == "caf" || $4 == "msa")
    next
}
file == "sessions.csv" {
    date[$1] = $2
    kind[$1] = $3
    length_of[$1] = minutes_of($5) - minutes_of($4)
    next
}
file == "attendance.csv" {
    if ($3 != "present" && $3 != "partial") next
    spent = assembly == "poitiers" ? minutes_of($5) - minutes_of($4) : length_of[$2]
    sessions[$1]++
    minutes[$1] += spent
    day[$1, date[$2]] += price(kind[$2], spent)
    next
}
($1, $2) in day {
    if ($4 == "public_transport" && $7 == "oui") {
        sub(",", "", $6)
        claimed[$1] += $6
    } else if ($4 == "mileage") {
        claimed[$1] += $5
    }
}
END {
    for (key in day) {
        split(key, part, SUBSEP)
        stipend[part[1]] += day[key] < cap ? day[key] : cap
    }
    print "member;sessions;minutes;stipend;transport;total"
    for (i = 1; i <= count; i++) {
        id = members[i]
        due = assembly != "poitiers" || asked[id] && passes[id] ? stipend[id] : 0
        way = claimed[id]
        if (assembly == "haute-garonne") {
            low = power[id] <= 5
            way = way <= 2000 ? way * (low ? 32 : 41) : \
                2000 * (low ? 32 : 41) + (way - 2000) * (low ? 40 : 51)
        }
        printf "%s;%d;%d;%d;%d;%d\n", id, sessions[id], minutes[id], due, way, due + way
    }
}
