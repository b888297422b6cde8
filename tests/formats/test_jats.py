"""JATS as archives and indexers take it: valid, as JATS4R recommends, and right field by field.

The DTD of JATS 1.3 is looked for among the published schemas beside the project, its XML Schema (a draft of 1.3) in
the package commonmeta-py, whose folder GALLEY_COMMONMETA names, SciELO's Schematron in packtools (GALLEY_PACKTOOLS).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from deposit_article import MANUSCRIPT, SHARED, written
from jats_rules import faults
from lxml import etree

from galley import press
from galley.formats import jats

DTD = SHARED / "schemas" / "jats-1.3" / "JATS-journalpublishing1-3.dtd"
ROOT = Path(__file__).parents[2]
XML = "{http://www.w3.org/XML/1998/namespace}"
SPACE = "http://www.ncbi.nlm.nih.gov/JATS1"


@pytest.fixture(scope="module")
def article(deposited) -> etree._Element:
    return etree.fromstring(jats.article(*deposited))


@pytest.fixture(scope="module")
def dtd() -> etree.DTD:
    if not DTD.exists():
        pytest.skip(f"the DTD of JATS 1.3 is not here: {DTD.name} among the shared schemas")
    return etree.DTD(str(DTD))


@pytest.fixture(scope="module")
def schema(need_package: Callable[[str, str, str], Path]) -> etree.XMLSchema:
    file = "commonmeta/resources/crossref/JATS-journalpublishing1-3d2-mathml3.xsd"
    return etree.XMLSchema(file=str(need_package("GALLEY_COMMONMETA", "commonmeta-py==0.250", file)))


SCIELO = (
    "specific-use",  # the mark of SciELO's own edition of JATS
    'content-type="original"',  # their way with affiliations
    "'coi-statement'",  # JATS4R has it so
    "Missing attribute fn-type",
    'pub-type=("epub" or "ppub")',  # JATS 1.3 says publication-format
    "'caption': Missing element title",
    "element-citation",  # they want both citations side by side, JATS4R as alternatives
    "mixed-citation",
    "There must be only one element",
)
"""What the Schematron of SciELO asks for beyond JATS and JATS4R, and we do not give."""


def scielo(root: etree._Element, folder: Path) -> list[str]:
    """What the Schematron of SciELO PS 1.10 finds, but for that."""
    from lxml import isoschematron

    rules = isoschematron.Schematron(etree.parse(str(folder)), store_report=True)
    rules.validate(root)
    rows = rules.validation_report.iter("{*}failed-assert", "{*}successful-report")
    found = {" ".join("".join(row.itertext()).split()) for row in rows}
    return sorted(one for one in found if not any(known in one for known in SCIELO))


def test_the_schematron_of_scielo_finds_its_own_house_rules_only(article, need_package):
    rules = need_package("GALLEY_PACKTOOLS", "packtools==2.6.4", "packtools/catalogs/scielo-style-1.10.sch")
    assert scielo(article, rules) == []
    wrong = copied(article)
    wrong.find(".//table-count").set("count", "7")
    wrong.find(".//xref[@ref-type='fig']").set("ref-type", "table")
    assert [one for one in scielo(wrong, rules) if "table-count" in one]
    assert [one for one in scielo(wrong, rules) if "rid" in one]


def copied(root: etree._Element) -> etree._Element:
    return etree.fromstring(etree.tostring(root))


def in_space(root: etree._Element) -> etree._Element:
    """The article in the name space and version of the schema."""
    text = etree.tostring(root, encoding="unicode").replace("<article ", f'<article xmlns="{SPACE}" ', 1)
    made = etree.fromstring(text)
    del made.attrib["dtd-version"]
    return made


def test_it_is_valid_against_the_dtd_and_the_dtd_can_say_no(article, dtd):
    assert dtd.validate(article), dtd.error_log
    wrong = copied(article)
    wrong.find(".//journal-meta").remove(wrong.find(".//issn"))
    wrong.find(".//journal-meta").remove(wrong.find(".//issn"))
    assert not dtd.validate(wrong)


def test_it_is_valid_against_the_schema_and_the_schema_can_say_no(article, schema):
    assert schema.validate(in_space(article)), schema.error_log
    wrong = copied(article)
    wrong.find(".//fig").append(etree.Element("sec"))
    assert not schema.validate(in_space(wrong))


@pytest.mark.parametrize("name", ["tour", "precis", "phasefieldx", "effectsize", "bayes-hierarchical", "graphsim"])
def test_whole_articles_are_valid(name, dtd):
    folder = {"tour": ROOT / "examples" / "tour", "precis": ROOT}.get(name, SHARED / "papers" / name)
    if not folder.exists():
        pytest.skip(f"the paper {name} is not here")
    document = press.settled(folder)
    root = etree.fromstring(jats.article(document, press.themed(document)))
    if root.find(".//issn") is None:  # the DTD wants one, and the journal has none yet
        titles = root.find(".//journal-title-group")
        at = 1 if titles is None else 2
        root.find(".//journal-meta").insert(at, etree.fromstring("<issn>1234-5679</issn>"))
    assert dtd.validate(root), dtd.error_log
    theirs = ("a graphic without", "without headings", "the year")  # the manuscript's own
    assert [fault for fault in faults(root) if not any(part in fault for part in theirs)] == []


def test_it_is_as_jats4r_recommends(article):
    assert faults(article) == []


@pytest.mark.parametrize(
    ("where", "change", "fault"),
    [
        ("//aff[1]", lambda one: one.set("id", "affX"), "no author belongs to affX"),
        ("//country", lambda one: one.attrib.pop("country"), "has no code"),
        ("//role", lambda one: one.set("vocab-term", "Software"), "the address of another"),
        ("//fn[@fn-type='coi-statement']", lambda one: one.set("fn-type", "conflict"), "under another name"),
        ("//funding-source/institution-wrap", lambda one: one.getparent().remove(one), "without institution-wrap"),
        ("//copyright-year", lambda one: one.getparent().remove(one), "without its year"),
        ("//lpage[../fpage='1203']", lambda one: setattr(one, "text", "5"), "pages 1203 to 5"),
        ("//body/sec/title", lambda one: one.getparent().remove(one), "a section without a title"),
        ("//alt-text", lambda one: one.getparent().remove(one), "a graphic without alt-text"),
        ("//mixed-citation/ext-link", lambda one: one.attrib.pop(f"{{{'http://www.w3.org/1999/xlink'}}}title"), "lead"),
        ("//xref[@ref-type='bibr']", lambda one: one.set("rid", "nobody"), "nothing has the identifier nobody"),
        ("//ref[1]", lambda one: one.set("id", "ref-cole2019"), "ref-cole2019 stands twice"),
    ],
)
def test_the_rules_notice_what_is_against_them(article, where, change, fault):
    wrong = copied(article)
    change(wrong.xpath(where)[0])
    assert any(fault in one for one in faults(wrong))


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("@article-type", "review-article"),
        (f"@{XML}lang", "en-GB"),
        ("front/journal-meta/issn[@publication-format='electronic']", "2434-561X"),
        ("front/article-meta/article-id[@pub-id-type='doi']", "10.1234/rivers.7.1"),
        ("front/article-meta/title-group/article-title", "Rivers & Beds"),
        ("front/article-meta/title-group/article-title/italic", "Beds"),
        ("front/article-meta/title-group/subtitle", "A Study of Two"),
        ("front/article-meta/title-group/alt-title", "Rivers and Beds"),
        ("front/article-meta/contrib-group/contrib[1]/contrib-id", "https://orcid.org/0000-0002-1825-0097"),
        ("front/article-meta/contrib-group/contrib[1]/role[2]/@vocab-term", "Writing – original draft"),
        ("front/article-meta/contrib-group/contrib[1]/role[3]", "tea"),
        ("front/article-meta/contrib-group/contrib[3]/collab", "The River Group"),
        ("front/article-meta/aff[1]/institution-wrap/institution-id", "https://ror.org/03yrm5c26"),
        ("front/article-meta/aff[1]/country/@country", "TR"),
        ("front/article-meta/aff[2]/country/@country", "GB"),
        ("front/article-meta/author-notes/corresp/email", "ruth@example.org"),
        ("front/article-meta/author-notes/fn[@fn-type='coi-statement']", "None declared."),
        ("front/article-meta/pub-date/@iso-8601-date", "2024-03-05"),
        ("front/article-meta/history/date[@date-type='received']/@iso-8601-date", "2023-11"),
        ("front/article-meta/fpage", "95"),
        ("front/article-meta/lpage", "98"),
        ("front/article-meta/permissions/copyright-holder", "Ruth Ford and others"),
        ("front/article-meta/trans-abstract[@xml:lang='tr']", "Nehirler akar."),
        ("front/article-meta/kwd-group/kwd[2]", "beds & banks"),
        ("front/article-meta/funding-group/award-group[1]/award-id[2]", "G2"),
        ("front/article-meta/funding-group/award-group[1]//institution-id", "10.13039/501100000000"),
        ("front/article-meta/funding-group/funding-statement", "Paid by the Guild (grants G1 and G2)."),
        ("front/article-meta/counts/equation-count/@count", "3"),
        ("front/article-meta/counts/page-count/@count", "4"),
        ("body/sec/fig/label", "Figure 1"),
        ("body/sec/fig/graphic/alt-text", "A line that falls"),
        ("body/sec/table-wrap//tbody/tr[2]/td[2]", "12.5"),
        ("body//disp-formula[@id='eq-b']/label", "(3)"),
        ("body//disp-formula[@id='eq-flow']/alternatives/tex-math", r"q = \int_0^d v(z)\,dz"),
        ("body//xref[@rid='eq-b']", "Equation 3"),
        ("body//named-content[@xml:lang='ar']", "عربي"),
        ("back/ack/p", "We thank the rain."),
        ("back/sec[@sec-type='data-availability']/p", "On request."),
        ("back/fn-group/fn[1]/p", "Mostly."),
        ("back/ref-list/ref[1]//element-citation/lpage", "1205"),
        ("back/ref-list/ref[1]//element-citation/pub-id", "10.1234/ash"),
        ("back/ref-list/ref[2]//mixed-citation/italic", "Banks"),
        ("back/app-group/app/title", "More rivers"),
    ],
)
def test_each_field_is_where_jats_has_it(article, path, words):
    found = article.xpath(path.replace(f"@{XML}lang", "@xml:lang"))
    assert found, path
    first = found[0]
    text = first if isinstance(first, str) else "".join(first.itertext())
    assert " ".join(text.replace("\xa0", " ").split()) == words


def test_an_identifier_given_twice_is_left_out_and_a_link_to_nothing_is_words(tmp_path, dtd):
    twice = MANUSCRIPT.replace("# More rivers", "![Again](gauge.png){#fig:flow}\n\n[words](#away)\n\n# More rivers")
    document = press.settled(written(tmp_path / "x", twice))
    root = etree.fromstring(jats.article(document, press.themed(document)))
    assert dtd.validate(root), dtd.error_log
    assert not [one for one in faults(root) if "identifier" in one]


def test_suggestions_are_as_if_taken_and_remarks_left_out(tmp_path):
    marked = "Banks {++now ++}move{-- not--}.{>>@Ann: so?<<} [Which bank?]{.query}\n\n# More rivers"
    document = press.settled(written(tmp_path / "x", MANUSCRIPT.replace("# More rivers", marked)))
    words = "".join(etree.fromstring(jats.article(document, press.themed(document))).itertext())
    assert "Banks now move." in words
    assert "so?" not in words
    assert "Which bank?" not in words


@pytest.mark.parametrize(
    ("heading", "path"),
    [
        ("Conflicts of Interest", "front/article-meta/author-notes/fn[@fn-type='coi-statement']/p"),
        ("Declaration of competing interests", "front/article-meta/author-notes/fn[@fn-type='coi-statement']/p"),
        ("Data Availability Statement", "back/sec[@sec-type='data-availability']/p"),
        ("Acknowledgments", "back/ack/p"),
        ("Funding", "front/article-meta/funding-group/funding-statement"),
        ("Data", "body/sec[last()]/p"),
    ],
)
def test_a_statement_written_as_a_section_of_the_body_stands_where_jats_wants_it(tmp_path, heading, path):
    text = f"---\ntitle: Bare\n---\n\n# One\n\nWords.\n\n# {heading}\n\nIt is said here.\n"
    document = press.settled(written(tmp_path / "x", text))
    root = etree.fromstring(jats.article(document, press.themed(document)))
    assert "".join(root.find(path).itertext()) == "It is said here."
    assert faults(root) == []


EVERY = """> A quotation.

