"""Which paragraphs of a typescript are read for citations, by name or by number, and what fields add."""

from __future__ import annotations

import time

from galley.typescript import Field, Paragraph, Run

from .typescripts import LIST, resolved

NUMBERED = tuple(f"{n}. Name{chr(96 + n)}, A. (20{n:02}). Title {n}. Press." for n in range(1, 9))


def found(*paragraphs: str | Paragraph, entries: tuple[str, ...] = LIST, fields: tuple[Field, ...] = ()) -> list[str]:
    return [one.citation.text for one in resolved(paragraphs, entries, fields).citations]


def test_notes_cells_and_captions_are_read_and_the_list_is_not() -> None:
    rows = [
        Paragraph(n, (Run(f"(Lee, 2015{letter})"),), part=part, kind=kind)
        for n, (letter, part, kind) in enumerate(
            [("a", "footnote", "body"), ("b", "cell", "cell"), ("a", "body", "caption"), ("b", "body", "abstract")]
        )
    ]
    assert found(*rows) == ["(Lee, 2015a)", "(Lee, 2015b)", "(Lee, 2015a)", "(Lee, 2015b)"]
    skipped = ["title", "author", "affiliation", "code", "maths", "reference", "keywords"]
    assert found(*(Paragraph(n, (Run("(Lee, 2015a)"),), kind=kind) for n, kind in enumerate(skipped))) == []
    assert found(Paragraph(0, (Run("(Lee, 2015a)"),), part="header")) == []


def test_code_in_a_line_is_no_citation() -> None:
    assert found(Paragraph(0, (Run("see "), Run("f(Lee, 2015)", code=True), Run(" and (Lee, 2015a)")))) == [
        "(Lee, 2015a)"
    ]


def test_runs_do_not_part_a_citation() -> None:
    runs = tuple(Run(char, italic=number % 2 == 0) for number, char in enumerate("(Smith & Jones, 2020)"))
    assert found(Paragraph(0, runs)) == ["(Smith & Jones, 2020)"]


def test_a_cell_that_is_a_citation_needs_no_brackets() -> None:
    assert found(Paragraph(0, (Run("Zhou, 2015"),), part="cell", kind="cell")) == []
    assert found(Paragraph(0, (Run("Müller, 2011"),), part="cell", kind="cell")) == ["Müller, 2011"]
    assert found("In the sentence Müller, 2011 would be odd.") == []


def test_an_author_who_never_types_the_comma_is_believed() -> None:
    usual = "(Müller 2011), (Lee 2015a), (Brown & Roe 2016)"
    assert "(Nobody 2019)" in found(usual, "and (Nobody 2019).")
    assert "(Nobody 2019)" not in found("(Müller, 2011), (Lee, 2015a), (Brown & Roe, 2016)", "and (Nobody 2019).")


def test_numbers_are_citations_where_the_list_is_numbered() -> None:
    got = resolved(["First [1, 3–5], then [2] and [8; 6].", "Last [7] and [9]."], NUMBERED)
    assert got.style == "number"
    assert [[work.number for work in one.citation.works] for one in got.citations] == [
        [1, 3, 4, 5],
        [2],
        [8, 6],
        [7],
        [9],
    ]
    assert [(link.listed, link.kind) for link in got.links][-2:] == [(6, "exact"), (-1, "missing")]
    assert got.uncited == ()


def test_numbers_are_not_citations_where_names_are() -> None:
    got = resolved("We cite (Smith & Jones, 2020) and Lee (2015a); items [1] and [2] are others.", LIST)
    assert [one.citation.text for one in got.citations] == ["(Smith & Jones, 2020)", "Lee (2015a)"]
    assert got.style == "author-date"


def test_raised_numbers_are_citations_but_powers_are_not() -> None:
    runs = [Run("It was so")]
    for number in range(1, 9):
        runs += [Run(f" and so on it went{',' if number % 2 else ''}"), Run(str(number), raised="sup")]
    runs += [Run(" over 5 m"), Run("2", raised="sup")]
    got = resolved(Paragraph(0, tuple(runs)), NUMBERED)
    assert [one.citation.text for one in got.citations] == list("12345678")
    assert {one.citation.style for one in got.citations} == {"raised"}


def test_a_field_counts_once_and_odd_text_in_it_is_found() -> None:
    text = "It was so (Smith & Jones, 2020) and so, Lee, 2015a)."
    start = text.index("(Smith")
    first = Field(0, start, start + 21, "(Smith & Jones, 2020)", (), "zotero")
    odd = text.index(", Lee")
    second = Field(0, odd, odd + 12, ", Lee, 2015a", (), "mendeley")
    got = resolved(text, LIST, (first, second))
    assert [one.citation.text for one in got.citations] == ["(Smith & Jones, 2020)", "Lee, 2015a"]
    assert [text[one.citation.start : one.citation.end] for one in got.citations] == [
        one.citation.text for one in got.citations
    ]
    assert [link.kind for link in got.links] == ["exact", "exact"]


def test_a_deleted_field_is_not_read() -> None:
    gone = Field(0, 0, 0, "(Lee, 2015a)", (), "zotero", deleted=True)
    assert found("Nothing here.", fields=(gone,)) == []


def test_three_hundred_citations_against_a_hundred_and_fifty_entries_take_a_moment() -> None:
    names = [
        f"{a}{b}er"
        for a in ("Bak", "Wag", "Mül", "Fish", "Hunt")
        for b in ("", "n", "st", "l", "m", "t", "k", "g", "p", "d")
    ]
    entries = [
        f"{name}, A., & Roe, B. ({year}). Title of {name}. Press." for name in names for year in (2001, 2002, 2003)
    ]
    pairs = [(names[n % 50], names[(n + 7) % 50], 2001 + n % 3) for n in range(150)]
    texts = [f"It was shown ({a} & Roe, {year}) that, as {b} and Roe ({year}) said." for a, b, year in pairs]
    from galley.typed.citing import cited
    from galley.typed.linking import linked
    from galley.typed.listing import listed

    from .typescripts import typescript

    script = typescript(texts, entries)
    rows = listed(script)
    assert len(rows) == 150
    begun = time.process_time()
    got = linked(script, cited(script, rows), rows)
    took = time.process_time() - begun
    assert len(got.citations) == 300
    assert {link.kind for link in got.links} == {"exact"}
    assert took < 1.5  # some 0.1 s where nothing else runs
    print(f"{took:.3f} s")
