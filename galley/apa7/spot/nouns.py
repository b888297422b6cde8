"""What is found in prose: a typed citation and the works it names, each with its offsets."""

from __future__ import annotations

from typing import NamedTuple


class TypedWork(NamedTuple):
    """One work in a typed citation; offsets are those of the text it was found in, -1 where there is nothing.

    ``names`` are surnames, a group's name or a title as typed, without quotation marks; ``initials`` goes with
    them ("" for most). ``joint`` is what stands before the last name ("&", "and", "" ...), ``etal`` the words as
    typed. ``year`` is "2020", "n.d.", "in press" or "1953/1961", ``letter`` the "a" of 2020a. ``marked`` is
    "quoted" or "italic" where the name is a title. ``short`` is an abbreviation given with a group's name
    ("[APA]"). ``personal`` is a personal communication, which no list holds. ``slips`` are faults of form, such
    as "no-comma", "no-space", "and-inside", "ampersand-outside", "etal-stop", "etal-comma". ``number`` is that of a
    numbered style, else 0.
    """

    names: tuple[str, ...]
    year: str
    letter: str = ""
    initials: tuple[str, ...] = ()
    joint: str = ""
    etal: str = ""
    marked: str = ""
    short: str = ""
    prefix: str = ""
    locator: str = ""
    suffix: str = ""
    personal: bool = False
    slips: tuple[str, ...] = ()
    number: int = 0
    start: int = -1
    end: int = -1
    name_start: int = -1
    name_end: int = -1
    year_start: int = -1
    year_end: int = -1


class TypedCitation(NamedTuple):
    """A citation as typed, from its first to its last character (brackets included).

    A narrative one starts with its name and ends with the bracket. ``style`` is "author-date", "number" or "raised".
    """

    start: int
    end: int
    text: str
    works: tuple[TypedWork, ...]
    narrative: bool = False
    style: str = "author-date"
