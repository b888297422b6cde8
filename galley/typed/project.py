"""A marked tree and its keyed citations -> the files of a project: front matter, Markdown, bibliography.

The tree is what Pandoc read of the typescript after every keyed citation in it gave way to a token; here the
tokens become citations again, and what the title page holds becomes the front matter.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from galley import pandoc
from galley.bibtex import clean
from galley.document import Entry, Node
from galley.typed.byline import people
from galley.typescript import Paragraph, Typescript

OPEN, CLOSE = "\ue000", "\ue001"
"""Private signs between which the number of a citation stands in the marked tree."""
TOKEN = re.compile(f"{OPEN}(\\d+){CLOSE}")
BARE = re.compile(r"[^\W\d_](?:[^\n:#\"'{}\[\]&*!|>%@`\\]|:(?=\S))*(?<=[\w.)?])")
"""Texts that YAML takes for texts without quotation marks."""
WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})
EMPTY = re.compile(r"\n\s*\n")
LABEL = re.compile(r"^\s*(?:abstract|summary|keywords?|key words)\s*[:.—–-]?\s*", re.IGNORECASE)
FRONT = frozenset(
    {"title", "subtitle", "author", "affiliation", "abstract", "keywords", "label", "contents", "correspondence"}
)
"""Kinds of paragraphs that go into the front matter, and out of the text."""


def token(number: int) -> str:
    """What stands in the marked text for the citation of that number."""
    return f"{OPEN}{number}{CLOSE}"


def with_citations(blocks: Sequence[Node], nodes: Sequence[Node]) -> list[Node]:
    """The tree with the citation in each token's place; ``nodes`` are the Cite nodes by number."""

    def change(content: Any) -> Any:
        if isinstance(content, list):
            done: list[Any] = []
            for item in content:
                if isinstance(item, dict) and item.get("t") == "Str" and OPEN in item["c"]:
                    done.extend(_split(item["c"], nodes))
                else:
                    done.append(change(item))
            return done
        if isinstance(content, dict):
            if content.get("t") == "Math":  # an empty line would end the formula where it is read again
                return {"t": "Math", "c": [content["c"][0], EMPTY.sub("\n", content["c"][1]).strip()]}
            return {name: change(part) for name, part in content.items()}
        return content

    changed: list[Node] = change(list(blocks))
    return changed


def _split(text: str, nodes: Sequence[Node]) -> Iterable[Node]:
    for at, part in enumerate(TOKEN.split(text)):
        if at % 2:
            yield nodes[int(part)]
        elif part:
            yield {"t": "Str", "c": part}


def front_matter(typescript: Typescript, extra: Mapping[str, Any], abstract: str) -> dict[str, Any]:
    """The title page as plain values, ``abstract`` being its Markdown; ``extra`` comes last."""
    rows: dict[str, list[Paragraph]] = {}
    for paragraph in typescript.paragraphs:
        rows.setdefault(paragraph.kind, []).append(paragraph)
    values: dict[str, Any] = {}
    for name in ("title", "subtitle"):
        if rows.get(name):
            values[name] = " ".join(" ".join(row.text.split()) for row in rows[name])
    values |= people([*rows.get("author", []), *rows.get("affiliation", []), *rows.get("correspondence", [])])
    if abstract:
        values["abstract"] = abstract
    words = " ".join(row.text for row in rows.get("keywords", []))
    keywords = [word.strip(" .") for word in re.split(r"[;,·•|]", LABEL.sub("", words)) if word.strip(" .")]
    if keywords:
        values["keywords"] = keywords
    return {**values, **extra}


def markdown(blocks: Sequence[Node]) -> str:
    """The body as Pandoc's Markdown, a paragraph to a line."""
    text = pandoc.write(blocks, "markdown-simple_tables-multiline_tables", options=["--columns=100"])["body"]
    return text.strip() + "\n"


def article(values: Mapping[str, Any], body: str) -> str:
    """The article's file: front matter as YAML, then the body."""
    return f"---\n{''.join(_lines(values, 0))}---\n\n{body}"


def _lines(values: Mapping[str, Any], depth: int) -> Iterable[str]:
    """A mapping as YAML, a value to a line; a text of several lines stands in a block of its own."""
    space = "  " * depth
    for name, value in values.items():
        if isinstance(value, str) and "\n" in value:
            yield f"{space}{name}: |-\n"
            yield from (f"{space}  {line}\n" if line else "\n" for line in value.split("\n"))
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            yield f"{space}{name}:\n"
            for item in value:
                rows = list(_lines(item, depth + 2))
                yield f"{space}  - {rows[0].lstrip()}"
                yield from rows[1:]
        elif isinstance(value, list):
            yield f"{space}{name}:\n"
            yield from (f"{space}  - {_scalar(item)}\n" for item in value)
        else:
            yield f"{space}{name}: {_scalar(value)}\n"


def _scalar(value: Any) -> str:
    """A value as YAML: bare where that is safe, else in quotation marks as JSON has them, which YAML reads."""
    if not isinstance(value, str):
        return json.dumps(value)
    return value if BARE.fullmatch(value) and value.lower() not in WORDS else json.dumps(value, ensure_ascii=False)


def bibliography(entries: Mapping[str, Entry]) -> str:
    """The entries as BibTeX."""
    return clean(entries)
