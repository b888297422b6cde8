"""What a redline marks: words, and things that are never parted; paragraphs, lists, tables, code."""

import pytest
from said import redline

LONG = "This paragraph is long enough to be known again wherever it stands in the text that we compare."
OTHER = "Another paragraph of some length stands between the places and says what nobody else in it says."
THIRD = "The third of them closes the piece with sentences about rivers, bridges and the people who cross them."


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("One two three.", "One two three.", "One two three."),
        ("One two three.", "One new three.", "One [-two-][+new+] three."),
        ("One three.", "One two three.", "One[+ two+] three."),
        ("One two three.", "One three.", "One[- two-] three."),
        ("It ends here.", "It ends there.", "It ends [-here-][+there+]."),
        ("It ends here.", "It ends here!", "It ends here[-.-][+!+]"),
        ("A (good) try.", "A (bad) try.", "A ([-good-][+bad+]) try."),
        ("Ten words.", "Twelve words and more.", "[-Ten-][+Twelve+] words[+ and more+]."),
        ("A *slanted* word.", "A slanted word.", "A [=slanted=] word."),
        ("Where $x+1$ is.", "Where $x+2$ is.", "Where [-$x+1$-][+$x+2$+] is."),
        ("A note^[On old things.] here.", "A note^[On new things.] here.", "A note^(On [-old-][+new+] things.) here."),
        ("A note here.", "A note^[On it.] here.", "A note[+^(On it.)+] here."),
        ("See ![](a.png) it.", "See ![](b.png) it.", "See [-!a.png-][+!b.png+] it."),
        ("The $n$th one.", "The $n$st one.", "The [-$n$th-][+$n$st+] one."),
    ],
)
def test_words(old, new, wanted):
    assert redline(old, new) == wanted


def test_a_paragraph_that_is_new_or_gone():
    assert redline(f"{LONG}\n\n{THIRD}", f"{LONG}\n\n{OTHER}\n\n{THIRD}") == f"{LONG}\n[+{OTHER}+]\n{THIRD}"
    assert redline(f"{LONG}\n\n{OTHER}\n\n{THIRD}", f"{LONG}\n\n{THIRD}") == f"{LONG}\n[-{OTHER}-]\n{THIRD}"


def test_a_moved_paragraph_is_shown_at_both_places():
    old, new = f"{LONG}\n\n{OTHER}\n\n{THIRD}", f"{OTHER}\n\n{THIRD}\n\n{LONG}"
    assert redline(old, new) == f"<<{LONG}<<\n{OTHER}\n{THIRD}\n>>{LONG}>>"


def test_what_changed_in_a_moved_paragraph_is_marked_in_it():
    edited = LONG.replace("known again", "recognised")
    marked = redline(f"{LONG}\n\n{OTHER}\n\n{THIRD}", f"{OTHER}\n\n{THIRD}\n\n{edited}")
    assert marked.startswith("<<")
    assert "[-known again-]" in marked.splitlines()[0]
    assert marked.endswith(">>")
    assert "[+recognised+]" in marked.splitlines()[-1]


def test_a_paragraph_that_was_split_or_joined():
    whole = f"{LONG} {OTHER}"
    assert redline(whole, f"{LONG}\n\n{OTHER}") == f"{LONG}[+¶+]\n[- -]{OTHER}"
    assert redline(f"{LONG}\n\n{OTHER}", whole) == f"{LONG}[-¶-]\n[+ +]{OTHER}"


def test_items_of_lists_are_paired():
    old, new = "- apples and pears\n- plums and cherries", "- apples and pears\n- quinces\n- plums and berries"
    assert redline(old, new) == "- apples and pears\n- [+quinces+]\n- plums and [-cherries-][+berries+]"


def _table(*rows):
    head, *rest = (f"| {' | '.join(row)} |" for row in rows)
    return "\n".join([head, "|" + "---|" * len(rows[0]), *rest])


def test_cells_rows_and_columns_of_tables():
    head, one, two, three = ("Name", "Low", "High"), ("red", "1", "5"), ("green", "2", "6"), ("blue", "3", "7")
    assert redline(_table(head, one, two), _table(head, one, ("green", "2", "9"))).endswith("|green|2|[-6-][+9+]|")
    assert redline(_table(head, one, two), _table(head, one, three, two)).splitlines()[2].startswith("+|[+blue+]")
    assert redline(_table(head, one, two, three), _table(head, one, three)).splitlines()[2].startswith("-|[-green-]")
    wide = [(*row, extra) for row, extra in zip((head, one, two), ("Unit", "cm", "mm"), strict=True)]
    lines = redline(_table(head, one, two), _table(*wide)).splitlines()
    assert lines == ["|Name|Low|High|+[+Unit+]|", "|red|1|5|+[+cm+]|", "|green|2|6|+[+mm+]|"]
    narrow = [(row[0], row[2]) for row in (head, one, two)]
    assert redline(_table(head, one, two), _table(*narrow)).splitlines()[1] == "|red|-[-1-]|5|"


def test_lines_of_code():
    old, new = "```\na = 1\nb = 2\nc = 3\n```", "```\na = 1\nb = 7\nc = 3\n```"
    assert redline(old, new) == "`a = 1`\n[-`b = 2`-]\n[+`b = 7`+]\n`c = 3`"


def test_little_words_between_large_changes_are_marked_too_as_far_as_there_is_room():
    old = f"{LONG} {OTHER} Alpha beta gamma delta and epsilon zeta eta theta. {THIRD}"
    new = f"{LONG} {OTHER} Iota kappa lambda mu and nu xi omicron pi. {THIRD}"
    assert "[-Alpha beta gamma delta-][+Iota kappa lambda mu+] and" in redline(old, new)


def test_a_heading_is_compared_and_so_is_its_level():
    assert redline("# The old method", "## The new method") == "The [-old-][+new+] method"
