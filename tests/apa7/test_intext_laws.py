"""Laws of in-text citations that hold whatever the bibliography: held by generated works and citations."""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.richtext import HRef, String, Tag, Text

from galley.apa7 import assembly
from galley.apa7.date import year_text
from galley.apa7.entry import Citation, Entry, Item
from galley.apa7.intext import cite_all, listed
from galley.apa7.labels import label
from galley.apa7.languages import terms_for
from galley.apa7.order import sort_key

from .pandoc_cites import markup

TERMS = terms_for("en")
SURNAMES = ["Ash", "Birch", "Cedar", "de la Elm", "O'Fir"]
GIVEN = ["A.", "B. C.", "Ann", "Bo", ""]
GROUPS = ["{Alder Society}", "{Board of Beeches}"]
TITLES = ["On Bark", "The Leaf", "A Root", "On {LaTeX} \\& Sap", "Who Planted ``Oaks''?", "Seeds: A Song"]
DATES = ["", "1999", "2000", "2000-05-01", "1998/2000", "-0349~", "2001/"]

person = st.builds(
    lambda family, given: f"{family}, {given}" if given else family, *map(st.sampled_from, (SURNAMES, GIVEN))
)
names = st.lists(person | st.sampled_from(GROUPS), max_size=5).map(" and ".join)
fields = st.fixed_dictionaries(
    {"author": names, "title": st.sampled_from(TITLES)},
    optional={
        "date": st.sampled_from(DATES),
        "origdate": st.sampled_from(DATES),
        "pubstate": st.just("inpress"),
        "shorttitle": st.sampled_from(TITLES),
        "editor": names,
    },
)
TYPES = [
    "book",
    "article",
    "incollection",
    "online",
    "report",
    "misc",
    "video",
    "thesis",
    "legislation",
    "jurisdiction",
]


def work(key: str, kind: str, given: dict[str, str]) -> Entry:
    if not given.get("date"):
        given = {**given, "origdate": ""}  # a first year alone is no date of publication
    return Entry(key, kind, {name: value for name, value in given.items() if value})


library = st.lists(st.tuples(st.sampled_from(TYPES), fields), min_size=1, max_size=9).map(
    lambda rows: {f"k{at}": work(f"k{at}", kind, given) for at, (kind, given) in enumerate(rows)}
)
PREFIXES = ["", "see", "see also", "e.g.,", "as cited in", "the classic"]
SUFFIXES = ["", ", p. 3", ", 33-35", ", for more", "p. 4", ", Table 2, p. 3", ", {}12 a", ", "]


def in_order(entries: dict[str, Entry]) -> list[str]:
    return sorted(entries, key=lambda key: sort_key(entries[key]))


def citations_of(keys: list[str]) -> st.SearchStrategy[list[Citation]]:
    item = st.builds(
        lambda key, prefix, suffix, year: Item(key, Text(prefix), Text(suffix), year_only=year),
        st.sampled_from([*keys, "missing"]),
        st.sampled_from(PREFIXES),
        st.sampled_from(SUFFIXES),
        st.booleans(),
    )
    some = st.lists(item, min_size=1, max_size=4).map(tuple)
    return st.lists(st.builds(Citation, some, st.booleans()), max_size=5)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_every_citation_is_whole(data: st.DataObject) -> None:
    entries = data.draw(library)
    plan = data.draw(citations_of(list(entries)))
    terms = terms_for(data.draw(st.sampled_from(["en", "de", "es", "fr", "pt", "tr", "ur", "ar"])))
    marks = label(entries, in_order(entries), terms)
    for citation, got in zip(plan, cite_all(entries, plan, in_order(entries), terms), strict=True):
        text = str(got)
        assert text.count("(") == text.count(")"), text
        assert text.count("[") == text.count("]"), text
        assert not re.search(r",,|;;|, ,|; ;|,;|;,|\(\)|\( |\(,|\(;| \)|  ", text), text
        assert not re.search(r"\\|[{}]", text), text
        for item in citation.items:
            if item.key == "missing":
                assert "missing?" in text
            else:
                assert year_text(entries[item.key], terms, marks[item.key].letter) in text, (item, text)
        if not citation.narrative:
            assert text.startswith("("), text
            assert text.endswith(")"), text


@settings(max_examples=150, deadline=None)
@given(library)
def test_no_two_works_are_cited_alike(entries: dict[str, Entry]) -> None:
    plan = [Citation((Item(key),)) for key in entries]
    texts = [markup(text) for text in cite_all(entries, plan, in_order(entries), TERMS)]
    assert len(set(texts)) == len(texts), texts


@settings(max_examples=100, deadline=None)
@given(library, st.randoms())
def test_letters_do_not_depend_on_the_order_of_the_bib(entries: dict[str, Entry], dice: random.Random) -> None:
    keys = list(entries)
    dice.shuffle(keys)
    shuffled = {key: entries[key] for key in keys}
    assert label(entries, in_order(entries), TERMS) == label(shuffled, in_order(shuffled), TERMS)


@settings(max_examples=60, deadline=None)
@given(library)
def test_et_al_never_stands_for_one_name(entries: dict[str, Entry]) -> None:
    marks = label(entries, in_order(entries), TERMS)
    for key, entry in entries.items():
        count = len(entry.fields.get("author", "").split(" and "))
        assert count < 3 or marks[key].shown != count - 1


