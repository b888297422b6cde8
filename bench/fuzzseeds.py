"""Texts that fuzzing starts from: for each reader a few short ones that use much of what it knows."""

# ruff: noqa: E501 - rows of tables, and samples as they are

from __future__ import annotations

FRONT = """---
title: "A Title: With **Marks**"
short-title: A title
author:
  - name: {given: Ada, family: Lovelace}
    orcid: 0000-0002-1825-0097
    affiliation: [a, b]
    email: ada@example.org
    corresponding: true
  - Grace Hopper, Jr.
affiliations: {a: "Inst, Town", b: {name: Other, ror: "https://ror.org/03yrm5c26"}}
abstract: |
  Some *words* [@smith2020].
keywords: [one, two]
date: 2020-01-02
journal: {name: J, issn: 1234-5679, volume: 07, issue: 1, pages: 1--9, doi: 10.1/x}
credit: {Ada: [software, "writing – review & editing"]}
waive:
  - {check: C12, text: some words, reason: because}
bibliography: references.bib
lang: en
theme: preprint
---
"""
BIB = """@string{p = "Press"}
@book{smith2020,
  author = {Smith, Ann and {The Group} and van der Berg, Jr., C.},
  title = {A {Book} of \\emph{x} and {\\'E}t{\\"u}de},
  publisher = p # { House}, year = 2020, edition = {2nd}, isbn = {978-3-16-148410-0}
}
@article{doe, author = "Doe, Jane and others", title = {On $x^2$ -- a \\textit{study}}, journaltitle = {J. of X},
  date = {2020-01/2020-03}, volume = 3, number = {2-3}, pages = {1--9, 12}, doi = {https://doi.org/10.1/ABC}, crossref = {smith2020}}
@comment{nothing}
@online{web, title = {Page}, url = {https://a.b/c_d?e=%20}, urldate = {2021-05-06}, date = {2019~}}
@incollection{inc, author = {A. B. Cee}, booktitle = {Whole}, editor = {Ed, I. and Tor, E.}, title = {Part}, date = {-0043}, related = {doe}, relatedtype = {reprintof}}
"""
LIST = """Smith, A. B., Jones, C., & The Group. (2020a). *A book: With a subtitle* (2nd ed., Vol. 3). Press. https://doi.org/10.1/x
Doe, J., et al. (n.d.). Title of [a thing]. *Journal of Things*, *3*(2–3), 1–9, e12. Retrieved May 6, 2021, from http://a.b/c
Brown v. Board, 347 U.S. 483 (1954).
van Dijk, T., Jr. (Ed.). (1999/2001, May 3–4). Chapter. In E. Editor & F. Other (Eds.), *Whole* (pp. 1–20). Town, ST: House. (Original work published 1900)
[12] J. Doe and A. Roe, "Title," J. Abbr., vol. 3, no. 2, pp. 1-9, 2020.
Müller K, Strauß L. Ein Titel. Zeitschrift 2001;12:34-56.
"""
TYPED = (
    """A Title of Things
Ada Lovelace¹, Grace Hopper²*
¹ Department, University
ada@example.org
Abstract
We say (Smith et al., 2020a, p. 3; see also Doe & Roe, n.d.) things.
Keywords: one, two
# Introduction
As Smith and Jones (2020a, 2021) and Brown's (1954/1999) work [1, 2–4] says (cf. The Group [TG], 2020; TG, 2020).
Figure 1. A caption (from Doe, in press).
Table 1
| cell | (Doe, n.d.) |
See Figure 1 and Tables 1–3 and Eq. (2).
[^1] A note by Müller (2001).
# References
"""
    + LIST
)
MARKDOWN = """# Head {#sec:a .unnumbered}

Words [@smith2020, p. 3; see -@doe] and @web [chap. 2] `@code` $x@y$ \\@no ^[note @inc]. <!-- @c --> [-@{smith2020}]

See @fig:a, [@tbl:b; @eq:c], \\ref{fig:a} and [](#sec:a), Figure 2. {++in++}{--out--}{~~a~>b~~}{>>A (2020-01-01): said<<}{==x==}

![Caption](a.png){#fig:a width=50%}

| a | b |
|:--|--:|
| 1 | 2 |

: Caption {#tbl:b}

+---+---+
| a | b |
+===+===+
| 1 | * |
+---+---+

$$ x = y $$ {#eq:c}

::: {.table #tbl:d file="a.csv"}
Words
:::

- one
    1. two

> quote [^n]

[^n]: The note.

Term
:   Definition

\\begin{equation}\\label{e} a &= b \\\\ c \\end{equation}

```python
x = 1
```
<div class="x"><b>raw</b></div>
"""
CRITIC = """Words {++in *x*++} and {--out--}{>>Q: A. Ed (2020-01-02): why?<<} {~~old~>new~~}{==marked==}{>>said<<} here.

[in]{.insertion author="A" date="2020-01-01T00:00:00Z"} [out]{.deletion} [why?]{.query}

::: {.insertion}
A paragraph {++
over lines

and blocks++}
:::
| {++a++} | {--b--} |
|---|---|
`{++code++}` $x{--y--}$ [@a{++; @b++}]
"""
TEX = """\\newcommand{\\R}[2][x]{\\mathbb{R}^{#1}_{#2}} \\def\\x#1{y#1} \\DeclareMathOperator*{\\argmax}{arg\\,max}
\\begin{figure}[t]\\centering\\includegraphics[width=\\textwidth]{a.png}\\caption{A \\textit{cap}~\\cite{a}}\\label{fig:a}\\end{figure}
\\begin{align}a &= \\R{b} \\label{e} \\\\ c &= {\\bf d} \\nonumber \\tag{1}\\end{align} \\% 50\\,\\% % comment
\\begin{tabular}{l|r}a & b \\\\ \\hline \\multicolumn{2}{c}{x}\\end{tabular} \\citep[see][p.~3]{a,b} \\textcolor{red}{x}
\\left( \\frac{1}{2} \\right. \\text{for $x$} \\substack{a\\\\b} \\begin{cases} 1 & x \\\\ 2 \\end{cases}
"""
ISSUE = """title: Special
volume: 3
issue: 1
date: 2026-06-30
theme: preprint
start-page: 5
cover: {title: T, text: words, image: a.png}
journal: {name: J, issn: 1234-5679}
blank-versos: true
articles:
  - section: Articles
    articles: [one, {path: two, doi: 10.1/x, pages: 3-9}]
  - &a three
"""
WAIVE = """waive:
  - {check: C12, text: some words, reason: because}
  - check: date-against-url
    key: smith2020
    reason: "2020"
C19: why
"""
TOML = '[[waive]]\ncheck = "C12"\ntext = "some"\nreason = "why"\n'
ANSWERS = """{"galley": "proof-answers", "author": "A", "date": "2020-01-01",
 "answers": [{"query": "Q1", "answer": "yes {++x++}", "place": "article.md:5"}],
 "corrections": [{"find": "Some words", "replace": "Other", "note": "why"}, {"find": "1", "replace": ""}]}"""
