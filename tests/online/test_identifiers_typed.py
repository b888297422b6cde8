"""What a user types or pastes, read as an identifier, and the key that an entry gets."""

import pytest

from galley.online.adding import new_key
from galley.online.identifiers import wanted


def test_a_key_is_made_of_name_and_year():
    assert new_key({"author": "van der Berg, Jan and Roe, Al", "date": "2020-01"}, ()) == "vanderberg2020"
    assert new_key({"author": "{World Health Organization}", "date": "2020"}, ()) == "world2020"
    assert new_key({"author": "Ørsted-Groß, Å."}, ()) == "orstedgrossnd"
    assert new_key({"title": "The {New} tides", "date": "1999"}, ()) == "new1999"
    assert new_key({"author": "王, 伟", "date": "2020"}, ()) == "王2020"
    assert new_key({"author": "Doe, J.", "date": "2020"}, ("Doe2020", "doe2020b")) == "doe2020c"
    taken = {"doe2020", *(f"doe2020{letter}" for letter in "bcdefghijklmnopqrstuvwxyz")}
    assert new_key({"author": "Doe, J.", "date": "2020"}, taken) == "doe2020aa"


SICI = "10.1002/(SICI)1097-0258(19980815)17:15<1661::AID>3.0.CO;2-2"


@pytest.mark.parametrize(
    ("typed", "kind", "value"),
    [
        (SICI, "doi", SICI),
        (r"10.1002/(SICI)1097-0258(19980815)17:15$<$1661::AID{\textgreater}3.0.CO;2-2", "doi", SICI),
        ("<https://doi.org/10.1000/x>", "doi", "10.1000/x"),
        ("https://dx.doi.org/10.1000%2Fab_c)", "doi", "10.1000/ab_c"),
        ("doi.org/10.1000/x.", "doi", "10.1000/x"),
        ("hep-th/9901001v2", "arxiv", "hep-th/9901001"),
        ("http://arxiv.org/abs/hep-th/9901001", "arxiv", "hep-th/9901001"),
        ("ISBN-13: 978-0-306-40615-7", "isbn", "9780306406157"),
        ("978-0-306-40615-8", "", "978-0-306-40615-8"),
        ("080442957X", "isbn", "9780804429573"),
        ("www.example.org/a", "url", "https://www.example.org/a"),
        ("hello", "", "hello"),
    ],
)
def test_identifiers_are_read_from_their_usual_spellings(typed, kind, value):
    assert tuple(wanted(typed)) == (kind, value)
