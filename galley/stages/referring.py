"""References to figures, tables, equations and sections, however written, become links that say what they name.

Understood are ``@fig:x``, ``[@fig:x; @tbl:y]``, ``-@fig:x``, ``\\ref``, ``\\autoref``, ``\\cref``, ``\\eqref``,
bookdown's ``\\@ref(fig:x)``, and links to an object's label. A citation stays one: its key is an entry's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from galley import pandoc
from galley.document import Document, Node, Numbered, safe_id
from galley.patterns import pattern
from galley.running import Text
from galley.stages.names import BREAKS, NO_BREAK, Names, continues, named_before, paneled, said_by_hand, suffixed, untie
from galley.stages.words import conjunction, word

BOOKDOWN = pattern(r"@ref\(([\w:.-]+)\)")
TYPED_NUMBER = pattern(r"\[?[A-Z]?[\d.]*[a-z]?\]?|\[.*\]")
IDENTIFIED = {
    "Header": 1,
    "Figure": 0,
    "Table": 0,
    "Div": 0,
    "Span": 0,
    "Link": 0,
    "Code": 0,
    "CodeBlock": 0,
    "Image": 0,
}
"""The nodes that have an identifier, and where in them their attributes stand."""
LOOKED_AT = frozenset({"Cite", *IDENTIFIED})


def refer(document: Document, names: Mapping[str, Numbered]) -> Document:
    """The document with its references resolved; ``numbers`` know their first mention, ``dangling`` lists the rest."""
    known = Names(names, frozenset(document.entries))
    in_words = any("@ref(" in file.text for file in document.files)
    referring = Referring(document.meta.lang, known, in_words=in_words)
    slots = {name: tuple(referring.content(blocks)) for name, blocks in document.slots.items()}
    blocks = tuple(referring.content(document.blocks))
    numbers = tuple(replace(one, mention=referring.mentions.get(one.id, 0)) for one in document.numbers)
    numbers = said_by_hand(numbers, blocks)
    return replace(
        document, slots=slots, blocks=blocks, numbers=numbers, dangling=tuple(dict.fromkeys(referring.dangling))
    )


@dataclass(slots=True)
class Referring:
    """One pass in document order: which objects were named, and when first. ``in_words`` says whether there may be
    references among the very words."""

    lang: str
    names: Names
    mentions: dict[str, int] = field(default_factory=dict)
    count: int = 0
    dangling: list[str] = field(default_factory=list)
    within: tuple[str, ...] = ()
    in_words: bool = True

    def content(self, nodes: Sequence[Any]) -> list[Any]:
        """A list of nodes with the references in it resolved; each sees the words before it."""
        if type(nodes) is Text and not self.in_words:
            return self.text(nodes)
        out: list[Any] = []
        for node in nodes:
            if isinstance(node, list):
                out.append(self.content(node))
            elif isinstance(node, dict):
                if node.get("t") in pandoc.WORDS and "@ref(" not in node.get("c", ""):
                    out.append(node)
                    continue
                untie(node, out)
                out += self.node(node, out)
            else:
                out.append(node)
        return out

    def text(self, nodes: Text) -> list[Any]:
        """The same where it is known which of the nodes are worth a look."""
        out: list[Any] = []
        for run, node in nodes.runs():
            out += run
            if node is not None:
                untie(node, out)
                out += self.node(node, out)
        return Text(out)

    def node(self, node: Node, before: list[Any]) -> list[Node]:
        """What stands in a node's place."""
        if "t" not in node:
            return [{key: self.content(value) if isinstance(value, list) else value for key, value in node.items()}]
        match node["t"]:
            case "Cite":
                return self.cite(node, before)
            case "Str" if "@ref(" in node["c"]:
                return self.bookdown(node["c"], before)
            case "Span" if node["c"][0][1] == ["tex-ref"]:
                pairs = dict(node["c"][0][2])
                return self.several(pairs["names"].split(","), pairs["kind"], before)
            case "Span" if node["c"][0][1] == ["tex-label"]:
                return self.label(dict(node["c"][0][2])["name"])
            case "Link" if cited := paneled(node):
                return self.cite(cited, before)
            case "Link":
                return [self.link(node)]
        return [self.inside(node)]

    def inside(self, node: Node) -> Node:
        """A node with its content resolved and its identifier made one that all formats can take."""
        content = node.get("c")
        if node["t"] in IDENTIFIED and isinstance(content, list):
            at = IDENTIFIED[node["t"]]
            identifier, classes, pairs = content[at]
            content = [*content]
            content[at] = [safe_id(identifier), classes, [pair for pair in pairs if pair[0] != "labels"]]
            if node["t"] == "Table" and not self.in_words and not pandoc.holds(node, LOOKED_AT):
                return {"t": "Table", "c": content}
            if identifier and node["t"] in ("Figure", "Table"):
                return self._in_object(node, content)
            rest = [part if index == at else self._part(part) for index, part in enumerate(content)]
            return {"t": node["t"], "c": rest}
        if isinstance(content, list):
            return {"t": node["t"], "c": self.content(content)}
        if isinstance(content, dict):
            return {"t": node["t"], "c": self.node(content, [])[0]}
        return node

    def _in_object(self, node: Node, content: list[Any]) -> Node:
        outer, self.within = self.within, (*self.within, content[0][0])
        rest = [content[0], *(self._part(part) for part in content[1:])]
        self.within = outer
        return {"t": node["t"], "c": rest}

    def _part(self, part: Any) -> Any:
        return self.content(part) if isinstance(part, list) else part

    # -- the forms -------------------------------------------------------------------------------------

    def cite(self, node: Node, before: list[Any]) -> list[Node]:
        """A citation, a reference, or both in one pair of brackets."""
        items = node["c"][0]
        wanted = [item for item in items if not self.names.cites(item["citationId"])]
        if not wanted:
            inner = [{key: self.content(v) if isinstance(v, list) else v for key, v in item.items()} for item in items]
            return [{"t": "Cite", "c": [inner, node["c"][1]]}]
        words = self.items(wanted, before)
        others = [item for item in items if self.names.cites(item["citationId"])]
        if not others:
            return words
        first, *rest = others
        prefix = [*words, {"t": "Str", "c": ";"}, {"t": "Space"}, *first["citationPrefix"]]
        first = {**first, "citationPrefix": prefix, "citationMode": {"t": "NormalCitation"}}
        return [{"t": "Cite", "c": [[first, *rest], node["c"][1]]}]

    def items(self, items: Sequence[Any], before: list[Any]) -> list[Node]:
        """The references of one pair of brackets; words the author put before or after each are kept."""
        bare = all(not item["citationPrefix"] and not item["citationSuffix"] for item in items)
        kinds = {item["citationMode"]["t"] for item in items}
        if bare:
            mode = "ref" if kinds == {"SuppressAuthor"} else "name"
            return self.several([item["citationId"] for item in items], mode, before)
        out: list[Node] = []
        for item in items:
            out += [{"t": "Str", "c": ","}, {"t": "Space"}] if out else []
            prefix = self.content(item["citationPrefix"])
            out += [*prefix, {"t": "Space"}] if prefix else []
            mode = "ref" if item["citationMode"]["t"] == "SuppressAuthor" else "name"
            suffix = self.content(item["citationSuffix"])
            part = self.names.panel(item["citationId"], pandoc.plain(suffix))
            out += self.several([part.id if part else item["citationId"]], mode, out or before)
            out += [] if part else suffixed(suffix)
        return out

    def bookdown(self, text: str, before: list[Any]) -> list[Node]:
        """``\\@ref(fig:x)``: the number, that of an equation in parentheses where no word names it."""
        out: list[Node] = []
        at = 0
        for found in BOOKDOWN.finditer(text):
            out += [{"t": "Str", "c": text[at : found.start()]}] if found.start() > at else []
            one = self.names.find(found[1])
            told = out or before
            named = one is not None and (named_before(told, one.kind) or continues(told, one.kind))
            out += self.several([found[1]], "eqref" if one and one.kind == "equation" and not named else "ref", told)
            at = found.end()
        return [*out, {"t": "Str", "c": text[at:]}] if at < len(text) else out

    def label(self, name: str) -> list[Node]:
        """A label in running text is a place to go to, where no object has taken it."""
        return [] if self.names.exact(name) else [pandoc.span([], safe_id(name))]

    def link(self, node: Node) -> Node:
        """A link to an object is a reference; LaTeX converters leave old numbers in it, which are set anew."""
        (identifier, classes, pairs), words, (address, title) = node["c"]
        words = self.content(words)
        settings = dict(pairs)
        if not address.startswith("#"):
            return {"t": "Link", "c": [[safe_id(identifier), classes, pairs], words, [address, title]]}
        name = settings.get("reference", address[1:])
        one = self.names.exact(name) or (
            self._nearest(name, pandoc.plain(words)) if "reference-type" in settings else None
        )
        if one is None:
            return {
                "t": "Link",
                "c": [[safe_id(identifier), classes, pairs], words, [f"#{safe_id(address[1:])}", title]],
            }
        self.mention(one)
        stale = "reference-type" in settings and self.names.exact(name) and TYPED_NUMBER.fullmatch(pandoc.plain(words))
        if not words or stale:
            words = pandoc.inlines(one.number if stale else one.label)
        kept = [pair for pair in pairs if pair[0] not in ("reference", "reference-type")]
        names = [*classes, "xref"] if one.kind != "section" or stale else classes
        return {"t": "Link", "c": [[safe_id(identifier), names, kept], words, [f"#{one.id}", title]]}

    def _nearest(self, name: str, said: str) -> Numbered | None:
        """The object of which a label names a part: "fig:x:second" is of "fig:x", in panel b where "2b" is said."""
        starts = [label for label in self.names.labels if name.startswith((f"{label}:", f"{label}-"))]
        if not starts:
            return None
        whole = self.names.labels[max(starts, key=len)]
        letter = re.search(r"[a-z]\)?$", said)
        return self.names.labels.get(f"{whole.id}-{letter[0][0]}", whole) if letter else whole

    # -- what is printed -------------------------------------------------------------------------------

    def several(self, names: Sequence[str], mode: str, before: list[Any]) -> list[Node]:
        """References to one or more objects as words: "Figures 1 and 2"; the word only once for objects of a kind."""
        runs: list[list[tuple[str, Numbered | None]]] = []
        for name in names:
            one = self.names.find(name.strip())
            last = runs[-1][-1][1] if runs else None
            if one is not None and last is not None and one.kind == last.kind:
                runs[-1].append((name.strip(), one))
            else:
                runs.append([(name.strip(), one)])
        phrases = [self._run(run, mode, before if not at else []) for at, run in enumerate(runs)]
        return _listed(phrases, self.lang)

    def _run(self, run: Sequence[tuple[str, Numbered | None]], mode: str, before: list[Any]) -> list[Node]:
        name, first = run[0]
        if first is None:
            self.dangling.append(name)
            return [pandoc.span(pandoc.inlines(f"?{name}?"), classes=["dangling"])]
        named = named_before(before, first.kind) or continues(before, first.kind)
        if named and before and before[-1].get("t") in BREAKS and named_before(before, first.kind):
            before[-1] = {"t": "Str", "c": NO_BREAK}
        if named and not first.number:  # the only appendix: its word is its whole label
            del before[-2:]
        worded = mode in ("name", "page") and not named
        many = word(first.kind, self.lang, several=True)
        links: list[list[Node]] = []
        for at, (_, one) in enumerate(run):
            if one is None:
                continue
            self.mention(one)
            if worded and len(run) == 1:
                text = one.label
            else:
                text = f"({one.number})" if mode == "eqref" else one.number or one.label
                text = f"{many}{NO_BREAK}{text}" if worded and not at and one.number else text
            links.append([_link(one, text)])
        return _listed(links, self.lang)

    def mention(self, one: Numbered) -> None:
        """Note that an object is named; a panel's mention is its figure's."""
        if one.id in self.within:
            return
        self.count += 1
        self.mentions.setdefault(one.id, self.count)
        if one.panel:
            owner = one.number.removesuffix(one.panel)
            whole = next((o for o in self.names.labels.values() if (o.kind, o.number) == (one.kind, owner)), one)
            self.mentions.setdefault(whole.id, self.count)


def _link(one: Numbered, text: str) -> Node:
    return {"t": "Link", "c": [pandoc.attr("", ["xref"]), pandoc.inlines(text), [f"#{one.id}", ""]]}


def _listed(phrases: Sequence[list[Node]], lang: str) -> list[Node]:
    """Phrases with commas and the word for "and" between them."""
    out: list[Node] = []
    for at, phrase in enumerate(phrases):
        if at and at == len(phrases) - 1:
            comma = [{"t": "Str", "c": ","}] if len(phrases) > 2 and lang.startswith("en") else []
            out += [*comma, {"t": "Space"}, {"t": "Str", "c": conjunction(lang)}, {"t": "Space"}]
        elif at:
            out += [{"t": "Str", "c": ","}, {"t": "Space"}]
        out += phrase
    return out
