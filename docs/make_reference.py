"""Makes the reference.docx of each theme that has one, its Word styles, running heads and page, from nothing.

    python docs/make_reference.py

That of templates/base comes from what stands here; those of other themes differ by what ``reference_looks`` says,
and have paper, margins and type by the theme's own tokens. The result is a document as Word would save it; a theme
may hold one made in Word as well. What stands in braces in its heads and feet, such as {short-title}, is filled in for
each article.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SERIF, MONO = "Times New Roman", "Courier New"
"""Faces that whoever opens the file is likely to have; a theme may name another under [word]."""
WIDTH, HEIGHT, SIDE, TOP, BOTTOM = 11906, 16838, 2608, 1701, 1928
"""The page in twentieths of a point: A4, margins of 46, 30 and 34 mm."""
MEASURE = WIDTH - 2 * SIDE


@dataclass(frozen=True, slots=True)
class Style:
    """A style: its name as Word shows it, what it is based on, its paragraph's and its characters' properties."""

    name: str
    base: str = "Normal"
    paragraph: str = ""
    characters: str = ""
    next: str = ""
    kind: str = "paragraph"
    more: str = ""

    @property
    def id(self) -> str:
        """The name as Word makes an identifier of it."""
        return "".join(word[0].upper() + word[1:] for word in self.name.split())

    def xml(self) -> str:
        """The style's element."""
        parts = [f'<w:name w:val="{self.name}"/>']
        parts += [f'<w:basedOn w:val="{self.base}"/>'] if self.base else []
        parts += [f'<w:next w:val="{self.next}"/>'] if self.next else []
        parts += ["<w:qFormat/>"]
        parts += [f"<w:pPr>{ordered(self.paragraph)}</w:pPr>"] if self.paragraph else []
        parts += [f"<w:rPr>{self.characters}</w:rPr>"] if self.characters else []
        default = ' w:default="1"' if not self.base and self.kind != "table" else ""
        own = "" if self.id in KNOWN or self.id.startswith("Heading") or default else ' w:customStyle="1"'
        return (
            f'<w:style w:type="{self.kind}"{default}{own} w:styleId="{self.id}">{"".join(parts)}{self.more}</w:style>'
        )


KNOWN = {
    *("Title", "Subtitle", "BodyText", "BlockText", "Caption", "Bibliography", "FootnoteText", "Header", "Footer"),
    *("Date", "FootnoteReference", "Hyperlink", "DefaultParagraphFont", "Normal"),
}
"""The styles Word itself knows by name."""


ORDER = (
    *("keepNext", "keepLines", "widowControl", "pBdr", "shd", "tabs", "suppressAutoHyphens", "wordWrap", "spacing"),
    *("ind", "jc", "outlineLvl"),
)
"""The order in which ISO/IEC 29500-1 §17.3.1 wants a paragraph's properties."""


def ordered(properties: str) -> str:
    """A paragraph's properties in the order of the standard."""
    pieces = re.findall(r"<w:(?:tabs|pBdr)>.*?</w:(?:tabs|pBdr)>|<w:\w+(?: [^>]*)?/>", properties)
    return "".join(sorted(pieces, key=lambda piece: ORDER.index(re.match(r"<w:(\w+)", piece)[1])))


def spaced(before: int = 0, after: int = 0, line: int = 0) -> str:
    """Space before and after in twentieths of a point, and the least distance of lines."""
    lines = f' w:line="{line}" w:lineRule="atLeast"' if line else ""
    return f'<w:spacing w:before="{before}" w:after="{after}"{lines}/>'


def size(points: float) -> str:
    """The size of the type."""
    return f'<w:sz w:val="{round(2 * points)}"/><w:szCs w:val="{round(2 * points)}"/>'


KEEP = "<w:keepNext/><w:keepLines/>"
BOLD, ITALIC = "<w:b/><w:bCs/>", "<w:i/><w:iCs/>"
FLUSH = '<w:ind w:firstLine="0"/>'
RAGGED, CENTRED = '<w:jc w:val="left"/>', '<w:jc w:val="center"/>'
RIGHT_TAB = f'<w:tabs><w:tab w:val="right" w:pos="{MEASURE}"/></w:tabs>'
INSET = '<w:ind w:left="352" w:right="352" w:firstLine="0"/>'
HUNG = '<w:ind w:left="263" w:hanging="263"/>'
RULE = '<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="6" w:color="auto"/></w:pBdr>'
NO_HYPHENS = "<w:suppressAutoHyphens/>"


