"""Words with an American and a British spelling, as stems to which endings are put."""

from __future__ import annotations

from functools import cache

_OUR = "behavi col fav hon lab neighb harb rum hum vap endeav"
_IZE = (
    "organi recogni generali optimi minimi maximi characteri summari standardi normali reali utili emphasi categori"
    " hypothesi randomi visuali conceptuali operationali prioriti speciali critici moderni sociali stabili theori"
    " locali finali initiali parameteri regulari penali lineari"
)
_PAIRS = (
    "analyze/analyse analyzing/analysing center/centre fiber/fibre theater/theatre modeling/modelling modeled/modelled"
    " labeled/labelled labeling/labelling traveled/travelled traveling/travelling canceled/cancelled"
    " signaling/signalling counseling/counselling counselor/counsellor defense/defence offense/offence gray/grey"
    " judgment/judgement aging/ageing catalog/catalogue enrollment/enrolment fulfill/fulfil pediatric/paediatric"
    " anesthesia/anaesthesia estrogen/oestrogen hemoglobin/haemoglobin leukemia/leukaemia orthopedic/orthopaedic"
    " artifact/artefact skeptical/sceptical tumor/tumour"
)
_ENDINGS = "ed ing er ers ly al ally ful able"


@cache
def families() -> tuple[tuple[str, str], ...]:
    """Pairs of whole words, American and British, with their usual endings."""
    pairs = [(f"{stem}or{tail}", f"{stem}our{tail}") for stem in _OUR.split() for tail in ("", "s", *_ENDINGS.split())]
    tails = ("e", "es", "ed", "er", "ers", "ing", "ation", "ations")
    pairs += [(f"{stem}z{tail}", f"{stem}s{tail}") for stem in _IZE.split() for tail in tails]
    for pair in _PAIRS.split():
        american, british = pair.split("/")
        ends = ("", "d", "s") if american.endswith("e") else ("", "s", "ed", "ing")
        pairs += [(american + tail, british + tail) for tail in ends]
    return tuple(pairs)
