"""Typed legal references: cases, statutes, regulations, constitutions, as far as The Bluebook's form goes."""

from __future__ import annotations

from typing import Final

from ..patterns import pattern
from .addresses import addresses
from .draft import Draft
from .titles import runs

_REPORTER: Final = (
    r"\b\d+\s+(?:U\. ?S\.|S\. ?Ct\.|L\. ?Ed\.|F\. ?(?:\d[a-z]{1,2}|Supp|App|R\. ?D)|Cal\.|N\.[YEW]\."
    r"|[A-Z][\w.]{0,8}\s?(?:\d[a-z]{1,2})?)\s"
)
_CASE: Final = pattern(
    rf"(?P<name>[^\d()]{{3,160}}?\s(?:v\.|vs\."
    rf"|v)\s[^()]{{2,160}}?),\s+(?P<cited>(?={_REPORTER}).{{5,300}}?)\s*\((?P<court>[^()]*?)\s*"
    rf"(?P<year>\d{{4}})\)\.?(?=\s|\Z)"
)
_CODES: Final = (
    r"U\.\s?S\.\s?C\b|Pub\.\s?L\.|\bStat\.\s|\bStat\.|C\.\s?F\.\s?R\.|Fed\.\s?Reg\.|\d(?:st|nd|rd"
    r"|th) Cong\b|Cong\. Rec\.|§|Exec\. Order"
)
_STATUTE: Final = pattern(
    rf"(?P<name>[^()]{{3,260}}?),\s+(?P<where>(?=[^()]*(?:{_CODES}))[^()]{{2,160}}?(?:\([^("
    rf")]{{1,30}}\)[^()]{{0,60}}?)?)\s*"
    r"\((?:(?P<first>\d{4}) & rev\. )?(?P<year>\d{4})\)\.?(?:\s*\((?P<note>[^()]{3,80})\)\.?)?(?=\s|\Z)"
)
_CONSTITUTION: Final = pattern(
    r"(?P<whole>[A-Z][\w. ]{0,30}?\s(?:Const\.?|Charter),?\s+(?:art|amend|pmbl"
    r"|§)\b[^()]{1,60}?(?:\([^()]{3,40}\))?)\.?\s*(?=https?:|\Z)"
)
_IN_FORM: Final = pattern(r"\.\s*\(\d{4}\)\.\s+[A-Z]")
_REGULATION: Final = pattern(r"C\.\s?F\.\s?R|Fed\.\s?Reg|Exec\. Order")


def legal(draft: Draft, start: int) -> bool:
    """Read a legal reference (APA 7 chapter 11), and say whether it was one."""
    text = draft.text
    if found := _CASE.match(text, start):
        draft.type = "jurisdiction"
        draft.put("title", *found.span("name"))
        draft.put("citation", *found.span("cited"))
        draft.put("organization", *found.span("court"))
    elif found := _CONSTITUTION.match(text, start):
        draft.type = "constitution"
        draft.put("title", *found.span("whole"))
    elif (found := _STATUTE.match(text, start)) and not _IN_FORM.search(text, start):
        where = found["where"]
        regulation = _REGULATION.search(where) or found["name"].startswith("Exec.")
        hearing = draft.slanted(*found.span("name"))
        draft.type = "legadminmaterial" if regulation else "legmaterial" if hearing else "legislation"
        name, where_at = found.span("name"), found.span("where")
        if hearing:  # its name may have commas: it ends where the italics end
            stop = runs(draft, *found.span())[0].end
            name, where_at = (name[0], stop), draft.trim(stop, where_at[1], " ,")
        draft.put("title", *name)
        draft.put("citation" if regulation else "location", *where_at)
        if found["first"]:
            draft.put("origdate", *found.span("first"))
        if found["note"]:
            draft.put("note", *found.span("note"))
    else:
        return False
    if "year" in found.groupdict():
        draft.put("date", *found.span("year"))
        draft.hold(found.start("first") if found.groupdict().get("first") else found.start("year"), found.end("year"))
    addresses(draft, found.end())
    return True
