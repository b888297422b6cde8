"""A bibliography beside what the registries say: DOIs that do not exist or name another work, retractions, dead links.

A service that cannot be reached is told of once, and is no fault of the manuscript.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from galley.document import Entry
from galley.online import services
from galley.online.asking import Web, host
from galley.online.comparing import differences
from galley.online.identifiers import doi_of
from galley.online.retracting import Notice, finding, of_record
from galley.online.services import Reply
from galley.report import ERROR, WARNING, Diagnostic
from galley.span import Span

ABREAST = 3
"""How many questions are under way at once: what Crossref allows its polite users."""
NAMED = 8
"""How many entries a message names."""

Thing = TypeVar("Thing")
Outcome = TypeVar("Outcome")


class Known(NamedTuple):
    """What was learnt of a DOI: a reply with its record, and where one is the trouble with asking for retractions."""

    reply: Reply
    unasked: Reply | None = None


class Link(NamedTuple):
    """What was learnt of an address: ``dead`` says why it is, ``unsure`` why that cannot be told."""

    dead: str = ""
    unsure: str = ""


def confirm(
    entries: Iterable[Entry],
    web: Web | None,
    retractions: Mapping[str, Sequence[Notice]] | None = None,
    *,
    links: bool = True,
) -> tuple[Diagnostic, ...]:
    """Compare entries with the registries (``web``; None asks nobody) and with a file of retractions, by DOI.

    Codes: ``doi-unknown``, ``doi-differs``, ``retracted``, ``of-concern``, ``corrected``, ``newer-version``,
    ``link-dead``, ``not-confirmed``.
    """
    listed = list(entries)
    dois = {entry.key: doi_of(entry.fields) for entry in listed}
    known: dict[str, Known] = {}
    addresses: dict[str, Link] = {}
    if web is not None:
        wanted = list(dict.fromkeys(filter(None, dois.values())))
        known = dict(zip(wanted, _abreast(lambda doi: _known(web, doi), wanted), strict=True))
        if links:
            asked = list(dict.fromkeys(filter(None, map(_address, listed))))
            addresses = dict(zip(asked, _abreast(lambda address: _link(web, address), asked), strict=True))
    found: list[Diagnostic] = []
    for entry in listed:
        doi = dois[entry.key]
        found += _of_doi(entry, doi, known.get(doi), (retractions or {}).get(doi, ()))
        found += _of_link(entry, addresses.get(_address(entry)), bool(web and web.reached))
    return (*found, *_not_confirmed(listed, dois, known), *_unsure(listed, addresses, bool(web and web.reached)))


def _abreast(work: Callable[[Thing], Outcome], things: Sequence[Thing]) -> list[Outcome]:
    """The outcomes in order, a few pieces of work being under way at once."""
    from concurrent.futures import ThreadPoolExecutor

    pool = ThreadPoolExecutor(ABREAST)
    try:
        return list(pool.map(work, things))
    finally:
        pool.shutdown(cancel_futures=True)


def _known(web: Web, doi: str) -> Known:
    """Crossref's record, which alone has retractions; for what it does not know, the record that doi.org leads to."""
    reply = services.crossref(web, doi)
    if reply.record is not None:
        return Known(reply)
    other = services.negotiated(web, doi)
    if other.record is None and not other.unknown:
        return Known(other, reply if reply.trouble else None)
    return Known(other, None if reply.unknown else reply)


def _of_doi(entry: Entry, doi: str, known: Known | None, notices: Sequence[Notice]) -> list[Diagnostic]:
    place = _place(entry, "doi", "url", "eprint")
    found: list[Diagnostic] = []
    told = list(notices)
    if known is not None and known.reply.unknown:
        message = f"there is no DOI {doi}: doi.org does not know it"
        query = f"The DOI of {entry.key}, {doi}, does not exist. Which is the right one?"
        hint = "compare it with the publisher's page; a new one may take a day to be known"
        found.append(Diagnostic(ERROR, "doi-unknown", place, message, hint, query=query))
    elif known is not None and known.reply.record is not None:
        told += of_record({"DOI": doi, **known.reply.record})
        for one in differences(entry, known.reply.record):
            message = f"the DOI's record has another {_word(one.field)}: '{one.theirs[:150]}'"
            query = (
                f"For {entry.key} you give the {_word(one.field)} '{one.ours[:150]}', the record of its DOI {doi} has "
                f"'{one.theirs[:150]}'. Is the DOI wrong, or the reference?"
            )
            hint = "correct the entry, or give the DOI of the work that is meant"
            found.append(Diagnostic(WARNING, "doi-differs", _place(entry, one.field), message, hint, one.ours, query))
    became = finding(entry, told, place)
    return [*found, became] if became else found


