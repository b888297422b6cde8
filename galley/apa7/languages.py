"""Which terms a manuscript's language calls for: English in full, others as the national APA practice has them.

German follows the DGPs' and biblatex-apa's habits, Spanish the official translation of the manual (3rd Spanish
ed.), French, Portuguese and Turkish the guides of their universities; Urdu and Arabic keep the APA frame.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from .terms import Terms

_MONTHS: Final = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
    "ur": "جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
}
_NAMES: Final = {
    "english": "en", "american": "en", "usenglish": "en", "british": "en-gb", "ukenglish": "en-gb", "german": "de",
    "ngerman": "de", "austrian": "de", "naustrian": "de", "swissgerman": "de", "spanish": "es", "french": "fr",
    "francais": "fr", "portuguese": "pt", "brazilian": "pt", "brazil": "pt", "turkish": "tr", "urdu": "ur",
    "arabic": "ar", "american english": "en", "italian": "it", "dutch": "nl", "russian": "ru", "polish": "pl",
    "latin": "la", "greek": "el", "swedish": "sv", "danish": "da", "norwegian": "nb", "finnish": "fi",
    "chinese": "zh", "japanese": "ja", "korean": "ko", "persian": "fa", "hindi": "hi", "czech": "cs",
    "catalan": "ca", "hungarian": "hu", "romanian": "ro", "ukrainian": "uk", "hebrew": "he", "indonesian": "id",
}  # fmt: skip
_BRITISH: Final = ("en-gb", "en-au", "en-nz", "en-ie", "en-za", "en-in", "en-pk")


def tag(language: str) -> str:
    """Turn a babel name or a language tag into a tag in lower case: ``ngerman`` is ``de``, ``en_GB`` ``en-gb``."""
    name = language.strip().lower().replace("_", "-")
    return _NAMES.get(name, name)


@lru_cache(maxsize=32)
def terms_for(language: str = "en") -> Terms:
    """Give a language's table; a language we do not know is set with the English one."""
    name = tag(language)
    base = name.split("-")[0]
    english = Terms("en", months=tuple(_MONTHS["en"].split()))
    if name in _BRITISH:
        return english._replace(seasons=("Spring", "Summer", "Autumn", "Winter"))
    if base == "en" or base not in _MONTHS:
        return english
    tables = {
        "de": _german,
        "es": _spanish,
        "fr": _french,
        "pt": _portuguese,
        "tr": _turkish,
        "ur": _urdu,
        "ar": _arabic,
    }
    return tables[base](english)._replace(language=base, months=tuple(_MONTHS[base].split()))


def _german(base: Terms) -> Terms:
    return base._replace(
        and_="und", serial=False, no_date="o. D.", in_press="im Druck", circa="ca.", bce="v. Chr.", ce="n. Chr.",
        present="heute", by="von", with_="mit", retrieved="Abgerufen am {date}, von",
        original="Originalarbeit veröffentlicht", reprinted="Nachdruck von", edition="{nth} Aufl.",
        revised="Überarb. Aufl.", page="S.", pages="S.", volume="Bd.", volumes="Bde.", part="T.", number="Nr.",
        article="Artikel", season="Staffel", episode="Folge", publication="Publikation",
        quotes=("„", "“", "‚", "‘"), seasons=("Frühling", "Sommer", "Herbst", "Winter"),
        month_day="{day}. {month}", month_days="{first}.–{last}. {month}", retrieval_day="{day}. {month} {year}",
        nth="{n}.",
        words={"editor": "Hrsg.", "editors": "Hrsg.", "translator": "Übers.", "translators": "Übers.",
               "narrator": "Sprecher", "director": "Regie", "directors": "Regie", "chair": "Vorsitz",
               "chairs": "Vorsitz", "phdthesis": "Dissertation", "mathesis": "Masterarbeit",
               "mastersthesis": "Masterarbeit", "bathesis": "Bachelorarbeit", "dataset": "Datensatz",
               "unpublished": "Unveröffentlichte {}", "manunpub": "Unveröffentlichtes Manuskript",
               "maninprep": "Manuskript in Vorbereitung", "mansub": "Manuskript zur Publikation eingereicht",
               "tvseries": "Fernsehserie", "tvepisode": "Folge einer Fernsehserie", "song": "Lied",
               "software": "Computersoftware", "advance": "Vorab-Onlinepublikation", "painting": "Gemälde",
               "photograph": "Fotografie", "map": "Karte", "techreport": "Technischer Bericht"},
    )  # fmt: skip


