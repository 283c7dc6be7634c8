# SPDX-License-Identifier: Apache-2.0
# usage: awk -F ';' -f bench/wide.awk ATTENDANCE.csv
# The list of cells (bench/dump.c) of a log as people keep them: the columns of the file, times
# as times, and more that nobody asked for, up to twelve cells a row.

function time(column, text)
{
    return "\t" column "n1 " sprintf("%.15g", (substr(text, 1, 2) * 60 + substr(text, 4)) / 1440)
}

FNR == 1 {
    print "=Log\n%hh:mm\n%dd/mm/yyyy"
    printf "0"
    for (i = 1; i <= NF; i++) printf "\t%ds0 %s", i - 1, $i
    count = split("day noted rate remark group fare number", more, " ")
    for (i = 1; i <= count; i++) printf "\t%ds0 %s", NF + i - 1, more[i]
    print ""
    next
}
{
    row = FNR - 1
    line = row
    for (i = 1; i <= NF; i++) line = line ($i == "" ? "" : i > 3 ? time(i - 1, $i) : \
        "\t" i - 1 "s0 " $i)
    printf "%s\t%dn2 %d\t%dn2 %d\t%dn0 %.2f\t%ds0 %s\t%ds0 Groupe %d\t%dn0 %.2f\t%dn0 %d\n", line,
        NF, 46082 + row % 31, NF + 1, 46082 + row % 29, NF + 2, 2 + row % 4 * 0.25,
        NF + 3, row % 3 ? "à l'heure" : "en retard", NF + 4, row % 7, NF + 5, row % 5000 / 100,
        NF + 6, row
}
