"""Names of periodicals: the macros that astronomers' databases write for them, and words that tell an English name."""

from __future__ import annotations

from typing import Final

MACROS: Final = {
    "aj": "The Astronomical Journal", "actaa": "Acta Astronomica", "aap": "Astronomy & Astrophysics",
    "aapr": "The Astronomy and Astrophysics Review", "aaps": "Astronomy and Astrophysics Supplement Series",
    "aplett": "Astrophysical Letters", "apj": "The Astrophysical Journal",
    "apjl": "The Astrophysical Journal Letters", "apjlett": "The Astrophysical Journal Letters",
    "apjs": "The Astrophysical Journal Supplement Series", "apjsupp": "The Astrophysical Journal Supplement Series",
    "ao": "Applied Optics", "applopt": "Applied Optics", "apss": "Astrophysics and Space Science",
    "araa": "Annual Review of Astronomy and Astrophysics", "astap": "Astronomy & Astrophysics",
    "azh": "Astronomicheskii Zhurnal", "baas": "Bulletin of the American Astronomical Society",
    "bain": "Bulletin of the Astronomical Institutes of the Netherlands",
    "caa": "Chinese Astronomy and Astrophysics", "cjaa": "Chinese Journal of Astronomy and Astrophysics",
    "gca": "Geochimica et Cosmochimica Acta", "grl": "Geophysical Research Letters", "icarus": "Icarus",
    "iaucirc": "IAU Circulars", "jcap": "Journal of Cosmology and Astroparticle Physics",
    "jcp": "The Journal of Chemical Physics", "jgr": "Journal of Geophysical Research",
    "jqsrt": "Journal of Quantitative Spectroscopy and Radiative Transfer",
    "jrasc": "Journal of the Royal Astronomical Society of Canada", "maps": "Meteoritics & Planetary Science",
    "memras": "Memoirs of the Royal Astronomical Society", "memsai": "Memorie della Società Astronomica Italiana",
    "mnras": "Monthly Notices of the Royal Astronomical Society", "na": "New Astronomy",
    "nar": "New Astronomy Reviews", "nat": "Nature", "nphysa": "Nuclear Physics A",
    "pasa": "Publications of the Astronomical Society of Australia",
    "pasj": "Publications of the Astronomical Society of Japan",
    "pasp": "Publications of the Astronomical Society of the Pacific", "physrep": "Physics Reports",
    "physscr": "Physica Scripta", "planss": "Planetary and Space Science", "pra": "Physical Review A",
    "prb": "Physical Review B", "prc": "Physical Review C", "prd": "Physical Review D", "pre": "Physical Review E",
    "prl": "Physical Review Letters", "procspie": "Proceedings of SPIE", "psj": "The Planetary Science Journal",
    "qjras": "Quarterly Journal of the Royal Astronomical Society",
    "rmxaa": "Revista Mexicana de Astronomía y Astrofísica", "skytel": "Sky & Telescope", "solphys": "Solar Physics",
    "sovast": "Soviet Astronomy", "ssr": "Space Science Reviews", "zap": "Zeitschrift für Astrophysik",
}  # fmt: skip
"""What the AAS macros stand for, which the Astrophysics Data System puts where the name of a journal belongs."""

_WORDS: Final = """
    advances age aging analysis analytics applied archaeology assessment astronomy astrophysics behavior behavioral
    behaviour behavioural biochemistry biodiversity bioinformatics biological biology biomedical brain bulletin care
    cell chemical chemistry child clinical cognitive communications computation computational computer computers
    computing criminology cybernetics data decision demography development developmental disease disorders dynamics
    earth ecology economic economics education educational energy engineering environmental epidemiology ethics family
    genetics geography geology geophysical geoscience geosciences geriatrics health history human immunology
    informatics intelligence journal knowledge language law learning letters linguistics management marketing
    materials mathematical mathematics mechanics medical medicine memory methodology methods microbiology modeling
    modelling molecular nanotechnology networks neuroimaging neurology neuroscience neurosciences notes nursing
    oceanography oncology open organizational personality perspectives pharmacology philosophy physical physics
    physiology planetary policy political practice proceedings processing psychiatry psychological psychology
    psychometrics psychopathology quarterly reading reports research review reviews robotics royal science scientific
    sleep society sociological sociology software space statistical statistics studies surveys sustainability systems
    teaching technology theoretical theory therapy today toxicology
"""
ENGLISH: Final = frozenset(_WORDS.split())
"""Words that only English journals have in their names; one all of whose small words are among them is English."""
