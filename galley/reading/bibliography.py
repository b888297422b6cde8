"""BibTeX files -> entries, each with its place. Faults are told and mended where they can be; reading goes on.

The text is cut where a line starts with ``@type{``, so a fault stays within its entry; each piece is parsed
by pybtex's low-level parser, which ``_Scanner`` teaches to keep places and to carry on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pybtex.database.input.bibtex import LowLevelParser, month_names
from pybtex.scanner import PybtexSyntaxError

from galley.document import Entry
from galley.patterns import pattern
from galley.report import ERROR, WARNING, Diagnostic, Severity
from galley.span import File, Span
from galley.unseen import cleaned

START = pattern(r"^[ \t]*@[ \t]*[A-Za-z]+[ \t]*[{(]", re.MULTILINE)
SWALLOWED = pattern(r"\n[ \t]*[A-Za-z][\w-]*[ \t]*=[ \t]*[{\"\d]")
WORD = pattern(r"\S")
OUTSIDE = pattern(
    r"^[ \t]*(?:([A-Za-z][\w-]*[ \t]*=)[ \t]*[{\"\d]|([A-Za-z]+[ \t]*[{(])[ \t]*[^\s,{}=]+,[ \t]*$)", re.MULTILINE
)
FIELD = pattern(r"\s*[A-Za-z][\w+:.-]*\s*=")
BARE = pattern(r"[^,{}\"#\n]+")
MONTHS = {
    name.lower(): name
    for name in (
        *("January", "February", "March", "April", "May", "June", "July"),
        *("August", "September", "October", "November", "December", "Sept"),
    )
}
TOO_DEEP = ("too-deep", "this value has more than 100 braces within one another", "it was ended with its line")
UNCLOSED = ("broken-entry", "this value is not closed", "it was ended with its line; add the closing brace")
VALUE = 100_000
"""Characters that a value of several parts may have: @strings made of @strings multiply."""


class Bibliography(NamedTuple):
    """The entries of one or several files by key, in the order they stand, and what was wrong."""

    entries: dict[str, Entry]
    faults: tuple[Diagnostic, ...]


@dataclass
class _Raw:
    """A field as scanned: its parts, and the offsets of its name and of its value's end."""

    name: str
    parts: list[str]
    start: int
    end: int


@dataclass
class _Shelf:
    """What is gathered while the files are read."""

    entries: dict[str, Entry] = field(default_factory=dict)
    faults: list[Diagnostic] = field(default_factory=list)
    macros: dict[str, str] = field(default_factory=lambda: {k.lower(): v for k, v in month_names.items()})

    def tell(self, severity: Severity, code: str, span: Span, message: str, hint: str = "") -> None:
        self.faults.append(Diagnostic(severity, code, span, message, hint))


def bibliography(files: Iterable[File]) -> Bibliography:
    """Read BibTeX files in order; of two entries with one key the first is kept."""
    shelf = _Shelf()
    for file in files:
        pieces = list(_pieces(file.text))
        _stray(file, 0, pieces[0][0] if pieces else len(file.text), shelf)
        if not pieces:
            hint = "it should hold entries such as @article{key, ...}"
            shelf.tell(WARNING, "empty-bibliography", file.line_span(1), "there is no entry in this file", hint)
        for start, end in pieces:
            try:
                _piece(file, start, end, shelf)
            except RecursionError:
                span = file.line_span(file.place(start)[0])
                shelf.tell(ERROR, "too-deep", span, "this entry is nested too deeply", "the entry was left out")
    return Bibliography(shelf.entries, tuple(shelf.faults))


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    starts = [found.start() + found[0].index("@") for found in START.finditer(text)]
    return zip(starts, [*starts, len(text)][1:], strict=True)


def _piece(file: File, start: int, end: int, shelf: _Shelf) -> None:
    scanner = _Scanner(file, start, end, shelf)
    for command in scanner:
        kind, body = str(command[0]), command[1]
        if kind.lower() in ("string", "preamble"):
            continue
        key = body[0]
        if not (kind.isascii() and kind.isalpha()):
            continue  # an @ in words between entries
        span = file.span(scanner.base + scanner.command_start, scanner.base + scanner.key_end)
        if not key or "=" in key:
            message = f"this @{kind} entry has no key"
            shelf.tell(ERROR, "broken-entry", span, message, "write @article{key, ...}; the entry was left out")
            continue
        if "{" in key or "}" in key:
            message = f"the key '{key}' holds a brace, and so no reader of BibTeX finds its end"
            shelf.tell(ERROR, "broken-entry", span, message, "write it without; the entry was left out")
            continue
        _keep(Entry(key, kind.lower(), *_fields(scanner, shelf, key), span), scanner, shelf)
    if not scanner.broken:
        _stray(file, scanner.base + scanner.ended, end, shelf)


