"""Addresses and employers in English."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coach.domain.labels import PiiType
from coach.domain.time import Span
from coach.language.pii.spans import Found

_NUMBER_WORD = (
    r"(?:[0-9]{1,5}[A-Za-z]?|(?:(?:one|two|three|four|five|six|seven|eight|nine|ten|"
    r"eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|"
    r"nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|oh|hundred|and)[\s-]){1,5})"
)
_CAP = r"[A-ZÀ-Þ][\w'’\-]*"
_STREET = (
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Close|Court|Ct|Drive|Dr|Crescent|Grove|"
    r"Terrace|Way|Place|Square|Boulevard|Blvd|Mill Bank|Bank|Hill|Row|Gardens|Mews|Parade|"
    r"Walk|Parkway|Circle|Trail|Highway|Park|Green|Rise|View)"
)
_UNIT = r"(?:,?\s(?:[Ff]lat|[Aa]partment|[Aa]pt|[Uu]nit|[Ss]uite|#)\.?\s?\w{1,6}(?:\s[A-Z]\b)?)?"
_PLACE_TAIL = (
    rf"(?:,\s(?:[A-Z]{{1,2}}[0-9]{{1,2}}[A-Z]?\s?[0-9][A-Z]{{2}}|{_CAP}(?:\s{_CAP}){{0,2}}|"
    rf"above the [a-z]+))*"
)
_HOUSE = re.compile(
    rf"(?:\b[Ff]lat\s\w{{1,4}},\s)?(?<![\w$£.])(?i:{_NUMBER_WORD})\s?(?:{_CAP}\s){{1,3}}"
    rf"{_STREET}\b{_UNIT}{_PLACE_TAIL}"
)
_SPOKEN_HOUSE = re.compile(rf"(?<![\w$£.])(?i:{_NUMBER_WORD})\s?(?:{_CAP}\s){{1,2}}{_CAP}(?:,\s{_CAP})+")
_FLAT = re.compile(
    rf"\b(?i:flat|apartment|unit)\s\w{{1,6}},?\s(?:{_CAP}\s){{1,2}}(?:House|Court|Lodge|Tower|"
    rf"Towers|Building|Mansions|Heights|"
    rf"Point|Wharf){_PLACE_TAIL}"
)
_STREET_ALONE = re.compile(
    rf"\b(?:[Oo]n|[Aa]t|[Oo]ff|[Ll]ives? in|[Ll]iving in|down|up|[Mm]oved to)\s(?P<it>(?!(?:The|A|"
    rf"This|That)\b)(?:{_CAP}\s){{1,2}}{_STREET})\b"
)
_PO_BOX = re.compile(
    rf"\b[Pp]\.?\s?[Oo]\.?\s[Bb]ox\s[\w\s]{{1,24}}?(?:(?:,\s{_CAP}(?:\s{_CAP})?)+(?:,\s[\w\s"
    rf"]{{5,30}}?(?=[.,!?]|$))?|(?=[.,!?]|$))"
)
_LOT = re.compile(
    rf"\b[Ll]ot\s[0-9]{{1,4}},\s{_CAP}(?:\s{_CAP}){{0,3}}(?:,\s(?:off\s)?{_CAP}(?:\s\w+){{0,3}}"
    rf")?"
)
_HOUSE_NAME = re.compile(
    rf"\b[Tt]he\s(?:Old|New|Little|White|Red)\s{_CAP},\s{_CAP}(?:\s{_CAP})?(?:,\s{_CAP})?"
)
_COTTAGE = re.compile(
    rf"\b(?!\w+['’])(?:The\s)?{_CAP}(?:\s{_CAP})?\s(?:Cottage|Farm|Villa|Barn|Forge|Rectory|Vicarage|Bungalow|Farmhouse),"
    rf"\s{_CAP}(?:\s{_CAP}){{0,2}}"
)
_POSTCODE = re.compile(
    r"\b(?:[A-Z]{1,2}[0-9][0-9A-Z]?\s[0-9][A-Z]{2}|[A-Z]{1,2}[0-9][0-9A-Z]?[0-9][A-Z]{2})\b"
)
_DIGIT = r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|[0-9])"
_TO_TWENTY = (
    r"(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|"
    r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine))?)"
)
_INWARD = rf"{_DIGIT}\s?[abd-hjlnp-uw-z]\s?[abd-hjlnp-uw-z]\b"
_HALF_SPOKEN_POSTCODE = re.compile(rf"\b[a-z]{{1,2}}[0-9]{{1,2}}[a-z]?,?\s{_INWARD}", re.IGNORECASE)
"""CF14 six HA."""

_SPOKEN_POSTCODE = re.compile(
    rf"\b[a-z]\s?[a-z]?\s?(?:{_TO_TWENTY}|{_DIGIT}(?:\s?{_DIGIT})?)(?:\s?[a-z])?,?\s{_INWARD}", re.IGNORECASE
)
"""L S one two, six Q T: only where a postcode is spoken of."""

_WAY_TO_POSTCODE = re.compile(
    rf"\b(?:flat\s\w{{1,6}},?\s)?(?:[0-9]{{1,4}}[a-z]?|{_TO_TWENTY}|{_DIGIT})\s"
    r"(?:(?!(?:i|i['’]m|my|it['’]?s|is|was|and|but|for|a|per|pounds?|dollars?|quid|days?|weeks?|months?|years?|"
    r"post\s?code)\b)[a-z'’\-]+,?\s){1,7}$",
    re.IGNORECASE,
)
"""14 Heol y Deri, Cardiff: a house from its number up to the postcode."""

_ZIP_CUE = re.compile(r"zip|post\s?code|postal", re.IGNORECASE)
_ZIP = re.compile(rf"\b(?:{_DIGIT}[\s-]){{4}}{_DIGIT}\b|\b[0-9]{{5}}\b", re.IGNORECASE)

_CUE = (
    r"(?:[Ww]ork(?:s|ed|ing)?\s(?:at|for|in|over at)|[Dd]riv(?:e|es|ing) for|[Ee]mployed "
    r"(?:by|at)|[Jj]ob (?:at|with)|[Rr]uns? the (?:desk|till|bar|shop) at|laid off "
    r"(?:from|by)|fired from|"
    r"(?:(?i:cashier|server|waitress|waiter|barista|mechanic|welder|electrician|janitor|porter|"
    r"chef|carer|assistant|"
    r"receptionist|teller|stocker|picker|packer|operator|technician|engineer|supervisor|foreman|"
    r"labourer|hairdresser|"
    r"redundant|overtime|temping|contracting|hours|shifts?|sacked|hired|the job|her job|his job|"
    r"my job|a job)\s"
    r"(?:at|for|with|by|from|in))|[Ss]till at|[Oo]ver at|[Uu]p at|"
    r"[Ss]tarted at|[Ss]tart at|(?:lady|nurse|teacher|cook|clerk|manager|driver|guard|"
    r"cleaner|nights|shifts|job|hours|aide|tech) (?:at|for|with)|(?:She|He|I)(?:'s|’s|'m|"
    r"’m) (?:with|at)|[Yy]ou(?:(?:'re|’re| are) still| were) with|[Cc]lean\w* (?:nights )?at|"
    r"[Hh]ank's at|['’]s at|[Tt]each(?:es)? at|[Bb]oss at|(?:down|out) at)\s"
)
_ORG = (
    rf"(?P<name>(?:the\s)?{_CAP}(?:\s(?:{_CAP}|&|and(?=\s{_CAP})|of(?=\s{_CAP})|on(?=\s{_CAP})|"
    rf"paper|mill|school|plant|factory|hospital|warehouse|diner|store|"
    rf"salon)){{0,5}}(?:,\sthe\s[a-z]+)?)"
)
_TRADE = (
    r"(?:Plumbing|Bakery|Joinery|Roofing|Flooring|Kitchens|Carpets|Garage|Motors|Scaffolding|Haulage|Logistics|"
    r"Builders|Construction|Electrical|Cabs|Taxis|Salon|Diner|Cafe|Hotel|Pharmacy|Nursery|Primary|Elementary|"
    r"Academy|Surgery|Dental|Vets|Cleaning|Security|Catering|Removals|Steel|Farms|Foods|Tiling|Tyres|Autos|"
    r"Upholstery|Hospital|General|Clinic|and Sons|& Sons|Bros|Brothers)"
)
_DOES = (
    r"\b(?:[Ii]|[Hh]e|[Ss]he|[Ww]e|[Tt]hey|husband|wife|partner|son|daughter|brother|sister|mum|mom|dad)\s"
    r"(?:only\s|just\s|still\s)?(?:(?:drive|deliver|sub|temp|ride|pack|pick|clean|cook|weld)(?:e?s)?\s(?:[a-z]+\s){0,2}"
    r"|(?:fix|stack|stock|load|lay|shift|wash|wait|tend|pull|push|mop|flip|read|fit|sell|cut|paint|service)(?:e?s)?\s"
    r"(?:[a-z]+\s){1,2})(?:for|at)\s"
)
"""I stack shelves at, he fixes lifts for."""

_EMPLOYER = re.compile(f"(?:{_CUE}|{_DOES}){_ORG}")
_AT_PHONE = re.compile(
    r"^(?:(?:Good\s(?:morning|afternoon|evening)|Hello|Hi|Yeah|This is)[,.]?\s)?"
    rf"(?P<name>(?:{_CAP}\s){{1,2}}{_TRADE})(?=[.?]?$|,\s(?:how can|good|hello|please|can I|this is|"
    r"reception|who|school|parts|where|[A-Z]\w+\sspeaking))"
)
"""Dawson Plumbing, how can I help? Somebody picks up with the name of the house."""
_NOT_ORG = re.compile(
    r"^(?:the\s)?(?:I|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|"
    r"February|March|April|May|June|July|August|September|October|November|December|Christmas|"
    r"Home|Mr|Mrs|Ms|Mum|Mom|Dad|Nan|Grandma|God|Him|Her|Us)\b"
)


def addresses(text: str, *, asked_for_zip: bool = False) -> list[Found]:
    """The addresses of a text; a five-digit code counts when one was asked for."""
    patterns = (
        (_HOUSE, 0.9),
        (_SPOKEN_HOUSE, 0.7),
        (_FLAT, 0.85),
        (_PO_BOX, 0.95),
        (_LOT, 0.85),
        (_HOUSE_NAME, 0.85),
        (_COTTAGE, 0.82),
        (_POSTCODE, 0.8),
    )
    found = [
        Found(PiiType.ADDRESS, _stripped(text, *match.span()), sure)
        for pattern, sure in patterns
        for match in pattern.finditer(text)
    ]
    found += [Found(PiiType.ADDRESS, Span(*match.span("it")), 0.62) for match in _STREET_ALONE.finditer(text)]
    found += schools(text)
    found += [_with_house(text, match) for match in _HALF_SPOKEN_POSTCODE.finditer(text)]
    if asked_for_zip or _ZIP_CUE.search(text):
        found += [_with_house(text, match) for match in _SPOKEN_POSTCODE.finditer(text)]
        found += [Found(PiiType.ADDRESS, Span(*match.span()), 0.8) for match in _ZIP.finditer(text)]
    return found


def _with_house(text: str, postcode: re.Match[str]) -> Found:
    """The postcode with the house, street and town that lead to it."""
    way = _WAY_TO_POSTCODE.search(text, max(0, postcode.start() - 80), postcode.start())
    return Found(PiiType.ADDRESS, Span(way.start() if way else postcode.start(), postcode.end()), 0.92)


def asks_for_zip(text: str) -> bool:
    """Whether the turn asks for a postal code or names one."""
    return _ZIP_CUE.search(text) is not None


_PUBLIC = re.compile(
    r"\b(?:work(?:s|ed|ing)?|driv(?:e|es|ing)|job|hours|shifts|nurse|cleaner|carer|clerk|porter)"
    r" (?:for|at|with|in) (?P<name>the (?:(?:county|city|borough|district|parish|town) council|"
    r"nhs|post office|railways?|coastguard|fire service))\b",
    re.IGNORECASE,
)
"""A workplace of the public without a name of its own."""


def employers(text: str, *, of_agent: bool = False) -> list[Found]:
    """The employers of a text, where work is spoken of; ``of_agent`` leaves out his own house."""
    found = [
        Found(PiiType.EMPLOYER, Span(*match.span("name")), 0.85)
        for match in _EMPLOYER.finditer(text)
        if not _NOT_ORG.match(match["name"])
    ]
    found += [Found(PiiType.EMPLOYER, Span(*match.span("name")), 0.8) for match in _PUBLIC.finditer(text)]
    found += [
        Found(PiiType.EMPLOYER, Span(*match.span("name")), 0.72)
        for match in (*_LET_GO.finditer(text), *_STILL.finditer(text))
        if not (_NOT_ORG.match(match["name"]) or _PRONOUN.match(match["name"]))
    ]
    found += [Found(PiiType.EMPLOYER, span, 0.78) for span in _in_passing(text, of_agent=of_agent)]
    picked_up = None if of_agent else _AT_PHONE.match(text)
    if picked_up is not None:
        found.append(Found(PiiType.EMPLOYER, Span(*picked_up.span("name")), 0.86))
    return found


_WORDS = r"[a-z][\w'’\-]*(?:\s(?:[a-z][\w'’\-]*|&)){1,3}?"
_NOTED = re.compile(
    r"\b(?:got|have|had|has|shows?|see|put|listed)\s[a-z]+\sdown\s(?:as\s)?(?:still\s)?(?:at|working\s(?:at|for|with))\s"
    rf"(?P<name>{_WORDS})"
    r"(?=[,.?!;]|$|\s(?:making|earning|doing|working|getting|on|as|full|part|still|now|is|isn['’]t|since|in|out|right|"
    r"correct|for|from)\b)",
    re.IGNORECASE,
)
"""We've got him down at Hollis Aggregates making nineteen an hour."""

