"""Reading BibTeX: what is right is read whole, what is wrong is told at its place and mended."""

import pytest

from galley.reading.bibliography import bibliography
from galley.span import File


def read(text):
    found = bibliography([File("references.bib", text)])
    return found.entries, [(str(f.place), f.severity.value, f.code, f.message) for f in found.faults]


def test_an_entry_keeps_its_fields_and_its_place():
    entries, faults = read('% note\n@Article{doe, Title = {A {B} c}, year = 2020, month = sep # "~1"}\n')
    assert faults == []
    entry = entries["doe"]
    assert (entry.type, dict(entry.fields)) == ("article", {"title": "A {B} c", "year": "2020", "month": "September~1"})
    assert str(entry.span) == "references.bib:2:1"
    assert entry.field_spans["year"].text == "year = 2020"


def test_strings_preambles_and_comments():
    entries, faults = read(
        '@string{jx = "Journal of X"}\n@preamble{"\\newcommand{\\x}{}"}\n@comment{a, b}\n@article{k, journal = jx}\n'
    )
    assert faults == []
    assert entries["k"].fields["journal"] == "Journal of X"


@pytest.mark.parametrize(
    ("text", "fields", "fault"),
    [
        (
            "@misc{k, month = march}",
            {"month": "March"},
            None,
        ),
        (
            "@misc{k, pages = 1-19, year = 2001}",
            {"pages": "1-19", "year": "2001"},
            ("references.bib:1:18", "warning", "unquoted-value", "the value 1-19 has no braces"),
        ),
        (
            "@misc{k, journal = jx}",
            {"journal": "jx"},
            ("references.bib:1:20", "warning", "undefined-string", "the abbreviation 'jx' is not defined"),
        ),
        (
            "@misc{k, title = {T}\n year = {2001}}",
            {"title": "T", "year": "2001"},
            ("references.bib:1:10", "warning", "missing-comma", "a comma is missing after this field"),
        ),
        (
            "@misc{k, title = {T}, title = {U}}",
            {"title": "T"},
            ("references.bib:1:23", "warning", "doubled-field", "the entry 'k' has the field 'title' twice"),
        ),
        (
            "@misc{k,\n title = {T,\n year = {2001}\n}",
            {"title": "T", "year": "2001"},
            ("references.bib:2:10", "error", "broken-entry", "this value is not closed"),
        ),
        (
            "@misc{k, title = {T}",
            {"title": "T"},
            ("references.bib:1:1", "error", "broken-entry", "the entry 'k' is not closed"),
        ),
    ],
)
def test_a_fault_is_mended_and_told(text, fields, fault):
    entries, faults = read(text + "\n\n@misc{next, title = {N}}\n")
    assert dict(entries["k"].fields) == fields
    assert faults == ([fault] if fault else [])
    assert entries["next"].fields["title"] == "N", "the entry after a broken one is read"


def test_a_value_that_is_never_closed_ends_with_its_line():
    entries, faults = read("@misc{k,\n title = {Open,\n year = {2001},\n author = {A}\n\n@misc{next, title = {N}}\n")
    assert dict(entries["k"].fields) == {"title": "Open", "year": "2001", "author": "A"}
    assert [fault[:3] for fault in faults] == [("references.bib:2:10", "error", "broken-entry")]
    assert "next" in entries


def test_a_key_that_stands_twice():
    entries, faults = read("@misc{k, title = {A}}\n@misc{k, title = {B}}\n@misc{j, title={C}}\n@misc{j, title={C}}\n")
    assert entries["k"].fields["title"] == "A"
    assert [fault[:3] for fault in faults] == [
        ("references.bib:2:1", "error", "duplicate-key"),
        ("references.bib:4:1", "warning", "duplicate-key"),
    ]
