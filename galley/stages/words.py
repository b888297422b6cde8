"""The words for numbered objects in the manuscript's language, and those by which authors name them in running text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from galley.patterns import pattern

ONE: Mapping[str, Mapping[str, str]] = {
    "figure": {"en": "Figure", "de": "Abbildung", "es": "Figura", "fr": "Figure", "pt": "Figura", "tr": "Şekil"}
    | {"it": "Figura", "nl": "Figuur", "ur": "شکل", "ar": "الشكل"},
    "table": {"en": "Table", "de": "Tabelle", "es": "Tabla", "fr": "Tableau", "pt": "Tabela", "tr": "Tablo"}
    | {"it": "Tabella", "nl": "Tabel", "ur": "جدول", "ar": "الجدول"},
    "equation": {"en": "Equation", "de": "Gleichung", "es": "Ecuación", "fr": "Équation", "pt": "Equação"}
    | {"tr": "Denklem", "it": "Equazione", "nl": "Vergelijking", "ur": "مساوات", "ar": "المعادلة"},
    "section": {"en": "Section", "de": "Abschnitt", "es": "Sección", "fr": "Section", "pt": "Seção", "tr": "Bölüm"}
    | {"it": "Sezione", "nl": "Paragraaf", "ur": "حصہ", "ar": "القسم"},
    "appendix": {"en": "Appendix", "de": "Anhang", "es": "Apéndice", "fr": "Annexe", "pt": "Apêndice", "tr": "Ek"}
    | {"it": "Appendice", "nl": "Bijlage", "ur": "ضمیمہ", "ar": "الملحق"},
    "listing": {"en": "Listing", "de": "Listing", "es": "Listado", "fr": "Listing", "pt": "Listagem", "tr": "Liste"}
    | {"it": "Listato", "nl": "Listing", "ur": "فہرست", "ar": "القائمة"},
}
SEVERAL: Mapping[str, Mapping[str, str]] = {
    "figure": {"en": "Figures", "de": "Abbildungen", "es": "Figuras", "fr": "Figures", "pt": "Figuras"}
    | {"it": "Figure", "nl": "Figuren", "ar": "الأشكال"},
    "table": {"en": "Tables", "de": "Tabellen", "es": "Tablas", "fr": "Tableaux", "pt": "Tabelas"}
    | {"it": "Tabelle", "nl": "Tabellen", "ar": "الجداول"},
    "equation": {"en": "Equations", "de": "Gleichungen", "es": "Ecuaciones", "fr": "Équations", "pt": "Equações"}
    | {"it": "Equazioni", "nl": "Vergelijkingen", "ar": "المعادلات"},
    "section": {"en": "Sections", "de": "Abschnitte", "es": "Secciones", "fr": "Sections", "pt": "Seções"}
    | {"it": "Sezioni", "nl": "Paragrafen", "ar": "الأقسام"},
    "appendix": {"en": "Appendices", "de": "Anhänge", "es": "Apéndices", "fr": "Annexes", "pt": "Apêndices"}
    | {"it": "Appendici", "nl": "Bijlagen", "ar": "الملاحق"},
    "listing": {"en": "Listings", "de": "Listings", "es": "Listados", "fr": "Listings", "pt": "Listagens"}
    | {"it": "Listati", "nl": "Listings", "ar": "القوائم"},
}
AND: Mapping[str, str] = {"en": "and", "de": "und", "es": "y", "fr": "et", "pt": "e", "tr": "ve", "it": "e", "nl": "en"}
AND_ARABIC: Mapping[str, str] = {"ur": "اور", "ar": "و"}
NOTE = {"note", "notes", "anmerkung", "anmerkungen", "nota", "notas", "remarque", "not", "opmerking", "نوٹ", "ملاحظة"}
"""The words under a table or figure that begin its notes (APA 7 §7.14)."""
SHORT = {
    "figure": ("fig", "figs", "abb", "şek"),
    "table": ("tab", "tabs", "tbl", "tbls"),
    "equation": ("eq", "eqs", "eqn", "eqns", "gl", "ec"),
    "section": ("sec", "secs", "sect", "sects", "§", "§§", "chapter", "chapters", "kapitel", "chap"),
    "appendix": ("app", "apps", "appendixes", "supplement"),
    "listing": ("lst", "code", "algorithm", "snippet"),
}


def word(kind: str, lang: str, several: bool = False) -> str:
    """The word for a kind of object, as "Figure" or "Figures"; English where the language is not known."""
    code = language(lang)
    table = SEVERAL if several and (code in SEVERAL[kind] or code not in ONE[kind]) else ONE
    return table[kind].get(code) or table[kind]["en"]


def conjunction(lang: str) -> str:
    """The word between the last two things of a list."""
    code = language(lang)
    return AND.get(code) or AND_ARABIC.get(code) or AND["en"]


def language(lang: str) -> str:
    """The first part of a language tag."""
    return lang.split("-")[0].lower()


def _names(kind: str) -> str:
    words = {*ONE[kind].values(), *SEVERAL[kind].values(), *SHORT[kind]}
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


NAMED = {kind: pattern(rf"(?:^|[^\w])(?:{_names(kind)})\.?$", re.IGNORECASE) for kind in ONE}
"""For each kind, whether words end in one that names it, as authors write before a number: "see Fig."."""
TYPED = {
    kind: pattern(rf"^(?:{_names(kind)})\.?[\s\u00a0]*([A-Z]?\d+[a-z]?)(?:[.:)]|[\s\u00a0]*[–—-])?[\s\u00a0]+", re.I)
    for kind in ONE
}
"""For each kind, a label typed by hand at the start of a caption: "Fig. 1: "."""
SAID = pattern(
    r"([^\W\d_]{3,})\.?[\s\u00a0]{1,2}"
    r"([A-Z]?\d+(?:[a-z]?(?:[\s\u00a0]*(?:,|–|-|&|and|und|et|y|e)[\s\u00a0]*)+[A-Z]?\d+)*)"
)
"""A word and numbers after it, typed by hand in running text: "Figs. 1 and 2"."""


@cache
def kinds_said() -> Mapping[str, str]:
    """The words, in small letters, by which a figure, table or listing is named before its number."""
    kinds = ("figure", "table", "listing")
    return {
        name.lower(): kind for kind in kinds for name in (*ONE[kind].values(), *SEVERAL[kind].values(), *SHORT[kind])
    }
