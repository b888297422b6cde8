"""Recipes outside the book trade: reports, theses, meetings, manuscripts, data, software (APA 7 §10.4-10.11)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from .addresses import is_url
from .author import principal
from .latex import Pieces
from .setting import italic, join, roman, text
from .source import edition, event, house, keepers, lists
from .titling import addons, helpers, main_title
from .work import Body, Recipe, Work, bracketed, cased, colon, described, publishers

_TYPES: Final = frozenset({"techreport", "resreport", "patent", "patentus", "patenteu", "patentuk", "patentde",
                           "patentfr", "patreq", "software", "datacd", "audiocd"})  # fmt: skip


def typed_number(work: Work, default: str = "") -> Pieces:
    """Set what identifies a report: "Issue Brief No. 1", "Series 10, Issue 260" (§9.20, 10.4)."""
    number = work.get("number")
    series = work.get("issue", "series")
    kind = work.get("type")
    kind = (work.word(kind) if kind.lower() in _TYPES else "") or kind
    if not number:
        return ()
    if kind or not series:
        label = kind or default
        if not label:
            return roman(
                f"{work.word('reportword') or 'Report'} {work.terms.number} {number}"
                if number[:1].isdigit()
                else number
            )
        if re.search(r"(?i)\bno\.?$|\bn\.?º$|\bnr\.?$|#$", label) or re.match(r"(?i)no\.", number):
            return roman(f"{label} {number}")
        return roman(f"{label} {work.terms.number} {number}")
    if re.search(r"(?i)\b(no\.|series|vol\.)\s*$", series) or re.search(r"(?i)series|issue", number):
        return roman(f"{series} {number}")
    return roman(f"{series} {work.terms.number} {number}")


def noted_version(note: str) -> str:
    """Find a version in a note, as R writes them: "R package version 1.0.7"."""
    found = re.search(r"(?i)(?:\w+ ){0,3}version\s+\d[\w.-]*", note)
    return found.group().rstrip(".") if found else ""


def report(work: Work) -> Body:
    """A report, brief, press release, ethics code, grant (§10.4)."""
    number = typed_number(work, work.word("techreport") if work.entry.type == "techreport" else "")
    brackets = addons(work)
    if not work.has("number") and work.has("type") and not brackets:
        kind = work.get("type")
        brackets = (roman(work.word(kind) if kind.lower() in _TYPES else "") or cased(work, "type")[0],)
    facts = roman(", ".join(part for part in (edition(work), versioned(work)) if part))
    title = described(italic(main_title(work)), (helpers(work, "editor", "translator"), facts, number), brackets)
    return Body(title, (houses(work),), full_date=True)


def versioned(work: Work) -> str:
    """Print the version of a report or a piece of software: "Version 3.3.070"."""
    value = re.sub(r"^v(?=\d)", "", work.get("version"))
    if not value:
        return ""
    return (
        value
        if re.match(r"(?i)version\b|ver\.|release\b|[a-z][\w. ]* version", value)
        else f"{work.terms.version} {value}"
    )


def houses(work: Work, *fields: str) -> Pieces:
    """Set institution and publisher; a report may name both, the author is never named again."""
    role, who, _ = principal(work.entry)
    author = who[0].family if len(who) == 1 and not who[0].given else ""
    shown: list[str] = []
    for field in fields or ("institution", "publisher", "organization", "school"):
        value = work.entry.fields.get(field, "") if field != role else ""
        name = publishers(value, author, lists(work)) if value else ""
        if name and name not in shown:
            shown.append(name)
    return roman("; ".join(shown))


_DEGREES: Final = {
    **dict.fromkeys(("phdthesis", "phd", "phddissertation", "doctoralthesis", "dissertation", "doctoraldissertation"),
                    "phdthesis"),
    **dict.fromkeys(("mathesis", "mastersthesis", "masterthesis", "mscthesis"), "mathesis"),
    **dict.fromkeys(("bathesis", "bachelorsthesis", "bachelorthesis"), "bathesis"),
    "candthesis": "candthesis",
}  # fmt: skip


def thesis(work: Work) -> Body:
    """A dissertation or thesis: published with its university in brackets, else as an unpublished one (§10.6)."""
    kind = {"phdthesis": "phdthesis", "mastersthesis": "mathesis", "bathesis": "bathesis"}.get(
        work.entry.type, "thesis"
    )
    value = work.get("type")
    bare = re.sub(r"[\s.’']+", "", value).lower()
    known = _DEGREES.get(bare, "")
    said = work.word(known or kind) if known or not value else value
    school = houses(work, "institution", "school", "organization")
    database = house(work, "publisher")
    number = work.get("number")
    published = (
        bool(database) or work.has("url", "doi", "eprint") or "\\url" in work.entry.fields.get("howpublished", "")
    )
    label = roman(f"{work.terms.publication} {work.terms.number} {number}" if number else "")
    core = italic(main_title(work))
    if not published:
        state = roman(_unpublished(work, said))
        return Body(described(core, (label,), (state, *addons(work))), (school,), full_date=False)
    described_as = roman(", ".join(part for part in (said, text(school)) if part))
    archive = roman("") if database else work.typed("eprinttype", "archive", "library")
    title = described(core, (label,), (described_as, *addons(work)))
    return Body(title, (database or archive,), full_date=False)


def _unpublished(work: Work, said: str) -> str:
    """Say that a thesis is unpublished: "Unpublished doctoral dissertation"."""
    pattern = work.word("unpublished") or "{}"
    if re.match(r"(?i)unpublished", said):
        return said
    noun = pattern.startswith("{") or work.terms.language == "de"
    return pattern.format(said if noun else said[:1].lower() + said[1:])


def presentation(work: Work) -> Body:
    """A paper, poster or talk at a meeting, alone or within a symposium (§10.5)."""
    core = main_title(work)
    if work.has("maintitle", "booktitle"):
        own = "maintitle" if work.has("maintitle") else "booktitle"
        name = italic(colon(*cased(work, own, own.replace("title", "subtitle"))))
        who = keepers(work)
        addon = cased(work, f"{own}addon")
        held = join((name, bracketed(addon)), " ")
        source: Pieces = ((f"{work.terms.in_} {who}{', ' if who else ''}", 0), *held)
        return Body(described(core, (helpers(work, "translator"),), addons(work)), (source, event(work), houses(work)))
    brackets = addons(work) or tuple(part for part in cased(work, "type", "howpublished")[:1] if part)
    if not brackets and work.entry.type in ("presentation", "talk", "conference"):
        brackets = (roman(work.word("paper")),)
    return Body(described(italic(core), (helpers(work, "translator"),), brackets), (event(work), houses(work)))


def unpublished(work: Work) -> Body:
    """A manuscript: unpublished, in preparation, submitted; or raw data without a title (§10.8)."""
    if work.has("eventtitle") and not work.has("howpublished"):
        return presentation(work)
    said = work.get("howpublished", "pubstate", "type")
    note = work.get("note")
    if not said and re.search(r"(?i)manuscript|unpublished|preparation|submitted|review|draft|working paper", note):
        said = note
    bare = re.sub(r"\s+", "", said).lower()
    aliases = {"unpublished": "manunpub", "inpreparation": "maninprep", "submitted": "mansub", "inreview": "mansub",
               "underreview": "mansub"}  # fmt: skip
    state = roman(work.word(aliases.get(bare, bare))) or roman(said[:1].upper() + said[1:])
    brackets = addons(work)
    if not brackets or work.has("howpublished"):
        brackets = (*brackets, state or roman(work.word("manunpub"))) if work.has("title") else brackets
    place = join((work.typed("venue"), *(houses(work, "institution", "organization", "school", "publisher"),)), ", ")
    if not place:
        place = work.typed("location", "address")
    title = described(italic(main_title(work)), (helpers(work, "translator"),), brackets)
    return Body(title, (place,), full_date=True)


def dataset(work: Work) -> Body:
    """A data set or unpublished raw data (§10.9)."""
    brackets = addons(work) or (roman(work.word("dataset")),)
    facts = (work.typed("number"), roman(versioned(work)))
    title = described(italic(main_title(work)), (helpers(work, "editor", "translator"), join(facts, "; ")), brackets)
    return Body(
        title, (houses(work, "publisher", "institution", "organization"),), retrieved=work.get("pubstate") == "ongoing"
    )


def software(work: Work) -> Body:
    """Software, an app, an apparatus, a test or an entry in an app (§10.10-10.11)."""
    brackets = addons(work)
    version, note = versioned(work), work.get("note")
    if not version:
        version = noted_version(note)
    if not brackets and version and not work.has("number"):
        brackets = (roman(work.word("software")),)
    facts = join((work.typed("number"), roman(version)), "; ")
    source = houses(
        work, "publisher", "institution", "organization", "howpublished" if not is_url(work) else "publisher"
    )
    if work.has("appentry"):
        held = described(italic(main_title(work)), (facts,), brackets)
        entry = cased(work, "appentry")[0]
        return Body(entry, (((f"{work.terms.in_} ", 0), *held), source))
    return Body(described(italic(main_title(work)), (facts,), brackets), (source,))


def patent(work: Work) -> Body:
    """A patent: *Title* (U.S. Patent No. 123,456). U.S. Patent and Trademark Office. (§11.8)."""
    kind = work.get("type")
    number = work.get("number")
    american = not kind or kind.lower() in ("patentus", "patent") or "u.s." in kind.lower()
    where = work.get("location").lower()
    if american and (found := re.match(r"(?i)(?:us|u\.s\.)\s*([\d,]+)", number)):
        number = found.group(1)
    label = (
        work.word(kind) if kind else work.word("patentus") if where in ("", "us", "countryus", "united states") else ""
    )
    label = label or kind or work.word("patent")
    if re.search(r"(?i)patent", number):
        label, number = number, ""
    office = work.typed("publisher", "organization", "institution")
    if not office and label == work.word("patentus"):
        office = roman("U.S. Patent and Trademark Office")
    no = "" if re.search(r"(?i)\bno\.?$", label) else f" {work.terms.number}"
    facts = roman(f"{label}{no} {number}" if number else label)
    return Body(described(italic(main_title(work)), (facts,), addons(work)), (office,), full_date=False)


def standard(work: Work) -> Body:
    """A standard or a code: *Title* (ISO Standard No. 45001:2018). (§10.4)."""
    facts = join((roman(edition(work)), typed_number(work) if work.has("type") else work.typed("number")), ", ")
    return Body(described(italic(main_title(work)), (facts,), addons(work)), (houses(work),))


def letter(work: Work) -> Body:
    """A letter or other archived paper: *Title* [Letter to X]. Archive (§10.8, appendix on archives)."""
    collection = join((work.typed("number"), work.typed("series", "maintitle")), ", ")
    place = join((collection, work.typed("library", "institution", "publisher"), work.typed("location")), ", ")
    return Body(described(italic(main_title(work)), (), addons(work)), (place,))


GREY: Final[Mapping[str, Recipe]] = {
    **dict.fromkeys(("report", "techreport"), report),
    **dict.fromkeys(("thesis", "phdthesis", "mastersthesis", "bathesis"), thesis),
    **dict.fromkeys(("presentation", "talk"), presentation),
    "unpublished": unpublished,
    **dict.fromkeys(("dataset", "data"), dataset),
    "software": software,
    "patent": patent,
    "standard": standard,
    **dict.fromkeys(("letter", "letters", "archive"), letter),
}
