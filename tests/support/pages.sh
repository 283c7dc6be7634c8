#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Sourced by cases that read pages: what an HTML page and a PDF say, without spaces, header rows
# (which a PDF repeats) and what stands at the foot of pages, so that both can be compared to the
# letter.
squeeze()
{
    tr -d ' \n\t\f\r' | sed 's/\xC2\xA0//g; s/\xE2\x80\xAF//g'
}
untag()
{
    sed 's/<[^>]*>//g; s/&lt;/</g; s/&gt;/>/g; s/&quot;/"/g; s/&amp;/\&/g'
}
# One line: without the head, the list of contents and the foot.
html_body()
{
    tr '\n' ' ' <"$1" | sed 's|<head>.*</head>||; s|<nav .*</nav>||; s|<footer>.*</footer>||'
}
html_heads()
{
    html_body "$1" | sed 's|<thead>|\n#|g; s|</thead>|\n|g' | sed -n 's/^#//p' | untag |
        sed 's/\xC2\xA0//g; s/\xE2\x80\xAF//g; s/ //g' | sort -u
}
# Takes the fixed texts of the first file, a line each, out of the second.
without()
{
    awk 'FNR == NR { if ($0 != "") head[++count] = $0; next }
        {
            for (i = 1; i <= count; i++) {
                kept = ""
                while ((at = index($0, head[i])) > 0) {
                    kept = kept substr($0, 1, at - 1)
                    $0 = substr($0, at + length(head[i]))
                }
                $0 = kept $0
            }
            print
        }' "$1" "$2"
}
# The foot of a page is what follows its last mention on it, up to the page break (here \001).
pdf_text()
{
    pdftotext -raw "$1" - 2>/dev/null | tr '\f' '\001' | squeeze >pdf.raw
    awk -v foot="$2" -v RS='\001' -v ORS='' '{
        last = 0
        while ((at = index(substr($0, last + 1), foot)) > 0) {
            last += at
        }
        print (last > 0 ? substr($0, 1, last - 1) : $0)
    }
    END { print "\n" }' pdf.raw
}

# compare NAME [BYTES [HEADS]]: NAME.html and NAME.pdf; at least so many bytes and header rows.
compare()
{
    name=$1
    html_heads $name.html >heads
    html_body $name.html | untag | squeeze >html.raw
    echo >>html.raw
    foot=$(sed -n 's|<footer>\(.*\)</footer>|\1|p' $name.html | untag | squeeze)
    pdf_text $name.pdf "$foot" >pdf.body
    without heads html.raw >$name.html.text
    without heads pdf.body >$name.pdf.text
    cmp $name.html.text $name.pdf.text
    [ "$(wc -c <$name.html.text)" -gt "${2:-10000}" ]
    [ "$(grep -c . heads)" -gt "${3:-3}" ]
    echo "$name: the same"
}

# What a page says, for people: a line a row or a paragraph, cells apart by |.
html_lines()
{
    html_body "$1" | sed 's/\xC2\xA0/ /g; s/\xE2\x80\xAF/ /g
        s|</t[hd]> *<t[hd][^>]*>| \| |g; s|</dt><dd[^>]*>| \| |g; s|<br/>| / |g
        s#</\(tr\|p\|div\|h1\|h2\|h3\|header\|dl\)>#\n#g' | untag |
        sed 's/^ *//; s/ *$//; /^$/d'
}
