"""Front matter that was settled once need not be settled again; a cache that is wrong or gone costs only time."""

import pytest

from galley.reading import metadata
from galley.span import File

TEXT = """---
title: A *Title*
author:
  - name: {given: Ada, family: Author}
    affiliations: [{name: Somewhere, city: Here}]
    roles: [writing]
keywords: one, two
pages: 3-9
journal: {title: Journal, issn: 1234-5678}
---
"""


def settled(text=TEXT):
    return metadata.settled(metadata.header(File("a.md", text)))


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("GALLEY_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_what_is_recalled_is_what_was_settled(cache, monkeypatch):
    first = settled()
    monkeypatch.setattr(metadata, "_validated", lambda head: pytest.fail("settled again"))
    assert settled() == first
    assert first[0].authors[0].affiliations == (0,)


def test_other_data_is_settled_anew(cache):
    settled()
    assert settled(TEXT.replace("3-9", "4-9"))[0].first_page == 4
    assert len(list(cache.iterdir())) == 2


def test_faulty_front_matter_is_not_kept(cache):
    for _ in range(2):
        assert [fault.code for fault in settled(TEXT.replace("3-9", "x"))[1]] == ["bad-field"]
    assert not cache.exists()


def test_a_damaged_cache_is_passed_over(cache):
    first = settled()
    (file,) = cache.iterdir()
    for wrong in ("", "{", "[]", '{"title": 1}'):
        file.write_text(wrong)
        assert settled() == first


def test_it_can_be_turned_off(monkeypatch, tmp_path):
    monkeypatch.setenv("GALLEY_CACHE", "off")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    settled()
    assert list(tmp_path.iterdir()) == []