ZOTERO = """{"citationID": "a", "properties": {"plainCitation": "(Smith, 2020)", "formattedCitation": "{\\\\rtf \\\\uc0\\\\u8220{}x}"},
 "citationItems": [{"id": 1, "uris": ["http://zotero.org/users/1/items/A"], "locator": "3", "label": "page", "prefix": "see ",
 "suppress-author": true, "itemData": {"id": "a", "type": "book", "title": "A <i>b</i>", "author": [{"family": "Smith", "given": "A"},
 {"literal": "G"}], "issued": {"date-parts": [["2020", 1, 2]], "season": "1", "circa": true}, "DOI": "10.1/x"}}],
 "mendeley": {"plainTextFormattedCitation": "(x)", "manualFormatting": ""}, "schema": "csl"}"""
ENDNOTE = """<EndNote><Cite ExcludeAuth="1"><Author>Smith</Author><Year>2020</Year><RecNum>3</RecNum><Pages>3-4</Pages>
<Prefix>see `;</Prefix><DisplayText>(Smith, 2020)</DisplayText><record><rec-number>3</rec-number><foreign-keys><key app="EN"
db-id="x">3</key></foreign-keys><ref-type name="Journal Article">17</ref-type><contributors><authors><author>Smith, A.</author>
<author>Group,</author></authors></contributors><titles><title>A <style face="italic">b</style></title><secondary-title>J
</secondary-title></titles><dates><year>2020</year><pub-dates><date>May 3</date></pub-dates></dates><urls><related-urls><url>http://a
</url></related-urls></urls></record></Cite></EndNote>"""
CITAVI = """{"$id": "1", "Entries": [{"$id": "2", "ReferenceId": "r", "PageRange": {"$id": "3", "OriginalString": "3-4"}, "Prefix": "see",
 "Reference": {"$id": "4", "Authors": [{"$id": "5", "LastName": "Smith", "FirstName": "A"}, {"$ref": "5"}], "Title": "T",
 "ReferenceType": "JournalArticle", "Year": "2020", "Periodical": {"Name": "J"}}}], "Text": "(Smith, 2020)"}"""
