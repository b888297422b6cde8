"""Bibliographies in other forms than BibTeX (CSL-JSON, CSL-YAML, RIS, EndNote XML), read by way of Pandoc."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from galley import pandoc
from galley.document import Entry
from galley.reading.bibliography import Bibliography, bibliography
from galley.report import ERROR, Diagnostic, Fault
from galley.span import File

FORMATS = {".json": "csljson", ".ris": "ris", ".xml": "endnotexml", ".yaml": "yaml", ".yml": "yaml"}
"""File endings and the names of what is in such files; all others are read as BibTeX."""


def is_other(file: File) -> bool:
    """Whether a file is of a form that Pandoc has to read."""
    return _ending(file) in FORMATS


def converted(file: File) -> Bibliography:
    """The entries of such a file, each placed where its id stands in it; a file Pandoc refuses is a fault."""
    form = FORMATS[_ending(file)]
    try:
        text = (
            pandoc.convert(_as_metadata(file.text), "markdown", "biblatex")
            if form == "yaml"
            else pandoc.convert(file.text, form, "biblatex")
        )
    except Fault as fault:
        message = f"cannot be read as {form}: {fault.diagnostics[0].message.removeprefix('Pandoc: ')[:200]}"
        return Bibliography({}, (Diagnostic(ERROR, "broken-bibliography", file.name, message),))
    found = bibliography([File(file.name, text)])
    return Bibliography({key: _placed(entry, file) for key, entry in found.entries.items()}, ())


def of_records(records: Mapping[str, Mapping[str, Any]]) -> dict[str, Entry]:
    """CSL-JSON records as entries, by the names under which they come."""
    numbered = {f"work{number}": name for number, name in enumerate(records, 1)}
    rows = [{**records[name], "id": number} for number, name in numbered.items()]
    found = converted(File("records.json", json.dumps(rows, default=str)))
    return {numbered[key]: entry for key, entry in found.entries.items() if key in numbered}


def _ending(file: File) -> str:
    return "." + file.name.rsplit(".", 1)[-1].lower()


def _placed(entry: Entry, file: File) -> Entry:
    at = re.search(rf"(?<![\w-]){re.escape(entry.key)}(?![\w-])", file.text)
    span = file.span(at.start(), at.end()) if at else file.line_span(1)
    return entry._replace(span=span, field_spans={})


def _as_metadata(text: str) -> str:
    """CSL-YAML as Pandoc wants it: the references in a metadata block, here of JSON."""
    import yaml

    from galley.reading.yamlguard import guarded

    try:
        guarded(text)
        data: Any = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise Fault((Diagnostic(ERROR, "broken-bibliography", "", f"not YAML: {error}".replace("\n", " ")),)) from error
    references = data.get("references", []) if isinstance(data, dict) else data
    return f"---\n{json.dumps({'references': references, 'nocite': '@*'}, default=str)}\n---\n"
