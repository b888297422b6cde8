"""The verb ``explain``: what a code means, what gives it, and how it is mended."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any


def verbs(parser: Any) -> None:
    """Add the verb to the command line's sub-parsers."""
    text = "say what a code of a finding means, and how the fault is mended"
    verb = parser.add_parser("explain", help=text, description=text[0].upper() + text[1:] + ".")
    what = "a code such as bad-yaml, or a check such as C12 (default: all codes, a line each)"
    verb.add_argument("code", metavar="CODE", nargs="?", default="", help=what)
    verb.add_argument("--markdown", action="store_true", help="print all pages, as docs/diagnostics.md has them")
    verb.set_defaults(run=_explain)


def _explain(options: argparse.Namespace, _: Path | None) -> int:
    """Print a page, a check, all codes or all pages; 2 where there is no such code."""
    from galley import explaining
    from galley.checks.catalogue import CATALOGUE

    if options.markdown:
        print(explaining.document(), end="")
        return 0
    if not options.code:
        print(explaining.listed())
        return 0
    code = options.code.strip().strip("[]")
    page = explaining.pages().get(code.lower())
    check = next((one for one in CATALOGUE if one.id == code.upper()), None)
    if page or check:
        print(explaining.shown(page) if page else explaining.of_check(check) if check else "")
        return 0
    raise _unknown(code, [*explaining.pages(), *(one.id for one in CATALOGUE)])


def _unknown(code: str, known: list[str]) -> Exception:
    from difflib import get_close_matches

    from galley.report import fault

    near = get_close_matches(code.lower(), known, 1, 0.5) or get_close_matches(code.upper(), known, 1, 0.6)
    hint = f"did you mean '{near[0]}'?" if near else "'galley explain' lists them all"
    return fault("unknown-code", "", f"there is no code '{code[:60]}'", hint, status=2)
