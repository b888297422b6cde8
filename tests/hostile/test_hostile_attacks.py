"""The table of attacks: what a stranger's manuscript, bibliography, theme or Word file tries, and the guard it meets.

Each row names its guard. Nothing outside of the project is read or written, the network is not asked, nothing secret
is told, and no program ends in a fault of its own: ``World.unharmed`` looks for all of it after every row.
"""

# ruff: noqa: E501 - a table, one attack a line

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pytest
from hostile_world import BIB, BODY, CSL, World, png

ARTICLE = "manuscript/article.md"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="90" height="90">{}</svg>'
)


class Attack(NamedTuple):
    """What is in the project, what is asked for, what stops it, and what must be seen or not be seen."""

    name: str
    guard: str
    files: Mapping[str, str | bytes]
    verbs: tuple[str, ...] = ("all",)
    links: Mapping[str, str] = {}
    told: str = ""
    never: tuple[str, ...] = ()


def text(words: str, front: str = "", **more: str | bytes) -> dict[str, str | bytes]:
    """A project whose article has some words, and fields in its front matter."""
    head = BODY.replace("theme:", f"{front}\ntheme:", 1) if front else BODY
    return {ARTICLE: f"{head}{words}\n", "references.bib": BIB, **{k.replace("__", "."): v for k, v in more.items()}}


def theme(name: str = "", content: str = "", toml: str = 'extends = "preprint"\n') -> dict[str, str | bytes]:
    """A project that brings its theme."""
    files = {ARTICLE: BODY.replace("preprint", "evil"), "templates/evil/theme.toml": toml}
    return files | ({f"templates/evil/{name}": content} if name else {})


def figure(address: str) -> str:
    return f"![Caption]({address}){{alt=x}}\n\nIn ![words]({address}){{alt=x}} too."


def svg(inner: str) -> dict[str, str | bytes]:
    return text("![Caption](a.svg){alt=x}", a__svg=SVG.format(inner))


DRAFTS = ("pdf --draft", "html --draft", "docx --draft", "md --draft")
RAW = "markup of the author's is left out (stages/markup, formats/typst)"
PATHS = "formats/pictures.inside and checks/figures: only files of the project"
LINKS = "reading/files._within and reading/manuscript._inside: links that lead out are refused"
NET = "galley/offline: no network for verbs without need of it"
CLEAN = "formats/safety: an allow list"
STYLE = "stages/citeproc.independent"
CLOSED = "theme._closed and Theme.path"
ROOT = "Typst is given the project for its root"
SAND = "Jinja's sandbox; values are never templates"
DEEP = "cli: what is nested too deeply is a fault like others"
YAML = "reading/yamlguard.guarded"
EVENTS = ("onerror", "onclick", "onload", "alert(", "<iframe", 'http-equiv="refresh', "<object", "<base", "<form")

