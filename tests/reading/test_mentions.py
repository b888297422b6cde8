"""Where keys are written: found in prose with their places, not in code, maths, addresses or e-mail."""

import pytest

from galley.reading.mentions import mentions
from galley.span import File


def keys(text):
    return [mention.key for mention in mentions(File("a.md", text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("as shown [@doe2020, p. 3; see @roe-1999].", ["doe2020", "roe-1999"]),
        ("@doe2020 said; [-@roe] and [@{10.1/x y}]", ["doe2020", "roe"]),
        ("[@doe2020]. [@a:b_c/d.e]", ["doe2020", "a:b_c/d.e"]),
        ("write to ann@example.org or <mailto:bo@x.org>", []),
        ("`@code` and ``a `@b` c`` and\n\n```\n@block\n```\n\nthen @real", ["real"]),
        ("<!-- @hidden --> @seen", ["seen"]),
        ("$@x$ costs $5 and @seen costs $6", ["seen"]),
        (r"\@escaped", []),
        ("[link](https://x.org/@user) and https://x.org/@user", []),
        ("@über2020 and @李2019", ["über2020", "李2019"]),
    ],
)
def test_keys_are_found(text, found):
    assert keys(text) == found


def test_a_place_is_line_and_column_of_the_at_sign():
    file = File("m.md", "---\ntitle: T\n---\n\nAs [@doe] says.\n")
    (mention,) = mentions(file, 18)
    assert str(mention.span) == "m.md:5:5"
    assert mention.span.text == "@doe"
