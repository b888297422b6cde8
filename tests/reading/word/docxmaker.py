"""Small Word files made in code, for tests: paragraphs as XML, parts as given."""

import base64
import json
import zipfile
from html import escape

NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"


def relations(*rows):
    """A .rels part of rows (id, kind, target) or (id, kind, target, "External")."""
    made = "".join(
        f'<Relationship Id="{row[0]}" Type="{OFFICE}/{row[1]}" Target="{escape(row[2])}"'
        + (f' TargetMode="{row[3]}"/>' if len(row) > 3 else "/>")
        for row in rows
    )
    return f'<Relationships xmlns="{RELS}">{made}</Relationships>'


def t(text, properties="", tag="t"):
    """A run."""
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{look}<w:{tag} xml:space="preserve">{escape(text, quote=False)}</w:{tag}></w:r>'


def p(*runs, style="", properties=""):
    """A paragraph of runs; plain strings are runs of plain words."""
    look = (f'<w:pStyle w:val="{style}"/>' if style else "") + properties
    inner = "".join(one if one.startswith("<") else t(one) for one in runs)
    return f"<w:p>{f'<w:pPr>{look}</w:pPr>' if look else ''}{inner}</w:p>"


def mark(kind, data=""):
    """A mark of a field: begin, separate, end."""
    return (
        f'<w:r><w:fldChar w:fldCharType="{kind}">{f"<w:fldData>{data}</w:fldData>" if data else ""}</w:fldChar></w:r>'
    )


def fld(code, *result, data=""):
    """A field: its code and its result."""
    inner = "".join(one if one.startswith("<") else t(one) for one in result)
    return mark("begin", data) + t(code, tag="instrText") + mark("separate") + inner + mark("end")


def csl(*items, manager="ZOTERO_ITEM CSL_CITATION", shown="", **extra):
    """The code of a citation that holds CSL-JSON; each item is (uri, itemData, more...)."""
    listed = [
        {"id": f"ITEM-{n}", "uris": [uri] if uri else [], "itemData": data, **(rest[0] if rest else {})}
        for n, (uri, data, *rest) in enumerate(items, 1)
    ]
    if "ZOTERO" in manager:
        extra["properties"] = {"plainCitation": shown}
    else:
        extra["mendeley"] = {"plainTextFormattedCitation": shown}
    return f" ADDIN {manager} {json.dumps({'citationItems': listed, **extra})}"


def work(family="Doe", year=2020, title="A study", **more):
    """A work as CSL-JSON."""
    return {
        "type": "article-journal",
        "title": title,
        "author": [{"family": family, "given": "J."}],
        "issued": {"date-parts": [[year]]},
        **more,
    }


def packed(text):
    """Text as base64."""
    return base64.b64encode(text.encode()).decode()


def styles(*rows):
    """A styles part of rows (id, type, name, inner XML)."""
    made = "".join(
        f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{shown}"/>{inner}</w:style>'
        for name, kind, shown, inner in rows
    )
    return f"<w:styles {NS}>{made}</w:styles>"


def notes(kind, *rows):
    """A part of footnotes or endnotes, numbered from 1."""
    made = "".join(f'<w:{kind} w:id="{n}">{row}</w:{kind}>' for n, row in enumerate(rows, 1))
    separator = f'<w:{kind} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
    return f"<w:{kind}s {NS}>{separator}{made}</w:{kind}s>"


def docx(path, *body, **parts):
    """A Word file with these paragraphs; parts are named styles, footnotes, endnotes, comments, or given by path."""
    named = {name: parts.pop(name) for name in ("styles", "footnotes", "endnotes", "comments") if name in parts}
    links = parts.pop("links", ())
    how = zipfile.ZIP_STORED if parts.pop("stored", False) else zipfile.ZIP_DEFLATED
    rows = [(f"r{name}", name, f"{name}.xml") for name in named]
    content = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relations(("rId1", "officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": relations(*rows, *links),
        "word/document.xml": f"<w:document {NS}><w:body>{''.join(body)}</w:body></w:document>",
        **{f"word/{name}.xml": text for name, text in named.items()},
        **parts.pop("more", {}),
    }
    with zipfile.ZipFile(path, "w", how) as made:
        for name, text in content.items():
            if text is not None:
                made.writestr(name, text)
    return path
