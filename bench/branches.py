"""Which branches of the readers, stages and checks no test takes: `python bench/branches.py [TESTS ...]`.

Needs the package `coverage`. Processes that tests start are measured too. Prints, for each wing, the share of its
statements and of its branches that were taken, then every file with what was not.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WINGS = ("reading", "stages", "checks")
TESTS = ("reading", "stages", "checks", "test_faults.py", "typed", "review", "issue", "redline", "merging")
"""What tests these rooms by themselves; ``python bench/branches.py tests`` measures the whole suite."""
SETTINGS = """
[run]
branch = true
parallel = true
data_file = {folder}/data
patch = subprocess
disable_warnings = no-data-collected, module-not-measured
source = {sources}
[report]
exclude_also =
    if TYPE_CHECKING:
    ^\\s*\\.\\.\\.$
"""


def main(words: list[str]) -> int:
    """Run the tests that are named, or those of the rooms, and print the table."""
    tests = words or [f"tests/{name}" for name in TESTS]
    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder) / "coveragerc"
        sources = ",".join(str(ROOT / "galley" / wing) for wing in WINGS)
        settings.write_text(SETTINGS.format(folder=folder, sources=sources), "utf-8")
        coverage = (sys.executable, "-m", "coverage")
        # A test may fail that depends on its own time; the branches it took are counted all the same.
        pytest = ("-m", "pytest", "-q", "-p", "no:cacheprovider", *tests)
        subprocess.run([*coverage, "run", f"--rcfile={settings}", *pytest], cwd=ROOT, check=False)
        subprocess.run([*coverage, "combine", "-q", f"--rcfile={settings}"], cwd=ROOT, check=True)
        told = Path(folder) / "told.json"
        subprocess.run([*coverage, "json", "-q", f"--rcfile={settings}", "-o", str(told)], cwd=ROOT, check=True)
        files = json.loads(told.read_text("utf-8"))["files"]
    _print(files)
    return 0


def _print(files: dict[str, dict[str, object]]) -> None:
    """The table of wings, then what no test reached."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for path, one in files.items():
        wing = next(part for part in Path(path).parts if part in WINGS)
        told = one["summary"]
        counts = ("covered_lines", "num_statements", "covered_branches", "num_branches")
        for place, count in enumerate(counts):
            sums[wing][place] += told[count]
    print("| wing | statements | branches |\n| --- | --- | --- |")
    for wing in WINGS:
        lines, of_lines, branches, of_branches = sums[wing]
        print(
            f"| {wing} | {lines} of {of_lines}, {100 * lines / of_lines:.1f} % "
            f"| {branches} of {of_branches}, {100 * branches / of_branches:.1f} % |"
        )
    for path, one in sorted(files.items()):
        missing = one["missing_branches"]
        if missing or one["missing_lines"]:
            name = Path(path).relative_to(ROOT) if Path(path).is_absolute() else path
            print(f"{name}: lines {one['missing_lines']}; branches {' '.join(f'{a}->{b}' for a, b in missing)}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
