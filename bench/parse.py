"""Measures the reading of typed references: ``python bench/parse.py [--data FOLDER] [--misses] [--only PART]``.

``papers``: the typed lists of the papers against their own .bib files, field by field. ``apa`` and ``round``: the
round-trip law on the manual's examples and on every .bib of the folder (typeset, read back, typeset again).
``plain`` repeats ``papers`` without italics. ``word``: lists of Word files against what reference managers hold.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from galley.apa7 import typeset  # noqa: E402 - the folder above is where it lies
from galley.apa7.author import Name, names  # noqa: E402 - see the path set above
from galley.apa7.entry import Entry  # noqa: E402 - see the path set above
from galley.apa7.inherit import inherited  # noqa: E402 - see the path set above
from galley.apa7.latex import plain  # noqa: E402 - see the path set above
from galley.apa7.parse import parse  # noqa: E402 - see the path set above
from galley.apa7.parse.nouns import Parsed, Stretch  # noqa: E402 - see the path set above
from galley.reading.bibliography import bibliography  # noqa: E402 - see the path set above
from galley.span import File  # noqa: E402 - see the path set above
from tests.apa7.parse.printing import again, marked, same, stretches  # noqa: E402 - see the path set above

PARTS = ("papers", "plain", "njips", "word", "apa", "round", "speed")
FIELDS = ("authors", "year", "title", "source", "numbers", "address", "type")


def fold(text: str) -> str:
    """Letters and digits without marks, in lower case: what two spellings of one thing share."""
    flat = unicodedata.normalize("NFKD", text.replace("ı", "i").replace("ø", "o").replace("ß", "ss"))
    return "".join(char for char in flat.lower() if char.isalnum())


def entries_of(folder: Path) -> dict[str, Entry]:
    """The entries of all .bib files of a folder, as the engine takes them."""
    files = [File(path.name, path.read_text("utf-8", errors="replace")) for path in sorted(folder.glob("*.bib"))]
    found = bibliography(files).entries
    whole = {key: Entry(key, entry.type, entry.fields) for key, entry in found.items()}
    return {key: inherited(entry, whole) for key, entry in whole.items()}


def people(found: Iterable[Name]) -> list[str]:
    """Names to be compared: family and first initial, as a list prints them."""
    return [fold(f"{name.prefix}{name.family}") + (fold(name.given)[:1] if name.given else "") for name in found]


def shown(text: str, typed: str) -> bool:
    """Say whether a value of the .bib is in the typed reference at all; what was not printed cannot be read."""
    return bool(fold(text)) and fold(text) in fold(typed)


_KINDS = {
    "periodical": "article periodical suppperiodical review newsarticle",
    "part": "incollection inbook inproceedings conference inreference suppbook suppcollection",
    "thesis": "thesis phdthesis mastersthesis bathesis",
    "software": "software",
    "dataset": "dataset",
}


def kind_of(entry_type: str, typed: str) -> str:
    """The kind of a type: those that print alike are one, so that all that stands alone without a word on what it is
    ("[Computer software]", "[Data set]", "[... dissertation]") is "alone": books, reports, manuals, web pages."""
    for kind, types in _KINDS.items():
        if entry_type in types.split() and (kind not in ("software", "dataset") or "[" in typed):
            return kind
    return "alone"


def truth_kind(entry: Entry, typed: str, markup: str) -> str:
    """The kind that a typed reference shows; apa.csl prints some types as others (an article without journal ...)."""
    kind = kind_of(entry.type, typed)
    journal = plain(entry.fields.get("journaltitle") or entry.fields.get("journal") or "")
    if kind == "part" and ". In " not in typed and "? In " not in typed:
        return "periodical" if re.search(r"\. \*[^*]+\*", markup) else "alone"
    if kind in ("periodical", "alone") and re.search(r"[.?!\]] In \*?[A-Z]", typed):
        return "part"
    if kind == "periodical" and not shown(journal, typed):
        return "alone"
    if kind == "alone" and re.search(r"^[^*]+\(\d{4}[^)]*\)\. [^*]{12,}[.?!\])] \*[^*]+\*(?:\.|, \*\d)", markup):
        return "periodical"
    return kind


def judge(entry: Entry, parsed: Parsed, typed: str, markup: str) -> dict[str, tuple[bool, str, str]]:
    """Compare one reading with its entry, in what the typed reference shows: field -> (right, wanted, got)."""
    want, got = entry.fields, parsed.fields
    out: dict[str, tuple[bool, str, str]] = {}
    read = Entry("", parsed.type, got)
    role = "author" if want.get("author") else "editor" if want.get("editor") else ""
    if role:
        wanted, given = people(names(entry, role)[0]), people(n for n in names(read, role)[0] if n.family != "…")
        if len(wanted) > 20 >= len(given):
            wanted = [*wanted[:19], wanted[-1]]
        seen = [name for name in wanted if shown(name[:-1], typed)]
        if seen == wanted and wanted:
            ok = [n[:-1] for n in wanted] == [n[:-1] for n in given] or wanted == given
            out["authors"] = (
                ok or fold("".join(wanted)) == fold("".join(given)),
                " | ".join(wanted),
                " | ".join(given),
            )
    year = re.search(r"\d{4}", want.get("date", "") or plain(want.get("year", "")))
    if year and year[0] in typed:
        out["year"] = (year[0] in (got.get("date", "") + got.get("year", ""))[:12], year[0], got.get("date", ""))
    title = plain(want.get("title", "")) + plain(want.get("subtitle", ""))
    if title and shown(title, typed):
        ok = fold(got.get("title", "")) == fold(title)
        out["title"] = (ok, title, got.get("title", ""))
    out.update(_sources(want, got, typed))
    out["type"] = (truth_kind(entry, typed, markup) == kind_of(parsed.type, typed), entry.type, parsed.type)
    return out


def _sources(
    want: Mapping[str, str], got: Mapping[str, str], typed: str
) -> Iterator[tuple[str, tuple[bool, str, str]]]:
    """Compare source, numbers and address."""
    read = {name: fold(value) for name, value in got.items()}
    placed = read.get("location", "") + read.get("publisher", "") + read.get("organization", "")
    sources = "journaltitle booktitle publisher organization institution eventtitle eprinttype"
    held = [placed, *(read.get(name, "") for name in sources.split())]
    for names_ in (("journaltitle", "journal"), ("booktitle",), ("publisher", "school", "institution", "organization")):
        value = next((plain(want[name]) for name in names_ if want.get(name)), "")
        if value and shown(value, typed):
            target = [text for text in held if text]
            yield "source", (any(fold(value) == text or fold(value) in text for text in target), value, str(held))
            break
    numbers = []
    for name, into in (("volume", ("volume",)), ("number", ("number", "eid", "version")), ("pages", ("pages", "eid"))):
        value = plain(want.get(name, ""))
        if value and re.search(rf"(?<![\w]){re.escape(re.sub('-+', '–', value))}(?!\w)", typed):
            numbers.append((fold(value), [read.get(field, "") for field in into]))
    if numbers:
        yield "numbers", (all(value in found for value, found in numbers), str(numbers), "")
    doi = re.search(r"10\.\d{4,}/\S+", plain(want.get("doi", "")))
    if doi and doi[0].lower() in typed.lower():
        yield "address", (got.get("doi", "").lower() == doi[0].lower().rstrip("."), doi[0], got.get("doi", ""))
    elif (url := want.get("url", "")) and url in typed:
        found = got.get("url") or got.get("doi", "-")
        yield "address", (url.rstrip(".").endswith(found.rstrip(".")), url, found)


def table(rows: Mapping[str, Mapping[str, list[bool]]]) -> None:
    """Print shares per row and the whole."""
    whole: dict[str, list[bool]] = defaultdict(list)
    print(f"{'':22}" + "".join(f"{name:>15}" for name in FIELDS))
    for row, counts in rows.items():
        print(f"{row:22}" + "".join(_cell(counts.get(name, [])) for name in FIELDS))
        for name, values in counts.items():
            whole[name] += values
    print(f"{'all':22}" + "".join(_cell(whole.get(name, [])) for name in FIELDS))


def _cell(values: list[bool]) -> str:
    return f"{sum(values):>5}/{len(values)} {sum(values) / len(values):5.3f}".rjust(15) if values else f"{'-':>15}"


def papers(data: Path, misses: bool, italics: bool = True) -> None:
    """The typed lists of the papers against their .bib files."""
    rows: dict[str, dict[str, list[bool]]] = {}
    for folder in sorted((data / "papers").iterdir()):
        if not (folder / "truth.json").exists() or folder.name == "njips-162":
            continue
        truth = json.loads((folder / "truth.json").read_text("utf-8"))["references"]
        lines = {
            fold("".join(s.text for s in stretches(li))): li
            for li in (folder / "typed.md").read_text("utf-8").split("\n")
        }
        entries, counts = entries_of(folder), defaultdict(list)
        for key, typed in truth.items():
            markup = lines.get(fold(typed), typed) if italics else typed
            parsed = parse(stretches(markup) if markup != typed else [Stretch(typed)])
            entry = entries.get(key)
            if entry is None:
                continue
            full = lines.get(fold(typed), typed)
            for name, (right, want, got) in judge(entry, parsed, typed, full).items():
                counts[name].append(right)
                if misses and not right:
                    print(f"[{name}] {markup}\n   want {want}\n   got  {got}")
        rows[folder.name] = counts
    table(rows)


def law(cases: Iterable[tuple[str, str]], misses: bool, name: str) -> None:
    """Count the references that are printed again as they were."""
    right, total = 0, 0
    for key, text in cases:
        total += 1
        parsed = parse(stretches(text))
        printed = again(parsed)
        if same(printed, text):
            right += 1
        elif misses:
            print(f"[{key}] {parsed.type} {dict(parsed.fields)}\n   want {text}\n   got  {printed}")
    print(f"{name}: {right}/{total} = {right / max(total, 1):.3f} are printed again as they were")


def apa(data: Path, misses: bool) -> None:
    """The manual's examples: read, typeset, compared."""
    records = json.loads((data / "apa7" / "references.json").read_text("utf-8"))
    cases = [(f"{r['key']} {r['entry_type']}", r["expected_markup"]) for r in records if r["kind"] == "full"]
    law(cases, misses, "manual's examples")


