"""Laws of reading typed references: nothing raises, no word goes missing, what is read is printed again."""

import random
import re
import time
import unicodedata
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from galley.apa7.parse import parse
from galley.apa7.parse.nouns import Parsed, Stretch

from .printing import again, same, stretches
from .samples import REFERENCES

_WORDS = """
    in on ed eds and et al others retrieved accessed available from at the http https doi dx org www vol vols
    no nos pp p trans version versions article art nd n d reprinted original work published originally with
    hrsg editors editor th st nd rd edition arxiv url press vs pt ver rev date last viewed consulted id
    chapter chap issue i publication
"""
FURNITURE = set(_WORDS.split())


_MONTHS = """
    january february march april may june july august september october november december spring summer fall autumn
    winter jan feb mar apr jun jul aug sept sep oct nov dec
"""


def words(text: str) -> Counter[str]:
    """The words and numbers of a text, marks and hyphens apart."""
    flat = unicodedata.normalize("NFKD", text.replace("ı", "i"))
    flat = "".join(c for c in flat if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")
    return Counter(re.findall(r"[^\W_]+", flat.lower()))


def lost(text: str, parsed: Parsed) -> Counter[str]:
    """The words of a reference that neither a field nor what is left over holds; dates are judged by their year."""
    held = words(" ".join((*parsed.fields.values(), *parsed.leftover, parsed.letter)))
    missing = Counter({word: n for word, n in words(text).items() if word not in held})
    return Counter({w: n for w, n in missing.items() if w not in FURNITURE and not _dated(w, parsed)})


def _dated(word: str, parsed: Parsed) -> bool:
    """Say whether a word is part of a date that a field holds as numbers: "May", "3rd", "2020a"."""
    named = ("date", "urldate", "origdate", "pubstate", "edition", "year")
    dates = " ".join(parsed.fields.get(name, "") for name in named)
    if word in _MONTHS.split():
        return bool(dates)
    digits = re.match(r"\d+", word)
    return bool(digits) and (digits[0].lstrip("0") in re.sub(r"\b0+", "", dates) or word[:4] in dates)


@pytest.mark.parametrize("markdown", REFERENCES)
def test_no_word_is_lost(markdown):
    parts = stretches(markdown)
    assert not lost("".join(s.text for s in parts), parse(parts))


@pytest.mark.parametrize("markdown", REFERENCES)
def test_no_word_is_lost_without_italics(markdown):
    text = "".join(s.text for s in stretches(markdown))
    assert not lost(text, parse([Stretch(text)]))


@pytest.mark.parametrize("markdown", REFERENCES)
def test_a_reference_in_form_is_printed_again(markdown):
    assert same(again(parse(stretches(markdown))), markdown), again(parse(stretches(markdown)))


_SCRAPS = """
Doe, J.|(2020).|(n.d.)|Title of it|. |, |&|and|et al.|…|In |(Eds.)|(pp. 1–2)|[Data set]|12(3), 4–5|https://a.b/c|doi:10.1000/x
(|)|[|]|“|”|\u00ad|\u00a0|e\u0301|2020|Retrieved May 3, 2019, from|Journal|Press|:|;|*|王小明|10.1000/|http://
(2nd ed., Vol. 3)|v.|U.S.C. § 3|Jr.|van den|-
"""
PIECES = st.sampled_from([scrap for row in _SCRAPS.strip().split("\n") for scrap in row.split("|")])


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(st.lists(st.tuples(PIECES | st.text(max_size=12), st.booleans()), max_size=24))
def test_no_text_raises_and_no_word_is_lost(parts):
    parse([Stretch(piece, italic) for piece, italic in parts])  # run together, they need only not raise
    text = [Stretch(f"{piece} ", italic) for piece, italic in parts]
    parsed = parse(text)
    whole = "".join(stretch.text for stretch in text)
    held = "".join(words(" ".join((*parsed.fields.values(), *parsed.leftover, parsed.letter))))
    assert 0 <= parsed.sure <= 1
    for start, end in parsed.at.values():
        assert 0 <= start <= end <= len(whole)
    for _, start, end in parsed.slips:
        assert 0 <= start <= end <= len(whole)
    number = re.match(r"\s*[\[(]?(\d{1,3})[.)\]]", whole)  # a list number is nobody's word
    asked = words(whole[number.end() if number else 0 :])
    assert not [word for word in asked if word not in held and word not in FURNITURE and not _dated(word, parsed)]


@pytest.mark.parametrize(
    "text",
    [
        *("a, " * 5000, "(2020" * 3000, "A. " * 5000, "Doe, J., " * 2000 + "(2020).", "[" * 9000, "1-" * 6000),
        *("a b " * 4000 + "(2020). x", "Title. In " * 2000, "(a(b" * 3000, "10.1000/" * 2000, ", & " * 4000),
        *("Doe, J. (2020). " + "x. Y " * 3000, "Doe, J. (2020). T. J" + "1, " * 4000, "É. " * 4000),
        *("Ab, " * 4000 + "In A. B", "https://a b " * 2000, "Doe, J. (2020). T [" + "[a] " * 3000),
        *("Doe, J. (2020). T (" + "2nd ed., " * 2000 + ").", "A v. B, " * 2000 + "1 U.S. 2 (2020).", "d’" * 8000),
    ],
    ids=lambda text: text[:20],
)
def test_long_and_hostile_texts_take_no_time(text):
    start = time.process_time()
    parse([Stretch(text)])
    assert time.process_time() - start < 2.0


def test_shuffled_words_are_still_all_there():
    shuffle = random.Random(7)
    for markdown in REFERENCES:
        parts = "".join(s.text for s in stretches(markdown)).split(" ")
        shuffle.shuffle(parts)
        text = " ".join(parts)
        parsed = parse([Stretch(text)])
        held = "".join(words(" ".join((*parsed.fields.values(), *parsed.leftover, parsed.letter))))
        assert not [w for w in words(text) if w not in held and w not in FURNITURE and not _dated(w, parsed)], text
