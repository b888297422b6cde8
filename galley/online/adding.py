"""What a user names -> entries with keys of their own, fetched; one that is there already is found, not doubled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import NamedTuple
from unicodedata import normalize

from galley.document import Entry
from galley.online import pages, services
from galley.online.asking import Web, host
from galley.online.identifiers import Wanted, arxiv_of, doi_in, doi_of, isbn_of, wanted
from galley.online.records import Draft, draft
from galley.online.services import Reply
from galley.online.text import bare
from galley.report import ERROR, WARNING, Diagnostic
from galley.span import File

MAY = "a DOI, an arXiv number, an ISBN or an address that begins with https://"
IDLE = frozenset({"a", "an", "the", "der", "die", "das", "le", "la", "les", "el", "on", "of"})


class Added(NamedTuple):
    """What became of one thing asked for: an ``entry`` to add, or the ``key`` of the one that is there, or neither.

    ``found`` tells why there is nothing, or what to look at; ``offline`` that a service could not be reached.
    """

    asked: str
    entry: Entry | None = None
    key: str = ""
    found: tuple[Diagnostic, ...] = ()
    offline: bool = False


def add(asked: Iterable[str], entries: Mapping[str, Entry], web: Web, key: str = "") -> tuple[Added, ...]:
    """Fetch an entry for each thing asked for; ``key`` is the key it shall have, else it is made of name and year."""
    known = dict(entries)
    done: list[Added] = []
    for text in asked:
        one = _one(text, known, web, key)
        if one.entry is not None:
            known[one.entry.key] = one.entry
        done.append(one)
    return tuple(done)


def _one(text: str, known: Mapping[str, Entry], web: Web, key: str) -> Added:
    what = wanted(text)
    if not what.kind:
        message = f"'{text}' is no identifier that can be looked up"
        return Added(text, found=(Diagnostic(ERROR, "odd-identifier", "", message, f"give {MAY}"),))
    if there := _there(what, known):
        return Added(text, key=there)
    reply, made = _fetched(what, web)
    if made is None:
        return _nothing(text, what, reply)
    fields = {name: value for name, value in made.fields.items() if value}
    if there := _same(fields, known):
        return Added(text, key=there)
    own = key or new_key(fields, known)
    notes = tuple(Diagnostic(WARNING, "look-at", own, note) for note in made.notes)
    file = File(own, "")
    return Added(text, Entry(own, made.type, fields, file.span(0, 0)), own, notes)


def _fetched(what: Wanted, web: Web) -> tuple[Reply, Draft | None]:
    if what.kind == "doi":
        reply = services.by_doi(web, what.value)
        made = draft({"DOI": what.value, **reply.record}) if reply.record is not None else None
        if made is not None and "title" not in made.fields:
            return Reply(reply.service, trouble="the record has no title"), None
        return reply, made
    if what.kind == "arxiv":
        return services.by_arxiv(web, what.value)
    if what.kind == "isbn":
        return services.by_isbn(web, what.value)
    return _of_page(what.value, web)


def _of_page(address: str, web: Web) -> tuple[Reply, Draft | None]:
    """The entry of an address: of the DOI in it or on its page, else of what the page says."""
    inner = doi_in(address)
    if inner:
        reply, made = _fetched(Wanted("doi", inner), web)
        if made is not None:
            return reply, made
    answer = web.get(address, "text/html, application/xhtml+xml")
    service = host(answer)
    if not answer.status:
        return Reply(service, trouble=answer.trouble), None
    if answer.status in (404, 410):
        return Reply(service, unknown=True), None
    if answer.status != 200:
        return Reply(service, trouble=f"answers {answer.status}"), None
    if not pages.is_page(answer):
        kind = answer.headers.get("content-type", "").partition(";")[0] or "something unknown"
        return Reply(service, trouble=f"holds no page but {kind}; give its DOI, or the page that leads to it"), None
    found = pages.page(answer)
    own = pages.doi_of_page(found)
    if own and own.lower() != inner.lower():
        reply, made = _fetched(Wanted("doi", own), web)
        if made is not None:
            return reply, made
    today = datetime.fromtimestamp(web.clock(), UTC).date().isoformat()
    made = pages.entry(found, today)
    return Reply(service, trouble="" if made else "the page has no title"), made


def _nothing(text: str, what: Wanted, reply: Reply) -> Added:
    name = {"doi": "DOI", "arxiv": "arXiv number", "isbn": "ISBN", "url": "address"}[what.kind]
    if reply.unknown:
        where = f"{reply.service} does not know the {name} {what.value}"
        hint = "look at it again; a new one may take a day to be known"
        return Added(text, found=(Diagnostic(ERROR, f"{what.kind}-unknown", "", where, hint),))
    reached = reply.trouble.startswith(("answers", "the record", "the page", "holds", "knows", "refused"))
    hint = "nothing was written" if reached else "nothing was written; is there a network? Try again later"
    message = f"{what.value} could not be fetched: {reply.service}: {reply.trouble}"
    return Added(text, found=(Diagnostic(ERROR, "not-fetched", "", message, hint),), offline=True)


def _there(what: Wanted, known: Mapping[str, Entry]) -> str:
    """The key of the entry that is this very work, or ""."""
    for key, entry in known.items():
        value = what.value.lower()
        if (
            (what.kind == "doi" and doi_of(entry.fields) == value)
            or (what.kind == "arxiv" and value in (arxiv_of(entry.fields), *_in_doi(entry)))
            or (what.kind == "isbn" and isbn_of(entry.fields) == value)
            or (what.kind == "url" and _address(entry.fields.get("url", "")) == _address(what.value))
        ):
            return key
    return ""


def _in_doi(entry: Entry) -> tuple[str, ...]:
    value = doi_of(entry.fields)
    return (value.removeprefix("10.48550/arxiv."),) if value.startswith("10.48550/") else ()


def _same(fields: Mapping[str, str], known: Mapping[str, Entry]) -> str:
    """The key of the entry with the DOI or arXiv number that the fetched one proved to have, or ""."""
    own = doi_of(fields)
    return next((key for key, entry in known.items() if own and doi_of(entry.fields) == own), "")


def _address(text: str) -> str:
    text = text.replace("\\", "").partition("#")[0].rstrip("/")
    return re.sub(r"(?i)^https?://(?:www\.)?", "", text)


def new_key(fields: Mapping[str, str], known: Iterable[str]) -> str:
    """A key of family name and year, "doe2020", with a letter where it is taken: "doe2020b"."""
    who = fields.get("author") or fields.get("editor") or ""
    group = who.startswith("{")
    first = re.split(r"\s+and\s+", who)[0] if not group else who[1:].partition("}")[0]
    family = first.partition(",")[0]
    words = bare(family if who else fields.get("title", "")).split()
    if group or not who:
        words = [word for word in words if word not in IDLE] or words
    words = words or ["work"]
    # an organization's or a title's first word, a family name whole
    stem = _ascii("".join(words) if who and not group else words[0])
    year = re.match(r"\d{4}", fields.get("date", ""))
    base = f"{stem}{year[0] if year else 'nd'}"
    taken = {key.lower() for key in known}
    if base not in taken:
        return base
    letters = (
        f"{first}{second}" for first in ("", *"abcdefghijklmnopqrstuvwxyz") for second in "abcdefghijklmnopqrstuvwxyz"
    )
    return next(base + letter for letter in letters if letter != "a" and base + letter not in taken)


def _ascii(word: str) -> str:
    """The word in ASCII where it can be written so."""
    plain = normalize("NFKD", word).encode("ascii", "ignore").decode()
    return re.sub(r"\W", "", plain) or word
