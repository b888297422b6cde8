"""Times the engine on made-up lists of 300, 1,000 and 5,000 works against pybtex's parsing of the same .bib."""

from __future__ import annotations

import gc
import math
import random
import time
from collections.abc import Callable
from typing import Any

from pybtex.database import parse_string

from galley import apa7
from galley.apa7.entry import Citation, Entry, Item

SURNAMES = ["Abbott", "Brandt", "Carver", "Diaz", "Eklund", "Farah", "Gomez", "Hwang", "Ito", "Jansen", "Khan", "Lund"]
WORDS = ["Memory", "Tides", "Learning", "Culture", "Attention", "Growth", "Voices", "Models", "Rivers", "Trust"]


def bibliography(count: int, seed: int = 7) -> str:
    """Make a .bib of ``count`` works with the fields that reference managers export.

    Names collide as in a large review, so that year letters and et al. have work.
    """
    chance = random.Random(seed)
    out = []
    for at in range(count):
        names = " and ".join(
            f"{chance.choice(SURNAMES)}{chance.randrange(count // 20 + 2)}, {chance.choice('ABCDE')}. F."
            for _ in range(chance.choice([1, 2, 2, 3, 4, 6]))
        )
        title = " ".join(chance.choice(WORDS) for _ in range(3)) + f" and the {chance.choice(WORDS)} of {{{at}}}"
        year = 1990 + chance.randrange(30)
        if at % 4:
            kind = f"@article{{k{at}, journaltitle = {{Journal of {chance.choice(WORDS)}}}, volume = {at % 90}, "
            kind += f"number = {at % 6}, pages = {{{at}--{at + 9}}}, doi = {{10.1000/x{at}}}, "
        else:
            kind = f"@incollection{{k{at}, booktitle = {{The Book of {chance.choice(WORDS)}}}, editor = {{Roe, Ann}}, "
            kind += f"pages = {{{at}--{at + 9}}}, publisher = {{Shore Press}}, "
        out.append(
            f"{kind}author = {{{names}}}, title = {{{title}}}, date = {{{year}}}, "
            f"issn = {{1234-{at:04}}}, langid = {{english}}, url = {{https://x.org/{at}}}, urldate = {{2024-01-02}},\n"
            f"  keywords = {{{title.lower()}}}, file = {{/home/me/Zotero/storage/{at}/{at}.pdf}}}}\n"
        )
    return "".join(out)


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Run once and give the seconds and what came back."""
    gc.collect()
    start = time.perf_counter()
    done = work()
    return time.perf_counter() - start, done


def speed() -> dict[str, Any]:
    """Print the table and give its figures; each figure is the best of three cold runs in one process."""
    rows: dict[str, Any] = {}
    print(f"{'works':>7}{'citations':>11}{'pybtex parse':>14}{'ours':>9}{'ours/parse':>12}")
    for count in (300, 1000, 5000):
        parse, ours = [], []
        for attempt in range(3):
            text = bibliography(count, seed=7 + attempt)  # a new list each time: nothing is in our caches
            spent, data = timed(lambda text=text: parse_string(text, "bibtex"))
            parse.append(spent)
            entries = {key: Entry.from_pybtex(key, entry) for key, entry in data.entries.items()}
            chance = random.Random(attempt)
            cited = [f"k{chance.randrange(count)}" for _ in range(count * 6 // 5)]
            plan = [Citation((Item(key),), narrative=n % 3 == 0) for n, key in enumerate(cited)]
            spent, _ = timed(lambda e=entries, p=plan: apa7.typeset(e, p, every=True))
            ours.append(spent)
        rows[str(count)] = {"parse": min(parse), "ours": min(ours)}
        print(f"{count:>7}{len(plan):>11}{min(parse):>13.3f}s{min(ours):>8.3f}s{min(ours) / min(parse):>12.2f}")
    growth = math.log(rows["5000"]["ours"] / rows["1000"]["ours"]) / math.log(5)
    print(f"exponent from 1,000 to 5,000 works: {growth:.2f} (1 is linear)")
    return {**rows, "exponent": growth}
