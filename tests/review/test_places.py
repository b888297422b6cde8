"""Page and line of things by their identifiers, as they stand on the typeset pages."""

import pytest

from galley import press
from galley.formats.places import Place, places

LINES = "Some words that fill the page, one line of it after the other. " * 30
BODY = f"""# Start {{#start}}

One [word]{{#word}} in the first line. {LINES}

::: {{#whole}}
A paragraph of its own.
:::

{LINES}

{LINES}

{LINES}

[The last one.]{{#last}}
"""


@pytest.fixture
def found(project):
    def found(theme: str) -> dict[str, Place]:
        project.write(BODY)
        document = project.settled()
        return places(document, press.themed(document, theme), ["start", "word", "whole", "last", "nowhere"])

    return found


@pytest.mark.parametrize("theme", ["base", "apa", "two-column", "preprint"])
def test_places_follow_one_another_as_the_text_does(found, theme):
    told = found(theme)
    assert "nowhere" not in told
    order = [(told[name].page, told[name].running) for name in ("start", "word", "whole", "last")]
    assert order == sorted(set(order))
    assert told["word"].line == told["start"].line + 1
    assert told["whole"].line == told["whole"].last_line > told["word"].line


def test_a_place_is_said_in_words(found):
    last = found("base")["last"]
    assert str(last) == f"page {last.page}, line {last.line}"
    assert last.page > 1
    assert str(Place(3, 2, 3, 5, 0, 0)) == "page 3, lines 2–5"
    assert str(Place(3, 40, 4, 2, 0, 0)) == "page 3, line 40, to page 4, line 2"
