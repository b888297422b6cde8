"""How well typed citations and references are read: over papers whose typed twin has a known answer.

    python bench/resolve.py [--papers FOLDER] [--import] [--show]
    python bench/resolve.py --word [--files FOLDER]

A paper is a folder with ``typed.docx`` (or ``typed.md``) and ``truth.json``. For each: the citations found (recall,
precision), those linked to the right entry, the findings of the check, seconds of CPU, and with ``--import`` how
many citations are keyed rightly in the manuscript written, and whether every word of the text is still there.
How well the typed references are read is measured by ``bench/parse.py``, planted faults by ``bench/mutations.py``.

``--word`` measures Word files of authors: fields of reference managers found at their places, citations found where
the fields stand in the twin without fields, faults and uncited entries of the truth reported, findings beyond it.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
import time
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import normalize

sys.path.insert(0, str(Path(__file__).parent.parent))

from galley import editing
from galley.typescript import Resolved

PAPERS = Path(__file__).parent.parent.parent / "shared" / "papers"


class Score(NamedTuple):
    """Of one paper: citations in truth, found, found rightly, linked rightly; the same for what import keyed."""

    truth: int
    found: int
    right: int
    linked: int
    errors: int
    warnings: int
    seconds: float
    keyed: int = 0
    words: int = 0
    lost: int = 0


def bare(text: str) -> str:
    """A text for comparison: no-break spaces, soft hyphens, quotation marks and dashes made equal."""
    text = normalize("NFC", text).replace("\xad", "").replace("\u2011", "-")
    text = text.translate({0x2019: "'", 0x2018: "'", 0x201C: '"', 0x201D: '"', 0x2013: "-", 0x2014: "-"})
    return " ".join(text.split())


def paired(truth: list[str], found: list[str]) -> list[tuple[int, int]]:
    """Positions that stand for the same citation, in order in both lists.

    One that holds the other is the same: where the author wrote the names and keyed the year alone, truth has the
    bracket and a reader finds the whole; equal ones are preferred.
    """

    def alike(one: str, other: str) -> int:
        return 3 if one == other else 2 if one.strip("()") in other or other.strip("()") in one else 0

    best = [[0] * (len(found) + 1) for _ in range(len(truth) + 1)]
    for a in range(len(truth) - 1, -1, -1):
        for b in range(len(found) - 1, -1, -1):
            same = alike(truth[a], found[b])
            best[a][b] = max(best[a + 1][b], best[a][b + 1], same + best[a + 1][b + 1] if same else 0)
    pairs, a, b = [], 0, 0
    while a < len(truth) and b < len(found):
        same = alike(truth[a], found[b])
        if same and best[a][b] == same + best[a + 1][b + 1]:
            pairs.append((a, b))
            a, b = a + 1, b + 1
        elif best[a][b] == best[a + 1][b]:
            a += 1
        else:
            b += 1
    return pairs


def keys_of(resolved: Resolved, truth: dict[str, Any]) -> list[str]:
    """For each listed entry the key that truth gives it, "" where it is none of them."""
    known = {bare(text): key for key, text in truth["references"].items()}
    near = list(known)
    keys = []
    for entry in resolved.listed:
        text = bare(entry.text)
        if text not in known:
            best = max(near, key=lambda one: SequenceMatcher(None, one[:80], text[:80]).quick_ratio(), default="")
            text = best if best and SequenceMatcher(None, best, text).ratio() > 0.9 else text
        keys.append(known.get(text, ""))
    return keys


def linked(resolved: Resolved, truth: dict[str, Any], show: bool) -> tuple[int, int, int]:
    """How many citations were found, rightly found, and rightly linked."""
    wanted = truth["citations"]
    found = [bare(one.citation.text) for one in resolved.citations if not all(w.personal for w in one.citation.works)]
    numbers = [n for n, one in enumerate(resolved.citations) if not all(w.personal for w in one.citation.works)]
    pairs = paired([bare(one["typed"]) for one in wanted], found)
    keys = keys_of(resolved, truth)
    works: dict[int, list[str]] = {}
    for link in resolved.links:
        works.setdefault(link.citation, []).append(keys[link.listed] if link.listed >= 0 else "")
    right = 0
    for a, b in pairs:
        missing = set(wanted[a].get("missing", ()))
        told = [key for key in works.get(numbers[b], []) if key]
        if sorted(key for key in wanted[a]["keys"] if key not in missing) == sorted(told):
            right += 1
        elif show:
            print(f"    link: {wanted[a]['typed']!r} is {wanted[a]['keys']}, linked {works.get(numbers[b])}")
    if show:
        for a in sorted(set(range(len(wanted))) - {a for a, _ in pairs}):
            print(f"    missed: {wanted[a]['typed']!r}")
    extra = sorted(set(range(len(found))) - {b for _, b in pairs})
    exact = {link.citation for link in resolved.links if link.kind == "exact"}
    typed = [
        b for b in extra if numbers[b] in exact
    ]  # typed by hand in the keyed manuscript: truth has keyed ones only
    for b in extra if show else ():
        print(f"    {'typed in the original' if b in typed else 'too many'}: {found[b]!r}")
    return len(found) - len(typed), len(pairs), right


def words(text: str) -> Counter[str]:
    """The words of a text and how often each stands in it."""
    return Counter(re.findall(r"\w+", bare(text)))


def one(folder: Path, *, importing: bool, show: bool) -> Score:
    """Measure one paper."""
    truth = json.loads((folder / "truth.json").read_text("utf-8"))
    path = next(path for path in (folder / "typed.docx", folder / "typed.md") if path.exists())
    begun = time.process_time()
    resolved = editing.resolved(path)
    took = time.process_time() - begun
    findings = editing.judged(resolved)
    found, right, linkedright = linked(resolved, truth, show)
    errors = sum(finding.severity.value == "error" for finding in findings)
    score = Score(len(truth["citations"]), found, right, linkedright, errors, len(findings) - errors, took)
    return score._replace(**_imported(path, truth, resolved, show)) if importing else score


def _imported(path: Path, truth: dict[str, Any], resolved: Resolved, show: bool) -> dict[str, int]:
    """What the import of a paper kept: citations keyed rightly, words of the text and how many are lost."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "project"
        for name, content in editing.imported(path).files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
        known = keys_of(resolved, truth)
        ours = {entry.key: key for entry, key in zip(resolved.listed, known, strict=True)}
        from galley import press

        document = press.settled(folder)
        from galley.pandoc import each

        regions = (*document.slots.values(), document.blocks, document.back)
        cites = [node for region in regions for node in each(region, frozenset({"Span"}))]
        printed = [dict(node["c"][0][2]).get("cites", "").split() for node in cites if "citation" in node["c"][0][1]]
        wanted = [" ".join(sorted(one["keys"])) for one in truth["citations"]]  # order within brackets is the style's
        got = [" ".join(sorted(ours.get(key, key) for key in keys)) for keys in printed]
        keyed = _together(wanted, got)
        if show:
            print("    keyed otherwise:", Counter(wanted) - Counter(got), Counter(got) - Counter(wanted))
        text = press.press(document, press.themed(document), "txt", draft=True).content.decode()
        text += " ".join(str(author) for author in document.meta.authors) + " ".join(document.meta.keywords)
        text += " ".join(place.text for place in document.meta.affiliations)
        rows = resolved.typescript.paragraphs
        before = words("\n".join("".join(f" {r.text} " if r.raised else r.text for r in row.runs) for row in rows))
        lost = before - words(text)
        if show:
            print("    lost:", dict(lost.most_common(30)))
        return {"keyed": keyed, "words": before.total(), "lost": lost.total()}


