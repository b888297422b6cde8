"""Papers by others through Word and back: nothing is lost, keys stay, what is rejected is as it was."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from word_trip import Trip

PAPERS = Path(__file__).parents[3] / "shared" / "papers"


@pytest.mark.parametrize(("paper", "seed", "most"), [("cdsaxs", 1, 2), ("phasefieldx", 3, 2), ("pyheatdemand", 2, 2)])
def test_every_edit_is_placed_or_listed(paper, seed, most):
    if not (PAPERS / paper).is_dir():
        pytest.skip("the papers are not here")
    trip = Trip(PAPERS / paper, seed, 1)
    assert trip.same, "all rejected, the sources are what they were"
    assert not trip.again.files, "a second merge changes nothing"
    outcomes = [(trip.outcome(one), one.kind, one.tracked) for one in trip.done]
    assert not [one for one in outcomes if one[0] == "lost"]
    assert len([one for one in outcomes if one[0] == "listed"]) <= most
    keys = re.compile(r"(?<![\w@\\])@[\w:-]+")
    for path, text in trip.sources.items():
        before = set(keys.findall((PAPERS / paper / path.name).read_text("utf-8")))
        assert before <= set(keys.findall(text)), "keys are intact"
