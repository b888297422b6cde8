"""The YAML of the title page: found, parsed with its places, checked against the model, settled."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from galley.document import Place
from galley.patterns import pattern
from galley.reading.yamlfaults import bad_yaml, unclosed
from galley.report import ERROR, WARNING, Diagnostic
from galley.span import File, Span
from galley.unseen import cleaned, shown

if TYPE_CHECKING:
    from galley.frontmatter import FrontMatter

ABSTRACT = pattern(r"abstract[-_][A-Za-z]{2,3}(?:-|$)")
Path = tuple[str | int, ...]
BLOCK = pattern(r"\A---[ \t]*\n(.*?)(?:^(?:---|\.\.\.)[ \t]*$\n?)", re.DOTALL | re.MULTILINE)
LINE = 300
"""Characters that a title or a name may have; what is longer is running text."""
BREAKS = {0x85: " ", 0x2028: " ", 0x2029: " "}
"""What ends a line in YAML and in no other text: places would be told by lines that nobody sees."""
ELSEWHERE = {"note": "author-note"}
"""Fields that papaja prints, and what they are called here."""
NODES = 20_000
"""How many YAML nodes are looked at; aliases count each time they are used."""


class Header(NamedTuple):
    """The front matter as parsed: its data, where each value stands, where it ends in the file, its faults.

    ``source`` is its text, by which it is kept, and ``meta`` what it settled to when it was kept before.
    """

    data: dict[str, Any]
    place: Place
    end: int
    faults: tuple[Diagnostic, ...]
    source: str = ""
    meta: FrontMatter | None = None


def header(file: File, *, whole: bool = False) -> Header:
    """The YAML block at the top of a Markdown file; with ``whole`` the file is YAML from end to end."""
    found = None if whole else BLOCK.match(file.text)
    if whole:
        start, text, end = 0, file.text, len(file.text)
    elif found:
        start, text, end = found.start(1), found[1], found.end()
    else:
        return Header({}, Place({}, file.line_span(1)), 0, unclosed(file))
    return _parsed(file, start, text, end)


def _parsed(file: File, start: int, text: str, end: int) -> Header:
    from galley.reading.keeping import recall

    top = file.line_span(1)
    kept = recall(text)
    if kept:
        data, meta, offsets = kept
        spans = {path: file.span(start + first, start + last) for path, first, last in offsets}
        return Header(data, Place(spans, top), end, (), text, meta)
    import yaml

    from galley.reading.yamlguard import guarded

    first = file.place(start)[0]
    try:
        flat = text.translate(BREAKS)
        guarded(flat)
        loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        node = yaml.compose(flat, Loader=loader)
    except yaml.YAMLError as error:
        return Header({}, Place({}, top), end, (bad_yaml(file, first, error),))
    except RecursionError:
        message = "the front matter is nested too deeply"
        return Header({}, Place({}, top), end, (Diagnostic(ERROR, "bad-yaml", top, message),))
    if node is None:
        return Header({}, Place({}, top), end, ())
    walker = _Walker(file, first)
    data = walker.value(node, ())
    faults = tuple(walker.faults)
    if not isinstance(data, dict):
        message = "the front matter is not a list of fields"
        return Header({}, Place({}, top), end, (Diagnostic(ERROR, "bad-yaml", top, message, "write title: My title"),))
    return Header(data, Place(walker.spans, top), end, faults, text)


class _Walker:
    """From YAML nodes to plain data, noting where each value stands.

    Numbers and dates stay the text the author typed (a volume "07" keeps its nought).
    """

    def __init__(self, file: File, first: int) -> None:
        self.file, self.first = file, first
        self.spans: dict[Path, Span] = {}
        self.faults: list[Diagnostic] = []
        self.left = NODES

    def span(self, node: Any) -> Span:
        start, end = (
            self.file.line_starts[min(self.first + mark.line, len(self.file.line_starts)) - 1] + mark.column
            for mark in (node.start_mark, node.end_mark)
        )
        end = min(max(end, start + 1), len(self.file.text))
        return self.file.span(start, start + len(self.file.text[start:end].rstrip()))

    def value(self, node: Any, path: Path) -> Any:
        self.left -= 1
        if self.left == 0:
            message = "the front matter has too many values (or aliases that multiply)"
            self.faults.append(Diagnostic(ERROR, "bad-yaml", self.span(node), message))
        if self.left <= 0 or len(path) > 30:
            return None
        self.spans[path] = self.span(node)
        if node.id == "scalar":
            return _scalar(node)
        if node.id == "sequence":
            return [self.value(item, (*path, index)) for index, item in enumerate(node.value)]
        return self.mapping(node, path)

    def mapping(self, node: Any, path: Path) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value) if key_node.id == "scalar" else "?"
            if key in data:
                message, hint = f"the field '{key}' stands twice", "the first one is used"
                self.faults.append(Diagnostic(ERROR, "duplicate-field", self.span(key_node), message, hint))
                continue
            data[key] = self.value(value_node, (*path, key))
        return data


def _scalar(node: Any) -> Any:
    if node.tag.endswith(":null"):
        return None
    if node.tag.endswith(":bool"):
        return node.value.lower() in ("true", "yes", "on")
    return shown(node.value) if len(node.value) > LINE else cleaned(node.value)


# -- checked ------------------------------------------------------------------------------------------


def settled(head: Header) -> tuple[FrontMatter, tuple[Diagnostic, ...]]:
    """The settled front matter and what is wrong with it; a field with a fault is left out."""
    if head.meta:
        return head.meta, ()
    meta, faults = _validated(head)
    if head.source and head.data.get("title") and not faults and not head.faults:
        from galley.reading.keeping import keep

        keep(head.source, head.data, meta, head.place.spans)
    return meta, faults


def _validated(head: Header) -> tuple[FrontMatter, tuple[Diagnostic, ...]]:
    from pydantic import ValidationError

    from galley.frontmatter import FrontMatter
    from galley.reading.fields import FrontMatterIn
    from galley.reading.settling import settle

    data, faults = dict(head.data), list(_unknown(head))
    unread = any(one.code == "bad-yaml" for one in head.faults)
    if not unread and not str(data.get("title") or "").strip():
        message, hint = "the front matter gives no title", "write title: The title of the article"
        faults.append(Diagnostic(ERROR, "missing-field", head.place.of("title"), message, hint))
    data["title"] = data.get("title") or "Untitled"
    for _ in range(1 + len(data)):
        try:
            return settle(FrontMatterIn.model_validate(data)), tuple(faults)
        except ValidationError as error:
            wrong = {str(item["loc"][0]) for item in error.errors() if item["loc"]}
            faults.extend(_wrong(head, error.errors(), name) for name in sorted(wrong))
            data = {key: value for key, value in data.items() if key not in wrong}
            data.setdefault("title", "Untitled")
    return FrontMatter("Untitled"), tuple(faults)


def _wrong(head: Header, errors: list[Any], name: str) -> Diagnostic:
    """One message for all that pydantic has to say of one top-level field."""
    from galley.reading.fields import FrontMatterIn

    mine = [item for item in errors if str(item["loc"][0]) == name]
    deepest = max(mine, key=lambda item: len(_written(head, item["loc"])))
    path = _written(head, deepest["loc"])
    said = str(deepest.get("msg", ""))
    expected = said.removeprefix("Value error, ") if said.startswith("Value error, expected") else ""
    if not expected:
        expected = f"expected {_description(FrontMatterIn, path)}"
    label = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")
    return Diagnostic(ERROR, "bad-field", head.place.of(*path), f"the field '{label}': {expected}")


def _written(head: Header, loc: tuple[Any, ...]) -> Path:
    """The part of pydantic's location that names places in the author's YAML (without union branches)."""
    path: list[str | int] = []
    value: Any = head.data
    for part in loc:
        inside = part in value if isinstance(value, dict) else isinstance(value, list) and part in range(len(value))
        if inside:
            value = value[part]
            path.append(part)
        elif part == 0 and not isinstance(value, list | dict):
            break
    return tuple(path)


def _description(model: Any, path: Path) -> str:
    from galley.reading.fields import AffiliationIn, AuthorIn, JournalIn

    models = {"author": AuthorIn, "authors": AuthorIn, "affiliations": AffiliationIn, "journal": JournalIn}
    names = [part for part in path if isinstance(part, str)]
    text = _field_description(model, names[0]) if names else "a value"
    if len(names) > 1 and names[0] in models:
        text = _field_description(models[names[0]], names[1]) or text
    return text or "another kind of value"


def _field_description(model: Any, name: str) -> str:
    for field, info in model.model_fields.items():
        alias = info.validation_alias
        if name == field or (alias and name in alias.choices):
            return info.description or ""
    return ""


def _unknown(head: Header) -> list[Diagnostic]:
    """A field that is nearly one we know is most likely misspelt; others may serve other tools."""
    from difflib import get_close_matches

    from galley.reading.fields import FrontMatterIn

    known: set[str] = set()
    for field, info in FrontMatterIn.model_fields.items():
        alias: Any = info.validation_alias
        known.update(alias.choices if alias else [field])
    found = []
    for name in head.data:
        near = [] if name in known or ABSTRACT.match(name) else get_close_matches(name, sorted(known), 1, 0.85)
        if name in ELSEWHERE and name not in known:
            near = [ELSEWHERE[name]]
        if not near and name not in known:  # two letters that changed places
            near = [one for one in known if len(one) > 4 and one[:1] == name[:1] and sorted(one) == sorted(name)]
        if near:
            place = _key(head, name)
            message = f"there is no field '{name}'"
            found.append(Diagnostic(WARNING, "unknown-field", place, message, f"did you mean '{near[0]}'?"))
    return found


def _key(head: Header, name: str) -> Span | str:
    """Where the name of a field is written, else where its value is."""
    place = head.place.of(name)
    if isinstance(place, str):
        return place
    text = place.file.text
    line = text.rfind(f"\n{name}", 0, place.start + 1) + 1
    return place.file.span(line, line + len(name)) if text.startswith(name, line) else place
