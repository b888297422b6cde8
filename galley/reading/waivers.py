"""Where waivers of findings are written: the front matter, or a file beside a Word manuscript. Read, not judged."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from galley.reading.files import named, text_file
from galley.report import ERROR, Diagnostic
from galley.span import Span

if TYPE_CHECKING:
    from galley.document import Document

ENDINGS = (".waive.yaml", ".waive.yml", ".waive.toml")


class Written(NamedTuple):
    """The value of ``waive``, where it stands, and what was wrong with the file."""

    value: Any
    place: Span | str = ""
    faults: tuple[Diagnostic, ...] = ()


def of_project(document: Document) -> Written:
    """What the front matter of a project's first file says under ``waive``."""
    from galley.reading.metadata import header

    if not document.files or "waive" not in document.files[0].text:
        return Written(None)
    head = header(document.files[0])
    return Written(head.data.get("waive"), head.place.of("waive"))


def beside(path: Path) -> Written:
    """What ``paper.waive.yaml`` (or ``.toml``) beside ``paper.docx`` says: a list, or ``waive:`` with a list."""
    found = next((one for ending in ENDINGS if (one := path.with_name(path.stem + ending)).is_file()), None)
    if found is None:
        return Written(None)
    file, faults = text_file(found)
    try:
        value = tomllib.loads(file.text) if found.suffix == ".toml" else _yaml(file.text)
    except (tomllib.TOMLDecodeError, ValueError) as error:
        words = " ".join(str(error).split())[:200]
        return Written(None, named(found), (*faults, Diagnostic(ERROR, "bad-waiver", named(found), words)))
    if isinstance(value, dict) and "waive" in value:
        value = value["waive"]
    return Written(value, file.line_span(1), faults)


def _yaml(text: str) -> Any:
    import yaml

    from galley.reading.yamlguard import guarded

    try:
        guarded(text)
        return yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError) as error:
        raise ValueError(f"not YAML: {error}") from error