def round_trip(data: Path, misses: bool) -> None:
    """Every .bib of the folder: typeset, read, typeset again."""
    for folder in sorted({path.parent for path in data.rglob("*.bib") if "sealed" not in path.parts}):
        entries = entries_of(folder)
        whole = typeset(entries, (), every=True)
        cases = [(f"{key} {entries[key].type}", marked(text)) for key, text in whole.references]
        law(cases, misses, str(folder.relative_to(data)))


def njips(data: Path, misses: bool) -> None:
    """The article typed by hand: each part of its ten references."""
    folder = data / "papers" / "njips-162"
    truth = json.loads((folder / "truth.json").read_text("utf-8"))
    counts: dict[str, list[bool]] = defaultdict(list)
    lines = {
        fold("".join(s.text for s in stretches(li))): li for li in (folder / "typed.md").read_text("utf-8").split("\n")
    }
    for key, typed in truth["references"].items():
        text = typed["typed"] if isinstance(typed, dict) else typed
        parsed = parse(stretches(lines.get(fold(re.sub(r"[<>*]", "", text)), text)))
        got, want = parsed.fields, truth["fields"][key]
        source = " ".join(got.get(n, "") for n in ("journaltitle", "organization", "publisher", "institution"))
        found = people(names(Entry("", "book", got), "author")[0])
        checks = {
            "authors": (
                people(names(Entry("", "book", {"author": " and ".join(want["authors"])}), "author")[0]),
                found,
            ),
            "year": (want["date"], got.get("date")),
            "title": (fold(want["title"]), fold(got.get("title", ""))),
            "source": (fold(want["container"]), fold(source)),
            "address": (want["url"], got.get("url")),
        }
        for name, (wanted, value) in checks.items():
            counts[name].append(wanted == value)
            if misses and wanted != value:
                print(f"[{name}] {text}\n   want {wanted}\n   got  {value} {dict(got)}")
    table({"njips-162": counts})


