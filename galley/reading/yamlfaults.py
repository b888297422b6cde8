"""Front matter that is none: not closed, not begun as it must be, not YAML; told where it stands."""

from __future__ import annotations

from typing import Any

from galley.patterns import pattern
from galley.report import ERROR, Diagnostic
from galley.span import File, Span

ALMOST = pattern(
    r"(?:[ \t]*\n)*(?P<mark>[ \t]*(?:-{2,}|[—–−]{1,3}|- - -)[ \t]*)\n"
    r"(?:#[^\n]*\n)*(?P<field>[\w-]+)[ \t]*[:：]"
)
"""What begins a file almost as front matter does."""
GLUED = pattern(r"[ \t]*(?:- )?[\w-]+(?=:[^\s/]|：|[ \u00a0]?:\u00a0)")
"""A field whose colon is none, or has no space after it."""


def unclosed(file: File) -> tuple[Diagnostic, ...]:
    """What is wrong with front matter that is not read as such: it is not closed, or does not begin as it must."""
    found = ALMOST.match(file.text)
    if not found:
        return ()
    if found.start("mark") == 0 and found["mark"].rstrip() == "---":
        message, hint = "the front matter is not closed", "end it with a line of three hyphens: ---"
    elif found["mark"].rstrip() == "---":
        message, hint = "an empty line stands before the front matter", "it begins in the first line of the file"
    else:
        message, hint = "the front matter does not begin as it must", "begin it with a line of three hyphens: ---"
    place = file.line_span(file.place(found.start("mark"))[0])
    return (Diagnostic(ERROR, "bad-yaml", place, message, hint),)


def bad_yaml(file: File, first: int, error: Any) -> Diagnostic:
    """What YAML could not read, told where the author began what it could not end."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "cannot be parsed"
    context = f"{getattr(error, 'context', '')}"
    within = "quoted scalar" in context or "flow" in context
    if (within or "simple key" in context) and getattr(error, "context_mark", None):
        mark = error.context_mark  # where the author began what YAML could not end
    span: Span | str = file.line_span(first + mark.line, mark.column + 1) if mark else file.line_span(1)
    hint = ""
    line = first + mark.line if mark else 0
    if "mapping values are not allowed" in problem and mark and mark.line and GLUED.match(file.line(line - 1)):
        line -= 1  # a field that is none runs on into the next line, whose colon is then one too many
    if line and (glued := GLUED.match(file.line(line))) and not within:
        hint = "write an ordinary colon and a space after the name of a field"
        span = file.line_span(line, glued.end() + 1)
    elif "mapping values are not allowed" in problem:
        hint = "put quotation marks round a value that holds a colon"
    elif "cannot start any token" in problem:
        tab = file.line(line).startswith("\t")
        hint = "indent with spaces, not with tabs" if tab else "put quotation marks round a value that begins so"
    elif "quoted scalar" in context:
        hint = "close the quotation marks"
    elif "flow" in context:
        hint = "close the bracket"
    return Diagnostic(ERROR, "bad-yaml", span, f"the front matter is not YAML: {problem}", hint)
