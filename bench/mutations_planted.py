"""Faults of known kinds, and how each is planted into a paper that has none like it."""

# ruff: noqa: E501 - a kind is read best in one line

from __future__ import annotations

import random
import re
from collections.abc import Callable
from typing import NamedTuple

NAME = r"[A-ZÀ-Ž][\w’'-]+"
ONE = re.compile(rf"\(({NAME}), (\d{{4}})([a-z]?)\)")
TWO = re.compile(rf"(?<=[(;]) ?({NAME}) & ({NAME}), (\d{{4}})([a-z]?)(?=[);])")
MANY = re.compile(rf"(?<=[(;]) ?({NAME}) et al\., (\d{{4}})([a-z]?)(?=[);])")
ANY = re.compile(rf"(?<=[(;]) ?({NAME})(?: & {NAME}| et al\.)?, (\d{{4}})([a-z]?)(?=[);])")
SEVERAL = re.compile(rf"\(((?:({NAME}))[^();]{{0,40}}, \d{{4}}); ((?!\2){NAME}[^();]{{0,40}}, \d{{4}})\)")


class Plant(NamedTuple):
    """A text with a fault: where it stands, as [start, end) of the text."""

    text: str
    start: int
    end: int


class Paper(NamedTuple):
    """A typed manuscript: its text and where its reference list begins."""

    text: str
    list_at: int

    @property
    def body(self) -> str:
        """The text before the list."""
        return self.text[: self.list_at]

    def entries(self) -> list[tuple[int, int]]:
        """Where the entries of the list stand."""
        lines = re.finditer(r"^\S.*$", self.text[self.list_at :], re.M)
        return [(self.list_at + m.start(), self.list_at + m.end()) for m in lines if not m.group().startswith("#")]

    def surnames(self) -> list[str]:
        """What each entry begins with."""
        return [self.text[start:end].partition(",")[0].lstrip("- ") for start, end in self.entries()]

    def alone(self, name: str) -> bool:
        """Whether one entry alone begins with this name."""
        return sum(one.lower().endswith(name.lower()) for one in self.surnames()) == 1


def pick(paper: Paper, rng: random.Random, shape: re.Pattern[str], *, alone: bool = True) -> re.Match[str] | None:
    """A citation of a shape, its first author alone of that name in the list where asked."""
    found = [m for m in shape.finditer(paper.body) if not alone or paper.alone(m[1])]
    return rng.choice(found) if found else None


def put(paper: Paper, start: int, end: int, new: str) -> Plant:
    """The text with a stretch replaced, the planted place being what is new."""
    return Plant(paper.text[:start] + new + paper.text[end:], start, start + len(new))


def within(
    paper: Paper, shape: re.Pattern[str], change: Callable[[re.Match[str]], str], *, alone: bool = True
) -> Callable[[random.Random], Plant | None]:
    """A change of a citation of a shape."""

    def plant(rng: random.Random) -> Plant | None:
        found = pick(paper, rng, shape, alone=alone)
        return put(paper, found.start(), found.end(), change(found)) if found else None

    return plant


def sentence(paper: Paper, rng: random.Random, words: str) -> Plant | None:
    """A sentence put at the end of a paragraph of the body."""
    ends = [m.end() for m in re.finditer(r"^[A-Z][^\n#|>]{200,}\.$", paper.body, re.M)]
    if not ends:
        return None
    at = rng.choice(ends)
    return put(paper, at, at, f" {words}")


def paragraph(paper: Paper, rng: random.Random, words: str) -> Plant | None:
    """A paragraph of its own in the body."""
    planted = sentence(paper, rng, "@@")
    if planted is None:
        return None
    text = planted.text.replace(" @@", f"\n\n{words}", 1)
    return Plant(text, text.index(words), text.index(words) + len(words))


def entry(paper: Paper, new: str, cite: str, rng: random.Random) -> Plant | None:
    """A new entry in its place of the alphabet, and a sentence that cites it; the entry is the planted place."""
    rows = paper.entries()
    behind = [start for start, end in rows if paper.text[start:end].lstrip("- *").lower() > new.lstrip("*").lower()]
    at = min(behind, default=rows[-1][1])
    bullet = "- " if paper.text[slice(*rows[0])].startswith("- ") else ""
    piece = f"{bullet}{new}\n\n" if behind else f"\n\n{bullet}{new}\n"
    text = paper.text[:at] + piece + paper.text[at:]
    cited = sentence(Paper(text, paper.list_at), rng, cite) if cite else Plant(text, 0, 0)
    if cited is None:
        return None
    start = cited.text.index(new)
    return Plant(cited.text, start, start + len(new))