def _stray(file: File, start: int, end: int, shelf: _Shelf) -> None:
    """Tell of fields, or of an entry without its ``@``, that stand outside of any entry: nobody would read them."""
    if file.text.find("=", start, end) < 0:
        return
    found = OUTSIDE.search(file.text, start, end)
    if found:
        group = 1 if found[1] else 2
        message = "this field stands outside of any entry" if found[1] else "this entry has no @ before its type"
        hint = "look for a brace too many before it" if found[1] else f"write @{found[2].strip()}...; it was left out"
        shelf.tell(ERROR, "broken-entry", file.span(*found.span(group)), message, hint)


def _fields(scanner: _Scanner, shelf: _Shelf, key: str) -> tuple[dict[str, str]]:
    fields: dict[str, str] = {}
    for raw in scanner.raw:
        name = raw.name.lower()
        value = " ".join("".join(raw.parts).split())
        if name in fields:
            span = scanner.file.span(scanner.base + raw.start, scanner.base + raw.start + len(raw.name))
            hint = "the first one is used"
            if fields[name] != value:
                shelf.tell(WARNING, "doubled-field", span, f"the entry '{key}' has the field '{name}' twice", hint)
            continue
        fields[name] = cleaned(value)
    return (fields,)


def _keep(entry: Entry, scanner: _Scanner, shelf: _Shelf) -> None:
    spans = {
        raw.name.lower(): scanner.file.span(scanner.base + raw.start, scanner.base + raw.end)
        for raw in reversed(scanner.raw)
    }
    entry = Entry(entry.key, entry.type, entry.fields, entry.span, spans)
    other = shelf.entries.get(entry.key)
    if other is None:
        shelf.entries[entry.key] = entry
        return
    same = other.type == entry.type and other.fields == entry.fields
    message = f"the key '{entry.key}' stands twice" + (", both times with the same entry" if same else "")
    hint = f"the first is used: {other.span}"
    shelf.tell(WARNING if same else ERROR, "duplicate-key", entry.span, message, hint)