def _together(wanted: list[str], got: list[str]) -> int:
    """How many stand in both lists in the same order."""
    blocks = SequenceMatcher(None, wanted, got, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks)


LINKS = frozenset({"C01", "C02", "C03", "C04", "C05", "C10", "C11"})
"""The checks whose findings a truth about citations and entries can confirm."""
REPORTED = frozenset({"missing", "year", "name", "letter", "order"})


def word_row(folder: Path, show: bool) -> list[object]:
    """One Word file: what of its fields, of its citations and of its faults was found, and what beyond the truth."""
    truth = json.loads((folder / "truth.json").read_text("utf-8"))
    original = editing.resolved(folder / "original.docx")
    fields = [one for one in truth.get("citations", ()) if one.get("part") == "document"]
    found = {(one.paragraph, one.start, one.end) for one in original.typescript.fields}
    read = sum((one["para"], one["start"], one["end"]) in found for one in fields)
    path = folder / ("flat.docx" if (folder / "flat.docx").exists() else "original.docx")
    begun = time.process_time()
    verdict = editing.typed(path)
    took = time.process_time() - begun
    flat = verdict.resolved
    spans: dict[int, list[tuple[int, int, int]]] = {}
    for number, typed in enumerate(flat.citations):
        place = flat.typescript.paragraphs[typed.paragraph].number
        spans.setdefault(place, []).append((typed.citation.start, typed.citation.end, number))
    linked = {link.citation for link in flat.links if link.listed >= 0}
    by_hand = truth.get("by_hand") or {}
    wanted = [one for one in fields if not one.get("deleted")]
    met = sum(
        any(a < w["end"] and w["start"] < b and n in linked for a, b, n in spans.get(w["para"], ())) for w in wanted
    )
    faulty = {one["para"] for one in by_hand.get("citations", ()) if one.get("fault")}
    faults = [one for one in by_hand.get("citations", ()) if one.get("fault") and one.get("kind") in REPORTED]
    never = {one["para"] for one in by_hand.get("never_cited", ())}
    told = [one for one in verdict.findings if one.check in LINKS]
    places = [one.place.line - 1 if hasattr(one.place, "line") else -1 for one in told]
    beyond = [one for one, place in zip(told, places, strict=True) if place not in faulty | never]
    for one in beyond if show else ():
        print(f"    beyond the truth: {one.place} {one.code} {one.message[:100]}")
    counts = Counter(places)
    need = Counter(one["para"] for one in faults)
    reported = sum(min(count, counts[place]) for place, count in need.items())
    return [
        folder.name, f"{read}/{len(fields)}", f"{met}/{len(wanted)}" if wanted else "-", f"{reported}/{len(faults)}",
        f"{sum(place in counts for place in never)}/{len(never)}", len(beyond), len(verdict.findings), f"{took:.2f}",
    ]  # fmt: skip


