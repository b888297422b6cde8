"""The services that know works: doi.org, Crossref, DataCite, arXiv, Open Library; each answer a record, or why none.

Where each is documented: doi.org and its agencies answer CSL-JSON to ``Accept`` (content negotiation);
api.crossref.org/works/DOI and api.datacite.org/dois/DOI answer JSON; export.arxiv.org/api/query an Atom feed;
openlibrary.org/api/books?jscmd=data JSON by ISBN.
"""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from galley.online.asking import Web, host
from galley.online.records import Draft, Record, draft, from_datacite
from galley.online.text import plain, title
from galley.online.transport import Answer

CSL = "application/vnd.citationstyles.csl+json"
ATOM = "{http://www.w3.org/2005/Atom}"
ARXIV = "{http://arxiv.org/schemas/atom}"


class Reply(NamedTuple):
    """What a service said: a ``record``; or that the work is ``unknown`` to it; or the ``trouble`` there was.

    ``service`` is the host that was asked.
    """

    service: str
    record: Record | None = None
    unknown: bool = False
    trouble: str = ""


def _json(answer: Answer) -> Any:
    """The JSON of an answer, or a str that tells why there is none."""
    if answer.cut:
        return "the answer is too long"
    try:
        return json.loads(answer.body.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        start = answer.body[:200].lstrip().lower()
        return "a web page came in place of data" if start.startswith((b"<!doctype html", b"<html")) else "no JSON came"


def _reply(answer: Answer, service: str) -> tuple[Reply, Any]:
    """The reply for an answer without data, and the data where it has some."""
    if not answer.status:
        return Reply(host(answer) or service, trouble=answer.trouble), None
    if answer.status in (404, 410):
        return Reply(service, unknown=True), None
    if answer.status != 200:
        return Reply(host(answer) or service, trouble=f"answers {answer.status}"), None
    data = _json(answer)
    if not isinstance(data, dict):
        return Reply(host(answer) or service, trouble=data if isinstance(data, str) else "no JSON object came"), None
    return Reply(service), data


def crossref(web: Web, doi: str) -> Reply:
    """Crossref's record of a DOI, with what updates it; ``unknown`` also for a DOI of another agency."""
    service = "api.crossref.org"
    reply, data = _reply(web.get(f"https://{service}/works/{quote(doi, safe='')}", "application/json"), service)
    if data is None:
        return reply
    message = data.get("message")
    return Reply(service, message) if isinstance(message, dict) else Reply(service, trouble="no record came")


def datacite(web: Web, doi: str) -> Reply:
    """DataCite's record of a DOI, as CSL-JSON."""
    service = "api.datacite.org"
    address = f"https://{service}/dois/{quote(doi, safe='/')}"
    reply, data = _reply(web.get(address, "application/vnd.api+json"), service)
    if data is None:
        return reply
    inner = data.get("data")
    attributes = inner.get("attributes") if isinstance(inner, dict) else None
    if not isinstance(attributes, dict):
        return Reply(service, trouble="no record came")
    return Reply(service, from_datacite(attributes))


def negotiated(web: Web, doi: str) -> Reply:
    """What the agency of a DOI answers at doi.org. ``unknown`` only where doi.org itself does not know the DOI."""
    service = "doi.org"
    answer = web.get(f"https://{service}/{quote(doi, safe='/:;()')}", CSL)
    if answer.status in (404, 410) and host(answer) != service:
        return Reply(host(answer), trouble="knows the DOI and has no record of it")
    reply, data = _reply(answer, service)
    return reply if data is None else Reply(service, data)


def by_doi(web: Web, doi: str) -> Reply:
    """The record of a DOI from whoever has it: its agency by way of doi.org, else Crossref, else DataCite."""
    reply = negotiated(web, doi)
    if reply.record is not None or reply.unknown:
        return reply
    for ask in (crossref, datacite):
        other = ask(web, doi)
        if other.record is not None:
            return other
    return reply


def by_arxiv(web: Web, number: str) -> tuple[Reply, Draft | None]:
    """The entry of a paper in arXiv."""
    service = "export.arxiv.org"
    query = urlencode({"id_list": number, "max_results": 1}, safe="/")
    answer = web.get(f"https://{service}/api/query?{query}", "application/atom+xml")
    if answer.status == 400:
        return Reply(service, unknown=True), None
    if answer.status != 200 or answer.cut:
        why = answer.trouble or ("the answer is too long" if answer.cut else f"answers {answer.status}")
        return Reply(service, trouble=why), None
    if b"<feed" not in answer.body[:2_000] or b"<!DOCTYPE" in answer.body or b"<!ENTITY" in answer.body:
        return Reply(service, trouble=_sentence(answer.body) or "no feed came"), None
    from xml.etree import ElementTree as ET

    try:
        entry = ET.fromstring(answer.body).find(f"{ATOM}entry")  # noqa: S314 - no document type, so no entities
    except (ET.ParseError, ValueError):
        return Reply(service, trouble="the feed cannot be read"), None
    if entry is None or "/api/errors" in (entry.findtext(f"{ATOM}id") or ""):
        return Reply(service, unknown=True), None
    return Reply(service), _preprint(entry, number)


def _sentence(body: bytes) -> str:
    text = body[:80].decode("ascii", "replace").strip()
    return f"it says '{text}'" if text and "<" not in text and text.isprintable() else ""


def _preprint(entry: Any, number: str) -> Draft:
    authors = [plain(one.findtext(f"{ATOM}name")) for one in entry.findall(f"{ATOM}author")]
    fields = {
        "author": " and ".join(reversed_name(one) for one in authors[:200] if one),
        "title": _tex(entry.findtext(f"{ATOM}title") or ""),
        "date": (entry.findtext(f"{ATOM}published") or "")[:10],
        "eprinttype": "arxiv",
        "eprint": number,
    }
    primary = entry.find(f"{ARXIV}primary_category")
    if primary is not None and re.fullmatch(r"[\w.-]{1,30}", primary.get("term", "")):
        fields["eprintclass"] = primary.get("term", "")
    fields["doi"] = f"10.48550/arXiv.{number}"
    published = plain(entry.findtext(f"{ARXIV}doi"))
    notes = (f"it has been published since: cite add {published} gives that version",) if published else ()
    return Draft("online", {name: value for name, value in fields.items() if value}, notes)


def _tex(text: str) -> str:
    """A title as arXiv has it: TeX where its authors wrote TeX."""
    text = " ".join(text.split())
    return text if re.search(r"[$\\{]", text) else title(text)


def reversed_name(name: str) -> str:
    """ "Ada M. Author" as "Author, Ada M."; particles in small letters go with the family name."""
    words = name.split()
    at = len(words) - 1
    while at > 1 and words[at - 1].islower() and words[at - 1].isalpha():
        at -= 1
    if len(words) < 2 or "," in name:
        return name
    if words[-1].rstrip(".").lower() in ("jr", "sr", "ii", "iii", "iv") and len(words) > 2:
        return f"{words[-2]}, {words[-1]}, {' '.join(words[:-2])}"
    return f"{' '.join(words[at:])}, {' '.join(words[:at])}"


def by_isbn(web: Web, isbn: str) -> tuple[Reply, Draft | None]:
    """The entry of a book in Open Library."""
    service = "openlibrary.org"
    query = urlencode({"bibkeys": f"ISBN:{isbn}", "format": "json", "jscmd": "data"}, safe=":")
    reply, data = _reply(web.get(f"https://{service}/api/books?{query}", "application/json"), service)
    if data is None:
        return reply, None
    book = data.get(f"ISBN:{isbn}")
    if not isinstance(book, dict) or not plain(book.get("title")):
        return Reply(service, unknown=True), None
    people = [{"family": family, "given": given} for family, given in map(_split, _named(book.get("authors")))]
    year = re.search(r"\b(1[4-9]|20)\d\d\b", plain(book.get("publish_date")))
    record = {
        "type": "book",
        "title": book.get("title"),
        "subtitle": book.get("subtitle"),
        "author": people,
        "issued": {"raw": year[0] if year else ""},
        "publisher": next(iter(_named(book.get("publishers"))), ""),
        "ISBN": isbn,
    }
    made = draft(record)
    return Reply(service), made._replace(notes=(*made.notes, *_editors(plain(book.get("by_statement")))))


def _named(rows: object) -> list[str]:
    found = [plain(one.get("name")) for one in rows if isinstance(one, dict)] if isinstance(rows, list) else []
    return [one for one in found if one]


def _split(name: str) -> tuple[str, str]:
    family, _, given = reversed_name(name).rpartition(", ")
    return (family, given) if family else (given, "")


def _editors(statement: str) -> tuple[str, ...]:
    if re.search(r"(?i)\bedit(?:ed|or)|\beds?\.", statement):
        return (f"the book says '{statement[:120]}': move editors to the field editor",)
    return ()
