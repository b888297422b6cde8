"""Words that are proper nouns in any title: days, months, honorifics, countries and their people (closed classes).

Sentence case leaves their capitals; all other names need braces in the .bib, for no list of them ends.
"""

from __future__ import annotations

from typing import Final

_WORDS: Final = """
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February April June July August September
    October November December Christmas Easter Ramadan Mr Mrs Ms Dr Prof Africa African Africans America
    American Americans Antarctica Arab Arabs Arabic Asia Asian Asians Australia Australian Australians Europe
    European Europeans Latin Latino Latina Latinx Hispanic Afghanistan Afghan Albania Albanian Algeria Algerian
    Argentina Argentine Argentinian Armenia Armenian Austria Austrian Azerbaijan Bangladesh Bangladeshi Belarus
    Belgium Belgian Bolivia Bolivian Bosnia Bosnian Botswana Brazil Brazilian Brazilians Britain British
    Bulgaria Bulgarian Cambodia Cambodian Cameroon Canada Canadian Canadians Chilean China Chinese Colombia
    Colombian Croatia Croatian Cuba Cuban Cyprus Cypriot Czech Denmark Danish Ecuador Ecuadorian Egypt Egyptian
    England English Estonia Estonian Ethiopia Ethiopian Finland Finnish France French Gambia Germany German
    Germans Ghana Ghanaian Greece Greek Guatemala Haiti Haitian Hungary Hungarian Iceland Icelandic India Indian
    Indians Indonesia Indonesian Iran Iranian Iraq Iraqi Ireland Irish Israel Israeli Italy Italian Italians
    Jamaica Jamaican Japan Japanese Kazakhstan Kenya Kenyan Korea Korean Koreans Kosovo Kuwait Laos Latvia
    Latvian Lebanon Lebanese Libya Libyan Lithuania Lithuanian Luxembourg Madagascar Malawi Malaysia Malaysian
    Malta Maltese Mexico Mexican Mexicans Moldova Mongolia Mongolian Morocco Moroccan Mozambique Myanmar Namibia
    Nepal Nepali Netherlands Dutch Nicaragua Nigeria Nigerian Norway Norwegian Oman Pakistan Pakistani
    Pakistanis Palestine Palestinian Palestinians Panama Paraguay Peru Peruvian Philippines Filipino Poland
    Portugal Portuguese Qatar Romania Romanian Russia Russian Russians Rwanda Rwandan Scotland Scottish Senegal
    Serbia Serbian Singapore Slovak Slovakia Slovenia Slovenian Somalia Somali Spain Spanish Sudan Sudanese
    Sweden Swedish Switzerland Swiss Syria Syrian Syrians Taiwan Taiwanese Tanzania Tanzanian Thailand Thai
    Tunisia Tunisian Turkish Uganda Ugandan Ukraine Ukrainian Ukrainians Uruguay Uzbekistan Venezuela Venezuelan
    Vietnam Vietnamese Wales Welsh Yemen Yemeni Zambia Zambian Zimbabwe Zimbabwean Buddhist Buddhism Catholic
    Christian Christians Christianity Hindu Hindus Hinduism Islam Islamic Jewish Judaism Muslim Muslims
    Protestant Sikh
"""

KNOWN: Final = frozenset(_WORDS.split())
