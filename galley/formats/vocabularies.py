"""Words of lists that others keep: countries and their ISO 3166-1 codes, CRediT roles, ISO 639-2 codes of languages."""

from __future__ import annotations

import re
from unicodedata import combining, normalize

COUNTRIES = """
AD Andorra|AE United Arab Emirates|AE UAE|AF Afghanistan|AG Antigua and Barbuda|AL Albania|AM Armenia|AO Angola
AR Argentina|AT Austria|AU Australia|AZ Azerbaijan|BA Bosnia and Herzegovina|BB Barbados|BD Bangladesh|BE Belgium
BF Burkina Faso|BG Bulgaria|BH Bahrain|BI Burundi|BJ Benin|BN Brunei|BN Brunei Darussalam|BO Bolivia|BR Brazil
BS Bahamas|BT Bhutan|BW Botswana|BY Belarus|BZ Belize|CA Canada|CD Democratic Republic of the Congo|CD DR Congo
CF Central African Republic|CG Congo|CG Republic of the Congo|CH Switzerland|CI Ivory Coast|CI Cote d'Ivoire
CL Chile|CM Cameroon|CN China|CN People's Republic of China|CN PR China|CO Colombia|CR Costa Rica|CU Cuba
CV Cabo Verde|CV Cape Verde|CY Cyprus|CZ Czechia|CZ Czech Republic|DE Germany|DE Deutschland|DJ Djibouti
DK Denmark|DM Dominica|DO Dominican Republic|DZ Algeria|EC Ecuador|EE Estonia|EG Egypt|ER Eritrea|ES Spain
ET Ethiopia|FI Finland|FJ Fiji|FM Micronesia|FR France|GA Gabon|GB United Kingdom|GB UK|GB Great Britain
GB England|GB Scotland|GB Wales|GB Northern Ireland|GD Grenada|GE Georgia|GH Ghana|GL Greenland|GM Gambia
GM The Gambia|GN Guinea|GQ Equatorial Guinea|GR Greece|GT Guatemala|GW Guinea-Bissau|GY Guyana|HK Hong Kong
HN Honduras|HR Croatia|HT Haiti|HU Hungary|ID Indonesia|IE Ireland|IE Republic of Ireland|IL Israel|IN India
IQ Iraq|IR Iran|IR Islamic Republic of Iran|IS Iceland|IT Italy|JM Jamaica|JO Jordan|JP Japan|KE Kenya
KG Kyrgyzstan|KH Cambodia|KI Kiribati|KM Comoros|KN Saint Kitts and Nevis|KP North Korea|KR South Korea
KR Republic of Korea|KR Korea|KW Kuwait|KZ Kazakhstan|LA Laos|LB Lebanon|LC Saint Lucia|LI Liechtenstein
LK Sri Lanka|LR Liberia|LS Lesotho|LT Lithuania|LU Luxembourg|LV Latvia|LY Libya|MA Morocco|MC Monaco|MD Moldova
ME Montenegro|MG Madagascar|MH Marshall Islands|MK North Macedonia|ML Mali|MM Myanmar|MM Burma|MN Mongolia
MO Macao|MO Macau|MR Mauritania|MT Malta|MU Mauritius|MV Maldives|MW Malawi|MX Mexico|MY Malaysia|MZ Mozambique
NA Namibia|NE Niger|NG Nigeria|NI Nicaragua|NL Netherlands|NL The Netherlands|NO Norway|NP Nepal|NR Nauru
NZ New Zealand|OM Oman|PA Panama|PE Peru|PG Papua New Guinea|PH Philippines|PH The Philippines|PK Pakistan
PL Poland|PR Puerto Rico|PS Palestine|PS State of Palestine|PT Portugal|PW Palau|PY Paraguay|QA Qatar|RO Romania
RS Serbia|RU Russia|RU Russian Federation|RW Rwanda|SA Saudi Arabia|SB Solomon Islands|SC Seychelles|SD Sudan
SE Sweden|SG Singapore|SI Slovenia|SK Slovakia|SK Slovak Republic|SL Sierra Leone|SM San Marino|SN Senegal
SO Somalia|SR Suriname|SS South Sudan|ST Sao Tome and Principe|SV El Salvador|SY Syria|SZ Eswatini|SZ Swaziland
TD Chad|TG Togo|TH Thailand|TJ Tajikistan|TL Timor-Leste|TL East Timor|TM Turkmenistan|TN Tunisia|TO Tonga
TR Turkiye|TR Turkey|TT Trinidad and Tobago|TV Tuvalu|TW Taiwan|TZ Tanzania|UA Ukraine|UG Uganda
US United States|US United States of America|US USA|UY Uruguay|UZ Uzbekistan|VA Vatican City
VC Saint Vincent and the Grenadines|VE Venezuela|VN Vietnam|VN Viet Nam|VU Vanuatu|WS Samoa|XK Kosovo|YE Yemen
ZA South Africa|ZM Zambia|ZW Zimbabwe
"""
ROLES = (
    *("Conceptualization", "Data curation", "Formal analysis", "Funding acquisition", "Investigation"),
    *("Methodology", "Project administration", "Resources", "Software", "Supervision", "Validation"),
    *("Visualization", "Writing – original draft", "Writing – review & editing"),
)
"""The contributor roles of ANSI/NISO Z39.104-2022."""
CODES = """
af:afr am:amh ar:ara az:aze be:bel bg:bul bn:ben bs:bos ca:cat ckb:kur cs:cze cy:wel da:dan de:ger el:gre en:eng
eo:epo es:spa et:est eu:baq fa:per fi:fin fr:fre ga:gle gl:glg gu:guj ha:hau he:heb hi:hin hr:hrv hu:hun hy:arm
id:ind is:ice it:ita ja:jpn ka:geo kk:kaz km:khm ko:kor ku:kur ky:kir la:lat lo:lao lt:lit lv:lav mk:mac ml:mal
mn:mon mr:mar ms:may mt:mlt my:bur nb:nob ne:nep nl:dut nn:nno no:nor pa:pan pl:pol ps:pus pt:por ro:rum ru:rus
sd:snd si:sin sk:slo sl:slv so:som sq:alb sr:srp sv:swe sw:swa ta:tam te:tel tg:tgk th:tha tr:tur uk:ukr ur:urd
uz:uzb vi:vie xh:xho yi:yid yo:yor zh:chi zu:zul
"""
LANGUAGES = dict(pair.split(":") for pair in CODES.split())
"""Language tags and the bibliographic codes of ISO 639-2."""


