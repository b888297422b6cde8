"""The quickest answer to a word typed: a paragraph of which only words have changed is shown at once.

What stands among the words, such as citations and formulas, is taken from the page as it was last set. The whole
article is set right after, and what it says differently is put right then.
"""

from __future__ import annotations

from collections.abc import Sequence

from galley.document import Node
from galley.pandoc import WORDS


def echoed(old: Sequence[Node], new: Sequence[Node], body: Sequence[Node]) -> tuple[int, Node] | None:
    """The number of a block of the page's text and what is to stand in its place; None where more has changed than
    words of a paragraph, or where it cannot be told which one it is on the page.

    ``old`` and ``new`` are the blocks as they were read before and now, ``body`` those of the page as it is.
    """
    if len(old) != len(new):
        return None
    changed = [at for at, block in enumerate(new) if old[at] is not block and old[at] != block]
    if len(changed) != 1:
        return None
    before, after = old[changed[0]], new[changed[0]]
    if before["t"] != "Para" or after["t"] != "Para" or _others(before) != _others(after):
        return None
    shape = _shape(before)
    found = [at for at, block in enumerate(body) if _alike(block, before) and _shape(block) == shape]
    if len(found) != 1:
        return None
    others = iter(_others(body[found[0]]))
    words = [node if node["t"] in WORDS else next(others) for node in after["c"]]
    return found[0], {"t": "Para", "c": words}


def _others(block: Node) -> list[Node]:
    """What in a paragraph is more than words."""
    return [node for node in block["c"] if node["t"] not in WORDS]


def _alike(block: Node, other: Node) -> bool:
    return block["t"] == "Para" and len(block["c"]) == len(other["c"]) and block["c"][:1] == other["c"][:1]


def _shape(block: Node) -> list[str]:
    """The words of a paragraph, with a sign for whatever else stands among them."""
    return [node["c"] if node["t"] == "Str" else " " if node["t"] in WORDS else "\0" for node in block["c"]]
