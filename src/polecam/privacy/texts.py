"""Words of consents, version by version: the first line is the sentence, the rest explains it.

Written in both languages at once and kept here, not in the catalogues: a translation must never
change what someone agreed to.
"""

from polecam.privacy.notice_texts import NOTICE
from polecam.privacy.texts_clients import CLIENTS
from polecam.privacy.texts_instead import INSTEAD

CONSENTS: dict[str, dict[str, str]] = {
    "consent_phone": {
        "pl": (
            "{seller} może do mnie zadzwonić w tej sprawie i opowiedzieć o ofercie {firm}.\n"
            "O porze, którą wybiorę. Bez tej zgody nikt nie zadzwoni."
        ),
        "en": (
            "{seller} may call me about this and tell me what {firm} offers.\n"
            "At the time I choose. Without this consent nobody will call."
        ),
    },
    "consent_sms": {
        "pl": (
            "{seller} może wysłać mi SMS w tej sprawie, także o ofercie {firm}.\n"
            "Na przykład, żeby potwierdzić termin."
        ),
        "en": (
            "{seller} may send me a text message about this, also about what {firm} offers.\n"
            "To confirm a time, for example."
        ),
    },
    "consent_email": {
        "pl": (
            "{seller} może wysłać mi e-mail w tej sprawie, także o ofercie {firm}.\n"
            "Bez tej zgody nikt nie napisze."
        ),
        "en": (
            "{seller} may e-mail me about this, also about what {firm} offers.\n"
            "Without this consent nobody will write."
        ),
    },
    "consent_visit": {
        "pl": (
            "Przyjdę na rozmowę: {seller}, {branch}.\nNumer ani adres nie są do tego potrzebne."
        ),
        "en": (
            "I will come for a talk: {seller}, {branch}.\n"
            "No number and no address are needed for it."
        ),
    },
    "consent_other_offers": {
        "pl": (
            "{firm} może kiedyś zaproponować mi coś innego, tymi samymi drogami.\n"
            "Nieobowiązkowe. Możesz to pominąć."
        ),
        "en": (
            "{firm} may some day offer me something else, by the same means.\n"
            "Optional. You may leave it out."
        ),
    },
    "consent_phone_branch": {
        "pl": (
            "Jedna osoba z oddziału {branch} może do mnie zadzwonić w tej sprawie i opowiedzieć "
            "o ofercie {firm}.\n"
            "O porze, którą wybiorę. Bez tej zgody nikt nie zadzwoni."
        ),
        "en": (
            "One person of {branch} may call me about this and tell me what {firm} offers.\n"
            "At the time I choose. Without this consent nobody will call."
        ),
    },
    "consent_sms_branch": {
        "pl": (
            "Jedna osoba z oddziału {branch} może wysłać mi SMS w tej sprawie, także o ofercie "
            "{firm}.\n"
            "Na przykład, żeby potwierdzić termin."
        ),
        "en": (
            "One person of {branch} may send me a text message about this, also about what "
            "{firm} offers.\n"
            "To confirm a time, for example."
        ),
    },
    "consent_email_branch": {
        "pl": (
            "Jedna osoba z oddziału {branch} może wysłać mi e-mail w tej sprawie, także o ofercie "
            "{firm}.\n"
            "Bez tej zgody nikt nie napisze."
        ),
        "en": (
            "One person of {branch} may e-mail me about this, also about what {firm} offers.\n"
            "Without this consent nobody will write."
        ),
    },
    "consent_visit_branch": {
        "pl": ("Przyjdę na rozmowę: {branch}.\nNumer ani adres nie są do tego potrzebne."),
        "en": ("I will come for a talk: {branch}.\nNo number and no address are needed for it."),
    },
}

TERMS: dict[str, str] = {
    "pl": """1. Kto prowadzi program
Program poleceń prowadzi {firm}. Udział jest dobrowolny i bezpłatny.
2. Kto może polecać
Polecać może każdy klient. Klient nie podaje numeru ani adresu znajomego: przekazuje mu \
zaproszenie, a znajomy sam decyduje, czy odpowie.
3. Jak można odmówić
Prośbę o polecenie można odrzucić bez podania powodu. Odmowa niczego nie zmienia w obsłudze \
klienta ani znajomego.
4. Co dostaje osoba polecona
Rozmowę z jednym doradcą, o porze i drogą, które sama wybierze. Rozmowa do niczego nie zobowiązuje.
5. Podziękowanie dla polecającego
Polecający może dostać podziękowanie za zaufanie i za rozmowę. Nigdy nie zależy ono od zakupu \
ani od liczby zaproszeń. Jeśli podziękowanie ma wartość pieniężną, ma stałą wysokość i jest \
opisane w osobnym ogłoszeniu programu.
6. Czego polecający się nie dowie
Polecający nie dowiaduje się, co osoba polecona wybrała ani czy coś kupiła.
7. Wynagrodzenie doradcy
Doradca może dostać premię za rozmowę lub sprzedaż. Nie zmienia to ceny dla osoby poleconej.
8. Dane osobowe
Dane osoby poleconej podaje ona sama. Bez odpowiedzi zaproszenie wygasa, a imię zostaje \
usunięte. Szczegóły są w informacji o danych osobowych.
9. Uwagi i reklamacje
Uwagi można zgłosić w oddziale lub na adres z informacji o danych osobowych. Odpowiedź przyjdzie \
najpóźniej w ciągu 30 dni.
10. Zmiany
Każda zmiana regulaminu ma nowy numer i datę. Polecenia złożone wcześniej toczą się według zasad \
z dnia ich złożenia.""",
    "en": """1. Who runs the programme
The referral programme is run by {firm}. Taking part is voluntary and free.
2. Who may recommend
Any client may. The client gives no number and no address of a friend: they pass an invitation \
on, and the friend decides whether to answer.
3. How to say no
A request for a referral may be declined without a reason. A refusal changes nothing in how the \
client or the friend is served.
4. What the recommended person gets
A talk with one adviser, at the time and by the means they choose. The talk obliges them to nothing.
5. Thanks to the recommender
The recommender may be thanked for their trust and for the talk. It never depends on a purchase \
nor on the number of invitations. If the thanks are worth money, the amount is fixed and \
described in a separate notice of the programme.
6. What the recommender does not learn
The recommender never learns what the recommended person chose, nor whether they bought anything.
7. What the adviser earns
The adviser may get a bonus for the talk or the sale. It does not change the price.
8. Personal data
The recommended person gives their own data. Unanswered, the invitation expires and the first \
name is erased. Details stand in the information on personal data.
9. Remarks and complaints
Tell us in the branch, or at the address in the information on personal data. An answer comes \
within 30 days at the latest.
10. Changes
Each change of these terms has a new number and date. Referrals made before follow the rules of \
their day.""",
}

TEXTS = CONSENTS | INSTEAD | CLIENTS | {"terms": TERMS, "notice": NOTICE}
