"""The manual's examples in ../shared/apa7 as cases, our output for them, and what counts as the same."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pybtex.backends.plaintext import Backend
from pybtex.richtext import BaseText

from galley import apa7
from galley.apa7.entry import Entry
from galley.apa7.inherit import inherited

from .test_intext_oracle import entries_of, set_document

SHARED = Path(__file__).resolve().parents[3] / "shared" / "apa7"
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u2060\ufeff\u00ad"))
_STRAIGHT = str.maketrans("‘’‛′“”‟″", "''''\"\"\"\"")


@dataclass(frozen=True, slots=True)
class Case:
    """One example: what is wanted, plain and with italics between asterisks."""

    id: str
    doc: str
    section: str
    plain: str
    marked: str
    accept: tuple[str, ...]
    arguable: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """The cases and the entries behind them; ``records`` are the citations as the data has them."""

    references: list[Case]
    citations: list[Case]
    entries: dict[str, Entry]
    records: list[dict[str, Any]]
    bibliography: str


def load(folder: Path = SHARED) -> Corpus:
    """Read the two lists and the two .bib files."""
    references = json.loads((folder / "references.json").read_text(encoding="utf-8"))
    citations = json.loads((folder / "citations.json").read_text(encoding="utf-8"))
    bibs = [(folder / name).read_text(encoding="utf-8") for name in ("references.bib", "citations.bib")]
    entries = {**entries_of(bibs[0]), **entries_of(bibs[1])}
    return Corpus(
        [_case(r, r["key"], r["section"].split(" ")[0], r["expected_plain"]) for r in references],
        [_case(r, r["id"], r["apa_section"], r["expected"]) for r in citations],
        entries,
        sorted(citations, key=lambda r: r["seq"]),
        "\n".join(bibs),
    )


def _case(record: dict[str, Any], name: str, section: str, plain: str) -> Case:
    accept = tuple(record.get("accept") or ())
    return Case(name, record["doc"], section, plain, record["expected_markup"], accept, record.get("arguable") or "")


def markup(corpus: Corpus) -> tuple[dict[str, str], dict[str, str]]:
    """Set every ``doc`` as one document and give what is printed, italics between asterisks."""
    keys: defaultdict[str, list[str]] = defaultdict(list)
    records: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for case in corpus.references:
        keys[case.doc].append(case.id)
    for record in corpus.records:
        records[record["doc"]].append(record)
    references: dict[str, str] = {}
    citations: dict[str, str] = {}
    whole = {key: inherited(entry, corpus.entries) for key, entry in corpus.entries.items()}
    for doc in {**keys, **records}:
        cited = [key for record in records[doc] for key in record["keys"]]
        done = apa7.typeset(corpus.entries, (), also=[*keys[doc], *cited])
        wanted = set(keys[doc])
        references |= {key: marked_text(text) for key, text in done.references if key in wanted}
        if records[doc]:
            citations |= set_document(records[doc], wanted, whole)
    return references, citations


def marked_text(text: BaseText) -> str:
    """Print rich text with italics between asterisks; an asterisk of the text itself has a backslash."""
    return str(text.render(_Stars()))


class _Stars(Backend):  # type: ignore[misc]
    def format_str(self, text: str) -> str:
        return text.replace("*", r"\*")

    def format_tag(self, tag_name: str, text: str) -> str:
        return f"*{text}*" if tag_name == "em" and text else text

    def format_href(self, url: str, text: str, external: bool = False) -> str:
        return text


def same_text(printed: str, wanted: str) -> bool:
    """Compare letters and signs; kinds of white space and quotation marks, and italics, do not count."""
    return _bare(_unmarked(printed)) == _bare(wanted)


def same_italics(printed: str, wanted: str) -> bool:
    """Compare on which letters and digits italics stand."""
    return _slanted(printed) == _slanted(wanted)


def _bare(text: str) -> str:
    return re.sub(r"\s+", " ", text.translate(_UNSEEN).translate(_STRAIGHT)).strip()


def _unmarked(text: str) -> str:
    return re.sub(r"\\(\*)|\*", lambda found: found.group(1) or "", text)


def _slanted(text: str) -> list[tuple[str, bool]]:
    found, on = [], False
    for sign in re.findall(r"\\\*|.", text, re.DOTALL):
        if sign == "*":
            on = not on
        elif sign.isalnum():
            found.append((sign, on))
    return found
