"""A finished file -> the same file with a mark that says it is a draft, in the way its kind allows."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

NOTICE = "Draft, not for publication"
INSTRUCTION = "galley-draft"
"""The processing instruction that marks XML: whoever deposits looks for it."""


def named(name: str) -> str:
    """The name of a draft: "article.pdf" becomes "article-draft.pdf"."""
    stem, dot, suffix = name.rpartition(".")
    return f"{stem}-draft{dot}{suffix}" if dot else f"{name}-draft"


def marked(name: str, content: bytes) -> bytes:
    """The file with its mark; a kind that has no place for one (a picture, CSL-JSON) is told by its name alone.

    PDF is marked where its pages are set.
    """
    mark = MARKS.get(name.rpartition(".")[2])
    return mark(content) if mark else content


def is_draft(content: bytes) -> bool:
    """Whether an XML file bears the mark."""
    return f"<?{INSTRUCTION}".encode() in content[:2000]


def _xml(content: bytes) -> bytes:
    """The mark before the root, behind the declaration and a document type."""
    head = re.match(rb"\s*(<\?xml[^>]*\?>)?\s*(<!DOCTYPE[^>]*>)?", content)
    at = head.end() if head else 0
    return content[:at] + f'\n<?{INSTRUCTION} "{NOTICE}"?>'.encode() + content[at:]


def _html(content: bytes) -> bytes:
    """A banner as the first thing in the page."""
    return re.sub(rb"(<body[^>]*>)", lambda found: found[1] + BANNER.encode(), content, count=1)


LOOK = "padding: .5rem 1rem; text-align: center; border-bottom: 2px solid"
BANNER = f'<aside aria-label="Notice" style="{LOOK}"><strong>{NOTICE}</strong></aside>'


def _text(content: bytes) -> bytes:
    return f"{NOTICE}\n\n".encode() + content


def _bib(content: bytes) -> bytes:
    return f"% {NOTICE}\n\n".encode() + content


def _ris(content: bytes) -> bytes:
    """A note among the fields of the record."""
    return content.replace(b"ER  - ", f"N1  - {NOTICE}\r\nER  - ".encode())


def _docx(content: bytes) -> bytes:
    run = f'<w:r><w:rPr><w:b/><w:color w:val="A11212"/></w:rPr><w:t>{NOTICE}</w:t></w:r>'
    return _rezipped(content, r"word/document\.xml", rb"<w:body>", f"<w:p>{run}</w:p>".encode())


def _epub(content: bytes) -> bytes:
    return _rezipped(content, r"(?!.*nav).*\.xhtml", rb"<body[^>]*>", BANNER.encode())


def _rezipped(content: bytes, name: str, after: bytes, words: bytes) -> bytes:
    """A zip file with words put behind a mark in its members of that name; all else as it was."""
    from zipfile import ZipFile

    done = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(done, "w") as new:
        for member in old.infolist():
            data = old.read(member)
            if re.fullmatch(name, member.filename):
                data = re.sub(after, lambda found: found[0] + words, data, count=1)
            new.writestr(member, data, member.compress_type)
    return done.getvalue()


MARKS: dict[str, Callable[[bytes], bytes]] = {
    "xml": _xml,
    "html": _html,
    "txt": _text,
    "bib": _bib,
    "ris": _ris,
    "docx": _docx,
    "epub": _epub,
}
