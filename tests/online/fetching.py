"""Fetching an entry from the server of these tests."""

from galley.online.adding import add
from galley.reading.bibliography import bibliography
from galley.span import File

CSL = "application/vnd.citationstyles.csl+json"


def entries(text):
    return bibliography([File("x.bib", text)]).entries


def fetch(served, asked, known=()):
    (one,) = add([asked], dict(known), served.web())
    return one
