"""Drawings and PDF figures of strangers: scripts, foreign parts, addresses, actions and files within them reach no page,
no package and no network."""

# ruff: noqa: E501 - tables, one attack a line

from __future__ import annotations

import io

import pytest
from hostile_world import World
from test_hostile_attacks import SVG, text

from galley.picturedeeds import acting

VERBS = ("html --draft", "pdf --draft", "docx --draft", "camera-ready --draft", "latex --draft")
DRAWINGS = {
    "script": "<script>alert(1)</script><script href='SERVER/a.js'/>",
    "events": "<rect width='9' height='9' onload='alert(1)' onclick='alert(1)'/><animate onbegin='alert(1)'/>",
    "foreign": "<foreignObject width='9' height='9'><iframe xmlns='http://www.w3.org/1999/xhtml' src='SERVER/a'/></foreignObject>",
    "links": "<a href='javascript:alert(1)'><text>x</text></a><a xlink:href='SERVER/a'><text>x</text></a>",
    "import": "<style>@import url('SERVER/a.css'); rect {fill: url(SERVER/b.svg#a)} @font-face {src: url(SERVER/c.woff)}</style><rect width='9' height='9'/>",
    "images": "<image href='SERVER/a.png' width='9' height='9'/><image xlink:href='file://OUTSIDE/canary.png' width='9' height='9'/><image href='../outside/canary.png' width='9' height='9'/>",
    "use": "<use href='SERVER/a.svg#x'/><use href='file://OUTSIDE/canary.svg#x'/><use xlink:href='../outside/canary.svg#x'/>",
    "filter": "<filter id='f'><feImage href='SERVER/a.png'/><feImage href='OUTSIDE/canary.png'/></filter><rect filter='url(#f)' width='9' height='9'/><rect filter='url(SERVER/a.svg#f)' width='9' height='9'/>",
    "paint": "<rect fill='url(SERVER/a.svg#p)' width='9' height='9'/><text font-family='SERVER/a.ttf'>x</text>",
    "xinclude": "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='file://OUTSIDE/canary.txt' parse='text'/>",
    "uses": "<defs><rect id='a0' width='1' height='1'/>" + "".join(f"<g id='a{n}'>" + f"<use href='#a{n - 1}'/>" * 10 + "</g>" for n in range(1, 12)) + "</defs><use href='#a11'/>",
    "circle": "<g id='a'><use href='#b'/></g><g id='b'><use href='#a'/></g><use href='#a'/><pattern id='p'><rect fill='url(#p)' width='9' height='9'/></pattern><rect fill='url(#p)' width='9' height='9'/>",
    "numbers": "<rect width='1e38' height='1e38'/><circle r='NaN'/><path d='M0 0 L1e309 1e309 Z'/><text font-size='1e9'>x</text>",
    "svg-in-svg": "<image width='9' height='9' href=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script><image href='SERVER/a.png'/></svg>\"/>",
}  # fmt: skip


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_does_nothing(world: World, name: str) -> None:
    world.put(text("![Caption](a.svg){alt=x}", a__svg=SVG.format(DRAWINGS[name])))
    for verb in VERBS:
        world.run(*verb.split())
    world.unharmed()
    for page, data in world.outputs().items():
        if page.endswith(".html"):  # a drawing stands there as data of an img, in which no script runs
            found = data.decode("utf-8", "replace")
            assert "<script>alert" not in found
            assert "<foreignObject" not in found
            assert "<iframe" not in found


HEADS = {
    "doctype": '<!DOCTYPE svg [<!ENTITY x SYSTEM "file://OUTSIDE/canary.txt">]>',
    "parameter": '<!DOCTYPE svg [<!ENTITY % p SYSTEM "SERVER/a.dtd">%p;]>',
    "public": '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "SERVER/svg11.dtd">',
    "sheet": '<?xml-stylesheet type="text/css" href="SERVER/a.css"?>',
    "transform": '<?xml-stylesheet type="text/xsl" href="file://OUTSIDE/canary.txt"?>',
}


@pytest.mark.parametrize("name", HEADS)
def test_the_head_of_a_drawing_does_nothing(world: World, name: str) -> None:
    words = "&x;" if name == "doctype" else "x"
    world.put(text("![Caption](a.svg){alt=x}", a__svg=HEADS[name] + SVG.format(f"<text>{words}</text>")))
    for verb in VERBS:
        world.run(*verb.split())
    world.unharmed()


