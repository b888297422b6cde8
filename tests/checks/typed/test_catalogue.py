"""The catalogue, its page, and the codes that the checks use."""

import re
from pathlib import Path

from galley.checks.catalogue import CATALOGUE, IDS, page

ROOT = Path(__file__).parents[3]
GIVEN = re.compile(r'(?:ERROR|WARNING|severity),\s*f?"([a-z-]+)["{]')


def test_the_page_of_the_checks_is_the_catalogue():
    assert (ROOT / "docs" / "checks.md").read_text("utf-8") == page()


def test_each_code_of_the_checks_is_in_the_catalogue():
    rooms = (ROOT / "galley" / "checks" / "typed").glob("*.py")
    used = {code for room in rooms for code in GIVEN.findall(room.read_text("utf-8"))}
    assert len(used) > 30
    assert {code for code in used if code not in IDS and not any(one.startswith(code) for one in IDS)} == set()


def test_the_catalogue_is_in_order_and_names_no_code_twice():
    codes = [code for check in CATALOGUE for code in check.codes]
    assert len(codes) == len(set(codes))
    assert [check.id for check in CATALOGUE] == [f"C{number:02}" for number in range(1, len(CATALOGUE) + 1)]