_CALLS_FROM = re.compile(
    r"\b(?:it['’]?s|this is|i['’]?m|i am|name['’]?s)\s[a-z]+(?:\s[a-z'’\-]+){0,2}?\s(?:from|of|at)\s"
    rf"(?P<name>(?:[a-z][\w'’\-]*\s){{1,2}}?(?:{_TRADE}|(?!(?:call|ring|phon|speak|ask|wonder)ing\b)[a-z]{{3,}}ing))"
    r"(?=[,.?!;]|$|\s(?:out|in|at|here|about|i|and|again|calling|ringing)\b)",
    re.IGNORECASE,
)
"""It's Mick from Warburton Shearing: a customer who names his own firm."""

_A_STREET = re.compile(rf"\b{_STREET}$", re.IGNORECASE)


def _in_passing(text: str, *, of_agent: bool) -> Iterator[Span]:
    """Workplaces of two words and more that need no capital."""
    from coach.language.pii.names_en import is_distinctive

    for pattern in (_NOTED,) if of_agent else (_NOTED, _CALLS_FROM):
        for match in pattern.finditer(text):
            said = [word for word in match["name"].split() if word.lower() not in ("and", "of", "&")]
            if all(map(is_distinctive, said)) and not _A_STREET.search(match["name"]):
                yield Span(*match.span("name"))


