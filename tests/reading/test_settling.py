"""Authors as people write them: a remark behind a name is what it says, and no part of the name."""

import pytest

from galley.reading.fields import FrontMatterIn
from galley.reading.settling import settle


def author(written):
    return settle(FrontMatterIn.model_validate({"title": "T", "author": [written]})).authors[0]


@pytest.mark.parametrize(
    "name", ["Ruth Ford^[corresponding author]", "Ruth Ford [Corresponding author]", "Ruth Ford (corresponding author)"]
)
@pytest.mark.parametrize("form", [lambda name: name, lambda name: {"name": name}])
def test_who_is_to_be_written_to(name, form):
    found = author(form(name))
    assert (found.name, found.given, found.family) == ("Ruth Ford", "Ruth", "Ford")
    assert found.corresponding
    assert found.note == ""


def test_an_address_in_the_remark_is_the_authors_unless_there_is_one():
    said = "Ruth Ford^[Corresponding author: ruth@example.org.]"
    assert author(said).email == "ruth@example.org"
    assert author({"name": said, "email": "r.ford@example.org"}).email == "r.ford@example.org"


def test_other_remarks():
    assert author("Ruth Ford^[These authors contributed equally]").equal
    found = author({"name": "Ruth Ford^[co-first author]", "note": "On leave."})
    assert (found.name, found.note, found.corresponding) == ("Ruth Ford", "On leave. Co-first author", False)


@pytest.mark.parametrize("name", ["Ruth (Ruthie) Ford", "World Health Organization (WHO)", "Ford [the elder]"])
def test_other_brackets_belong_to_the_name(name):
    assert author(name).name == name
