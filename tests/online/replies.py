"""Answers in the shapes that the services document, about works that do not exist."""

CROSSREF = {
    "status": "ok",
    "message-type": "work",
    "message-version": "1.0.0",
    "message": {
        "DOI": "10.5555/tides.1",
        "type": "journal-article",
        "title": ["A study of <i>Fucus vesiculosus</i> &amp; CO<sub>2</sub> in New York"],
        "subtitle": [],
        "container-title": ["Journal of Water"],
        "short-container-title": ["J Water"],
        "author": [
            {"given": "Zoë M.", "family": "Müller", "sequence": "first", "affiliation": []},
            {"given": "Jan", "family": "van der Berg", "sequence": "additional", "affiliation": []},
            {"name": "Tides & Moons Group", "sequence": "additional", "affiliation": []},
        ],
        "issued": {"date-parts": [[2019, 11, 30]]},
        "published-online": {"date-parts": [[2019, 11, 30]]},
        "published-print": {"date-parts": [[2020, 2]]},
        "volume": "12",
        "issue": "3",
        "page": "101-119",
        "publisher": "Test accounts",
        "URL": "https://doi.org/10.5555/tides.1",
        "ISSN": ["0000-0000"],
        "language": "en",
    },
}
CSL = {**CROSSREF["message"], "title": CROSSREF["message"]["title"][0], "container-title": "Journal of Water"}
UPDATED = [
    {
        "DOI": "10.5555/tides.1.retraction",
        "type": "retraction",
        "label": "Retraction",
        "source": "retraction-watch",
        "updated": {"date-parts": [[2021, 7, 26]], "date-time": "2021-07-26T00:00:00Z", "timestamp": 1627257600000},
        "record-id": "20946",
    }
]
DATACITE = {
    "data": {
        "id": "10.5072/sea.9",
        "type": "dois",
        "attributes": {
            "doi": "10.5072/sea.9",
            "creators": [
                {"name": "Doe, Jane", "nameType": "Personal", "givenName": "Jane", "familyName": "Doe"},
                {"name": "Sea Watch", "nameType": "Organizational"},
            ],
            "titles": [{"title": "Sea levels, 1900 to 2000"}, {"title": "A table", "titleType": "Subtitle"}],
            "publisher": {"name": "Zenodo"},
            "publicationYear": 2021,
            "types": {"resourceTypeGeneral": "Dataset", "citeproc": "dataset", "bibtex": "misc"},
            "dates": [{"date": "2021-05-04", "dateType": "Issued"}],
            "version": "1.2",
            "url": "https://example.org/sea",
        },
    }
}
ARXIV = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <title type="html">ArXiv Query: search_query=&amp;id_list=2101.00001</title>
  <id>http://arxiv.org/api/abc</id>
  <opensearch:totalResults xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">1</opensearch:totalResults>
  <entry>
    <id>http://arxiv.org/abs/2101.00001v2</id>
    <published>2021-01-03T18:00:00Z</published>
    <title>On the decay of the $\\tau$ lepton
  near Geneva</title>
    <summary>Words.</summary>
    <author><name>Ada M. Author</name></author>
    <author><name>Ludwig van Beethoven</name></author>
    <arxiv:doi xmlns:arxiv="http://arxiv.org/schemas/atom">10.5555/tau.1</arxiv:doi>
    <arxiv:primary_category xmlns:arxiv="http://arxiv.org/schemas/atom" term="hep-ph" scheme="x"/>
  </entry>
</feed>"""
ARXIV_ERROR = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><entry>
<id>http://arxiv.org/api/errors#incorrect_id_format_for_1234.56789</id><title>Error</title></entry></feed>"""
OPENLIBRARY = {
    "ISBN:9780306406157": {
        "url": "https://openlibrary.org/books/OL1M/Error_coding",
        "key": "/books/OL1M",
        "title": "Error coding",
        "subtitle": "for engineers",
        "authors": [{"url": "https://openlibrary.org/authors/OL1A", "name": "Farrell G. Hobbs"}],
        "publishers": [{"name": "Plenum Press"}],
        "publish_places": [{"name": "New York"}],
        "publish_date": "March 1981",
        "number_of_pages": 406,
    }
}
NEWS = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Storm over Kabul | The Gazette</title>
<meta property="og:title" content="Storm over Kabul &amp; its hills | The Gazette">
<meta property="og:site_name" content="The Gazette">
<meta property="article:published_time" content="2022-08-01T10:00:00+00:00">
<meta name="author" content="By Jane Roe and Al Poe">
<script type="application/ld+json">{"@type":"NewsArticle","headline":"x","datePublished":"2022-08-02"}</script>
</head><body>text</body></html>"""
SCHOLARLY = """<html><head><meta name="citation_title" content="Old tides">
<meta name="citation_author" content="Roe, Al"><meta name="citation_author" content="Jane Doe">
<meta name="citation_journal_title" content="Sea Letters">
<meta name="citation_publication_date" content="1999/04/01">
<meta name="citation_volume" content="7">
<meta name="citation_firstpage" content="1">
<meta name="citation_lastpage" content="9">
</head></html>"""
RETRACTIONS = "\n".join(
    (
        "Record ID,Title,Subject,Journal,RetractionDate,RetractionDOI,OriginalPaperDate,"
        "OriginalPaperDOI,RetractionNature,Reason,Paywalled",
        '1,"Tides, a study",x,J,2/6/2010 0:00,10.5555/note.1,1/1/2005 0:00,'
        "10.5555/Bad.1,Retraction,+Falsification of Data;+Investigation;,No",
        "2,Other,x,J,3/1/2011 0:00,10.5555/note.2,1/1/2005 0:00,10.5555/back.1,Retraction,+Error;,No",
        "3,Other,x,J,4/1/2012 0:00,10.5555/note.3,1/1/2005 0:00,10.5555/back.1,Reinstatement,,No",
        "4,Other,x,J,4/1/2012 0:00,,1/1/2005 0:00,10.5555/doubt.1,Expression of concern,,No",
        "5,Other,x,J,4/1/2012 0:00,unavailable,1/1/2005 0:00,unavailable,Retraction,,No",
    )
)
