"""The verbs of an editorial round: suggestions settled, review copies, proofs, response letters, the rounds so far."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from galley.building import meant
from galley.report import FORMATS, fault

KINDS = ("pdf", "html", "docx")


def verbs(parser: Any) -> None:
    """Add the verbs to the command line's sub-parsers."""
    for name in ("accept", "reject"):
        text = f"{name} suggestions that stand in the manuscript: one by one, or all of some kind"
        verb = _verb(parser, name, text, _settle)
        verb.set_defaults(way=name)
        verb.add_argument("--all", action="store_true", help="all of them")
        verb.add_argument("--author", metavar="NAME", default="", help="those of one author")
        verb.add_argument("--at", metavar="FILE:LINE", default="", help="those on one line")
        verb.add_argument("--comments", action="store_true", help="take comments out too")
    _review(parser)
    _proof(parser)
    _respond(parser)
    text = "tell the rounds a manuscript went through, by the tags of its git repository: what came, what went"
    log = _verb(parser, "log", text, _rounds)
    log.add_argument("--match", metavar="PATTERN", default="", help="only tags such as 'round-*'")


def _respond(parser: Any) -> None:
    text = "set the letter that answers the reviewers, with page and line of what was changed"
    respond = _verb(parser, "respond", text, _answer)
    _kinds(respond)
    respond.add_argument("--theme", metavar="NAME", default="", help="the journal's theme")
    text = "the answers, a heading for each comment (default: PROJECT/response.md)"
    respond.add_argument("--answers", metavar="FILE", type=Path, help=text)
    text = "the reviewers' reports with the same headings (default: reports.md beside the answers)"
    respond.add_argument("--reports", metavar="FILE", type=Path, help=text)
    text = "whose pages and lines are told: the article's, or those of the copy for review (default: article)"
    respond.add_argument("--pages", choices=("article", "review"), default="article", help=text)


def _proof(parser: Any) -> None:
    text = "set a proof for the author, queries numbered in its margin, and a form to answer them in"
    proof = _verb(parser, "proof", text, _proved)
    _kinds(proof)
    proof.add_argument("--theme", metavar="NAME", default="", help="the journal's theme")
    proof.add_argument("--round", metavar="N", type=int, default=1, help="which round of proofs it is (default: 1)")
    proof.add_argument("--date", metavar="DAY", default="", help="its date, as 2026-03-01 (default: today)")
    text = "the manuscript's own queries alone, or those of the checks as well (default: source)"
    proof.add_argument("--queries", choices=("source", "check"), default="source", help=text)


def _review(parser: Any) -> None:
    text = "set an anonymous copy for reviewers, double spaced with line numbers, and the title page apart"
    review = _verb(parser, "review", text, _blind)
    _kinds(review)
    text = "hide who wrote what the authors cite of their own: (Author, 2019)"
    review.add_argument("--mask-self", action="store_true", help=text)
    review.add_argument("--theme", metavar="NAME", default="", help="the journal's theme")


def _verb(parser: Any, name: str, text: str, run: Any) -> argparse.ArgumentParser:
    verb: argparse.ArgumentParser = parser.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
    verb.add_argument("project", metavar="PROJECT", nargs="?", type=Path, help="the project (default: this folder)")
    verb.add_argument("--format", choices=sorted(FORMATS), default="text", help="how findings are shown (text)")
    verb.set_defaults(run=run)
    return verb


def _kinds(verb: argparse.ArgumentParser, default: str = "pdf") -> None:
    text = f"formats, parted by commas, of {', '.join(KINDS)} (default: {default})"
    verb.add_argument("--to", metavar="FORMATS", default=default, help=text)
    verb.add_argument("--output", metavar="FOLDER", type=Path, help="where the pages go (default: PROJECT/output)")


def _settle(options: argparse.Namespace, home: Path | None) -> int:
    from galley.accepting import run

    return run(options, meant(options.project, home))


def _blind(options: argparse.Namespace, home: Path | None) -> int:
    from galley.blindcopy import run

    return run(options, meant(options.project, home))


def _proved(options: argparse.Namespace, home: Path | None) -> int:
    from galley.proofing import run

    return run(options, meant(options.project, home))


def _answer(options: argparse.Namespace, home: Path | None) -> int:
    from galley.responding import run

    return run(options, meant(options.project, home))


def _rounds(options: argparse.Namespace, home: Path | None) -> int:
    from galley.rounds import run

    return run(options, meant(options.project, home))


def kinds_of(said: str) -> tuple[str, ...]:
    """The formats somebody asks for, as "pdf,docx"; Fault for one there is not."""
    kinds = tuple(dict.fromkeys(kind.strip() for kind in said.split(",") if kind.strip()))
    if not kinds or set(kinds) - set(KINDS):
        raise fault("no-format", said, f"the formats are {', '.join(KINDS)}", status=2)
    return kinds
