"""DOI, URL and day of retrieval of a typed reference, in every form that authors give them (APA 7 §9.34-9.36)."""

from __future__ import annotations

from typing import Final

from ..patterns import pattern
from .dates import day_of, month_of
from .draft import Draft

_START: Final = pattern(
    r"(?P<doi>(?:\b(?:doi|DOI|Doi)\s*[:.]?\s*)?(?:(?:https?:?\s*//?\s*)?(?:dx\.|www\.)?doi\.org\s*/\s*"
    r"(?:(?:doi|DOI)\s*[:.]\s*)?)*(?<!\d)10\.\s?\d{4,9}(?:\.\d+)*\s?/\s?)\S+"
    r"|(?P<url>(?:https?|ftp)\s?:\s?//\s?\S+|www\.[\w-]+\.\S+"
    r"|(?<![\w@.-])(?:[\w-]{1,63}\.){1,6}(?:org|com|net|edu|gov|io|info|ac\.uk|co\.uk)/\S*)"
)
_LEAD: Final = pattern(
    r"(?P<open>[(\[]\s*)?\b(?:(?:Retrieved|Accessed|Consulted|Viewed|Downloaded|Available|Abgerufen|Récupéré|Recuperado"
    r"|Consulté|Disponible|Verfügbar|Erişim|retrieved|accessed|available|verfügbar|abgerufen)\b[^()\[\]]{0,70}?"
    r"|URL\b|Link\b|Web\b|DOI\b|doi\b)\s*[:=]?\s*\Z"
)
_LEADING: Final = pattern(
    r"(?:retrieved|accessed|consulted|viewed|downloaded|available|abgerufen|récupéré|recuperado|consulté|disponible"
    r"|verfügbar|erişim|url|link|web|doi|on|at|from|via|under|online|in|de|en|el|le|am|von|unter|the|site|website"
    r"|date|last|address|adresi|tarihi|\d{1,4}(?:st|nd|rd|th)?)\Z",
    2,
)
_WORD: Final = pattern(r"[^\W_]+")
_AFTER: Final = pattern(
    r"\s*[.,;]?\s*[(\[]?\s*(?:last |date )?(?:retrieved|accessed|consulted|viewed|visited"
    r"|access(?: date)?)\b[:,]?\s*(?:on\s)?"
    r"([^()\[\]]{4,40}?)\s*[)\]]?\.?\s*\Z",
    2,
)
_GAP: Final = pattern(r"doi\.org\s*/\s|doi\.org\s/|https?:?\s|//\s")
_NUMBERS: Final = pattern(
    r"[\s(\[;]{0,3}\b(?P<kind>ISBN|ISSN|PMID"
    r"|PMCID)(?:-?1[03])?\s*:?\s*(?P<value>[\dPMCX][\dX–-]{3,20})[)\];.]*"
)
_MORE: Final = pattern(r" (?=\S*[\d/_=?%&.-])(?![(\[])(\S+)")
_CUT: Final = frozenset("/-_=?&.%#")


def first_address(text: str, start: int) -> int:
    """Where the first DOI or URL begins; the end of the text where there is none."""
    found = _START.search(text, start)
    return found.start() if found else len(text)


def addresses(draft: Draft, start: int) -> int:
    """Read DOI and URL after ``start``, and give where the body of the reference ends."""
    body = len(draft.text)
    at = start
    for number in _NUMBERS.finditer(draft.text, start):
        draft.put(number["kind"].lower(), *number.span("value"))
        draft.hold(*number.span())
        body = min(body, number.start())
    while found := _START.search(draft.text, at):
        first = _led(draft, max(start, at), found.start())
        end = _doi(draft, found.start(), found.end("doi"), found.end()) if found["doi"] else _url(draft, *found.span())
        body = min(body, first)
        at = max(end, found.start() + 1)
    if body < len(draft.text):
        _accessed_after(draft, at)
    return body


def _led(draft: Draft, start: int, at: int) -> int:
    """Read what leads to an address, "Retrieved May 3, 2019, from", and give where it begins."""
    while at > start and draft.text[at - 1] in "(<[" and draft.text[at - 2 : at - 1] in (" ", ""):
        at -= 1
        draft.hold(at, at + 1)
    begin = max(start, at - 100)
    found = _LEAD.search(draft.text, begin, at)
    if not found or not all(_LEADING.match(word) or month_of(word) for word in _WORD.findall(found[0])):
        return at
    day = day_of(draft.text[found.start() : found.end()])
    if day and "urldate" not in draft.fields:
        draft.put("urldate", *found.span(), day)
    draft.hold(*found.span())
    return found.start()


def _trail(text: str, start: int, end: int) -> int:
    """Leave out stops and brackets at an address's end that do not belong to it."""
    while end > start:
        last = text[end - 1]
        if last in ".,;:”\"’'»>" or (
            last in ")]" and text.count(last, start, end) > text.count("(" if last == ")" else "[", start, end)
        ):
            end -= 1
        else:
            break
    return end


def _doi(draft: Draft, start: int, lead: int, end: int) -> int:
    text = draft.text
    shown, end = text[start:end], _joined(draft, lead, end)
    stop = _trail(text, lead, end)
    prefix = text.index("10.", start)
    value = text[prefix:stop].replace(" ", "")
    head = text[start:prefix].lower().replace(" ", "")
    for wrong, code in (("http://", "http-doi"), ("dx.doi.org", "dx-doi"), ("doi:", "doi-prefix")):
        if wrong in head:
            draft.slip(code, start, prefix)
    if not head.startswith("http") and "doi:" not in head:
        draft.slip("bare-doi", start, stop)
    if head.count("doi.org") > 1:
        draft.slip("doubled-doi", start, prefix)
    if _GAP.search(shown) or " " in text[prefix:stop]:
        draft.slip("broken-doi", start, stop)
    if text[stop:end].strip(" ").startswith("."):
        draft.slip("stop-after-doi", stop, stop + 1)
    if "doi" in draft.fields:
        draft.hold(start, end if draft.fields["doi"].lower() == value.lower() else start)
    else:
        draft.put("doi", prefix, stop, value)
        draft.hold(start, end)
    return end


def _url(draft: Draft, start: int, end: int) -> int:
    end = _joined(draft, start, end)
    stop = _trail(draft.text, start, end)
    if " " in draft.text[start:stop]:
        draft.slip("broken-url", start, stop)
    if draft.text[stop : stop + 1] == ".":
        draft.slip("stop-after-url", stop, stop + 1)
    if "url" not in draft.fields:
        draft.put("url", start, stop, draft.text[start:stop].replace(" ", ""))
        draft.hold(start, end)
    return end


def _joined(draft: Draft, start: int, end: int) -> int:
    """Take in the rest of an address that a space broke: it went on after a sign, or nothing else follows."""
    text = draft.text
    while (more := _MORE.match(text, end)) and not text[end : end + 5].lower().strip().startswith(("http", "doi")):
        last = more.end() >= len(text.rstrip())
        signed = text[end - 1] in _CUT and not (text[end - 1] == "." and more[1][0].isupper())
        lower = more[1][:1].islower() or more[1][:1].isdigit() or more[1][:1] in "/?=&"
        if not (lower and (last or signed)) or _START.match(text, end + 1):
            break
        end = more.end()
    return end


def _accessed_after(draft: Draft, at: int) -> None:
    """Read a day of retrieval that follows the address: "(accessed 3 March 2020)"."""
    found = _AFTER.match(draft.text, at)
    day = day_of(found[1]) if found else ""
    if found and day and "urldate" not in draft.fields:
        draft.put("urldate", found.start(), found.end(), day)
