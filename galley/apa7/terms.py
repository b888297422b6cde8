"""The words the engine adds, one table a language; English is complete, the others fall back on it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Terms(NamedTuple):
    """One language's terms; a role or medium is (singular, plural), its short form under the key + "."."""

    language: str
    and_: str = "and"
    ampersand: str = "&"
    et_al: str = "et al."
    no_date: str = "n.d."
    in_press: str = "in press"
    circa: str = "ca."
    bce: str = "B.C.E."
    ce: str = "C.E."
    present: str = "present"
    in_: str = "In"
    on: str = "On"
    by: str = "by"
    with_: str = "with"
    retrieved: str = "Retrieved {date}, from"
    original: str = "Original work published"
    reprinted: str = "Reprinted from"
    edition: str = "{nth} ed."
    revised: str = "Rev. ed."
    page: str = "p."
    pages: str = "pp."
    volume: str = "Vol."
    volumes: str = "Vols."
    part: str = "Pt."
    number: str = "No."
    article: str = "Article"
    version: str = "Version"
    season: str = "Season"
    episode: str = "Episode"
    publication: str = "Publication"
    quotes: tuple[str, str, str, str] = ("“", "”", "‘", "’")
    comma: str = ","
    serial: bool = True  # a comma before the ampersand of a name list
    letters: str = "abcdefghijklmnopqrstuvwxyz"
    months: tuple[str, ...] = ()
    seasons: tuple[str, str, str, str] = ("Spring", "Summer", "Fall", "Winter")
    month_day: str = "{month} {day}"
    month_days: str = "{month} {first}–{last}"
    year_day: str = "{year}, {rest}"
    retrieval_day: str = "{month} {day}, {year}"
    words: Mapping[str, str] = MappingProxyType({})
    nth: str = "english"

    def day(self, month: int, day: int) -> str:
        """Print month and day, or the month alone where ``day`` is 0."""
        name = self.months[month - 1]
        return self.month_day.format(month=name, day=day) if day else name

    def day_span(self, month: int, first: int, last: int) -> str:
        """Print two days of one month."""
        return self.month_days.format(month=self.months[month - 1], first=first, last=last)

    def long_date(self, year: int, rest: str) -> str:
        """Print year first, as the date element does."""
        return self.year_day.format(year=year, rest=rest)

    def ordinal(self, number: int) -> str:
        """Print an ordinal number as the language's editions need it."""
        if self.nth != "english":
            return self.nth.format(n=number)
        if 10 <= number % 100 <= 20:
            return f"{number}th"
        return f"{number}{({1: 'st', 2: 'nd', 3: 'rd'}).get(number % 10, 'th')}"

    def word(self, key: str) -> str:
        """Give the word for a role, medium or other localisation key, or "" where there is none."""
        return self.words.get(key) or ENGLISH_WORDS.get(key, "")


ENGLISH_WORDS: Mapping[str, str] = {
    # roles: in the author's place, and with a point the short form used after a title
    "editor": "Ed.", "editors": "Eds.", "translator": "Trans.", "translators": "Trans.",
    "narrator": "Narr.", "narrators": "Narrs.", "chair": "Chair", "chairs": "Chairs",
    "typechair": "Chair", "typechairs": "Chairs", "typevolume": "Vol. Ed.", "typevolumes": "Vol. Eds.",
    "typeseries": "Series Ed.", "typeseriess": "Series Eds.",
    "typevolseries": "Series & Vol. Ed.", "typevolseriess": "Series & Vol. Eds.",
    "director": "Director", "directors": "Directors", "director.": "Dir.", "directors.": "Dirs.",
    "writer": "Writer", "writers": "Writers", "producer": "Producer", "producers": "Producers",
    "execproducer": "Executive Producer", "execproducers": "Executive Producers",
    "execproducer.": "Exec. Prod.", "execproducers.": "Exec. Prods.",
    "execdirector": "Executive Director", "execdirectors": "Executive Directors",
    "host": "Host", "hosts": "Hosts", "guestexpert": "Guest Expert", "guestexperts": "Guest Experts",
    "artist": "Artist", "artists": "Artists", "photographer": "Photographer", "conductor": "Conductor",
    "composer": "Composer", "interviewer": "Interviewer", "interviewers": "Interviewers",
    "illustrator": "Illus.", "illustrators": "Illus.", "compiler": "Comp.", "compilers": "Comps.",
    "reviser": "Rev.", "foreword": "Foreword by", "showrunner": "Showrunner", "showrunners": "Showrunners",
    "collaborator": "Collaborator", "collaborators": "Collaborators", "founder": "Founder",
    "principalinvestigator": "Principal Investigator", "principalinvestigators": "Principal Investigators",
    # media: the description in brackets
    "film": "Film", "movie": "Film", "documentary": "Film", "video": "Video", "tvseries": "TV series",
    "tvepisode": "TV series episode", "webisode": "Webisode", "webinar": "Webinar", "tedtalk": "Video",
    "podcast": "Audio podcast", "podcastepisode": "Audio podcast episode", "videopodcast": "Video podcast",
    "videopodcastepisode": "Video podcast episode", "song": "Song", "album": "Album",
    "radiobroadcast": "Radio broadcast", "interview": "Interview", "speech": "Speech audio recording",
    "map": "Map", "photograph": "Photograph", "photographs": "Photographs", "painting": "Painting",
    "lithograph": "Lithograph", "sculpture": "Sculpture", "drawing": "Drawing", "artwork": "Artwork",
    "powerpoint": "Powerpoint slides", "slides": "Slides", "lecturenotes": "Lecture notes",
    "infographic": "Infographic",
    "cartoon": "Cartoon", "clipart": "Clip art", "mobileapp": "Mobile app", "software": "Computer software",
    "dataset": "Data set", "rawdata": "Unpublished raw data", "audiobook": "Audiobook", "tweet": "Tweet",
    "editorial": "Editorial", "letter": "Letter to the editor", "abstract": "Abstract", "blogpost": "Blog post",
    "paper": "Paper presentation", "poster": "Poster presentation", "symposium": "Symposium",
    "keynote": "Keynote address", "manunpub": "Unpublished manuscript", "preprint": "Preprint",
    "maninprep": "Manuscript in preparation", "mansub": "Manuscript submitted for publication",
    "phdthesis": "Doctoral dissertation", "mathesis": "Master’s thesis", "mastersthesis": "Master’s thesis",
    "bathesis": "Bachelor’s thesis", "candthesis": "Candidate thesis", "thesis": "Thesis",
    "unpublished": "Unpublished {}", "techreport": "Technical Report", "resreport": "Research Report",
    "datacd": "Data CD", "audiocd": "Audio CD", "patentus": "U.S. Patent", "patenteu": "European Patent",
    "patentuk": "British Patent", "patentde": "German Patent", "patentfr": "French Patent", "patent": "Patent",
    "patreq": "Patent application",
    # work related to another
    "reviewof": "Review of",
    "commenton": "Comment on", "retractionof": "Retraction of", "retraction": "Retraction published",
    "advance": "Advance online publication", "inreview": "Manuscript submitted for publication",
    "interviewby": "Interview by", "supplement": "Suppl.",
}  # fmt: skip
