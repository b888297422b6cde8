"""Citations and list answer each other: what is cited is listed, what is listed is cited, names and years agree."""

from __future__ import annotations

from collections.abc import Iterator

from galley.checks.typed.entries import apa_list, called, lead, plain, undated, year
from galley.checks.typed.telling import Cited, at_entry, at_work, cited, shortened, tell
from galley.report import ERROR, WARNING, Diagnostic
from galley.typescript import Resolved


def missing(resolved: Resolved) -> Iterator[Diagnostic]:
    """C01 ``unresolved-citation``: a work is cited that the reference list does not hold."""
    if resolved.typescript.keyed:
        return  # a typed citation in a keyed manuscript has a check of its own
    for one in cited(resolved):
        if one.link.kind != "missing" or one.work.personal or _unread(resolved, one):
            continue
        name = f"number {one.work.number}" if one.work.number else f"'{one.words}'"
        message = f"{name} is cited, and nothing in the reference list answers to it"
        near = [called(resolved.listed[at]) for at in one.link.others[:3]]
        evidence = one.link.evidence or (f"nearest in the list: {'; '.join(near)}" if near else "")
        hint = f"is {' or '.join(near)} meant?" if near else "add the work to the list, or take the citation out"
        asked = f"You cite “{one.words}”, but the reference list has no such work. "
        asked += f"Do you mean {' or '.join(near)}?" if near else "Could you send us the reference?"
        yield tell(ERROR, "unresolved-citation", at_work(resolved, one), message, hint, asked, evidence)


def _unread(resolved: Resolved, one: Cited) -> bool:
    """Whether an entry begins with the name whose year cannot be read: told there, not at the citation."""
    if not one.work.names or not apa_list(resolved):
        return False
    name = plain(one.work.names[0])
    return any(plain(listed.text[:80]).startswith(name) and undated(listed) for listed in resolved.listed)


def uncited(resolved: Resolved) -> Iterator[Diagnostic]:
    """C02 ``uncited-entry``: an entry of the reference list that nothing in the text cites."""
    if resolved.typescript.keyed or not resolved.citations:
        return
    doubtful = {at for link in resolved.links for at in (link.listed, *_meant(resolved, link.others, link.kind))}
    for at in resolved.uncited:
        if at in doubtful:
            continue
        listed = resolved.listed[at]
        message = f"the text never cites {called(listed)}"
        hint = "cite it, or take it out of the list (APA 7 §8.4)"
        query = f"The reference list has “{shortened(listed.text, 90)}”, but we find no citation of it. "
        query += "Where is it to be cited, or may it be left out?"
        yield tell(WARNING, "uncited-entry", at_entry(resolved, listed), message, hint, query)


def _meant(resolved: Resolved, others: tuple[int, ...], kind: str) -> tuple[int, ...]:
    """Entries a faulty citation might mean: said there, they are not said again here."""
    return others if kind == "ambiguous" else ()


def spelling(resolved: Resolved) -> Iterator[Diagnostic]:
    """C03 ``author-spelling``: an author's name is spelt one way in the text and another in the list."""
    how = {"name": "differs in its letters", "accent": "differs in its accents", "split": "differs in its spaces"}
    for one in _typed(resolved):
        if one.link.kind not in how or one.listed is None:
            continue
        typed, given = _differing(one)
        message = f"'{typed}' in the text is '{given}' in the list; the name {how[one.link.kind]}"
        query = f"You cite “{one.words}”, but the list has “{given}”. Which spelling is right?"
        severity = ERROR if one.link.kind == "name" else WARNING
        hint = "spell the name in both places as its bearer does"
        yield tell(severity, "author-spelling", at_work(resolved, one), message, hint, query, one.link.evidence)


def _differing(one: Cited) -> tuple[str, str]:
    """The first name that is not the same in text and list."""
    listed = one.listed
    assert listed is not None  # noqa: S101 - the caller has looked
    names = [person.family for person in lead(listed)]
    for typed, given in zip(one.work.names, names, strict=False):
        if typed != given:
            return typed, given
    return " ".join(one.work.names), names[0] if names else shortened(listed.text, 40)


def years(resolved: Resolved) -> Iterator[Diagnostic]:
    """C04 ``year-differs``: text and list give different years for what must be one work."""
    for one in _typed(resolved):
        if one.link.kind != "year" or one.listed is None or (apa_list(resolved) and undated(one.listed)):
            continue  # an entry without its year is told as that
        given = f"{year(one.listed)}{one.listed.parsed.letter}"
        message = f"'{one.words}' gives the year {one.work.year or 'none'}, the list {given}"
        others = [called(resolved.listed[at]) for at in one.link.others if at != one.link.listed][:3]
        evidence = one.link.evidence or (f"also in the list: {'; '.join(others)}" if others else "")
        query = f"You cite “{one.words}”, but the list has {called(one.listed)}. Which year is right?"
        place = at_work(resolved, one)
        yield tell(ERROR, "year-differs", place, message, "give the same year in both places", query, evidence)


def authors(resolved: Resolved) -> Iterator[Diagnostic]:
    """C05 ``authors-differ``: the citation names an author too many or too few, or in another order."""
    for one in _typed(resolved):
        if one.link.kind not in ("coauthor", "order") or one.listed is None:
            continue
        given = called(one.listed)
        what = "names its authors in another order than" if one.link.kind == "order" else "names other authors than"
        message = f"'{one.words}' {what} the list, which has {given}"
        query = f"You cite “{one.words}”, but the list has {given}. Which is right?"
        hint = "name the authors as the list does (APA 7 §8.17)"
        yield tell(ERROR, "authors-differ", at_work(resolved, one), message, hint, query, one.link.evidence)


def _typed(resolved: Resolved) -> Iterator[Cited]:
    """The citations that are to be compared with a list: those of a typed manuscript."""
    return iter(()) if resolved.typescript.keyed else cited(resolved)


def typed(resolved: Resolved) -> Iterator[Diagnostic]:
    """C32 ``typed-citation``: a citation typed by hand in a manuscript that cites by keys."""
    if not resolved.typescript.keyed:
        return
    for one in cited(resolved):
        if one.work.personal:
            continue
        if one.listed is not None:
            key = one.listed.key
            bare = one.citation.narrative or len(one.citation.works) > 1
            form = f"@{key}" if bare else f"[@{key}]"
            hint = f"write {form}"
        elif one.link.kind == "missing" and resolved.style == "author-date":
            hint = "give the work an entry in the bibliography, and cite its key"
        else:
            continue
        message = f"'{one.words}' is typed; it is neither checked against the bibliography nor linked"
        query = f"“{one.words}” is typed by hand. Which entry of the bibliography is meant?"
        yield tell(WARNING, "typed-citation", at_work(resolved, one), message, hint, query)