def figure(name: str) -> bytes:
    """A PDF of one page that wants to do something."""
    import pikepdf
    from pikepdf import Array, Dictionary, Name, String

    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(90, 90))
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert('pwned')"))
    launch = Dictionary(S=Name.Launch, F=String("/bin/touch"), Win=Dictionary(F=String("cmd.exe")))
    page, root = pdf.pages[0].obj, pdf.Root
    rectangle = Array([0, 0, 90, 90])
    if name == "javascript":
        root.OpenAction = script
        root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), pdf.make_indirect(script)])))
    elif name == "launch":
        root.OpenAction = launch
        page.AA = Dictionary(O=launch)
    elif name == "link":
        address = Dictionary(S=Name.URI, URI=String("javascript:app.alert('pwned')"))
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=rectangle, A=address)
        page.Annots = Array([pdf.make_indirect(link)])
    elif name == "embedded":
        pdf.attachments["pwned.exe"] = b"MZ pwned"
    elif name == "form":
        root.AcroForm = Dictionary(XFA=String("<xdp>pwned</xdp>"), Fields=Array([]))
    elif name == "submit":
        root.OpenAction = Dictionary(S=Name.SubmitForm, F=String("http://127.0.0.1/pwned"))
    elif name == "remote":
        root.OpenAction = Dictionary(S=Name.GoToR, F=String("/etc/passwd"), D=Array([0, Name.Fit]))
    elif name == "reference":
        stream = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=rectangle)
        stream.Ref = Dictionary(F=String("../outside/canary.pdf"), Page=0)
        page.Resources = Dictionary(XObject=Dictionary(a=stream))
        page.Contents = pdf.make_stream(b"/a Do")
    elif name == "outer-stream":
        stream = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1)
        stream.F = String("../outside/canary.png")
        page.Resources = Dictionary(XObject=Dictionary(a=stream))
        page.Contents = pdf.make_stream(b"/a Do")
    elif name == "huge":
        page.MediaBox = Array([0, 0, 10**9, 10**9])
    elif name == "circle":
        page.Contents = pdf.make_stream(b"/a Do")
        stream = pdf.make_stream(b"/a Do", Type=Name.XObject, Subtype=Name.Form, BBox=rectangle)
        stream.Resources = Dictionary(XObject=Dictionary(a=stream))
        page.Resources = Dictionary(XObject=Dictionary(a=stream))
    out = io.BytesIO()
    encryption = pikepdf.Encryption(owner="a", user="b") if name == "encrypted" else False
    pdf.save(out, encryption=encryption, deterministic_id=name != "encrypted")
    return out.getvalue()


FIGURES = (
    "javascript",
    "launch",
    "link",
    "embedded",
    "form",
    "submit",
    "remote",
    "reference",
    "outer-stream",
    "huge",
    "circle",
    "encrypted",
)


@pytest.mark.parametrize("name", FIGURES)
def test_a_pdf_figure_does_nothing(world: World, name: str) -> None:
    world.put(text("![Caption](a.pdf){alt=x}", a__pdf=figure(name)))
    for verb in VERBS:
        world.run(*verb.split())
    world.unharmed()
    for page, data in world.outputs().items():
        if name == "link" and "/figures/" in page:
            continue  # nobody goes there but who wants to
        if page.endswith(".html") or ".pdf" in page:
            for one in (b"pwned", b"/JavaScript", b"/Launch", b"/SubmitForm", b"/GoToR", b"cmd.exe"):
                assert one not in data, (page, one)
    if name in ("javascript", "launch", "embedded", "form", "submit", "remote"):
        done = world.run("camera-ready")
        assert done.status == 1
        assert "error[active-figure]" in done.printed
        assert not (world.project / "output" / "camera-ready").exists()


@pytest.mark.parametrize("packed", [False, True])
def test_what_acts_is_found_wherever_it_is_written(packed: bool) -> None:
    import pikepdf

    for name, word in (("javascript", "a script"), ("launch", "a program to start"), ("embedded", "a file within it")):
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(figure(name))) as pdf:
            mode = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
            pdf.save(out, object_stream_mode=mode, deterministic_id=True)
        assert word in acting(out.getvalue())
        assert (b"/JavaScript" in out.getvalue()) is (name == "javascript" and not packed)
    assert acting(b"%PDF-1.7 /S /J#61vaScript /JS (x)") == ["a script"]
    assert acting(b"<svg><a xlink:href='&#106;avascript:x'/></svg>") == ["a script"]
    assert acting(b"<svg><text>onload= &lt;script&gt; is written so</text></svg>") == []
    assert acting(figure("circle")) == []


@pytest.mark.parametrize("name", ["javascript", "launch", "embedded", "encrypted"])
def test_without_its_guard_a_package_carries_what_acts(
    world: World, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = figure(name)
    world.put(text("![Caption](a.pdf){alt=x}", a__pdf=data))
    for verb, place in (("camera-ready --draft", "camera-ready-draft"), ("latex --draft", "latex")):
        world.run(*verb.split())
        carried = [
            one for page, one in world.outputs().items() if f"{place}/figures/" in page and page.endswith(".pdf")
        ]
        assert len(carried) == (name != "encrypted"), "the lock cannot be opened, the others are printed anew"
        assert not any(acting(one) for one in carried)
    monkeypatch.setattr("galley.formats.naming._still", lambda picture: picture)
    world.run("latex", "--draft")
    assert data in world.outputs().values()


def test_a_package_carries_no_drawing_that_acts(world: World) -> None:
    drawing = SVG.format(DRAWINGS["script"])
    world.put(text("![Caption](a.svg){alt=x}", a__svg=drawing))
    done = world.run("latex", "--draft")
    assert "warning[active-figure] the figure 'a.svg' holds a script" in done.printed
    assert not any("/figures/" in page for page in world.outputs())
    assert "error[active-figure]" in world.run("camera-ready").printed


def test_a_locked_figure_is_told(world: World) -> None:
    world.put(text("![Caption](a.pdf){alt=x}", a__pdf=figure("encrypted")))
    world.run("html", "--draft")
    page = world.outputs()["output/article.html"].decode()
    assert "This picture cannot be shown" in page