def calls_of(run: Callable[[], object]) -> int:
    """Count the calls, of Python and of C, that a run makes: the same on every machine."""
    count = 0

    def note(frame: Any, event: str, argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        run()
    finally:
        sys.setprofile(None)
    return count


ALIKE: dict[str, Callable[[int], str]] = {
    "the same authors, letters for all": lambda at: "Ash, A. and Birch, B. and Cedar, C.",
    "the same beginning, other ends": lambda at: f"Ash, A. and Birch, B. and Elm{at}, C. and Fir, D.",
    "the same surname, other initials": lambda at: f"Ash, {chr(65 + at % 26)}. {chr(65 + at // 26 % 26)}.",
    "nothing in common": lambda at: f"Ash{at}, A. and Birch, B.",
}


@pytest.mark.parametrize("kind", ALIKE)
def test_twice_the_works_are_twice_the_labour(kind: str) -> None:
    def labour(size: int) -> int:
        entries = {
            f"k{at}": Entry(f"k{at}", "book", {"author": ALIKE[kind](at), "title": f"Title {at}", "date": "2000"})
            for at in range(size)
        }
        order = in_order(entries)
        plan = [Citation((Item(key),)) for key in entries]
        return calls_of(lambda: cite_all(entries, plan, order, TERMS))

    labour(10)  # fills the caches
    assert labour(400) / labour(200) < 2.2


class Opaque(String):  # type: ignore[misc]
    """A host's own node, of which the engine knows the words only."""

    def _typeinfo(self) -> tuple[None, tuple[()]]:
        return None, ()


def test_the_hosts_nodes_come_through_untouched() -> None:
    node, other = Opaque("sum"), Opaque("note")
    entries = {"a": Entry("a", "book", {"author": "Ash, A.", "date": "2000"})}
    item = Item("a", Text("see ", node), Text(", p. 3, ", other, ", ", Tag("em", "ibid.")))
    (text,) = cite_all(entries, [Citation((item,))], ["a"], TERMS)
    assert any(part is node for part in text.parts)
    assert any(part is other for part in text.parts)
    assert markup(text) == "(see sum Ash, 2000, p.\u00a03, note, *ibid.*)"


def test_links_hold_names_and_year_only() -> None:
    entries = {
        "a": Entry("a", "book", {"author": "Ash, A.", "date": "2000"}),
        "b": Entry("b", "book", {"author": "Ash, A.", "date": "2001"}),
        "p": Entry("p", "misc", {"author": "Fir, F.", "date": "2001", "keywords": "personal communication"}),
    }
    plan = [
        Citation((Item("a", Text("see")), Item("b"))),
        Citation((Item("a", suffix=Text("p. 3")),), narrative=True),
        Citation((Item("p"),)),
    ]
    keys = [key for key in entries if listed(entries[key])]
    one, two, three = cite_all(entries, plan, keys, TERMS, lambda key: f"#{key}")

    def links(text: Any) -> list[tuple[str, str]]:
        return [(part.url, str(part)) for part in text.parts if isinstance(part, HRef)]

    assert (str(one), links(one)) == ("(see Ash, 2000, 2001)", [("#a", "Ash, 2000"), ("#b", "2001")])
    assert (str(two), links(two)) == ("Ash (2000, p.\u00a03)", [("#a", "Ash"), ("#a", "2000")])
    assert links(three) == []


@given(st.lists(st.text("ab ,", max_size=4) | st.builds(Tag, st.just("em"), st.text("xy", min_size=1, max_size=3))))
def test_quick_assembly_is_what_pybtex_makes(parts: list[Any]) -> None:
    apart = [part for at, part in enumerate(parts) if isinstance(part, str) or at % 2]  # equal tags do not meet
    separated = [piece for part in apart for piece in (part, "-")]
    assert assembly.text(separated) == Text(*separated)
    assert assembly.href("#u", separated) == HRef("#u", *separated)
    assert len(assembly.text(separated)) == len(Text(*separated))


def test_a_possessive_belongs_to_the_names() -> None:
    entries = {"a": Entry("a", "book", {"author": "Ash, A.", "date": "2000"})}
    plan = [Citation((Item("a", suffix=Text(suffix)),), narrative=True) for suffix in ("’s", "'s, p. 3", "’")]
    texts = [str(text) for text in cite_all(entries, plan, ["a"], TERMS)]
    assert texts == ["Ash’s (2000)", "Ash’s (2000, p.\u00a03)", "Ash’ (2000)"]


def test_the_years_of_one_author_are_not_repeated() -> None:
    entries = {
        key: Entry(key, "book", {"author": "Ash, A.", "date": year}) for key, year in (("a", "2000"), ("b", "1999"))
    }
    plan = [
        Citation((Item("a"), Item("b"), Item("a")), narrative=True),
        Citation((Item("a"), Item("b"), Item("a"))),
        Citation((Item("a", year_only=True), Item("b")), narrative=True),
    ]
    texts = [str(text) for text in cite_all(entries, plan, ["b", "a"], TERMS)]
    assert texts == ["Ash (1999, 2000)", "(Ash, 1999, 2000)", "2000; Ash, 1999"]
