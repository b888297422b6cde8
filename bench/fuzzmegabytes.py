"""Texts of any length that are one thing again and again, or within itself: what wears readers out."""

# ruff: noqa: E501 - rows of tables, and samples as they are

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from fuzzword import docx

HEAD = "---\ntitle: A Title\nauthor: Ada Lovelace\nbibliography: references.bib\ntheme: preprint\n---\n\n"
ENTRY = (
    "@book{{k{0}, author = {{Smith, Ann and Doe, J{0}}}, title = {{A book {0}}}, publisher = {{P}}, year = {{2020}}}}\n"
)
LISTED = "Smith, A. B., & Doe, J. ({0}). *A book of things*: Parts {0} (2nd ed., pp. {0}–{0}). Press. https://doi.org/10.1/{0}\n\n"


class Wall(NamedTuple):
    """What the file holds, by its length in bytes; which file it is; the command lines that read it."""

    name: str
    file: str
    text: Callable[[int], str | bytes]
    verbs: tuple[str, ...] = ("check paper.md",)
    paper: str = ""
    """The manuscript beside it, where it is another than the usual one."""


def repeated(unit: str, before: str = "", after: str = "") -> Callable[[int], str]:
    """A text of one piece again and again."""
    return lambda size: before + unit * (size // len(unit.encode())) + after


def nested(opening: str, closing: str, inner: str = "x") -> Callable[[int], str]:
    """A text of pieces within one another."""

    def text(size: int) -> str:
        count = size // len(opening + closing)
        return opening * count + inner + closing * count

    return text


def rows(line: str, before: str = "") -> Callable[[int], str]:
    """A text of lines that differ by their number."""
    return lambda size: before + "".join(line.format(number) for number in range(max(size // len(line.encode()), 1)))


def prose() -> list[Wall]:
    """Markdown with keys."""
    units = (
        "[", "]", "*", "_", "`", "~", "^", "$", "<", ">", "{", "}", "(", "|", "\\", "@", "!", "#", "-", "+", "=", ":", "&", "'", '"',
        ".", "a", "é", "e\u0301", "\u0301", "א", "\u202e", "中", "🙂", "1", " ", "\t", "\n", "\u00a0", "\u200b", "a ", "a\n", "a\n\n", "1 ",
        "![", "](", "[](", "[@", "[@k1; ", "@k1 ", "[-@", "^[", "[^", "[^1]", "*a_", "**", "a*", "_a ", "`` ", "$x$ ", "$$", "\\(", "\\[",
        "\\begin{", "\\a{", "\\ref{", "\\cite{", "\\frac", "<a", "<a>", "<!--", "<!-- -->", "<?", "</", "<b ", "&amp;", "&#", "{++", "{--",
        "{~~", "~>", "{>>", "{==", "++}", "{++a++}", "{=", "{#", "{.a ", "::: ", ":::\n", "::: {.a}\n", "> ", "- ", "1. ", "    ", "| ",
        "|-", "+-", "--- ", "---\n", "...\n", "(Smith, ", "(Smith, 2020; ", "Smith (2020) ", "A. ", "Smith & ", "et al. ", "http://a.b/",
        "10.1/a", "a@b.c ", "Figure 1 ", "@fig:", "(1", "2020", "-a", "a-", ", ", "; ", "“", "’", "\x0c", "\x85", "\u2028",
    )  # fmt: skip
    made = [Wall(f"prose {unit!r}", "paper.md", repeated(unit, HEAD)) for unit in units]
    deep = (("[", "]"), ("{", "}"), ("(", ")"), ("*", "*"), ("<b>", "</b>"), ("<div>\n", "</div>\n"), ("^[", "]"), ("[@k1, ", "]"),
            ("::: {.a}\n", ":::\n"), ("$\\frac{", "}$"), ("{++", "++}"), ("\\begin{a}", "\\end{a}"), ("“", "”"))  # fmt: skip
    made += [
        Wall(f"nested {one!r}", "paper.md", lambda size, o=one, c=two: HEAD + nested(o, c)(size)) for one, two in deep
    ]
    lines = (
        "# Head {0}\n\n", "Words {0} [@k{0}].\n\n", "A note[^{0}].\n\n[^{0}]: Words {0}.\n\n", "![Caption {0}](a.png){{#fig:f{0}}}\n\n",
        "See @fig:f{0} and [](#x{0}).\n", "$$ x_{0} $$ {{#eq:e{0}}}\n\n", "[a{0}]: http://a.b/{0}\n", "- item {0}\n", "> quote {0}\n\n",
        "Term {0}\n:   Definition {0}\n\n", "\\newcommand{{\\a{0}}}{{\\b{0}}}\n", "{{++in {0}++}} {{>>A: why {0}?<<}}\n\n", "| a{0} | b |\n",
        "`code {0}` and \\ref{{fig:f{0}}}\n", "(Smith, {0}) and Doe ({0})\n\n", "Table {0}\n\n", "Figure {0}. A caption.\n\n",
    )  # fmt: skip
    made += [Wall(f"lines {line[:24]!r}", "paper.md", rows(line, HEAD)) for line in lines]
    cells = 10_000
    wide = "|" + " a |" * cells + "\n|" + "---|" * cells + "\n" + "|" + " b |" * cells + "\n"
    made += [
        Wall("pipe table of 10,000 columns", "paper.md", lambda size: HEAD + (wide * (size // len(wide) + 1))[:size])
    ]
    grid = "+---" * 300 + "+\n" + "| a " * 300 + "|\n"
    made += [Wall("grid table", "paper.md", repeated(grid, HEAD, "+---" * 300 + "+\n"))]
    return made


def titles() -> list[Wall]:
    """Front matter."""
    made = [
        Wall(
            f"title {unit!r}",
            "paper.md",
            repeated(unit, "---\ntitle: '", "'\nauthor: A\ntheme: preprint\n---\n\nText.\n"),
        )
        for unit in ("a", "a ", "*", "[", "$", "{", "\\\\", "@k1 ", "é", "א", "<b>", "^", "''")
    ]
    shapes = (
        ("many authors", rows("  - {{name: A{0} B, affiliation: [I{0}]}}\n", "---\ntitle: T\nauthor:\n")),
        ("many fields", rows("f{0}: x\n", "---\ntitle: T\n")),
        ("deep flow", repeated("[", "---\ntitle: ")),
        ("deep blocks", lambda size: "---\n" + "".join(f"{' ' * at}a:\n" for at in range(int((2 * size) ** 0.5)))),
        ("many anchors", rows("f{0}: &a{0} [*a{0}]\n", "---\ntitle: T\n")),
        ("never closed", repeated("a: b\n", "---\n")),
        ("keywords", rows("  - word {0}\n", "---\ntitle: T\nkeywords:\n")),
    )
    close = "\n---\n\nText.\n"
    made += [
        Wall(name, "paper.md", lambda size, t=text, n=name: t(size) + ("" if n == "never closed" else close))
        for name, text in shapes
    ]
    return made


def shelves() -> list[Wall]:
    """Bibliographies."""
    verbs = ("bib references.bib", "check paper.md")
    made = [
        Wall(f"bib {unit!r}", "references.bib", repeated(unit), verbs[:1])
        for unit in (
            "{",
            "}",
            "@",
            "@a{",
            "@book{a,",
            '"',
            "@book{k,\n",
            "@string{a=a#",
            "@comment{",
            "%",
            "\n",
            " ",
            "a = ",
            "=",
            "\\",
            "#",
            ",",
        )
    ]
    made += [
        Wall(
            f"value {unit!r}",
            "references.bib",
            repeated(unit, "@book{k1, author = {Smith, A}, year = 2020, title = {", "}}\n"),
            verbs,
        )
        for unit in (
            "{",
            "}",
            "{}",
            "{a}",
            "\\",
            "\\a",
            "\\'e",
            "$",
            "a",
            "a ",
            "A ",
            "a-",
            "--",
            " and ",
            "é",
            "\u0301",
            "א",
            "&",
            "<i>",
            ":",
            ". ",
            "'",
            "\n",
        )
    ]
    made += [
        Wall(
            f"authors {unit!r}",
            "references.bib",
            repeated(unit, "@book{k1, title = {T}, year = 2020, author = {", "}}\n"),
            verbs,
        )
        for unit in ("Smith, A and ", "A ", "a ", ", ", "van ", "{A} and ", "and ", "A. ", "-", "A-", "{\\'A}")
    ]
    for field in (
        "date",
        "pages",
        "doi",
        "url",
        "edition",
        "volume",
        "note",
        "langid",
        "crossref",
        "journaltitle",
        "editor",
        "month",
    ):
        for unit in ("1", "-", "a", "1-", " "):
            text = repeated(unit, f"@article{{k1, title = {{T}}, author = {{A, B}}, {field} = {{", "}}\n")
            made.append(Wall(f"{field} {unit!r}", "references.bib", text, verbs[:1]))
    made += [Wall("entries", "references.bib", rows(ENTRY), verbs)]
    made += [Wall("one key", "references.bib", repeated("@book{k, title = {T}}\n"), verbs[:1])]
    chain = rows("@book{{k{0}, crossref = {{k{0}}}, title = {{T}}}}\n")
    made += [Wall("crossrefs", "references.bib", chain, verbs[:1])]
    made += [Wall("strings", "references.bib", rows('@string{{s{0} = "a" # s{0}}}\n'), verbs[:1])]
    return made


def typescripts() -> list[Wall]:
    """Typed manuscripts."""
    verbs = ("check typed.md",)
    opening = "# T\n\nWords (Smith, 2020).\n\n# References\n\n"
    made = [Wall("references", "typed.md", rows(LISTED, opening), verbs)]
    units = (
        "a", "A", "a ", "A ", "A. ", "A., ", "Smith, A., ", "& ", "(", ")", "[", "]", "(2020)", "(2020). ", ". ", ", ", ": ", "; ", "*", "*a* ",
        "1", "1(1), ", "1-", "–", "pp. 1", "http://", "https://a.b/", "doi:10.1/", "10.1/", "In ", "(Ed.)", "(2nd ed.)", "Retrieved ", " ", "\u00a0",
        "é", "e\u0301", "中", "א", "“", "'", "et al. ", "van ", "n.d.", "v. ", "U.S. ", "§ ", "/", "\\", "_", "-", "?", "!", "[Data set]", "Jr., ",
    )  # fmt: skip
    made += [
        Wall(f"reference {unit!r}", "typed.md", repeated(unit, opening + "Smith, A. (2020). "), verbs) for unit in units
    ]
    made += [Wall(f"no date {unit!r}", "typed.md", repeated(unit, opening), verbs) for unit in units[:20]]
    made += [Wall(f"typed {unit!r}", "typed.md", repeated(unit, "# T\n\n"), verbs) for unit in units]
    made += [
        Wall(f"typed lines {line[:24]!r}", "typed.md", rows(line, "# T\n\n"), verbs)
        for line in (
            "(Smith, {0}; Doe & Roe, {0}) and Brown ({0}).\n\n",
            "Words [{0}].\n\n",
            "Head {0}\n\n",
            "Smith{0} (2020) and Smith{0} et al. (2020).\n\n",
        )
    ]
    return made


def files() -> list[Wall]:
    """Word files and tables."""
    verbs = ("check typed.docx",)
    run, cell = "<w:r><w:t>a</w:t></w:r>", "<w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>"
    field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>ADDIN EN.CITE</w:instrText></w:r>'
    shapes: tuple[tuple[str, Callable[[int], str]], ...] = (
        ("runs", repeated(run, "<w:p>", "</w:p>")),
        ("paragraphs", repeated(f"<w:p>{run}</w:p>")),
        ("columns", repeated(cell, "<w:tbl><w:tr>", "</w:tr></w:tbl>")),
        ("rows", repeated(f"<w:tr>{cell}</w:tr>", "<w:tbl>", "</w:tbl>")),
        ("tables in tables", nested("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", "<w:p/>")),
        ("fields in fields", repeated(field, "<w:p>", "</w:p>")),
        ("changes", repeated(f'<w:ins w:id="1" w:author="A">{run}</w:ins>', "<w:p>", "</w:p>")),
        ("changes in changes", nested('<w:ins w:id="1" w:author="A">', "</w:ins>", run)),
        ("one word", repeated("a", "<w:p><w:r><w:t>", "</w:t></w:r></w:p>")),
        ("one line of text", repeated("A b. ", "<w:p><w:r><w:t>", "</w:t></w:r></w:p>")),
        ("marks", repeated('<w:bookmarkStart w:id="1" w:name="a"/>', "<w:p>", "</w:p>")),
        ("equations", nested("<m:sSup><m:e>", "</m:e></m:sSup>", "<m:r><m:t>x</m:t></m:r>")),
    )
    made = [Wall(f"word: {name}", "typed.docx", lambda size, t=text: docx(t(size)), verbs) for name, text in shapes]
    uses = HEAD + "![Caption](a.csv){#tbl:a}\n\n[@k1]\n"
    for name, text in (
        ("csv: 10,000 columns", repeated("a," * 10_000 + "\n")),
        ("csv: rows", repeated("a,b\n")),
        ("csv: quotes", repeated('"')),
        ("csv: one cell", repeated("*a* ")),
        ("csv: marked cells", repeated("$x$,*b*\n")),
    ):
        made.append(Wall(name, "a.csv", text, ("check paper.md", "html paper.md --draft"), uses))
    return made


def walls() -> list[Wall]:
    """All of them."""
    from fuzzverbs import more

    return [*prose(), *titles(), *shelves(), *typescripts(), *files(), *more()]