def in_entry(paper: Paper, rng: random.Random, shape: str, new: Callable[[re.Match[str]], str]) -> Plant | None:
    """A change within an entry."""
    found = [m for start, end in paper.entries() if (m := re.compile(shape).search(paper.text, start, end)) is not None]
    one = rng.choice(found) if found else None
    return put(paper, one.start(), one.end(), new(one)) if one else None


def swapped(name: str, rng: random.Random) -> str:
    """A name with two neighbouring letters within it changed round."""
    places = [i for i in range(1, len(name) - 2) if name[i] != name[i + 1] and name[i : i + 2].isalpha()]
    at = rng.choice(places) if places else 1
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def dropped(paper: Paper, rng: random.Random) -> Plant | None:
    """A reference taken out; its citation is the planted place."""
    found = pick(paper, rng, ANY)
    if found is None:
        return None
    start, end = next((s, e) for s, e in paper.entries() if paper.text[s:e].lstrip("- ").startswith(found[1] + ","))
    return Plant(paper.text[:start] + paper.text[end:], found.start(), found.end())


def moved(paper: Paper, rng: random.Random) -> Plant | None:
    """An entry put behind others that it stands before."""
    rows = paper.entries()
    names = paper.surnames()
    places = [(a, b) for a in range(len(rows)) for b in range(len(rows)) if b - a > 3 and names[a][:1] != names[b][:1]]
    if not places:
        return None
    a, b = rng.choice(places)
    words = paper.text[slice(*rows[a])]
    text = paper.text[: rows[b][1]] + "\n\n" + words + paper.text[rows[b][1] :]
    text = text[: rows[a][0]] + text[rows[a][1] :]
    at = text.rindex(words)
    return Plant(text, at, at + len(words))


def doubled(paper: Paper, rng: random.Random) -> Plant | None:
    """An entry written twice."""
    start, end = rng.choice(paper.entries())
    return put(paper, end, end, "\n\n" + paper.text[start:end])


def written_out(paper: Paper, rng: random.Random) -> Plant | None:
    """Three or four authors named in full in place of et al."""
    found = pick(paper, rng, MANY)
    if found is None:
        return None
    line = next(paper.text[s:e] for s, e in paper.entries() if paper.text[s:e].lstrip("- ").startswith(found[1] + ","))
    names = re.findall(rf"({NAME}(?: {NAME})?), (?:[A-Z]\.[ -]?)+", line.partition("(")[0])
    if len(names) not in (3, 4, 5):
        return None
    whole = ", ".join(names[:-1]) + f", & {names[-1]}, {found[2]}{found[3]}"
    space = " " if found.group().startswith(" ") else ""
    return put(paper, found.start(), found.end(), space + whole)


def broken(paper: Paper, rng: random.Random) -> Plant | None:
    """A paragraph broken in two within a sentence."""
    spots = re.finditer(r"(?<=[a-z]) (?=[a-z]+ [a-z]+ [a-z]+)", paper.body)
    lines = [m for m in spots if _room(paper.text, m.start())]
    if not lines:
        return None
    at = rng.choice(lines)
    return put(paper, at.start(), at.end(), "\n\n")._replace(start=at.start() - 20)


def _room(text: str, at: int) -> bool:
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    line = text[start:end]
    prose = line[:1].isupper() and line.endswith(".") and not re.search(r"[$|`*\[]", line)
    first = text[at + 1 : at + 12].split(" ")[0]
    return prose and at - start > 150 and end - at > 100 and first not in ("where", "with", "which")


def uncapped(paper: Paper, rng: random.Random) -> Plant | None:
    """A title of an entry put in title case."""

    def new(found: re.Match[str]) -> str:
        return found[1] + re.sub(r"\b[a-z]{4,}\b", lambda m: m.group().capitalize(), found[2])

    return in_entry(paper, rng, r"(\(\d{4}[a-z]?\)\. \*?)([A-Z][a-z]+(?: [a-z]+){5,}[^.*:]*(?=[.*]))", new)


