"""What is bound into an issue's PDF: objects renumbered without a word of the authors' touched, tags under one root."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galley.formats.pdfbinding import bind
from galley.formats.pdfmoving import Move
from galley.formats.pdfobjects import named, objects, parts
from galley.formats.pdfoutline import Piece
from galley.report import Fault

NUMBERS = {1: 11, 2: 12, 30: 40}
SIGNS = {b"%d" % old: b"%d" % new for old, new in NUMBERS.items()}


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (b"<</P 1 0 R/K[2 0 R 3<</Obj 30 0 R>>]>>", b"<</P 11 0 R/K[12 0 R 3<</Obj 40 0 R>>]>>"),
        (b"<</Alt(see 1 0 R)/P 1 0 R>>", b"<</Alt(see 1 0 R)/P 11 0 R>>"),
        (b"<</Alt(a (1 0 R\\) b) /Dest(x\\())/P 1 0 R>>", b"<</Alt(a (1 0 R\\) b) /Dest(x\\())/P 11 0 R>>"),
        (b"<</Dest(one)/StructParent 3/Contents(to /Dest)>>", b"<</Dest(a:one)/StructParent 8/Contents(to /Dest)>>"),
        (b"<</Dest<C3BC>/P 1 0 R>>", b"<</Dest<613aC3BC>/P 11 0 R>>"),
        (b"<</ID(U1x0y0)/A[<</Headers[(U1)(U2)]>>]/T(U1)>>", b"<</ID(a:U1x0y0)/A[<</Headers[(a:U1)(a:U2)]>>]/T(U1)>>"),
        (b"<</T(a (b (c 1 0 R)) d)/Dest(x(y(z)))/P 1 0 R>>", b"<</T(a (b (c 1 0 R)) d)/Dest(a:x(y(z)))/P 11 0 R>>"),
        (b"<</T(/StructParent 1 /StructElem/S/H1/)/P 1 0 R>>", b"<</T(/StructParent 1 /StructElem/S/H1/)/P 11 0 R>>"),
    ],
)  # fmt: skip
def test_references_are_renumbered_and_names_marked_but_no_words(given, wanted):
    assert Move(NUMBERS, 5, b"a:").head(given, SIGNS) == wanted


@given(st.lists(st.sampled_from([b"(", b")", b"\\", b"a", b"1 0 R ", b"/Dest"]), max_size=30))
def test_parts_put_together_are_the_whole(pieces):
    text = b"".join(pieces)
    assert b"".join(part for _, part in parts(text)) == text


def test_a_tree_of_names_is_read_with_its_escapes():
    text = b"/Dests<</Names[(a\\(b\\))1 0 R<C3BC>2 0 R(c]d)30 0 R]>>/Other[7 0 R]"
    assert named(text) == [(b"a(b)", 1), ("ü".encode(), 2), (b"c]d", 30)]


@pytest.mark.parametrize("pdf", [b"", b"%PDF-1.7\n", b"%PDF-1.7\nstartxref\n3\n%%EOF", b"startxref x"])
def test_what_is_no_pdf_of_ours_is_refused(pdf):
    with pytest.raises(Fault) as caught:
        objects(pdf)
    assert caught.value.diagnostics[0].code == "issue-pdf"
    with pytest.raises(Fault):
        list(bind(pdf, [Piece("a", lambda: pdf, "A", 1, "")]))
