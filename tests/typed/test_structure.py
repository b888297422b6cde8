"""What each paragraph of a typescript is for."""

import pytest

from galley.span import File
from galley.typed.structure import structured
from galley.typescript import Paragraph, Run, Typescript

PROSE = (
    "This is a paragraph of running text that goes on for a while, as such paragraphs do, and says what it has to say. "
)
LONG = PROSE * 4
ENTRIES = (
    "Doe, J., & Roe, R. (2020). A study of things. Journal of Things, 3(2), 1–9. https://doi.org/10.1/x",
    "Lee, A. B. (2019). Another study. Publisher.",
    "World Health Organization. (2021, May 3). Facts about things. https://who.int/x",
)


def row(text, **more):
    """A paragraph; **bold**, //italic// and HEAD2: before it say how it looks."""
    kind, level, look = more.pop("kind", "body"), more.pop("level", 0), {}
    if text.startswith("HEAD"):
        kind, level, text = "heading", int(text[4]), text[6:]
    if text.startswith("**"):
        look, text = {"bold": True}, text.strip("*")
    elif text.startswith("//"):
        look, text = {"italic": True}, text.strip("/")
    part = "cell" if kind == "cell" else "body"
    return Paragraph(0, (Run(text, **look),), kind=kind, level=level, part=part, **more)


def kinds(*rows):
    """The kinds of paragraphs, a heading with its level."""
    made = [one if isinstance(one, Paragraph) else row(one) for one in rows]
    found = structured(Typescript(File("a", ""), tuple(made))).paragraphs
    return [f"{one.kind}{one.level or ''}" for one in found]


def test_the_title_page_of_an_apa_manuscript():
    assert kinds(
        "**The effect of things on other things",
        "Jane Doe1,2 and Richard Roe2",
        "1 Department of Things, X University",
        "2 Some Town, Country",
        "Author Note",
        "Correspondence concerning this article: jane@x.edu",
        "**Abstract**",
        LONG,
        "Keywords: things, other things",
        "**The effect of things on other things**",
        LONG,
    ) == [
        "title",
        "author",
        "affiliation",
        "affiliation",
        "heading1",
        "body",
        "heading1",
        "abstract",
        "keywords",
        "heading2",
        "body",
    ]


def test_a_title_page_in_styles_of_a_template():
    assert kinds(
        row("Article", style="XYZ_1.1_article_type"),
        row("About things", style="XYZ_1.2_title"),
        row("A. Doe 1,* and B. Roe 2", style="XYZ_1.3_authornames"),
        row("1 Somewhere", style="XYZ_1.6_affiliation"),
        row("Abstract: " + LONG, style="XYZ_1.7_abstract"),
        row("Keywords: a; b", style="XYZ_1.8_keywords"),
        row("MSC: 62-01", style="XYZ_1.8_keywords"),
        "HEAD1:Introduction",
        LONG,
    ) == ["body", "title", "author", "affiliation", "abstract", "keywords", "body", "heading1", "body"]


def test_a_title_page_without_affiliations_or_abstract():
    assert kinds(
        "HEAD2:Things amid other things",
        "Journal of Things",
        "2024, Vol. 7(1)",
        "*Jane Doe1",
        "HEAD3:Introduction",
        LONG,
    ) == ["title", "body", "body", "author", "heading3", "body"]


@pytest.mark.parametrize("label", ["Abstract", "ABSTRACT", "Zusammenfassung", "Résumé:", "Resumen", "摘要"])
def test_abstracts_in_several_languages(label):
    assert kinds("HEAD1:A title of a paper", f"**{label}**", LONG, "HEAD1:Introduction", LONG)[1:3] == [
        "heading1",
        "abstract",
    ]


def test_an_abstract_in_parts_and_one_that_ends_nowhere():
    parts = ["Background: " + PROSE, "Methods: " + PROSE, "Results: " + PROSE]
    assert kinds("HEAD1:A title of a paper", "Abstract", *parts, *[LONG] * 9)[2:7] == ["abstract"] * 3 + ["body"] * 2


@pytest.mark.parametrize(
    "head",
    [
        "References",
        "REFERENCES",
        "References:",
        "7. References",
        "Reference List",
        "Works Cited",
        "Bibliography",
        "Literaturverzeichnis",
        "Literatur",
        "Références",
        "Références bibliographiques",
        "Referencias",
        "Bibliografía",
        "Riferimenti bibliografici",
        "Referências",
        "Literatuur",
        "Referenser",
        "Список литературы",
        "参考文献",
    ],
)
def test_the_list_under_its_heading(head):
    assert kinds(LONG, head, *ENTRIES, "HEAD1:Appendix", PROSE) == [
        "body",
        "heading1",
        "reference",
        "reference",
        "reference",
        "heading1",
        "body",
    ]


def test_the_word_in_a_sentence_is_no_heading():
    assert "reference" not in kinds(LONG, "References", LONG, LONG)
    assert "reference" not in kinds(LONG, "References to Doe (2020) and Roe (2021) abound.", *[LONG] * 3)


