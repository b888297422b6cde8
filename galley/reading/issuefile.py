"""An issue's YAML file -> the issue as nouns: its articles in order, under sections, and what its own pages say.

Every mistake in it is told at its line; nothing of the articles is read here but where they lie.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from os.path import normpath
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import normalize

from galley.filenames import RESERVED
from galley.frontmatter import Journal
from galley.reading.files import is_there, named, text_file
from galley.report import ERROR, Diagnostic, Fault, fault
from galley.span import File, Span

FIELDS = frozenset(
    {
        *("journal", "theme", "title", "volume", "issue", "date", "doi", "url", "lang", "start-page", "cover"),
        *("masthead", "imprint", "blank-versos", "articles"),
    }
)
JOURNAL = frozenset({"title", "abbreviation", "issn", "eissn", "publisher", "url"})
COVER = frozenset({"image", "alt", "text"})
MOST = 100_000


class Listed(NamedTuple):
    """An article of the issue: its folder or file, a name of its own for files and links, the section it stands in."""

    path: Path
    name: str
    section: str
    place: Span


class Cover(NamedTuple):
    """The cover's picture with its alternative text, and a line of text."""

    image: Path | None = None
    alt: str = ""
    text: str = ""


class Issue(NamedTuple):
    """An issue as its file gives it; ``masthead`` and ``imprint`` are Markdown, ``start`` is its first page."""

    file: File
    folder: Path
    articles: tuple[Listed, ...]
    journal: Journal
    theme: str
    title: str
    volume: str
    issue: str
    date: str
    doi: str
    url: str
    lang: str
    start: int
    cover: Cover
    masthead: str
    imprint: str
    blank_versos: bool


class _Read(NamedTuple):
    """A YAML value with where it stands: text, list or mapping of such."""

    value: Any
    place: Span


def read(path: Path) -> Issue:
    """The issue that a file describes; Fault with all that is wrong with it."""
    if not path.is_file():
        raise fault(
            "no-issue", str(path), "there is no such file", "an issue is a YAML file: see docs/issue.md", status=2
        )
    file, faults = text_file(path)
    if faults:
        raise Fault(faults)
    found: list[Diagnostic] = []
    top = _parsed(file)
    if not isinstance(top.value, dict):
        raise fault("bad-issue", top.place, "an issue is a mapping of fields", "articles: is the least it needs")
    found += _unknown(top, FIELDS)
    folder = path.parent.resolve()
    articles = tuple(_articles(top, folder, found))
    if not articles and not found:
        found.append(_wrong(top.place, "the issue has no articles", "list their folders under articles:"))
    cover = _cover(top.value.get("cover"), folder, found)
    journal = _journal(top.value.get("journal"), found)
    words = {name: _text(top.value.get(name), found) for name in FIELDS - {"articles", "cover", "journal"}}
    start = _number(top.value.get("start-page"), found)
    if words["date"] and not re.fullmatch(r"\d{4}(-\d\d){0,2}", words["date"]):
        found.append(_wrong(top.value["date"].place, f"'{words['date']}' is no date", "write it as 2026-06-30"))
    if words["blank-versos"] not in ("", "true", "false"):
        found.append(_wrong(top.value["blank-versos"].place, "blank-versos is true or false"))
    if found:
        raise Fault(tuple(found))
    texts = {name: words[name] for name in ("theme", "title", "volume", "issue", "date", "doi", "url")}
    return Issue(
        file, folder, articles, journal, **texts, lang=words["lang"] or "en", start=start, cover=cover,
        masthead=words["masthead"], imprint=words["imprint"], blank_versos=words["blank-versos"] == "true",
    )  # fmt: skip


def _wrong(place: Span, message: str, hint: str = "") -> Diagnostic:
    return Diagnostic(ERROR, "bad-issue", place, message, hint)


