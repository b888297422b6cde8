"""What an author may write in the front matter, checked by pydantic: the forms of Pandoc, Quarto and JOSS.

The JSON Schema of ``FrontMatterIn`` is what editors complete from.
"""

from __future__ import annotations

import re
from datetime import date as Date
from typing import Annotated, Any

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field

from galley.patterns import pattern

MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
)
DOI = pattern(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)$", re.IGNORECASE)


def _words(value: object) -> object:
    """A number is as good as its digits."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _several(value: object) -> object:
    """One value is as good as a list of one."""
    return value if isinstance(value, list) else [] if value is None else [value]


def _doi(value: object) -> object:
    found = DOI.match(str(value).strip())
    if not found:
        raise ValueError("expected a DOI such as 10.1234/abc")
    return found[1]


def _day(value: object) -> object:
    """A date as ISO 8601 writes it, from that form or from how people type one."""
    text = str(value).strip()
    if re.fullmatch(r"(?i)today|now|last-modified|`r [^`]*`", text):
        return ""  # of the day on which it is set: no date of the article
    found = re.fullmatch(r"(\d{4})(?:-(\d\d?))?(?:-(\d\d?))?", text)
    if found:
        year, month, day = found.groups()
    else:
        year, month, day = _typed(text.replace(",", " "))
    try:
        Date(int(year), int(month or 1), int(day or 1))
    except (TypeError, ValueError):
        raise ValueError("expected a date as YYYY-MM-DD, YYYY-MM or YYYY") from None
    return "-".join([year, *(f"{int(part):02}" for part in (month, day) if part)])


def _typed(text: str) -> tuple[str, str, str]:
    """Year, month and day of "28 August 2024", "Aug. 28 2024", "August 2024" or "28.8.2024"; else empty."""
    for form in (
        r"(?P<d>\d\d?)\.\s*(?P<m>\d\d?)\.\s*(?P<y>\d{4})",
        r"(?:(?P<d>\d\d?)(?:st|nd|rd|th)?\.?\s+)?(?P<m>[A-Za-z]{3,9})\.?\s+(?P<y>\d{4})",
        r"(?P<m>[A-Za-z]{3,9})\.?\s+(?P<d>\d\d?)(?:st|nd|rd|th)?\s+(?P<y>\d{4})",
    ):
        found = re.fullmatch(form, text)
        if found:
            month = found["m"]
            if not month.isdigit():
                near = [n for n, name in enumerate(MONTHS, 1) if name.startswith(month.lower())]
                month = str(near[0]) if near else ""
            return found["y"], month or "0", found["d"] or ""
    return "", "", ""


def _lang(value: object) -> object:
    tag = str(value or "en").strip()
    if not re.fullmatch(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*", tag):
        raise ValueError("expected a language tag such as en or en-GB")
    return tag


def _floats(value: object) -> object:
    if str(value).strip().lower() not in ("text", "end"):
        raise ValueError("expected text or end")
    return str(value).strip().lower()


Words = Annotated[str, BeforeValidator(_words)]
Doi = Annotated[str, BeforeValidator(_doi)]
Day = Annotated[str, BeforeValidator(_day)]
Lang = Annotated[str, BeforeValidator(_lang)]


class _In(BaseModel):
    model_config = ConfigDict(extra="ignore", populate_by_name=True, str_strip_whitespace=True)


def _also(*names: str) -> Any:
    return AliasChoices(*names)


class NameIn(_In):
    """A personal name in parts."""

    given: Words = Field("", validation_alias=_also("given", "given-names", "first"), description="given names")
    family: Words = Field("", validation_alias=_also("family", "surname", "last"), description="the family name")
    literal: Words = Field("", description="a name that is not divided")
    particle: Words = Field("", validation_alias=_also("dropping-particle", "non-dropping-particle", "particle"))
    suffix: Words = Field("", description="such as Jr.")


class AffiliationIn(_In):
    """An institution; authors point to it by ``id`` (Quarto), ``index`` (JOSS) or by repeating its name."""

    id: Words = Field("", validation_alias=_also("id", "index", "ref"), description="the mark authors refer to it by")
    name: Words = Field("", validation_alias=_also("name", "institution"), description="the institution's name")
    department: Words = Field("", validation_alias=_also("department", "group"), description="the department")
    city: Words = Field("", description="the city")
    country: Words = Field("", description="the country")
    ror: Words = Field("", description="the institution's ROR identifier")


AffiliationRef = Annotated[list[AffiliationIn | Words], BeforeValidator(_several)]


class AuthorIn(_In):
    """An author, as Pandoc, Quarto or JOSS write one."""

    name: NameIn | Words = Field("", description="the author's name, or its parts given: and family:")
    given: Words = Field("", validation_alias=_also("given", "given-names"), description="given names")
    family: Words = Field("", validation_alias=_also("family", "surname"), description="the family name")
    affiliations: AffiliationRef = Field(
        default_factory=list,
        validation_alias=_also("affiliations", "affiliation"),
        description="institutions, or the ids of those under affiliations:",
    )
    orcid: Words = Field("", description="the author's ORCID iD")
    email: Words = Field("", description="an e-mail address")
    url: Words = Field("", description="a web address")
    corresponding: bool = Field(False, description="true or false")
    equal: bool = Field(
        False, validation_alias=_also("equal-contributor", "equal-contrib", "equal"), description="true or false"
    )
    note: Words = Field("", description="a note about the author")
    roles: Annotated[list[Any], BeforeValidator(_several)] = Field(
        default_factory=list, validation_alias=_also("roles", "role"), description="CRediT roles"
    )


class FunderIn(_In):
    """A funder of the work."""

    name: Words = Field(min_length=1, validation_alias=_also("name", "funder"), description="the funder's name")
    id: Words = Field("", validation_alias=_also("id", "ror", "doi"), description="its ROR or Funder Registry DOI")
    awards: Annotated[list[Words], BeforeValidator(_several)] = Field(
        default_factory=list, validation_alias=_also("awards", "award", "grant"), description="numbers of awards"
    )


class JournalIn(_In):
    """The journal; a theme states its own, so a manuscript seldom has to."""

    title: Words = Field("", validation_alias=_also("title", "name"), description="the journal's name")
    abbreviation: Words = Field("", description="the journal's short name")
    issn: Words = Field("", description="the ISSN of the printed edition")
    eissn: Words = Field("", description="the ISSN of the electronic edition")
    publisher: Words = Field("", description="the publisher's name")
    url: Words = Field("", description="the journal's web address")


class PagesIn(_In):
    """The pages of the issue."""

    first: int = Field(description="the first page, a whole number")
    last: int | None = Field(None, description="the last page, a whole number")


def _pages(value: object) -> object:
    found = re.fullmatch(r"\s*(\d{1,9})(?:\s*[-–]+\s*(\d{1,9}))?\s*", value) if isinstance(value, str) else None
    if isinstance(value, int) and not isinstance(value, bool):
        return {"first": value}
    if found:
        return {"first": int(found[1]), "last": int(found[2]) if found[2] else None}
    if isinstance(value, dict):
        return value
    raise ValueError("expected pages such as 95-98")


class FrontMatterIn(_In):
    """Everything the front matter of a manuscript may say."""

    title: Words = Field(min_length=1, description="the article's title, in Markdown")
    subtitle: Words = Field("", description="the subtitle, in Markdown")
    short_title: Words = Field(
        "",
        validation_alias=_also("short-title", "short_title", "shorttitle", "running-head"),
        description="a short title for the running head",
    )
    author: Annotated[list[AuthorIn | Words], BeforeValidator(_several)] = Field(
        default_factory=list,
        validation_alias=_also("author", "authors"),
        description="a list of authors, each a name or name: with affiliation:, email:, orcid:",
    )
    affiliations: Annotated[list[AffiliationIn | Words], BeforeValidator(_several)] = Field(
        default_factory=list,
        validation_alias=_also("affiliations", "affiliation", "institute"),
        description="a list of institutions, each with name: and id: or index:",
    )
    journal: JournalIn | Words | None = Field(
        None, description="the journal's name, or title:, issn:, publisher:, url:"
    )
    volume: Words = Field("", description="the volume, a number or a word")
    issue: Words = Field("", description="the issue, a number or a word")
    pages: Annotated[PagesIn, BeforeValidator(_pages)] | None = Field(None, description="pages such as 95-98")
    article_number: Words = Field(
        "", validation_alias=_also("article-number", "article_number", "elocation-id"), description="the article number"
    )
    doi: Doi | None = Field(None, description="a DOI such as 10.1234/abc")
    date: Day | None = Field(None, description="the date of publication as YYYY-MM-DD, YYYY-MM or YYYY")
    received: Day | None = Field(None, description="a date as YYYY-MM-DD")
    revised: Day | None = Field(None, description="a date as YYYY-MM-DD")
    accepted: Day | None = Field(None, description="a date as YYYY-MM-DD")
    license: Words = Field("", description="the licence, such as CC BY 4.0")
    copyright: Words = Field("", description="who holds the copyright")
    keywords: Annotated[list[Words], BeforeValidator(_several)] = Field(
        default_factory=list, validation_alias=_also("keywords", "tags"), description="a list of keywords"
    )
    abstract: Words = Field("", description="the abstract, in Markdown")
    lang: Lang = Field("en", description="a language tag such as en or en-GB")
    type: Words = Field("", validation_alias=_also("article-type", "type"), description="the kind of article")
    version: Words = Field("", description="the version of a preprint or draft, such as 2 or v1.3")
    number_sections: bool = Field(
        False,
        validation_alias=_also("number-sections", "number_sections", "numbersections"),
        description="true or false",
    )
    endnotes: bool = Field(False, description="true or false: whether notes stand at the end of the text")
    student: bool = Field(False, description="true or false: whether this is a student's paper (theme apa)")
    course: Words = Field("", description="a student's course, its number and name")
    instructor: Words = Field("", description="the instructor of a student's course")
    due_date: Day | None = Field(
        None, validation_alias=_also("due-date", "due_date"), description="a date as YYYY-MM-DD"
    )
    author_note: Words = Field(
        "",
        validation_alias=_also("author-note", "author_note", "authornote"),
        description="a note on the authors",
    )
    floats: Annotated[str, BeforeValidator(_floats)] = Field(
        "", description="where tables and figures stand: text or end (theme apa)"
    )
    theme: Words = Field("", description="the journal's theme, a folder under templates/")
    csl: Words = Field("", description="a CSL style file of the project, for a journal that is not APA")
    bibliography: Annotated[list[Words], BeforeValidator(_several)] = Field(
        default_factory=list, description="the bibliography's file, or a list of files"
    )
    url: Words = Field("", description="the web address at which the article will stand")
    pdf_url: Words = Field(
        "", validation_alias=_also("pdf-url", "pdf_url"), description="the web address of its PDF, for text mining"
    )
    funders: Annotated[list[FunderIn | Words], BeforeValidator(_several)] = Field(
        default_factory=list, description="a list of funders, each name:, id: and award:"
    )
    nocite: Words = Field("", description="keys to list without citing them, as @key, @key; or @*")
    uncited: Annotated[list[Words], BeforeValidator(_several)] = Field(
        default_factory=list, description="keys that may stay uncited"
    )
    waive: Any = Field(None, description="findings not to be told: a list of {check:, text: or key:, reason:}")
    acknowledgements: Words = Field(
        "", validation_alias=_also("acknowledgements", "acknowledgments"), description="a statement in Markdown"
    )
    conflict_of_interest: Words = Field(
        "",
        validation_alias=_also("conflict-of-interest", "conflict_of_interest", "competing-interests"),
        description="a statement in Markdown",
    )
    funding: Words = Field("", description="a statement in Markdown")
    data_availability: Words = Field(
        "", validation_alias=_also("data-availability", "data_availability"), description="a statement in Markdown"
    )
    ethics: Words = Field("", description="a statement in Markdown")
    author_contributions: Words = Field(
        "",
        validation_alias=_also("author-contributions", "author_contributions"),
        description="a statement in Markdown",
    )


def schema() -> dict[str, Any]:
    """The JSON Schema of the front matter, for editors that complete YAML."""
    other = {"type": "string", "description": "the abstract in the language of that tag, in Markdown"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **FrontMatterIn.model_json_schema(),
        "patternProperties": {"^abstract-[A-Za-z]{2,3}(-[A-Za-z0-9]+)*$": other},
    }
