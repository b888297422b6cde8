"""What a label means: the object it belongs to, or nothing, for it is a citation's key; words that name a kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from galley import pandoc
from galley.document import Node, Numbered
from galley.patterns import pattern
from galley.stages.words import NAMED, SAID, kinds_said

PREFIX = pattern(r"(?:fig|figure|tbl|tab|table|eq|eqn|sec|lst|listing|app|apx)[:-]", re.IGNORECASE)
PANEL = pattern(r"[A-Za-z]{1,2}")
PREFIXES = {"fig": "figure", "figure": "figure", "tbl": "table", "tab": "table", "table": "table", "eq": "equation"}
PREFIXES |= {"eqn": "equation", "sec": "section", "lst": "listing", "listing": "listing", "app": "appendix"}

BREAKS = ("Space", "SoftBreak")
NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True)
class Names:
    """The labels of a document, and the keys of its bibliography."""

    labels: Mapping[str, Numbered]
    entries: frozenset[str]

    def find(self, name: str) -> Numbered | None:
        """The object a label means: as written; with "-" for ":"; its first letter small; its prefix said otherwise."""
        return self.exact(name) or self._otherwise(name)

    def exact(self, name: str) -> Numbered | None:
        """The object of that label, capitals at its start and the mark after its prefix aside."""
        for form in (name, name[:1].lower() + name[1:]):
            for label in (form, form.replace(":", "-", 1), form.replace("-", ":", 1)):
                if label in self.labels:
                    return self.labels[label]
        return None

    def _otherwise(self, name: str) -> Numbered | None:
        found = PREFIX.match(name)
        if not found:
            return None
        kind = PREFIXES.get(name[: found.end() - 1].lower())
        bare = name[found.end() :]
        alike = [prefix for prefix, other in PREFIXES.items() if other == kind]
        forms = [bare, *(f"{prefix}{mark}{bare}" for prefix in alike for mark in ":-")]
        return next(
            (self.labels[form] for form in forms if form in self.labels and self.labels[form].kind == kind), None
        )

    def panel(self, name: str, said: str) -> Numbered | None:
        """The panel of a figure that a lone letter after its label means."""
        whole = self.find(name) if re.fullmatch(r"\(?[a-z]\)?", said) else None
        if whole is None:
            return None
        number = f"{whole.number}{said.strip('()')}"
        panels = (one for one in self.labels.values() if one.panel and one.kind == whole.kind)
        return next((one for one in panels if one.number == number), None)

    def cites(self, key: str) -> bool:
        """Whether a key after an ``@`` is a citation and no reference to an object."""
        if PREFIX.match(key):
            return key in self.entries and self.exact(key) is None
        one = None if key in self.entries else self.labels.get(key)
        return one is None or one.kind == "section"


def said_by_hand(numbers: Iterable[Numbered], blocks: Sequence[Node]) -> tuple[Numbered, ...]:
    """Objects that are named by hand in running text, "Fig. 3", count as mentioned, after those that are linked."""
    numbers = tuple(numbers)
    if all(one.mention or one.kind not in ("figure", "table", "listing") or one.panel for one in numbers):
        return numbers
    said: dict[tuple[str, str], int] = {}
    for place, text in enumerate(_prose(blocks, kinds_said())):
        found = SAID.search(text)
        kind = kinds_said().get(found[1].lower(), "") if found else ""
        for number in re.findall(r"[A-Z]?\d+", found[2]) if found and kind else ():
            said.setdefault((kind, number), place + 100_000)
    return tuple(
        replace(one, mention=said.get((one.kind, one.number), 0)) if not one.mention else one for one in numbers
    )


def _prose(blocks: Sequence[Node], words: Mapping[str, str]) -> Iterator[str]:
    """The few words from each on that may name an object; those of figures and tables are left out."""
    for block in blocks:
        content = block.get("c")
        if block["t"] in ("Para", "Plain"):
            for at, node in enumerate(content or ()):
                if node["t"] == "Str" and node["c"].lstrip("([").split(NO_BREAK)[0].rstrip(".").lower() in words:
                    yield pandoc.plain(content[at : at + 8])  # type: ignore[index]  # a list, as asked above
        elif block["t"] not in ("Figure", "Table", "CodeBlock", "Header"):
            yield from _prose([inner for inner in pandoc.each(content) if inner["t"] in ("Para", "Plain")], words)


def named_before(before: Sequence[Any], kind: str) -> bool:
    """Whether the words before a reference end in one for its kind: "Fig."."""
    tail = pandoc.plain([node for node in before[-3:] if node.get("t") in ("Str", "Emph", "Strong", *BREAKS)])
    last = before[-1] if before else {}
    gap = last.get("t") in BREAKS or (last.get("t") == "Str" and str(last["c"])[-1:] in (NO_BREAK, "§"))
    return bool(gap and NAMED[kind].search(tail.strip().strip(NO_BREAK)))


def continues(before: Sequence[Any], kind: str) -> bool:
    """Whether a reference goes on from another whose number stands bare: "Figures 1 and"."""
    if len(before) < 4 or before[-1].get("t") not in BREAKS or before[-2].get("t") != "Str":
        return False
    if before[-2]["c"] not in ("and", "or", "&", "und", "et", "y", "e", "to"):
        return False
    link = before[-4]
    bare = link.get("t") == "Link" and "xref" in link["c"][0][1] and pandoc.plain(link["c"][1])[:1].isdigit()
    return bool(
        bare and any(named_before(before[:at], kind) for at in range(len(before) - 4, max(0, len(before) - 9), -1))
    )


def untie(node: Node, before: list[Any]) -> None:
    """A tie of TeX before a reference or citation, "Fig.~", becomes a space that does not break."""
    last = before[-1] if before else None
    if not isinstance(last, dict) or last.get("t") != "Str" or not last["c"].endswith("~"):
        return
    if node.get("t") == "Cite" or (node.get("t") == "Span" and node["c"][0][1] == ["tex-ref"]):
        before[-1] = {"t": "Str", "c": last["c"][:-1] + NO_BREAK}


def suffixed(words: list[Node]) -> list[Node]:
    """What follows a reference; a lone letter is a panel's and stands close."""
    bare = pandoc.plain(words)
    if re.fullmatch(r"\(?[a-zA-Z]\)?", bare):
        return [{"t": "Str", "c": bare}]
    if not words or (words[0]["t"] == "Str" and words[0]["c"][:1] in ",;.:)"):
        return words
    return words if words[0]["t"] in BREAKS else [{"t": "Space"}, *words]


def paneled(node: Node) -> Node | None:
    """The citation in ``[@fig:x](A)``, the letter of the panel behind it; Markdown has it for a link to "A"."""
    _, words, (address, _) = node["c"]
    if len(words) != 1 or words[0]["t"] != "Cite" or not PANEL.fullmatch(address):
        return None
    items, shown = words[0]["c"]
    last = {**items[-1], "citationSuffix": [*items[-1]["citationSuffix"], {"t": "Str", "c": f"({address})"}]}
    return {"t": "Cite", "c": [[*items[:-1], last], shown]}
