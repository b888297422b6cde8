"""The verb ``latex``: the article as LaTeX source for publishers who demand it, with bibliography and pictures."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from galley.building import meant, named, say, show
from galley.packdesk import replaced
from galley.report import ERROR, FORMATS
from galley.writing import outputs

FOLDER = "latex"


def verbs(parser: Any) -> None:
    """Add the verb to the command line's sub-parsers."""
    text = "write it as LaTeX source: output/latex/ with article.tex, references.bib and figures/"
    source = parser.add_parser("latex", help=text, description=text[0].upper() + text[1:] + ".")
    source.add_argument("project", metavar="PROJECT", nargs="?", type=Path, help="the project (default: this folder)")
    source.add_argument(
        "--citations",
        choices=("printed", "keyed"),
        default="printed",
        help="as they are set, with the list (default), or as keys for biblatex-apa, which makes the list",
    )
    source.add_argument("--theme", metavar="NAME", default="", help="a theme other than the front matter's")
    source.add_argument("--output", metavar="FOLDER", type=Path, help="where latex/ goes (default: PROJECT/output)")
    source.add_argument("--draft", action="store_true", help="write it whatever is wrong (exit status 1)")
    source.add_argument("--format", choices=sorted(FORMATS), default="text", help="how findings are shown")
    source.set_defaults(run=_latex)


def _latex(options: argparse.Namespace, home: Path | None) -> int:
    """Write the source with its bibliography and pictures; 1 and nothing written where there is an error."""
    from galley import press
    from galley.formats import latex, naming

    project = meant(options.project, home)
    document = press.settled(project, options.theme)
    theme = press.themed(document, options.theme)
    found = press.lenient(press.checked(document, theme), "latex", ())
    show(found, options.format)
    faulty = any(one.severity is ERROR for one in found)
    target = outputs(project, options.output) / FOLDER
    if faulty and not options.draft:
        left = "left as it was" if target.exists() else "not made"
        say(options, f"{named(target)}  {left}: there are errors (--draft writes it in spite of them)")
        return 1
    source = press.keyed(project) if options.citations == "keyed" else document
    graphics = naming.figures(source, theme, naming.PLAIN)
    files = {f"article{latex.SUFFIX}": latex.article(source, theme, graphics)}
    files |= {latex.BIBLIOGRAPHY: latex.bibliography(source), **naming.read(source, graphics)}
    replaced(target, files)
    say(options, f"{named(target)}  {', '.join(files)}")
    return 1 if faulty else 0
