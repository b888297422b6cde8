"""A drawing (SVG, the first page of a PDF) or a WebP picture -> PNG, by the compiler that sets the PDF's pages."""

from __future__ import annotations

from galley.formats.pdfbounds import compiling
from galley.report import Fault


def drawn(data: bytes, suffix: str, dpi: int) -> bytes | None:
    """The picture as PNG at its own size and so many dots per inch; None where it cannot be read.

    The compiler is given this one file, so nothing that a drawing refers to is followed.
    """
    from pathlib import Path
    from tempfile import TemporaryDirectory

    import typst

    page = f'#set page(width: auto, height: auto, margin: 0pt, fill: none)\n#image("picture{suffix}")'
    with TemporaryDirectory(prefix="galley-") as folder:
        (Path(folder) / f"picture{suffix}").write_bytes(data)
        main = Path(folder) / "main.typ"
        main.write_text(page, "utf-8")
        fontless = suffix != ".svg"
        try:
            with compiling():
                made = typst.compile(str(main), root=folder, format="png", ppi=float(dpi), ignore_system_fonts=fontless)
        except (typst.TypstError, RuntimeError, Fault):
            return None
    return made or None
