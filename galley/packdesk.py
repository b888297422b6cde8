"""The publisher's verbs: ``camera-ready`` makes, proves and packs all that is deposited, ``deposit`` posts a DOI."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from galley.building import meant, named, say, show
from galley.report import FORMATS, fault
from galley.writing import alone, exchanged, outputs, write

if TYPE_CHECKING:
    from galley.deposit import Deposit

FOLDER = "camera-ready"


def verbs(parser: Any) -> None:
    """Add the verbs to the command line's sub-parsers."""
    text = "make, prove and pack everything a publisher deposits: output/camera-ready/ and a zip of it"
    ready = parser.add_parser("camera-ready", help=text, description=text[0].upper() + text[1:] + ".")
    ready.add_argument("project", metavar="PROJECT", nargs="?", type=Path, help="the project (default: this folder)")
    ready.add_argument("--draft", action="store_true", help="pack whatever is wrong, every file marked as a draft")
    ready.add_argument("--theme", metavar="NAME", default="", help="a theme other than the front matter's")
    ready.add_argument("--output", metavar="FOLDER", type=Path, help="where the package goes (default: PROJECT/output)")
    ready.add_argument("--format", choices=sorted(FORMATS), default="text", help="how findings are shown")
    ready.set_defaults(run=_camera_ready)
    text = "post a Crossref deposit to Crossref, as CROSSREF_LOGIN with CROSSREF_PASSWORD"
    sending = parser.add_parser("deposit", help=text, description=text[0].upper() + text[1:] + ".")
    sending.add_argument(
        "file", metavar="FILE", type=Path, help="the deposit, such as output/camera-ready/...-crossref.xml"
    )
    where = sending.add_mutually_exclusive_group(required=True)
    where.add_argument("--test", action="store_true", help="to Crossref's test system: nothing is registered")
    where.add_argument("--live", action="store_true", help="to Crossref itself: the DOI is registered")
    sending.add_argument("--format", choices=sorted(FORMATS), default="text", help="how findings are shown")
    sending.set_defaults(run=_deposit)


# -- camera-ready -------------------------------------------------------------------------------------


def _camera_ready(options: argparse.Namespace, home: Path | None) -> int:
    """Pack a project; 1 and nothing written where there is a fault, unless a draft is asked for."""
    from galley import packing

    project = meant(options.project, home)
    made = packing.packed(project, options.theme, draft=options.draft)
    show(made.diagnostics, options.format)
    folder = outputs(project, options.output)
    target = folder / (f"{FOLDER}-draft" if options.draft else FOLDER)
    if made.faulty and not options.draft:
        left = "left as it was" if target.exists() else "not made"
        say(options, f"{named(target)}  {left}: there are errors (--draft packs in spite of them, as a draft)")
        return 1
    whole = folder / f"{made.stem}{'-draft' if options.draft else ''}.zip"
    with alone(folder):
        replaced(target, made.files)
        write(whole, made.zip)
    passed = sum(one.state == "passed" for one in made.checked)
    say(options, f"{named(target)}  {len(made.files)} files, {passed} checks passed, see preflight.html")
    say(options, f"{named(whole)}  {max(1, round(len(made.zip) / 1000))} kB")
    return 1 if made.faulty else 0


def replaced(target: Path, files: Mapping[str, bytes]) -> None:
    """Put a folder of files in the place of another: made beside it first, then exchanged, the old one gone last."""
    import shutil
    import tempfile

    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        for name, content in files.items():
            write(fresh / name, content)
        fresh.chmod(0o755)
        exchanged(fresh, target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


# -- deposit ------------------------------------------------------------------------------------------


def _deposit(options: argparse.Namespace, _: Path | None) -> int:
    """Post a deposit; 0 where Crossref has taken it."""
    from galley import deposit
    from galley.online.transport import guarded

    job = _job(options.file, live=options.live)
    found = deposit.post(job, deposit.connection(job.endpoint, guarded))
    show(found, options.format)
    if found:
        return 1
    system = "Crossref" if options.live else "Crossref's test system"
    say(options, f"{named(options.file)}: received by {system}; what became of it follows by e-mail to the depositor")
    return 0


def _job(path: Path, *, live: bool) -> Deposit:
    """The deposit to be posted; Fault where the file is none, is a draft, or the login is not known."""
    from datetime import UTC, datetime

    from galley import deposit
    from galley.formats.crossref import NOBODY
    from galley.formats.drafting import is_draft

    if not path.is_file():
        raise fault("no-deposit", str(path), "there is no such file", "galley camera-ready makes it", status=2)
    content = path.read_bytes()
    if b"<doi_batch" not in content[:4000]:
        raise fault("no-deposit", str(path), "this is no Crossref deposit", "name the file that ends in -crossref.xml")
    if f">{NOBODY}<".encode() in content[:4000]:
        hint = "give an author's email: in the front matter and pack the article again"
        raise fault("no-depositor", str(path), "this deposit names nobody to whom Crossref could answer", hint)
    if live and is_draft(content):
        raise fault("draft-deposit", str(path), "this deposit is a draft", "pack the article without --draft")
    login, password = (os.environ.get(name, "") for name in (deposit.LOGIN, deposit.PASSWORD))
    if not login or not password:
        missing = " and ".join(
            name for name, value in ((deposit.LOGIN, login), (deposit.PASSWORD, password)) if not value
        )
        raise fault(
            "no-login", "", f"the environment does not set {missing}", "export it; it is never stored", status=2
        )
    endpoint = os.environ.get("GALLEY_CROSSREF", "") or (deposit.LIVE if live else deposit.TEST)
    content = deposit.timed(content, datetime.now(UTC))
    return deposit.Deposit(endpoint, path.name, content, login, password)
