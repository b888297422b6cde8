"""Titles in the list stand in sentence case (APA 7 §6.17, 9.19), and all of a list in one manner."""

from __future__ import annotations

from collections.abc import Iterator

from galley.apa7.title import weight
from galley.checks.typed.entries import apa_list, called, sure, title
from galley.checks.typed.telling import at_field, folded, shortened, tell
from galley.patterns import pattern
from galley.report import WARNING, Diagnostic
from galley.typescript import Listed, Resolved

LEAST = 3
"""So many more words with a capital than without make a title one in title case."""
ENGLISH = pattern(
    r"\b(?:the|of|and|in|for|on|with|from|to|an?|by|at|as|or|is|are|will|can|how|what|why|when|do|does|not|any|all|its|their)\b",
    2,
)
FOREIGN = pattern(r"\b(?:der|die|das|und|des|les|la|el|los|las|een|het|och|il|della|per|para|dans|für|sur|del)\b", 2)
SOFTWARE = pattern(r"\A[\w.+-]{2,}:\s")
WORDS = pattern(r"[^\W\d_][^\W_]{3,}")
LOWERED = pattern(r"\b[a-z]{5,}\b")


def sentence_case(resolved: Resolved) -> Iterator[Diagnostic]:
    """C21 ``title-case``: a title in title case, where APA's list has sentence case."""
    if not apa_list(resolved):
        return
    whole = sum(1 for one in resolved.listed if sure(one))
    rows = [one for one in resolved.listed if sure(one) and titled(title(one))]
    found = [("case", _told(resolved, one)) for one in rows]
    for finding in folded(found, chances=whole):
        many = f"{len(rows)} of {whole} titles stand in title case"
        yield finding._replace(evidence=f"{many}; {finding.evidence}".strip("; ")) if len(rows) > 1 else finding


def titled(text: str) -> bool:
    """Whether a title stands in title case: English, and its longer words nearly all with a capital."""
    if not ENGLISH.search(text) or FOREIGN.search(text) or text.isupper():
        return False
    bare = SOFTWARE.sub("", text)
    longer = WORDS.findall(bare)
    balance, lowered = weight(((bare, 0),)), len(LOWERED.findall(bare))
    if balance >= LEAST and len(longer) >= LEAST:
        return lowered * 4 <= len(longer)
    return balance == LEAST - 1 and len(longer) > LEAST and all(word[0].isupper() for word in longer)


def _told(resolved: Resolved, listed: Listed) -> Diagnostic:
    shown = shortened(title(listed), 70)
    message = f"the title of {called(listed)} stands in title case: '{shown}'"
    hint = "write a capital only for its first word, a subtitle's, and for proper nouns (APA 7 §6.17)"
    query = f"May we set the title “{shown}” in sentence case? Which of its words are proper nouns?"
    return tell(WARNING, "title-case", at_field(resolved, listed, "title"), message, hint, query)
