"""Word files out of any text at all: what is no sound XML in it is made sound, so that readers get to see it."""

from __future__ import annotations

import io
import re
import zipfile

OPENED = re.compile(r"<(/?)([A-Za-z_][\w:.-]*)((?:\s+[\w:.-]+=\"[^\"<]*\")*)\s*(/?)>")
BARRED = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NAMES = ("w", "r", "m", "wp", "a", "v", "mc", "w14", "o", "pic")


def balanced(text: str) -> str:
    """A text as sound XML: tags closed, what is no tag made words."""
    out: list[str] = []
    open_: list[str] = []
    at = 0
    for tag in OPENED.finditer(text := BARRED.sub("", text)):
        out.append(_words(text[at : tag.start()]))
        at = tag.end()
        closing, name, rest, empty = tag.groups()
        if ":" in name and name.split(":")[0] not in NAMES:
            continue
        if closing:
            while name in open_:
                last = open_.pop()
                out.append(f"</{last}>")
                if last == name:
                    break
            continue
        said = dict(re.findall(r"([\w:.-]+)=(\"[^\"<]*\")", rest))
        kept = {k: v for k, v in said.items() if k == "xml:space" or ":" not in k or k.split(":")[0] in NAMES}
        kept = {
            k: '"' + _words(v[1:-1]) + '"'
            for k, v in kept.items()
            if re.fullmatch(r"[A-Za-z_][\w.-]*(:[A-Za-z_][\w.-]*)?", k)
        }
        if "xmlns" in kept or name.count(":") > 1 or name.endswith(":"):
            continue
        out.append("<" + " ".join([name, *(f"{k}={v}" for k, v in kept.items())]) + ("/>" if empty else ">"))
        if not empty:
            open_.append(name)
    return "".join(out) + _words(text[at:]) + "".join(f"</{name}>" for name in reversed(open_))


def _words(text: str) -> str:
    text = re.sub(r"&(?!(?:amp|lt|gt|quot);)", "&amp;", text)
    return text.replace("<", "&lt;")


def docx(body: str) -> bytes:
    """A Word file: what stands before ``<!--notes-->`` is its body, behind it its notes, comments and styles."""
    main, _, notes = body.partition("<!--notes-->")
    spaces = " ".join(f'xmlns:{name}="{SPACES.get(name, "urn:x:" + name)}"' for name in NAMES)
    inner = balanced(notes)
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": _rels(("officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": _rels(
            *((kind, f"{kind}.xml") for kind in ("footnotes", "endnotes", "comments", "styles", "numbering"))
        ),
        "word/document.xml": f"<w:document {spaces}><w:body>{balanced(main)}</w:body></w:document>",
        **{
            f"word/{kind}.xml": f"<w:{kind} {spaces}>{inner}</w:{kind}>"
            for kind in ("footnotes", "endnotes", "comments")
        },
        "word/styles.xml": f"<w:styles {spaces}>{inner}</w:styles>",
        "word/numbering.xml": f"<w:numbering {spaces}>{inner}</w:numbering>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
}


def _rels(*rows: tuple[str, str]) -> str:
    base = "http://schemas.openxmlformats.org/"
    made = "".join(
        f'<Relationship Id="rId{at}" Type="{base}officeDocument/2006/relationships/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(rows, 1)
    )
    return f'<Relationships xmlns="{base}package/2006/relationships">{made}</Relationships>'
