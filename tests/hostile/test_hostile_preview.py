"""The preview of a stranger's manuscript: nothing of it runs in the page or in the panel of findings, nothing but the
project's own files is served, and nobody is answered but our own page."""

# ruff: noqa: E501 - tables, one attack a line

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hostile_world import BIB, SECRET, World, deeds, png
from test_hostile_attacks import SVG, text

for needed in ("starlette", "uvicorn", "watchfiles", "pypdfium2"):
    pytest.importorskip(needed, reason=f"{needed} is not here: pip install '.[preview]'")

PORT = 40404
OWN = {"host": f"127.0.0.1:{PORT}"}
BAD = "<script>alert(1)</script><img src=x onerror=alert(2)>"
STRANGE = {
    "title": {"manuscript/article.md": f"---\ntitle: '</title></script>{BAD}'\nauthor: '{BAD}'\nlang: 'en\" onload=\"alert(1)'\n---\n\nWords.\n"},
    "html": text(f"{BAD} `{BAD}`{{=html}}\n\n```{{=html}}\n{BAD}<iframe src=SERVER></iframe>\n```\n\n<svg onload=alert(1)></svg> [a](javascript:alert(1)) [b](data:text/html,x)"),
    "names": {"manuscript/article.md": "---\ntitle: T\nauthor:\n  - name: \"A\\n<b onmouseover=alert(1)>\\e]0;x\\a\"\n    email: 'javascript:alert(1)'\n    url: 'javascript:alert(2)'\n    affiliation: '\u202e</p><script>alert(3)</script>'\n---\n\nWords.\n"},
    "findings": text(f"@none{BAD} ![{BAD}](<{BAD}.png>) [](#{BAD}) [x]{{.a onclick='alert(1)'}} {{>>{BAD}<<}}"),
    "bibliography": text("@smith2020 @a", references__bib=BIB.replace("A book", BAD) + "@book{a, title = {" + BAD + "}, url = {javascript:alert(1)}, doi = {\"><script>alert(1)</script>}}"),
    "styles": text("[x]{style='background:url(SERVER/a)' class='\"><script>'} <style>@import url(SERVER/b)</style>"),
    "pictures": text("![a](SERVER/a.png) ![b](OUTSIDE/canary.png) ![c](../outside/canary.svg) ![d](a.png){alt=x}"),
    "svg": text("![C](a.svg){alt=x}", a__svg=SVG.format("<script>alert(1)</script><rect onload='alert(2)'/><image href='SERVER/x.png'/><foreignObject><iframe xmlns='http://www.w3.org/1999/xhtml' src='SERVER/a'/></foreignObject>")),
    "typst": text('```{=typst}\n#read("/../outside/canary.txt")\n```\n\n#panic("x") `#image("OUTSIDE/canary.png")`{=typst}'),
    "yaml": {"manuscript/article.md": "---\ntitle: T\na: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{','.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(9)) + "---\n\nWords.\n"},
}  # fmt: skip


class Visit:
    """A preview of the world's project, asked without a network."""

    def __init__(self, project: Path) -> None:
        from galley.preview.desk import Desk
        from galley.preview.serving import Server

        self.events: list[dict[str, Any]] = []

        def desk(_: Any) -> Desk:
            return Desk(project, "", self.events.append)

        self.server = Server(desk, PORT)
        self.desk = self.server.desk

    def set(self) -> None:
        """One round, in this thread."""
        self.desk._set(1, whole=False)

    def ask(
        self, path: str, headers: dict[str, str] = OWN, method: str = "GET", secret: bool = True
    ) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of an answer."""
        whole = f"/{self.server.token}/{path}" if secret else path
        scope = {"type": "http", "http_version": "1.1", "method": method, "path": whole.partition("?")[0], "raw_path": whole.encode(), "query_string": whole.partition("?")[2].encode(), "headers": [(k.encode(), v.encode()) for k, v in headers.items()], "scheme": "http", "server": ("127.0.0.1", PORT), "client": ("127.0.0.1", 1), "root_path": ""}  # fmt: skip
        sent: list[Any] = []

        async def receive() -> Any:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        asyncio.run(self.server.app(scope, receive, send))
        named = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        return sent[0]["status"], named, b"".join(one.get("body", b"") for one in sent[1:])

    def close(self) -> None:
        self.desk.setter.close()
        self.desk.sheets.close()


@pytest.fixture
def visit(world: World) -> Iterator[Visit]:
    made = Visit(world.project)
    yield made
    made.close()


@pytest.mark.parametrize("name", STRANGE)
def test_nothing_of_a_stranger_s_manuscript_acts(world: World, visit: Visit, name: str) -> None:
    world.put(STRANGE[name] | {"a.png": png()})
    visit.set()
    status, headers, page = visit.ask("article")
    assert status == 200
    shown = page.decode()
    assert deeds(shown) == []
    assert SECRET not in shown
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy.partition("script-src")[2].partition(";")[0]
    assert "unsafe-eval" not in policy
    assert "http" not in policy
    for event in visit.events:
        told = json.dumps(event, ensure_ascii=False)
        assert SECRET not in told
        assert all(one not in told for one in ("\x1b", "\u202e")) or event["type"] == "findings"
        for _, block in event.get("blocks", ()):
            assert deeds(block) == []
    assert world.server.asked == []
    assert world.read() == []
    for address, picture in visit.desk.setter.pictures.items():
        assert SECRET.encode() not in picture.data
        _, said, _ = visit.ask(f"picture/{address}")
        assert said["content-security-policy"] == "default-src 'none'; style-src 'unsafe-inline'"
        assert said["x-content-type-options"] == "nosniff"


def test_the_page_s_policy_lets_no_script_run_that_is_not_the_theme_s(
    world: World, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    from galley.formats import html

    world.put(text("Words."))
    visit.set()
    before = visit.ask("article")[1]["content-security-policy"]
    write = html.write

    def open_(*arguments: Any) -> bytes:
        return write(*arguments).replace(b"</body>", b"<script>alert(1)</script></body>")

    monkeypatch.setattr(html, "write", open_)
    visit.set()
    status, headers, page = visit.ask("article")
    assert (status, b"alert(1)" in page) == (200, True), "as if the page had let it through"
    assert headers["content-security-policy"] == before, "and it does not run all the same"


def test_the_panel_of_findings_writes_words_and_no_markup() -> None:
    source = (Path(__file__).parents[2] / "galley/preview/page.js").read_text("utf-8")
    for way in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "Function(",
        "setAttribute('on",
    ):
        assert way not in source
    assert "textContent = text" in source


@pytest.mark.parametrize(
    "path",
    ["../outside/canary.txt", "..%2f..%2foutside%2fcanary.txt", "manuscript/article.md", "references.bib", "own/desk.py", "own/../verbs.py", "own/..%2fverbs.py", "picture/..", "picture/a.png", "picture/../../a.png", "page/-1", "page/1e9", "page/99999999999999999999", "%00", "article%00", "//etc/passwd", "article/../../x"],
)  # fmt: skip
def test_no_file_is_served_by_its_name(world: World, visit: Visit, path: str) -> None:
    world.put(text("![C](a.png){alt=x}", a__png=png()))
    visit.set()
    status, _, body = visit.ask(path)
    assert status in (404, 405)
    assert SECRET.encode() not in body
    assert world.read() == []


STRANGERS = (
    {},
    {"host": f"evil.example:{PORT}"},
    {"host": "127.0.0.1"},
    {"host": f"127.0.0.1.evil.example:{PORT}"},
    {"host": f"127.0.0.1:{PORT}@evil.example"},
    {**OWN, "origin": "https://evil.example"},
    {**OWN, "origin": "null"},
    {**OWN, "origin": f"http://127.0.0.1:{PORT + 1}"},
    {**OWN, "sec-fetch-site": "cross-site"},
    {**OWN, "sec-fetch-site": "same-site"},
)


@pytest.mark.parametrize("headers", STRANGERS, ids=str)
def test_another_page_is_not_answered(world: World, visit: Visit, headers: dict[str, str]) -> None:
    world.put(text("Words."))
    visit.set()
    for path in ("", "article", "article.pdf", "events", "own/page.js"):
        assert visit.ask(path, headers)[0] == 403


def test_without_the_guard_another_page_is_answered(
    world: World, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.put(text("Words."))
    visit.set()
    monkeypatch.setattr("galley.preview.serving.Guard._refusal", lambda *_: "")
    assert visit.ask("article", {"host": "evil.example"})[0] == 200


def test_no_answer_may_be_read_or_framed_by_another_page(world: World, visit: Visit) -> None:
    world.put(text("Words."))
    visit.set()
    for path in ("", "article", "article.pdf", "page/1", "own/page.js"):
        status, headers, _ = visit.ask(path)
        assert status == 200
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert headers["x-frame-options"] == "SAMEORIGIN"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cache-control"] == "no-store"
        assert "access-control-allow-origin" not in headers
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "TRACE"):
        assert visit.ask("article", method=method)[0] == 405
    for path in ("/", "/article", "/x/article", f"/{visit.server.token[:-1]}/article", f"/{visit.server.token}x/"):
        assert visit.ask(path, secret=False)[0] == 404
    assert len(visit.server.token) >= 20
