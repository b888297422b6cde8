"""Volume, issue and pages at the end of a periodical's name, in the forms that authors give them (APA 7 §9.25-9.28)."""

from __future__ import annotations

from typing import Final, NamedTuple

from ..patterns import pattern
from .draft import Draft

_ONE: Final = r"(?:[A-Za-z]{1,4}[.-]?)?\d[\w.:]*"
_PAGES: Final = (
    rf"(?:(?:pp?|pgs?|S|ss?)\.?\s*|(?:Article|Art\.|Artikel|Paper|article)\s*(?:No\.?\s*|no\.?\s*|ID\s*)?|Article\s+)?"
    rf"(?:{_ONE}(?:\s?(?:[–—‒−]|-{{1,3}})\s?{_ONE})?(?:\s*[,;&]\s*\d[\w.]*(?:\s?[–—-]\s?\d[\w.]*)?){{0,4}}"
    rf"|[ivxlc]{{1,7}}\s?[–-]\s?[ivxlc]{{1,7}})"
)
_VOLUME = r"(?:[A-Z]{0,3}\d{1,4}(?:[A-Z]|[–/-]\d{1,4}|\s?[Ss]uppl\.?(?:\s?\d{1,3})?)?|[IVXLC]{2,7}"
_VOLUME += r"|[IVXLC](?!,\s*\d+(?:\s?\([^()]*\))?,\s*\w))"  # the letter of "Review C, 80, 14611" is the name's
_ISSUE: Final = r"\s?[(\[]\s?(?P<issue>[^()\[\]]{1,40}(?:\([^()]{1,10}\))?)\s?[)\]]"
_WORDED: Final = r"(?:\s*,\s*|\s+)(?:no|No|issue|Issue|nr|Nr|n|Heft|Iss)\.?\s*[º°]?\s*(?P<number>\d[\w/–-]{0,11})"
_FORMS: Final = (
    # 12(3), 45–67 and what is left of it
    pattern(
        rf"(?P<sep>[,.;]\s*|\s+)(?:(?:Vol|vol|Volume|volume|Bd|Jg|Cilt"
        rf"|v)\.?\s*)?(?P<volume>{_VOLUME})(?:{_ISSUE}|{_WORDED})?\s*[,:;.]\s*(?P<pages>{_PAGES})\.?\s*\Z"
    ),
    pattern(
        rf"(?P<sep>[,.;]\s*|\s+)(?:(?:Vol|vol|Volume|volume|Bd|Jg|Cilt"
        rf"|v)\.?\s*)?(?P<volume>{_VOLUME})(?:{_ISSUE}|{_WORDED})\s*(?P<pages>{_PAGES})?\.?\s*\Z"
    ),
    pattern(
        rf"(?P<sep>[,.;]\s*|\s+)\((?P<issue>(?=[^()]*\d)[^()]{{1,30}})\)(?:\s*[,:]\s*"
        rf"(?P<pages>{_PAGES}))?\.?\s*\Z"
    ),
    pattern(rf"(?P<sep>[,.;]\s*|\s+)(?:Vol|vol|Volume)\.?\s*(?P<volume>{_VOLUME})\.?\s*\Z"),
    pattern(rf"(?P<sep>[,;]\s*)(?P<pages>{_PAGES}|[a-z]{{3,6}}\.\d{{5,9}})\.?\s*\Z"),
)
_ALONE: Final = pattern(rf"(?P<volume>\d{{1,4}})(?:{_ISSUE})?\s*,\s*(?P<pages>{_PAGES})\.?\s*\Z")
AHEAD: Final = pattern(
    r"[.,]?\s*(?P<note>(?:Advance\s?online\s?publication|Online first|Epub ahead of print|Advance access"
    r"|Published online(?: [^.]{1,30})?|Early view))\.?\s*\Z",
    2,
)
_SECTION: Final = pattern(r"([A-Z])\d{1,2},\s\1\d{1,2}\b")
_ARTICLE: Final = pattern(r"(?:Article|Art\.|Artikel|Paper|article)\s*(?:No\.?\s*|no\.?\s*|ID\s*)?")
_LABEL: Final = pattern(r"(?:pp?|pgs?|S|ss?)\.?\s+|pp?\.")
_HYPHEN: Final = pattern(r"\d\s?-{1,3}\s?\d")


