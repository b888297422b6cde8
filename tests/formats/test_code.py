"""Program code: its words are told apart, in PDF by the theme's colours, on the web page by classes."""

from io import BytesIO

import lxml.html
import pikepdf

from galley import press

TEXT = '---\ntitle: A Title\n---\n\n```python\nreturn "a"  # remark\n```\n\n```\nreturn "a"  # remark\n```\n'


def colours(pdf):
    found = set()
    for page in pikepdf.open(BytesIO(pdf)).pages:
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) in ("scn", "rg"):
                found.add(tuple(round(float(one) * 255) for one in operands if not isinstance(one, pikepdf.Name)))
    return {one for one in found if len(one) == 3}


def test_code_is_highlighted_where_its_language_is_given(tmp_path):
    (tmp_path / "article.md").write_text(TEXT, "utf-8")
    document = press.settled(tmp_path / "article.md")
    theme = press.themed(document)
    assert {(0x1C, 0x3A, 0x63), (0x5A, 0x3A, 0x1C)} <= colours(press.press(document, theme, "pdf").content)
    page = lxml.html.fromstring(press.press(document, theme, "html").content.decode())
    with_language, without = page.xpath("//pre")
    assert {span.get("class") for span in with_language.xpath(".//span[@class]")} >= {"cf", "st", "co"}
    assert not without.xpath(".//span[@class]")


def test_code_without_a_language_is_plain(tmp_path):
    (tmp_path / "article.md").write_text(TEXT.replace("python", ""), "utf-8")
    document = press.settled(tmp_path / "article.md")
    assert (0x5A, 0x3A, 0x1C) not in colours(press.press(document, press.themed(document), "pdf").content)
