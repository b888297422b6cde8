"""Words that tell names from what only looks like them: lead-ins, particles, months, groups, things with a year."""

from __future__ import annotations

from typing import Final

from ..patterns import pattern


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


PARTICLES: Final = _set(
    "van von der den de del della di da dos das do du la le el al ibn bin bint ben ter ten te zu zum zur af av "
    "e i 't d' l' degli dei delle des vom am op het abu umm"
)
"""Lower-case words that belong to a surname."""

JOINTS: Final = _set("and und et y en og och ja ve és oraz и та і")
"""Words that join the last name to those before."""

CAPITAL_PARTICLES: Final = _set(
    "Van Von De Del Della Der Den Di Da Dos Das Du La Le El Al Ben Bin Ibn Ter Ten St San Santa Mac Mc Abu Los Las O"
)

CONNECTORS: Final = _set("of for the on in and at de del des la di von für und et du à & to des der")
"""Lower-case words inside the name of a group or a title."""

TITLES: Final = _set("Dr Prof Professor Mr Mrs Ms Sir Lord Lady Dame Drs Rev Father Pope President Senator Judge")

FUNCTION: Final = _set(
    "a about above according accordingly across additionally after afterwards again against alike all along already "
    "also alternatively although among amongst an and another any apart are around as at based because before behind "
    "below beneath beside besides between beyond both briefly building but by can cf compare compared concerning "
    "consequently contra contrary conversely could currently despite did do does drawing due during each earlier "
    "e.g either elsewhere especially even eventually every except expanding extending finally first firstly "
    "following for formally from fourth furthermore generally given had has have hence here historically how however "
    "if importantly in indeed initially inspired instead interestingly into is it its just last lastly later "
    "latterly leveraging like likewise many meanwhile more moreover most much namely near nearly never nevertheless "
    "next no none nonetheless nor not notably note now of off often on once one only onto or originally other others "
    "otherwise our out outside over overall particularly past per perhaps possibly pre presently previously prior "
    "rather recall recent recently regarding relatedly replicating respectively said says second secondly see seen "
    "several should similarly since so some sometimes soon specifically still strikingly subsequently such "
    "surprisingly than that the their them then there thereafter thereby therefore these they third thirdly this "
    "those though three through throughout thus to together too toward towards traditionally two typically ultimately "
    "under unless unlike until up upon use using usually versus via was we were what when where whereas whereby "
    "whether which while who whose why will with within without work yet you your both e.g. i.e. nonetheless "
    "example instance reviews study studies work works research theories scholars authors researchers "
    "consistent adapted source sources note"
)
"""Words that start a sentence and are nobody's name, in lower case."""

NOT_NAMES: Final = _set(
    "january february april june july august september october november december jan feb mar apr jun jul aug sep sept "
    "oct nov dec monday tuesday wednesday thursday friday saturday sunday spring summer autumn fall winter "
    "table tables figure figures fig figs chapter chapters section sections appendix equation equations eq part "
    "parts volume vol issue no number pages version versions ver v release edition ed eds study studies "
    "experiment experiments exp wave waves phase phases cohort round stage step time year years date age ages sample "
    "samples model models hypothesis copyright retrieved accessed since until before after circa approximately about "
    "act code regulation directive cup olympics games championship championships championships war wars "
    "election elections census recession crisis pandemic agreement accord accords treaty protocol convention summit "
    "declaration constitution amendment conference congress symposium workshop season series volumes film movie "
    "windows trial notes items question questions lines rows column columns panel level levels "
    "week weeks month months days total mean median range min max n p r t f z df m sd se ci or hr md bc ad bce ce "
    "today currently present building road avenue isbn issn id grant number doi url http https www"
)
"""Capitalised words that may stand before a year and are no author by themselves, in lower case."""

MAYBE_MONTHS: Final = _set("may march")

THINGS: Final = _set(
    "cup act acts bill law laws code regulation directive olympics games championship championships war wars election "
    "elections census recession crisis pandemic agreement accord accords treaty protocol convention summit declaration "
    "constitution amendment conference congress symposium workshop season edition version brexit survey study "
    "experiment wave phase cohort dataset scale inventory test questionnaire award prize medal festival album film "
    "movie outbreak epidemic earthquake tsunami hurricane revolution uprising coup massacre genocide referendum"
)
"""Last words of names of things that have a year of their own without being a citation, in lower case."""

EVENTS: Final = _set(
    "cup olympics games championship championships war wars election elections census recession crisis pandemic summit "
    "conference congress symposium workshop season brexit wave cohort outbreak epidemic earthquake tsunami hurricane "
    "revolution uprising festival award prize medal"
)
"""Last words of names of things that no citation is by."""

GROUPS: Final = _set(
    "organization organisation organizations association institute institutes institution university universität "
    "universidad universidade université college school committee commission department dept ministry minister agency "
    "council centre center centers centres bank team group society federation foundation office bureau board "
    "consortium network union collaboration academy service services authority authorities government nations "
    "initiative programme program force project corporation corp inc ltd llc llp gmbh company co library museum "
    "observatory laboratory laboratories lab hospital trust fund secretariat administration parliament house senate "
    "court assembly investigators collaborators workgroup panel taskforce administration registry community press "
    "alliance coalition league club party forum division branch section directorate command staff unit "
    "ministère ministerio ministério gesellschaft verein bundesamt instituto institut istituto commissariat states "
    "states. archive archives partnership taskforce developers contributors committee's united"
)
"""Words that make a run of capitalised words the name of a group, in lower case."""

FIRMS: Final = _set("Co Company Sons Partners Associates Bros")
ABBREVIATED: Final = _set("St Ste Jr Sr Inc Ltd Corp Co Dr Prof Mr Mrs Ms Univ Dept Assoc Natl Intl vs v Exec No Bros")
"""Words whose full stop ends no sentence."""

SUFFIXES: Final = _set("Jr Sr II III IV")

LEAD_IN: Final = pattern(
    r"(?:\s*(?:but|and|or|see|also|cf|compare|e\.\s?g|eg|i\.\s?e|ie|for|an?(?!\.)|in|the|more|review|reviews|overview|example|"
    r"instance|examples|discussion|details?|further|recent|summary|comparison|information|particularly|especially|"
    r"notably|including|such|as|cited|quoted|discussed|described|reported|reviewed|adapted|reprinted|modified|from|"
    r"after|following|based|on|by|with|contra|namely|originally|translated|trans|in|most|recently|first|both|among|"
    r"others|other|viz|sensu|according|to|studies|work|works|similarly|likewise|though|although|however|per|via)"
    r"(?![\w'-])\.?[,:]?)*\s*",
    2,  # case blind
)
"""What stands before the first name in a bracket, all of it such words."""

SECONDARY: Final = pattern(r"\b(?:as )?(?:cited|quoted|discussed|mentioned|reported) (?:in|by)\b|\bqtd\.? in\b", 2)
"""A work known only through another (APA 7 §8.6)."""

PERSONAL: Final = pattern(r"\b(?:personal|private|pers\.?) (?:communications?\b|comm(?:un)?\b\.?|correspondence\b)", 2)
"""A message that no reader can retrieve (APA 7 §8.9)."""

ETAL: Final = (
    r"(?<!\w)(?:[Ee]t\.?\s?al(?:ii|ia)?\b\.?|&\s?al\b\.?|and\sal\b\.|(?:and|&)\s(?:colleagues|co-?workers|associates|"
    r"collaborators|co-?authors|others)\b)(?:'s?(?!\w))?"
)
"""The words that stand for authors left out, right or wrong (APA 7 §8.17)."""