_LET_GO = re.compile(
    rf"(?:^|[.,!?]\s|\b(?:and|but|so|when|since|because)\s)(?P<name>{_CAP}(?:\s{_CAP}){{0,2}})\s(?:has\s|have\s|had\s)?"
    r"(?:just\s)?(?:let\s(?:me|us|him|her)\sgo|laid\s(?:me|us|him|her)\soff|sacked\s(?:me|us|him|her)|"
    r"made\s(?:me|us|him|her)\sredundant|cut\s(?:my|our|his|her)\s(?:hours|shifts))\b"
)
_STILL = re.compile(
    rf"\bstill\s(?P<name>{_CAP}(?:\s(?:{_CAP}|and|&)){{0,3}})\s(?:that\s)?you\swork\s(?:for|at)\b"
)
"""Jaguar let me go; is it still Kellogg's you work for?"""
_PRONOUN = re.compile(r"(?:They|He|She|It|We|You|I|That|This|Work|Boss)\b")

_OF_CHILD = re.compile(
    r"\b(?:lad|lads|son|sons|daughters?|kids?|boys?|girls?|child|children|twins|little one|"
    r"grandson|granddaughter|eldest|youngest|year [0-9]|fetch (?:him|her|them)|"
    r"pick (?:him|her|them) up|drop (?:him|her|them)|school run)\b"
)
_AT_WORK = re.compile(
    r"\b(?:works?|working|teach(?:es)?|taught|job|cook|cleaner|cleans?|shifts?|nights|caretaker)\b"
)
_SCHOOL = re.compile(
    rf"\b(?:at|to|in|from)\s(?P<it>(?:{_CAP}\s){{1,3}}(?:Primary|Elementary|Middle|High|Academy|Nursery|Infants?|Juniors?|"
    r"Prep|Grammar|Preschool|Kindergarten)(?:\sSchool)?)\b"
)
"""My lad's at Oakmead Primary: where a child goes to school is where somebody is to be found."""


def schools(text: str) -> list[Found]:
    """The schools of children; where somebody works at one, it is a workplace."""
    if not _OF_CHILD.search(text) or _AT_WORK.search(text):
        return []
    return [Found(PiiType.ADDRESS, Span(*match.span("it")), 0.88) for match in _SCHOOL.finditer(text)]


def _stripped(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    return Span(start + len(words) - len(words.lstrip()), end - (len(words) - len(words.rstrip(" ,"))))
