"""What a typed reference is read as: a biblatex entry, what is sure of it, and what was not understood."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Stretch(NamedTuple):
    """A stretch of a typed reference in one face."""

    text: str
    italic: bool = False


class Parsed(NamedTuple):
    """A typed reference understood.

    ``type`` is biblatex's ("article", "book", "incollection", "online" ...). ``fields`` are biblatex's as plain
    Unicode text: author and editor as "Family, Given and Family, Given" with a group in braces, ``date`` as
    "2022-08-02", ``title``, ``journaltitle``, ``booktitle``, ``volume``, ``number``, ``pages``, ``publisher``,
    ``doi`` (bare), ``url`` ... ``letter`` is the "a" of 2020a. ``at`` tells where each field was read, as [start,
    end) of the text. ``leftover`` is text of the reference that no field holds. ``slips`` are faults of form that
    reading noticed, as (code, start, end). ``sure`` is how sure the reading is, from 0 to 1. ``emphasis`` are the
    stretches [start, end) of a field's value that alone in it are italic: a species in the title of an article.
    """

    type: str
    fields: Mapping[str, str]
    letter: str = ""
    at: Mapping[str, tuple[int, int]] = {}
    leftover: tuple[str, ...] = ()
    slips: tuple[tuple[str, int, int], ...] = ()
    sure: float = 1.0
    emphasis: Mapping[str, tuple[tuple[int, int], ...]] = {}