def _word(field: str) -> str:
    if field in ("author", "editor"):
        return f"first {field}"
    return {"date": "year", "booktitle": "title", "maintitle": "title"}.get(field, field)


def _place(entry: Entry, *names: str) -> Span:
    return next((entry.field_spans[name] for name in names if name in entry.field_spans), entry.span)


def _address(entry: Entry) -> str:
    """The address of an entry without a DOI, as https; "" where it has none."""
    if doi_of(entry.fields):
        return ""
    text = entry.fields.get("url", "") or entry.fields.get("howpublished", "")
    found = re.search(r"https?://[^\s{}<>\"]+", re.sub(r"\\([%&#_$~])", r"\1", text.replace("{\\_}", "_")))
    return re.sub(r"(?i)^http:", "https:", found[0]) if found else ""


def _link(web: Web, address: str) -> Link:
    """Whether a page is there: HEAD, and GET where a server will not answer that (not all do)."""
    answer = web.get(address, method="HEAD", once=True)
    if answer.status >= 400 or (not answer.status and not answer.trouble.startswith(("refused", "unknown host"))):
        answer = web.get(address, "text/html, */*", once=True)
    if answer.status in (404, 410):
        return Link(dead=f"answers {answer.status}")
    if answer.trouble == "unknown host":
        return Link(dead=f"there is no host {host(answer)}")
    if answer.trouble.startswith("refused") and answer.address != address:
        return Link()  # it answers, and leads to where we do not go
    return Link(unsure=answer.trouble or f"answers {answer.status}") if not 200 <= answer.status < 400 else Link()


def _of_link(entry: Entry, link: Link | None, reached: bool) -> list[Diagnostic]:
    """A dead link; a host without an address is one only where others could be reached."""
    if link is None or not link.dead or not reached:
        return []
    place = _place(entry, "url", "howpublished")
    message = f"the link of '{entry.key}' is dead: {link.dead}"
    query = f"The address of {entry.key} leads nowhere ({link.dead}). Is there another, or an archived copy?"
    return [Diagnostic(WARNING, "link-dead", place, message, "give another, or an archived copy's", query=query)]


def _not_confirmed(
    entries: Sequence[Entry], dois: Mapping[str, str], known: Mapping[str, Known]
) -> Iterable[Diagnostic]:
    """One finding for each service that did not answer, with the entries that it was asked about."""
    silent: dict[tuple[str, str, str], list[str]] = {}
    for entry in entries:
        one = known.get(dois[entry.key])
        if one is None:
            continue
        if one.reply.record is None and not one.reply.unknown:
            silent.setdefault((one.reply.service, one.reply.trouble, "the DOI"), []).append(entry.key)
        elif one.unasked is not None:
            silent.setdefault((one.unasked.service, one.unasked.trouble, "whether it was retracted"), []).append(
                entry.key
            )
    for (service, why, what), keys in silent.items():
        message = f"{what} was not confirmed for {_listed(keys)}: {service}: {why}"
        yield Diagnostic(WARNING, "not-confirmed", "", message, "no fault of the manuscript; try again later")


def _unsure(entries: Sequence[Entry], addresses: Mapping[str, Link], reached: bool) -> Iterable[Diagnostic]:
    """One finding for all links of which it cannot be told whether they are dead."""
    keys, whys = [], []
    for entry in entries:
        link = addresses.get(_address(entry))
        why = link.unsure or ("" if reached else link.dead) if link else ""
        if why:
            keys.append(entry.key)
            whys.append(why)
    if keys:
        message = f"the link was not confirmed for {_listed(keys)}: {', '.join(dict.fromkeys(whys))}"
        hint = "no fault of the manuscript; many sites turn programs away: look at them in a browser"
        yield Diagnostic(WARNING, "not-confirmed", "", message, hint)


def _listed(keys: Sequence[str]) -> str:
    more = len(keys) - NAMED
    return ", ".join(keys[:NAMED]) + (f" and {more} more" if more > 0 else "")
