"""From the front matter as written to its settled form: authors with their affiliations, names in parts, lists."""

from __future__ import annotations

import re
from dataclasses import replace

from galley.frontmatter import Affiliation, Author, FrontMatter, Funder, Journal
from galley.reading.fields import AffiliationIn, AuthorIn, FrontMatterIn, FunderIn, JournalIn

PLAIN_FIELDS = (
    *("title", "subtitle", "short_title", "volume", "issue", "article_number", "doi", "date", "received"),
    *("revised", "accepted", "license", "copyright", "abstract", "lang", "type", "theme", "csl"),
    *("version", "course", "instructor", "due_date", "author_note", "floats", "url", "pdf_url"),
)

REMARK = re.compile(
    r"\s*\^\[([^\]]*)\]|\s*[\[(]((?:corresponding|equal|co-?first)\b[^\])]*)[\])](?=\s*$)", re.IGNORECASE
)
"""What some journals' authors write behind a name in place of the fields for it: a note, or a mark in brackets."""
SWITCH = re.compile(
    r"\\(?:tiny|scriptsize|footnotesize|small|normalsize|large|raggedright|centering|itshape|bfseries|normalfont"
    r"|noindent|newline|linebreak|par|\\)(?![A-Za-z])\s*"
)
WRAPPED = re.compile(r"\\(?:mbox|text[a-z]{2}|emph)\{([^{}]*)\}")
"""What authors of R Markdown put into the names of institutions to make LaTeX's title page fit."""
EMAIL = re.compile(r"[^\s@:;,<>()]+@[^\s@:;,<>()]+\.\w+")


def settle(written: FrontMatterIn) -> FrontMatter:
    """The one form of what was written: authors with their affiliations resolved, keys as lists."""
    listed = [_affiliation(item) for item in written.affiliations]
    marks = {mark: place for place, (mark, _) in enumerate(listed) if mark}
    institutions = [institution for _, institution in listed]
    authors = tuple(_author(item, marks, institutions) for item in written.author)
    if len(authors) == 1 and institutions and not authors[0].affiliations:
        authors = (replace(authors[0], affiliations=tuple(range(len(institutions)))),)
    journal = written.journal
    return FrontMatter(
        authors=authors,
        affiliations=tuple(institutions),
        journal=Journal(**journal.model_dump()) if isinstance(journal, JournalIn) else Journal(journal or ""),
        first_page=written.pages.first if written.pages else None,
        last_page=written.pages.last if written.pages else None,
        nocite=tuple(re.findall(r"@\{?([^\s,;{}]+)", written.nocite)),
        uncited=tuple(key.lstrip("@") for key in written.uncited),
        keywords=tuple(_split(written.keywords)),
        student=written.student,
        number_sections=written.number_sections,
        endnotes=written.endnotes,
        bibliography=tuple(written.bibliography),
        funders=tuple(_funder(item) for item in written.funders),
        **{name: getattr(written, name) or "" for name in PLAIN_FIELDS},
    )


def _split(keywords: list[str]) -> list[str]:
    """Keywords typed in one line are parted at semicolons, else at commas."""
    if len(keywords) != 1:
        return keywords
    mark = ";" if ";" in keywords[0] else ","
    return [word.strip() for word in keywords[0].split(mark) if word.strip()]


def _funder(item: FunderIn | str) -> Funder:
    return Funder(item) if isinstance(item, str) else Funder(item.name, item.id, tuple(item.awards))


def _affiliation(item: AffiliationIn | str) -> tuple[str, Affiliation]:
    if isinstance(item, str):
        return "", Affiliation(_bare(item))
    name, department, city, country = map(_bare, (item.name, item.department, item.city, item.country))
    return item.id, Affiliation(name, department, city, country, item.ror)


def _bare(words: str) -> str:
    """Words without LaTeX's switches of type and without the commands round them: ``\\footnotesize \\mbox{Town}``."""
    if "\\" not in words:
        return words
    words = SWITCH.sub("", WRAPPED.sub(r"\1", words))
    return re.sub(r"\\([&%_#$])", r"\1", words).strip()


def _author(item: AuthorIn | str, marks: dict[str, int], institutions: list[Affiliation]) -> Author:
    if isinstance(item, str):
        item = AuthorIn(name=item)
    name, remarks = item.name, list[str]()
    if isinstance(name, str):
        name, remarks = _remarks(name)
        given, family = (item.given, item.family) if item.family else _parts(name) if name else ("", "")
        whole = name or " ".join(filter(None, (item.given, item.family)))
    else:
        given, family = name.given, " ".join(filter(None, (name.particle, name.family)))
        whole = name.literal or " ".join(filter(None, (given, family)))
        whole += f", {name.suffix}" if name.suffix else ""
    author = Author(
        whole,
        given,
        family,
        tuple(_places(item.affiliations, marks, institutions)),
        item.orcid.removeprefix("https://orcid.org/"),
        item.email,
        item.url,
        item.corresponding,
        item.equal,
        item.note,
        tuple(str(role if not isinstance(role, dict) else next(iter(role), "")) for role in item.roles),
    )
    for remark in remarks:
        author = _remarked(author, remark)
    return author


def _remarks(name: str) -> tuple[str, list[str]]:
    """A name without what is remarked after it, and the remarks: "Ruth Ford^[corresponding author]"."""
    found = [one[1] or one[2] for one in REMARK.finditer(name)]
    return (REMARK.sub("", name).strip(), found) if found else (name, [])


def _remarked(author: Author, remark: str) -> Author:
    """The author of whom a remark says that letters go to them, that they did as much as others, or something else."""
    text = remark.strip()
    if "corresponding" in text.lower():
        address = EMAIL.search(text)
        return replace(author, corresponding=True, email=author.email or (address[0] if address else ""))
    if re.search(r"\bequal", text, re.IGNORECASE):
        return replace(author, equal=True)
    said = text[:1].upper() + text[1:]
    return replace(author, note=f"{author.note.rstrip('.')}. {said}" if author.note else said)


def _parts(name: str) -> tuple[str, str]:
    """Given names and family name of a name written in one line."""
    if "," in name:
        family, given = name.split(",", 1)
        return given.strip(), family.strip()
    words = name.split()
    cut = next((at for at, word in enumerate(words[1:], 1) if word[:1].islower()), len(words) - 1)
    return " ".join(words[:cut]), " ".join(words[cut:])


def _places(refs: list[AffiliationIn | str], marks: dict[str, int], institutions: list[Affiliation]) -> list[int]:
    """Where an author's institutions stand in the article's list; those named only here are added to it."""
    places: list[int] = []
    for ref in refs:
        mark = ref if isinstance(ref, str) else ref.id
        split = [part.strip() for part in mark.split(",")]
        known = [part for part in split if part in marks]
        if known and all(part in marks or not re.search(r"\w", part) for part in split):
            places.extend(marks[part] for part in known)  # "*,1": a sign that a note explains is no institution
            continue
        institution = Affiliation(_bare(ref)) if isinstance(ref, str) else _affiliation(ref)[1]
        if institution not in institutions:
            institutions.append(institution)
            if isinstance(ref, AffiliationIn) and ref.id:
                marks[ref.id] = len(institutions) - 1
        places.append(institutions.index(institution))
    return places
