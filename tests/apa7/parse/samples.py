"""References in form, one of each kind that APA 7 chapters 9-11 know; invented, so that nobody is misquoted."""

REFERENCES = (
    # periodicals
    "Amberg, T. L., & Oduya, N. (2019). How rivers remember their beds. *Journal of Slow Water*, *12*(3), 45–67. https://doi.org/10.1234/jsw.2019.045",
    "Brandt, E.-J., Çelik, A., van Oort, P., & de la Cruz, M. (2021). Noise in quiet rooms. *Acoustics Letters*, *8*(1–2), 1–19.",
    "Costa, P. R., Jr. (2003). A second look at second looks. *Annals of Looking*, *4*, 200–215.",
    "Dube, S. (in press). What the ledger hid. *Accounting and Memory*.",
    "Eze, C., Farkas, D., & Gupta, R. (2020b). Moths and streetlights. *PLOS Dusk*, *15*(7), Article e0203111. https://doi.org/10.1234/dusk.0203111",
    "Farrow, K. (2022, May 14). The last ferry to the island. *The Harbour Times*. https://harbourtimes.example/2022/05/14/ferry",
    "Gruber, M. (2018). Feldversuche im Moor [Field trials in the moor of the north]. *Moorkunde*, *3*(2). https://doi.org/10.1234/moor.3",
    "Hale, J. K., Ito, M., Jansen, B., Kovač, L., Lund, O., Mora, P., Ng, W., Ortiz, D., Pavlova, N., Quist, E., Rao, S., Sato, T., Tran, V. H., Ueda, Y., Vidal, C., Wong, K., Xu, L., Young, Z., Zhou, Q., … Åberg, F. (2017). Twenty labs, one question. *Replication*, *1*(1), 3–9.",
    "Imre, A., & the Bridge Survey Group. (2015). Bolts under strain. *Structures*, *44*(2), 88–91.",
    "Lilje, S. (Ed.). (2016). Voices from the delta [Special issue]. *River Studies*, *9*(4).",
    "Mbeki, O. (2014). Growth of *Fagus sylvatica* on chalk. *Woodland Notes*, *31*(2), 14–29.",
    # books and parts of books
    "Nakamura, H. (2011). *Bridges that sing* (3rd ed.). Span Press.",
    "Okafor, B., & Petrov, I. (Eds.). (2009). *Handbook of small weather* (Vol. 2). Cloud & Sons; Northern Books.",
    "Quill, A. (1998). *The ink eaters* (L. Moreau, Trans.). Paper House. (Original work published 1923)",
    "Reyes, F. (2013). Why maps fold. In G. Holm & T. Ibsen (Eds.), *Cartography at home* (2nd ed., pp. 10–31). Atlas Press.",
    "Santos, V. (2017). Salt roads. In *The commodity atlas* (Vol. 4, pp. 101–120). Meridian.",
    "Meridian Institute. (n.d.). Longitude. In *Dictionary of lines*. Retrieved June 3, 2021, from https://lines.example/longitude",
    "*The book of gates* (R. Amin, Trans.). (2004). Wall Press.",
    # meetings, theses, reports, manuscripts
    "Tanaka, R. (2018, September 3–6). *Listening to concrete* [Paper presentation]. Congress of Building Acoustics, Porto, Portugal.",
    "Umeh, G. (2012). *Grain prices and moonlight* (Publication No. 12345678) [Doctoral dissertation, University of Lake Town]. Thesis Store Global.",
    "Vos, W. (2020). *Counting bees at night* [Master’s thesis, Polder College]. Polder Archive. https://archive.example/vos",
    "National Weir Authority. (2016). *State of the weirs* (Report No. 17-44). https://weirs.example/report.pdf",
    "Weiss, L., & Xavier, R. (2015). *Clean ferries* (Working Paper No. 9). Ministry of Crossings. https://ferries.example/9.pdf",
    "Yilmaz, E. (2022). *Doors and what they mean* [Unpublished manuscript]. Department of Thresholds, Hinge University.",
    "Zeller, U. (2021). *Sleep and tide tables* (arXiv:2101.01234). arXiv. https://doi.org/10.48550/arXiv.2101.01234",
    # data, software, web
    "Abiola, T. (2019). *Lamp survey 2018* (Version 2) [Data set]. Light Repository. https://doi.org/10.1234/lamp",
    "Berg, H., & Chua, P. (2023). *lampstat: Statistics for lamps* (Version 1.4.2) [Computer software]. https://lampstat.example",
    "Centre for Quiet and Order. (2020, March). *Ten rules for quiet trains*. https://quiet.example/rules",
    "Danso, A. (2021, July 7). *When the lights went out*. Radio North. https://radionorth.example/lights",
    "Gauge [@gauge]. (2019, April 2). *Trains at noon* [Tweet]. Twitter. https://twitter.example/gauge/1",
    "Ferro, M. (Director). (1981). *The long platform* [Film]. Rail Pictures.",
    "Hsu, J. (2010). Night signal [Song]. On *Timetables*. Branch Line Records.",
    # law
    "Miller v. Board of Locks, 512 U.S. 101 (1994). https://law.example/512us101",
    "Quiet Waters Act of 1971, 33 U.S.C. § 1201 (1971).",
    "U.S. Const. amend. XIV.",
)  # fmt: skip
