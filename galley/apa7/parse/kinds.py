"""Which biblatex type a typed reference is, from what was read of it, and its fields named as that type has them."""

from __future__ import annotations

from typing import Final

from ..patterns import pattern
from .draft import Draft
from .facts import kind_of

_PREPRINTS: Final = pattern(
    r"(?:arXiv|bioRxiv|medRxiv|PsyArXiv|SocArXiv|EdArXiv|OSF Preprints|SSRN|Research Square|preprints?\.org"
    r"|Preprints|Zenodo|PeerJ Preprints)\b",
    2,
)
_LEGAL: Final = frozenset({"jurisdiction", "legislation", "legmaterial", "legadminmaterial", "constitution"})


def kind(draft: Draft, described: tuple[str, ...]) -> str:
    """Name the type, and move publisher and the like to the fields that the type calls for."""
    fields = draft.fields
    if draft.type in _LEGAL:
        return draft.type
    named = next((name for name in described if name), "")
    found = _kind(draft, named)
    if found not in ("thesis", "presentation") and not fields.keys() & {"author", "editor"}:
        pass  # the engine would put an organization into the author's place
    elif (
        found in ("report", "thesis", "unpublished")
        and "publisher" in fields
        and not (found == "thesis" and "institution" in fields)
    ):
        _rename(draft, "publisher", "institution")
    elif found == "online" and "publisher" in fields:
        _rename(draft, "publisher", "organization")
    if found == "presentation" and "publisher" in fields:
        _rename(draft, "publisher", "eventtitle")
    episode = not fields.get("titleaddon", "Song").lower().startswith(("song", "track"))
    if found in ("audio", "video") and episode and "booktitle" in fields and "entrysubtype" not in fields:
        _rename(draft, "titleaddon", "entrysubtype")  # an episode is in its series, a song on its album
    if found == "article" and len(fields.get("date", "")) > 4 and "/" not in fields["date"][4:5]:
        fields["entrysubtype"] = "nonacademic"
    return found


def _within_software(draft: Draft) -> bool:
    """Turn an entry in an app round, whose whole is the software (§10.10, example 80)."""
    fields, at = draft.fields, draft.at
    if kind_of(fields.get("booktitleaddon", "")) != "software" or "titleaddon" in fields:
        return False
    for new, old in (("appentry", "title"), ("title", "booktitle"), ("titleaddon", "booktitleaddon")):
        fields[new], at[new] = fields.pop(old), at.pop(old)
    return True


def _rename(draft: Draft, old: str, new: str) -> None:
    draft.fields[new] = draft.fields.pop(old)
    if old in draft.at:
        draft.at[new] = draft.at.pop(old)


def _kind(draft: Draft, named: str) -> str:
    fields = draft.fields
    if named == "thesis":
        return "thesis"
    if draft.type in ("article", "incollection", "inproceedings", "video", "audio", "presentation"):
        if draft.type == "incollection" and _within_software(draft):
            return "software"
        if draft.type == "incollection" and named in ("video", "audio"):
            return named
        if draft.type == "article" and "author" not in fields and "editor" in fields:
            return "periodical"
        if (
            draft.type == "incollection"
            and "pages" not in fields
            and "editor" not in fields
            and "publisher" not in fields
        ):
            return "inreference"
        return draft.type
    if named:
        return named
    if "eprint" in fields:
        fields["eprinttype"] = "arxiv"
        return "online"
    if "type" in fields and "number" in fields:
        return "report"
    if fields.get("publisher") and _PREPRINTS.match(fields["publisher"]):
        return "online"
    if "edition" in fields or "volume" in fields:
        return "book"
    if "editor" in fields and "author" not in fields:
        return "collection"
    if "version" in fields:
        return "software"
    if "url" in fields and "translator" not in fields:
        return "online"
    if "publisher" in fields or "doi" in fields:
        return "report" if len(fields.get("date", "")) > 4 and fields["date"][4] == "-" else "book"
    return "book" if "title" in fields and any(draft.italic) else "misc"
