"""A document and its theme -> the names under which a publisher gets the article and its figures.

A theme may say ``[package] name = "{abbreviation}-{volume}-{issue}-{page}"`` and ``figure = "{name}-fig{number}"``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from unicodedata import normalize
from urllib.parse import unquote

from galley.filenames import free
from galley.formats.pdfvector import still
from galley.formats.pictures import inside
from galley.pandoc import each
from galley.picturedeeds import acting, is_pdf, secretive

if TYPE_CHECKING:
    from pathlib import Path

    from galley.document import Document, Node
    from galley.theme import Theme

NAME = "{abbreviation}-{volume}-{issue}-{page}"
FIGURE = "{name}-fig{number}"
FOLDER = "figures"
PLAIN = "article"
"""The name of an article that is in no journal yet."""
PICTURES = frozenset({"Figure", "Image"})


def stem(document: Document, theme: Theme) -> str:
    """The article's name without an ending, as "njips-7-1-95"; "article" where journal or place in it are unknown."""
    meta = document.meta
    journal = theme.journal(meta.journal)
    place = str(meta.first_page or meta.article_number)
    known = {
        "abbreviation": journal.abbreviation or _initials(journal.title),
        "volume": meta.volume,
        "issue": meta.issue,
        "page": place,
        "year": meta.year,
        "doi": meta.doi,
        "author": meta.authors[0].family or meta.authors[0].name if meta.authors else "",
    }
    wanted = str(theme.tokens.get("package", {}).get("name", NAME))
    if wanted == NAME and not (known["abbreviation"] and place):
        return PLAIN
    return _safe(_filled(wanted, known)) or PLAIN


def figures(document: Document, theme: Theme, name: str) -> dict[str, str]:
    """The name of each picture of the article by its address in the manuscript, in the folder ``figures/``.

    A picture is named by the number of its figure; one without a number by its place among such.
    """
    wanted = str(theme.tokens.get("package", {}).get("figure", FIGURE))
    numbers = {one.id: one.number for one in document.numbers if one.kind == "figure"}
    found: dict[str, str] = {}
    taken: set[str] = set()
    bare = 0
    for region in (*document.slots.values(), document.blocks, document.back):
        for address, number in _numbered(region, numbers):
            path = inside(document.folder, address) or inside(document.folder, unquote(address))
            if address in found or path is None:
                continue
            bare += not number
            said = _safe(_filled(wanted, {"name": name, "number": number or f"x{bare}"}))
            suffix = PurePosixPath(path.name).suffix.lower()
            own, again = f"{FOLDER}/{said}{suffix}", 1
            while own in taken:
                again += 1
                own = f"{FOLDER}/{said}-{again}{suffix}"
            taken.add(own)
            found[address] = own
    return found


def read(document: Document, names: Mapping[str, str]) -> dict[str, bytes]:
    """The pictures' bytes by the names they are delivered under, but nothing that acts: a PDF with scripts and the like
    goes as a new print of it, and what cannot be printed anew is left out, as is a drawing with scripts."""
    files: dict[str, bytes] = {}
    for address, name in names.items():
        path: Path | None = inside(document.folder, address) or inside(document.folder, unquote(address))
        if path is not None and (content := _still(path.read_bytes())):
            files[name] = content
    return files


def _still(picture: bytes) -> bytes | None:
    """A picture's file that does nothing; None where none can be made of it."""
    if not acting(picture) and not secretive(picture):
        return picture
    return still(picture) if is_pdf(picture) else None


def _numbered(blocks: tuple[Node, ...], numbers: Mapping[str, str]) -> list[tuple[str, str]]:
    """Each picture's address and the number of the innermost figure that it stands in."""
    rows: list[tuple[str, str]] = []
    owners: dict[int, str] = {}
    for node in each(blocks, PICTURES):
        if node["t"] == "Figure":
            number = numbers.get(node["c"][0][0], "")
            inner = list(each(node["c"][2], frozenset({"Image"})))
            owners |= {id(one): number or owners.get(id(one), "") for one in inner}
        else:
            rows.append((node["c"][2][0], owners.get(id(node), "")))
    return rows


def _filled(pattern: str, known: Mapping[str, str]) -> str:
    return re.sub(r"\{([\w-]+)\}", lambda found: known.get(found[1], ""), pattern)


def _initials(title: str) -> str:
    return "".join(word[0] for word in title.split() if word[:1].isupper())


def _safe(text: str) -> str:
    """Letters that every file system and web server takes, hyphens between."""
    plain = normalize("NFKD", text.lower()).encode("ascii", "ignore").decode("ascii")
    return free(re.sub(r"[^a-z0-9]+", "-", plain).strip("-"))