WORD = """<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>A Title</w:t></w:r></w:p><w:p><w:r><w:rPr><w:i/><w:b w:val="0"/>
<w:vertAlign w:val="superscript"/></w:rPr><w:t xml:space="preserve">Words </w:t></w:r><w:ins w:id="1" w:author="A" w:date="2020-01-01T00:00:00Z">
<w:r><w:t>in</w:t></w:r></w:ins><w:del w:id="2" w:author="A"><w:r><w:delText>out</w:delText></w:r></w:del><w:r><w:fldChar
w:fldCharType="begin"/></w:r><w:r><w:instrText>ADDIN EN.CITE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r>
<w:t>(Smith, 2020)</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:fldSimple w:instr=" CITATION a "><w:r><w:t>(b)</w:t></w:r>
</w:fldSimple><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:sym w:font="Symbol" w:char="F061"/><w:tab/><w:br/></w:r></w:p>
<w:tbl><w:tr><w:trPr><w:ins w:id="9" w:author="B"/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>cell</w:t></w:r></w:p>
</w:tc></w:tr></w:tbl><w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:id="3" w:author="A"/></w:rPr></w:pPr>
<w:commentRangeStart w:id="5"/><w:bookmarkStart w:id="1" w:name="fig_a"/><w:hyperlink r:id="rId1" w:anchor="x"><w:r><w:t>link</w:t></w:r>
</w:hyperlink><w:bookmarkEnd w:id="1"/><w:commentRangeEnd w:id="5"/><w:r><w:commentReference w:id="5"/></w:r><m:oMath><m:f><m:num><m:r><m:t>x
</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath><w:moveFrom w:id="7" w:author="A"><w:r><w:t>moved</w:t></w:r></w:moveFrom>
<w:sdt><w:sdtPr><w:tag w:val="MENDELEY_CITATION_v3_eyJhIjoxfQ=="/></w:sdtPr><w:sdtContent><w:r><w:t>(c)</w:t></w:r></w:sdtContent></w:sdt></w:p>
<w:p><mc:AlternateContent><mc:Choice Requires="wps"><w:r><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></w:r></mc:Choice>
<mc:Fallback><w:r><w:t>old</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p><w:p><w:r><w:t>References</w:t></w:r></w:p>
<w:p><w:r><w:t>Smith, A. (2020). </w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>A book</w:t></w:r><w:r><w:t>. Press.</w:t></w:r></w:p>
<!--notes--><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/><w:t>A note.</w:t></w:r></w:p></w:footnote><w:comment w:id="5" w:author="B">
<w:p><w:r><w:t>why?</w:t></w:r></w:p></w:comment><w:style w:styleId="Title" w:type="paragraph"><w:name w:val="Title"/><w:basedOn w:val="Title"/>
<w:rPr><w:i/></w:rPr></w:style><w:abstractNum w:abstractNumId="0"/><w:num w:numId="1"/>"""
PAGE = "BT /F1 12 Tf 1 0 0 1 72 700 Tm (Some \\(words\\) \\101) Tj [(a) -120 <6162>] TJ ET q 10 0 0 10 5 5 cm /I1 Do Q /Span <</MCID 0>> BDC EMC"


