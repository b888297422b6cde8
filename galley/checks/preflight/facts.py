"""Of what the title page states: numbers whose last digit proves them, dates in order, a licence with an address,
marks left over in the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from galley import pandoc
from galley.checks.preflight.finished import Checked, count, remark, wrong
from galley.document import Document
from galley.report import Diagnostic
from galley.span import Span
from galley.theme import Theme

Look = Callable[[Document, Theme], Checked]
"""What every check of this room is; ``document`` has the journal that the theme completes."""
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LICENCES = re.compile(r"CC[ -]?(BY(-NC)?(-ND|-SA)?)([ -]?([1-4]\.0))?|CC ?0( 1\.0)?", re.IGNORECASE)
DEED = re.compile(
    r"https?://creativecommons\.org/(licenses/(by|by-nc|by-sa|by-nd|by-nc-sa|by-nc-nd)/[1-4]\.0|publicdomain/zero/1\.0)"
    r"(/[a-z]{2,3})?(/deed(\.[a-z-]+)?|/legalcode)?/?"
)
ADDRESS = re.compile(r"https?://[^\s<>\"./]+\.[^\s<>\"]+")
MARKS = re.compile(
    r"\b(?P<todo>TODO|FIXME|TBD|TK TK)\b|(?<![\w?!])(?P<query>\?\?+)(?!\w)"
    r"|(?P<gap>\bX{3,}\b|\b(?:pp?\.|Table|Figure|Fig\.|Section|n ?=|N ?=) ?XX?\b|\bXX ?%|\b(?:19|20)XX\b)"
    r"|(?P<filler>\blorem ipsum\b)",
    re.IGNORECASE,
)
CODE = re.compile(r"^(```+|~~~+).*?^\1|(`+)(?!`).*?(?<!`)\2(?!`)|\$[^$\n]+\$|<!--.*?-->", re.MULTILINE | re.DOTALL)
CRITIC = re.compile(r"\{(\+\+|--|~~|>>|==)[^{}]{0,2000}?(\+\+|--|~~|<<|==)\}")
NO_WORDS = frozenset({"Code", "CodeBlock", "Math", "RawInline", "Note"})
"""Nodes that are not looked into."""
CASED = frozenset({"todo", "gap"})
"""Marks that are such in capitals only."""


def issn_fits(text: str) -> bool:
    """Whether an ISSN's check digit is right: weights 8 to 1, a sum that 11 divides (ISO 3297)."""
    found = re.fullmatch(r"(\d{4})-?(\d{3})([\dXx])", text.strip())
    if not found:
        return False
    digits = [*map(int, found[1] + found[2]), 10 if found[3] in "Xx" else int(found[3])]
    return sum(weight * digit for weight, digit in zip(range(8, 0, -1), digits, strict=True)) % 11 == 0


def orcid_fits(text: str) -> bool:
    """Whether an ORCID iD's check character is right (ISO 7064, MOD 11-2)."""
    found = re.fullmatch(r"(?:https?://orcid\.org/)?(\d{4})-?(\d{4})-?(\d{4})-?(\d{3})([\dX])/?", text.strip())
    if not found:
        return False
    total = 0
    for digit in "".join(found.groups()[:4]):
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11] == found[5]


def ror_fits(text: str) -> bool:
    """Whether a ROR's two last digits are right: base 32 after Crockford, then ISO 7064, MOD 97-10."""
    found = re.fullmatch(r"(?:https?://ror\.org/)?0([0-9a-hj-km-np-tv-z]{6})(\d\d)/?", text.strip().lower())
    if not found:
        return False
    number = 0
    for sign in found[1]:
        number = number * 32 + ALPHABET.index(sign)
    return 98 - number * 100 % 97 == int(found[2])


def numbers(document: Document, _: Theme) -> Checked:
    """``bad-issn``, ``bad-orcid``, ``bad-ror``: a number whose check digit says that it was mistyped.

    Why: an iD of somebody else is worse than none, and registries refuse the whole deposit.
    """
    meta, places = document.meta, document.places
    found: list[Diagnostic] = []
    seen: list[str] = []
    for name in ("issn", "eissn"):
        own = getattr(meta.journal, name)
        if own:
            seen.append("ISSN")
            if not issn_fits(own):
                found.append(
                    wrong("bad-issn", places.of("journal", name), f"'{own}' is no ISSN: its last digit does not fit")
                )
    for at, author in enumerate(meta.authors):
        if author.orcid:
            seen.append("ORCID iD")
            if not orcid_fits(author.orcid):
                message = f"'{author.orcid}' of {author.name} is no ORCID iD: its last digit does not fit"
                found.append(wrong("bad-orcid", places.of("author", at, "orcid"), message))
    homes = [("affiliations", at, one.ror, one.name) for at, one in enumerate(meta.affiliations)]
    payers = [("funders", at, one.id, one.name) for at, one in enumerate(meta.funders) if "ror" in one.id]
    for kind, at, ror, name in (*homes, *payers):
        if ror:
            seen.append("ROR")
            if not ror_fits(ror):
                message = f"'{ror}' of {name} is no ROR: its last digits do not fit"
                found.append(wrong("bad-ror", places.of(kind, at, "ror" if kind == "affiliations" else "id"), message))
    what = ", ".join(count(seen.count(kind), kind) for kind in dict.fromkeys(seen))
    return Checked("Front matter", "check digits of ISSN, ORCID and ROR", what, tuple(found))


