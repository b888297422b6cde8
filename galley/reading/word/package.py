"""The zip that a Word file is: its parts as XML trees, with bounds on every size and no way out of the file."""

from __future__ import annotations

import posixpath
import zipfile
from pathlib import Path
from typing import NamedTuple, NoReturn
from urllib.parse import unquote
from xml.etree.ElementTree import Element, ParseError, XMLParser

from galley.reading.files import named
from galley.reading.word.tags import STRICT
from galley.report import ERROR, Diagnostic, Fault, fault

PARTS = 20_000
"""How many parts a file may have."""
PART = 48_000_000
"""Bytes that one part of text may have when unpacked."""
WHOLE = 128_000_000
"""Bytes that all the parts read may have together."""
FILE = 512_000_000
"""Bytes of the file itself."""
RATIO = 500
"""How many times its packed size a part of over a megabyte may be; Word's own text stays under 60."""
DOCUMENT = "officeDocument"


class Relation(NamedTuple):
    """What a relationship id of a part stands for; ``kind`` is the last word of its type."""

    kind: str
    target: str
    outside: bool


class Package:
    """A Word file opened: parts are read when asked for, and nothing but parts of the zip is ever read."""

    def __init__(self, path: Path, what: str = "a Word file") -> None:
        """Open the file; Fault where it is no zip, ``what`` being what it should be."""
        self.name = named(path)
        self.faults: list[Diagnostic] = []
        self._left = WHOLE
        try:
            if path.stat().st_size > FILE:
                self._refuse(f"is larger than {FILE // 1_000_000} MB")
            with path.open("rb") as stream:
                head = stream.read(8)
            if head.startswith(b"\xd0\xcf\x11\xe0"):
                hint = "open it in Word, take the password off if it has one, and save it as .docx"
                self._refuse("is an old .doc file, or locked with a password", hint)
            self.zip = zipfile.ZipFile(path)
        except OSError as error:
            raise fault(
                "unreadable-file", self.name, f"cannot be read: {(error.strerror or str(error)).lower()}"
            ) from error
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise fault("not-word", self.name, f"is not {what}, or was cut short") from error
        if len(self.zip.infolist()) > PARTS:
            self._refuse(f"has more than {PARTS} parts")
        self._infos = {info.filename.lower().lstrip("/"): info for info in self.zip.infolist()}
        mains = [rel.target for rel in self.relations("").values() if rel.kind == DOCUMENT and not rel.outside]
        self.main = mains[0] if mains and mains[0].lower() in self._infos else "word/document.xml"

    def _refuse(self, message: str, hint: str = "") -> NoReturn:
        raise fault("not-word", self.name, message, hint)

    def close(self) -> None:
        """Let go of the file."""
        self.zip.close()

    def bytes(self, name: str) -> bytes | None:
        """A part unpacked, None where there is none; Fault where it is too large or broken."""
        info = self._infos.get(name.lower())
        if info is None:
            return None
        size = info.file_size
        if size > PART or size > self._left or (size > 1_000_000 and size > RATIO * max(info.compress_size, 1)):
            self._refuse(f"unpacks to too much: {name} would be {size // 1_000_000} MB")
        self._left -= size
        try:
            with self.zip.open(info) as stream:
                return stream.read(size)
        except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, ValueError) as error:
            why = "is locked with a password" if "password" in str(error) else "is broken"
            raise fault("not-word", self.name, f"its part {name} {why}") from error
        except Exception as error:  # zlib.error and its like have no common base
            raise fault("not-word", self.name, f"its part {name} is broken") from error

    def tree(self, name: str) -> Element | None:
        """A part as a tree, None where there is none; Fault where it is no XML or brings a DTD."""
        raw = self.bytes(name)
        if raw is None:
            return None
        try:
            return parsed(raw)
        except ParseError as error:
            raise fault("not-word", self.name, f"its part {name} is not sound XML: {error}") from error

    def side(self, name: str) -> Element | None:
        """A part that the text can do without, as a tree: what is wrong with it is noted in ``faults``."""
        try:
            return self.tree(name)
        except Fault as error:
            self.faults.extend(error.diagnostics)
            return None

    def relations(self, part: str) -> dict[str, Relation]:
        """The relationships of a part ("" for the file itself) by their ids; targets inside are names of parts."""
        folder, _, base = part.rpartition("/")
        tree = self.side(f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels")
        found: dict[str, Relation] = {}
        for rel in tree if tree is not None else ():
            outside = rel.get("TargetMode") == "External"
            target = rel.get("Target", "")
            kind = rel.get("Type", "").rpartition("/")[2]
            found[rel.get("Id", "")] = Relation(kind, target if outside else _inside(folder, target), outside)
        return found

    def related(self, kind: str) -> str:
        """The name of the part that goes with the document as "styles", "footnotes" ...; "" where there is none."""
        return next((r.target for r in self.main_relations.values() if r.kind == kind and not r.outside), "")

    @property
    def main_relations(self) -> dict[str, Relation]:
        """The relationships of the document itself."""
        if not hasattr(self, "_main_relations"):
            self._main_relations = self.relations(self.main)
        return self._main_relations

    def names(self) -> list[str]:
        """The names of all parts."""
        return [info.filename for info in self._infos.values() if not info.is_dir()]

    def parts(self, folder: str) -> list[str]:
        """The names of the XML parts in a folder of the file, in order."""
        return sorted(n for n in self._infos if n.startswith(folder) and n.endswith(".xml") and n.count("/") == 1)

    def problem(self, code: str, message: str, hint: str = "") -> None:
        """Note something about the file that does not stop its reading."""
        self.faults.append(Diagnostic(ERROR, code, self.name, message, hint))


def _inside(folder: str, target: str) -> str:
    """A target as the name of a part; what climbs out of the file ends at its root, where nothing lies."""
    joined = target if target.startswith("/") else f"/{folder}/{target}"
    return posixpath.normpath(unquote(joined)).lstrip("/")


class _Stop(Exception):
    """The root element is reached: no DTD can follow."""


def _stop(*_: object) -> NoReturn:
    raise _Stop


def _doctype(*_: object) -> NoReturn:
    raise ParseError("it has a document type, which Word never writes")


def parsed(raw: bytes) -> Element:
    """XML as a tree; ParseError where it is not well-formed or declares a document type (and so entities)."""
    from xml.parsers import expat

    first = expat.ParserCreate()
    first.StartDoctypeDeclHandler = _doctype
    first.StartElementHandler = _stop
    try:
        first.Parse(raw, True)
    except _Stop:
        pass
    except expat.ExpatError as error:
        raise ParseError(str(error)) from error
    for old, new in STRICT:
        if old in raw[:4000]:
            raw = raw.replace(old, new)
    parser = XMLParser()  # noqa: S314 - no DTD, so no entities; sizes are bounded
    try:
        parser.feed(raw)
        return parser.close()
    except (ValueError, LookupError) as error:  # an encoding that nobody knows
        raise ParseError(str(error)) from error
