/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The looks of HTML: plain letters, one dark blue, thin lines, the same colours as the
 * workbook. A table too wide for the screen moves within its own box; on paper a section is
 * landscape when it is wide, with letters as small as its tables need.
 */
#include "output_html_parts.h"

static const char *const screen_rules[] = {
    ":root{--ink:#1f2933;--grey:#5a6673;--line:#d3dae1;--band:#1f3a5f;--soft:#eef2f6;",
    "--red:#a61b1b}",
    "*{box-sizing:border-box}",
    "html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:1rem}",
    "body{margin:0 auto;padding:1.75rem clamp(1rem,3vw,2.5rem) 3rem;max-width:96rem;",
    "color:var(--ink);",
    "background:#fff;font:1rem/1.5 \"Segoe UI\",system-ui,-apple-system,Roboto,",
    "\"Liberation Sans\",Arial,sans-serif;overflow-wrap:break-word}",
    "h1{margin:0;font-size:1.6rem;line-height:1.25;color:var(--band)}",
    ".by{margin:.25rem 0 0;color:var(--grey)}",
    "h2{margin:3rem 0 1rem;padding-bottom:.35rem;border-bottom:2px solid var(--band);",
    "font-size:1.3rem;line-height:1.25;color:var(--band)}",
    "h3{margin:1.75rem 0 .5rem;font-size:1.05rem;line-height:1.3}",
    "header{margin-bottom:1.25rem}",
    "nav{margin:1.25rem 0 0;padding:.75rem 1rem;background:var(--soft);border-radius:4px}",
    "nav ul{margin:0;padding:0;list-style:none;display:flex;flex-wrap:wrap;gap:.25rem 1.5rem}",
    "a{color:#174ea6;overflow-wrap:anywhere}",
    ".note{margin:.3rem 0;max-width:48rem}",
    ".in{margin-left:1.5rem}",
    ".strong,.alert{font-weight:600}",
    ".quiet{color:var(--grey);font-style:italic}",
    ".alert{color:var(--red)}",
    ".scroll{margin:.75rem 0;overflow-x:auto;-webkit-overflow-scrolling:touch}",
    ".scroll:focus-visible{outline:2px solid var(--band);outline-offset:2px}",
    "table{width:100%;border-collapse:collapse;font-size:.875rem;line-height:1.4;",
    "font-variant-numeric:tabular-nums lining-nums}",
    "caption{padding:0;text-align:left}",
    "caption h3{margin-top:.5rem}",
    "th,td{padding:.35rem .6rem;border-bottom:1px solid var(--line);text-align:left;",
    "vertical-align:top;overflow-wrap:break-word}",
    ".x{overflow-wrap:anywhere}",
    "tbody th{font-weight:inherit}",
    "thead th{background:var(--band);color:#fff;font-weight:600;vertical-align:bottom;",
    "border-color:var(--band)}",
    "tfoot th,tfoot td{background:var(--soft);border-top:2px solid var(--band);font-weight:600}",
    ".n{text-align:right;white-space:nowrap}",
    ".d{white-space:nowrap}",
    "thead .n{white-space:normal}",
    ".facts{display:grid;grid-template-columns:clamp(7rem,28%,14rem) 1fr;margin:.75rem 0;",
    "max-width:48rem;border-top:1px solid var(--line);font-variant-numeric:tabular-nums lining-nums}",
    ".fact{display:contents}",
    ".facts dt,.facts dd{margin:0;padding:.35rem .6rem;border-bottom:1px solid var(--line);",
    "overflow-wrap:anywhere}",
    ".facts dt{background:var(--soft);color:var(--grey)}",
    ".facts dd.n,.facts dd.d{text-align:left}",
    "th[tabindex]{cursor:pointer}",
    "th[aria-sort=ascending]::after{content:\" \\25B2\"}",
    "th[aria-sort=descending]::after{content:\" \\25BC\"}",
    ".chart{margin:1rem 0;max-width:60rem;break-inside:avoid}",
    ".chart svg{width:100%;height:auto}",
    ".chart figcaption{font-size:.85rem;color:var(--grey)}",
    ".boxes{display:flex;flex-wrap:wrap;gap:1rem;margin:1.25rem 0}",
    ".box{flex:1 1 16rem;min-height:9rem;padding:.6rem .8rem;border:1px solid var(--grey)}",
    ".box strong{color:var(--band)}",
    "body>footer{margin-top:3rem;padding-top:.5rem;border-top:1px solid var(--line);",
    "font-size:.85rem;color:var(--grey)}",
};

