"""Names of persons in English: by title, by the words around them, by capital letters."""

from __future__ import annotations

import re
from dataclasses import replace

from coach.domain.labels import PiiType
from coach.domain.time import Span
from coach.language.pii.lexicon_en import FIRST_NAMES
from coach.language.pii.spans import Found
from coach.language.pii.wide_places import is_wide
from coach.language.words import words

_TITLE = (
    r"(?:Mr|Mrs|Ms|Miss|Mister|Dr|Doctor|Sir|Madam|Pastor|Father|Rev|Officer|Professor|Prof|"
    r"Judge|Nurse|Sergeant|Aunt|Auntie|Uncle|Big|Captain)"
)
_PART = r"[^\W\d_](?:[^\W\d_]|['’\-](?=[^\W\d_]))*"
_CAPITAL = rf"(?=[A-ZÀ-ÞŠŽ]){_PART}"
_LINK = r"(?:de|da|del|van|von|der|la|bin|al|of|Junior|Jr|Sr)"
_FULL = rf"{_CAPITAL}(?:\s(?:{_LINK}\s){{0,2}}{_CAPITAL}){{0,3}}"
_TITLED = re.compile(rf"\b(?:(?:Mr|Dr)\.?\s(?:and|&)\s)?{_TITLE}\.?\s{_FULL}")
_TITLED_LOWER = re.compile(r"\b(?:mr|mrs|ms|miss)\.?\s[a-z][a-z'\-]{2,20}\b")
_CUES = (
    (
        r"(?:[Mm]y (?:name|surname)(?:'s|’s| is)|(?:[Nn]|[Ss]urn)ame(?:'s|’s| is| was)|[Cc]alled|[Cc]alls me|"
        r"[Nn]amed|[Cc]all me|on the deed is|[Jj]ust put|[Gg]oes by)\s",
        0.95,
    ),
    (
        r"(?:[Tt]his is|[Ii]t(?:'s|’s)|[Ii](?:'m|’m| am)|[Tt]hat(?:'s|’s| is)|[Ii]s "
        r"(?:that|this)(?: the)?|[Ss]peak(?:ing)? (?:with|to)|[Tt]alk(?:ing)? (?:with|to)|"
        r"[Aa]sk for|[Ll]ook(?:ing|in'|in’) for|"
        r"[Tt]rying to reach|[Ii]'m after|[Cc]alling for|[Hh]ave I got|[Tt]ell|[Tt]hanks|"
        r"[Tt]hank you|[Hh]i|[Hh]ello|[Hh]ey|[Mm]orning|[Aa]fternoon|[Ee]vening|[Cc]heers|[Tt]a|"
        r"[Hh]iya|[Tt]ake it easy|[Ss]ee you|[Gg]oodbye|[Cc]heerio|"
        r"[Aa]lright|[Oo]kay|[Bb]ye|[Ss]orry|"
        r"me and|[Ww]ould that be|(?:[Mm]y|[Yy]our|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur) (?:ex|ex-wife|"
        r"ex-husband|late|wife|husband|son|daughter|"
        r"brother|sister|mom|mum|dad|partner|boss|friend|neighbou?r|nan|uncle|aunt|cousin|"
        r"boyfriend|girlfriend|mate|fella|lady)|[Ll]ittle one's|one’s|one's|[Rr]each),?\s",
        0.8,
    ),
    (r"(?:[Ff]or|[Ww]ith|from|and|to),?\s", 0.66),
)
_CUED = tuple((re.compile(rf"(?<!\w){cue}(?P<name>{_FULL})"), sure) for cue, sure in _CUES)
_IS_IN = re.compile(rf"\b[Ii]s (?P<name>{_FULL}) (?:in|there|home|available|around|about|at home)\b")
_SPEAKING = re.compile(
    rf"(?:^|[.,!?]\s)(?P<name>{_FULL})(?:\shere\b|\sspeaking\b|,?\s(?:from|with|at|calling)\s)"
)
_SPELLED = re.compile(
    rf"(?:^|[,.!?]\s|\b(?:it's|is|name's)\s)(?P<name>{_FULL})"
    r"(?=[,.]\s(?:apostrophe|hyphen|with (?:an?|the|two) (?:[A-Z]\b|apostrophe|hyphen)|"
    rf"[A-Z](?:[-\s,.]{{1,2}}[A-Z]\b){{2}}|(?:yes,?\s)?(?:like|as in)\sthe\s))"
)
"""O'Shaughnessy, with the apostrophe; Nowak, N-O-W; Chase, like the bank."""