def _spanish(base: Terms) -> Terms:
    return base._replace(
        and_="y", ampersand="y", serial=False, no_date="s.f.", in_press="en prensa",
        circa="ca.", bce="a.C.", ce="d.C.",
        present="presente", in_="En", on="En", by="por", with_="con", retrieved="Recuperado el {date}, de",
        original="Obra original publicada en", reprinted="Reimpreso de", edition="{nth} ed.", revised="Ed. rev.",
        page="p.", pages="pp.", volume="Vol.", volumes="Vols.", number="N.º", article="Artículo",
        version="Versión", season="Temporada", episode="Episodio", publication="Publicación",
        quotes=("“", "”", "‘", "’"), seasons=("primavera", "verano", "otoño", "invierno"),
        month_day="{day} de {month}", month_days="{first}–{last} de {month}",
        retrieval_day="{day} de {month} de {year}", nth="{n}.ª",
        words={"editor": "Ed.", "editors": "Eds.", "translator": "Trad.", "translators": "Trads.",
               "narrator": "Narr.", "director": "Director", "directors": "Directores", "chair": "Presidente",
               "phdthesis": "Tesis doctoral", "mathesis": "Tesis de maestría",
               "mastersthesis": "Tesis de maestría", "dataset": "Conjunto de datos",
               "unpublished": "{} no publicada", "manunpub": "Manuscrito no publicado",
               "maninprep": "Manuscrito en preparación",
               "mansub": "Manuscrito presentado para su publicación", "film": "Película",
               "tvseries": "Serie de televisión", "tvepisode": "Episodio de serie de televisión",
               "song": "Canción", "album": "Álbum", "software": "Software", "painting": "Pintura",
               "photograph": "Fotografía", "map": "Mapa", "techreport": "Informe técnico",
               "advance": "Publicación anticipada en línea"},
    )  # fmt: skip


def _french(base: Terms) -> Terms:
    return base._replace(
        and_="et", ampersand="et", serial=False, no_date="s. d.",
        in_press="sous presse", circa="vers", bce="av. J.-C.", ce="apr. J.-C.",
        present="aujourd’hui", in_="Dans", on="Sur", by="par", with_="avec",
        retrieved="Consulté le {date}, à l’adresse", original="Publication originale en",
        reprinted="Réimprimé de", edition="{nth} éd.", revised="éd. rév.", page="p.", pages="p.", volume="vol.",
        volumes="vol.", number="n°", season="saison", episode="épisode",
        quotes=("« ", " »", "“", "”"), seasons=("printemps", "été", "automne", "hiver"),
        month_day="{day} {month}", month_days="{first}–{last} {month}", retrieval_day="{day} {month} {year}",
        nth="{n}e",
        words={"editor": "dir.", "editors": "dir.", "translator": "trad.", "translators": "trad.",
               "narrator": "narr.", "director": "réalisateur", "directors": "réalisateurs",
               "phdthesis": "thèse de doctorat", "mathesis": "mémoire de maîtrise",
               "mastersthesis": "mémoire de maîtrise", "dataset": "ensemble de données",
               "unpublished": "{} inédite", "manunpub": "manuscrit inédit",
               "maninprep": "manuscrit en préparation", "mansub": "manuscrit soumis pour publication",
               "film": "film", "video": "vidéo", "tvseries": "série télévisée",
               "tvepisode": "épisode de série télévisée", "song": "chanson", "software": "logiciel",
               "painting": "peinture", "photograph": "photographie", "map": "carte",
               "techreport": "rapport technique", "advance": "Publication anticipée en ligne"},
    )  # fmt: skip