@pytest.mark.parametrize(
    "after",
    [
        ("HEAD1:Acknowledgements", PROSE),
        ("**Figure captions**", "Figure 1. What is seen (Doe, 2020)."),
        ("Figure 1. What is seen (Doe, 2020) in 2020, 3(2).", PROSE),
        ("Table 1", "//How it is//"),
        ("Notes", "1. See Doe (2020), 1–9."),
        ("Appendix A", PROSE),
        (PROSE, PROSE, PROSE),
    ],
)
def test_where_the_list_ends(after):
    found = kinds(LONG, "References", *ENTRIES, *after)
    assert found[2:5] == ["reference"] * 3
    assert "reference" not in found[5:]


def test_an_entry_over_two_paragraphs_and_a_divided_list():
    rows = [
        "References",
        "**Primary sources**",
        ENTRIES[0],
        "Doe, J. (2018). A title that",
        "goes on. Publisher.",
        "**Secondary sources**",
        *ENTRIES[1:],
    ]
    found = kinds(LONG, *rows)
    assert [at for at, kind in enumerate(found) if kind == "reference"] == [3, 4, 5, 7, 8]


def test_a_list_in_a_table():
    cells = [row(text, kind="cell") for entry in zip(["1.", "2.", "3."], ENTRIES, strict=True) for text in entry]
    assert kinds(LONG, "References", *cells, "HEAD1:Appendix", PROSE)[2:] == ["reference"] * 6 + ["heading1", "body"]


def test_a_list_without_a_heading():
    assert kinds(*[LONG] * 3, *ENTRIES, ENTRIES[0], "HEAD1:Appendix")[3:] == ["reference"] * 4 + ["heading1"]


def test_prose_that_cites_is_no_list():
    said = "Doe and Roe (2020) say so, and Lee (2019, pp. 3–9) says otherwise; see https://x.org for 3(2) more. " * 3
    assert "reference" not in kinds(*[said] * 9)


def test_the_style_of_a_list_is_believed():
    entries = [row(text, kind="reference") for text in ("Anonymous pamphlet", *ENTRIES)]
    assert kinds(LONG, *entries) == ["body", *["reference"] * 4]


def test_headings_by_their_looks():
    assert kinds(
        "HEAD1:A title of a paper",
        LONG,
        "**Method**",
        LONG,
        "**Sample and setting**",
        LONG,
        "Discussion",
        LONG,
    )[2::2] == ["heading1", "heading2", "heading1"]
    assert kinds("HEAD1:A title of a paper", LONG, "RESULTS OF ALL", LONG)[2] == "heading1"


def test_headings_with_numbers_typed_by_hand():
    assert kinds(
        "**A title of a paper**",
        LONG,
        "1. Introduction",
        LONG,
        "2. Methods",
        LONG,
        "2.1 The sample we took",
        LONG,
        "2.1.1 Who took part",
        LONG,
    )[2::2] == ["heading1", "heading1", "heading2", "heading3"]


@pytest.mark.parametrize(
    "line",
    [
        "**Note that this is bold and ends like a sentence, it does, really.**",
        "2020 was a year",
        "**doe@x.edu**",
        "NRF",
        "**a, b, c,**",
        "3 University of Amsterdam",
    ],
)
def test_lines_that_are_no_headings(line):
    assert kinds("HEAD1:A title of a paper", LONG, line, LONG)[2] == "body"


def test_bold_lines_below_headings_with_styles_go_one_deeper():
    assert kinds("HEAD1:A title of a paper", LONG, "HEAD2:Method", "**The sample**", LONG)[3] == "heading3"


def test_prose_in_the_style_of_a_heading_is_prose():
    assert kinds("HEAD1:A title of a paper", "HEAD1:" + LONG) == ["title", "body"]


def test_captions():
    assert kinds(
        LONG,
        "Figure 1. What is seen",
        row("c", kind="cell"),
        "**Table 2**",
        "//How many there are//",
        row("c", kind="cell"),
        "Note. They were counted.",
        "Fig. 3: Things",
        "Abbildung 4. Dinge",
        "Table S1 | More",
    )[1:] == ["caption", "cell", "caption", "caption", "cell", "note", "caption", "caption", "caption"]


@pytest.mark.parametrize("text", ["Figure 1 shows that things are so. " + PROSE, "Table 2 and Figure 3 agree. " + LONG])
def test_sentences_about_figures_are_prose(text):
    assert kinds(LONG, text) == ["body", "body"]


def test_notes_typed_under_a_heading():
    assert kinds(LONG, "References", *ENTRIES, "**Notes**", "1. See Doe (2020).", "2. And so on.", "HEAD1:End", PROSE)[
        5:
    ] == ["heading1", "note", "note", "heading1", "body"]


@pytest.mark.parametrize(
    "text", ["a-" * 4000, "A-" * 4000, "Doe, " * 4000, "1 " * 8000, "((" * 8000, "a" * 50_000, "A. " * 9000]
)
def test_long_and_odd_lines_take_no_time(text):
    import time

    begun = time.process_time()
    kinds(*[text] * 8, "References", *[text] * 8)
    assert time.process_time() - begun < 2
