"""What goes between office, reviewers and authors, written by strangers: proofs and their forms, letters of response,
remarks and queries, files of issues, codes to be explained."""

# ruff: noqa: E501 - tables, one attack a line

from __future__ import annotations

import pytest
from hostile_world import BIB, FRONT, World, deeds
from test_hostile_attacks import CLEAN, LINKS, RAW, YAML, Attack, text

PROOF = ("proof --to html,docx,pdf --date 2026-01-01",)
LETTER = ("respond --to html,docx",)
ISSUE = ("issue issue.yaml --draft --jobs 1 --no-cache",)
FORM = "templates/base/proofform.html.j2 and formats/proofform._safe"


def query(words: str, **front: str) -> dict[str, str | bytes]:
    """A manuscript with a query to its author."""
    head = "".join(f"{name}: {value}\n" for name, value in front.items())
    return {
        "manuscript/article.md": f"---\n{head or 'title: A Title'}\nauthor: Ada Lovelace\ntheme: preprint\n---\n\nWords [{words}]{{.query}} and more.\n",
        "references.bib": BIB,
    }


def reply(answer: str, comment: str = "Why?", head: str = "") -> dict[str, str | bytes]:
    """A manuscript with a letter that answers its reviewers."""
    return text("Words [that changed]{#new}.", response__md=f"{head}## R1.1\n\n> {comment}\n\n{answer}\n")


def issue(more: str = "", articles: str = "[one]", **files: str | bytes) -> dict[str, str | bytes]:
    """An issue of one article."""
    article = f"{FRONT}Words.\n"
    return {
        "one/article.md": article,
        "issue.yaml": f"journal: A Journal\nvolume: 1\nissue: 2\narticles: {articles}\n{more}\n",
        **{k.replace("__", "."): v for k, v in files.items()},
    }