def _portuguese(base: Terms) -> Terms:
    return base._replace(
        and_="e", no_date="s.d.", in_press="no prelo", circa="ca.", bce="a.C.", ce="d.C.", present="presente",
        in_="In", on="Em", by="por", with_="com", retrieved="Recuperado em {date}, de",
        original="Trabalho original publicado em", reprinted="Reimpresso de", edition="{nth} ed.",
        revised="ed. rev.", number="N.º", article="Artigo", version="Versão", season="Temporada",
        episode="Episódio", publication="Publicação",
        seasons=("primavera", "verão", "outono", "inverno"), month_day="{day} de {month}",
        month_days="{first}–{last} de {month}", retrieval_day="{day} de {month} de {year}", nth="{n}ª",
        words={"editor": "Ed.", "editors": "Eds.", "translator": "Trad.", "translators": "Trads.",
               "director": "Diretor", "directors": "Diretores", "phdthesis": "Tese de doutorado",
               "mathesis": "Dissertação de mestrado", "mastersthesis": "Dissertação de mestrado",
               "unpublished": "{} não publicada", "manunpub": "Manuscrito não publicado",
               "maninprep": "Manuscrito em preparação", "mansub": "Manuscrito submetido para publicação",
               "dataset": "Conjunto de dados", "film": "Filme", "video": "Vídeo", "tvseries": "Série de TV",
               "tvepisode": "Episódio de série de TV", "song": "Canção", "photograph": "Fotografia"},
    )  # fmt: skip


def _turkish(base: Terms) -> Terms:
    return base._replace(
        and_="ve", ampersand="ve", serial=False, et_al="vd.", no_date="t.y.", in_press="baskıda",
        circa="yaklaşık", bce="MÖ", ce="MS",
        present="günümüz", in_="İçinde", on="İçinde", by="yazar", with_="ile",
        retrieved="{date} tarihinde erişildi,", original="Orijinal eserin yayım tarihi",
        reprinted="Yeniden basım:", edition="{nth} bs.", revised="gözden geçirilmiş bs.", page="s.", pages="ss.",
        volume="Cilt", volumes="Cilt", number="No.", article="Makale", version="Sürüm", season="Sezon",
        episode="Bölüm", publication="Yayın", seasons=("İlkbahar", "Yaz", "Sonbahar", "Kış"),
        month_day="{day} {month}", month_days="{first}–{last} {month}", retrieval_day="{day} {month} {year}",
        nth="{n}.",
        words={"editor": "Ed.", "editors": "Ed.", "translator": "Çev.", "translators": "Çev.",
               "director": "Yönetmen", "directors": "Yönetmenler", "phdthesis": "Doktora tezi",
               "mathesis": "Yüksek lisans tezi", "mastersthesis": "Yüksek lisans tezi",
               "unpublished": "Yayımlanmamış {}", "manunpub": "Yayımlanmamış makale", "dataset": "Veri seti",
               "film": "Film", "tvseries": "TV dizisi", "tvepisode": "TV dizisi bölümü", "song": "Şarkı"},
    )  # fmt: skip


def _urdu(base: Terms) -> Terms:
    return base._replace(
        and_="اور", ampersand="اور", serial=False, et_al="و دیگر", no_date="س ن", in_press="زیرِ طبع",
        circa="تقریباً",
        bce="ق م", ce="عیسوی", present="تاحال", in_="در", on="در", by="از", with_="مع",
        retrieved="{date} کو حاصل کیا گیا، از", original="اصل اشاعت", reprinted="دوبارہ اشاعت از",
        edition="طبع {nth}", page="ص", pages="ص ص", volume="جلد", volumes="جلدیں", number="شمارہ",
        article="مضمون", comma="،", seasons=("بہار", "گرما", "خزاں", "سرما"), month_day="{day} {month}",
        month_days="{first}–{last} {month}", retrieval_day="{day} {month} {year}", nth="{n}",
        words={"editor": "مدیر", "editors": "مدیران", "translator": "مترجم", "translators": "مترجمین"},
    )  # fmt: skip


def _arabic(base: Terms) -> Terms:
    return base._replace(
        and_="و", ampersand="و", serial=False, et_al="وآخرون", no_date="د.ت.", in_press="قيد النشر", circa="نحو",
        bce="ق.م.", ce="م", present="الآن", in_="في", on="في", by="بقلم", with_="مع",
        retrieved="استرجع في {date}، من", original="نُشر العمل الأصلي", reprinted="أعيد نشره من",
        edition="ط. {nth}", page="ص.", pages="ص ص.", volume="مج.", volumes="مج.", number="ع.", article="مقال",
        comma="،", seasons=("الربيع", "الصيف", "الخريف", "الشتاء"), month_day="{day} {month}",
        month_days="{first}–{last} {month}", retrieval_day="{day} {month} {year}", nth="{n}",
        words={"editor": "محرر", "editors": "محررون", "translator": "مترجم", "translators": "مترجمون"},
    )  # fmt: skip
