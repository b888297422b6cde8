#!/usr/bin/env python3
"""Sets the article: `python build.py pdf`, `python build.py --help`.

Where Galley's packages are importable they are used as they are. Where they are not, this makes a private
`.venv` beside itself on its first run, installs the project into it, and goes on from there.
"""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
LOCK = HERE / ".ci" / "locks" / "constraints.txt"  # versions and hashes of all that the tests run with
READY = VENV / "galley-ready"  # written last; says for what the .venv is complete: "run" or "run test"
NEEDED = ("jinja2", "pybtex", "pydantic", "pypandoc", "typst", "yaml")
TESTS = (
    *("distributed", "hypothesis", "pikepdf", "playwright", "pytest"),
    *("pypdfium2", "starlette", "uvicorn", "watchfiles"),  # what the preview needs
)


def main() -> int:
    """Make sure of the packages, then hand over to Galley's command line."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file runs before anything has checked it
        return sorry(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    testing = "test" in sys.argv[1:2]
    os.environ.setdefault("GALLEY_PROG", "python build.py")
    if missing(testing):
        status = enter(testing)
        if status is not None:
            return status
    sys.path.insert(0, str(HERE))
    from galley.cli import main as galley

    return galley(home=HERE)


def missing(testing: bool) -> bool:
    """Whether a package that is needed cannot be imported."""
    wanted = (*NEEDED, *TESTS) if testing else NEEDED
    return not all(find_spec(name) for name in wanted)


def enter(testing: bool) -> "int | None":
    """Use the private environment: in this process where it is of this Python, else by running in it."""
    words = READY.read_text("utf-8").split() if READY.exists() else []
    if "run" not in words or (testing and "test" not in words):
        status = install(testing)
        if status:
            return status
    folder = f"python{sys.version_info.major}.{sys.version_info.minor}"
    packages = VENV / "Lib" / "site-packages" if os.name == "nt" else VENV / "lib" / folder / "site-packages"
    if packages.is_dir() and not testing:
        sys.path.insert(1, str(packages))
        return None
    return subprocess.call([python(), str(HERE / "build.py"), *sys.argv[1:]])


def install(testing: bool) -> int:
    """Make the private environment and install the project into it; 0 when it is ready."""
    doing = (
        "Installing what tests need" if READY.exists() else f"First run: making {VENV} and installing what is needed"
    )
    print(f"{doing} (a minute or two) ...", flush=True)
    try:
        import ensurepip  # noqa: F401 - its absence is Debian's way of leaving venv out
        import venv

        if not READY.exists():  # a complete one is added to, by its own Python
            venv.create(VENV, with_pip=True, clear=VENV.exists())
    except (ImportError, OSError, subprocess.CalledProcessError) as error:
        return sorry(
            f"Python's venv does not work here ({error}).",
            "On Debian and Ubuntu: apt install python3-venv; or install by yourself: pip install .",
        )
    if not installed(testing):
        return sorry("The packages could not be installed; pip's message stands above.")
    READY.write_text("run test\n" if testing else "run\n", "utf-8")
    print("Ready.", flush=True)
    return 0


def installed(testing: bool) -> bool:
    """Whether pip has installed the project and what it needs.

    Tests run with what the lock says, to the hash. An author's own run takes the newest within pyproject.toml's bounds,
    as `pip install` would: a lock that ages in a clone must not keep mended faults from whoever only sets an article.
    """
    pip = [python(), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if testing and LOCK.exists():
        locked = [*pip, "--require-hashes", "-r", str(LOCK)]
        run = subprocess.run(locked, stderr=subprocess.PIPE, text=True, encoding="utf-8", errors="replace")
        if run.returncode == 0:
            return subprocess.call([*pip, "--no-deps", "--no-build-isolation", "-e", str(HERE)]) == 0
        print(run.stderr, file=sys.stderr)
        if "DO NOT MATCH THE HASHES" in run.stderr:  # another file under a known name: never to be passed over
            return False
        print("The locked versions cannot be had here: taking the newest within bounds instead.", flush=True)
    target = f"{HERE}[test]" if testing else str(HERE)
    return subprocess.call([*pip, "-e", target]) == 0


def python() -> str:
    """The private environment's interpreter."""
    return str(VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))


def sorry(*lines: str) -> int:
    """Say what is the matter; the exit status for not being able to run."""
    print(*lines, sep="\n", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
