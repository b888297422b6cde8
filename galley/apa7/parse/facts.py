"""What stands in brackets after a title: edition, volume, numbers, helpers; kinds of work (APA 7 §9.19-9.22)."""

from __future__ import annotations

from typing import Final

from ..patterns import pattern
from .draft import Draft
from .names import written
from .persons import given_first

_ORDINAL: Final = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth"
EDITION: Final = pattern(
    rf"(?:(?P<n>\d{{1,3}})(?:st|nd|rd|th|d|\.|ª|e)?\s*|(?P<w>{_ORDINAL}|[\w .]{{1,30}}?)(?:(?<=\.)|\s)\s*)(?:eds?|edn"
    rf"|edition|Aufl|Auflage|éd|baskı)\b\.?(?:\s*ª)?\Z",
    2,
)
_VOLUME: Final = pattern(r"(?:Vols?|Volumes?|Bd|Bde|Band|Cilt)\.?\s*(?P<v>[\w–\-, ]{1,20})\Z", 2)
_PAGES: Final = pattern(
    r"(?:(?:pp?|pgs?|S|ss?)\.\s*|(?:pp?|pgs?"
    r"|pages?)\s+)(?P<p>[A-Za-z]?\d[\w.:]*(?:\s*[–—‒−-]+\s*\w[\w.:]*)?(?:\s*[,&]\s*\d+(?:\s*[–-]\s*\d+)?)*"
    r"|[ivxlcIVXLC]+\s*[–-]\s*[ivxlcIVXLC]+|[xivl]+)\Z"
)
_CHAPTER: Final = pattern(r"(?:Chap(?:ter)?|Ch|Kap)\.?\s*(?P<c>\w+)\Z", 2)
_PART: Final = pattern(r"(?:Pt|Part)\.?\s*(\w+)\Z")
_VERSION: Final = pattern(r"(?:[Vv]ersions?|[Vv]er\.|[Rr]elease)\s*(?P<v>\S.{0,40})\Z")
_NUMBERED: Final = pattern(r"(?P<kind>\S.{0,80}?)\s*\bNos?\.?\s*(?P<n>\S.{0,50})\Z")
_HELPER: Final = pattern(
    r"(?P<who>[^;()]{3,160}?),?\s+(?P<role>(?:Eds?|Trans|Narrs?|Illus|Comps?|Rev|Dirs?|Directors?"
    r"|Translators?|Editors?|Producers?|Conductors?|Interviewers?|Series Eds?"
    r"|Vol\. Eds?)\.?(?:\s*&\s*(?:Eds?|Trans)\.?)?)\Z"
)
_ROLES: Final = {"ed": "editor", "tr": "translator", "na": "narrator", "il": "illustrator", "co": "compiler",
                 "di": "director", "pr": "producer", "in": "interviewer", "se": "editora", "vo": "editora"}  # fmt: skip
_EPISODE: Final = pattern(
    r"(?:Season|Series)\s+(?P<season>\w+)\Z|Episode\s+(?P<episode>\w+)\Z"
    r"|No\.\s*(?P<number>[\w.-]+)\Z"
)
_ARXIV: Final = pattern(r"arXiv:\s*(?P<id>\S+)\Z", 2)
_SEMICOLON: Final = pattern(r"\s*;\s*")
_COMMA: Final = pattern(r"\s*,\s*")
_WORDED: Final = pattern(rf"(?:{_ORDINAL}|revised|rev\.?)\Z", 2)


def edition_value(text: str) -> str:
    """The edition as biblatex has it: "2" for "2nd ed.", "Revised" for "Revised ed."; "" if it names none."""
    found = EDITION.match(text.strip())
    return (found["n"] or found["w"]).strip() if found else ""


def parenthesis(draft: Draft, start: int, end: int, *, loose: bool = False) -> bool:
    """Read what stands between round brackets after a title; ``loose`` takes what is not known as a number."""
    cut = [start]
    for found in _SEMICOLON.finditer(draft.text, start, end):
        cut += [found.start(), found.end()]
    cut.append(end)
    spans = list(zip(cut[::2], cut[1::2], strict=True))
    known = [_whole(draft, a, b, dry=True) for a, b in spans]
    if not any(known) and not loose:
        return False
    for a, b in spans:
        if not _whole(draft, a, b):
            draft.put("number", a, b)
    return True