def _parsed(file: File) -> _Read:
    import yaml

    from galley.reading.yamlguard import guarded

    try:
        guarded(file.text)
        node = yaml.compose(file.text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = file.line_span(mark.line + 1, mark.column + 1) if mark else file.line_span(1)
        raise fault("bad-issue", place, f"this is no YAML: {getattr(error, 'problem', None) or error}") from error
    except RecursionError as error:
        raise fault("bad-issue", file.line_span(1), "the file is nested too deeply") from error
    return _Read("", file.line_span(1)) if node is None else _node(node, file, MOST, set())


def _node(node: Any, file: File, most: int, above: set[int]) -> _Read:
    """A YAML node as plain values; one that holds itself is refused."""
    place = file.span(node.start_mark.index, max(node.start_mark.index, node.end_mark.index))
    place = file.span(place.start, place.start + len(place.text.split("\n")[0].rstrip()))
    if id(node) in above or len(above) > 50:
        raise fault("bad-issue", place, "this value holds itself")
    above = above | {id(node)}
    if node.id == "scalar":
        empty = node.tag.endswith(":null") and not node.style
        return _Read("" if empty else re.sub(r"[\0\ud800-\udfff]", "\ufffd", node.value), place)
    if node.id == "sequence":
        return _Read([_node(one, file, most, above) for one in node.value], place)
    pairs = {key.value if key.id == "scalar" else "": _node(value, file, most, above) for key, value in node.value}
    return _Read(pairs, place)


def _unknown(mapping: _Read, known: frozenset[str]) -> Iterator[Diagnostic]:
    for name, value in mapping.value.items():
        if name not in known:
            near = get_close_matches(name, known, 1)
            hint = f"did you mean '{near[0]}'?" if near else f"the fields are: {', '.join(sorted(known))}"
            yield _wrong(value.place, f"there is no field '{name}'", hint)


def _text(read: _Read | None, found: list[Diagnostic]) -> str:
    if read is None:
        return ""
    if not isinstance(read.value, str):
        found.append(_wrong(read.place, "a text is wanted here"))
        return ""
    return read.value.strip()


def _number(read: _Read | None, found: list[Diagnostic]) -> int:
    text = _text(read, found)
    if read is None or not text:
        return 1
    if not (text.isascii() and text.isdigit() and len(text) < 8 and 1 <= int(text) <= 1_000_000):
        found.append(_wrong(read.place, f"'{text}' is no page number"))
        return 1
    return int(text)


def _journal(read: _Read | None, found: list[Diagnostic]) -> Journal:
    if read is None or isinstance(read.value, str):
        return Journal(title=_text(read, found))
    if not isinstance(read.value, dict):
        found.append(_wrong(read.place, "journal is a title, or a mapping with title, issn, eissn, publisher, url"))
        return Journal()
    found += _unknown(read, JOURNAL)
    return Journal(**{name: _text(value, found) for name, value in read.value.items() if name in JOURNAL})


def _cover(read: _Read | None, folder: Path, found: list[Diagnostic]) -> Cover:
    if read is None:
        return Cover()
    given = {"image": read} if isinstance(read.value, str) else read.value
    if not isinstance(given, dict):
        found.append(_wrong(read.place, "cover is a picture, or a mapping with image, alt, text"))
        return Cover()
    found += _unknown(_Read(given, read.place), COVER)
    words = {name: _text(value, found) for name, value in given.items()}
    image = words.get("image", "")
    if not image:
        return Cover(None, "", words.get("text", ""))
    path = _inside(folder, image)
    if path is None or not is_there(path) or not path.is_file():
        found.append(_wrong(given["image"].place, f"there is no picture '{image}' in the issue's folder"))
    if not words.get("alt"):
        hint = "write cover: {image: ..., alt: what it shows}; PDF/UA asks for it"
        found.append(_wrong(given["image"].place, "the cover's picture has no alternative text", hint))
    return Cover(path, words.get("alt", ""), words.get("text", ""))


def _inside(folder: Path, name: str) -> Path | None:
    path = (folder / name).resolve()
    return path if path.is_relative_to(folder) else None


def _articles(top: _Read, folder: Path, found: list[Diagnostic]) -> Iterator[Listed]:
    """The articles in the order of the file; one that is listed twice or is not there is told."""
    listed = top.value.get("articles")
    if listed is None:
        return
    names: set[str] = set()
    paths: dict[Path, Span] = {}
    for one, section, said in _flat(listed, "", found):
        path = (folder / one.value).resolve()
        if path in paths:
            found.append(_wrong(one.place, f"'{one.value}' is listed twice"))
        elif not is_there(path):
            found.append(_wrong(one.place, f"there is no folder '{one.value}'", f"looked for at {named(path)}"))
        elif _leads_out(folder, one.value, path):
            message = f"'{one.value}' is a link that leads out of the issue's folder"
            found.append(Diagnostic(ERROR, "outside-project", one.place, message, "write the path that is meant"))
        else:
            yield Listed(path, _named(said or _own(path), names), section, one.place)
        paths[path] = one.place


def _leads_out(folder: Path, said: str, path: Path) -> bool:
    """Whether a path that seems to stay in the issue's folder does not; one that says where it leads is meant so."""
    return Path(normpath(folder / said)).is_relative_to(folder) and not path.is_relative_to(folder)


def _flat(read: _Read, section: str, found: list[Diagnostic]) -> Iterator[tuple[_Read, str, str]]:
    """Each article with its section and the name it is given, if any.

    An item is a path, a mapping of path and name, or one of a section with its articles.
    """
    if not isinstance(read.value, list):
        found.append(_wrong(read.place, "a list is wanted here", "one article a line, each after a hyphen"))
        return
    for item in read.value:
        if isinstance(item.value, str) and item.value.strip():
            yield _Read(item.value.strip(), item.place), section, ""
        elif isinstance(item.value, dict) and set(item.value) == {"path", "name"}:
            path, name = (_text(item.value[key], found) for key in ("path", "name"))
            yield _Read(path, item.value["path"].place), section, name
        elif isinstance(item.value, dict) and set(item.value) == {"section", "articles"} and not section:
            yield from _flat(item.value["articles"], _text(item.value["section"], found), found)
        else:
            hint = "an item is a folder, a mapping with path and name, or one with section and articles"
            found.append(_wrong(item.place, "this is no article", hint))


def _own(path: Path) -> str:
    """What an article is called whose file says nothing: as its folder, or its file where that tells more."""
    return path.parent.name if path.is_file() and path.stem in ("article", "paper", "index", "main") else path.stem


def _named(own: str, taken: set[str]) -> str:
    """A name of letters and digits that no other article has."""
    plain = normalize("NFKD", own).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]", "", plain)[:40] or "article"
    name, count = stem, 1
    while name in taken or name in ("ref", "index", "issue") or name in RESERVED:
        count += 1
        name = f"{stem}{count}"
    taken.add(name)
    return name
