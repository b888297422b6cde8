"""The title element: sentence case for the list, title case for the text, short titles (APA 7 §6.17, 8.14, 9.19)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from .entry import Entry
from .languages import tag
from .latex import KEEP, OWN, Piece, Pieces, pieces
from .patterns import pattern
from .propernouns import KNOWN

_WORD: Final = pattern(r"[^\W_]+(?:[’'.][^\W_]+)*")
SMALL: Final = frozenset({
    "a", "an", "the", "and", "but", "or", "nor", "for", "so", "yet", "as", "at", "by", "in", "of", "off", "on",
    "per", "to", "up", "via", "vs", "v", "if", "from", "with", "into", "onto", "over", "than", "that", "is",
    "are", "be", "de", "la", "le", "du", "von", "van", "und", "et", "about", "after", "before", "between",
    "through", "under", "within", "without", "during", "against", "among", "across", "toward", "towards",
    "until", "upon", "since", "because", "when", "while", "where", "why", "how", "its", "it",
})  # fmt: skip
_MINOR: Final = frozenset({
    "a", "an", "the", "and", "but", "or", "nor", "for", "so", "yet", "as", "at", "by", "in", "of", "off", "on",
    "per", "to", "up", "via", "vs", "v", "if",
})  # fmt: skip
_ABBREVIATED: Final = frozenset({
    "vs", "v", "no", "vol", "st", "dr", "mr", "mrs", "ms", "prof", "jr", "sr", "ed", "eds", "pt", "ch", "fig",
    "vols", "pp", "cf", "al", "dept", "ave", "mt", "ft", "inc", "ltd", "co",
})  # fmt: skip
_SERIES: Final = frozenset({
    "study", "experiment", "trial", "wave", "part", "volume", "chapter", "table", "figure", "phase", "grade",
    "article", "session", "appendix", "type", "stage", "section", "module", "unit", "lesson", "lecture",
})  # fmt: skip
_HONORIFIC: Final = pattern(r"\b(?:Mr|Mrs|Ms|Dr|Prof|St)\.?[ \u00a0]$")  # what follows is a name
_NUMBER: Final = pattern(r"[ \u00a0](?:\d|[IVX]+\b|[A-Z]\b)")


def english(entry: Entry, language: str) -> bool:
    """Say whether an entry's titles follow English capitals, by its ``langid`` or the manuscript's language."""
    written = entry.fields.get("langid") or entry.fields.get("hyphenation") or entry.fields.get("language") or ""
    return tag(written or language).startswith(("en", "american", "british", "usenglish", "ukenglish", "canadian"))


@lru_cache(maxsize=1 << 15)
def parsed(value: str) -> tuple[Pieces, int]:
    """Read a LaTeX title, and weigh it: above 0 most words that could be in lower case are not."""
    title = pieces(value)
    return title, weight(title)


@lru_cache(maxsize=1 << 15)
def lowered(value: str) -> Pieces:
    """Set a LaTeX title in sentence case whatever its weight."""
    return lower(parsed(value)[0])


def sentence(value: str) -> Pieces:
    """Set a LaTeX title in sentence case (APA 7 §6.17).

    Braces, acronyms and words with inner capitals stay; so does a first word after a colon, dash or end
    punctuation. A title whose words mostly stand in lower case already is left alone.
    """
    title, balance = parsed(value)
    return lowered(value) if balance > 0 else untouched(title)


def lower(title: Pieces) -> Pieces:
    """Lower the words of a title in title case; see ``sentence``."""
    out: list[Piece] = []
    before, first = "", True
    for text, marks in title:
        if marks & OWN:
            first = True
        if marks & KEEP:
            out.append((text, marks))
            if any(char.isalnum() for char in text):
                first = False
        else:
            changed, first = _lower_text(text, before, first)
            out.append((changed, marks))
        before = (before + text)[-24:]
    return capital(tuple(out))


def _lower_text(text: str, before: str, first: bool) -> tuple[str, bool]:
    """Lower the words of one piece; ``first`` says that the next word opens a sentence."""
    out: list[str] = []
    last = 0
    whole, offset = before + text, len(before)
    colon = ":" in whole
    for found in _WORD.finditer(text):
        word, start = found.group(), found.start()
        if first or colon or word != word.lower():
            opens = _opens(whole, offset + start)
            glued = start == 0 and offset > 0 and before[-1].isalnum()
            if not (glued or first or opens):
                titled = _HONORIFIC.search(whole, max(0, offset + start - 6), offset + start)
                shown = word if titled else _lowered(word, text, found.end())
            elif opens and not glued and word.islower() and _last_mark(whole, offset + start) == ":":
                shown = word[0].upper() + word[1:]
            else:
                shown = word
            if shown != word:
                out += (text[last:start], shown)
                last = found.end()
        first = False
    out.append(text[last:])
    return "".join(out), first


_SKIPPED: Final = " \u00a0“‘\"'(«¿¡["


def _last_mark(text: str, end: int) -> str:
    """Give the sign before ``end``, opening quotation marks, brackets and spaces apart; "" at the start."""
    at = end - 1
    while at >= 0 and text[at] in _SKIPPED:
        at -= 1
    return text[at] if at >= 0 else ""


def _opens(text: str, end: int) -> bool:
    """Say whether a word at ``end`` begins a sentence or a subtitle; abbreviations end none, nor does "3.2"."""
    mark = _last_mark(text, end)
    if mark not in (":", "?", "!", ".", "—"):
        return False
    if mark == "—":
        return True
    if text[end - 1] == mark:
        return False
    if mark == ".":
        ended = text[: text.rindex(".", 0, end)].rsplit(None, 1)
        word = ended[-1].lower().strip("(“‘") if ended else ""
        return not (len(word) == 1 or word in _ABBREVIATED or "." in word)
    return True


def _lowered(word: str, text: str, end: int) -> str:
    """Put one word in lower case unless its own shape or its number forbids it."""
    if word.islower() or not word[0].isupper():
        return word
    rest = word[1:]
    if word == "I" or word.startswith(("I’", "I'")):
        return word
    if len(word) == 1:
        return "a" if word == "A" and text[end : end + 1].isspace() else word  # "Vitamin D" keeps its letter
    if word in KNOWN or word.removesuffix("’s") in KNOWN:
        return word
    if any(char.isupper() for char in rest.replace("’S", "")) or any(char.isdigit() for char in rest):
        return word  # ADHD, OpenMx, COVID19
    if word.lower() in _SERIES and _NUMBER.match(text, end):
        return word
    return word.lower()


def weight(title: Pieces) -> int:
    """Count the words that sentence case would change, less those that stand in lower case already.

    Three words in lower case beside at most twice as many capitals are no slip: such capitals are names, weight 0.
    """
    balance = small = 0
    before = ""
    for text, marks in title:
        if not marks & (KEEP | OWN):
            whole, offset = before + text, len(before)
            for found in _WORD.finditer(text):
                counted = _counts(found.group(), whole, offset + found.start())
                balance += counted
                small += counted < 0
        before += text
    return 0 if balance > 0 and small >= 3 and balance <= small else balance


def _counts(word: str, whole: str, at: int) -> int:
    """Weigh one word: 1 where it is capitalised without need, -1 where it could be and is not, 0 if it says nothing."""
    mark = _last_mark(whole, at)
    if len(word) == 1 or not word[0].isalpha() or (mark != ":" and word.lower() in SMALL):
        return 0
    if not mark or whole[at - 1] == "-":
        return 0
    if word[0].isupper() and not word[1:].replace("’", "").islower():
        return 0
    if mark in ":?!.—" and _opens(whole, at):
        return -3 if mark == ":" and word.islower() else 0  # title case would begin a subtitle with a capital
    return 1 if word[0].isupper() else -1


def capital(title: Pieces) -> Pieces:
    """Make the first letter a capital where the first word is wholly in lower case and not in braces."""
    for at, (text, marks) in enumerate(title):
        found = _WORD.search(text)
        if found is None:
            continue
        word = found.group()
        if marks & KEEP or not word.islower() or text[: found.start()].endswith(("@", "#", "/")):
            return title
        changed = text[: found.start()] + word[0].upper() + text[found.start() + 1 :]
        return (*title[:at], (changed, marks), *title[at + 1 :])
    return title


_AFTER_COLON: Final = pattern(r"(: [“‘\"(]?)([a-z])(?=[a-z]*\b)")


def untouched(title: Pieces) -> Pieces:
    """Leave a title in sentence case alone, but for capitals at its start and after a colon (APA 7 §6.17)."""
    parts = tuple(
        (text if marks & KEEP else _AFTER_COLON.sub(lambda found: found.group(1) + found.group(2).upper(), text), marks)
        for text, marks in title
    )
    return capital(parts)


def headline(title: Pieces) -> Pieces:
    """Set pieces in title case, as a title in the running text stands (APA 7 §6.17); capitals typed stay."""
    out: list[Piece] = []
    before = ""
    for text, marks in title:
        if marks & KEEP:
            out.append((text, marks))
        else:
            out.append((_head(text, before), marks))
        before += text
    return tuple(out)


def _head(text: str, before: str) -> str:
    return _WORD.sub(lambda found: _headed(found, before + text[: found.start()]), text)


def _headed(found: re.Match[str], before: str) -> str:
    word = found.group()
    glued = before[-1:].isalnum() or before[-1:] in ("@", "#", "/")
    minor = word in _MINOR and bool(before.strip("“‘\"'( ")) and not _opens(before, len(before)) and before[-1:] != "-"
    return word if glued or minor or not word.islower() else word[0].upper() + word[1:]


_ARTICLES: Final = frozenset(
    {"article", "periodical", "incollection", "inbook", "inproceedings", "conference", "inreference", "suppbook",
     "suppperiodical", "suppcollection", "review", "bookinbook", "letter"}
)  # fmt: skip
_UPRIGHT: Final = frozenset({"legislation", "legal", "legadminmaterial", "constitution", "nameonly", "treaty"})


def kind(entry: Entry) -> str:
    """Say how a title stands in the text: "quoted" where it is part of a greater whole, else "italic" or "plain"."""
    if entry.type in _UPRIGHT or (entry.type == "legmaterial" and "subtitle" not in entry.fields):
        return "plain"
    if entry.type in _ARTICLES:
        return "quoted"
    part = entry.type in ("audio", "music", "video", "movie", "software", "presentation")
    if part and (entry.fields.get("maintitle") or entry.fields.get("booktitle")):
        return "quoted"
    return "quoted" if entry.type == "misc" and entry.fields.get("booktitle") else "italic"


def short_title(entry: Entry) -> tuple[Pieces, str]:
    """Give the title that stands in the author's place in a citation, in title case, and its kind (APA 7 §8.14).

    ``shorttitle`` wins; else the title without its subtitle; else a description, in brackets and plain.
    """
    fields = entry.fields
    value = fields.get("shorttitle") or fields.get("title") or fields.get("maintitle") or fields.get("booktitle")
    if not value:
        addon = fields.get("titleaddon") or fields.get("howpublished") or fields.get("note") or entry.key
        return (("[", 0), *pieces(addon), ("]", 0)), "plain"
    return headline(pieces(value)) if english(entry, "en") else pieces(value), kind(entry)
