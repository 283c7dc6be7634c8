/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A page may say that its tables can be sorted. Then, and only then, a few lines run in it, and
 * the page allows nothing but them: their fingerprint is in its policy, and it still may ask
 * nothing of a network. They hold none of the characters that XML would read as markup.
 */
#include "defray/digest.h"

#include "output_html_parts.h"

#define BASE64_BYTES 45

static const char script[] =
    "(function(){var fr=document.documentElement.lang===\"fr\";"
    "function number(x){x=x.replace(/[^0-9,.-]/g,\"\");"
    "x=fr?x.replace(\",\",\".\"):x.replace(/,/g,\"\");"
    "var n=parseFloat(x);return isNaN(n)?-Infinity:n}"
    "function day(x){return x.replace(/^(?:([0-9]{2})[/])?([0-9]{2})[/]([0-9]{4})$/,"
    "\"$3$2$1\")}"
    "document.querySelectorAll(\"table\").forEach(function(t){"
    "var body=t.tBodies[0],heads=Array.from(t.tHead.rows[0].cells);"
    "heads.forEach(function(h,i){var n=h.classList.contains(\"n\");"
    "function value(r){var x=r.cells[i].textContent.trim();return n?number(x):day(x)}"
    "function sort(){var d=h.getAttribute(\"aria-sort\")===\"ascending\"?-1:1;"
    "heads.forEach(function(o){o.removeAttribute(\"aria-sort\")});"
    "h.setAttribute(\"aria-sort\",d===1?\"ascending\":\"descending\");"
    "Array.from(body.rows).sort(function(p,q){var a=value(p),b=value(q);"
    "return d*(a===b?0:n?a-b:a.localeCompare(b,undefined,{numeric:true}))})"
    ".forEach(function(r){body.appendChild(r)})}"
    "h.tabIndex=0;h.addEventListener(\"click\",sort);"
    "h.addEventListener(\"keydown\",function(e){if(e.key===\"Enter\"||e.key===\" \")"
    "{e.preventDefault();sort()}})})})})()";

static void
to_base64(struct digest digest, char out[BASE64_BYTES])
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t at = 0;
    for (size_t i = 0; i < sizeof digest.bytes; i += 3) {
        uint32_t group = 0;
        for (size_t j = 0; j < 3; j++) {
            bool there = i + j < sizeof digest.bytes;
            group = group << 8 | (there ? digest.bytes[i + j] : 0);
        }
        for (int shift = 18; shift >= 0; shift -= 6) {
            out[at++] = letters[group >> shift & 63];
        }
    }
    out[at - 1] = '='; /* 32 bytes are one short of a whole group */
    out[at] = '\0';
}

void
html_put_policy(struct html *html)
{
    html_put(html, "<meta http-equiv=\"Content-Security-Policy\" "
                   "content=\"default-src 'none'; style-src 'unsafe-inline'");
    if (html->document->sortable) {
        char fingerprint[BASE64_BYTES];
        to_base64(digest_of(script, sizeof script - 1), fingerprint);
        html_printf(html, "; script-src 'sha256-%s'", fingerprint);
    }
    html_put(html, "\"/>\n");
}

void
html_put_sort(struct html *html)
{
    if (html->document->sortable) {
        html_put(html, "<script>");
        html_put(html, script);
        html_put(html, "</script>\n");
    }
}
