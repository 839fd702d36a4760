"""The house's own words for an ask: per kind of moment two sentences, each with its exit line.

A changed sentence gets a higher version; the old row stays, because asks remember what was said.
Places to fill: {address} (Pani Anno / Anna), {pronoun} (Pani, Pan), {whose} (Pani, Pana),
{to_whom} (Pani, Panu). A sentence must stand without "{address}, " too, name no gender of its
speaker, and never speak of health or family. Ideas and the exit line: evidence.md (Schlund et
al. 2024: words to refuse make agreement more voluntary).
"""

from typing import NamedTuple


class Words(NamedTuple):
    """One sentence in both languages; `kind` "" suits any moment."""

    code: str
    version: int
    kind: str
    pl: str
    pl_exit: str
    en: str
    en_exit: str


EASY_PL = "Można śmiało odmówić, nic się nie zmieni."
EASY_EN = "It is perfectly fine to say no."
NO_NUMBER_PL = "Proszę nie podawać mi numeru, wystarczy przekazać link. Albo nie, i też dobrze."
NO_NUMBER_EN = "No number, please: a link to pass on is enough. Or not, and that is fine too."
NO_HURRY_PL = "Nie musi to być teraz i nie musi to być nikt."
NO_HURRY_EN = "It need not be now, and it need not be anyone."
BETWEEN_US_PL = "Jeśli nikt nie przychodzi na myśl, to żaden kłopot."
BETWEEN_US_EN = "If nobody comes to mind, no trouble at all."