NEWS = "Nadir, Q. (2021, June 6). Lamps seized at night. *Evening Herald*. https://eveningherald.org/2021/9/6/lamps"


KINDS: dict[str, tuple[str, Callable[[Paper, random.Random], Plant | None]]] = {
    "reference dropped": ("C01", dropped),
    "reference nobody cites": ("C02", lambda p, r: entry(p, "Nadir, Q. (2011). *Lamps of old*. Harbour Press.", "", r)),
    "letters swapped": ("C03", lambda p, r: within(p, re.compile(rf"(?<=[(;]) ?((?:(?=\w{{6}}){NAME}))(?=[,&]| et al| &)[^();]*, \d{{4}}(?=[);])"), lambda m: m.group().replace(m[1], swapped(m[1], r), 1))(r)),
    "year changed": ("C04", lambda p, r: within(p, ANY, lambda m: m.group().replace(m[2], str(int(m[2]) - r.randint(1, 6))))(r)),
    "coauthor dropped": ("C05", lambda p, r: within(p, TWO, lambda m: m.group().replace(f" & {m[2]}", ""))(r)),
    "authors turned": ("C05", lambda p, r: within(p, TWO, lambda m: m.group().replace(f"{m[1]} & {m[2]}", f"{m[2]} & {m[1]}"))(r)),
    "et al. for two": ("C06", lambda p, r: within(p, TWO, lambda m: m.group().replace(f" & {m[2]}", " et al."))(r)),
    "three written out": ("C06", written_out),
    "stop of et al.": ("C06", lambda p, r: within(p, MANY, lambda m: m.group().replace("al.", "al"))(r)),
    "comma before et al.": ("C06", lambda p, r: within(p, MANY, lambda m: m.group().replace(" et", ", et"))(r)),
    "and in brackets": ("C07", lambda p, r: within(p, TWO, lambda m: m.group().replace("&", "and"))(r)),
    "& in the sentence": ("C07", lambda p, r: entry(p, "Nadir, Q., & Omri, Z. (2011). *Lamps of old*. Harbour Press.", "", r) and _amp(p, r)),
    "comma dropped": ("C08", lambda p, r: within(p, ANY, lambda m: m.group()[::-1].replace(" ,", " ", 1)[::-1])(r)),
    "space dropped": ("C08", lambda p, r: within(p, ANY, lambda m: m.group()[::-1].replace(" ,", ",", 1)[::-1])(r)),
    "brackets reversed": ("C09", lambda p, r: within(p, SEVERAL, lambda m: f"({m[3]}; {m[1]})" if m[1] < m[3] else m.group(), alone=False)(r)),
    "letter dropped": ("C10", lambda p, r: within(p, re.compile(rf"(?<=[(;]) ?({NAME})[^();]*, \d{{4}}[ab](?=[);])"), lambda m: m.group()[:-1], alone=False)(r)),
    "letters dropped from list": ("C10", lambda p, r: in_entry(p, r, r"(\(\d{4})[ab]\)", lambda m: f"{m[1]})")),
    "initials needed": ("C11", lambda p, r: _namesakes(p, r)),
    "quotation without page": ("C12", lambda p, r: within(p, ONE, lambda m: f"as “nobody has ever written these very words” {m.group()}", alone=False)(r)),
    "bare title": ("C13", lambda p, r: _cited(entry(p, "*Nightly report of the lamps*. (2019). Harbour Press.", "This is so (Nightly Report of the Lamps, 2019).", r), "(Nightly")),
    "group's letters": ("C14", lambda p, r: _cited(entry(p, "National Office of Lamps. (2019). *Lamps of old*. https://example.org/lamps", "This is so (NOL, 2019).", r), "(NOL")),
    "entry moved": ("C15", moved),
    "entry doubled": ("C16", doubled),
    "year dropped from entry": ("C17", lambda p, r: in_entry(p, r, r" \(\d{4}[a-z]?\)\.", lambda _: "")),
    "http of DOI": ("C18", lambda p, r: in_entry(p, r, r"https(?=://doi\.org/10)", lambda _: "http")),
    "doi: for address": ("C18", lambda p, r: in_entry(p, r, r"https://doi\.org/(?=10)", lambda _: "doi:")),
    "stop behind DOI": ("C18", lambda p, r: in_entry(p, r, r"https://doi\.org/10\S+\w(?=$)", lambda m: m.group() + ".")),
    "date against address": ("C19", lambda p, r: entry(p, NEWS, "So it is (Nadir, 2021).", r)),
    "site against address": ("C20", lambda p, r: entry(p, NEWS.replace("Evening Herald", "Texan Review").replace("9/6", "6/6"), "So it is (Nadir, 2021).", r)),
    "title case": ("C21", uncapped),
    "italics dropped": ("C22", lambda p, r: in_entry(p, r, r"\*([^*]+)\*, \*(\d+)\*", lambda m: f"{m[1]}, {m[2]}")),
    "and in the list": ("C23", lambda p, r: in_entry(p, r, r", & (?=[A-Z][\w-]+, [A-Z]\.)", lambda _: ", and ")),
    "initials glued": ("C23", lambda p, r: in_entry(p, r, r"(, [A-Z]\.) (?=[A-Z]\.)", lambda m: m[1])),
    "figure nobody mentions": ("C24", lambda p, r: paragraph(p, r, "Figure 97. Lamps by the hour of the night")),
    "table that is not there": ("C24", lambda p, r: _cited(_tabled(p, r), "Table 98")),
    "abbreviation unused": ("C25", lambda p, r: sentence(p, r, "This is the Grand Old Lamp Index (GOLI) of the town.")),
    "abbreviation twice": ("C25", lambda p, r: _last(sentence(p, r, "This is the Grand Old Lamp Index (GOLI), and GOLI is high. It is the Grand Old Lamp Index (GOLI)."), "(GOLI)")),
    "quotes mixed": ("C26", lambda p, r: sentence(p, r, "This doesn't and that doesn’t.")),
    "two spellings": ("C26", lambda p, r: sentence(p, r, "The colour of lamps is the color of night.")),
    "link astray": ("C27", lambda p, r: sentence(p, r, "See [https://example.org/a](https://example.com/b).")),
    "TODO": ("C29", lambda p, r: sentence(p, r, r.choice(["TODO: say why.", "This is so (CITE).", "Why is it ??", "It was XX percent.", "So it is [?]", "This is so [citation needed]."]))),
    "statement of one": ("C30", lambda p, r: paragraph(p, r, "**Conflict of interest:** The author declares no conflict.")),
    "statement of many": ("C30", lambda p, r: paragraph(p, r, "**Conflict of interest:** The authors declare no conflict.")),
    "paragraph broken": ("C31", broken),
}  # fmt: skip


