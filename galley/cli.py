"""Words and exit codes: the command line.

Exit status: 0 clean, 1 faults in the manuscript, 2 we could not run.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
import warnings
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from galley import __version__
from galley.late import put_off

put_off("inspect", "textwrap")  # before the rooms below are imported, and dataclasses and pybtex with them

from galley.bounds import heed  # noqa: E402 - see the line above
from galley.building import build, meant, named, show  # noqa: E402 - likewise
from galley.offline import offline  # noqa: E402 - likewise
from galley.report import ERROR, FORMATS, Diagnostic, Fault  # noqa: E402 - likewise
from galley.supervising import supervised  # noqa: E402 - likewise
from galley.unseen import unobeyed  # noqa: E402 - likewise
from galley.writing import write  # noqa: E402 - likewise

EPILOG = """\
PROJECT is a folder with manuscript/*.md and references.bib, a folder with one Markdown file whose front
matter names its bibliography, or that file itself. Without it the folder you stand in is meant; build.py
means its own folder, unless you stand in one with manuscript/. Outputs go to output/ in the project.

exit status: 0 clean, 1 faults in the manuscript, 2 could not run
"""
BUILDS = {
    "pdf": ("pdf",),
    "html": ("html",),
    "docx": ("docx",),
    "md": ("md",),
    "txt": ("txt",),
    "all": ("pdf", "html", "docx"),
}


DESKS = {
    "office": ("check", "import"),
    "preview.verbs": ("preview",),
    "issuedesk": ("issue",),
    "comparing": ("diff",),
    "reviewing": ("accept", "reject", "review", "proof", "respond", "log"),
    "packdesk": ("camera-ready", "deposit"),
    "texdesk": ("latex",),
    "desk": ("bib", "bibliography", "cite"),
    "explaining.verbs": ("explain",),
}
"""The rooms that bring verbs of their own, and these."""
OWN = ("test", "new", "schema")
YOUNG = 3_000_000
"""How many objects are made before Python looks for circles among them: trees of Pandoc's have none, and looking for
some every 700 objects takes half of the time that a long manuscript needs here, and every 200,000 still 6 %."""


def main(arguments: Sequence[str] | None = None, home: Path | None = None) -> int:
    """Run a command line and return its exit status. ``home`` is the project used where none is meant."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    with unobeyed():
        return _run(arguments, home)


def _run(arguments: Sequence[str] | None, home: Path | None) -> int:
    gc.set_threshold(YOUNG)
    asked = next((one for one in (sys.argv[1:] if arguments is None else arguments) if not one.startswith("-")), "")
    try:
        heed()
    except Fault as fault:
        show(fault.diagnostics, "text")
        return fault.status
    if arguments is None:  # a program of its own: from here on somebody waits beside us
        warnings.simplefilter("ignore")  # libraries' words to programmers
        supervised(asked, staying="--watch" in sys.argv)
    parser = _parser(asked)
    options, more = parser.parse_known_args(arguments)
    if more and not hasattr(options, "arguments"):
        parser.error(f"unrecognized arguments: {' '.join(more)}")
    options.arguments = [*getattr(options, "arguments", []), *more]
    run: Callable[[argparse.Namespace, Path | None], int] = options.run
    try:
        with offline(sys.argv[1:] if arguments is None else arguments):
            return run(options, home)
    except Fault as fault:
        show(fault.diagnostics, _format(options))
        return fault.status
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 2
    except RecursionError:
        hint = "look for brackets, quotations, lists or braces within one another by the hundred"
        show(
            (Diagnostic(ERROR, "too-deep", "", "something in the manuscript is nested too deeply", hint),),
            _format(options),
        )
        return 1
    except MemoryError:
        show((Diagnostic(ERROR, "too-large", "", "there is not memory enough for this manuscript"),), _format(options))
        return 2
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        print(f"{where}error[system] {(error.strerror or str(error)).lower()}", file=sys.stderr)
        return 2
    except Exception as error:  # whatever it is, nobody is to see a traceback
        if os.environ.get("GALLEY_DEBUG"):
            raise
        print(f"error[internal] {type(error).__name__}: {error}", file=sys.stderr)
        print("   = this is a fault of Galley's, not yours; GALLEY_DEBUG=1 shows where it is", file=sys.stderr)
        return 2


def _format(options: argparse.Namespace) -> str:
    """How findings are shown, where the verb leaves a choice."""
    wanted: str = getattr(options, "format", "text")
    return wanted if wanted in FORMATS else "text"


def _parser(asked: str) -> argparse.ArgumentParser:
    """The command line; where the verb asked for is known, only the room that it comes from is loaded."""
    parser = argparse.ArgumentParser(
        prog=os.environ.get("GALLEY_PROG", "galley"),
        description="Sets a scholarly article: Markdown and BibTeX in, the journal's pages out.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"galley {__version__}")
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=True)
    for name, text in (
        ("pdf", "set the article as PDF: output/article.pdf (PDF/A-2a and PDF/UA-1)"),
        ("html", "set it as one self-contained web page: output/article.html"),
        ("docx", "set it as a Word document: output/article.docx"),
        ("md", "write it as text, citations and references resolved, italics between asterisks: output/article.md"),
        ("txt", "write it as bare text, citations and references resolved: output/article.txt"),
        ("all", "set it in every format"),
    ):
        verb = _verb(verbs, name, text, _build)
        verb.set_defaults(formats=BUILDS[name])
        verb.add_argument("--output", metavar="FOLDER", type=Path, help="where the pages go (default: PROJECT/output)")
        verb.add_argument("--theme", metavar="NAME", default="", help="a theme other than the front matter's")
        verb.add_argument("--draft", action="store_true", help="write the pages whatever their errors (exit status 1)")
        if name in ("pdf", "all"):
            verb.add_argument(
                "--standard", metavar="NAME", action="append", help="PDF standard, such as a-2b (default: a-2a, ua-1)"
            )
        _format_option(verb)
    for room in _rooms(asked):
        import_module(f"galley.{room}").verbs(verbs)
    test = _verb(verbs, "test", "run the project's tests: each citation is one", _test, project=False)
    test.add_argument("arguments", nargs="*", metavar="...", help="a project, and what else pytest is to be told")
    new = _verb(verbs, "new", "make a project to start from", _new, project=False)
    new.add_argument("folder", metavar="FOLDER", type=Path, help="the folder to make")
    new.add_argument("--theme", metavar="NAME", default="", help="the journal's theme (default: the first there is)")
    _verb(verbs, "schema", "print the JSON Schema of the front matter", _schema, project=False)
    return parser


def _rooms(asked: str) -> list[str]:
    """The rooms whose verbs are to be known: none for a verb of our own, one for one of theirs, else all."""
    if asked in BUILDS or asked in OWN:
        return []
    return [room for room, names in DESKS.items() if asked in names] or list(DESKS)


def _verb(
    verbs: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    text: str,
    run: Callable[[argparse.Namespace, Path | None], int],
    *,
    project: bool = True,
) -> argparse.ArgumentParser:
    verb = verbs.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
    verb.set_defaults(run=run)
    if project:
        verb.add_argument("project", metavar="PROJECT", nargs="?", type=Path, help="the project (default: this folder)")
    return verb


def _format_option(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--format", choices=sorted(FORMATS), default="text", help="how findings are shown (default: text)"
    )


# -- the verbs ----------------------------------------------------------------------------------------


def _build(options: argparse.Namespace, home: Path | None) -> int:
    return build(options, meant(options.project, home))


def _test(options: argparse.Namespace, home: Path | None) -> int:
    import subprocess
    from importlib.util import find_spec

    if find_spec("pytest") is None:
        hint = "install it with: pip install 'galley-press[test]'"
        raise Fault((Diagnostic(ERROR, "no-pytest", "", "pytest is not installed", hint),), 2)
    arguments = list(options.arguments)
    folder = Path(arguments.pop(0)) if arguments and Path(arguments[0]).is_dir() else meant(None, home)
    own = str(Path(__file__).parent.parent)
    path = os.pathsep.join(filter(None, (own, os.environ.get("PYTHONPATH"))))
    plugin = [] if _installed() else ["-p", "galley.pytest_citations"]
    command = [sys.executable, "-m", "pytest", *plugin, *(arguments or ["-q"])]
    status = subprocess.call(command, cwd=folder, env={**os.environ, "PYTHONPATH": path})
    return {0: 0, 1: 1}.get(status, 2)


def _installed() -> bool:
    """Whether pytest finds our plug-in by itself: not so where Galley is run from a folder and never installed."""
    from importlib.metadata import entry_points

    return any(one.value == "galley.pytest_citations" for one in entry_points(group="pytest11"))


def _new(options: argparse.Namespace, _: Path | None) -> int:
    from galley.starter import files

    folder: Path = options.folder
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        hint = "name a folder that does not exist yet"
        raise Fault((Diagnostic(ERROR, "not-empty", str(folder), "is there already and not empty", hint),), 2)
    for name, text in files(options.theme).items():
        write(folder / name, text.encode())
    print(f"{named(folder)}: a project to start from. Write in {folder / 'manuscript' / 'article.md'}, then:")
    print(f"    {os.environ.get('GALLEY_PROG', 'galley')} pdf {_pasted(str(folder))}")
    return 0


def _pasted(name: str) -> str:
    """A name as one word of the system's shell."""
    if os.name == "nt":
        return f'"{name}"' if " " in name else name
    from shlex import quote

    return quote(name)


def _schema(_options: argparse.Namespace, _: Path | None) -> int:
    import json

    from galley.reading.fields import schema

    print(json.dumps(schema(), indent=1, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