/* A long list has a box of its own height, so that its header row and its lower edge, where it
 * is moved sideways, stay in sight. */
static const char *const list_rules[] = {
    "@media screen{",
    ".sized{min-width:calc(var(--w)*.5em)}",
    ".list{max-height:88vh;overflow:auto;border:1px solid var(--line)}",
    ".list thead th{position:sticky;top:0;z-index:2}",
    ".list tfoot th,.list tfoot td{position:sticky;bottom:0}",
    ".wide tbody th{position:sticky;left:0;background:#fff;z-index:1}",
    "tbody tr:hover>*{background:#f6f8fa}",
    "}",
    "@media screen and (max-width:40rem){",
    "h1{font-size:1.35rem}h2{margin-top:2.25rem}",
    ".wide tbody th{max-width:9rem}",
    "}",
};

static const char *const paper_rules[] = {
    "@media print{",
    "html{font-size:10pt}",
    "body{max-width:none;padding:0;print-color-adjust:exact;-webkit-print-color-adjust:exact}",
    "nav,body>footer{display:none}",
    "h1{font-size:15pt}h2{font-size:12.5pt;margin:1rem 0 .6rem}h3{font-size:10.5pt;margin-top:1rem}",
    "h2,h3{break-after:avoid}",
    "main>section+section{break-before:page}",
    ".landscape{page:landscape}",
    ".note,.in{max-width:none}",
    ".scroll{overflow:visible}",
    "table{font-size:clamp(6.5pt,calc(950pt/var(--w)),9pt);line-height:1.25}",
    ".landscape table{font-size:clamp(6pt,calc(1400pt/var(--w)),9pt)}",
    "th,td{padding:.18em .4em;border-bottom-width:.4pt}",
    "thead{display:table-header-group}tfoot{display:table-row-group}",
    "tr,.fact,.boxes,.box{break-inside:avoid}",
    ".facts{display:block;border:0}",
    ".fact{display:grid;grid-template-columns:28% 1fr}",
    ".boxes{flex-wrap:nowrap}",
    "a{color:inherit}",
    "}",
};

static void
put_rules(struct html *html, const char *const *rules, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        html_put(html, rules[i]);
        html_put(html, "\n");
    }
}

/* The foot of each page, where a browser knows it; all of them number the pages themselves. */
static void
put_pages(struct html *html)
{
    const struct document *document = html->document;
    html_put(html,
             "@page{size:A4 portrait;margin:13mm 12mm 15mm;\n@bottom-left{content:");
    html_put_css_string(html, text_of(document->footer));
    html_put(html, ";font:8pt sans-serif;color:#5a6673}\n@bottom-right{content:");
    html_put_css_string(html, text_of(tr(document->language, N_("page"))));
    html_put(html, "\" \"counter(page)");
    html_put(html, document->leaflets ? "" : "\" / \"counter(pages)");
    html_put(html, ";font:8pt sans-serif;color:#5a6673}}\n"
                   "@page landscape{size:A4 landscape}\n");
    html_put(html, document->leaflets ? "main>section{counter-reset:page 1}\n" : "");
}

void
html_put_style(struct html *html)
{
    html_put(html, "<style>\n");
    put_rules(html, screen_rules, ARRAY_COUNT(screen_rules));
    put_rules(html, list_rules, ARRAY_COUNT(list_rules));
    put_rules(html, paper_rules, ARRAY_COUNT(paper_rules));
    put_pages(html);
    html_put(html, "</style>\n");
}