def pdf() -> str:
    """A PDF of one page, as Latin letters."""
    objects = (
        "<</Type/Catalog/Pages 2 0 R/Lang(en)/MarkInfo<</Marked true>>/StructTreeRoot 6 0 R/PageLabels<</Nums[0<</S/D/St 3>>]>>>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 612 792]>>",
        "<</Type/Page/Parent 2 0 R/Resources<</Font<</F1 5 0 R>>/XObject<</I1 7 0 R>>>>/Contents 4 0 R/Annots[8 0 R]>>",
        f"<</Length {len(PAGE)}>>\nstream\n{PAGE}\nendstream",
        "<</Type/Font/Subtype/Type0/BaseFont/A+F/Encoding/Identity-H/DescendantFonts[<</W[1[500 600]3 9 700]/DW 1000>>]/ToUnicode 9 0 R>>",
        "<</Type/StructTreeRoot/K[<</S /Figure/Alt(x)/P 6 0 R/K[0]>>]/RoleMap<<>>>>",
        "<</Type/XObject/Subtype/Image/Width 3/Height#20 3/BBox[0 0 1 1]/Length 3>>\nstream\nabc\nendstream",
        "<</Type/Annot/Subtype/Link/Rect[0 0 1 1]/A<</S/URI/URI(http://a)>>/Dest[3 0 R/XYZ 0 0 null]>>",
        "<</Length 60>>\nstream\n1 beginbfchar <0041> <0042> endbfchar 1 beginbfrange <01> <02> <03> endbfrange\nendstream",
    )
    out, places = "%PDF-1.7\n% remark\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{one}\nendobj\n"
    table = "".join(f"{at:010d} 00000 n \n" for at in places)
    count = len(objects) + 1
    return f"{out}xref\n0 {count}\n0000000000 65535 f \n{table}trailer\n<</Size {count}/Root 1 0 R/Info<</Title(T)>>>>\nstartxref\n{len(out)}\n%%EOF\n"


PNG = (
    "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU\0\0\0\ntEXtAuthor\0me\0\0\0\0\0\0\0\nIDATx\x9cc`\0\0\0\x02\0\x01"
    "H\xaf\xa4q\0\0\0\0IEND\xaeB`\x82"
)
JPEG = "\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xe1\0\x10Exif\0\0II*\0\x08\0\0\0\xff\xc0\0\x0b\x08\0\x01\0\x01\x01\x01\x11\0\xff\xd9"
TIFF = "II*\0\x08\0\0\0\x02\0\0\x01\x03\0\x01\0\0\0\x01\0\0\0\x01\x01\x03\0\x01\0\0\0\x01\0\0\0\0\0\0\0"
SVG = """<?xml version="1.0"?><!-- x --><svg xmlns="http://www.w3.org/2000/svg" width="9cm" height="9" viewBox="0 0 9 9"><metadata>me
</metadata><title>T</title><g fill="#123" transform="scale(2)"><path d="M0 0L9 9z"/><text x="1">w</text></g></svg>"""
SEEDS: dict[str, tuple[str, ...]] = {
    "front": (FRONT, "---\ntitle: x\n...\n", "---\nauthor: A & B\nabstract: >-\n  x\n---\n\ntext"),
    "mentions": (MARKDOWN, "[@a; @b{c}] `@c` ~~~\n@d\n~~~\n<!-- @e -->"),
    "bibliography": (BIB, "@book{a, title = {x}", "@misc{b title = x }\n@article(c, year=1)"),
    "reference": tuple(LIST.splitlines()),
    "typed": (TYPED, LIST),
    "critic": (CRITIC,),
    "tex": (TEX, *TEX.splitlines()),
    "tables": ('a,b\n1,2\n"x, y",$z$\n', "a;b;c\n1;2\n", "\ta\tb\n\n1\t2\t3\n"),
    "issue": (ISSUE,),
    "waivers": (WAIVE, TOML),
    "answers": (ANSWERS,),
    "json": (ZOTERO,),
    "fields": (ENDNOTE, CITAVI, " CITATION a \\l 1033 \\p 3 \\f see \\m b \\n "),
    "merging": (MARKDOWN, CRITIC),
    "word": (WORD,),
    "pdf": (pdf(),),
    "picture": (PNG, JPEG, TIFF, SVG),
    "manuscript": (FRONT + MARKDOWN, FRONT + TEX, FRONT + CRITIC),
    "typedtext": (TYPED.replace("\n", "\n\n"),),
}
"""By the name of the reader."""