def word_table(root: Path, show: bool) -> None:
    """Print the table of Word files."""
    print("| file | fields read | linked in the twin | faults reported | uncited | beyond | findings | CPU s |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|")
    for folder in sorted(path.parent for path in root.glob("*/truth.json")):
        print(f"| {' | '.join(map(str, word_row(folder, show)))} |", flush=True)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--papers", type=Path, default=PAPERS)
    parser.add_argument("--only", default="", help="papers whose name holds this")
    parser.add_argument("--import", dest="importing", action="store_true")
    parser.add_argument("--show", action="store_true", help="each citation that was missed or linked wrongly")
    parser.add_argument("--word", action="store_true", help="measure Word files of authors instead")
    parser.add_argument("--files", type=Path, default=PAPERS.parent / "word")
    options = parser.parse_args()
    if options.word:
        word_table(options.files, options.show)
        return
    folders = sorted(path.parent for path in options.papers.glob("*/truth.json") if options.only in path.parent.name)
    print("| paper | citations | found | recall | precision | linked | e/w | CPU s | keyed | words | lost |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    scores = []
    for folder in folders:
        score = one(folder, importing=options.importing, show=options.show)
        scores.append(score)
        print(_row(folder.name, score), flush=True)
    numbers = [sum(column) for column in zip(*scores, strict=True)]
    print(_row("all", Score(*numbers)))  # type: ignore[arg-type] - counts again


def _row(name: str, score: Score) -> str:
    def share(part: int, whole: int) -> str:
        return f"{part / whole:.3f}" if whole else "-"

    cells = [name, score.truth, score.found, share(score.right, score.truth), share(score.right, score.found)]
    cells += [share(score.linked, score.right), f"{score.errors}/{score.warnings}", f"{score.seconds:.2f}"]
    cells += [share(score.keyed, score.truth), score.words, score.lost]
    return f"| {' | '.join(map(str, cells))} |"


if __name__ == "__main__":
    main()
