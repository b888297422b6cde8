"""The parts of an issue's trip: its file, its cache, who does what when, articles told apart."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galley.frontmatter import Journal
from galley.issues.cache import Cache
from galley.issues.job import Broken, Dressed, Job, Set, packed, unpacked
from galley.issues.shop import Article, Died, Outcome, Shop, Task
from galley.issues.spool import Spool
from galley.reading.issuefile import read
from galley.reading.sources import sources
from galley.report import ERROR, Diagnostic, Fault
from galley.span import File

# -- what is held ------------------------------------------------------------------------------------


@pytest.mark.parametrize("room", [0, 1, 5, 6, 30, 1000])
def test_files_are_the_same_in_memory_and_out_of_it(room):
    articles = [{"a": b"one", "b": b""}, {}, {"a": b"three " * 9, "c": b"x\n"}, {"b": b"\0"}, {"a": b"one"}]
    spool = Spool(room)
    laid = [spool.lay(files) for files in articles]
    assert [dict(one) for one in reversed(laid)] == [*reversed(articles)]
    assert all("d" not in one and one.get("d") is None for one in laid)


# -- the file ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        ("articles: [nowhere]\n", "there is no folder 'nowhere'", 1),
        ("artcles: [one]\n", "there is no field 'artcles'", 1),
        ("volume: 1\n", "the issue has no articles", 1),
        ("articles:\n - one\n - one\n", "'one' is listed twice", 3),
        ("articles: one\n", "a list is wanted here", 1),
        ("articles: [{section: A}]\n", "this is no article", 1),
        ("articles: [one]\nstart-page: ix\n", "'ix' is no page number", 2),
        ("articles: [one]\ndate: May\n", "'May' is no date", 2),
        ("articles: [one]\nblank-versos: 3\n", "blank-versos is true or false", 2),
        ("articles: [one]\ncover: no.svg\n", "there is no picture 'no.svg'", 2),
        ("articles: [one]\ncover: {image: one/x.svg}\n", "has no alternative text", 2),
        ("articles: [one]\njournal: {titel: x}\n", "there is no field 'titel'", 2),
        ("articles: [one\n", "this is no YAML", 2),
        ("a: &a [*a]\n", "holds itself", 1),
        ("- one\n", "an issue is a mapping", 1),
    ],
)
def test_a_mistake_in_the_file_is_told_at_its_line(tmp_path, text, words, line):
    (tmp_path / "one").mkdir()
    (tmp_path / "one/x.svg").write_text("<svg/>")
    path = tmp_path / "issue.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(Fault) as caught:
        read(path)
    told = [one for one in caught.value.diagnostics if words in one.message]
    assert told, [one.message for one in caught.value.diagnostics]
    assert told[0].place.line == line


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80))
def test_no_file_gives_a_traceback(text):
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        path = Path(folder) / "issue.yaml"
        path.write_text(text, "utf-8")
        with pytest.raises(Fault):
            read(path)


def test_articles_have_names_of_their_own(tmp_path):
    for name in ("a/river", "b/river", "ref", "Überfluß"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "b/main.md").write_text("x")
    path = tmp_path / "issue.yaml"
    path.write_text("articles: [a/river, b/river, ref, Überfluß, {path: b/main.md, name: Last One}]\n", "utf-8")
    assert [one.name for one in read(path).articles] == ["river", "river2", "ref2", "uberflu", "lastone"]


def test_sources_are_what_the_manuscript_may_mean(tmp_path):
    for name in ("references.bib", "a picture.svg", "data.csv", "other.csv", "unnamed.png"):
        (tmp_path / name).write_text("x")
    text = "---\nbibliography: references.bib\n---\n![x](a%20picture.svg)\n\n::: {file='data.csv'}\n:::\n"
    (tmp_path / "paper.md").write_text(text)
    assert [name for name, _ in sources(tmp_path)] == ["a picture.svg", "data.csv", "paper.md", "references.bib"]


def test_sources_never_lead_out_of_the_project(tmp_path):
    (tmp_path / "secret.csv").write_text("x")
    inner = tmp_path / "project"
    inner.mkdir()
    (inner / "paper.md").write_text("See `../secret.csv`, [x](../secret.csv).\n")
    assert [name for name, _ in sources(inner)] == ["paper.md"]


# -- what is kept ------------------------------------------------------------------------------------


def test_what_was_used_last_stays(tmp_path):
    kept = Cache(tmp_path, limit=10_000)
    keys = [f"{number:064x}" for number in range(12)]
    for number, key in enumerate(keys):
        kept.put(key, bytes(1_000))
        os.utime(tmp_path / key[:2] / key, (number, number)) if (tmp_path / key[:2] / key).exists() else None
        kept.get(keys[0])
    left = [key for key in keys if kept.get(key) is not None]
    assert keys[0] in left
    assert keys[-1] in left
    assert keys[1] not in left
    assert sum(path.stat().st_size for path in tmp_path.glob("*/*")) <= 10_000


def test_damage_counts_as_loss(tmp_path):
    kept = Cache(tmp_path)
    kept.put("ab" * 32, b"water")
    path = tmp_path / "ab" / ("ab" * 32)
    for damaged in (b"", path.read_bytes()[:-1], path.read_bytes().replace(b"water", b"wine!")):
        path.write_bytes(damaged)
        assert kept.get("ab" * 32) is None
    kept.put("ab" * 32, b"water")
    assert kept.get("ab" * 32) == b"water"


def test_two_may_keep_at_once(tmp_path):
    def keep() -> None:
        mine = Cache(tmp_path, limit=20_000)
        for number in range(60):
            mine.put(f"{number % 7:064x}", bytes([number % 7]) * 900)
            got = mine.get(f"{(number + 3) % 7:064x}")
            assert got in (None, bytes([(number + 3) % 7]) * 900)

    threads = [Thread(target=keep) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(Cache(tmp_path).get(f"{number:064x}") == bytes([number]) * 900 for number in range(7))
    assert not list(tmp_path.glob("*/.new-*"))


def test_without_a_folder_nothing_is_kept():
    kept = Cache(None)
    kept.put("ab" * 32, b"water")
    assert kept.get("ab" * 32) is None


def test_findings_and_files_survive_being_packed():
    file = File("a.md", "one\ntwo\n")
    found = (Diagnostic(ERROR, "code", file.span(4, 7), "wrong"), Diagnostic(ERROR, "code", "b.md", "wrong", "mend"))
    facts, files, again = unpacked(packed({"title": "Ä"}, {"x": b"\n{}", "y": b""}, found))
    assert (facts, files, again) == ({"title": "Ä"}, {"x": b"\n{}", "y": b""}, found)


# -- who does what when ------------------------------------------------------------------------------

PAGES = (3, 1, 4, 1, 5, 9, 2, 6)


@dataclass
class Hands:
    """Hands whose work takes no time and ends in any order; some die at their first steps, some articles are broken."""

    count: int
    order: Sequence[int]
    dying: int = 0
    broken: frozenset[str] = frozenset()
    doing: dict[int, Task] = field(default_factory=dict)

    def expect(self, articles: int) -> None:
        assert articles

    def free(self) -> Sequence[int]:
        return [hand for hand in range(self.count) if hand not in self.doing]

    def give(self, hand: int, task: Task) -> None:
        assert hand not in self.doing
        self.doing[hand] = task

    def wait(self) -> tuple[int, Outcome]:
        turn = self.order[len(self.order) % 7 - 1] if self.order else 0
        hand = sorted(self.doing)[turn % len(self.doing)]
        task = self.doing.pop(hand)
        if self.dying:
            self.dying -= 1
            return hand, Died("test")
        if task.job.name in self.broken:
            return hand, Broken((Diagnostic(ERROR, "x", "", "broken"),))
        if task.step == "prepare":
            return hand, None
        if task.step == "set":
            return hand, Set(task.first, PAGES[int(task.job.name)], f"from {task.first}".encode(), ())
        return hand, Dressed({task.step: f"{task.first}-{task.last}".encode()}, {})


def shop(count: int, cache: Cache) -> Shop:
    journal = Journal()
    jobs = (Job(str(n), Path(), "", f"job {n}", journal, "", "", "", (), False, ()) for n in range(count))
    return Shop([Article(job) for job in jobs], 11, False, cache)


@given(st.integers(1, 4), st.lists(st.integers(0, 3), max_size=7), st.integers(0, 1), st.booleans())
def test_however_many_hands_each_article_gets_its_pages(count, order, dying, versos):
    made = shop(len(PAGES), Cache(None))
    made.versos = versos
    hands = Hands(count, order, dying)
    made.run(hands, lambda: hands)
    page = 11
    for article in made.articles:
        page += versos and page % 2 == 0
        pages = PAGES[int(article.job.name)]
        assert (article.first, article.last) == (page, page + pages - 1)
        files = {"pdf": f"from {page}".encode(), "dress": f"{page}-{page + pages - 1}".encode()}
        assert article.dressed == Dressed(files, {})
        page += pages


@given(st.integers(1, 4), st.lists(st.integers(0, 3), max_size=7), st.sets(st.integers(0, 7)))
def test_broken_articles_leave_no_other_undone(count, order, broken):
    made = shop(len(PAGES), Cache(None))
    hands = Hands(count, order, broken=frozenset(map(str, broken)))
    made.run(hands, lambda: hands)
    assert {int(one.job.name) for one in made.articles if one.broken} == broken
    assert all(one.done for one in made.articles)


def test_an_article_at_which_two_processes_die_is_broken():
    made = shop(1, Cache(None))
    hands = Hands(1, (), dying=2)
    made.run(hands, lambda: hands)
    assert made.articles[0].broken
    assert made.articles[0].found[0].code == "worker-died"


def test_nobody_is_hired_where_all_is_kept(tmp_path):
    first = shop(3, Cache(tmp_path))
    hands = Hands(2, ())
    first.run(None, lambda: hands)
    again = shop(3, Cache(tmp_path))
    again.run(None, lambda: pytest.fail("hired"))
    assert all(one.kept for one in again.articles)
    assert [one.dressed for one in again.articles] == [one.dressed for one in first.articles]
