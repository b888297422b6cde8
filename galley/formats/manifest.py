"""Files by name -> a list of them with their sizes and SHA-256 sums, and one zip file, the same bytes each time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Any

from galley import __version__
from galley.formats.metadata import title

if TYPE_CHECKING:
    from galley.document import Document
    from galley.frontmatter import Journal

TYPES = {
    "pdf": "application/pdf",
    "html": "text/html",
    "xml": "application/xml",
    "json": "application/json",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "epub": "application/epub+zip",
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "txt": "text/plain",
    "zip": "application/zip",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "svg": "image/svg+xml",
    "webp": "image/webp",
    "tif": "image/tiff",
    "tiff": "image/tiff",
}
FIRST = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the zip: the first that the format knows."""


def manifest(
    document: Document, journal: Journal, files: Mapping[str, bytes], roles: Mapping[str, str], *, draft: bool
) -> bytes:
    """The list as JSON; ``roles`` say of files what they are, by name."""
    meta = document.meta
    rows = [
        {
            "name": name,
            "what": roles.get(name, "figure"),
            "media-type": TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream"),
            "size": len(content),
            "sha256": sha256(content).hexdigest(),
        }
        for name, content in sorted(files.items())
    ]
    article = {"title": title(document), "doi": meta.doi, "journal": journal.title, "volume": meta.volume}
    article |= {"issue": meta.issue, "pages": meta.pages, "date": meta.date}
    told: dict[str, Any] = {"article": {name: value for name, value in article.items() if value}, "draft": draft}
    return (
        json.dumps({**told, "made-by": f"galley {__version__}", "files": rows}, ensure_ascii=False, indent=1) + "\n"
    ).encode()


def zipped(files: Mapping[str, bytes], folder: str) -> bytes:
    """All files in one zip, in a folder, in the order of their names."""
    from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

    done = BytesIO()
    with ZipFile(done, "w") as archive:
        for name, content in sorted(files.items()):
            info = ZipInfo(f"{folder}/{name}", FIRST)
            info.external_attr = 0o644 << 16
            info.create_system = 3  # the same on every system
            packed = name.endswith((".epub", ".docx", ".png", ".jpg", ".jpeg"))
            info.compress_type = ZIP_STORED if packed else ZIP_DEFLATED
            archive.writestr(info, content)
    return done.getvalue()
