"""The hidden marks that a Word document of ours bears, by which a file that comes back is known again.

Each paragraph has a bookmark whose name tells which paragraph it was and what it said; the file's own properties tell
from which source it was made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from galley.patterns import pattern

if TYPE_CHECKING:
    from galley.span import File

PROPERTY = "Galley source"
"""The name of the property that holds the fingerprint of the manuscript."""
PREFIX = "_gly_"
"""What the names of our bookmarks begin with: Word hides those that begin with a low line, and keeps them."""
NAME = pattern(r"_gly_(\d+)_([0-9a-f]{8})")


class Known(NamedTuple):
    """What a bookmark says of its paragraph: the how-manieth it was, from 1, and the fingerprint of its words."""

    number: int
    fingerprint: str


def name(number: int, words: str) -> str:
    """The name of a paragraph's bookmark; 40 characters are allowed."""
    return f"{PREFIX}{number}_{fingerprint(words)}"


def known(name: str) -> Known | None:
    """What a bookmark's name says, None where it is not one of ours."""
    found = NAME.fullmatch(name)
    return Known(int(found[1]), found[2]) if found else None


def fingerprint(words: str) -> str:
    """Eight hexadecimal digits of the letters and digits in some words; signs and blanks do not count, for programs
    that save a file may change them.
    """
    from hashlib import sha256

    return sha256(re.sub(r"[\W_]", "", words).encode()).hexdigest()[:8]


def of_source(files: Iterable[File]) -> str:
    """The fingerprint of a manuscript: of the texts of its Markdown files, in their order, without suggestions."""
    from hashlib import sha256

    from galley.suggestions import suggestions, without

    digest = sha256()
    for file in files:
        if file.name.lower().endswith((".md", ".markdown", ".txt")):
            text = without(file.text, [stretch for one in suggestions(file) for stretch in one.rejecting])
            digest.update(text.encode("utf-8", "replace") + b"\0")
    return digest.hexdigest()[:32]
