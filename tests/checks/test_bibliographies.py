"""A bibliography with every fault that its fields can have, and all that is said of it: ``told/entries.txt``."""

from pathlib import Path

from galley import press
from galley.checks import entries

TOLD = Path(__file__).parent / "told"


def test_what_is_said_of_a_bibliography(tmp_path, golden):
    (tmp_path / "article.md").write_text(
        "---\ntitle: Beds\nbibliography: references.bib\n---\n\nSee @sound.\n", "utf-8"
    )
    (tmp_path / "references.bib").write_bytes((TOLD / "entries.bib").read_bytes())
    document = press.settled(tmp_path)
    rows = []
    for one in entries.fields(document, press.themed(document)):
        assert one.place.file.name.endswith(".bib")
        key = one.place.file.text[: one.place.start].rpartition("\n@")[2].partition("{")[2].partition(",")[0]
        rows.append(f"{key} {one.place.column} {one.severity.value} {one.code}: {one.message}\n    do: {one.hint}")
    golden(TOLD / "entries.txt", "\n".join(rows) + "\n")