BAD = "<script>alert(1)</script><img src=x onerror=alert(2)>"
QUOTED = "\\\"'</script><script>alert(3)</script>\u2028<!--"
ROWS = [
    Attack("proof-query-script", FORM, query(f"AQ: Is `{BAD}` {QUOTED} so?"), PROOF),
    Attack("proof-query-html", CLEAN, query("AQ: `<iframe src=SERVER/a>`{=html} [x](javascript:alert(1)) ![](SERVER/a.png)"), PROOF),
    Attack("proof-title-script", FORM, query("AQ: So?", title=f"'</title>{BAD}'"), PROOF),
    Attack("proof-lang", FORM, query("AQ: So?", title="T", lang="'en\" onload=\"alert(1)'"), PROOF),
    Attack("proof-before-script", FORM, text(f"`{BAD}` {QUOTED} [AQ: So?]{{.query}}"), PROOF),
    Attack("proof-query-typst", RAW, query('AQ: `#read("OUTSIDE/canary.txt")`{=typst} #panic(1) \\"] x'), PROOF, never=("#read(\"/",)),
    Attack("proof-query-place", FORM, text(f"[So?]{{.query place='\"{BAD}' author='{BAD}'}}"), PROOF),
    Attack("proof-query-deep", "stages/querying", query("AQ: " + "[" * 40 + "x" + "]{.query}" * 40), PROOF),
    Attack("proof-name-link", LINKS, {"references.bib": BIB}, PROOF, {"manuscript/article.md": "OUTSIDE/canary.md"}, told="outside-project"),
    Attack("remark-script", CLEAN, text(f"Words {{>>{BAD} [a](javascript:alert(1))<<}} and {{++`{BAD}`{{=html}}++}}."), ("html --draft", "proof --to html", "review --to html", "check --format html --output output/a.html")),
    Attack("remark-author", CLEAN, text(f"[A word]{{.comment-start author='\"><img src=x onerror=alert(1)>' date='{BAD}'}} here []{{.comment-end}}."), ("html --draft", "docx --draft", "proof --to html,docx")),
    Attack("remark-escape", "galley/unseen", text("Words {>>\x1b]0;pwned\x07 \u202egnp.exe<<} and \x1b[2J."), ("check", "proof --to html", "html --draft"), never=("\x1b", "\u202e")),
    Attack("findings-page", "templates/base/findings.html.j2", text(f"@nokey{BAD} ![{BAD}](<{BAD}.png>) {QUOTED}"), ("check --format html --output output/a.html",)),
    Attack("letter-script", CLEAN, reply(f"`{BAD}`{{=html}} {BAD} [x](javascript:alert(1))", comment=BAD), LETTER),
    Attack("letter-include", RAW, reply('```{=typst}\n#read("OUTSIDE/canary.txt")\n```\n\n\\input{OUTSIDE/canary.tex} ![](../outside/canary.png)'), ("respond --to html,pdf",)),
    Attack("letter-image", "formats/pictures.inside", reply("![a](OUTSIDE/canary.png) ![b](SERVER/a.png) ![c](../outside/canary.svg)"), LETTER),
    Attack("letter-front", "responding reads a title and a date of it alone", reply("Yes.", head="---\ntitle: '</title><script>alert(1)</script>'\ndate: '\"><img src=x onerror=alert(1)>'\nbibliography: OUTSIDE/canary.bib\ncsl: SERVER/a.csl\ntheme: ../../outside\n---\n\n"), LETTER),
    Attack("letter-bomb", YAML, reply("Yes.", head="---\na: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{','.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(9)) + "---\n\n"), LETTER),
    Attack("letter-link", LINKS, text("x"), LETTER, {"response.md": "OUTSIDE/canary.md"}, told="outside-project"),
    Attack("letter-reports-link", LINKS, reply("Yes."), LETTER, {"reports.md": "OUTSIDE/canary.md"}, told="outside-project"),
    Attack("letter-words", "stages/replying", reply('Changed to "' + "a" * 5000 + '" and [](#../../outside) [](#new"onload="alert(1)).'), LETTER),
    Attack("letter-key", "stages/replying", reply(f"Yes. See [{BAD}](#new).") | {"reports.md": f"## R1.1 {BAD}\n\n{BAD}\n\n## ../../x\n\nWhy?\n"}, LETTER),
    Attack("issue-cover-link", "reading/issuefile._inside", issue("cover: {image: a.png, alt: x}"), ISSUE, {"a.png": "OUTSIDE/canary.png"}, told="bad-issue"),
    Attack("issue-cover-parent", "reading/issuefile._inside", issue("cover: {image: ../outside/canary.png, alt: x}"), ISSUE, told="bad-issue"),
    Attack("issue-cover-remote", "reading/issuefile._inside", issue("cover: {image: 'SERVER/a.png', alt: x}"), ISSUE, told="bad-issue"),
    Attack("issue-bomb", YAML, issue("a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{','.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(9))), ISSUE, told="bad-issue"),
    Attack("issue-deep", YAML, issue("title: " + "[" * 5000), ISSUE, told="bad-issue"),
    Attack("issue-circle", "reading/issuefile._node", issue("title: &a [*a]"), ISSUE, told="bad-issue"),
    Attack("issue-tag", "its values are text, whatever their tag", issue("title: !!python/object/apply:os.system ['touch ../pwned']"), ISSUE, told="bad-issue"),
    Attack("issue-name-path", "reading/issuefile._named", issue("", "[{path: one, name: '../../outside/x'}]"), ISSUE),
    Attack("issue-name-newline", "reading/issuefile._named", issue("", '[{path: one, name: "a\\nb/../<b>"}]'), ISSUE),
    Attack("issue-path-newline", "galley/unseen", issue("", '["a\\n\\e]0;pwned\\a/../../x"]'), ISSUE, told="bad-issue", never=("\x1b",)),
    Attack("issue-path-nul", "reading/files.is_there", issue("", '["a\\0b", "' + "a/" * 3000 + '"]'), ISSUE, told="bad-issue"),
    Attack("issue-article-link", LINKS, issue(), ISSUE, {"one/manuscript": "OUTSIDE"}, told="outside-project"),
    Attack("issue-folder-link", LINKS, issue("", "[one, two]"), ISSUE, {"two": "OUTSIDE"}, told="outside-project"),
    Attack("issue-article-file-link", LINKS, issue("", "[one, two.md]"), ISSUE, {"two.md": "OUTSIDE/canary.md"}, told="outside-project"),
    Attack("issue-masthead", CLEAN, issue(f"masthead: '{BAD} [a](javascript:alert(1)) ![](OUTSIDE/canary.png) ![](SERVER/a.png) `<iframe src=x>`{{=html}}'"), ISSUE),
    Attack("issue-imprint-typst", RAW, issue("imprint: '`#read(\"../outside/canary.txt\")`{=typst} #panic(1) \\input{OUTSIDE/canary.tex}'"), ISSUE),
    Attack("issue-words", "templates/base/issue.html.j2", issue(f"title: '{BAD}'\nlang: 'en\" onload=\"alert(1)'\nurl: 'javascript:alert(1)'\ndoi: '10.1/\"><script>alert(1)</script>'"), ISSUE),
    Attack("issue-journal", "templates/base/issue.html.j2", issue("", "[one]") | {"issue.yaml": f"journal: {{title: '{BAD}', url: 'javascript:alert(1)', publisher: '{BAD}', issn: '{BAD}'}}\nvolume: '{BAD}'\nissue: '../../x'\narticles: [one]\n"}, ISSUE),
    Attack("issue-section", "templates/base/issue.html.j2", issue("", f"[{{section: '{BAD}', articles: [one]}}]"), ISSUE),
    Attack("issue-theme", "theme._folder", issue("theme: ../outside"), ISSUE, told="unknown-theme"),
    Attack("issue-output-link", "writing.outputs", issue(), ISSUE, {"output": "OUTSIDE"}, told="outside-project"),
    Attack("issue-page-link", "writing.write puts the page in place of the link", issue(output_x=""), ISSUE, {"output/site/one.pdf": "OUTSIDE/canary.txt"}),
    Attack("issue-cluster", "reading/issuefile.FIELDS: who sets it is told on the command line alone", issue("cluster: SERVER\njobs: 900\noutput: OUTSIDE"), ISSUE, told="bad-issue"),
    Attack("issue-theme-link", "theme._closed", issue("theme: evil"), ISSUE, {"templates/evil": "OUTSIDE"}, told="outside-project"),
    Attack("issue-numbers", "reading/issuefile._number", issue(f"start-page: {'9' * 400}\ndate: 99999-99"), ISSUE, told="bad-issue"),
    Attack("issue-not-yaml", "reading/issuefile._parsed", {"issue.yaml": b"\x00\xff\xfe\x1b[2J: ["}, ISSUE),
]  # fmt: skip


@pytest.mark.parametrize("attack", ROWS, ids=lambda attack: attack.name)
def test_what_goes_between_people_does_nothing(world: World, attack: Attack) -> None:
    printed = world.endure(attack.files, attack.links, attack.verbs, attack.told)
    assert "\x1b" not in printed
    for name, data in world.outputs().items():
        if name.endswith((".html", ".md", ".json")):
            page = data.decode("utf-8", "replace")
            assert not [one for one in attack.never if one in page], name
        if name.endswith(".html"):
            assert deeds(page) == [], name
    assert not list(world.project.rglob("*pwned*"))


ODD = (
    "",
    " ",
    "\n",
    "[bad-yaml]",
    "../../outside/canary.txt",
    "OUTSIDE/canary.txt",
    "{{ config }}",
    "%s%n",
    "C12\x1b[2J",
    "\u202eC12",
    "C" * 100_000,
    "\ud800",
    "--",
    "C٣",
    "ß",
    "*",
    "[[]]",
    "\x00",
)


@pytest.mark.parametrize("code", ODD, ids=lambda code: ascii(code)[:24])
def test_odd_codes_are_explained_or_told(world: World, code: str) -> None:
    done = world.run("explain", world.filled(code))
    world.unharmed()
    assert done.status in (0, 2)
    assert "\x1b" not in done.printed
    assert "\u202e" not in done.printed
    assert len(done.printed) < 90_000
    if done.status:
        assert "error[unknown-code]" in done.printed or code == "--"


# -- the guards: with one taken away, what it stops gets through -----------------------------------------

BY_NAME = {attack.name: attack for attack in ROWS}


def tried(world: World, name: str) -> str:
    """Run a row; all web pages that came of it as one text."""
    attack = BY_NAME[name]
    world.put(attack.files, attack.links)
    for verb in attack.verbs:
        world.run(*verb.split())
    return "\n".join(
        data.decode("utf-8", "replace") for name, data in world.outputs().items() if name.endswith(".html")
    )


def bare(value: object, *_: object) -> object:
    return value


@pytest.mark.parametrize("name", ["letter-link", "letter-reports-link"])
def test_without_its_guard_a_letter_outside_is_read(world: World, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("galley.responding._own", lambda home, name: home / name)
    tried(world, name)
    assert "canary.md" in world.read()


def test_without_its_guard_an_article_outside_is_listed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("galley.reading.issuefile._leads_out", lambda *_: False)
    tried(world, "issue-article-file-link")
    assert "canary.md" in world.read()


def test_without_its_guard_a_cover_outside_is_taken(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("galley.reading.issuefile._inside", lambda folder, name: folder / name)
    tried(world, "issue-cover-link")
    assert "canary.png" in world.read()


def test_without_its_guard_an_issue_s_own_words_act(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not deeds(tried(world, "issue-masthead"))
    monkeypatch.setattr("galley.formats.safety.Cleaner.clean", lambda self, content: content)
    assert deeds(tried_again(world))


def tried_again(world: World) -> str:
    """The issue once more."""
    world.run(*ISSUE[0].split())
    return (world.project / "output/site/index.html").read_text("utf-8")


def test_without_its_guard_a_form_s_script_is_the_stranger_s(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("galley.formats.proofform._safe", bare)
    assert "<script>alert(1)</script>" in tried(world, "proof-query-script")


def test_without_its_guard_a_remark_turns_words_round(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("galley.reading.suggestedtree.shown", bare)
    assert "\u202e" in tried(world, "remark-escape")


def test_without_its_guard_a_page_is_compared_with_what_its_link_leads_to(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pathlib.Path.is_symlink", lambda self: False)
    tried(world, "issue-page-link")
    assert "canary.txt" in world.read()


def test_a_page_of_findings_runs_its_own_script_alone(world: World) -> None:
    from base64 import b64encode
    from hashlib import sha256

    tried(world, "findings-page")
    page = (world.project / "output/a.html").read_text("utf-8")
    script = page.partition("<script>")[2].partition("</script>")[0]
    assert f"script-src 'sha256-{b64encode(sha256(script.encode()).digest()).decode()}';" in page
    assert page.count("<script") == 1