def word(data: Path, misses: bool) -> None:
    """Printed lists of Word files against the CSL records behind them; the lists are of several styles."""
    rows: dict[str, dict[str, list[bool]]] = {}
    for folder in sorted((data / "word").iterdir()):
        if not (folder / "truth.json").exists():
            continue
        truth = json.loads((folder / "truth.json").read_text("utf-8"))
        counts: dict[str, list[bool]] = defaultdict(list)
        for record in truth.get("references", []):
            if record.get("printed") is None:
                continue
            typed, csl = truth["printed"][record["printed"]], record["csl"]
            parsed = parse([Stretch(typed)])
            types = {"article-journal": "article", "chapter": "incollection"}
            entry = Entry("", types.get(csl.get("type", ""), "book"), {
                "author": " and ".join(
                    f"{{{p['literal']}}}" if "literal" in p else f"{p.get('family', '')}, {p.get('given', '')}"
                    for p in csl.get("author", [])
                ),
                "date": str((csl.get("issued", {}).get("date-parts") or [[""]])[0][0]), "title": csl.get("title", ""),
                "journaltitle": csl.get("container-title", "") if csl.get("type") == "article-journal" else "",
                "publisher": csl.get("publisher", ""), "volume": str(csl.get("volume", "")),
                "number": str(csl.get("issue", "")), "pages": csl.get("page", ""), "doi": csl.get("DOI", ""),
            })  # fmt: skip
            for name, (right, want, got) in judge(entry, parsed, typed, typed).items():
                if name != "type":
                    counts[name].append(right)
                if misses and not right and name != "type":
                    print(f"[{name}] {typed}\n   want {want}\n   got  {got}")
        if counts:
            rows[folder.name] = counts
    table(rows)


def speed(data: Path, misses: bool) -> None:
    """150 references, after one to warm up."""
    del misses
    lines = (data / "papers" / "bayes-hierarchical" / "typed.md").read_text("utf-8").split("\n")
    texts = [stretches(line) for line in lines if re.match(r"[A-Z][^.]+, [A-Z]\..*\(\d{4}[a-z]?\)\.", line)]
    texts = (texts * 3)[:150]
    parse(texts[0])
    start = time.process_time()
    for text in texts[:75]:
        parse(text)
    half = time.process_time()
    for text in texts:
        parse(text)
    print(
        f"first 75: {(half - start) * 1000:.0f} ms; then 150: {(time.process_time() - half) * 1000:.0f} ms of CPU time"
    )


def main() -> int:
    """Read the arguments, print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--misses", action="store_true", help="list what is wrong")
    parser.add_argument("--only", choices=PARTS, action="append")
    arguments = parser.parse_args()
    for part in arguments.only or PARTS:
        print(f"\n== {part}")
        if part == "plain":
            papers(arguments.data, arguments.misses, italics=False)
        else:
            {"papers": papers, "njips": njips, "word": word, "apa": apa, "round": round_trip, "speed": speed}[part](
                arguments.data, arguments.misses
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