def _cited(plant: Plant | None, words: str) -> Plant | None:
    """The same, the planted place being the last stand of some words."""
    if plant is None:
        return None
    at = plant.text.rindex(words)
    return plant._replace(start=at, end=at + len(words))


_last = _cited


def _amp(paper: Paper, rng: random.Random) -> Plant | None:
    new = "Nadir, Q., & Omri, Z. (2011). *Lamps of old*. Harbour Press."
    return _cited(entry(paper, new, "Nadir & Omri (2011) saw it.", rng), "Nadir & Omri (2011)")


def _namesakes(paper: Paper, rng: random.Random) -> Plant | None:
    first = entry(
        paper, "Nadir, A. (2011). *Lamps of old*. Harbour Press.", "So it is (Nadir, 2011; Nadir, 2015).", rng
    )
    if first is None:
        return None
    at = first.text.rindex("\n\n", 0, first.start + 1) if "\n\n" in first.text[: first.start + 1] else first.start
    text = first.text[: first.end] + "\n\nNadir, B. (2015). *Lamps of late*. Harbour Press." + first.text[first.end :]
    return _cited(Plant(text, at, at), "(Nadir, 2011; Nadir, 2015)")


def _tabled(paper: Paper, rng: random.Random) -> Plant | None:
    there = paragraph(paper, rng, "Table 1. Lamps by the hour of the night")
    if there is None:
        return None
    return sentence(Paper(there.text, re.search(LIST, there.text, re.M).start()), rng, "See Table 1 and Table 98.")  # type: ignore[union-attr]


LIST = r"^#+ \**(?:References|Bibliography|Literature)\**\s*$"
