"""Typed works and the entries they mean: exactly, nearly, by a title or an abbreviation, or not at all."""

from __future__ import annotations

import pytest

from .typescripts import LIST, resolved


def kinds(text: str, listed: tuple[str, ...] = LIST) -> list[tuple[str, str]]:
    """For each work cited, how it is linked and the beginning of its entry."""
    got = resolved(text, listed)
    return [(link.kind, got.listed[link.listed].text.split(".")[0] if link.listed >= 0 else "") for link in got.links]


@pytest.mark.parametrize(
    ("text", "kind", "entry"),
    [
        ("(Smith & Jones, 2020)", "exact", "Smith, J"),
        ("Smith and Jones’s (2020)", "exact", "Smith, J"),
        ("(Smyth & Jones, 2020)", "name", "Smith, J"),
        ("(Smith & Jnoes, 2020)", "name", "Smith, J"),
        ("(Jones & Smith, 2020)", "order", "Smith, J"),
        ("(Smith & Jones, 2019)", "year", "Smith, J"),
        ("(Smith & Brown, 2020)", "coauthor", "Smith, J"),
        ("(Smith, 2020)", "coauthor", "Smith, J"),
        ("(Smith et al., 2020)", "etal", "Smith, J"),
        ("(Gonzalez et al., 2018)", "accent", "González, M"),
        ("(González et al., 2018)", "exact", "González, M"),
        ("(González, Łąka, & Żak, 2018)", "exact", "González, M"),
        ("(Mueller, 2011)", "accent", "Müller, K"),
        ("(Van Der Berg, 2012)", "exact", "van der Berg, A"),
        ("(Berg, 2012)", "exact", "van der Berg, A"),
        ("(Vander Berg, 2012)", "split", "van der Berg, A"),
        ("(Lee, 2015a)", "exact", "Lee, A"),
        ("(Lee, 2015c)", "letter", "Lee, A"),
        ("(Müller, 2011b)", "letter", "Müller, K"),
        ("(World Health Organization, 2019)", "exact", "World Health Organization"),
        ("(WHO, 2019)", "short", "World Health Organization"),
        ("(Department of Veteran Affairs, 2017)", "form", "U"),
        ("(“Understanding Sensory Memory,” 2018)", "exact", "Understanding sensory memory: A primer"),
        ("(“Understanding Sensorymemory,” 2018)", "split", "Understanding sensory memory: A primer"),
        ("(“Statistical Power for All,” 2011)", "title", "Müller, K"),
        ("(J. Brown, 2016)", "exact", "Brown, J"),
        ("(T. Brown, 2016)", "exact", "Brown, T"),
        ("John Smith and Jones (2020)", "exact", "Smith, J"),
        ("(Freud, 1923)", "exact", "Freud, S"),
        ("(Freud, 1923/1961)", "exact", "Freud, S"),
        ("(Zhou, n.d.)", "exact", "Zhou, P"),
    ],
)
def test_a_work_is_linked_to_the_entry_it_means(text: str, kind: str, entry: str) -> None:
    assert kinds(f"So it was {text}.") == [(kind, entry)]


@pytest.mark.parametrize(
    "text", ["(Nobody, 2020)", "(Smith & Jones, n.d.)", "(Smith & Brown, 1950)", "(Zhang, 1999)", "(Leo, 2015)"]
)
def test_what_nothing_answers_is_missing(text: str) -> None:
    assert kinds(f"So it was {text}.") in ([("missing", "")], [("year", "Smith, J")])
    assert kinds("So it was (Nobody, 2020).") == [("missing", "")]


def test_a_letter_left_out_is_ambiguous_and_names_both() -> None:
    got = resolved("So it was (Lee, 2015).", LIST)
    assert [link.kind for link in got.links] == ["ambiguous"]
    assert len(got.links[0].others) == 1


def test_an_exact_entry_wins_over_a_near_one() -> None:
    listed = ("Lee, A. (2001). One. Press.", "Leo, A. (2001). Two. Press.", "Lee, A., & Leo, B. (2001). Three. Press.")
    assert kinds("(Lee, 2001), (Leo, 2001), (Lee & Leo, 2001)", listed) == [
        ("exact", "Lee, A"),
        ("exact", "Leo, A"),
        ("exact", "Lee, A"),
    ]
    got = resolved("(Lee, 2001), (Leo, 2001), (Lee & Leo, 2001)", listed)
    assert [link.listed for link in got.links] == [0, 1, 2]


def test_a_misspelt_name_goes_to_the_entry_that_nothing_else_cites() -> None:
    listed = ("Bergman, A. (2001). One. Press.", "Bergmann, A. (2001). Two. Press.")
    got = resolved("(Bergman, 2001) and (Berrgmann, 2001)", listed)
    assert [(link.kind, link.listed) for link in got.links] == [("exact", 0), ("name", 1)]
    assert got.uncited == ()


def test_et_al_tells_entries_apart_by_the_names_before_it() -> None:
    listed = (
        "Kapoor, A., Bloom, B., Montez, C., & Warner, D. (2017). One. Press.",
        "Kapoor, A., Bloom, B., Zucker, C., & Warner, D. (2017). Two. Press.",
    )
    got = resolved("Kapoor, Bloom, Zucker, et al. (2017) and (Kapoor et al., 2017)", listed)
    assert [(link.kind, link.listed) for link in got.links] == [("exact", 1), ("ambiguous", 0)]


def test_messages_and_works_at_second_hand_need_no_entry() -> None:
    got = resolved("(J. Poe, personal communication, May 1, 2020) and (Rabbitt, 1982, as cited in Lee, 2015a)", LIST)
    assert [(link.citation, link.work, link.kind) for link in got.links] == [(1, 1, "exact")]


def test_an_abbreviation_given_with_the_name_is_known_afterwards() -> None:
    listed = ("Federal Institute for Woods. (2010). Trees. Press.",)
    got = resolved("(Federal Institute for Woods [WOODY], 2010), later (WOODY, 2010)", listed)
    assert [(link.kind, link.listed) for link in got.links] == [("exact", 0), ("short", 0)]


def test_an_entry_that_nothing_cites_is_told() -> None:
    got = resolved("Only (Smith & Jones, 2020) and (Zhou, n.d.).", LIST)
    assert [got.listed[at].text.split(".")[0] for at in got.uncited][:2] == ["Brown, J", "Brown, T"]
    assert len(got.uncited) == len(LIST) - 2


def test_an_empty_list_and_an_empty_text_are_no_trouble() -> None:
    assert [link.kind for link in resolved("(Smith, 2020)", ()).links] == ["missing"]
    assert resolved("", LIST).links == ()
    assert resolved("", ()).uncited == ()