class Tail(NamedTuple):
    """Where the name of a periodical ends and its numbers begin, each part with its stretch of the line."""

    start: int
    parts: dict[str, tuple[int, int]]
    form: int


def tail(text: str, start: int, end: int) -> Tail | None:
    """Find volume, issue and pages at the end of [start, end)."""
    begin = max(start, end - 120)
    for form, known in enumerate(_FORMS):
        found = known.search(text, begin, end)
        if found:
            parts = {name: found.span(name) for name, value in found.groupdict().items() if value and name != "sep"}
            return Tail(found.start(), parts, form)
    return None


def put_alone(draft: Draft, start: int, end: int) -> bool:
    """Read numbers of a periodical whose name was left out: a source that is "226, 1034–1040" and no more."""
    found = _ALONE.match(draft.text, start, end)
    if not found or not (found["issue"] or draft.slanted(*found.span("volume")) or not found["pages"].isdigit()):
        return False
    parts = {name: found.span(name) for name, value in found.groupdict().items() if value}
    put_numbers(draft, Tail(start, parts, 0), (start, start), end)
    draft.type = "article"
    return True


def put_numbers(draft: Draft, found: Tail, journal: tuple[int, int], end: int) -> None:
    """Set volume, number, pages or eid from the end of a periodical's source."""
    parts = dict(found.parts)
    if found.form == 0 and "issue" not in parts and _SECTION.match(draft.text, parts["volume"][0], end):
        parts["pages"] = (parts.pop("volume")[0], parts["pages"][1])  # a newspaper's "A1, A4"
    alone = found.form == 4
    if alone and "pages" in parts and "volume" not in parts:
        start, stop = parts["pages"]
        shown = draft.text[start:stop].rstrip(".")
        slanted = bool(draft.italic[start]) and any(draft.italic[journal[0] : journal[1]])
        plain = not any(draft.italic)
        if shown.isdigit() and len(shown) <= 4 and (slanted or plain):
            parts["volume"] = parts.pop("pages")
    draft.hold(found.start, end)
    for name, field in (("volume", "volume"), ("issue", "number"), ("number", "number")):
        if name in parts:
            start, stop = draft.trim(*parts[name])
            draft.put(field, start, stop)
    if "pages" in parts:
        _pages(draft, *parts["pages"])
    _faces(draft, parts, journal)


def _pages(draft: Draft, start: int, stop: int) -> None:
    shown = draft.text[start:stop].rstrip(". ")
    numbered = _ARTICLE.match(shown)
    if numbered:
        draft.put("eid", start, stop, shown[numbered.end() :])
        return
    bare = _LABEL.match(shown)
    if bare:
        draft.slip("pages-labelled", start, start + bare.end())
    value = shown[bare.end() :] if bare else shown
    if _HYPHEN.search(value):
        draft.slip("hyphen-for-dash", start, stop)
    draft.put("pages", start, stop, value)


def _faces(draft: Draft, parts: dict[str, tuple[int, int]], journal: tuple[int, int]) -> None:
    """Note italics on the wrong part: the volume is italic with the name, issue and pages are not (§9.25)."""
    if not any(draft.italic):
        return
    if draft.slanted(*journal):
        if "volume" in parts and not draft.slanted(*parts["volume"]):
            draft.slip("volume-upright", *parts["volume"])
        for name in ("issue", "number", "pages"):
            if name in parts and draft.slanted(*parts[name]):
                draft.slip("italics-wrong-part", *parts[name])