_ASKED_OF = re.compile(
    rf"(?:^|[,.?!]\s)(?:Is|Does|Has|Did|Was|Isn['’]t|Doesn['’]t)\s(?P<name>{_CAPITAL})"
    r"(?=\s(?:the|still|your|also|there|not|in|know|live|work|want|get|got|been|happy|able|aware)\b)"
)
"""Does Robin still work there? Where the word is a first name."""

_AMID = re.compile(rf"(?<=[a-z,]\s)(?<!\bin\s)(?P<name>{_CAPITAL})(?!['’]s\b|['’\-\w]|,?\s[A-Z][a-z])")
"""It was Sharon in your team who said so: a first name amid a sentence, no other capital beside it."""

_BEFORE_NAME = re.compile(r"\b(?:Old|Little|Wee|Aunty|Granny|Cousin)\s$")

_OF_PERSON = re.compile(
    rf"(?:^|[.!?,]\s|\b(?:[Oo]ur|and|but|when|cos|because)\s)(?P<name>{_CAPITAL}(?:\s{_CAPITAL})?)"
    r"(?=(?:['’]s|\sis)\s(?:not\s|been\s)?(?:in\b(?!\s(?:the|a|my|your|his|her)\b)|deaf\b|poorly\b|asleep\b|"
    r"my\s(?:[a-z]+\s)?(?:brother|sister|son|daughter|husband|wife|mum|mom|dad|ex|mate|partner|boss|flatmate|neighbou?r)|"
    r"(?:his|her)\s(?:brother|sister|son|daughter|husband|wife|mum|mom|dad|name)\b)"
    r"|\s(?:is|was)n['’]t\s(?:in\b|here\b|home\b|around\b|available\b)|\spassed away\b)"
)
"""Zoe isn't in, Cormac's my brother: only of a person."""

_PERHAPS_PERSON = re.compile(
    rf"(?:^|[.!?,]\s|\b(?:[Oo]ur|and|but|when|that|cos|because)\s)(?P<name>{_CAPITAL})"
    r"(?=\s(?:said|says|told|reckons|rang|phoned|texted|moved|died|left|handles|does the|paid|owes|owed|lent|"
    r"borrowed|signed|lives|lived|works|worked|drives|will pay|won['’]t|doesn['’]t|didn['’]t|hasn['’]t)\b|"
    r"\?\s(?:[Nn]o,?\s)?(?:[Hh]e|[Ss]he)\b)"
)
"""Bev does the bills, our Tracey will pay: where the word is a first name."""

_LOWER_FIRST = re.compile(
    r"\b(?:is (?:this|that)|speaking (?:to|with)|this is|it'?s|ok(?:ay)?|hi|hey|hello|thanks|sorry|bye|"
    r"cheers)(?: there)? (?P<name>[a-z]{3,14})"
    r"(?=$|[.,?!]| (?:i'?m|i'?ll|i|yeah|speaking|here|calling|please|it'?s)\b)"
)
_HOUSEHOLD = re.compile(rf"\b[Tt]he (?P<name>{_CAPITAL})(?= (?:house|household|family|residence)\b)")
_VOCATIVE = re.compile(rf"(?:^|[,.!?]\s)(?P<name>{_CAPITAL}(?:\s{_CAPITAL})?)(?=[,.!?]|$)")
_POSSESSIVE = re.compile(rf"\b(?P<name>{_CAPITAL}(?:\s{_CAPITAL}){{1,3}})(?=['’]s\b)")
_PAIR = re.compile(
    rf"(?:^|[,.!?]\s|\b[a-z]+\s)(?P<name>{_CAPITAL}\s(?:{_LINK}\s)?{_CAPITAL})(?=[,.!?]|$|"
    rf"\s(?:here|speaking|is|was|signed|at|on|,))"
)
_LOWER_CUE = re.compile(
    r"\bmy name(?:'s|’s| is) (?P<name>[a-z][a-z'\-]{1,20}(?: "
    r"[a-z][a-z'\-]{2,20})?)(?=[\s,.!?]|$)"
)
_LOWER_ASKED = re.compile(
    r"\b(?:is (?:this|that)|speak(?:ing)? (?:to|with)|talk(?:ing)? (?:to|with)|looking for|this "
    r"is|i'?m|i am|it'?s) "
    r"(?P<name>(?P<first>[a-z]{2,14}) [a-z][a-z'\-]{2,16})(?=$|[,.!?]| (?:please|speaking|here|"
    r"from|of|with|calling))"
)
"""How a recogniser that knows no capitals writes a caller's question."""

