"""Small manuscripts in two versions and what a redline of them says, as text one can read."""

from __future__ import annotations

from pathlib import Path
from tempfile import mkdtemp

from galley import pandoc
from galley.comparing import Versions, versions
from galley.revisions import Revision
from galley.stages.redlining.marking import redlined
from galley.stages.redlining.moving import moved
from galley.stages.redlining.steps import Work
from galley.tree import plain

OPENING = {"insertion": "[+", "deletion": "[-", "moved-from": "<<", "moved-to": ">>", "reformatted": "[="}
CLOSING = {"insertion": "+]", "deletion": "-]", "moved-from": "<<", "moved-to": ">>", "reformatted": "=]"}
DATE = "2026-01-02T03:04:05Z"


def blocks(text):
    """The tree of some Markdown."""
    return pandoc.Reading(text).result()[1]


def merged(old, new):
    """The marked blocks of two pieces of Markdown."""
    work = Work("A. Author", DATE)
    return moved(redlined(blocks(old), blocks(new), work), work)


def redline(old, new):
    """The marked text: [+new+], [-gone-], <<moved away<<, >>moved here>>, [=set otherwise=]; a block a line."""
    return "\n".join(line for block in merged(old, new) for line in said(block)).strip()


def said(node):
    """A block's lines."""
    kind, content = node["t"], node.get("c")
    if kind == "Div":
        mark = next((name for name in content[0][1] if name in OPENING), "")
        for inner in content[1]:
            for line in said(inner):
                yield f"{OPENING[mark]}{line}{CLOSING[mark]}" if mark else line
    elif kind in ("Para", "Plain", "Header"):
        yield "".join(map(_inline, content[2] if kind == "Header" else content))
    elif kind in ("BulletList", "OrderedList"):
        for item in content if kind == "BulletList" else content[1]:
            yield from (f"- {line}" for block in item for line in said(block))
    elif kind == "Table":
        rows = [*content[3][1], *(row for body in content[4] for part in body[2:4] for row in part)]
        for row in rows:
            cells = [
                f"{_marks(cell[0])}{' '.join(line for block in cell[4] for line in said(block))}" for cell in row[1]
            ]
            yield _marks(row[0]) + "|" + "|".join(cells) + "|"
    elif kind == "CodeBlock":
        yield f"`{content[1]}`".replace("\n", "; ")
    else:
        yield plain([node])


def _marks(attributes):
    return "".join({"insertion": "+", "deletion": "-"}.get(name, "") for name in attributes[1])


def _inline(node):
    kind, content = node["t"], node.get("c")
    if kind == "Span":
        mark = next((name for name in content[0][1] if name in OPENING), "")
        ending = next((name for name in content[0][1] if name.startswith("paragraph-")), "")
        inner = "".join(map(_inline, content[1]))
        if ending:
            return "[+¶+]" if ending.endswith("insertion") else "[-¶-]"
        return f"{OPENING[mark]}{inner}{CLOSING[mark]}" if mark else inner
    if kind == "Note":
        return "^(" + " ".join(line for block in content for line in said(block)) + ")"
    if kind == "Math":
        return f"${content[1]}$"
    if kind == "Image":
        return f"!{content[2][0]}"
    if kind in ("Emph", "Strong", "Link"):
        return "".join(map(_inline, content if kind != "Link" else content[1]))
    return plain([node]) if kind == "Str" or kind not in ("Space", "SoftBreak") else " "


def project(folder: Path, text: str, bib: str = "", **pictures: bytes) -> Path:
    """A project of one manuscript."""
    (folder / "manuscript").mkdir(parents=True)
    (folder / "manuscript" / "article.md").write_text(text)
    (folder / "references.bib").write_text(bib)
    for name, data in pictures.items():
        (folder / "manuscript" / f"{name}.png").write_bytes(data)
        (folder / f"{name}.png").write_bytes(data)
    return folder


def both(old: Path, new: Path) -> Versions:
    """Two projects ready to be compared."""
    room = Path(mkdtemp(prefix="galley-test-"))
    return versions(Revision(old, "old", "", DATE), Revision(new, "new", "", DATE), room, author="A. Author")