def _whole(draft: Draft, start: int, end: int, dry: bool = False) -> bool:
    """Read one part between semicolons, which may be several facts between commas."""
    if _fact(draft, start, end, dry):
        return True
    cut = [start]
    for found in _COMMA.finditer(draft.text, start, end):
        cut += [found.start(), found.end()]
    cut.append(end)
    spans = list(zip(cut[::2], cut[1::2], strict=True))
    if len(spans) < 2:
        return False
    if all(_fact(draft, a, b, True) for a, b in spans):
        return dry or all(_fact(draft, a, b) for a, b in spans)
    # "pp. 3–9, 12": a list of pages is one fact; a name in front is a helper with a comma
    for at in range(1, len(spans)):
        left, right = (start, spans[at - 1][1]), (spans[at][0], end)
        if _fact(draft, *left, True) and (_fact(draft, *right, True)):
            return dry or all([_fact(draft, *left), _fact(draft, *right)])
    return False


def _fact(draft: Draft, start: int, end: int, dry: bool = False) -> bool:
    text = draft.text[start:end].strip()
    name, value = _known(text)
    if not name:
        return False
    if dry:
        return True
    if name == "helper":
        _helper(draft, start, end)
    elif name == "report":
        found = _NUMBERED.match(text)
        assert found  # noqa: S101 - _known has just matched it
        if "type" not in draft.fields:  # a dissertation has its own: "(Publication No. 123)"
            draft.put("type", start, end, found["kind"])
        draft.put("number", start, end, found["n"])
    else:
        draft.put(name, start, end, value)
    return True


def _known(text: str) -> tuple[str, str]:
    """Name the field that a fact belongs to, with its value."""
    if value := edition_value(text):
        return "edition", value
    if _WORDED.match(text):
        return "edition", text
    for name, known, group in (("pages", _PAGES, "p"), ("volume", _VOLUME, "v"), ("chapter", _CHAPTER, "c"),
                               ("part", _PART, 1), ("version", _VERSION, "v")):  # fmt: skip
        if found := known.match(text):
            return name, found[group]
    if found := _EPISODE.match(text):
        return ("volume", found["season"]) if found["season"] else ("number", found["number"] or found["episode"])
    if found := _ARXIV.match(text):
        return "eprint", found["id"]
    if _HELPER.match(text):
        return "helper", text
    return ("report", text) if _NUMBERED.match(text) else ("", "")


def _helper(draft: Draft, start: int, end: int) -> None:
    found = _HELPER.match(draft.text[start:end].strip())
    assert found  # noqa: S101 - it has just been found
    at = start + len(draft.text[start:end]) - len(draft.text[start:end].lstrip())
    names = written(given_first(draft.text, at, at + found.end("who")))
    roles = [part.strip().lower()[:2] for part in found["role"].split("&")]
    for role in roles:
        draft.put(_ROLES.get(role, "editora"), start, end, names)
    if roles[0] in ("se", "vo"):
        draft.fields["editoratype"] = "typeseries" if roles[0] == "se" else "typevolume"


_KINDS: Final = (
    (pattern(r"thesis|dissertation|tesis|thèse|habilitation"), "thesis"),
    (pattern(r"review of|comment on|reply to|response to|editorial|letter to|erratum|correction|retract|obituary"
    r"|abstract|commentary|special (?:issue|section)|peer commentary|journal article|interview"), ""),
    (pattern(r"data ?set|raw data|data file|code book|database record|data$"), "dataset"),
    (pattern(r"software|mobile app|\bapp\b|program|source code|\br package|python|^r$|apparatus|code$"
    r"|video game"), "software"),
    (pattern(r"manuscript|working paper|in preparation|submitted|unpublished|preprint"), "unpublished"),
    (pattern(r"paper presentation|poster|conference|symposium|presentation|keynote|talk|session|address"
    r"|lecture$"), "presentation"),
    (pattern(r"^video"), "video"),
    (pattern(r"audio(?!book)|song|album|podcast|speech|radio|recording|music|track"), "audio"),
    (pattern(r"video|film|movie|tv |television|webinar|episode|motion picture|documentary|webcast|vodcast"), "video"),
    (pattern(r"photo|painting|map|clip art|infographic|slides|artwork|sculpture|lithograph|drawing|cartoon"
    r"|lecture notes|image|figure"), "image"),
    (pattern(r"tweet|post|status|profile|page|toot|highlight|thread|comment|website|web page|blog|fact ?sheet"
    r"|press release"), "online"),
    (pattern(r"report|brief|grant|policy"), "report"),
    (pattern(r"audiobook|e-?book|kindle|book"), "book"),
)  # fmt: skip


def kind_of(description: str) -> str:
    """Name the entry type that a description in square brackets calls for, "" where it says nothing of it."""
    said = description.lower()
    if said.startswith("audiobook"):
        return "book"
    for words, kind in _KINDS:
        if words.search(said):
            return kind
    return ""
