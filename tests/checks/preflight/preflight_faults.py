"""Faults put into a sound PDF, one at a time, and the code by which preflight tells each."""

import re

import pikepdf


def tags(file, kind):
    return [one for one in file.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == kind]


def fonts(file):
    return [one for one in file.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font"]


def without_font_file(file):
    descriptor = next(one for one in file.objects if isinstance(one, pikepdf.Dictionary) and "/FontFile3" in one)
    del descriptor["/FontFile3"]


def whole_font(file):
    font = next(one for one in fonts(file) if one.Subtype == "/Type0")
    font.BaseFont = pikepdf.Name("/LibertinusSerif")


def type_3(file):
    font = next(one for one in fonts(file) if one.Subtype == "/Type0")
    font.Subtype = pikepdf.Name("/Type3")


def without_language(file):
    del file.Root["/Lang"]


def other_language(file):
    file.Root.Lang = pikepdf.String("de")


def without_tree(file):
    del file.Root["/StructTreeRoot"]


def unmarked(file):
    file.Root.MarkInfo.Marked = False


def without_alternative(file):
    del tags(file, "/Figure")[0]["/Alt"]


def formula_without_alternative(file):
    del tags(file, "/Formula")[0]["/Alt"]


def without_heads(file):
    for one in tags(file, "/TH"):
        one.S = pikepdf.Name("/TD")


def title_hidden(file):
    del file.Root["/ViewerPreferences"]


def without_metadata(file):
    del file.Root["/Metadata"]


def other_title(file):
    file.trailer.Info.Title = pikepdf.String("Another Title")


def other_author_in_xmp(file):
    packet = file.Root.Metadata.read_bytes()
    file.Root.Metadata.write(packet.replace(b"Olu Lake", b"Olu Lakes"))


def script_on_opening(file):
    file.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name("/JavaScript"), JS=pikepdf.String("app.alert(1)"))


def script_by_name(file):
    file.Root.Names.JavaScript = pikepdf.Dictionary(Names=pikepdf.Array())


def launching(file):
    link = next(
        one for page in file.pages for one in page.get("/Annots", []) if "data" in str(one.get("/A", {}).get("/URI"))
    )
    link.A = pikepdf.Dictionary(S=pikepdf.Name("/Launch"), F=pikepdf.String("x.exe"))


def turned(file):
    file.pages[1].Rotate = 90


def of_another_size(file):
    file.pages[1].MediaBox = pikepdf.Array([0, 0, 612, 700])


def cut(file):
    file.pages[0].CropBox = pikepdf.Array([20, 20, 500, 700])


def all_letter(file):
    for page in file.pages:
        page.MediaBox = pikepdf.Array([0, 0, 612, 792])


def a_page_less(file):
    del file.pages[-1]


def other_labels(file):
    numbers = pikepdf.Array([0, pikepdf.Dictionary(S=pikepdf.Name("/D"), St=5)])
    file.Root.PageLabels = pikepdf.Dictionary(Nums=numbers)


def dead_link(file):
    link = next(one for page in file.pages for one in page.get("/Annots", []) if "/Dest" in one)
    link.Dest = pikepdf.String("nowhere")


def no_address(file):
    link = next(
        one for page in file.pages for one in page.get("/Annots", []) if "data" in str(one.get("/A", {}).get("/URI"))
    )
    link.A.URI = pikepdf.String("rivers dot example")


def plain_doi(file):
    for one in file.pages[0].Annots:
        if "/A" in one and "doi.org" in str(one.A.URI):
            one.A.URI = pikepdf.String(str(one.A.URI).replace("https", "http"))


def without_doi_link(file):
    for one in file.pages[0].Annots:
        if "/A" in one and "doi.org" in str(one.A.URI):
            one.A.URI = pikepdf.String("https://rivers.example/")


def without_letters(file):
    for font in fonts(file):
        if "/ToUnicode" in font:
            del font["/ToUnicode"]


def a_letter_without_meaning(file):
    font = next(one for one in fonts(file) if "/ToUnicode" in one and "Regular" in str(one.BaseFont))
    table = font.ToUnicode.read_bytes()
    font.ToUnicode.write(re.sub(rb"<0005>\s*<[0-9A-Fa-f]+>", b"", table))


def missing_glyph(file):
    data = file.pages[1].Contents.read_bytes()
    file.pages[1].Contents.write(re.sub(rb"\[\(\\000\\\d\d\d", rb"[(\\000\\000", data, count=1))


def shifted(file):
    data = file.pages[1].Contents.read_bytes()
    file.pages[1].Contents.write(b"q 1 0 0 1 90 0 cm\n" + data + b"\nQ")


def coarse_picture(file):
    image = next(one for one in file.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image")
    image.Width = 300


def far_away(file):
    for page in file.pages:
        for one in page.get("/Annots", []):
            if str(one.get("/Contents", "")).startswith("Table"):
                one.Dest = pikepdf.Array([file.pages[3].obj, pikepdf.Name("/XYZ"), 0, 500, 0])


FAULTS = {
    without_font_file: "font-not-embedded",
    whole_font: "font-not-subset",
    type_3: "font-type-3",
    without_language: "no-language",
    other_language: "no-language",
    without_tree: "not-tagged",
    unmarked: "not-tagged",
    without_alternative: "no-alternative",
    formula_without_alternative: "no-alternative",
    without_heads: "no-table-head",
    title_hidden: "title-not-shown",
    without_metadata: "no-metadata",
    other_title: "metadata-differs",
    other_author_in_xmp: "metadata-differs",
    script_on_opening: "script-in-pdf",
    script_by_name: "script-in-pdf",
    launching: "script-in-pdf",
    turned: "page-rotated",
    of_another_size: "page-size",
    cut: "page-size",
    all_letter: "page-size",
    a_page_less: "page-range",
    other_labels: "page-labels",
    dead_link: "dead-link",
    no_address: "bad-link",
    plain_doi: "plain-link",
    without_doi_link: "doi-not-linked",
    without_letters: "no-letters",
    a_letter_without_meaning: "no-letters",
    missing_glyph: "missing-glyph",
    shifted: "overfull-line",
    coarse_picture: "low-resolution-print",
    far_away: "far-float",
}


REMARKS = {"font-not-subset", "doi-not-linked", "low-resolution-print", "far-float"}
