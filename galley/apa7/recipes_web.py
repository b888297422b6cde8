"""Recipes for what stands on the web alone, posts included, and for works of no type (APA 7 §10.15-10.16)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from .addresses import eprint, is_url
from .author import principal
from .latex import Pieces
from .patterns import pattern
from .recipes_grey import houses, noted_version, versioned
from .setting import italic, join, roman, text
from .source import container, edition, event, paged
from .titling import addons, helpers, main_title
from .work import Body, Recipe, Work, cased, described


def online(work: Work) -> Body:
    """A page on a website, a post, a preprint: *Title* [description]. Site. (§10.15-10.16)."""
    if work.has("booktitle", "maintitle") and not work.has("eprint"):
        title = described(main_title(work), (), addons(work))
        return Body(title, (container(work), houses(work, "organization", "publisher")), retrieved=True)
    kind, number = work.get("eprinttype", "archiveprefix"), ""
    site = work.typed("eprint")
    if kind and site:
        archive, _, number = eprint(work)
        site = roman(archive)
    if not site:
        site = italic(work.typed("journaltitle")) or houses(work, "organization", "publisher", "institution", "website")
    if not site and work.has("howpublished") and not is_url(work):
        site = work.typed("howpublished")
    role, who, _ = principal(work.entry)
    del role
    if len(who) == 1 and text(site) == who[0].family and not work.has("entrysubtype"):
        site = ()
    extra = houses(work, "organization", "publisher") if work.has("eprint") and site else ()
    version = work.typed("version", "number")
    facts = join((version, roman(number)), "; ")
    core = italic(_trimmed(main_title(work), work))
    title = described(core, (helpers(work, "editor", "translator"), facts), addons(work))
    return Body(title, (site, extra if text(extra) != text(site) else ()), retrieved=True)


_POSTS: Final = pattern(r"(?i)tweet|status|post\b|instagram|tiktok|toot|photograph|thread|reel\b|story\b|update")


def _trimmed(title: Pieces, work: Work) -> Pieces:
    """Keep the first 20 words of a post without title (§10.15)."""
    if not _POSTS.search(work.get("entrysubtype")):
        return title
    out, left = [], 20
    for part, marks in title:
        found = re.findall(r"\s*\S+\s*", part)
        out.append(("".join(found[:left]) if found else part, marks))
        left -= len(found)
        if left <= 0:
            out[-1] = (out[-1][0].rstrip(), marks)
            break
    return tuple(out)


def misc(work: Work) -> Body:
    """A work of no type: description from ``howpublished``, ``type`` or ``note``, source from what houses it."""
    how = "" if is_url(work) else work.get("howpublished")
    note = "" if re.search(r"(?i)https?:|accessed|retrieved|\bvisited\b", work.get("note")) else work.get("note")
    brackets = addons(work)
    if not brackets and work.has("type"):
        brackets = (roman(work.word(work.get("type"))) or cased(work, "type")[0],)
    house_ = houses(work, "publisher", "institution", "organization", "school")
    how = "" if how == text(house_) else how
    version = versioned(work)
    if not version and (version := noted_version(note)):
        note = ""
    facts = roman(", ".join(part for part in (edition(work), version, work.get("number"), paged(work)) if part))
    title = described(italic(main_title(work)), (helpers(work, "editor", "translator"), facts), brackets)
    return Body(title, (roman(how), house_, event(work) if work.has("eventtitle") else (), roman(note)))


WEB: Final[Mapping[str, Recipe]] = {
    **dict.fromkeys(("online", "electronic", "www", "webpage"), online),
    "misc": misc,
}
