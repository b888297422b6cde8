"""The trip of one typed reference: addresses off its end, the date as anchor, who, what, and where it came out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Final

from ..patterns import pattern
from .addresses import addresses, first_address
from .containers import container
from .dates import Anchor, anchors, bare_anchor, put_date
from .draft import Draft
from .heads import BODIES, head, marker
from .houses import put_houses
from .kinds import kind
from .legal import legal
from .line import Line, line
from .nouns import Parsed, Stretch
from .otherstyles import other_style
from .periodicals import AHEAD, Tail, put_alone, put_numbers, tail
from .sentences import breaks
from .titles import Run, first_end, put_title, runs, stretches, within

_HISTORY: Final = pattern(
    r"\(\s*(?:Original(?:ly)?(?: work)?(?: was)? (?:published|released|recorded)|First published"
    r"|Orig\. pub\.)\s*(?:in\s*)?(?P<when>[^()]{3,40})\)\.?"
)
_ADDED: Final = pattern(
    r"\((?:Reprinted from|Retraction published|Retracted|Translated from|Reproduced from)(?:[^()]|\([^()]*\))*\)\.?"
)
_AFTER_TITLE: Final = pattern(r"(?:,?\s?\.{3}|[.?!…])?[”\"’]?\s*(?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\[\]]*\])")
_QUOTED: Final = pattern(
    r"\s*(?:“(?P<a>[^”]{3,400}?)(?:[.,]”|”[.,])|\"(?P<b>[^\"]{3,400}?)(?:[.,]\"|\"[.,])"
    r"|[‘'](?P<c>[^‘]{3,400}?)(?:[.,][’']|[’'],))\s+(?=\S)"
)
_BOOKISH: Final = pattern(r"\s*\([^()]*\bpp?\.\s*\d[^()]*\)")
_IN: Final = pattern(r"[\s.,]*(In|On)[:\s]\s*")
_YEAR_LIKE: Final = pattern(r"(?:1[5-9]|20)\d\d\.?\Z")
_PERIODICAL: Final = pattern(
    r"(?:The )?(?:Journal|arXiv|Annals|Frontiers|Archives|Advances|Revista|Revue|Acta"
    r"|Psychological|American Journal|International Journal|European Journal|British Journal"
    r"|Physiological|Perspectives|Behavior)\b"
)


def read(stretches: Sequence[Stretch]) -> Parsed:
    """Read one typed reference; see ``galley.apa7.parse.parse``."""
    whole, beyond = line(stretches)
    if whole.italic.count(1) * 20 > len(whole.italic) * 19:  # all of it italic: the face says nothing
        whole = whole._replace(italic=bytes(len(whole.italic)))
    draft = Draft(whole)
    if not whole.text.strip():
        return Parsed("misc", {}, sure=0.0)
    start = marker(draft)
    if legal(draft, start):
        return _done(draft, (), whole, beyond, Anchor(start, start, "", "", "", 0))
    anchor = _anchor(draft, start)
    after = anchor.end if anchor else start
    _history(draft, after)
    body = addresses(draft, after)
    body = _unheld(draft, after, body)
    if anchor is None and other_style(draft, start, body):
        return _done(draft, (), whole, beyond, None)
    written = head(draft, start, anchor, body)
    if anchor:
        put_date(draft, anchor)
        if not anchor.bare and draft.text[anchor.end : anchor.end + 1] not in (".", ""):
            draft.slip("missing-stop", anchor.end - 1, anchor.end)
        if anchor.bare:
            draft.slip("date-not-in-parentheses", anchor.start, anchor.end)
    kinds: tuple[str, ...] = ()
    if anchor and not written and draft.trim(start, anchor.start, " .,")[0] < draft.trim(start, anchor.start, " .,")[1]:
        kinds = put_title(draft, start, anchor.start)
        rest = draft.trim(after, body, " ,;.:")[0]
        _source(draft, rest, body)
    else:
        kinds = _titled(draft, draft.trim(after, body, " ,;.:")[0], body)
    return _done(draft, kinds, whole, beyond, anchor)


def _anchor(draft: Draft, start: int) -> Anchor | None:
    """Choose the date: the first in brackets with a stop after it, unless an earlier one follows authors."""
    limit = first_address(draft.text, start)
    found = [anchor for anchor in islice(anchors(draft.text, start), 12) if anchor.start < limit]
    stopped = next((a for a in found if draft.text[a.end : a.end + 1] == "." or not draft.text[a.end :].strip()), None)
    if not found:
        return bare_anchor(draft.text, start, limit)
    first = found[0]
    if stopped is None or first is stopped:
        return first
    before = draft.text[start : first.start].rstrip()
    named = before.endswith((".", ")", ",")) or (len(before.split()) <= 6 and bool(BODIES.match(before)))
    return first if named else stopped


def _unheld(draft: Draft, start: int, body: int) -> int:
    """Move the end of the body back over what history holds there."""
    while body > start and (draft.held[body - 1] or draft.text[body - 1] == " "):
        body -= 1
    return body


def _history(draft: Draft, start: int) -> None:
    """Read where and when a work first came out, which stands at the very end (§9.41)."""
    if found := _HISTORY.search(draft.text, start):
        from .dates import original

        value = original(found["when"])
        draft.put("origdate" if value else "addendum", *found.span(), value or None)
    if found := _ADDED.search(draft.text, start):
        draft.put("addendum", *found.span())


def _titled(draft: Draft, start: int, body: int) -> tuple[str, ...]:
    """Read title and source from what follows the date."""
    if quoted := _QUOTED.match(draft.text, start, body):
        draft.put("title", *quoted.span(quoted.lastgroup or 0))
        draft.hold(*quoted.span())
        draft.slip("title-in-quotes", *quoted.span(quoted.lastgroup or 0))
        _source(draft, quoted.end(), body)
        return ()
    inside = within(draft, start, body)
    if inside:
        kinds = put_title(draft, start, inside[0])
        draft.type = container(draft, *inside, body)
        return kinds
    slant = runs(draft, start, body)
    if slant and _opening(draft, start, slant[0]):
        end = _standing(draft, start, slant[0], body)
        kinds = put_title(draft, start, end)
        _source(draft, end, body)
        return kinds
    for run in slant:
        if _after_stop(draft, start, run.start):
            kinds = put_title(draft, start, run.start)
            _source(draft, run.start, body)
            return kinds
    return _upright(draft, start, body)


def _opening(draft: Draft, start: int, run: Run) -> bool:
    """Say whether italics begin with the title; a word or two of it alone do not count."""
    return not draft.text[start : run.start].strip(" \"“‘'([¿¡") and (
        run.end - run.start > 24
        or draft.text[run.end : run.end + 2].strip() in (".", "", "[", "(", "?", "!")
        or draft.text[run.end : run.end + 1] in ".[("
    )


def _after_stop(draft: Draft, start: int, at: int) -> bool:
    before = draft.text[start:at].rstrip(' “"')
    return before.endswith((".", "?", "!", "”", '"', "]", ")", "…"))


def _standing(draft: Draft, start: int, run: Run, body: int) -> int:
    """Where the title element of a work that stands alone ends: after its brackets."""
    end = run.end
    while more := _AFTER_TITLE.match(draft.text, end, body):
        end = more.end()
    if end == run.end and draft.text[end : end + 1] in ("?", "!", "”", '"'):
        end += 1
    elif end == run.end and end < body and draft.text[end] not in ".,;" and draft.text[end : end + 2].strip():
        end = first_end(draft, end, body)  # only a part of it was italic
    return end


def _source(draft: Draft, start: int, end: int) -> None:
    """Read a source that follows the title: a periodical with its numbers, or whoever published the work."""
    inside = _IN.match(draft.text, start, end)
    if inside:
        draft.type = container(draft, inside.start(1), inside.end(), end)
        return
    slant = runs(draft, start, end)
    if slant and slant[0].start <= start + 3 and _BOOKISH.match(draft.text, slant[0].end, end):
        draft.slip("in-missing", slant[0].start, slant[0].start)
        draft.type = container(draft, slant[0].start, slant[0].start, end)
        return
    if ahead := AHEAD.search(draft.text, start, end):
        draft.put("note", *ahead.span("note"))
        draft.hold(*ahead.span())
        end = ahead.start()
    start = draft.trim(start, end, " ,;.:")[0]
    while end > start and draft.text[end - 1] == " ":
        end -= 1
    if put_alone(draft, start, end):
        return
    numbers = tail(draft.text, start, end)
    slant = runs(draft, start, end)
    if numbers and numbers.start > start and (numbers.form != 4 or _journal_like(draft, start, numbers)):
        journal = draft.trim(start, numbers.start, " ,;.:")
        if draft.text[journal[1] : journal[1] + 2] == ".,":  # "Nat. Rev. Genet.,": the stop is the name's
            journal = (journal[0], journal[1] + 1)
        draft.put("journaltitle", *journal)
        put_numbers(draft, numbers, journal, end)
        draft.type = "article"
    elif slant and slant[0].start <= start + 1:
        journal = draft.trim(start, end, " ,;.:")
        draft.put("journaltitle", *journal)
        draft.type = "article"
    else:
        put_houses(draft, start, end)


def _journal_like(draft: Draft, start: int, numbers: Tail) -> bool:
    """Say whether a source with one lone number is a periodical: italic, a range of pages, or no year."""
    first, last = numbers.parts.get("pages", (0, 0))
    if draft.slanted(start, numbers.start) or not _YEAR_LIKE.match(draft.text, first, last):
        return "(" not in draft.text[start : numbers.start]
    return False


def _upright(draft: Draft, start: int, body: int) -> tuple[str, ...]:
    """Tell title and source apart without italics: by the numbers of a periodical, else by sentences."""
    numbers = tail(draft.text, start, body)
    stops = [at for at in breaks(draft.text, start, body) if at < body]
    if numbers and stops:
        first = _journal_start(draft, stops, numbers.start)
        if first and (numbers.form != 4 or _journal_like(draft, first, numbers)):
            kinds = put_title(draft, start, first)
            _source(draft, first, body)
            return kinds
    title = first_end(draft, start, body)
    kinds = put_title(draft, start, title)
    if title < body:
        if not kinds and not numbers and "publisher" not in draft.fields:
            journal = draft.trim(title, body, " ,;.:")
            if draft.text.count(". ", *journal) == 0 and _PERIODICAL.match(draft.text, *journal):
                draft.put("journaltitle", *journal)
                draft.type = "article"
                return kinds
        _source(draft, title, body)
    return kinds


def _journal_start(draft: Draft, stops: list[int], numbers: int) -> int:
    """Where the name of a periodical begins: after the last full sentence before its numbers."""
    before = [at for at in stops if at < numbers - 1]
    if not before:
        return 0
    at = len(before) - 1
    while at > 0:
        word = draft.text[before[at - 1] : before[at]].split()
        ended = draft.text[max(0, before[at] - 24) : before[at]].rsplit(None, 1)[-1]
        segment = draft.text[before[at] : numbers].split()
        lone = len(segment) == 1 and draft.text[before[at - 1] : before[at]].split()[:1] in (
            ["Journal"],
            ["The"],
            ["Proceedings"],
        )
        short = ended[:1].isupper() and ended.endswith(".") and len(ended) <= (14 if len(word) == 1 else 8)
        short = short and len(word) <= 3
        if not (lone or short):
            break
        at -= 1
    return before[at]


_UPRIGHT: Final = frozenset({"article", "incollection", "inproceedings", "inreference", "periodical", "jurisdiction"})


def _emphasis(draft: Draft, entry: str) -> dict[str, tuple[tuple[int, int], ...]]:
    """Find words in italics in fields that are upright as a whole, and upright ones in titles that are italic."""
    out: dict[str, tuple[tuple[int, int], ...]] = {}
    for name in ("title", "titleaddon", "citation", "titletranslation"):
        start, end = draft.at.get(name, (0, 0))
        slanted = name == "title" and entry not in _UPRIGHT
        if name == "title" and not slanted and draft.slanted(start, end, 0.9):
            draft.slip("italics-wrong-part", start, end)
            continue
        if not any(draft.italic[start:end]) or draft.text[start:end] != draft.fields.get(name):
            continue
        other = bytes(1 - face for face in draft.italic[start:end]) if slanted else draft.italic[start:end]
        if found := stretches(draft.text[start:end], other):
            out[name] = found
    return out


def _done(draft: Draft, kinds: tuple[str, ...], whole: Line, beyond: str, anchor: Anchor | None) -> Parsed:
    """Hand the entry over: offsets of the text as typed, what is left, how sure all of it is."""
    left = draft.left()
    leftover = tuple(draft.text[start:end] for start, end in left) + ((beyond,) if beyond.strip() else ())
    entry = kind(draft, kinds)
    emphasis = _emphasis(draft, entry)
    fields = draft.fields
    sure = 1.0
    sure -= 0.35 if anchor is None else 0.15 if anchor.bare else 0.0
    sure -= min(0.1 * len(left), 0.3)
    sure -= 0.2 if any(code == "not-apa" for code, _, _ in draft.slips) else 0.0
    sure -= 0.3 if not fields.keys() & {"title", "titleaddon"} else 0.0
    sure -= (
        0.1
        if not (fields.keys() & {"journaltitle", "booktitle", "publisher", "institution", "organization", "url", "doi"})
        else 0.0
    )
    return Parsed(
        entry, dict(fields), draft.letter, {name: whole.typed(*span) for name, span in draft.at.items()}, leftover,
        tuple((code, *whole.typed(start, end)) for code, start, end in sorted(draft.slips, key=lambda s: s[1])),
        round(max(sure, 0.05), 2), emphasis,
    )  # fmt: skip