_COMMON = frozenset(
    words(
        "i i'm i've i'll i'd the a an and but so or yes yeah yep no not okay ok oh well right hi "
        "somebody hello hey good morning afternoon evening night thanks thank thankyou please sorry "
        "sure look "
        "listen what who when where why how which is are was were do does did can could would will "
        "should may might have has had it it's its that that's this there here they them we you your "
        "my our his her he she monday tuesday wednesday thursday friday saturday sunday january "
        "february march april june july august september october november december christmas easter "
        "thanksgiving english american british spanish chinese god lord jesus christ mom mum dad "
        "mate love dear sir madam ma'am maam sweetheart honey hon buddy pal man dude boss perfect "
        "illegal ridiculous unlawful outrageous "
        "great lovely brilliant fine super alright cheers bye goodbye then now just let's lets don't "
        "didn't can't won't if as at on in of for from with by to up all one two three four five six "
        "seven eight nine ten nobody everybody someone something nothing everything absolutely "
        "exactly really maybe perhaps actually speaking wait hold hang come go get give take tell "
        "call say said send pay see aye ta er um uh mm hmm ah ooh wow nope national insurance social "
        "security citizens advice bank card finance credit loan loans services service energy "
        "electric power water gas council department customer care support collections accounts "
        "billing north south east west new old big street road avenue lane close court drive flat po "
        "box uk us usa london america england scotland wales ireland google amazon walmart visa "
        "mastercard amex discover apr irs nhs fca cfpb ofgem because until till after before since "
        "while although again anyway also any some most more less another other both each every "
        "first last next you've you're you'll you'd he's she's they're they've we're we've we'll "
        "there's here's who's what's where's how's everyone anyone am been being be ain't isn't "
        "wasn't aren't couldn't wouldn't shouldn't doesn't haven't hasn't understood agreed correct "
        "true wrong done sent noted thirty forty fifty sixty seventy eighty ninety hundred thousand "
        "paid half twelve eleven twenty only even still never always today tonight tomorrow calling "
        "login password parkinson alzheimer crohn speak bear bring put leave let keep merry heavens "
        "gonna wanna gotta about"
    )
)
_HOUSE = re.compile(
    r"\b(?:Bank|Finance|Financial|Credit|Capital|Energy|Electric|Power|Water|Card|Cards|"
    r"Services|Service|Loans?|Lending|Group|Ltd|Inc|LLC|Co|Co-op|Company|Medical|Clinic|"
    r"Hospital|Collections|Recovery|Recoveries|Motors?|"
    r"Telecom|Mobile|Wireless|Insurance|Council|School|Academy|College|University|"
    r"Shopping|Home|Homes|Leasing|Rentals?|Supply|Supplies|Associates|Partners|Solutions|"
    r"Debt|Trust|Truss|Timber|Concrete|Towing|Street|Road|Avenue|Lane|"
    r"Court|Close|Drive|Park|Crescent|Grove|Department|Office|Law|Legal|Auto|Direct|Care|"
    r"Cash|Payday|Funds?|Union|Society|Dental|Vet|Vets|Gym|Furniture|Store|Stores|Market|"
    r"Gas|Broadband|Media|County|City|Division|Hall|Cards|Pages|Vehicle|Rentals|"
    r"Recoveries|Lowell|Cabot|Equifax|Experian|TransUnion|Resolutions|Complaints|Netflix|Spotify|Xbox|PlayStation|"
    r"Fencing|Chase|Monzo|Barclays|Barclaycard|HSBC|Lloyds|Santander|NatWest|Wells Fargo|Citi|Halifax|"
    r"Walmart|Tesco|Klarna|Starling|Revolut|Plumbing|Bakery|Joinery|Roofing|Flooring|Kitchens?|Carpets|Garage|"
    r"Scaffolding|Haulage|Logistics|Builders|Construction|Electrical|Cabs|Taxis|Salon|Diner|Cafe|Hotel|Inn|"
    r"Pharmacy|Nursery|Primary|Elementary|Surgery|Cleaning|Security|Catering|Removals|Steel|Farms?|Foods|Cottage|"
    r"Tiling|Drains|Windows|Tyres|Autos|Upholstery|Fabrics|Advance|Mutual|Lets|Lettings|National|Way|Heights|"
    r"Buildings|Mews|Terrace|Gardens|Estate|Cottages|Landing|Crossing|Meadows|Brothers|Bros)\b"
)