- one
- two

1. one
2. two

Term
:   what it is

| A | B |
|---|---|
| 1 | 2 |

![A picture](gauge.png){#fig-NAME alt=grey}

$$ x $$

| a verse
| of two lines

```
code
```
"""


def inset(by: str, name: str) -> str:
    """One of every block, each line moved in."""
    return "\n".join(f"{by}{line}".rstrip() for line in EVERY.replace("NAME", name).split("\n"))


def test_any_block_may_stand_in_any_other(tmp_path, dtd):
    places = {
        "note": f"Words.[^1]\n\n[^1]: It says:\n\n{inset('    ', 'note')}",
        "list": f"-   It says:\n\n{inset('    ', 'list')}",
        "definition": f"Term\n\n:   It says:\n\n{inset('    ', 'definition')}",
        "quotation": inset("> ", "quotation"),
        "nothing": inset("", "nothing"),
    }
    places |= {name: inset("", name) for name in ("acknowledgements", "funding", "ethics")}
    places["conflict"] = inset("", "conflict")
    names = {"conflict": "Conflict of Interest"}
    body = "\n\n".join(f"# {names.get(name, name)}\n\n{text}" for name, text in places.items())
    text = f"---\ntitle: All\njournal: {{title: J, issn: 1234-5679}}\n---\n\n{body}\n"
    document = press.settled(written(tmp_path / "x", text))
    root = etree.fromstring(jats.article(document, press.themed(document)))
    assert dtd.validate(root), dtd.error_log
    for path in (
        ".//ack/p/list",
        ".//author-notes/fn/p/table-wrap",
        ".//fn-group/fn/p/disp-quote",
        ".//def/p/def-list",
    ):
        assert root.find(path) is not None, path


def test_what_xml_forbids_is_not_in_it(tmp_path):
    odd = MANUSCRIPT.replace("A third one.", "A third\x0b one\x01.")
    document = press.settled(written(tmp_path / "x", odd))
    assert etree.fromstring(jats.article(document, press.themed(document))) is not None


def test_the_same_article_gives_the_same_bytes(deposited):
    assert jats.article(*deposited) == jats.article(*deposited)
