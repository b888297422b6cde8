"""References against the manual's examples in ../shared/apa7; the gaps we know of stand in known_gaps.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from . import corpus

GAPS = Path(__file__).parent / "known_gaps.toml"


@pytest.fixture(scope="module")
def data() -> corpus.Corpus:
    if not corpus.SHARED.exists():
        pytest.skip("../shared/apa7 is not here")
    return corpus.load()


@pytest.fixture(scope="module")
def printed(data: corpus.Corpus) -> dict[str, str]:
    references, citations = corpus.markup(data)
    return {**references, **citations}


def judged(cases: list[corpus.Case], printed: dict[str, str]) -> tuple[set[str], set[str]]:
    """Give the ids whose text misses, and those whose text is exact but whose italics miss."""
    text, italics = set(), set()
    for case in cases:
        got = printed.get(case.id, "")
        if not any(corpus.same_text(got, wanted) for wanted in (case.plain, *case.accept)):
            text.add(case.id)
        elif corpus.same_text(got, case.plain) and not corpus.same_italics(got, case.marked):
            italics.add(case.id)
    return text, italics


def test_every_miss_is_a_known_gap_and_every_gap_a_miss(data: corpus.Corpus, printed: dict[str, str]) -> None:
    known = tomllib.loads(GAPS.read_text(encoding="utf-8"))
    text, italics = judged([*data.references, *data.citations], printed)
    assert text == set(known.get("text", {})), "text"
    assert italics == set(known.get("italics", {})), "italics"


@pytest.mark.parametrize("part", ["references", "citations"])
def test_the_shares_the_project_promises(data: corpus.Corpus, printed: dict[str, str], part: str) -> None:
    cases = getattr(data, part)
    text, italics = judged(cases, printed)
    assert len(text) <= 0.03 * len(cases)
    exact = [case for case in cases if case.id not in text | italics]
    assert len(exact) >= 0.95 * len(cases)


def test_the_list_stands_in_the_manuals_order(data: corpus.Corpus) -> None:
    """Chapters 8 to 10: a document's references come out in the order of the data."""
    import json

    from galley import apa7

    records = json.loads((corpus.SHARED / "references.json").read_text(encoding="utf-8"))
    wrong = []
    for doc in sorted({r["doc"] for r in records if not r["doc"].startswith("11")}):
        wanted = [r["key"] for r in sorted((r for r in records if r["doc"] == doc), key=lambda r: r["order"])]
        got = [key for key, _ in apa7.typeset(data.entries, (), also=wanted).references]
        if got != wanted:
            wrong.append(f"{doc}: {[(a, b) for a, b in zip(got, wanted, strict=True) if a != b]}")
    assert not wrong, "\n".join(wrong)
