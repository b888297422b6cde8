"""Walls for the verbs that read more than one manuscript, or another kind of file: each verb in turn gets the texts
that wear readers out, and those that it alone reads."""

# ruff: noqa: E501 - rows of tables, and samples as they are

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from fuzzmegabytes import ENTRY, HEAD, Wall, nested, prose, repeated, rows
from fuzzword import docx

VERBS = (
    "html --draft", "docx --draft", "md --draft", "txt --draft", "latex --draft", "pdf --draft", "review --to html", "review --to docx",
    "proof --to html", "import paper.md -o out", "diff old.md paper.md --to md --output out", "accept --all --comments",
    "camera-ready --draft", "check --format html --output out/a.html", "review --mask-self --to html", "diff old.md paper.md --to docx --output out",
)  # fmt: skip
EACH = 3
"""To how many verbs a text of prose is given; which, goes round."""


def turns() -> list[Wall]:
    """Prose for all verbs but ``check``, which gets it anyway."""
    made = []
    for at, wall in enumerate(prose()):
        verbs = tuple(_words(VERBS[(EACH * at + turn) % len(VERBS)]) for turn in range(EACH))
        made.append(wall._replace(verbs=verbs))
    return made


def _words(verb: str) -> str:
    first, *rest = verb.split()
    own = " ".join([first, *([] if "paper.md" in rest else ["paper.md"]), *rest])
    return own + (" --project ." if first == "diff" else "")


def opendocument(body: str) -> bytes:
    """An ODT file."""
    out = io.BytesIO()
    spaces = "".join(
        f' xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for one, name in (("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"))
    )
    content = f'<?xml version="1.0"?><office:document-content{spaces}><office:body><office:text>{body}</office:text></office:body></office:document-content>'
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", content)
        package.writestr("styles.xml", f"<office:document-styles{spaces}/>")
        package.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return out.getvalue()


