"""References in form, one of each kind that APA 7 chapters 9-11 know; invented, so that nobody is misquoted."""

from pathlib import Path

_PAGE = Path(__file__).parent / "cases" / "inform.md"
REFERENCES = tuple(
    line for line in _PAGE.read_text("utf-8").split("\n") if line.strip() and not line.startswith(("    ", "# "))
)
