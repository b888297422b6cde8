"""The form of a citation in the text: et al., the ampersand, comma and initials (APA 7 §8.11, 8.17, 8.20)."""

from __future__ import annotations

from collections.abc import Iterator

from galley.checks.typed.entries import called, initials, lead, plain, year
from galley.checks.typed.telling import Cited, at_work, cited, folded, tell
from galley.report import WARNING, Diagnostic
from galley.typescript import Listed, Resolved

Found = Iterator[tuple[str, Diagnostic]]
DIFFERENT = frozenset({"coauthor", "order", "name", "year", "missing", "ambiguous"})
"""Links that say already what is wrong with the names."""

SLIPS = {
    "no-comma": ("no comma stands before the year", "put a comma between name and year"),
    "no-space": ("no space stands after a comma or stop", "put the space in"),
    "comma-before-bracket": ("a comma stands before the bracket", "take the comma out"),
}
ET_AL = {
    "etal-stop": ("'et al.' lacks its stop", "write 'et al.': al. is short for alii"),
    "etal-comma": ("a comma stands before 'et al.'", "take the comma out (APA 7 §8.17)"),
    "etal-italic": ("'et al.' is italic", "set it upright"),
}
AND = {"and-inside", "ampersand-outside"}


def judged(resolved: Resolved) -> bool:
    """Whether forms are to be judged: of author-date citations typed by hand."""
    return not resolved.typescript.keyed and resolved.style == "author-date"


def et_al(resolved: Resolved) -> Iterator[Diagnostic]:
    """C06 ``et-al``: et al. for one or two authors, three or more written out, a stop missing or a comma too many."""
    if judged(resolved):
        works = [one for one in cited(resolved) if one.listed is not None and len(lead(one.listed)) > 2]
        yield from folded(_et_al(resolved), chances=len(works))


def _et_al(resolved: Resolved) -> Found:
    twins = _twins(resolved)
    for one in cited(resolved):
        work, place = one.work, at_work(resolved, one)
        for slip in work.slips:
            if slip in ET_AL:
                said, hint = ET_AL[slip]
                yield slip, tell(WARNING, "et-al", place, f"{said} in '{one.words}'", hint, _form_query(one, said))
        if one.listed is None or one.link.kind in DIFFERENT:
            continue
        count = len(lead(one.listed))
        given = called(one.listed)
        if work.etal and count in (1, 2) and "others" not in one.listed.parsed.fields.get("author", ""):
            message = f"'{one.words}' has et al., but the list names {_count(count)}: {given}"
            query = f"You cite “{one.words}”, but the list names {_count(count)}, {given}. Which is right?"
            hint = "write both names; et al. stands for two or more authors after the first (APA 7 §8.17)"
            yield "two", tell(WARNING, "et-al", place, message, hint, query)
        elif count >= 3 and not work.etal and len(work.names) >= 3 and one.link.listed not in twins:
            message = f"'{one.words}' writes out {len(work.names)} authors; from three on it is {given}"
            hint = f"write '{lead(one.listed)[0].family} et al.' (APA 7 §8.17)"
            query = f"APA shortens works of three or more authors. May we set “{one.words}” as {given}?"
            yield "full", tell(WARNING, "et-al", place, message, hint, query)
        elif count >= 3 and work.etal and len(work.names) >= 2 and one.link.listed not in twins:
            message = f"'{one.words}' names more authors before et al. than are needed to tell it from others"
            query = f"May we set “{one.words}” as {given}?"
            yield "long", tell(WARNING, "et-al", place, message, f"write {given}", query)


def _count(count: int) -> str:
    return "one author only" if count == 1 else "two authors"


def _twins(resolved: Resolved) -> set[int]:
    """Positions of entries that share first author and year with another: they may need more names (APA 7 §8.18)."""
    rows: dict[tuple[str, str], list[int]] = {}
    for at, listed in enumerate(resolved.listed):
        names = lead(listed)
        if names:
            rows.setdefault((plain(names[0].family), year(listed)), []).append(at)
    return {at for row in rows.values() if len(row) > 1 for at in row}


def ampersand(resolved: Resolved) -> Iterator[Diagnostic]:
    """C07 ``ampersand``: "&" between names in the sentence, or "and" between them in brackets."""
    if judged(resolved):
        pairs = [one.citation.narrative for one in cited(resolved) if len(one.work.names) > 1]
        chances = {"and-inside": pairs.count(False), "ampersand-outside": pairs.count(True)}
        yield from folded(_ampersand(resolved), chances=chances)


def _ampersand(resolved: Resolved) -> Found:
    for one in cited(resolved):
        slip = next((slip for slip in one.work.slips if slip in AND), "")
        if not slip or (one.listed is not None and _one_group(one.listed)) or _nested(one):
            continue
        if slip == "and-inside":
            message, right = f"'and' joins the names in brackets, in '{one.words}'", one.words.replace(" and ", " & ")
            hint = "write & in brackets, and in the sentence (APA 7 §8.17)"
        else:
            message, right = f"'&' joins the names in the sentence, in '{one.words}'", one.words.replace("&", "and")
            hint = "write and in the sentence, & in brackets (APA 7 §8.17)"
        query = f"May we set “{one.words}” as “{right}”?"
        yield slip, tell(WARNING, "ampersand", at_work(resolved, one), message, hint, query)


def _one_group(listed: Listed) -> bool:
    names = lead(listed)
    return len(names) == 1 and names[0].group


def _nested(one: Cited) -> bool:
    """Whether a citation of the sentence stands in brackets, where either sign is found."""
    before = one.paragraph.text[: one.citation.start]
    return one.citation.narrative and any(before.rfind(sign) > before.rfind(end) for sign, end in ("()", "[]"))


def comma(resolved: Resolved) -> Iterator[Diagnostic]:
    """C08 ``citation-form``: the comma before the year or a space is missing, or initials stand that nobody needs."""
    if judged(resolved):
        yield from folded(_comma(resolved), chances=len(resolved.links))


def _comma(resolved: Resolved) -> Found:
    shared = _shared(resolved)
    for one in cited(resolved):
        place = at_work(resolved, one)
        known = {*ET_AL, *AND}
        for slip in one.work.slips:
            if slip not in known:
                said, hint = SLIPS.get(slip, (f"the form is not APA's ({slip.replace('-', ' ')})", "see APA 7 §8.11"))
                message = f"{said} in '{one.words}'"
                yield slip, tell(WARNING, "citation-form", place, message, hint, _form_query(one, said))
        if one.listed is not None and any(one.work.initials) and one.link.kind not in DIFFERENT:
            names = lead(one.listed)
            if names and plain(names[0].family) not in shared and not names[0].group:
                said = "initials stand before a name that no other first author bears"
                hint = f"write {called(one.listed)} without initials (APA 7 §8.20)"
                message = f"{said}, in '{one.words}'"
                yield "initials", tell(WARNING, "citation-form", place, message, hint, _form_query(one, said))


def _form_query(one: Cited, said: str) -> str:
    return f"In “{one.words}” {said}. May we put it right?"


def _shared(resolved: Resolved) -> set[str]:
    """Surnames that first authors of more than one kind of initials bear."""
    rows: dict[str, set[str]] = {}
    for listed in resolved.listed:
        for person in lead(listed)[:1]:
            rows.setdefault(plain(person.family), set()).add(initials(person.given))
    return {name for name, row in rows.items() if len(row) > 1}
