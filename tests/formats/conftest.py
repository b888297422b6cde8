"""The article of the Word tests set once for all of them."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from deposit_article import written
from small_article import picture
from word_article import BIBLIOGRAPHY, MANUSCRIPT

from galley import press
from galley.formats import docx
from galley.formats.wordxml import parse


@pytest.fixture(scope="package")
def project(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("rivers")
    (folder / "manuscript").mkdir()
    (folder / "manuscript" / "article.md").write_text(MANUSCRIPT, "utf-8")
    (folder / "references.bib").write_text(BIBLIOGRAPHY, "utf-8")
    (folder / "gauge.png").write_bytes(picture(400, 200))
    (folder / "wide.png").write_bytes(picture(3000, 300))
    return folder


@pytest.fixture(scope="package")
def made(project) -> bytes:
    document = press.settled(project)
    return docx.write(document, press.themed(document))


@pytest.fixture(scope="package")
def parts(made) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(made)) as package:
        return {item: package.read(item) for item in package.namelist()}


@pytest.fixture(scope="package")
def body(parts) -> ET.Element:
    return parse(parts["word/document.xml"])


@pytest.fixture(scope="package")
def deposit_project(tmp_path_factory) -> Path:
    return written(tmp_path_factory.mktemp("deposit") / "rivers")


@pytest.fixture(scope="package")
def deposited(deposit_project):
    """The article that has everything a publisher deposits, set, and its theme."""
    document = press.settled(deposit_project)
    return document, press.themed(document)