class _Scanner(LowLevelParser):  # type: ignore[misc]  # pybtex has no types
    """pybtex's parser over one piece of a file, keeping each field's place and mending common faults."""

    def __init__(self, file: File, start: int, end: int, shelf: _Shelf) -> None:
        self.file, self.base, self.shelf = file, start, shelf
        self.raw: list[_Raw] = []
        self.key_end = 1
        self.ended = 0
        self.broken = False
        self.current_field_name: str | None = None
        self.current_value: list[str] = []
        super().__init__(file.text[start:end], macros=shelf.macros, filename=file.name)

    def here(self, start: int, end: int) -> Span:
        last = len(self.file.text)
        return self.file.span(min(self.base + start, last), min(self.base + max(end, start + 1), last))

    def parse_command(self) -> Any:
        self.raw, self.broken = [], False
        self.key_end = self.pos + 1
        try:
            return super().parse_command()
        finally:
            self.ended = self.pos

    def handle_error(self, error: PybtexSyntaxError) -> None:
        if self.broken:
            return  # the mended fault before it has been told; this one follows from it
        self.broken = True
        start = self.command_start or 0
        what = f"the entry '{self.current_entry_key}'" if self.current_entry_key else "this entry"
        keyless = not self.raw and self.text[self.pos :].lstrip().startswith("=")
        if keyless:
            message, hint = "this entry has no key", "write @article{key, ...}; the entry was left out"
        elif self.pos >= len(self.text.rstrip()):
            message, hint = f"{what} is not closed", "it was ended before the next @; add the closing brace"
        else:
            rest = self.text[self.pos :].split("\n", 1)[0].strip()
            message = f"{what} cannot be read on from {rest[:30]!r}" if rest else f"{what} cannot be read on"
            hint = "what stands before was kept" if self.raw else "the entry was left out"
        at = start if keyless or self.pos >= len(self.text.rstrip()) else self.pos
        end = self.key_end if at == start else at + 1
        self.shelf.tell(ERROR, "broken-entry", self.here(at, end), message, hint)

    def parse_entry_body(self, body_end: Any) -> None:
        pattern = self.KEY_PAREN if body_end == self.RPAREN else self.KEY_BRACE
        self.current_entry_key = self.required([pattern]).value
        self.key_end = self.pos
        self.parse_entry_fields()

    def parse_entry_fields(self) -> None:
        while True:
            self.current_field_name, self.current_value = None, []
            self.skip_space()
            start = self.pos
            self.parse_field()
            if self.current_field_name:
                self.raw.append(_Raw(self.current_field_name, self.current_value, start, self.pos))
            if self.optional([self.COMMA]):
                continue
            if not FIELD.match(self.text, self.pos):
                return
            message, hint = "a comma is missing after this field", "it was read as if it were there"
            self.shelf.tell(WARNING, "missing-comma", self.here(start, self.pos), message, hint)

    def skip_space(self) -> None:
        while self.pos < len(self.text) and self.text[self.pos].isspace():
            if self.text[self.pos] == "\n":
                self.lineno += 1
            self.pos += 1

    def parse_value(self) -> None:
        """Parts joined by ``#``; the end of the text after a part is not this field's fault."""
        self.current_value = [self.parse_value_part()]
        while True:
            self.skip_space()
            if not self.text.startswith("#", self.pos):
                return
            self.pos += 1
            self.current_value.append(self.parse_value_part())
            if sum(map(len, self.current_value)) > VALUE:
                message = f"this value is longer than {VALUE:,} characters once its @strings are put in"
                self.shelf.tell(ERROR, "too-large", self.here(self.pos - 1, self.pos), message, "it was left empty")
                self.current_value = [""]

    def parse_value_part(self) -> str:
        self.skip_space()
        start = self.pos
        if self.text[start : start + 1] not in ("{", '"'):
            return str(self.bare(start))
        try:
            value = str(super().parse_value_part())
        except PybtexSyntaxError as error:
            return self.unclosed(start, TOO_DEEP if "nested" in str(error) else UNCLOSED)
        if "\n" in value and not WORD.search(self.text, self.pos) and SWALLOWED.search(value):
            return self.unclosed(start)  # it took the braces of the fields after it, and that of the entry
        return value

    def bare(self, start: int) -> str:
        """A value without braces: a number, a macro, or words that ought to have been braced."""
        found = BARE.match(self.text, start)
        word = str(found[0]).strip() if found else ""
        if not word:
            raise PybtexSyntaxError("field value expected", self)
        self.pos = start + len(word)
        if word.isdigit():
            return word
        macro = self.shelf.macros.get(word.lower())
        if macro is not None:
            return str(macro)
        if word.lower() in MONTHS:
            return MONTHS[word.lower()]
        span = self.here(start, self.pos)
        if re.fullmatch(r"[A-Za-z][\w:.+-]*", word):
            message = f"the abbreviation '{word}' is not defined"
            hint = "it was read as the word itself; put it in braces"
            self.shelf.tell(WARNING, "undefined-string", span, message, hint)
        else:
            message, hint = f"the value {word} has no braces", "it was read as it stands; put it in braces"
            self.shelf.tell(WARNING, "unquoted-value", span, message, hint)
        return word

    def unclosed(self, start: int, told: tuple[str, str, str] = UNCLOSED) -> str:
        """A value whose brace is never closed, or with too many within one another, ends with its line."""
        stop = self.text.find("\n", start)
        stop = stop if stop >= 0 else len(self.text)
        value = self.text[start + 1 : stop].rstrip().rstrip(",").rstrip()
        self.broken = True
        self.shelf.tell(ERROR, told[0], self.here(start, start + 1 + len(value)), *told[1:])
        ended = self.text[start:stop].rstrip().endswith(",")
        self.pos = stop - (len(self.text[start:stop]) - len(self.text[start:stop].rstrip())) - ended
        return str(value)

    def parse_string_body(self, body_end: Any) -> None:
        name = self.required([self.NAME]).value
        self.required([self.EQUALS])
        self.parse_value()
        self.shelf.macros[name.lower()] = "".join(self.current_value)