ATTACKS = [
    Attack("typst-read", RAW, text('```{=typst}\n#read("OUTSIDE/canary.txt")\n```'), never=("#read",)),
    Attack("typst-include", RAW, text('`#include "../outside/canary.typ"`{=typst}')),
    Attack("typst-image", RAW, text('`#image("OUTSIDE/canary.png")`{=typst}')),
    Attack("typst-package", RAW, text('`#import "@preview/cetz:0.3.0": *`{=typst}')),
    Attack("typst-plugin", RAW, text('`#plugin("../outside/canary.txt")`{=typst}')),
    Attack("typst-words", "formats/typst escapes", text('#read("../outside/canary.txt") #panic("x") $#read("x")$')),
    Attack("typst-title", "formats/typst escapes", {ARTICLE: BODY.replace("A Title", "'#panic(1) $x$ #read(\"a\") \"]'")}),
    Attack("typst-author", "formats/typst.token", {ARTICLE: BODY.replace("Ada Lovelace", "'\"); #panic(1); (\"'")}),
    Attack("typst-caption", "formats/typst escapes", text('![#panic(1) \\"](a.png){alt="\\"); #panic(2)" #f(x)}', a__png=png())),
    Attack("typst-label", "formats/typst", text('# H {#a\\"]#panic(1)}\n\n[x]{#"#panic(1)"} [y](#a)')),
    Attack("typst-code", "formats/typst escapes", text('`"); #panic(1)` \n\n```{.typst}\n#panic(1)\n```')),
    Attack("typst-file", "typstfiles: only the theme's files are given", text("x", evil__typ='#panic("x")')),
    Attack("html-script", CLEAN, text("<script>alert(1)</script>\n\n`<script>alert(2)</script>`{=html}"), ("html",), never=EVENTS),
    Attack("html-events", CLEAN, text("<img src=x onerror=alert(1)> <svg onload=alert(1)></svg>"), ("html",), never=EVENTS),
    Attack("html-attribute", CLEAN, text('[x]{onclick="alert(1)" style="background:url(SERVER/a)"}'), ("html",), never=EVENTS),
    Attack("html-javascript", CLEAN, text("[a](javascript:alert(1)) [b](<java script:alert(1)>) [c](JAVASCRIPT:alert(1))"), ("html",), never=EVENTS),
    Attack("html-data", CLEAN, text("[a](data:text/html;base64,PHN2Zz4=) [v](vbscript:x)"), ("html",), never=("data:text/html", "vbscript:")),
    Attack("html-file-link", CLEAN, text("[a](file://OUTSIDE/canary.txt)"), ("html",), never=("file:",)),
    Attack("html-iframe", CLEAN, text('<iframe src="SERVER/a"></iframe><object data="SERVER/b"></object>'), ("html",), never=EVENTS),
    Attack("html-refresh", CLEAN, text('<meta http-equiv="refresh" content="0;url=SERVER"><base href="SERVER">'), ("html",), never=EVENTS),
    Attack("html-style", CLEAN, text('<link rel=stylesheet href="SERVER/a.css"><style>@import url(SERVER/b.css)</style>'), ("html",), never=("@import", "a.css")),
    Attack("html-form", CLEAN, text('<form action="SERVER"><input autofocus onfocus=alert(1)></form>'), ("html",), never=EVENTS),
    Attack("html-title", "Jinja's autoescape", {ARTICLE: BODY.replace("A Title", "'</title><script>alert(1)</script>'")}, ("html --draft",), never=("<script>alert",)),
    Attack("html-fields", "Jinja's autoescape", text("x", 'keywords: ["</script><script>alert(1)</script>"]\nlang: "en\\"><script>alert(1)</script>"\nabstract: "<script>alert(1)</script>"'), ("html --draft",), never=("<script>alert",)),
    Attack("html-author-url", CLEAN, {ARTICLE: BODY.replace("Ada Lovelace", '{name: A B, url: "javascript:alert(1)", email: "a@b.c\\" onclick=alert(1)"}')}, ("html --draft",), never=('href="javascript', 'mailto:a@b.c" ')),
    Attack("tex-input", "stages/markup", text("\\input{OUTSIDE/canary.tex} \\include{OUTSIDE/canary} `\\input{OUTSIDE/canary.tex}`{=latex}")),
    Attack("tex-write18", "stages/markup", text("\\immediate\\write18{touch OUTSIDE/pwned} \\openin5=OUTSIDE/canary.txt")),
    Attack("tex-maths", "checks/formulas.unset", text("$\\input{OUTSIDE/canary.tex}$ $$\\write18{touch OUTSIDE/pwned}$$"), DRAFTS, told="unset-maths"),
    Attack("tex-macro-bomb", "pandoc._measured", text("$\\def\\a{\\a\\a}\\a$ $\\def\\b{\\a\\a\\b\\b}\\b$ $x$ $y$ $\\a$ $\\b$ $z$ $x$ $\\a$"), ("html --draft",)),
    Attack("tex-environment", "stages/markup", text("\\begin{verbatim}\n\\end{verbatim}\\input{OUTSIDE/canary.tex}\n\n\\begin{filecontents}{../outside/x}\na\n\\end{filecontents}")),
    Attack("image-parent", PATHS, text(figure("../outside/canary.png")), DRAFTS, told="outside-project"),
    Attack("image-absolute", PATHS, text(figure("OUTSIDE/canary.png")), DRAFTS),
    Attack("image-file-address", PATHS, text(figure("file://OUTSIDE/canary.png")), DRAFTS, told="remote-image"),
    Attack("image-remote", PATHS, text(figure("SERVER/a.png")), DRAFTS, told="remote-image"),
    Attack("image-remote-bare", PATHS, text(figure("//127.0.0.1/a.png")), DRAFTS, told="remote-image"),
    Attack("image-escaped", PATHS, text(figure("%2e%2e/outside/canary.png")), DRAFTS, told="outside-project"),
    Attack("image-link", PATHS, text(figure("a.png")), DRAFTS, {"a.png": "OUTSIDE/canary.png"}, told="outside-project"),
    Attack("image-folder-link", PATHS, text(figure("f/canary.png")), DRAFTS, {"f": "OUTSIDE"}, told="outside-project"),
    Attack("image-device", PATHS, text(figure("a.png")), DRAFTS, {"a.png": "/dev/zero"}, told="missing-figure"),
    Attack("image-nul", PATHS, text(figure("a%00.png")), DRAFTS),
    Attack("image-in-title", PATHS, {ARTICLE: BODY.replace("A Title", "'![x](../outside/canary.png)'")}, DRAFTS),
    Attack("image-in-abstract", PATHS, text("x", "abstract: '![x](../outside/canary.svg)'"), DRAFTS),
    Attack("svg-script", "pictures stand in img, where no script runs", svg("<script>alert(1)</script>"), ("html",), never=("<script>alert",)),
    Attack("svg-foreign", "pictures stand in img", svg('<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="SERVER/a"/></foreignObject>'), never=("<iframe",)),
    Attack("svg-remote", "Typst follows nothing out of its root; " + NET, svg('<image href="SERVER/a.png" width="9" height="9"/>')),
    Attack("svg-file", ROOT, svg('<image xlink:href="file://OUTSIDE/canary.png" width="9" height="9"/><image href="OUTSIDE/canary.svg" width="9" height="9"/>')),
    Attack("svg-parent", ROOT, svg('<image href="../outside/canary.png" width="9" height="9"/><use href="../outside/canary.svg#a"/>')),
    Attack("svg-style", "Typst reads no style sheets", svg('<style>@import url(SERVER/a.css); text {{font-family: x}}</style>')),
    Attack("svg-entity", "Typst's reader knows no external entities", text("![C](a.svg){alt=x}", a__svg='<!DOCTYPE svg [<!ENTITY x SYSTEM "file://OUTSIDE/canary.txt">]>' + SVG.format("<text>&x;</text>"))),
    Attack("svg-dtd", "Typst's reader fetches nothing", text("![C](a.svg){alt=x}", a__svg='<!DOCTYPE svg [<!ENTITY % p SYSTEM "SERVER/d.dtd">%p;]>' + SVG.format("<text>x</text>"))),
    Attack("svg-bomb", "Typst's reader bounds entities", text("![C](a.svg){alt=x}", a__svg="<!DOCTYPE svg [<!ENTITY a0 'xxxxxxxxxx'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12)) + "]>" + SVG.format("<text>&a11;</text>"))),
    Attack("csv-parent", "reading/tables.found", text("![Rain](../outside/canary.csv){#tbl:a}"), told="outside-project"),
    Attack("csv-absolute", "reading/tables.found", text('::: {.table #tbl:a file="OUTSIDE/canary.csv"}\nRain\n:::'), told="outside-project"),
    Attack("csv-link", "reading/tables.found", text("![Rain](a.csv){#tbl:a}"), links={"a.csv": "OUTSIDE/canary.csv"}, told="outside-project"),
    Attack("csv-markup", RAW, text("![Rain](a.csv){#tbl:a}", a__csv='a,b\n"`#read(""OUTSIDE/canary.txt"")`{=typst}","<script>alert(1)</script>"\n'), never=EVENTS),
    Attack("bib-parent", LINKS, text("x", "bibliography: ../outside/canary.bib"), told="outside-project"),
    Attack("bib-absolute", LINKS, text("x", "bibliography: OUTSIDE/canary.bib"), told="outside-project"),
    Attack("bib-link", LINKS, {ARTICLE: BODY}, links={"references.bib": "OUTSIDE/canary.bib"}, told="outside-project"),
    Attack("bib-folder", "reading/files.text_file", {ARTICLE: BODY, "references.bib/x": "x"}),
    Attack("bib-device", LINKS, {ARTICLE: BODY}, links={"references.bib": "/dev/zero"}, told="outside-project"),
    Attack("bib-entities", "Pandoc's sandbox", text("x", "bibliography: b.xml", b__xml='<!DOCTYPE x [<!ENTITY a SYSTEM "file://OUTSIDE/canary.txt">]><xml><records><record><titles><title>&a;</title></titles></record></records></xml>')),
    Attack("bib-tex", "the engine's own reading of TeX", {ARTICLE: BODY + "@a", "references.bib": "@book{a, title={\\input{OUTSIDE/canary.tex} \\write18{x} <script>alert(1)</script>}, year=2020, author={A, B}, url={javascript:alert(1)}}"}, never=("<script>alert", 'href="javascript')),
    Attack("bib-strings", "reading/bibliography.VALUE", {ARTICLE: BODY + "@a", "references.bib": '@string{a0="xxxxxxxxxx"}\n' + "".join(f"@string{{a{n}={' # '.join([f'a{n - 1}'] * 8)}}}\n" for n in range(1, 20)) + "@book{a,title=a19}"}, ("check",), told="too-large"),
    Attack("bib-yaml-bomb", YAML, text("x", "bibliography: b.yaml", b__yaml="a0: &a0 [x,x,x,x,x,x,x,x,x]\n" + "".join(f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10)) + "references: *a9\n"), ("check",), told="broken-bibliography"),
    Attack("md-link", LINKS, {}, links={"manuscript/a.md": "OUTSIDE/canary.md"}, told="outside-project"),
    Attack("md-folder-link", LINKS, {}, links={"manuscript": "OUTSIDE"}, told="outside-project"),
    Attack("metadata-link", LINKS, text("x"), links={"manuscript/metadata.yaml": "OUTSIDE/canary.yaml"}, told="outside-project"),
    Attack("pandoc-include", "Pandoc's sandbox; front matter is not given to it", text('```{.include}\nOUTSIDE/canary.md\n```\n\n!include OUTSIDE/canary.md', "header-includes: '<script>alert(1)</script>'\ninclude-before: OUTSIDE/canary.txt\nfilters: [OUTSIDE/canary.txt]\nresource_path: [OUTSIDE]"), never=("<script>alert",)),
    Attack("pandoc-metadata", "front matter in the text is Pandoc's alone and never used", text("---\nbibliography: OUTSIDE/canary.bib\ncsl: SERVER/a.csl\n---\n\n@smith2020")),
    Attack("csl-parent", "press._style", text("@smith2020", "csl: ../outside/canary.csl"), told="outside-project"),
    Attack("csl-link", "press._style", text("@smith2020", "csl: a.csl"), links={"a.csl": "OUTSIDE/canary.csl"}, told="outside-project"),
    Attack("csl-remote", "press._style", text("@smith2020", "csl: SERVER/a.csl")),
    Attack("csl-dependent", STYLE, text("@smith2020", "csl: a.csl", a__csl='<?xml version="1.0"?>\n<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0"><info><title>T</title><id>t</id><link href="SERVER/p.csl" rel="independent-parent"/></info></style>'), told="bad-style"),
    Attack("csl-dtd", STYLE, text("@smith2020", "csl: a.csl", a__csl=CSL.replace("<style", '<!DOCTYPE style [<!ENTITY x SYSTEM "file://OUTSIDE/canary.txt">]>\n<style', 1)), told="bad-style"),
    Attack("csl-broken", STYLE, text("@smith2020", "csl: a.csl", a__csl="{}"), told="bad-style"),
    Attack("jinja-title", SAND, text("{{ config }} << ''.__class__ >> {% include 'x' %} <% for i in range(9) %>", "subtitle: \"{{ ''.__class__.__mro__ }} << theme >>\""), never=("<class",)),
    Attack("jinja-class", SAND, theme("shell.typ.j2", "<< ''.__class__.__mro__ >>"), ("pdf",), told="unsafe"),
    Attack("jinja-include", SAND, theme("shell.typ.j2", "<% include '../../../outside/canary.txt' %>"), ("pdf",), told="theme-template"),
    Attack("jinja-loop", SAND, theme("shell.typ.j2", "<% for i in range(10**9) %>x<% endfor %>"), ("pdf",), told="theme-template"),
    Attack("jinja-environment", SAND, theme("shell.typ.j2", "<< environ >>"), ("pdf",), told="theme-template"),
    Attack("theme-name-parent", "theme._folder", text("x", "theme: ../../outside"), ("check",)),
    Attack("theme-name", "theme._folder", {ARTICLE: BODY.replace("preprint", "'../../outside'")}, ("check",), told="unknown-theme"),
    Attack("theme-name-dots", "theme._folder", {ARTICLE: BODY.replace("preprint", "'..'"), "theme.toml": ""}, ("check",), told="unknown-theme"),
    Attack("theme-name-absolute", "theme._folder", {ARTICLE: BODY.replace("preprint", "OUTSIDE")}, ("check",), told="unknown-theme"),
    Attack("theme-extends", "theme._folder", theme(toml='extends = "../../../outside"\n'), ("pdf",), told="unknown-theme"),
    Attack("theme-csl", CLOSED, {ARTICLE: BODY.replace("preprint", "evil") + "@smith2020", "references.bib": BIB, "templates/evil/theme.toml": 'extends = "preprint"\ncsl = "../../../outside/canary.csl"\n'}, ("md",), told="theme-file"),
    Attack("theme-link", CLOSED, theme(), ("pdf",), {"templates/evil/rules.typ": "OUTSIDE/canary.typ"}, told="outside-project"),
    Attack("theme-folder-link", CLOSED, {ARTICLE: BODY.replace("preprint", "evil")}, ("pdf",), {"templates/evil": "OUTSIDE"}, told="outside-project"),
    Attack("theme-read", ROOT, theme("rules.typ", '#let s = read("/../outside/canary.txt")'), ("pdf",), told="typst"),
    Attack("theme-package", NET, theme("rules.typ", '#import "@preview/cetz:0.3.0": *'), ("pdf",), told="failed to download"),
    Attack("theme-package-hidden", NET, theme("rules.typ", '#let p = "@pre" + "view/cetz:0.3.0"\n#import p: *'), ("pdf",), told="failed to download"),
    Attack("output-link", "writing.outputs", text("x"), ("pdf", "html", "review", "camera-ready --draft"), {"output": "OUTSIDE"}, told="outside-project"),
    Attack("output-page-link", "writing.write puts the page in place of the link", text("x", o="") | {"output/x": ""}, ("pdf",), {"output/article.pdf": "OUTSIDE/canary.txt"}),
    Attack("drafts-link", "drafts.note writes in place of the link", text("![x](none.png)") | {"output/x": ""}, ("pdf --draft",), {"output/.galley-drafts": "OUTSIDE/canary.txt"}),
    Attack("yaml-python", "values are text, whatever their tag", text("x", "x: !!python/object/apply:os.system ['touch OUTSIDE/pwned']\ny: !!python/name:os.system"), ("check",)),
    Attack("yaml-bomb", YAML, text("x", "a0: &a0 [x,x,x,x,x,x,x,x,x]\n" + "".join(f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10)) + "keywords: *a9"), ("check",), told="bad-yaml"),
    Attack("yaml-deep", YAML, text("x", f"x: {'[' * 30_000}{']' * 30_000}"), ("check",), told="bad-yaml"),
    Attack("yaml-deep-open", YAML, text("x", f"x: {'{a: ' * 30_000}"), ("check",), told="bad-yaml"),
    Attack("yaml-circle", YAML, text("x", "x: &a [*a]\nkeywords: &b [*b]"), ("check",)),
    Attack("deep-quotes", DEEP, text(f"{'>' * 700} a"), ("check",), told="too-deep"),
    Attack("deep-divs", DEEP, text(":::: {.a}\n" * 300), ("check",), told="too-deep"),
    Attack("deep-lists", DEEP, text(f"{'- ' * 400}a"), ("check",), told="too-deep"),
    Attack("deep-braces", "reading/bibliography", {ARTICLE: BODY, "references.bib": f"@book{{a, title={{{'{' * 9000}{'}' * 9000}}}}}"}, ("check",), told="too-deep"),
    Attack("numbers", "reading/settling", text("x", f"volume: {'9' * 5000}\npages: 99999999999999999999-1\nissue: 1e999\ndate: 99999-99-99"), ("check", "pdf --draft")),
]  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_an_attack_does_nothing(world: World, attack: Attack) -> None:
    world.endure(attack.files, attack.links, attack.verbs, attack.told)
    pages = {
        name: data.decode("utf-8", "replace")
        for name, data in world.outputs().items()
        if name.endswith((".html", ".md"))
    }
    for name, page in pages.items():
        assert not [one for one in attack.never if one in page], name


def test_there_are_attacks_enough() -> None:
    assert len(ATTACKS) >= 60
    assert len({attack.name for attack in ATTACKS}) == len(ATTACKS)
