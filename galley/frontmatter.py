"""The title page as nouns, in the one settled form that all later rooms see; what authors may write is wider."""

from __future__ import annotations

from dataclasses import dataclass

STATEMENTS = {
    "acknowledgements": "Acknowledgements",
    "author-contributions": "Author Contributions",
    "conflict-of-interest": "Conflict of Interest",
    "data-availability": "Data Availability",
    "ethics": "Ethics",
    "funding": "Funding",
}
"""The statements a title page may hold, in the order they are printed, and their headings in English."""


@dataclass(frozen=True, slots=True)
class Affiliation:
    """An institution that authors of the article belong to."""

    name: str
    department: str = ""
    city: str = ""
    country: str = ""
    ror: str = ""

    @property
    def text(self) -> str:
        """In one line: department, name, city, country."""
        return ", ".join(part for part in (self.department, self.name, self.city, self.country) if part)


@dataclass(frozen=True, slots=True)
class Author:
    """An author; ``affiliations`` are places in the article's list of them, from 0."""

    name: str
    given: str = ""
    family: str = ""
    affiliations: tuple[int, ...] = ()
    orcid: str = ""
    email: str = ""
    url: str = ""
    corresponding: bool = False
    equal: bool = False
    note: str = ""
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Funder:
    """Who paid for the work: a name, its id in a registry (a ROR or a Funder Registry DOI), the numbers of awards."""

    name: str
    id: str = ""
    awards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Journal:
    """The journal the article appears in."""

    title: str = ""
    abbreviation: str = ""
    issn: str = ""
    eissn: str = ""
    publisher: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The settled front matter. Markdown fields stand here as source; set in type they are the slots."""

    title: str
    subtitle: str = ""
    short_title: str = ""
    authors: tuple[Author, ...] = ()
    affiliations: tuple[Affiliation, ...] = ()
    journal: Journal = Journal()
    volume: str = ""
    issue: str = ""
    first_page: int | None = None
    last_page: int | None = None
    article_number: str = ""
    doi: str = ""
    date: str = ""
    received: str = ""
    revised: str = ""
    accepted: str = ""
    license: str = ""
    copyright: str = ""
    keywords: tuple[str, ...] = ()
    abstract: str = ""
    lang: str = "en"
    type: str = ""
    version: str = ""
    student: bool = False
    number_sections: bool = False
    endnotes: bool = False
    course: str = ""
    instructor: str = ""
    due_date: str = ""
    author_note: str = ""
    floats: str = ""
    theme: str = ""
    csl: str = ""
    bibliography: tuple[str, ...] = ()
    nocite: tuple[str, ...] = ()
    uncited: tuple[str, ...] = ()
    funders: tuple[Funder, ...] = ()
    url: str = ""
    pdf_url: str = ""

    @property
    def year(self) -> str:
        """The year of publication, or ""."""
        return self.date[:4]

    @property
    def doi_url(self) -> str:
        """The DOI as the link APA 7 §9.35 prints, or ""."""
        return f"https://doi.org/{self.doi}" if self.doi else ""

    @property
    def pages(self) -> str:
        """The page range with an en dash, or ""."""
        if self.first_page is None:
            return ""
        return f"{self.first_page}–{self.last_page}" if self.last_page else str(self.first_page)
