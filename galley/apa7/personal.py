"""Personal communications: letters, talks and messages that no reader can retrieve (APA 7 §8.9).

They are cited in the text with the day, and have no place in the reference list.
"""

from __future__ import annotations

from typing import Final

from .date import month_day, published, year
from .entry import Entry
from .latex import plain
from .terms import Terms

_TYPES: Final = frozenset({"personalcommunication", "personal_communication", "letter", "email", "communication"})
_SAID: Final = ("entrysubtype", "type", "howpublished", "keywords", "note", "titleaddon", "pubstate")
_FOUND: Final = (
    "url",
    "doi",
    "publisher",
    "journaltitle",
    "journal",
    "library",
    "institution",
    "booktitle",
    "eprint",
)
_TERMS: Final = {
    "en": "personal communication",
    "de": "persönliche Mitteilung",
    "es": "comunicación personal",
    "fr": "communication personnelle",
    "pt": "comunicação pessoal",
    "tr": "kişisel iletişim",
    "ur": "ذاتی مراسلت",
    "ar": "اتصال شخصي",
}


def is_personal(entry: Entry) -> bool:
    """Say whether an entry is a personal communication: it says so, or is a letter that no archive keeps."""
    fields = entry.fields
    if entry.type in _TYPES and not any(fields.get(name) for name in _FOUND):
        return True
    return any("personal" in said.casefold() and _says(said) for name in _SAID if (said := fields.get(name)))


def _says(value: str) -> bool:
    text = "".join(char for char in plain(value).casefold() if char.isalpha())
    return "personalcommunication" in text or "personalcorrespondence" in text


def listed(entry: Entry) -> bool:
    """Say whether a cited entry belongs in the reference list."""
    return not is_personal(entry)


def personal_date(entry: Entry, terms: Terms) -> str:
    """Print what follows the name: "personal communication, June 4, 2020"."""
    word = _TERMS.get(terms.language, _TERMS["en"])
    when = published(entry)
    if when is None or when.start is None:
        return f"{word}, {terms.no_date}" if when is None or not when.text else f"{word}, {when.text}"
    start = when.start
    text = year(when, terms)
    if start.month and start.day and start.month <= 12 and when.end is None:
        month = terms.months[start.month - 1]
        text = terms.retrieval_day.format(month=month, day=start.day, year=text)
    elif part := month_day(when, terms):
        text = f"{part}{', ' if start.day else ' '}{text}"
    return f"{word}, {text}"
