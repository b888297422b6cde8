"""A Word file that came back to a manuscript that has changed meanwhile, or had suggestions open when it went out."""

from __future__ import annotations

from editors_hand import Hand
from returned_article import ARTICLE, BARE, TRACKED, replaced
from word_trip import exported

from galley.returning import merged


def test_edits_find_their_place_in_a_manuscript_that_has_changed(project):
    hand = Hand(exported(project), 1)
    replaced("It is soon over", "It is never over", TRACKED)(hand)
    replaced("stands alone", "stands apart", BARE)(hand)
    file = project.parent / "returned.docx"
    file.write_bytes(hand.saved())
    article = project / "manuscript" / "article.md"
    changed = ARTICLE.replace(
        "# Beds and banks {#beds}\n", "# Beds {#beds}\n\nA paragraph of the author's, new since.\n"
    )
    article.write_text(changed, "utf-8")
    found = merged(file, project)
    (content,) = found.files.values()
    text = content.decode()
    assert "{~~It is soon over~>It is never over~~}" in text
    assert "{~~alone~>apart~~}{>>@untracked<<}" in text
    assert "A paragraph of the author's, new since." in text
    assert found.findings == ()


OPEN = """

Rivers {++are ++}wide and {--not --}deep. They {~~run~>flow~~} on.

{++A paragraph more.++}

Another stands {==here==}{>>where?<<}. And one{>>bare<<} more {++of ++}{>>Ann 2026-02-02<<}us{>>Ann 2026-02-03: so<<}.
"""


REMARK = "{>>Ann 2026-02-03: so<<}"


def test_suggestions_that_were_open_when_the_file_went_out_are_not_made_again(project, returned):
    """Signed or not: Word wants a name and a day where the manuscript has none."""
    assert merged(returned(OPEN), project).files == {}


SIGNED = """

One {++now++}{>>Ann 2026-02-02: why<<} says {--less--}{>>@Ann<<} of {~~it~>this~~}{>>Ann 2026-02-02T10:20:30Z<<}.

{++A paragraph.++}{>>Ann 2026-02-02: why not<<}

| a | b |
|---|---|
| c | d |

Two {==things==}{>>@Roe: these?<<} and what {>>@Poe: so?<<} ends in a question {>>@author: which year?<<}
"""


def test_notes_of_changes_remarks_without_a_day_and_hours_are_not_made_again(project, returned):
    """Word keeps a change and what is said of it apart, wants a day, and leaves a blank before a remark at the end."""
    assert merged(returned(SIGNED), project).files == {}


def test_the_same_remark_made_once_more_is_another(project, returned):
    file = returned(f"\nOne{REMARK} and two{REMARK} of them.\n")
    article = project / "manuscript" / "article.md"
    article.write_text(f"{ARTICLE}\nOne{REMARK} and two of them.\n", "utf-8")
    assert merged(file, project).files[article].decode().count(REMARK) == 2
