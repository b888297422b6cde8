"""The guards are what holds: with one taken away, the attack that it stops gets through and the canaries tell it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hostile_world import BIB, BODY, World
from test_hostile_attacks import ATTACKS

from galley.reading import files, yamlguard

BY_NAME = {attack.name: attack for attack in ATTACKS}


def tried(world: World, name: str) -> None:
    attack = BY_NAME[name]
    world.put(attack.files, attack.links)
    for verb in attack.verbs:
        world.run(*verb.split())


def test_without_the_guard_of_links_a_manuscript_outside_is_read(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_within", lambda project: project)
    tried(world, "md-link")
    assert "canary.md" in world.read()


def test_without_the_guard_of_bibliographies_one_outside_is_read(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("galley.reading.manuscript._inside", lambda project, name, _: project.folder / name)
    tried(world, "bib-link")
    assert "canary.bib" in world.read()


def test_without_the_guard_of_styles_the_network_is_asked(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from contextlib import nullcontext

    monkeypatch.setattr("galley.stages.citeproc.independent", lambda style: style.read_bytes())
    monkeypatch.setattr("galley.cli.offline", lambda _: nullcontext())
    tried(world, "csl-dependent")
    assert world.server.asked


@pytest.mark.parametrize("name", ["theme-package", "theme-package-hidden"])
def test_without_the_dead_proxy_a_theme_asks_the_network(
    world: World, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from contextlib import nullcontext

    monkeypatch.setattr("galley.cli.offline", lambda _: nullcontext())
    tried(world, name)
    assert world.server.asked


def test_without_the_guard_of_themes_a_file_outside_is_read(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("galley.theme._closed", lambda *_: None)
    tried(world, "theme-link")
    assert "canary.typ" in world.read()


def test_without_the_guard_of_outputs_pages_are_written_outside(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("galley.building.outputs", lambda project, named: project / "output")
    tried(world, "output-link")
    assert (world.outside / "article.pdf").is_file()


@pytest.mark.parametrize("name", ["image-link", "image-parent", "image-folder-link"])
def test_without_the_guard_of_pictures_one_outside_is_shown(
    world: World, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def anywhere(folder: Path, address: str) -> Path | None:
        path = folder / address
        return path if path.is_file() else None

    monkeypatch.setattr("galley.formats.pictures.inside", anywhere)
    tried(world, name)
    assert "canary.png" in world.read()


def test_without_the_guard_of_tables_a_file_outside_is_read(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("galley.reading.tables._Finding.found", lambda self, path: self.project.folder / path)
    tried(world, "csv-parent")
    assert "canary.csv" in world.read()


def test_without_the_guard_of_yaml_nothing_is_refused(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yamlguard, "guarded", lambda _: None)
    world.put(
        {"manuscript/article.md": BODY.replace("theme:", f"x: {'[' * 70}{']' * 70}\ntheme:"), "references.bib": BIB}
    )
    assert "bad-yaml" not in world.run("check").printed


def test_the_harness_sees_a_secret_in_a_page(world: World) -> None:
    world.put({"manuscript/article.md": BODY + "CANARYb1d5f2aa", "references.bib": BIB})
    world.run("html")
    with pytest.raises(AssertionError, match="the secret is in"):
        world.unharmed()
