"""Where each field was found in a typed reference: its place holds its words, and no field that is gone has one."""

import pytest

from galley.apa7.parse import parse

from .printing import stretches
from .test_cases import PAGES

LITERAL = (
    "title",
    "journaltitle",
    "booktitle",
    "publisher",
    "institution",
    "organization",
    "eventtitle",
    "volume",
    "url",
)
FOUND = (
    ("Doe, J. (2020). *A title* (Report No. 12). Some Press.", "institution", "Some Press"),
    ("Doe, J. (2020). *A title*. PsyArXiv Preprints. https://doi.org/10.1/psy", "organization", "PsyArXiv Preprints"),
    ("Doe, J. (2020). *A title* [Poster]. Meeting of Things, Oslo.", "eventtitle", "Meeting of Things, Oslo"),
    ("Doe, J. (2020). A title [Film]. In *Series*. Studio.", "entrysubtype", "Film"),
    ("Doe, J. (2020). A title. In *Things* (Version 2.1) [Mobile app]. App Store.", "appentry", "A title"),
    ("Doe, J. (2020). A title. *Journal*, *12*(3), 45–67.", "number", "3"),
    ("Doe, J. (2020, May 3). A title. *Journal*, *12*(3), 45–67.", "date", "2020, May 3"),
    ("Doe, J. (2020). *A title* (2nd ed., Vol. 3). Press.", "edition", "2nd ed."),
    ("Doe, J. (2020). *A title*. Retrieved May 3, 2021, from https://a.b", "urldate", "Retrieved May 3, 2021, from "),
)  # fmt: skip


@pytest.mark.parametrize(("reference", "name", "words"), FOUND)
def test_a_field_stands_where_it_was_typed(reference: str, name: str, words: str) -> None:
    parts = stretches(reference)
    start, end = parse(parts).at[name]
    assert "".join(part.text for part in parts)[start:end] == words


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_places_are_of_fields_and_hold_their_words(page) -> None:
    for line in page.read_text("utf-8").split("\n"):
        if not line.strip() or line.startswith(("    ", "# ")):
            continue
        parts = stretches(line)
        parsed, text = parse(parts), "".join(part.text for part in parts)
        assert parsed.at.keys() <= parsed.fields.keys(), line
        for name in LITERAL:
            value = parsed.fields.get(name, "")
            if value and value in text and ";" not in value:
                start, end = parsed.at[name]
                assert value in text[start:end], f"{name} of {line}"
