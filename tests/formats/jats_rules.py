"""What JATS4R recommends, as far as a machine can judge it, in words of our own: one sentence for each fault found.

The topics are those of its recommendations: authors and affiliations, CRediT, conflicts of interest, funding,
permissions, citations, data availability, ethics, display objects, mathematics, accessibility.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

XLINK = "{http://www.w3.org/1999/xlink}"
ALI = "{http://www.niso.org/schemas/ali/1.0/}"
COI = re.compile(r"(conflicts? of interests?|competing interests?)( statements?)?", re.IGNORECASE)


def faults(root: etree._Element) -> list[str]:
    """All that is against a recommendation."""
    rules = (_references, _people, _credit, _interests, _funding, _permissions, _citations, _sections, _objects, _links)
    return [fault for rule in rules for fault in rule(root)]


def _references(root: etree._Element) -> Iterator[str]:
    names = [one.get("id") for one in root.iter() if one.get("id")]
    yield from (f"the identifier {name} stands twice" for name in sorted({n for n in names if names.count(n) > 1}))
    yield from (f"nothing has the identifier {x.get('rid')}" for x in root.iter("xref") if x.get("rid") not in names)


def _people(root: etree._Element) -> Iterator[str]:
    linked = {one.get("rid") for one in root.iter("xref") if one.get("ref-type") == "aff"}
    authors, homes = list(root.iter("contrib")), list(root.iter("aff"))
    if len(authors) > 1 and len(homes) > 1:
        yield from (f"no author belongs to {one.get('id')}" for one in homes if one.get("id") not in linked)
    yield from (
        "institution-id without a type" for x in root.iter("institution-id") if not x.get("institution-id-type")
    )
    yield from ("contrib-id without a type" for x in root.iter("contrib-id") if not x.get("contrib-id-type"))
    yield from (f"the country {x.text} has no code" for x in root.iter("country") if len(x.get("country", "")) != 2)


def _credit(root: etree._Element) -> Iterator[str]:
    for role in root.iter("role"):
        if role.get("vocab") == "credit":
            slug = re.sub(r"[^a-z]+", "-", role.get("vocab-term", "").lower())
            if role.get("vocab-identifier") != "https://credit.niso.org/":
                yield "a role without the identifier of its vocabulary"
            if role.get("vocab-term-identifier") != f"https://credit.niso.org/contributor-roles/{slug}/":
                yield f"the role {role.text} has the address of another"


def _interests(root: etree._Element) -> Iterator[str]:
    for one in root.iter("fn"):
        if one.get("fn-type") == "coi-statement" and one.getparent().tag != "author-notes":
            yield "conflicts of interest stand outside the author notes"
        if one.get("fn-type") in ("conflict", "COI-statement"):
            yield "conflicts of interest under another name"
    for section in root.iter("sec"):
        if COI.fullmatch("".join(section.find("title").itertext()) if section.find("title") is not None else ""):
            yield "conflicts of interest in a section"


def _funding(root: etree._Element) -> Iterator[str]:
    if len(list(root.iter("funding-group"))) > 1:
        yield "more than one funding-group"
    yield from (
        "an award without a funder" for one in root.iter("award-group") if len(one.findall("funding-source")) != 1
    )
    for source in root.iter("funding-source"):
        if len(source.findall("institution-wrap")) != 1:
            yield "a funder without institution-wrap"
    for one in root.iter("institution-id"):
        if one.get("vocab") == "open-funder-registry" and not one.text.startswith("10.13039/"):
            yield f"{one.text} is no number of the funder registry"


def _permissions(root: etree._Element) -> Iterator[str]:
    for one in root.iter("permissions"):
        names = [part.tag for part in one]
        if "copyright-statement" in names and not {"copyright-year", "copyright-holder"} <= set(names):
            yield "a copyright statement without its year or holder"
    for one in root.iter("license"):
        written = one.findtext(f"{ALI}license_ref")
        if one.get(f"{XLINK}href") != written:
            yield "the licence says two addresses"
        if written and not re.match(r"https?://", written):
            yield "the licence's address is none"


def _citations(root: etree._Element) -> Iterator[str]:
    for one in root.iter("element-citation", "mixed-citation"):
        if not one.get("publication-type"):
            yield "a citation without publication-type"
        if one.find("elocation-id") is not None and one.find("fpage") is not None:
            yield "a citation with pages and an article number"
        first, last = one.findtext("fpage", ""), one.findtext("lpage", "")
        if first.isdigit() and last.isdigit() and int(first) > int(last):
            yield f"pages {first} to {last}"
    for year in root.iter("year"):
        if not re.fullmatch(r"1\d{3}|20[0-2]\d", (year.get("iso-8601-date") or year.text)[:4]):
            yield f"the year {year.text}"
    yield from ("a pub-id without a type" for one in root.iter("pub-id") if not one.get("pub-id-type"))


def _sections(root: etree._Element) -> Iterator[str]:
    for one in root.iter("sec"):
        if one.find("title") is None:
            yield "a section without a title"
        if one.get("sec-type") == "data-availability" and one.getparent().tag != "back":
            yield "data availability stands outside the back matter"
    if len(root.xpath("//sec[@sec-type='ethics-statement']")) > 1:
        yield "two statements on ethics"


def _objects(root: etree._Element) -> Iterator[str]:
    yield from (f"the figure {one.get('id')} has no graphic" for one in root.iter("fig") if one.find("graphic") is None)
    yield from ("a graphic without alt-text" for one in root.iter("graphic") if not one.findtext("alt-text"))
    yield from ("a table without headings" for one in root.iter("table") if one.find(".//th") is None)
    for one in root.iter("fig-group"):
        if len([fig for fig in one.iter("fig") if fig.find("label") is not None]) < 2:
            yield "a group of fewer than two figures"
    for one in root.iter("disp-formula", "inline-formula"):
        if one.find("graphic") is not None:
            yield "a formula as a picture"


def _links(root: etree._Element) -> Iterator[str]:
    for one in root.iter("ext-link", "self-uri"):
        words = "".join(one.itertext()).strip()
        if (not words or re.match(r"(https?|s?ftp)://", words)) and not one.get(f"{XLINK}title"):
            yield f"the link {words} does not say where it leads"
