"""Who made the article, in JATS: contributors with their roles and marks, affiliations, the notes about them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from galley.document import Document
from galley.formats.jatsxml import Content, element, optional, paragraphs
from galley.formats.metadata import orcid_url
from galley.formats.vocabularies import country_code, credit
from galley.frontmatter import Affiliation, Author, FrontMatter

if TYPE_CHECKING:
    from galley.formats.jatstree import Setting

CREDIT = "https://credit.niso.org/"


def contributors(meta: FrontMatter) -> Element | None:
    """The group of the authors; None where there is none."""
    rows = [_contributor(author, at) for at, author in enumerate(meta.authors, 1)]
    return element("contrib-group", rows) if rows else None


def _contributor(author: Author, number: int) -> Element:
    made = element(
        "contrib",
        contrib_type="author",
        corresp="yes" if author.corresponding else "",
        equal_contrib="yes" if author.equal else "",
    )
    orcid = orcid_url(author)
    if orcid:
        made.append(element("contrib-id", orcid, contrib_id_type="orcid"))
    if author.family:
        made.append(element("name", element("surname", author.family), optional("given-names", author.given)))
    else:
        made.append(element("collab", author.name))
    made.extend(_role(role) for role in author.roles if role.strip())
    made.extend(
        element("xref", element("sup", str(at + 1)), ref_type="aff", rid=f"aff{at + 1}") for at in author.affiliations
    )
    if author.corresponding and author.email:
        made.append(element("xref", element("sup", "*"), ref_type="corresp", rid=f"cor{number}"))
    elif author.email:
        made.append(element("email", author.email))
    if author.note:
        made.append(element("xref", element("sup", "†"), ref_type="fn", rid=f"note{number}"))
    return made


def _role(written: str) -> Element:
    """A role with its place in the CRediT taxonomy (JATS4R, CRediT), or in the author's words alone."""
    term = credit(written)
    if not term:
        return element("role", written)
    slug = "-".join(part for part in term.lower().replace("–", " ").replace("&", " ").split() if part)
    return element(
        "role",
        term,
        vocab="credit",
        vocab_identifier=CREDIT,
        vocab_term=term,
        vocab_term_identifier=f"{CREDIT}contributor-roles/{slug}/",
    )


def affiliations(meta: FrontMatter) -> list[Element]:
    """The institutions, each with the number by which the authors refer to it."""
    return [_affiliation(one, at) for at, one in enumerate(meta.affiliations, 1)]


def ror_url(ror: str) -> str:
    """The address of an institution in the Research Organization Registry, or ""."""
    bare = ror.strip().rstrip("/").rpartition("/")[2]
    return f"https://ror.org/{bare}" if bare else ""


def _affiliation(one: Affiliation, number: int) -> Element:
    names = [optional("institution", one.department, content_type="dept"), element("institution", one.name)]
    if one.ror:
        names.append(element("institution-id", ror_url(one.ror), institution_id_type="ror"))
    made = element("aff", element("label", str(number)), element("institution-wrap", names), id=f"aff{number}")
    for name, text in (("city", one.city), ("country", one.country)):
        if text:
            made[-1].tail = ", "
            made.append(element(name, text, country=country_code(text) if name == "country" else ""))
    return made


def author_notes(document: Document, setting: Setting) -> Element | None:
    """Correspondence, equal shares, what is said of single authors and of all, conflicts of interest."""
    rows: list[Element] = []
    for number, author in enumerate(document.meta.authors, 1):
        if author.corresponding and author.email:
            said: list[Content] = ["Correspondence: ", author.name, ", ", element("email", author.email)]
            rows.append(element("corresp", element("label", "*"), said, id=f"cor{number}"))
    if any(author.equal for author in document.meta.authors):
        rows.append(element("fn", element("p", "These authors contributed equally."), fn_type="equal"))
    for number, author in enumerate(document.meta.authors, 1):
        if author.note:
            note = element("p", author.name, ": ", author.note)
            rows.append(element("fn", element("label", "†"), note, fn_type="other", id=f"note{number}"))
    note_of_all = paragraphs(setting.blocks(document.slots.get("author-note", ())))
    rows.extend([element("fn", note_of_all, fn_type="other")] if note_of_all else [])
    interest = paragraphs(setting.blocks(document.slots.get("conflict-of-interest", ())))
    rows.extend([element("fn", interest, fn_type="coi-statement")] if interest else [])
    return element("author-notes", rows) if rows else None
