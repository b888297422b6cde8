"""What a user may name a work by: DOI, arXiv number, ISBN, address; each read from any of its usual spellings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s\"{}]+")
LONGEST = 3_000
"""Characters of a text in which a DOI is sought."""
ANGLES = re.compile(r"\{?(?:\$([<>])\$|\\text(less|greater)(?![A-Za-z])(?:\{\})?)\}?")
"""How LaTeX writes < and >, which DOIs of the nineties have: 10.1002/(SICI)1097-0258(1998)17:15<1661::AID>3.0.CO;2."""
ARXIV = re.compile(r"(?:arxiv:\s*)?(\d{4}\.\d{4,5}|[a-z][a-z.-]{1,20}/\d{7})(?:v\d{1,3})?(?:\s*\[[\w.-]+\])?", re.I)
ARXIV_PAGE = re.compile(r"/(?:abs|pdf|html)/(\d{4}\.\d{4,5}|[a-z.-]{2,20}/\d{7})(?:v\d{1,3})?(?:\.pdf)?/?", re.I)
ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(.+)", re.I)
ENDS = re.compile(
    r"/(?:full|pdf|epdf|abstract|html|full-text|fulltext|meta|summary|references|figures)/?$|\.pdf$", re.I
)
"""What publishers put behind a DOI in the address of a page."""


class Wanted(NamedTuple):
    """What was asked for: ``kind`` is "doi", "arxiv", "isbn" or "url", or "" where it is none of them."""

    kind: str
    value: str


def wanted(text: str) -> Wanted:
    """Read what a user typed or pasted."""
    text = text.strip().strip("<>\"'").strip()
    if found := re.fullmatch(r"(?:doi:?\s*|urn:doi:)?(10\.\d{4,9}[^\s/]*/\S+)", text, re.IGNORECASE):
        return _doi(found[1])
    if re.match(r"https?://", text, re.IGNORECASE):
        return _address(text)
    if found := ARXIV.fullmatch(text):
        return Wanted("arxiv", found[1])
    if isbn := _isbn(re.sub(r"(?i)^(?:urn:)?isbn(?:-1[03])?:?\s*", "", text)):
        return Wanted("isbn", isbn)
    if re.match(r"(?:dx\.)?doi\.org/|www\.|arxiv\.org/", text, re.IGNORECASE):
        return _address(f"https://{text}")
    return Wanted("", text)


def _doi(text: str) -> Wanted:
    value = doi(text)
    found = ARXIV_DOI.fullmatch(value)
    return Wanted("arxiv", found[1]) if found else Wanted("doi", value)


def _address(text: str) -> Wanted:
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").lower()
    except ValueError:
        return Wanted("", text)
    if host.endswith("doi.org") and (value := doi(unquote(parts.path))):
        return _doi(value)
    if host.endswith("arxiv.org") and (found := ARXIV_PAGE.fullmatch(parts.path)):
        return Wanted("arxiv", found[1])
    return Wanted("url", re.sub(r"(?i)^http:", "https:", text))


def doi_in(address: str) -> str:
    """The DOI that the address of a publisher's page holds, or "": what follows it there is taken off."""
    value = doi(unquote(urlsplit(address).path))
    while (shorter := ENDS.sub("", value)) != value:
        value = shorter
    return value


def doi(text: str) -> str:
    """The first DOI in a text as "10.1234/abc", without the signs that a sentence puts behind it; "" if none."""
    text = ANGLES.sub(lambda found: found[1] or {"less": "<", "greater": ">"}[found[2]], text[:LONGEST])
    text = text.replace("{\\_}", "_").replace("&lt;", "<").replace("&gt;", ">")
    found = DOI.search(re.sub(r"\\([_%&#])", r"\1", text))
    if not found:
        return ""
    value = re.split(r"</|<(?=\w+>?$)", found[0])[0].rstrip(".,;:'")
    for open_, close in ("()", "<>", "[]"):
        while value.endswith(close) and value.count(close) > value.count(open_):
            value = value[:-1].rstrip(".,;:'")
    return value


def doi_of(fields: Mapping[str, str]) -> str:
    """The DOI of an entry, in lower case (DOIs know no case): of its ``doi``, else of an address at doi.org."""
    if found := doi(fields.get("doi", "")):
        return found.lower()
    for name in ("url", "howpublished"):
        if "doi.org/" in fields.get(name, "") and (found := doi(unquote(fields[name]))):
            return found.lower()
    if arxiv := arxiv_of(fields):
        return f"10.48550/arxiv.{arxiv}"
    return ""


def arxiv_of(fields: Mapping[str, str]) -> str:
    """The arXiv number of an entry, or ""."""
    if fields.get("eprinttype", fields.get("archiveprefix", "")).lower() != "arxiv":
        return ""
    found = ARXIV.fullmatch(fields.get("eprint", "").strip())
    return found[1].lower() if found else ""


def isbn_of(fields: Mapping[str, str]) -> str:
    """The ISBN of an entry in its long form, digits alone, or ""."""
    return _isbn(fields.get("isbn", ""))


def _isbn(text: str) -> str:
    digits = re.sub(r"[\s\u2010-\u2015-]", "", text).upper()
    if re.fullmatch(r"\d{9}[\dX]", digits):
        total = sum((10 - at) * (10 if sign == "X" else int(sign)) for at, sign in enumerate(digits))
        if total % 11:
            return ""
        digits = "978" + digits[:9]
        return digits + str(-sum(int(sign) * (3 if at % 2 else 1) for at, sign in enumerate(digits)) % 10)
    if re.fullmatch(r"97[89]\d{10}", digits):
        return digits if sum(int(sign) * (3 if at % 2 else 1) for at, sign in enumerate(digits)) % 10 == 0 else ""
    return ""