_HOUSE_BEHIND = re.compile(r"\s{0,3}" + _HOUSE.pattern)


def names(text: str) -> list[Found]:
    """The names of a text; a title belongs to the name."""
    found = [
        _found(*match.span(), 0.95) for match in _TITLED.finditer(text) if not _HOUSE.search(match.group())
    ]
    found += [_found(*match.span(), 0.9) for match in _TITLED_LOWER.finditer(text)]
    for pattern, sure in _CUED:
        for match in pattern.finditer(text):
            known = match["name"].split()[0].lower() in FIRST_NAMES
            found += _kept(text, match.start("name"), match["name"], max(sure, 0.8) if known else sure)
    told = (_SPEAKING, _IS_IN, _HOUSEHOLD, _SPELLED)
    for match in (match for pattern in told for match in pattern.finditer(text)):
        found += _kept(text, match.start("name"), match["name"], 0.85)
    for pattern, sure in ((_POSSESSIVE, 0.7), (_PAIR, 0.72), (_VOCATIVE, 0.68)):
        for match in pattern.finditer(text):
            opens = pattern is _PAIR and match.start() == 0
            if opens or match["name"].split()[0].lower() in FIRST_NAMES:
                found += _kept(text, match.start("name"), match["name"], sure)
    for match in _OF_PERSON.finditer(text):
        found += _kept(text, match.start("name"), match["name"], 0.72)
    for match in _PERHAPS_PERSON.finditer(text):
        if match["name"].lower() in FIRST_NAMES:
            found += _kept(text, match.start("name"), match["name"], 0.72)
    if text[:1].isupper():
        for match in (*_ASKED_OF.finditer(text), *_AMID.finditer(text)):
            if match["name"].lower() in FIRST_NAMES:
                found += _kept(text, match.start("name"), match["name"], 0.66)
    for match in _LOWER_FIRST.finditer(text):
        if match["name"] in FIRST_NAMES and match["name"] not in _COMMON:
            found.append(_found(*match.span("name"), 0.66))
    for match in _LOWER_CUE.finditer(text):
        if not set(match["name"].split()) & _COMMON:
            found.append(_found(match.start("name"), match.end("name"), 0.8))
    for match in _LOWER_ASKED.finditer(text):
        if match["first"] in FIRST_NAMES and match["first"] not in _COMMON:
            whole = "first" if match["name"].split()[-1] in _COMMON else "name"
            found.append(_found(*match.span(whole), 0.66))
    return [replace(one, span=_with_what_leads(text, one.span)) for one in found]


def _with_what_leads(text: str, span: Span) -> Span:
    """Old Tom, Cousin Ann: what leads a name belongs to it."""
    leads = _BEFORE_NAME.search(text, max(0, span.start - 8), span.start)
    return Span(leads.start(), span.end) if leads else span


def _found(start: int, end: int, sure: float) -> Found:
    return Found(PiiType.NAME, Span(start, end), sure)


