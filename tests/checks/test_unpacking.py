"""What a file that is handed on can be read for: the words of pictures, packages, pages and markup, packed or not."""

import struct
import zipfile
import zlib
from base64 import b64encode
from io import BytesIO

import pytest

from galley.checks.unpacking import texts

SIGN = b"\x89PNG\r\n\x1a\n"


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def read(name: str, data: bytes) -> dict[str, str]:
    """The texts of a file by their places; several of one place one below the other."""
    found: dict[str, str] = {}
    for place, text in texts(name, data):
        found[place] = f"{found[place]}\n{text}" if place in found else text
    return found


@pytest.mark.parametrize(
    ("kind", "body", "said"),
    [
        (b"tEXt", b"Author\0Ada Ford", "Author\0Ada Ford"),
        (b"zTXt", b"Author\0\0" + zlib.compress(b"Ada Ford"), "Author Ada Ford"),
        (b"iTXt", b"Author\0\0\0en\0Autor\0Ada F\xc3\xb6rd", "Author Ada F\u00f6rd"),
        (b"iTXt", b"Author\0\1\0en\0Autor\0" + zlib.compress(b"Ada Ford"), "Author Ada Ford"),
        (b"eXIf", b"Exif Ada Ford", "Exif Ada Ford"),
        (b"tIME", b"\x07\xe4\1\2\3\4\5", "\x07"),
    ],
)
def test_a_picture_tells_of_its_maker(kind, body, said):
    found = read("a.png", SIGN + chunk(b"IHDR", bytes(13)) + chunk(kind, body) + chunk(b"IEND", b"") + b"Ada behind it")
    assert list(found) == ["a.png (its name)", f"a.png ({kind.decode()})", "a.png (behind its end)"]
    assert found["a.png (its name)"] == "a.png"
    assert said in found[f"a.png ({kind.decode()})"]
    assert found["a.png (behind its end)"] == "Ada behind it"


def test_a_picture_whose_words_are_packed_wrongly_or_cut_is_read_on():
    whole = SIGN + chunk(b"zTXt", b"Author\0\0Ada Ford") + chunk(b"tEXt", b"Author\0Olu")
    found = read("a.png", whole)
    assert found["a.png (zTXt)"] == "Author "
    assert "Olu" in found["a.png (tEXt)"]
    assert "Olu" in read("a.png", whole[:-4])["a.png (tEXt)"]


def package(**files: bytes) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name, data in files.items():
            item = zipfile.ZipInfo(name.replace("_", "."))
            item.comment = b"by Ada"
            made.writestr(item, data)
        made.comment = b"packed by Olu"
    return stream.getvalue()


def test_a_package_is_read_file_by_file_and_packages_in_it():
    found = read("a.docx", package(a_txt=b"Ada", b_zip=package(c_txt=b"Olu")))
    assert found["a.docx: a.txt"] == "by Ada\nAda"
    assert found["a.docx: a.txt (its name)"] == "a.txt"
    assert found["a.docx: b.zip: c.txt"] == "by Ada\nOlu"
    assert found["a.docx"] == "packed by Olu"


def test_a_broken_package_is_read_as_it_stands():
    assert "Ada" in read("a.zip", b"PK\x03\x04 Ada")["a.zip"]


def test_markup_is_read_with_its_tags_and_without():
    found = read("a.html", b'<p title="Ada Ford">Ru<b>th</b> L&amp;P</p><style>.ford{}</style><i>x</i>')
    assert found["a.html (its markup)"].startswith("<p title")
    lines = found["a.html (its words)"].split("\n")
    assert lines[0].split() == ["Ruth", "L&P", "x"]
    assert lines[1].split() == ["Ru", "th", "L&P", "x"]
    assert lines[2] == 'title="Ada Ford"'


def test_plain_words_are_read_as_they_stand_and_unescaped():
    assert read("a.md", b"Ada Ford") == {"a.md (its name)": "a.md", "a.md": "Ada Ford"}
    assert read("a.md", b"by Ada%20Ford")["a.md"] == "by Ada%20Ford\nby Ada Ford"
    assert read("a.md", b"1 < 2, Ada")["a.md"] == "1 < 2, Ada"


def test_wide_letters_are_found_at_odd_places_too():
    for code in ("utf-16-le", "utf-16-be"):
        for before in (b"\xff", b"\xff\xff"):
            assert "Ada Ford" in read("a.bin", before + "Ada Ford".encode(code))["a.bin"]


def test_pictures_within_markup_are_read():
    inner = b64encode(SIGN + chunk(b"tEXt", b"Author\0Ada Ford")).decode()
    found = read("a.svg", f'<svg><image href="data:image/png;base64,{inner}"/></svg>'.encode())
    assert found["a.svg, picture 1 (tEXt)"] == "Author\0Ada Ford\n" + b"Author\0Ada Ford".decode("utf-16-le", "replace")
    assert inner not in found["a.svg (its markup)"]


def pdf(*streams: bytes) -> bytes:
    parts = b"".join(
        b"%d 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n" % (number, len(one), one)
        for number, one in enumerate(streams, 1)
    )
    info = b"9 0 obj\n<</Author(Ada \\(Fo\\162d\\))/Title<FEFF004F006C0075>/Subject<41646120>>>\nendobj\n"
    return b"%PDF-1.7\n" + parts + info + b"%%EOF"


def test_the_strings_and_streams_of_a_pdf_are_read():
    found = read("a.pdf", pdf(b"plain Ada", zlib.compress(b"packed (Olu)"), SIGN + chunk(b"tEXt", b"by\0Ruth")))
    assert "plain Ada" in found["a.pdf, a stream in it"]
    assert "packed (Olu)" in found["a.pdf, a stream in it"]
    assert "Ruth" in found["a.pdf, a picture or file in it (tEXt)"]
    assert found["a.pdf, facts in it"].split("\n")[-3:] == ["Ada (Ford)", "Olu", "Ada "]
    assert "Author Title Subject" in found["a.pdf, names in it"]