def typed() -> list[Wall]:
    """Typed manuscripts in other programs' formats."""
    para = "<text:p>Words (Smith, 2020).</text:p>"
    odt: tuple[tuple[str, Callable[[int], str]], ...] = (
        ("paragraphs", repeated(para)),
        ("spans", repeated("<text:span>a</text:span>", "<text:p>", "</text:p>")),
        ("spans in spans", nested("<text:span>", "</text:span>")),
        ("spaces", repeated("<text:s/>", "<text:p>", "</text:p>")),
        ("many spaces", lambda size: '<text:p>a<text:s text:c="99999999"/>b</text:p>' + "<text:p/>" * (size // 9)),
        ("sections", nested("<text:section>", "</text:section>", para)),
        ("lists", nested("<text:list><text:list-item>", "</text:list-item></text:list>", para)),
        ("columns", lambda size: '<table:table><table:table-column table:number-columns-repeated="99999999"/><table:table-row><table:table-cell>'
         + para * (size // len(para)) + "</table:table-cell></table:table-row></table:table>"),
    )  # fmt: skip
    verbs = ("check typed.odt", "import typed.odt -o out")
    made = [Wall(f"odt: {name}", "typed.odt", packed(opendocument, text), verbs) for name, text in odt]
    html: tuple[tuple[str, Callable[[int], str]], ...] = (
        ("tags", repeated("<b>")), ("tags that close", repeated("</b>")), ("divisions", nested("<div>", "</div>")), ("open", repeated("<")),
        ("comments", repeated("<!--")), ("entities", repeated("&amp;")), ("stray", repeated("&")), ("attributes", repeated(" a=b", "<p", ">x</p>")),
        ("value", repeated("a", '<p a="', '">x</p>')), ("rows", repeated("<tr><td>a</td></tr>", "<table>", "</table>")), ("words", repeated("Words (Smith, 2020). ", "<p>", "</p>")),
        ("lists", nested("<ul><li>", "</li></ul>")), ("tables", nested("<table><tr><td>", "</td></tr></table>")), ("cells", lambda size: '<table><tr><td colspan="99999999">a</td></tr></table>' + "<p>b</p>" * (size // 8)),
        ("scripts", repeated("<script>")), ("links", rows('<p><a href="#a{0}">Smith ({0})</a></p>')), ("paragraphs", rows("<p>Smith ({0})</p>\n")),
        ("blockquotes", nested("<blockquote>", "</blockquote>")), ("subscripts", nested("<sub>", "</sub>")),
    )  # fmt: skip
    verbs = ("check typed.html", "import typed.html -o out")
    made += [Wall(f"html: {name}", "typed.html", repeatedly(text), verbs) for name, text in html]
    run = "<w:r><w:t>Words (Smith, 2020). </w:t></w:r>"
    word: tuple[tuple[str, Callable[[int], str]], ...] = (
        ("paragraphs", repeated(f"<w:p>{run}</w:p>")),
        ("runs", repeated(run, "<w:p>", "</w:p>")),
        ("changes", repeated(f'<w:del w:id="1" w:author="A">{run}</w:del>', "<w:p>", "</w:p>")),
        ("comments", rows('<w:p><w:commentRangeStart w:id="{0}"/>' + run + '<w:commentRangeEnd w:id="{0}"/></w:p>')),
        (
            "grid",
            lambda size: (
                '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="99999999"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'
                + "<w:p/>" * (size // 6)
            ),
        ),
        ("boxes", nested("<w:p><w:r><w:pict><w:txbxContent>", "</w:txbxContent></w:pict></w:r></w:p>", "<w:p/>")),
        ("objects", nested("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", f"<w:p>{run}</w:p>")),
    )
    verbs = ("import typed.docx -o out", "import typed.docx --into paper.md")
    return made + [Wall(f"word: {name}", "typed.docx", packed(docx, text), verbs) for name, text in word]


def packed(package: Callable[[str], bytes], text: Callable[[int], str]) -> Callable[[int], bytes]:
    """A file that is a package."""
    return lambda size: package(text(size))


def repeatedly(text: Callable[[int], str]) -> Callable[[int], str]:
    """A page of HTML."""
    return lambda size: f"<html><head><title>T</title></head><body>{text(size)}</body></html>"


def others() -> list[Wall]:
    """Files that one verb reads: issues, letters, reports, macros, drawings, styles, bibliographies as lists."""
    made = [
        Wall(f"issue {name}", "issue.yaml", text, ("issue issue.yaml --draft --jobs 1",))
        for name, text in (
            ("articles", rows("  - a{0}\n", "title: I\njournal: J\nvolume: 1\nissue: 1\narticles:\n")),
            ("one article", repeated("  - paper.md\n", "journal: J\narticles:\n")),
            ("deep", repeated("[", "journal: J\narticles: ")),
            ("title", repeated("*a_", "journal: J\narticles: [paper.md]\ntitle: '", "'\n")),
            ("masthead", repeated("  # a\n\n", "journal: J\narticles: [paper.md]\nmasthead: |\n")),
            ("fields", rows("f{0}: x\n", "journal: J\narticles: [paper.md]\n")),
            ("path", repeated("a/", "journal: J\narticles: ['", "']\n")),
            ("parents", repeated("../", "journal: J\narticles: ['", "']\n")),
        )
    ]
    letter = "respond paper.md --to html,docx"
    made += [
        Wall(f"letter {name}", "response.md", text, (letter,))
        for name, text in (
            ("answers", rows("# Reviewer {0}\n\n> A remark.\n\nAn answer [](#sec:a{0}).\n\n")),
            ("quotations", repeated("> ")),
            ("brackets", repeated("[")),
            ("braces", repeated("{")),
            ("comments", rows("## Comment {0}\n\n> A remark {0}.\n\nAn answer.\n\n", "# Reviewer 1\n\n")),
            ("rules", repeated("---\n")),
        )
    ]
    made += [
        Wall(f"reports {name}", "reports.md", text, (letter,))
        for name, text in (
            ("remarks", rows("# Reviewer {0}\n\nA remark.\n\n")),
            ("lines", repeated("1. a\n")),
            ("x", repeated("x")),
        )
    ]
    tex = HEAD + "Words $\\a$ [@k1].\n\n```{=latex}\n"
    made += [
        Wall(f"tex {unit!r}", "paper.md", repeated(unit, before), ("check paper.md", "html paper.md --draft"))
        for unit in (
            "\\a{", "{", "{\\bf ", "\\a[", "\\a[{", "\\begin{a}", "\\begin{a}\\end{a}", "\\end{a}", "\\section{", "\\newcommand{\\a}{\\a\\a}", "\\def\\a#1{", "\\a", "$", "$$", "\\[",
            "\\textbf{", "\\footnote{", "\\emph{a} ", "\\begin{table}", "\\begin{tabular}{l}", "a & ", "\\\\", "\\item ", "\\cite{k1}", "\\multicolumn{2}{l}{", "\\begin{a}{", "%\n", "\\caption{",
        )
        for before in (tex, HEAD)
    ]  # fmt: skip
    made += [
        Wall(f"maths {unit!r}", "paper.md", repeated(unit, HEAD + "Words [@k1].\n\n$$ ", " $$\n"), ("check paper.md", "html paper.md --draft"))
        for unit in ("{", "a", "^", "\\frac", "\\left(", "\\begin{matrix}", "x_1 + ", "\\text{", "\\sqrt[", "& ", "\\\\", "\\over ")
    ]  # fmt: skip
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
    shows = HEAD + "![Caption](a.svg)\n\n[@k1]\n"
    for name, text in (
        ("groups", nested("<g>", "</g>")),
        ("shapes", repeated('<path d="M0 0L9 9"/>')),
        ("path", repeated("L9 9", '<path d="M0 0', '"/>')),
        ("uses", lambda size: uses(size)),
        ("open", repeated("<")),
        ("spaces", repeated(" ", "<g", "/>")),
        ("styles", repeated(".a {fill:red}\n", "<style>", "</style>")),
        ("words", repeated("a ", "<text>", "</text>")),
        ("filters", repeated('<feGaussianBlur stdDeviation="999"/>', '<filter id="f">', '</filter><rect width="9" height="9" filter="url(#f)"/>')),
    ):  # fmt: skip
        svg = repeatedly_drawn(drawing, text)
        made.append(Wall(f"svg {name}", "a.svg", svg, tuple(f"{one} paper.md --draft" for one in ("pdf", "html", "docx", "camera-ready")), shows))  # fmt: skip
    for unit in ("<style>", "<a>", "<!-- -->", "a"):
        made.append(Wall(f"csl {unit!r}", "a.csl", repeated(unit, "<style>", "</style>"), ("check paper.md",), HEAD.replace("theme:", "csl: a.csl\ntheme:") + "[@k1]\n"))  # fmt: skip
    made += [
        Wall("list", "references.bib", rows(ENTRY), ("bibliography references.bib", "cite k1 --bib references.bib", "bib references.bib --write")),
        Wall("list of one", "references.bib", repeated("Smith, A and ", "@book{k1, title = {T}, year = 2020, author = {", "}}\n"), ("bibliography references.bib", "cite k1 --bib references.bib")),
        Wall("retractions", "list.csv", rows("{0},10.1/{0},Retraction,a\n", "Record ID,OriginalPaperDOI,RetractionNature,Title\n"), ("check paper.md --retractions list.csv",)),
        Wall("metadata", "manuscript/metadata.yaml", rows("f{0}: x\n"), ("check paper.md",)),
    ]  # fmt: skip
    return made


def uses(size: int) -> str:
    """A drawing that uses each part ten times in the next: a billion laughs."""
    laughs = "".join(
        f'<g id="a{level}">' + f'<use href="#a{level - 1}"/>' * 10 + "</g>"
        if level
        else '<g id="a0"><path d="M0 0"/></g>'
        for level in range(9)
    )
    return laughs + '<use href="#a8"/>' + "<g/>" * ((size - len(laughs)) // 4)


def repeatedly_drawn(before: str, text: Callable[[int], str]) -> Callable[[int], str]:
    """A drawing."""
    return lambda size: before + text(size) + "</svg>"


def more() -> list[Wall]:
    """All of them."""
    return [*turns(), *typed(), *others()]
