"""Statements agree with the byline: one author is "the author", several are "the authors" (C30)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from galley.checks.typed.prose import prose
from galley.checks.typed.telling import tell
from galley.patterns import pattern
from galley.report import WARNING, Diagnostic
from galley.typescript import Resolved

DOING = (
    r"(?:declares?|discloses?|reports?\s(?:no|that\s(?:there|they|he|she)|receiving)|states?\s(?:no|that\s(?:there|they))"
    r"|(?:has|have)\s(?:no\s(?:conflict|competing|financial|relevant|known|potential|interest)|declared|nothing|not\sreceived|received\s(?:no|funding|support))"
    r"|confirms?\s(?:that|no)|thanks?\b|acknowledges?\b|(?:is|are)\s(?:grateful|indebted|thankful|employed|solely\sresponsible)"
    r"|wish(?:es)?\sto\s(?:thank|acknowledge|express)|would\slike\sto\s(?:thank|acknowledge|express)|received\s(?:no|funding|financial|support)"
    r"|certif(?:y|ies)\b|contributed\b|consents?\sto|agrees?\sto\sbe)"
)
MANY = pattern(rf"\b(?:the|all|both|these|each\sof\sthe)\s(?:co-?)?authors\s{DOING}", re.IGNORECASE)
ONE = pattern(rf"\bthe\s(?:sole\s)?author\s{DOING}", re.IGNORECASE)
PARTED = pattern(r"\s*(?:;|,\s*(?:and|&)\s|,|\s(?:and|&|und|et|y)\s|\n|·|•|\t)\s*")
DEGREE = pattern(
    r"(?:Ph\.?\s?D|M\.?D|M\.?Sc|B\.?Sc|B\.?A|M\.?A|MBA|Dr|Prof|Jr|Sr|II|III|RN|MPH|Psy\.?D|Ed\.?D|LL\.?M)\.?\Z",
    re.IGNORECASE,
)
NAME = pattern(r"[^\W\d_][\w.’'-]*(?:\s+[^\W\d_][\w.’'-]*){1,5}\Z")


def number(resolved: Resolved) -> Iterator[Diagnostic]:
    """C30 ``statement-byline``: a statement speaks of authors where there is one, or of one where there are several."""
    count = byline(resolved)
    if not count:
        return
    shape = MANY if count == 1 else ONE
    for said in prose(resolved, frozenset({"body", "note", "abstract", "cell", "list"})):
        for found in shape.finditer(said.text):
            words = " ".join(found.group().split())
            names = "one author" if count == 1 else f"{count} authors"
            message = f"'{words}' stands in a paper of {names}"
            hint = "write 'The author'" if count == 1 else "write 'The authors', or name the one who is meant"
            query = f"The paper has {names}, but it says “{words}”. May we change it?"
            place = resolved.typescript.span(said.paragraph, *found.span())
            yield tell(WARNING, "statement-byline", place, message, hint, query)


def byline(resolved: Resolved) -> int:
    """How many authors the title page names; 0 where that is not sure."""
    rows = [paragraph for paragraph in resolved.typescript.paragraphs if paragraph.kind == "author"]
    count = 0
    for paragraph in rows:
        text = "".join(run.text if not run.raised else "," if run.text.strip() else "" for run in paragraph.runs)
        for part in PARTED.split(text):
            bare = re.sub(r"[\d*†‡§¶#^]+", "", part).strip(" .,")
            if not bare or len(bare) == 1 or DEGREE.match(bare) or "@" in bare:
                continue
            if not NAME.match(bare):
                return 0
            count += 1
    return count
