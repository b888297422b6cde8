"""Laws of spotting: what our own engine prints is found and read back; nothing raises; long texts take linear time."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.richtext import Text

from galley.apa7 import typeset
from galley.apa7.entry import Citation, Entry, Item
from galley.apa7.spot import find
from galley.apa7.spot.finding import found
from galley.apa7.spot.knowing import known
from galley.apa7.spot.numbers import Numbers, numbered

SURNAMES = ["Ash", "de la Elm", "O’Fir", "Birch-Cedar", "Łąka", "MacOak", "van Pine", "Yew", "Zürn", "Ng"]
GROUPS = ["Alder Society", "University of the Oaks", "Stone Pine Development Team", "Bureau of Woods"]
YEARS = ["1999", "2020-05-01", "2001", ""]
PLACES = ["", ", p. 4", ", pp. 3–17", ", Chapter 10", ", para. 2", ", 1:30:40"]

people = st.lists(st.sampled_from(SURNAMES), min_size=1, max_size=5, unique=True).map(
    lambda names: " and ".join(f"{name}, A." for name in names)
)
groups = st.sampled_from(GROUPS).map(lambda name: f"{{{name}}}")
entries = st.lists(st.tuples(people | groups, st.sampled_from(YEARS)), min_size=1, max_size=4, unique=True)


def printed(rows: Sequence[tuple[str, str]], place: str, *, narrative: bool) -> str:
    works = {
        f"k{n}": Entry(f"k{n}", "book", {"author": author, "date": date, "title": f"Title {n}", "publisher": "P"})
        for n, (author, date) in enumerate(rows)
    }
    items = [Item(key, suffix=Text(place if n == 0 else "")) for n, key in enumerate(works)]
    if narrative:
        items = items[:1]
    return str(typeset(works, [Citation(tuple(items), narrative)], every=True).citations[0])


def first_names(author: str) -> str:
    first = author.split(" and ")[0]
    return first.strip("{}") if first.startswith("{") else first.split(",")[0]


@settings(max_examples=150, deadline=None)
@given(entries, st.sampled_from(PLACES), st.booleans())
def test_what_our_engine_prints_is_found_and_read_back(
    rows: list[tuple[str, str]], place: str, narrative: bool
) -> None:
    text = printed(rows, place, narrative=narrative)
    prose = f"As {text} wrote, it was so." if narrative else f"It was so {text}, as said."
    got = find(prose)
    assert [one.text for one in got] == [text]
    works = got[0].works
    assert got[0].narrative == narrative
    wanted = rows[:1] if narrative else rows
    assert sorted((work.names[0], work.year) for work in works) == sorted(
        (first_names(author), date[:4] or "n.d.") for author, date in wanted
    )
    assert [work.locator for work in works if work.locator] == ([place.removeprefix(", ")] if place else [])
    for work in works:
        assert prose[work.year_start : work.year_end].startswith(work.year)
        if work.name_start >= 0 and not work.etal and len(work.names) == 1 and not any(work.initials):
            assert prose[work.name_start : work.name_end] == work.names[0]


PIECES = [
    "(",
    ")",
    "[",
    "]",
    "Smith",
    " & ",
    ", ",
    "; ",
    "2020",
    "a",
    "n.d.",
    " et al.",
    "“",
    "”",
    '"',
    "in press",
    "'s",
]
PIECES += [
    " ",
    "see ",
    "p. 4",
    "\u00ad",
    "\u0301",
    "van ",
    "A. ",
    "ca. 350 B.C.E.",
    "WHO",
    "/",
    "–",
    "personal communication",
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=200))
def test_nothing_raises_and_places_are_those_of_the_text(text: str) -> None:
    for one in find(text, [(0, len(text) // 2)], [(("Smith",), "2020"), (("A Title of Some Length",), "")]):
        assert text[one.start : one.end] == one.text
        for work in one.works:
            for offset in work[-6:]:
                assert -1 <= offset <= len(text)
            assert work.year_start <= work.year_end
    list(numbered(text, Numbers(1, 9)))


HOSTILE = {
    "opening": "(" * 50_000,
    "closing": ")" * 50_000,
    "nested": "(Smith, 2020 " * 2_000 + ")" * 2_000,
    "unclosed": "(2020" * 5_000,
    "names": "Smith " * 10_000 + "(2020)",
    "list": "(" + "Smith, " * 400 + "2020)",
    "initials": "A. " * 15_000 + "(2020)",
    "years": "(Smith, " + "2020, " * 480 + "x)",
    "spaces": "Smith" + " " * 50_000 + "(2020)",
    "quotes": '("' * 20_000,
    "lead-in": "(" + "see also " * 300 + "2020)",
    "hyphens": "a-" * 20_000 + " (2020)",
    "locator": "(Smith, 2020, " + "p. 1, " * 450 + "x)",
    "accents": "e\u0301" * 20_000 + " (2020)",
    "connectors": "Board of " * 5_000 + "(2020)",
    "ampersands": "& " * 20_000 + "(2020)",
    "digits": "1" * 50_000 + " (2020)",
    "numbers": "[" + "1, " * 15_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_takes_no_more_than_a_moment(name: str) -> None:
    text = HOSTILE[name]
    begun = time.process_time()
    find(text, [(0, len(text))], [(("Smith", "Jones"), "2020")])
    list(numbered(text, Numbers(1, 50)))
    assert time.process_time() - begun < 5  # most take some hundredths; a pattern that backtracks takes minutes


def test_what_is_doubtful_is_told_apart_from_what_is_not() -> None:
    rows = found("(Tokyo 2020), (Smith, 2020), the Great Recession (2008)", (), known([(("Smith",), "2020")]))
    assert [(one.citation.text, one.doubt) for one in rows] == [
        ("(Tokyo 2020)", 2),
        ("(Smith, 2020)", 0),
        ("Great Recession (2008)", 2),
    ]