HOUSE: tuple[Words, ...] = (
    Words(
        "praise-thanks",
        1,
        "praise",
        "{address}, dziękuję za te słowa. Komu z {whose} znajomych też by się to przydało?",
        EASY_PL,
        "{address}, thank you for saying so. Who among your friends might find this useful too?",
        EASY_EN,
    ),
    Words(
        "praise-most",
        1,
        "praise",
        "{address}, co pomogło najbardziej? Czy ktoś z {whose} otoczenia mierzy się z tym samym?",
        NO_HURRY_PL,
        "{address}, what helped most? Is anyone around you facing the same?",
        NO_HURRY_EN,
    ),
    Words(
        "rating-why",
        1,
        "high_rating",
        "{address}, dziękuję za ocenę. Kto z {whose} znajomych chciałby być tak obsłużony?",
        EASY_PL,
        "{address}, thank you for the rating. Who do you know who would like the same care?",
        EASY_EN,
    ),
    Words(
        "rating-link",
        1,
        "high_rating",
        "{address}, ta ocena wiele dla mnie znaczy. Czy mogę dać {to_whom} link dla kogoś, "
        "komu też pomogę?",
        NO_NUMBER_PL,
        "{address}, that rating means a lot to me. May I give you a link for someone I could help?",
        NO_NUMBER_EN,
    ),
    Words(
        "solved-same",
        1,
        "problem_solved",
        "{address}, cieszę się, że to już za nami. Czy zna {pronoun} kogoś z podobnym kłopotem?",
        BETWEEN_US_PL,
        "{address}, I am glad this is behind us. Do you know anyone with a similar trouble?",
        BETWEEN_US_EN,
    ),
    Words(
        "solved-link",
        1,
        "problem_solved",
        "{address}, gdyby ktoś z {whose} znajomych utknął w tym samym miejscu, chętnie pomogę.",
        NO_NUMBER_PL,
        "{address}, should a friend of yours get stuck in the same place, I would gladly help.",
        NO_NUMBER_EN,
    ),
    Words(
        "keys-home",
        1,
        "keys",
        "{address}, kto z {whose} bliskich też szuka teraz mieszkania?",
        EASY_PL,
        "{address}, who close to you is looking for a home right now too?",
        EASY_EN,
    ),
    Words(
        "keys-neighbours",
        1,
        "keys",
        "{address}, może ktoś z nowych sąsiadów jest jeszcze przed tą drogą? Chętnie poprowadzę.",
        NO_NUMBER_PL,
        "{address}, is a new neighbour perhaps at the start of this road? I would guide them.",
        NO_NUMBER_EN,
    ),
    Words(
        "saving-who",
        1,
        "saving",
        "{address}, komu z {whose} znajomych też warto by policzyć, ile zostaje w kieszeni?",
        EASY_PL,
        "{address}, for which friend of yours would it be worth counting what stays in the pocket?",
        EASY_EN,
    ),
    Words(
        "saving-link",
        1,
        "saving",
        "{address}, takie wyliczenie zrobię każdemu, kogo {pronoun} przyśle. Wystarczy ten link.",
        NO_HURRY_PL,
        "{address}, I will do the same sums for anyone you send. This link is enough.",
        NO_HURRY_EN,
    ),
    Words(
        "renewal-years",
        1,
        "renewal",
        "{address}, dziękuję za kolejny rok zaufania. Kogo jeszcze warto tak otoczyć opieką?",
        BETWEEN_US_PL,
        "{address}, thank you for another year of trust. Who else should we look after like this?",
        BETWEEN_US_EN,
    ),
    Words(
        "renewal-one",
        1,
        "renewal",
        "{address}, gdyby miała to być jedna osoba z {whose} otoczenia: komu by się to przydało?",
        EASY_PL,
        "{address}, if it were one person around you: who would find this useful?",
        EASY_EN,
    ),
    Words(
        "also-who",
        1,
        "also_do",
        "{address}, tak, tym też się zajmujemy. Czy ktoś ze znajomych {to_whom} o tym mówił?",
        BETWEEN_US_PL,
        "{address}, yes, we do that too. Has a friend of yours been talking about it?",
        BETWEEN_US_EN,
    ),
    Words(
        "also-link",
        1,
        "also_do",
        "{address}, jeśli to dla kogoś znajomego, mogę dać {to_whom} zaproszenie do przekazania.",
        NO_NUMBER_PL,
        "{address}, if it is for someone you know, I can give you an invitation to pass on.",
        NO_NUMBER_EN,
    ),
    Words(
        "need-pass",
        1,
        "someone_in_need",
        "{address}, o tej osobie, o której była mowa: chce {pronoun} przekazać jej zaproszenie?",
        NO_NUMBER_PL,
        "{address}, about the person you mentioned: would you like to pass them an invitation?",
        NO_NUMBER_EN,
    ),
    Words(
        "need-help",
        1,
        "someone_in_need",
        "{address}, chętnie pomogę tej osobie. Niech sama zdecyduje, wystarczy link od {whose}.",
        EASY_PL,
        "{address}, I would gladly help that person. Let them decide; a link from you is enough.",
        EASY_EN,
    ),
    Words(
        "friend-more",
        1,
        "friend_succeeded",
        "{address}, dziękuję za zaufanie do mnie. Komu jeszcze moglibyśmy tak pomóc?",
        BETWEEN_US_PL,
        "{address}, thank you for trusting me. Whom else could we help like that?",
        BETWEEN_US_EN,
    ),
    Words(
        "friend-next",
        1,
        "friend_succeeded",
        "{address}, {whose} polecenie wiele dla nas znaczy. Czy przychodzi na myśl ktoś jeszcze?",
        NO_HURRY_PL,
        "{address}, your recommendation means a lot to us. Does anyone else come to mind?",
        NO_HURRY_EN,
    ),
    Words(
        "live-trade",
        1,
        "go_live",
        "{address}, skoro już działa: komu z {whose} branży przydałby się taki początek?",
        EASY_PL,
        "{address}, now that it works: who in your trade could use such a start?",
        EASY_EN,
    ),
    Words(
        "live-partner",
        1,
        "go_live",
        "{address}, który z {whose} partnerów ma to jeszcze przed sobą? Mogę dać zaproszenie.",
        NO_NUMBER_PL,
        "{address}, which partner of yours still has this ahead? I can give you an invitation.",
        NO_NUMBER_EN,
    ),
    Words(
        "delivered-first",
        1,
        "delivered",
        "{address}, teraz, gdy wszystko już działa: komu chce {pronoun} podać to dalej?",
        EASY_PL,
        "{address}, now that everything works: to whom would you pass it on?",
        EASY_EN,
    ),
    Words(
        "delivered-who",
        1,
        "delivered",
        "{address}, skoro wszystko już jest: czy ktoś ze znajomych stoi przed tą samą decyzją?",
        BETWEEN_US_PL,
        "{address}, now that all is in place: is a friend of yours facing the same decision?",
        BETWEEN_US_EN,
    ),
    Words(
        "year-start",
        1,
        "anniversary",
        "{address}, mija kolejny rok. Komu z {whose} otoczenia przydałby się taki początek?",
        EASY_PL,
        "{address}, another year has passed. Who around you could use such a start?",
        EASY_EN,
    ),
    Words(
        "year-thanks",
        1,
        "anniversary",
        "{address}, dziękuję za ten rok. Czy jest ktoś, komu chce {pronoun} nas polecić?",
        NO_HURRY_PL,
        "{address}, thank you for this year. Is there anyone you would recommend us to?",
        NO_HURRY_EN,
    ),
    Words(
        "talk-request",
        1,
        "",
        "{address}, mam prośbę i można śmiało odmówić: komu z {whose} znajomych "
        "moja pomoc też by się przydała?",
        EASY_PL,
        "{address}, a request, and it is fine to decline: which friend of yours could use my help?",
        EASY_EN,
    ),
    Words(
        "talk-same",
        1,
        "",
        "{address}, czy ktoś z {whose} otoczenia mierzy się teraz z tym samym?",
        BETWEEN_US_PL,
        "{address}, is anyone around you facing the same just now?",
        BETWEEN_US_EN,
    ),
)
