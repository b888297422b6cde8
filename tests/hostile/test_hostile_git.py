"""A project's own git settings are a stranger's too: comparing with a revision runs none of the programs they name."""

from __future__ import annotations

import os
import subprocess

import pytest
from hostile_world import BODY, World

SETTINGS = {
    "smudge": '[filter "x"]\n smudge = "touch PWNED; cat"\n required = false\n',
    "process": '[filter "x"]\n process = "touch PWNED; cat"\n required = true\n',
    "programs": '[log]\n showSignature = true\n[gpg]\n program = "touch PWNED;"\n[core]\n pager = "touch PWNED;"\n'
    ' fsmonitor = "touch PWNED;"\n sshCommand = "touch PWNED;"\n[diff]\n external = "touch PWNED;"\n',
    "archiver": '[tar "tar"]\n command = "touch PWNED; cat"\n',
}


def compared(world: World, settings: str, need: object) -> None:
    git = need("git")  # type: ignore[operator]
    who = {f"GIT_{role}_{part}": "a@b" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
    world.put({"manuscript/article.md": BODY, ".gitattributes": "* filter=x export-subst\n"})
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "x"], ["tag", "v1"]):
        subprocess.run([git, *command], cwd=world.project, check=True, env={**os.environ, **who})
    with (world.project / ".git" / "config").open("a") as stream:
        stream.write(settings.replace("PWNED", str(world.outside / "pwned")))
    world.put({"manuscript/article.md": BODY.replace("Some", "Other")})
    world.run("diff", "v1", "--to", "html")


@pytest.mark.parametrize("name", SETTINGS)
def test_no_program_of_the_repository_s_is_run(world: World, name: str, need: object) -> None:
    compared(world, SETTINGS[name], need)
    world.unharmed()
    assert world.outcomes[-1].status == 0


@pytest.mark.parametrize("name", ["process"])
def test_without_the_guard_it_is(world: World, name: str, need: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("galley.revisions._unfiltered", lambda _: [])
    compared(world, SETTINGS[name], need)
    assert (world.outside / "pwned").exists()