def heading(level: int, points: float, characters: str, room: str = "") -> Style:
    """A heading's style; ``room`` is the space round it."""
    paragraph = KEEP + NO_HYPHENS + (room or spaced(348, 145)) + f'<w:outlineLvl w:val="{level - 1}"/>'
    return Style(f"heading {level}", "Normal", paragraph, characters + size(points), "FirstParagraph")


LOOKS = {1: BOLD, 2: BOLD + ITALIC, 3: ITALIC, 4: BOLD, 5: ITALIC}
RULES = (
    '<w:tblPr><w:tblBorders><w:top w:val="single" w:sz="6" w:space="0" w:color="auto"/>'
    '<w:bottom w:val="single" w:sz="6" w:space="0" w:color="auto"/></w:tblBorders><w:tblCellMar>'
    '<w:top w:w="30" w:type="dxa"/><w:left w:w="85" w:type="dxa"/><w:bottom w:w="30" w:type="dxa"/>'
    '<w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr>'
    '<w:tcBorders><w:bottom w:val="single" w:sz="4" w:space="0" w:color="auto"/></w:tcBorders>'
    '<w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>'
)
"""A table as APA 7 §7.8-7.20 has it: rules above, under the head and at the foot, none upright."""
BARE = (
    '<w:tblPr><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
)
STYLES = (
    Style("Normal", "", "<w:widowControl/>"),
    Style("Default Paragraph Font", "", kind="character"),
    Style("Body Text", "Normal", '<w:ind w:firstLine="286"/>'),
    Style("First Paragraph", "BodyText", FLUSH, next="BodyText"),
    Style("Compact", "BodyText", spaced() + FLUSH),
    Style("Title", "Normal", KEEP + NO_HYPHENS + spaced(0, 120), BOLD + size(19), "Subtitle"),
    Style("Subtitle", "Normal", KEEP + NO_HYPHENS + spaced(0, 120), ITALIC + size(13.5), "Author"),
    Style("Author", "Normal", NO_HYPHENS + spaced(120, 60), size(12), "Affiliation"),
    Style("Affiliation", "Normal", NO_HYPHENS, size(10)),
    Style("Date", "Normal", spaced(60, 0), size(10)),
    Style("Author Note Title", "Normal", KEEP + spaced(300, 60), BOLD + size(10), "AuthorNote"),
    Style("Author Note", "Normal", spaced(60, 60), size(9)),
    Style("Abstract Title", "Normal", KEEP + spaced(300, 60), BOLD + size(10), "Abstract"),
    Style("Abstract", "Normal", '<w:ind w:left="340" w:right="340"/>', size(10)),
    Style("Keywords", "Abstract", spaced(60, 240), size(10)),
    Style("Text Title", "Normal", KEEP + NO_HYPHENS + CENTRED, BOLD, "FirstParagraph"),
    *(heading(level, 12.3 if level == 1 else 11, LOOKS.get(level, BOLD)) for level in range(1, 7)),
    Style("Section Number", "DefaultParagraphFont", kind="character"),
    Style("Block Text", "BodyText", spaced(120, 120) + INSET, size(10.5)),
    Style("Footnote Text", "Normal", "", size(9)),
    Style("Footnote Block Text", "FootnoteText", '<w:ind w:left="352" w:right="352"/>'),
    Style("Footnote Reference", "DefaultParagraphFont", "", '<w:vertAlign w:val="superscript"/>', kind="character"),
    Style("Definition Term", "BodyText", KEEP + spaced(60, 0) + FLUSH, BOLD),
    Style("Definition", "BodyText", '<w:ind w:left="352" w:firstLine="0"/>'),
    Style("Line Block", "BodyText", spaced(120, 120) + RAGGED + '<w:ind w:left="352" w:firstLine="0"/>'),
    Style(
        "Rule", "Normal", RULE + spaced(0, 300) + f'<w:ind w:left="{MEASURE * 2 // 5}" w:right="{MEASURE * 2 // 5}"/>'
    ),
    Style("Caption", "Normal", spaced(0, 80), size(10)),
    Style("Table Label", "Caption", KEEP + spaced(280, 0), BOLD, "TableCaption"),
    Style("Table Caption", "Caption", KEEP + RAGGED + spaced(0, 100), ITALIC),
    Style("Table Text", "Normal", NO_HYPHENS + RAGGED, size(10)),
    Style("Table Note", "Caption", spaced(80, 280)),
    Style("Figure Label", "Caption", KEEP + spaced(280, 0), BOLD, "ImageCaption"),
    Style("Captioned Figure", "Normal", KEEP + CENTRED + spaced(280, 80)),
    Style("Figure", "Normal", CENTRED + spaced(280, 280)),
    Style("Image Caption", "Caption", RAGGED + spaced(0, 280)),
    Style("Panel Caption", "Caption", CENTRED + spaced(0, 80)),
    Style("Figure Note", "Caption", spaced(0, 280)),
    Style("Caption Label", "DefaultParagraphFont", "", BOLD, kind="character"),
    Style("Equation", "Normal", CENTRED + spaced(80, 80)),
    Style("Equation Right", "Normal", '<w:jc w:val="right"/>' + spaced(80, 80)),
    Style("Equation Left", "Normal", RAGGED + spaced(80, 80)),
    Style("Equation Number", "Normal", '<w:jc w:val="right"/>' + spaced(80, 80)),
    Style("Listing Caption", "Caption", KEEP + spaced(200, 60)),
    Style("Source Code", "Normal", '<w:wordWrap w:val="off"/>' + spaced(120, 120, 240) + RAGGED, ""),
    Style(
        "Verbatim Char",
        "DefaultParagraphFont",
        "",
        f'<w:rFonts w:ascii="{MONO}" w:hAnsi="{MONO}" w:cs="{MONO}"/>' + size(9),
        kind="character",
    ),
    Style("Statement", "Normal", spaced(110, 0)),
    Style("Bibliography", "Normal", NO_HYPHENS + spaced(0, 64) + HUNG, size(10)),
    Style("Hyperlink", "DefaultParagraphFont", "", '<w:color w:val="1C3A63"/>', kind="character"),
    Style("Internal Link", "DefaultParagraphFont", "", '<w:color w:val="1C3A63"/>', kind="character"),
    Style("Header", "Normal", RIGHT_TAB, size(10)),
    Style("Masthead", "Header", NO_HYPHENS, size(9.5)),
    Style("Footer", "Normal", RIGHT_TAB, size(9)),
    Style("Normal Table", "", kind="table"),
    Style("Table", "NormalTable", spaced(), "", kind="table", more=RULES),
    Style("Figure Table", "NormalTable", "", "", kind="table", more=BARE),
    Style("Equation Table", "NormalTable", "", "", kind="table", more=BARE),
)
FONTS = ((SERIF, "roman", "variable"), (MONO, "modern", "fixed"))