def country_code(name: str) -> str:
    """The two letters of a country by its English name or by themselves; "" where it is not known."""
    wanted = _bare(name)
    code = name.strip()
    rows = [row for line in COUNTRIES.split("\n") for row in line.split("|") if row]
    if re.fullmatch("[A-Z]{2}", code) and any(row.startswith(code) for row in rows):
        return code
    return next((row[:2] for row in rows if wanted and _bare(row[3:]) == wanted), "")


def credit(written: str) -> str:
    """The role of the CRediT taxonomy that is meant, from its name or the end of its address; "" where none is."""
    text = written.rstrip("/").rpartition("/")[2] if "://" in written else written
    wanted = _role(text)
    return next((one for one in ROLES if _role(one) == wanted), "")


def language_code(lang: str) -> str:
    """The three letters of a language (ISO 639-2/B) by its tag; "" where it is not known."""
    first = lang.split("-")[0].lower()
    return LANGUAGES.get(first, first if len(first) == 3 and first in LANGUAGES.values() else "")


def _bare(text: str) -> str:
    """Letters alone, without accents: "Türkiye" and "Turkiye" are one."""
    plain = "".join(char for char in normalize("NFKD", text.lower()) if not combining(char))
    return re.sub(r"[^a-z]", "", plain)


def _role(text: str) -> str:
    """Letters only, in the American spelling, without "and" and the "preparation" that some put behind a draft."""
    return _bare(re.sub(r"\band\b|\bpreparation\b", "", text.lower().replace("-", " ")).replace("isation", "ization"))
