"""The lines under a title -> front matter: authors with their affiliations, e-mail addresses and ORCIDs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from galley.typescript import Paragraph, Run

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
ORCID = re.compile(r"(?:https?://)?(?:orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])")
MARK = re.compile(r"[\d*†‡§¶#,]+|[a-z](?=[,\s]|$)")
SIGNS = "*†‡§¶#"
PARTED = re.compile(r"\s*(?:;|,\s*(?:and|&)\s|,|\s(?:and|&)\s|\n|·|•)\s*")
RAISED = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+(?:\s*[,;]\s*[⁰¹²³⁴⁵⁶⁷⁸⁹]+)*")
HIDDEN = {ord(","): 0xE012, ord(";"): 0xE012}
DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
DEGREES = re.compile(r"^(?:Ph\.?\s?D|M\.?D|M\.?Sc|B\.?A|M\.?A|Dr|Prof|Jr|Sr|II|III|RN|MPH|Psy\.?D)\.?$", re.IGNORECASE)
LABEL = re.compile(r"^\s*(?:\(?(\d{1,2}|[a-z])\)?[.:)]?\s*(?=[A-Z])|([*†‡§¶#]+)\s*)")


def people(paragraphs: Iterable[Paragraph]) -> dict[str, Any]:
    """The front matter's ``author`` and ``affiliations`` as plain values, from paragraphs of these kinds.

    A raised number or letter after a name stands for the affiliation that begins with it; an asterisk marks the
    corresponding author. What cannot be told apart stays in the name, so no word is lost.
    """
    rows = list(paragraphs)
    places: list[tuple[str, str]] = []
    for row in rows:
        if row.kind == "affiliation":
            places.extend(_places(row))
    authors = [author for row in rows if row.kind == "author" for author in _authors(row)]
    emails = [mail for row in rows for mail in EMAIL.findall(row.text)]
    orcids = [one for row in rows for one in ORCID.findall(row.text)]
    labelled = {label: name for label, name in places if label}
    loose = [name for label, name in places if not label] if labelled else []
    done: list[dict[str, Any]] = []
    for name, marks in authors:
        own = [*(labelled[mark] for mark in marks if mark in labelled), *loose]
        author: dict[str, Any] = {"name": name}
        if own or (places and not labelled):
            author["affiliation"] = own or [place for _, place in places]
        if any(mark in SIGNS for mark in marks):
            author["corresponding"] = True
        done.append(author)
    _shared(done, "email", emails)
    _shared(done, "orcid", orcids)
    return {"author": done} if done else {}


def _shared(authors: Sequence[dict[str, Any]], field: str, values: Sequence[str]) -> None:
    """Give each value to its author: as many values as authors in order, one to him who is marked, or by the name."""
    if values and len(values) == len(authors):
        for author, value in zip(authors, values, strict=True):
            author[field] = value
        return
    for value in values:
        marked = [author for author in authors if author.get("corresponding")]
        named = [a for a in authors if field == "email" and a["name"].split()[-1].casefold() in value.casefold()]
        for author in (named or marked or authors)[:1]:
            author.setdefault(field, value)


def _authors(row: Paragraph) -> Iterable[tuple[str, tuple[str, ...]]]:
    """The names of a line, each with its marks."""
    text = ORCID.sub(" ", EMAIL.sub(" ", "".join(_marked(run) for run in row.runs)))
    for part in PARTED.split(text):
        marks = tuple(mark for found in re.findall(r"\ue010([^\ue010\ue011]*)\ue011", part) for mark in _each(found))
        name = re.sub(r"\ue010[^\ue010\ue011]*\ue011", "", part)
        head = re.match(rf"\s*([{re.escape(SIGNS)}]+)", name)
        if head:  # some journals put the mark of the corresponding author before the name
            marks, name = (*marks, *_each(head[1])), name[head.end() :]
        tail = re.search(rf"[\d{re.escape(SIGNS)}]+$", name.strip())
        if tail:
            marks, name = (*marks, *_each(tail[0])), name.strip()[: tail.start()]
        name = " ".join(name.split()).strip(" ,()")
        if name and not DEGREES.match(name):
            yield name, marks


def _marked(run: Run) -> str:
    """A raised run between private signs, its commas hidden, so that they part no names."""
    if run.raised == "sup":
        return f"\ue010{run.text.translate(HIDDEN)}\ue011"
    return RAISED.sub(lambda found: f"\ue010{found[0].translate(DIGITS).translate(HIDDEN)}\ue011", run.text)


def _each(marks: str) -> tuple[str, ...]:
    return tuple(re.findall(rf"\d+|[a-z]|[{re.escape(SIGNS)}]", marks))


def _places(row: Paragraph) -> Iterable[tuple[str, str]]:
    """The affiliations of a paragraph, each with the mark it begins with or ""."""
    text = "".join(_marked(run) for run in row.runs)
    if "\ue010" in text:
        for found in re.finditer(r"\ue010([^\ue011]*)\ue011([^\ue010]*)", text):
            yield found[1].strip(" ,"), _place(found[2])
        return
    for line in re.split(r"\n|;\s+(?=\d)", text):
        label = LABEL.match(line)
        name = _place(line[label.end() :] if label else line)
        if name:
            yield (label[1] or label[2] or "") if label else "", name


def _place(text: str) -> str:
    return " ".join(ORCID.sub("", EMAIL.sub("", text)).split()).strip(" ,;")
