"""By what a manuscript's authors may be known: names in all their forms, addresses, identifiers, institutions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from galley.frontmatter import Author, FrontMatter

NAME, FAMILY, EMAIL, ORCID = "name", "name as it is cited", "e-mail address", "ORCID iD"
INSTITUTION, AWARD, DOI, PAGE, GIT = "institution", "award number", "DOI", "web page", "git identity"
LEAST = 3
"""Letters of the shortest family name that is looked for by itself."""
FEW = 4
"""Letters of the shortest name of an institution that is looked for."""


class Trace(NamedTuple):
    """Something an author may be known by: what it is, as it is written, whose it is."""

    kind: str
    text: str
    whose: str = ""

    def pattern(self) -> str:
        """A regular expression that finds it in a ``folded`` text, in words of its own."""
        words = r"[\s,.]+".join(re.escape(word) for word in re.split(r"[\s,.]+", folded(self.text)) if word)
        return rf"(?<!\w){words}(?!\w)"


def folded(text: str) -> str:
    """A text as it is compared: without accents, in small letters, any dash a hyphen, any blank a space."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return re.sub(r"\s+", " ", re.sub("[\u2010-\u2015\u2212]", "-", plain).replace("\u00ad", "")).casefold()


def traces(meta: FrontMatter, git: Iterable[str] = ()) -> tuple[Trace, ...]:
    """All by which the authors of a manuscript may be known; ``git`` are names and addresses of its repository."""
    found: list[Trace] = []
    for author in meta.authors:
        found += _of(author)
    for place in meta.affiliations:
        if len(place.name) >= FEW:
            found.append(Trace(INSTITUTION, place.name))
        if place.ror:
            found.append(Trace(INSTITUTION, re.sub(r"https?://", "", place.ror)))
    found += [Trace(AWARD, award) for funder in meta.funders for award in funder.awards if len(award) >= FEW]
    found += [Trace(DOI, meta.doi)] if meta.doi else []
    found += [Trace(GIT, one) for one in git if len(one) >= FEW]
    return tuple({(one.kind == FAMILY, folded(one.text)): one for one in reversed(found)}.values())[::-1]


def sure(found: Iterable[Trace]) -> tuple[Trace, ...]:
    """Those that give somebody away wherever they stand; a name as it is cited may belong to a citation."""
    return tuple(one for one in found if one.kind != FAMILY)


def _of(author: Author) -> Iterator[Trace]:
    given, family, whose = author.given.strip(), author.family.strip(), author.name
    names = [author.name, f"{given} {family}"]
    if given and family:
        parts = re.findall(r"[^\W\d_][\w’'-]*", given)
        initials = [part[0] for part in parts]
        names += [f"{parts[0]} {family}"] if parts else []
        names += [f"{' '.join(initials)} {family}", f"{family} {given}"]
        names += [f"{initials[0]} {family}"] if initials else []
        for listed in dict.fromkeys((" ".join(initials), initials[0] if initials else "")):
            if listed:
                yield Trace(FAMILY, f"{family} {listed}", whose)
    for name in dict.fromkeys(name.strip() for name in names):
        if " " in name:
            yield Trace(NAME, name, whose)
    alone = family or author.name.split()[-1]
    if len(alone) >= LEAST:
        yield Trace(FAMILY, alone, whose)
    if author.email:
        yield Trace(EMAIL, author.email, whose)
    if author.orcid and (digits := re.search(r"\d{4}-\d{4}-\d{4}-\d{3}[\dXx]", author.orcid)):
        yield Trace(ORCID, digits[0], whose)
    if author.url:
        yield Trace(PAGE, re.sub(r"^https?://(?:www\.)?|/$", "", author.url), whose)


def finder(traces: Iterable[Trace]) -> re.Pattern[str] | None:
    """One expression that finds any of some traces in a ``folded`` text, the longest first; None for none."""
    patterns = sorted({one.pattern() for one in traces if folded(one.text).strip(" ,.")}, key=len, reverse=True)
    return re.compile("|".join(patterns)) if patterns else None
