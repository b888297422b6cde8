"""A journal's look: a folder under ``templates/`` (with those it extends) -> Theme; no Python in it."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from galley.frontmatter import Journal
from galley.report import Fault, fault
from galley.span import Span

BASE = "base"
MARKS = {
    "block_start_string": "<%",
    "block_end_string": "%>",
    "variable_start_string": "<<",
    "variable_end_string": ">>",
    "comment_start_string": "<#",
    "comment_end_string": "#>",
}
"""Jinja's marks in ``.typ.j2``, where its own would collide with Typst's code."""


@dataclass(frozen=True)
class Theme:
    """A theme: its folders, its own first and then those it extends, and their tokens merged."""

    name: str
    folders: tuple[Path, ...]
    tokens: Mapping[str, Any] = field(repr=False)

    def path(self, name: str) -> Path:
        """The file of that name in the first folder that has it; Fault where none has."""
        for folder in self.folders:
            if (folder / name).is_file() and (folder / name).resolve().is_relative_to(folder.parent.resolve()):
                return folder / name
        raise fault("theme-file", str(self.folders[0]), f"the theme '{self.name}' has no file {name}", status=2)

    def files(self, suffix: str) -> dict[str, Path]:
        """All files with a suffix such as ".typ", by name; the theme's own before those it extends."""
        found: dict[str, Path] = {}
        for folder in reversed(self.folders):
            found.update({path.name: path for path in sorted(folder.glob(f"*{suffix}"))})
        return found

    def journal(self, said: Journal) -> Journal:
        """The journal as the front matter gives it, completed by the theme, if it is the theme's journal."""
        given = {name: value for name, value in asdict(said).items() if value}
        stated = self.tokens.get("journal", {})
        other = "title" in given and given["title"] != stated.get("title", "")
        known = {} if other else {name: str(value) for name, value in stated.items() if hasattr(said, name)}
        settled = Journal(**{**known, **given})
        bare = re.match(r"[\w.-]+\.\w+(?:/|$)", settled.url)
        return replace(settled, url=f"https://{settled.url}") if bare else settled

    def render(self, name: str, filters: Mapping[str, Callable[..., Any]], **context: object) -> str:
        """A Jinja template of the theme filled in, in Jinja's sandbox; an unknown name in it is a Fault."""
        from jinja2 import TemplateError

        wrong = (TemplateError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
        environment = self._typst if name.endswith(".typ.j2") else self._page
        environment.filters.update(filters)
        try:
            return str(environment.get_template(name).render(theme=self.tokens, **context))
        except wrong as error:
            line = getattr(error, "lineno", None)
            where = f"{getattr(error, 'filename', None) or self.path(name)}" + (f":{line}" if line else "")
            raise fault("theme-template", where, f"the template {name} fails: {error}", status=2) from error

    @cached_property
    def _typst(self) -> Any:
        return self._environment(autoescape=False, **MARKS)

    @cached_property
    def _page(self) -> Any:
        return self._environment(autoescape=True)

    def _environment(self, **options: Any) -> Any:
        from jinja2 import FileSystemLoader, StrictUndefined
        from jinja2.sandbox import ImmutableSandboxedEnvironment

        return ImmutableSandboxedEnvironment(
            loader=FileSystemLoader([str(folder) for folder in self.folders]),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            **options,
        )


def shelves(project: Path) -> tuple[Path, ...]:
    """Where themes are looked for: the project's ``templates/``, what GALLEY_THEMES names, those that came with us."""
    here = Path(__file__).parent
    own = here / "templates" if (here / "templates").is_dir() else here.parent / "templates"
    more = os.environ.get("GALLEY_THEMES", "")  # a further one, such as an issue's, which its articles know nothing of
    found = (project / "templates", *([Path(more)] if more else []), own)
    return tuple(dict.fromkeys(path.resolve() for path in found))


def names(project: Path) -> list[str]:
    """The themes there are to choose from."""
    found = {path.parent.name for shelf in shelves(project) for path in shelf.glob("*/theme.toml")}
    return sorted(found - {BASE})


def load(name: str, project: Path, place: Span | str = "") -> Theme:
    """The theme of that name; Fault at the place that names it where there is none, or where it cannot be read."""
    folders: list[Path] = []
    tokens: dict[str, Any] = {}
    wanted: str | None = name
    while wanted:
        folder = _folder(wanted, project, place)
        if folder in folders:
            raise fault("theme-circle", str(folder), f"the theme '{wanted}' extends itself", status=2)
        folders.append(folder)
        own = _tokens(folder / "theme.toml")
        tokens = _merged(own, tokens)
        wanted = own.get("extends", BASE if wanted != BASE else None)
    return Theme(name, tuple(folders), tokens)


def overlaid(theme: Theme, name: str, keep: tuple[str, ...] = ()) -> Theme:
    """The plain theme in another look of it (``NAME.toml`` beside its theme.toml), such as that of a copy for review.

    Of the theme given, the tokens named in ``keep`` stay, among them the words it prints.
    """
    folder = theme.folders[-1]
    base = Theme(name, (folder / name, folder), _tokens(folder / "theme.toml"))
    kept = {key: value for key, value in theme.tokens.items() if key in keep}
    look = _tokens(base.path(f"{name}.toml"))
    return replace(base, tokens=_merged(_merged(base.tokens, kept), look))


def _folder(name: str, project: Path, place: Span | str) -> Path:
    for shelf in shelves(project):
        folder = shelf / name
        if name in ("..", ".") or folder.parent != shelf or len(os.fsencode(name)) > 255:  # no such name can be
            continue
        if (folder / "theme.toml").is_file():
            if shelf != shelves(project)[-1]:  # our own themes have no such links
                _closed(folder, shelf)
            return folder
    known = ", ".join(names(project))
    raise fault("unknown-theme", place, f"there is no theme '{name}'", f"the themes are: {known}")


def _closed(folder: Path, shelf: Path) -> None:
    """Fault where a theme, or anything in it, is a link that leads out of the folder of themes."""
    for path in (folder, *folder.rglob("*")):
        if path.is_symlink() and not path.resolve().is_relative_to(shelf):
            message = "is a link that leads out of the folder of themes"
            raise fault("outside-project", str(path), message, "put the file itself into the theme", status=2)


def _tokens(path: Path) -> dict[str, Any]:
    try:
        state = path.stat()
        return _parsed(path, state.st_mtime_ns, state.st_size)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _unreadable(path, error) from error


@lru_cache(maxsize=64)
def _parsed(path: Path, _time: int, _size: int) -> dict[str, Any]:
    """A theme's own tokens, parsed once: a long-lived process asks for them again and again."""
    return tomllib.loads(path.read_text("utf-8"))


def _unreadable(path: Path, error: Exception) -> Fault:
    return fault("theme-toml", str(path), f"cannot be read: {error}", status=2)


def _merged(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Two sets of tokens as one, tables merged, the second winning."""
    out = dict(under)
    for key, value in over.items():
        both = isinstance(value, dict) and isinstance(out.get(key), dict)
        out[key] = _merged(out[key], value) if both else value
    return out
