"""Where sentences end in a reference: after a stop that closes no abbreviation, initial or number."""

from __future__ import annotations

from typing import Final

from ..patterns import pattern

_END: Final = pattern(r"[.?!…][\])”\"’'»]*(?=\s)|[\])”\"](?=\s+(?:In|On)\s)")
_SHORT_WORDS: Final = """
    vs v no nr vol vols st dr mr mrs ms prof jr sr ed eds pt ch fig pp p cf al dept ave mt ft inc ltd co corp
    etc approx ca trans rev ser suppl para resp incl esp univ bros assoc ph ed.d bd aufl hrsg éd coord dir sci
    int natl am eur ann biol psychol res med phys chem comput educ soc j proc adv stat nat hum behav acad lett
    rep environ ecol syst appl gen clin neurosci cogn exp dev pers neurol psychiatr
"""
_SHORT: Final = frozenset(_SHORT_WORDS.split())
_NEXT: Final = pattern(r"\s+[\[(“\"‘'«¿¡*]*([^\W_])")
_LOWER: Final = pattern(
    r"[a-z]{1,3}[A-Z]|(?:preprint|unpublished|npj|medRxiv|bioRxiv|arXiv)\b", 0
)  # "eLife", "bioRxiv"
_EDITION: Final = pattern(r"\d(?:st|nd|rd|th) ed\.\Z")
_LETTER: Final = pattern(r"\b(?!by\b)[a-z]+ [A-Z]\.\Z")  # "using R.", "vitamin D."
_INITIAL: Final = pattern(r"(?:^|[\s.\-(&])([^\W\d_a-z])\.\Z|(?:^|[\s(])(?:[^\W\d_]\.){2,}\Z")


def breaks(text: str, start: int, end: int) -> list[int]:
    """The offsets after which a new sentence begins, each at the sign's end, in [start, end)."""
    out: list[int] = []
    for found in _END.finditer(text, start, end):
        stop = found.end()
        if stop >= end or text[found.start()] == ".":
            if stop < end and not _ends(text, start, found.start(), stop):
                continue
        elif not _NEXT.match(text, stop):
            continue
        out.append(stop)
    return out


def _ends(text: str, start: int, at: int, stop: int) -> bool:
    """Say whether the stop at ``at`` ends a sentence: a capital, digit or sign follows, no abbreviation precedes."""
    following = _NEXT.match(text, stop)
    if following is None or (following[1].islower() and not _LOWER.match(text, following.start(1))):
        return False
    if stop > at + 1:
        return True
    before = text[max(start, at - 24) : at + 1]
    word = before.rsplit(None, 1)[-1].lower().lstrip("([“\"‘'").rstrip(".")
    if word in _SHORT:
        return bool(_EDITION.search(before))
    if word in "rcidsq" and _LETTER.search(before):
        return True
    return not _INITIAL.search(before)
