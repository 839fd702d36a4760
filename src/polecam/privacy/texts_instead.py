"""Words by which a friend agrees to another adviser: for good, or while the first one is away.

As in `texts.py`: the first line is the sentence, the rest explains it; in both languages at once.
"""

INSTEAD: dict[str, dict[str, str]] = {
    "consent_phone_instead": {
        "pl": (
            "{seller} może do mnie zadzwonić w tej sprawie zamiast osoby wskazanej wcześniej "
            "i opowiedzieć o ofercie {firm}.\n"
            "Osoba wskazana wcześniej już nie zadzwoni."
        ),
        "en": (
            "{seller} may call me about this instead of the person named before and tell me what "
            "{firm} offers.\n"
            "The person named before will no longer call."
        ),
    },
    "consent_sms_instead": {
        "pl": (
            "{seller} może wysłać mi SMS w tej sprawie zamiast osoby wskazanej wcześniej, także "
            "o ofercie {firm}.\n"
            "Osoba wskazana wcześniej już nie napisze."
        ),
        "en": (
            "{seller} may send me a text message about this instead of the person named before, "
            "also about what {firm} offers.\n"
            "The person named before will no longer write."
        ),
    },
    "consent_email_instead": {
        "pl": (
            "{seller} może wysłać mi e-mail w tej sprawie zamiast osoby wskazanej wcześniej, także "
            "o ofercie {firm}.\n"
            "Osoba wskazana wcześniej już nie napisze."
        ),
        "en": (
            "{seller} may e-mail me about this instead of the person named before, also about what "
            "{firm} offers.\n"
            "The person named before will no longer write."
        ),
    },
    "consent_visit_instead": {
        "pl": (
            "Przyjdę na rozmowę: {seller}, {branch}, zamiast osoby wskazanej wcześniej.\n"
            "Numer ani adres nie są do tego potrzebne."
        ),
        "en": (
            "I will come for a talk: {seller}, {branch}, instead of the person named before.\n"
            "No number and no address are needed for it."
        ),
    },
    "consent_phone_cover": {
        "pl": (
            "Podczas nieobecności osoby wskazanej wcześniej {seller} może do mnie zadzwonić w tej "
            "sprawie i opowiedzieć o ofercie {firm}.\n"
            "Potem znów zadzwoni osoba wskazana wcześniej."
        ),
        "en": (
            "While the person named before is away, {seller} may call me about this and tell me "
            "what {firm} offers.\n"
            "Afterwards it is the person named before again."
        ),
    },
    "consent_sms_cover": {
        "pl": (
            "Podczas nieobecności osoby wskazanej wcześniej {seller} może wysłać mi SMS w tej "
            "sprawie, także o ofercie {firm}.\n"
            "Potem znów napisze osoba wskazana wcześniej."
        ),
        "en": (
            "While the person named before is away, {seller} may send me a text message about "
            "this, also about what {firm} offers.\n"
            "Afterwards it is the person named before again."
        ),
    },
    "consent_email_cover": {
        "pl": (
            "Podczas nieobecności osoby wskazanej wcześniej {seller} może wysłać mi e-mail w tej "
            "sprawie, także o ofercie {firm}.\n"
            "Potem znów napisze osoba wskazana wcześniej."
        ),
        "en": (
            "While the person named before is away, {seller} may e-mail me about this, also about "
            "what {firm} offers.\n"
            "Afterwards it is the person named before again."
        ),
    },
    "consent_visit_cover": {
        "pl": (
            "Przyjdę na rozmowę: {seller}, {branch}, podczas nieobecności osoby wskazanej "
            "wcześniej.\n"
            "Numer ani adres nie są do tego potrzebne."
        ),
        "en": (
            "I will come for a talk: {seller}, {branch}, while the person named before is away.\n"
            "No number and no address are needed for it."
        ),
    },
}
