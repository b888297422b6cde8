"""The title element: sentence case for the list, title case for the text, short titles (APA 7 §6.17, 8.14, 9.19)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from .entry import Entry
from .languages import tag
from .latex import KEEP, OWN, Piece, Pieces, pieces

_WORD: Final = re.compile(r"[^\W_]+(?:[’'.][^\W_]+)*")
_STOP: Final = re.compile(r"[:?!—]|\.(?=\s)|[.]\Z")
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
_LANG: Final = re.compile(r"english|american|british|en\b|en-|usenglish|ukenglish|canadian|australian|newzealand")


def english(entry: Entry, language: str) -> bool:
    """Say whether an entry's titles follow English capitals, by its ``langid`` or the manuscript's language."""
    written = entry.fields.get("langid") or entry.fields.get("hyphenation") or entry.fields.get("language") or ""
    return tag(written or language).startswith(("en", "american", "british", "usenglish", "ukenglish", "canadian"))


@lru_cache(maxsize=8192)
def sentence(value: str) -> Pieces:
    """Set a LaTeX title in sentence case (APA 7 §6.17).

    Braces, acronyms and words with inner capitals stay; so does a first word after a colon, dash or end
    punctuation. A title whose words mostly stand in lower case already is left alone.
    """
    title = pieces(value)
    return lower(title) if in_title_case(title) else untouched(title)


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
    whole = before + text
    offset = len(before)
    for found in _WORD.finditer(text):
        word = found.group()
        gap = text[last : found.start()]
        out.append(gap)
        opens = first or _opens(whole[: offset + found.start()])
        glued = not gap and last == 0 and bool(before) and before[-1].isalnum()
        out.append(word if glued or opens else _lowered(word, text[found.end() :]))
        if opens and not glued and _opens_colon(whole[: offset + found.start()]):
            out[-1] = out[-1][:1].upper() + out[-1][1:] if out[-1].islower() else out[-1]
        first = False
        last = found.end()
    out.append(text[last:])
    return "".join(out), first


def _opens(before: str) -> bool:
    """Say whether a word after this text begins a sentence or a subtitle; abbreviations end none."""
    stripped = before.rstrip(" \u00a0“‘\"'(«¿¡[")
    if not stripped or stripped[-1] not in ":?!.—":
        return False
    if stripped[-1] == "—":
        return True
    if stripped == before and stripped[-1] != "—":
        return False  # no space: "3.2", "and/or"
    if stripped[-1] == ".":
        word = stripped[:-1].rsplit(None, 1)[-1].lower().strip("(“‘") if stripped[:-1].strip() else ""
        return not (len(word) == 1 or word in _ABBREVIATED or "." in word)
    return True


def _opens_colon(before: str) -> bool:
    return before.rstrip(" \u00a0“‘\"'(«").endswith(":")


def _lowered(word: str, after: str) -> str:
    """Put one word in lower case unless its own shape or its number forbids it."""
    if word.islower() or not word[0].isupper():
        return word
    rest = word[1:]
    if word == "I" or word.startswith(("I’", "I'")):
        return word
    if len(word) == 1:
        return "a" if word == "A" and after[:1].isspace() else word  # "Vitamin D" keeps its letter
    if any(char.isupper() for char in rest.replace("’S", "")) or any(char.isdigit() for char in rest):
        return word  # ADHD, OpenMx, COVID19
    if word.lower() in _SERIES and re.match(r"[ \u00a0](?:\d|[IVX]+\b|[A-Z]\b)", after):
        return word
    return word.lower()


def in_title_case(*titles: Pieces) -> bool:
    """Say whether most of the words that sentence case would change are capitalised, in all parts of a title."""
    capitals = others = 0
    for title in titles:
        before = ""
        for text, marks in title:
            if not marks & KEEP:
                for found in _WORD.finditer(text):
                    verdict = _counts(found.group(), before + text[: found.start()], bool(marks & OWN))
                    capitals += verdict > 0
                    others += verdict < 0
            before += text
    return capitals > others


def _counts(word: str, before: str, own: bool) -> int:
    """Weigh one word: 1 where it is capitalised without need, -1 where it could be and is not, 0 if it says nothing."""
    if own or not before.strip("“‘\"'(") or before[-1] == "-" or word.lower() in SMALL or len(word) == 1:
        return 0
    if not word[0].isalpha() or (word[0].isupper() and not word[1:].replace("’", "").islower()) or _opens(before):
        return 0
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


_AFTER_COLON: Final = re.compile(r"(: [“‘\"(]?)([a-z])(?=[a-z]*\b)")


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
    minor = word in _MINOR and bool(before.strip("“‘\"'( ")) and not _opens(before) and before[-1:] != "-"
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