def dates(document: Document, _: Theme) -> Checked:
    """``date-order``: an article was accepted before it was received, or the like; parts not given are not compared."""
    meta = document.meta
    row = [("received", meta.received), ("revised", meta.revised), ("accepted", meta.accepted), ("date", meta.date)]
    known = [(name, day) for name, day in row if day]
    found = []
    for (before, early), (after, late) in pairwise(known):
        size = min(len(early), len(late))
        if early[:size] > late[:size]:
            said = {"date": "published"}.get(after, after)
            message = f"the article is {said} on {late}, before it is {before} on {early}"
            found.append(wrong("date-order", document.places.of(after), message, f"correct {before}: or {after}:"))
    what = " ≤ ".join(f"{name if name != 'date' else 'published'} {day}" for name, day in known)
    return Checked("Front matter", "dates in order", what, tuple(found))


def licence(document: Document, _: Theme) -> Checked:
    """``unknown-licence``: a licence without an address, or one of Creative Commons that there is not."""
    own = document.meta.license.strip()
    name, address = LICENCES.search(own), ADDRESS.search(own)
    found: tuple[Diagnostic, ...] = ()
    known = bool(name) if not address else "creativecommons.org" not in own or DEED.fullmatch(address[0]) is not None
    if own and not known:
        hint = "write CC BY 4.0, or the licence's own web address"
        place = document.places.of("license")
        found = (wrong("unknown-licence", place, f"'{own}' is no licence that has an address", hint),)
    return Checked("Front matter", "licence with an address", own, found)


def addresses(document: Document, _: Theme) -> Checked:
    """``bad-address``: an e-mail or web address of the title page that cannot be one."""
    meta, places = document.meta, document.places
    mails: list[tuple[tuple[str | int, ...], str]] = [
        (("author", at, "email"), one.email) for at, one in enumerate(meta.authors) if one.email
    ]
    pages: list[tuple[tuple[str | int, ...], str]] = [
        (("url",), meta.url),
        (("pdf-url",), meta.pdf_url),
        (("journal", "url"), meta.journal.url),
    ]
    pages += [(("author", at, "url"), one.url) for at, one in enumerate(meta.authors)]
    found = [
        remark("bad-address", places.of(*path), f"'{mail}' is no e-mail address")
        for path, mail in mails
        if not re.fullmatch(r"[^\s@<>]+@[^\s@<>.]+(\.[^\s@<>.]+)+", mail)
    ]
    found += [
        remark("bad-address", places.of(*path), f"'{page}' is no web address", "write it from https:// on")
        for path, page in pages
        if page and not ADDRESS.fullmatch(page) and not re.fullmatch(r"[\w-]+(\.[\w-]+)+(/\S*)?", page)
    ]
    given = sum(bool(page) for _, page in pages)
    what = f"{count(len(mails), 'e-mail address', 'e-mail addresses')}, {count(given, 'web address', 'web addresses')}"
    return Checked("Front matter", "addresses well formed", what if mails or given else "", tuple(found))


def leftovers(document: Document, _: Theme) -> Checked:
    """``leftover-mark``: TODO, ??, XX, a suggestion in CriticMarkup or filler text is still in the article.

    Why: what was a note to oneself would be printed. Code is not looked at.
    """
    found = []
    looked = 0
    regions = (*document.slots.values(), document.blocks, document.back)
    after: dict[str, int] = {}
    for region in regions:
        for node in pandoc.each(region, frozenset({"Para", "Plain", "Header"})):
            said = pandoc.plain(pandoc.walk(node["c"], _left_out, NO_WORDS)).replace("\u00a0", " ")  # "p. XX" has one
            looked += len(said.split())
            for mark, sure in _marks(said):
                tell = wrong if sure else remark
                place = _place(document, mark, after)
                found.append(
                    tell(
                        "leftover-mark",
                        place,
                        f"'{mark[:60]}' is still in the text",
                        "settle it, and take the mark out",
                    )
                )
    for file in document.files:
        if not file.name.endswith(".bib") and "{" in file.text:
            bare = CODE.sub(lambda code: " " * len(code[0]), file.text)
            found += [
                wrong(
                    "leftover-mark", file.span(*mark.span()), "a suggestion is still in the text", "take it or leave it"
                )
                for mark in CRITIC.finditer(bare)
            ]
    return Checked("Text", "no marks left over", count(looked, "word") + " looked through", tuple(found))


def _left_out(_: dict[str, Any]) -> list[dict[str, Any]]:
    return []


def _marks(text: str) -> Iterator[tuple[str, bool]]:
    """Each mark, and whether it can be nothing else: "XX %" may be what the article is about."""
    for found in MARKS.finditer(text):
        if found.lastgroup in CASED and not re.search(r"TODO|FIXME|TBD|TK|X", found[0]):
            continue
        yield found[0], found.lastgroup != "gap"


def _place(document: Document, mark: str, after: dict[str, int]) -> Span | str:
    """Where the manuscript has the mark, from behind the last one like it."""
    start = after.get(mark, 0)
    passed = 0
    for file in document.files:
        if file.name.endswith(".bib"):
            continue
        at = file.text.find(mark, max(0, start - passed))
        if at >= 0:
            after[mark] = passed + at + len(mark)
            return file.span(at, at + len(mark))
        passed += len(file.text)
    return document.files[0].name if document.files else ""


QUICK: tuple[Look, ...] = (numbers, dates, licence, addresses, leftovers)
