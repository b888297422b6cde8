"""The typed list as an author leaves it: broken over paragraphs, run together, in cells, numbered."""

import pytest

from galley.apa7.parse.nouns import Parsed
from galley.span import File
from galley.typed.listing import listed
from galley.typed.listkeys import key, keys
from galley.typescript import Paragraph, Run, Typescript

DOE = "Doe, J. (2019). The colour of rain. Journal of Weather, 3(2), 1–9. https://doi.org/10.1000/rain"
ROE = "Roe, R., & Poe, S. (2020). Where fog comes from. Cloud Press."
VAN = "van der Moe, T. (2021). Tides. Water, 4, 5–6."


def script(*texts, kind="reference", part="body"):
    starts = [sum(len(text) + 1 for text in texts[:i]) for i in range(len(texts))]
    paragraphs = tuple(
        Paragraph(i, (Run(text),), ((0, start),), kind=kind, part=part)
        for i, (text, start) in enumerate(zip(texts, starts, strict=True))
    )
    return Typescript(File("list.md", "\n".join(texts)), paragraphs)


def texts(*paragraphs, **options):
    return [entry.text for entry in listed(script(*paragraphs, **options))]


def test_a_paragraph_is_an_entry():
    found = listed(script(DOE, "", ROE, VAN))
    assert [entry.text for entry in found] == [DOE, ROE, VAN]
    assert [entry.paragraphs for entry in found] == [(0,), (2,), (3,)]
    assert [entry.key for entry in found] == ["doe2019", "roe2020", "moe2021"]
    assert found[1].parsed.fields["publisher"] == "Cloud Press"


def test_only_references_are_read():
    paragraphs = (
        Paragraph(0, (Run("References"),), kind="heading", level=1),
        Paragraph(1, (Run(DOE),), kind="reference"),
        Paragraph(2, (Run("A note after the list (2020)."),), kind="body"),
    )
    assert [e.text for e in listed(Typescript(File("x", ""), paragraphs))] == [DOE]


@pytest.mark.parametrize(
    ("first", "rest"),
    [
        ("Doe, J. (2019). The colour of rain. Journal of Weather, 3(2), 1–9.", "https://doi.org/10.1000/rain"),
        ("Doe, J. (2019). The colour of rain. Journal of", "Weather, 3(2), 1–9."),
        ("Doe, J. (2019). The colour of", "rain. Journal of Weather, 3(2), 1–9."),
        ("Doe, J., Roe, R., &", "Poe, S. (2019). The colour of rain. Cloud Press."),
        ("Doe, J. (2019). The colour of rain. Site.", "Retrieved May 3, 2021, from https://rain.example/"),
        ("Doe, J. (2019). The colour of rain. Journal of Weather,", "3(2), 1–9."),
    ],
)
def test_an_entry_over_two_paragraphs_is_one(first, rest):
    found = listed(script(ROE, first, rest, VAN))
    assert len(found) == 3
    assert found[1].paragraphs == (1, 2)
    assert found[1].text.split() == f"{first} {rest}".split()
    assert str(found[1].place).startswith("list.md:2")


@pytest.mark.parametrize(
    "other",
    [
        VAN,
        "de Vries, R., Moe, T., 2013. Salt. Water 4, 5–6.",
        "al-Hakim, S. (2013). Salt. Press.",
        "2022 report on rain. (2023). Agency of Rain. https://rain.example/",
    ],
)
def test_a_small_letter_or_a_number_alone_joins_nothing(other):
    assert texts(DOE, other) == [DOE, other]


def test_entries_run_together_are_parted():
    assert texts(f"{DOE} {ROE}") == [DOE, ROE]
    assert texts(f"{DOE}\n{ROE}\nMoe, T. (2021). Tides. Water, 4, 5–6.")[1] == ROE


def test_italics_go_with_their_entry():
    runs = (Run("Doe, J. (2019). "), Run("The colour of rain", italic=True), Run(". Press. Roe, R. (2020). "),
            Run("Fog", italic=True), Run(". Press."))  # fmt: skip
    found = listed(Typescript(File("x", ""), (Paragraph(0, runs, kind="reference"),)))
    assert [[run.text for run in entry.runs if run.italic] for entry in found] == [["The colour of rain"], ["Fog"]]


@pytest.mark.parametrize("form", ["{}. ", "[{}] ", "({}) ", "{}.\t"])
def test_a_numbered_list_keeps_its_numbers(form):
    found = listed(script(*(form.format(n) + entry for n, entry in enumerate((DOE, ROE, VAN), 1))))
    assert [entry.number for entry in found] == [1, 2, 3]
    assert [entry.key for entry in found] == ["doe2019", "roe2020", "moe2021"]


def test_in_a_numbered_list_a_line_without_a_number_goes_on():
    assert len(listed(script("1. Doe J. Rain.", "Weather 2019;3:1–9.", "2. Roe R. Fog. Cloud Press; 2020."))) == 2


def test_numbers_in_cells_of_their_own():
    found = listed(script("[1]", DOE, "[2]", ROE, part="cell"))
    assert [entry.number for entry in found] == [1, 2]
    assert [entry.parsed.fields["date"] for entry in found] == ["2019", "2020"]


def test_keys_are_nobody_elses():
    def work(author, date="2020", letter=""):
        return Parsed("book", {"author": author, "date": date, "title": "The colour of rain"}, letter)

    many = [
        *(work("Doe, J."), work("Doe, K."), work("Doe, L."), work("Müller, Ö.", letter="a")),
        *(work("van den Berg, Å."), work("{World Health Organization}"), work("{王小明}")),
        *(work("", "2020"), work("Łukasz-Nowak, Ž.", "1999/2003")),
    ]
    found = keys(many)
    assert found[:6] == ["doe2020", "doe2020b", "doe2020c", "muller2020a", "berg2020", "who2020"]
    assert len(set(found)) == len(found)
    assert all(name.isascii() and name == name.lower() for name in found)
    assert keys([work("Doe, J.")] * 60)[-1] not in keys([work("Doe, J.")] * 59)


def test_an_undated_work_has_a_key_too():
    assert key(Parsed("online", {"author": "Doe, J.", "title": "Rain"}, "b")) == "doend-b"
    assert key(Parsed("article", {"author": "Doe, J.", "pubstate": "inpress"})) == "doeinpress"
    assert key(Parsed("misc", {})) == "anonnd"