# -- what stands on the page ------------------------------------------------------------------------------


def run(text: str, characters: str = "") -> str:
    """Words; a tab where the text has one."""
    look = f"<w:rPr>{characters}</w:rPr>" if characters else ""
    pieces = "<w:tab/>".join(f'<w:t xml:space="preserve">{piece}</w:t>' for piece in text.split("\t"))
    return f"<w:r>{look}{pieces}</w:r>"


def paragraph(style: str, content: str, more: str = "") -> str:
    """A paragraph in a style."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{content}</w:p>'


def word_field(instruction: str, shown: str) -> str:
    """A field and what it shows until it is reckoned."""
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    code = f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
    return marks[0] + code + marks[1] + run(shown) + marks[2]


PAGE = word_field("PAGE", "1")
PARTS: Mapping[str, tuple[str, str, str]] = {
    "header1": ("hdr", "default", paragraph("Header", run("{short-title}", ITALIC) + run("\t") + PAGE)),
    "header2": (
        "hdr",
        "first",
        paragraph("Masthead", run("{journal}", BOLD) + run("\t{site}"))
        + paragraph("Masthead", run("{source}\t{doi}"), RULE + spaced(0, 480)),
    ),
    "footer1": ("ftr", "default", paragraph("Footer", "")),
    "footer2": ("ftr", "first", paragraph("Footer", run("{rights}\t") + PAGE)),
}
SEPARATORS = "".join(
    f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
    for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
)


def part(root: str, content: str) -> str:
    """A part of the package."""
    return f'{HEAD}<w:{root} xmlns:w="{W}" xmlns:r="{R}">{content}</w:{root}>'


@dataclass(frozen=True, slots=True)
class Look:
    """What a theme's document has otherwise than the plain one: styles, and all its heads and feet.

    The head of the first page differs where a part says "first".
    """

    styles: tuple[Style, ...] = ()
    parts: Mapping[str, tuple[str, str, str]] = field(default_factory=lambda: PARTS)

    @property
    def all_styles(self) -> tuple[Style, ...]:
        """The plain styles, with the look's own in their places."""
        own = {style.id: style for style in self.styles}
        known = {style.id for style in STYLES}
        return (
            *(own.get(style.id, style) for style in STYLES),
            *(style for style in self.styles if style.id not in known),
        )


