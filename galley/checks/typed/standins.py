"""What stands for an author in a citation: a title (APA 7 §8.14), a group's abbreviation (APA 7 §8.21)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from galley.apa7.title import headline
from galley.checks.typed.entries import called, lead, plain, title, undated
from galley.checks.typed.forms import judged
from galley.checks.typed.telling import Cited, at_work, cited, shortened, tell
from galley.patterns import pattern
from galley.report import WARNING, Diagnostic
from galley.typescript import Resolved

QUOTED = frozenset({"article", "incollection", "inbook", "inproceedings", "inreference", "review"})
"""Types whose titles stand in quotation marks in the text; all others are italic."""
ENDS = pattern(r"[:?!.;,—–-]")
_SMALL = "a an and as at by for from in of on or the to with"
SMALL = frozenset(_SMALL.split())


def titles(resolved: Resolved) -> Iterator[Diagnostic]:
    """C13 ``title-citation``: a title in the author's place is not marked as one, or is cut in mid-phrase."""
    if not judged(resolved):
        return
    for one in cited(resolved):
        if one.listed is None or one.link.kind in ("missing", "ambiguous") or lead(one.listed) or not one.work.names:
            continue
        if undated(one.listed):
            continue  # what leads it cannot be told
        whole = title(one.listed) or one.listed.text
        typed = one.work.names[0]
        if not plain(whole).startswith(plain(typed)[:12]) or plain(typed) == "":
            continue
        faults = [*_unmarked(one), *_cut(typed, whole)]
        if not faults:
            continue
        right = _right(one, whole)
        message = f"'{one.words}' cites a work by its title, and the title {' and '.join(faults)}"
        hint = f"write {right} (APA 7 §8.14)"
        query = f"“{one.words}” stands for “{shortened(whole, 90)}”. May we set it as {right}?"
        yield tell(WARNING, "title-citation", at_work(resolved, one), message, hint, query, one.link.evidence)


def _unmarked(one: Cited) -> list[str]:
    """A title without its marks, or with those of the other kind where the kind of the work is sure."""
    listed = one.listed
    quoted = listed is not None and listed.parsed.type in QUOTED
    if not one.work.marked:
        return [f"is not {'in quotation marks' if quoted else 'in italics'}"]
    firm = listed is not None and listed.parsed.sure >= 0.9 and listed.parsed.type in (*QUOTED, "book", "report")
    if firm and (one.work.marked == "quoted") != quoted:
        return [f"is {one.work.marked}, where APA has it {'in quotation marks' if quoted else 'in italics'}"]
    return []


def _cut(typed: str, whole: str) -> list[str]:
    """A title that ends where the phrase goes on."""
    rest = _rest(typed, whole)
    if not rest or ENDS.match(rest) or ENDS.search(typed[-1:]):
        return []
    words = typed.split()
    following = rest.split()
    capital = bool(following) and following[0][:1].isupper()
    cut = words[-1].lower() in SMALL or following[0].lower() in ("and", "&") or (capital and len(words) > 3)
    return ["is cut in mid-phrase"] if cut else []


def _rest(typed: str, whole: str) -> str:
    """What of a title is left after the words typed, as far as they are its beginning."""
    wanted = plain(typed)
    seen = ""
    for at, sign in enumerate(whole):
        if len(seen) >= len(wanted):
            return whole[at:].strip(" \"'“”‘’")
        seen += plain(sign)
    return ""


def _right(one: Cited, whole: str) -> str:
    """How the citation is to be written: the first words of the title that make a phrase, in title case."""
    main = re.split(r"(?<=\w)[:?!.](?=\s)", whole)[0].split()
    if len(main) > 5:
        ends = [at for at, word in enumerate(main) if word.lower() in SMALL and at > 1]
        main = main[: min([*ends, 5])]
    short = "".join(text for text, _ in headline(((" ".join(main), 0),))).strip(' ,"“”')
    quoted = one.listed is not None and one.listed.parsed.type in QUOTED
    return f"“{short},” {one.work.year} (in quotation marks)" if quoted else f"{short}, {one.work.year} (in italics)"


def groups(resolved: Resolved) -> Iterator[Diagnostic]:
    """C14 ``undefined-group``: a group is cited by an abbreviation that no earlier place explains."""
    if not judged(resolved):
        return
    given: set[str] = set()
    told: set[str] = set()
    for one in sorted(cited(resolved), key=lambda one: (one.paragraph.number, one.citation.start)):
        if one.work.short:
            given.add(plain(one.work.short))
        if one.link.kind != "short" or one.listed is None or not one.work.names:
            continue
        short = one.work.names[0]
        if plain(short) in given | told or _explained(resolved, short, one):
            continue
        told.add(plain(short))
        whole = lead(one.listed)[0].family if lead(one.listed) else called(one.listed)
        message = f"'{one.words}' cites {whole} by its abbreviation, which nothing before explains"
        hint = f"write it in full the first time: {whole} [{short}] (APA 7 §8.21)"
        query = f"Does “{short}” in “{one.words}” stand for {whole}? May we write it in full at its first place?"
        yield tell(WARNING, "undefined-group", at_work(resolved, one), message, hint, query, one.link.evidence)


def _explained(resolved: Resolved, short: str, one: Cited) -> bool:
    """Whether the text before a citation brings the abbreviation in brackets."""
    mark = re.compile(rf"[(\[]\s*{re.escape(short)}\s*[)\],;]")
    for paragraph in resolved.typescript.paragraphs:
        if paragraph is one.paragraph:
            return mark.search(paragraph.text, 0, one.citation.start) is not None
        if paragraph.kind != "reference" and mark.search(paragraph.text):
            return True
    return False