def _kept(text: str, start: int, name: str, sure: float) -> list[Found]:
    """Without common words at its ends; nothing when it is no person's name."""
    if _HOUSE.search(name):
        return []
    words = [(match.group(), match.start()) for match in re.finditer(r"\S+", name)]
    if any(word.isupper() and len(word) > 1 for word, _ in words):
        return []
    while words and _is_common(words[0][0]):
        words.pop(0)
    while words and _is_common(words[-1][0]):
        if words.pop()[0].lower() in _DAYS:
            return []
    if not words or any(_is_common(word) for word, _ in words if word[0].isupper()):
        return []
    begin, end = words[0][1], words[-1][1] + len(words[-1][0])
    kept = re.sub(r"['’]s$", "", name[begin:end])
    if _HOUSE.search(kept) or len(kept) < 2 or kept.isupper() or is_wide(kept):
        return []
    if _HOUSE_BEHIND.match(text, start + end):
        return []
    return [_found(start + begin, start + begin + len(kept), sure)]


_DAYS = frozenset(words("friday monday tuesday wednesday thursday saturday sunday"))
"""Black Friday is no Mr Black."""


def _is_common(word: str) -> bool:
    plain = re.sub(r"['’]s$", "", word.lower().replace("’", "'"))
    return plain in _COMMON or word.lower().replace("’", "'") in _COMMON


def is_distinctive(word: str) -> bool:
    """Whether a part of a name can be marked wherever it stands: no common word, no title."""
    return not _is_common(word) and re.fullmatch(_TITLE, word.strip(".").capitalize()) is None


_INTRODUCES = re.compile(
    r"\b(?:it['’]?s|this is|my name|i['’]?m|i am|calling|myself|speaking from)\b", re.IGNORECASE
)
_OF_HOUSE = re.compile(
    r"\b(?:from|at|(?<!speak )(?<!speaking )(?<!talk )(?<!talking )with|behalf of)\s(?:the\s)?$",
    re.IGNORECASE,
)


def is_callers_house(text: str, start: int) -> bool:
    """Whether what begins at ``start`` is the house for which somebody says that he calls."""
    return bool(_OF_HOUSE.search(text, max(0, start - 14), start) and _INTRODUCES.search(text, 0, start))


_GREETING = re.compile(
    r"(?:hello|hi|hiya|hey|g['’]day|(?:good\s)?(?:morning|afternoon|evening)|welcome to|"
    r"thank(?:s| you) for (?:calling|ringing)|you['’]?ve (?:called|reached|come through to)|"
    r"you(?:['’]?re| are) (?:through|speaking) to|this is|it['’]?s|[\s,.!])*",
    re.IGNORECASE,
)
_LEADS_TO_BUSINESS = re.compile(
    r"(?:\b(?:it['’]?s|this is|is (?:this|that)|from|for|with|owe|behalf of|calling|here at)\s(?:the\s)?|"
    r"^|[.!?,]\s)$",
    re.IGNORECASE,
)
_BUSINESS = (
    r"(?:loans?|finance|financial|credit|lending|collections?|recover(?:y|ies)|energy|insurance|broadband|telecoms?|"
    r"dental|motors|leasing|gym|vets)"
)
_BUSINESS_BEHIND = re.compile(rf"\s{_BUSINESS}\b", re.IGNORECASE)
_ENDS_AS_BUSINESS = re.compile(rf"\s{_BUSINESS}$", re.IGNORECASE)


def greets_before(text: str, start: int) -> bool:
    """Whether nothing but a greeting or "this is" stands before ``start``."""
    return _GREETING.fullmatch(text, 0, start) is not None


def is_business(text: str, span: Span) -> bool:
    """It's Clydeline| loans: whether what is named is a house of business, and nobody."""
    if not _LEADS_TO_BUSINESS.search(text, max(0, span.start - 20), span.start):
        return False
    first, *more = span.of(text).lower().split()
    if more and first in FIRST_NAMES:
        return False
    behind = _BUSINESS_BEHIND.match(text, span.end)
    return (behind or _ENDS_AS_BUSINESS.search(text, span.start, span.end)) is not None