def styles(look: Look) -> str:
    """word/styles.xml."""
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{SERIF}" w:hAnsi="{SERIF}" w:eastAsia="{SERIF}" '
        f'w:cs="Times New Roman"/>{size(11)}<w:lang w:val="en-US" w:eastAsia="en-US" w:bidi="ar-SA"/></w:rPr>'
        f"</w:rPrDefault><w:pPrDefault><w:pPr>{spaced(0, 0, 290)}</w:pPr></w:pPrDefault></w:docDefaults>"
    )
    return part("styles", defaults + "".join(style.xml() for style in look.all_styles))


def document(look: Look) -> str:
    """word/document.xml: each paragraph style by its own name, to be looked at in Word, and the section."""
    elsewhere = ("Header", "Footer", "Masthead")
    shown = [style for style in look.all_styles if style.kind == "paragraph" and style.id not in elsewhere]
    lines = "".join(paragraph(style.id, run(style.name)) for style in shown)
    heads = "".join(
        f'<w:{"header" if root == "hdr" else "footer"}Reference w:type="{kind}" r:id="{name}"/>'
        for name, (root, kind, _) in look.parts.items()
    )
    first = "<w:titlePg/>" if any(kind == "first" for _, kind, _ in look.parts.values()) else ""
    page = (
        f'<w:pgSz w:w="{WIDTH}" w:h="{HEIGHT}"/><w:pgMar w:top="{TOP}" w:right="{SIDE}" w:bottom="{BOTTOM}" '
        f'w:left="{SIDE}" w:header="794" w:footer="794" w:gutter="0"/>{first}'
    )
    return part("document", f"<w:body>{lines}<w:sectPr>{heads}{page}</w:sectPr></w:body>")


def fonts() -> str:
    """word/fontTable.xml."""
    rows = (
        f'<w:font w:name="{name}"><w:family w:val="{family}"/><w:pitch w:val="{pitch}"/></w:font>'
        for name, family, pitch in FONTS
    )
    return part("fonts", "".join(rows))


def settings() -> str:
    """word/settings.xml: the present layout rules, hyphens where a style lets them in."""
    mode = (
        '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
        'w:val="15"/></w:compat>'
    )
    return part("settings", f'<w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>{mode}')


def package(look: Look) -> dict[str, str]:
    """The parts by name, in the order they stand in the file."""
    named = {"styles": "styles", "settings": "settings", "fontTable": "fontTable", "footnotes": "footnotes"}
    named |= {name: "header" if root == "hdr" else "footer" for name, (root, _, _) in look.parts.items()}
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{MEDIA}.{kind}+xml"/>'
        for name, kind in {"document": "document.main", **named}.items()
    )
    relations = "".join(
        f'<Relationship Id="{name}" Type="{R}/{kind}" Target="{name}.xml"/>' for name, kind in named.items()
    )
    bundle = "http://schemas.openxmlformats.org/package/2006"
    main = f'<Relationship Id="main" Type="{R}/officeDocument" Target="word/document.xml"/>'
    return {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{bundle}/content-types"><Default Extension="rels" ContentType='
        f'"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType='
        f'"application/xml"/>{types}</Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{bundle}/relationships">{main}</Relationships>',
        "word/document.xml": document(look),
        "word/_rels/document.xml.rels": f'{HEAD}<Relationships xmlns="{bundle}/relationships">{relations}'
        "</Relationships>",
        "word/styles.xml": styles(look),
        "word/settings.xml": settings(),
        "word/fontTable.xml": fonts(),
        "word/footnotes.xml": part("footnotes", SEPARATORS),
        **{f"word/{name}.xml": part(root, content) for name, (root, _, content) in look.parts.items()},
    }


def write(parts: Mapping[str, str], target: Path) -> None:
    """Write the file; the same bytes whenever it is made."""
    with zipfile.ZipFile(target, "w") as out:
        for name, text in parts.items():
            out.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text.encode(), zipfile.ZIP_DEFLATED, 9)


if __name__ == "__main__":
    from reference_looks import packages

    for theme, made in packages().items():
        write(made, ROOT / "templates" / theme / "reference.docx")
