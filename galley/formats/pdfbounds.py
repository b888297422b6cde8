"""The Typst compiler kept within bounds: of time, of pages, and of what a fault of its own does to us."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from galley.bounds import bound, switch
from galley.report import fault
from galley.supervising import within


@contextmanager
def compiling() -> Iterator[None]:
    """What the compiler does here ends with this process where it takes too long; a panic of its is a Fault."""
    with within("typst", "Typst"):
        try:
            yield
        except Exception:  # what the compiler says of the article
            raise
        except BaseException as error:
            if type(error).__name__ != "PanicException":  # what a panic in Rust becomes; it is no Exception
                raise
            hint = "look for a picture that was not exported soundly, or set the article without its pictures"
            raise fault("typst", "", f"Typst broke down: {error}"[:300], hint, status=2) from error


def bounded(pdf: bytes, pages: int) -> bytes:
    """The PDF; Fault where it has more pages than one may have."""
    if pages > bound("pages"):
        message = f"the PDF has {pages:,} pages, which is more than {bound('pages'):,}"
        raise fault("too-many-pages", "", message, switch("pages"))
    return pdf
