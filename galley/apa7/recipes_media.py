"""Recipes for what is watched, heard and looked at: film, series, music, podcasts, pictures (APA 7 §10.12-10.14)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from .latex import Pieces
from .patterns import pattern
from .setting import italic, join, roman
from .source import house, keepers
from .titling import addons, helpers, main_title, subtype
from .work import Body, Recipe, Work, bracketed, cased, colon, described

_EPISODES: Final = pattern(r"(?i)episode|webisode|segment")


_NUMBERED: Final = pattern(r"(?i)(?:season|series|episode|part|vol\.|no\.)\s+\w+")


def numbering(work: Work) -> Pieces:
    """Set season and episode: "Season 3, Episode 12"; a lone number is "No. 247" (§10.12, 10.13)."""
    terms = work.terms
    season, episode = work.get("season", "volume"), work.get("episode", "number")
    if season and episode:
        return roman(f"{_labelled(terms.season, season)}, {_labelled(terms.episode, episode)}")
    if season:
        return roman(_labelled(terms.season if work.has("season") or _is_episode(work) else terms.volume, season))
    if episode:
        label = terms.episode if work.has("episode") else terms.number
        return roman(_labelled(label, episode))
    return ()


def _labelled(label: str, value: str) -> str:
    return f"{label} {value}" if re.match(r"[\dIVXLC]", value) else value


def _is_episode(work: Work) -> bool:
    return bool(_EPISODES.search(work.get("entrysubtype")))


def recording(work: Work) -> Body:
    """A film, series, video, episode, webinar; an album, song, podcast, speech."""
    kind, note = subtype(work), work.typed("note")
    if not kind and not work.has("titleaddon"):
        kind = roman(work.word("video")) if work.entry.type in ("video", "movie") else ()
    addon = cased(work, "titleaddon")[0]
    numbered = bool(_NUMBERED.match(work.get("titleaddon")))
    brackets = tuple(part for part in (() if numbered else addon, join((kind, note), "; ")) if part)
    version = work.get("version")
    facts = (
        work.typed("titleaddon") if numbered else (),
        numbering(work),
        roman(f"{work.terms.version} {version}" if version else ""),
    )
    within = work.has("maintitle", "booktitle")
    core = main_title(work)
    title = described(core if within else italic(core), (helpers(work, *_HELPERS), *facts), brackets, between="; ")
    maker = join((work.typed("location"), house(work, "publisher", "organization", "institution")), ", ")
    return Body(title, (whole(work), maker) if within else (maker,))


_HELPERS: Final = ("director", "producer", "translator", "narrator", "conductor", "interviewer", "editor")


def whole(work: Work) -> Pieces:
    """Set the series or album that an episode or song is from: In A. Producer (Executive Producer), *Series*."""
    own = "maintitle" if work.has("maintitle") else "booktitle"
    name = italic(colon(*cased(work, own, own.replace("title", "subtitle"))))
    kind = work.get("entrysubtype").lower()
    music = work.entry.type in ("audio", "music") and (kind.startswith(("song", "track")) or not kind)
    who = keepers(work)
    addon = bracketed(cased(work, f"{own}addon"))
    return (
        (f"{work.terms.on if music else work.terms.in_} {who}{', ' if who else ''}", 0),
        *join((name, addon), " "),
    )


_HOLDER: Final = pattern(
    r"(?i)museum|galler|collection|institute|library|archive|louvre|foundation|university|museo|mus[ée]e"
)


def picture(work: Work) -> Body:
    """A work of art, photograph, map, slides: *Title* [Painting]. Museum, Place. (§10.14)."""
    facts = join(
        (work.typed("number"), roman(f"{work.terms.version} {work.get('version')}" if work.has("version") else "")),
        "; ",
    )
    title = described(italic(main_title(work)), (helpers(work, "editor", "translator"), facts), addons(work))
    place, maker = (
        work.typed("location", "address", "venue"),
        house(work, "publisher", "organization", "institution", "library"),
    )
    held = (place, maker)
    if place and maker and _HOLDER.search(maker[0][0]) and not _HOLDER.search(place[0][0]) and "," in place[0][0]:
        held = (maker, place)
    return Body(title, (join(held, ", "),))


def performance(work: Work) -> Body:
    """A play, concert or dance seen: *Title* [Play]. Company, Place."""
    title = described(italic(main_title(work)), (helpers(work, *_HELPERS),), addons(work))
    place = join(
        (work.typed("eventtitle"), house(work, "publisher", "organization"), work.typed("venue", "location")), ", "
    )
    return Body(title, (place,))


MEDIA: Final[Mapping[str, Recipe]] = {
    **dict.fromkeys(("video", "movie", "audio", "music"), recording),
    **dict.fromkeys(("image", "artwork"), picture),
    "performance": performance,
}
