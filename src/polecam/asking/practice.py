"""Rehearsal of one ask: what clients tend to answer, and a good reply to each. Pure data.

Sources of the replies: evidence.md, "Objections of sellers and what answers them". We never take
numbers, tell openly of a bonus, and end at once when somebody would rather not. Places to fill as
in `asking.words`, and {cue}: a narrow memory prompt. No reply names the gender of its speaker.
"""

from typing import NamedTuple


class Turn(NamedTuple):
    """One answer of a client and the seller's reply; `then`: how the client may go on."""

    code: str
    pl: str
    en: str
    reply_pl: str
    reply_en: str
    why_pl: str
    why_en: str
    then: tuple[str, ...] = ()
    stops: bool = False

    def says(self, language: str) -> str:
        """What the client says."""
        return self.en if language == "en" else self.pl

    def reply(self, language: str) -> str:
        """What one may answer, with places to fill."""
        return self.reply_en if language == "en" else self.reply_pl

    def why(self, language: str) -> str:
        """One line about the reply."""
        return self.why_en if language == "en" else self.why_pl


FIRST = (
    "someone", "nobody", "no_numbers", "for_me", "for_you", "will_call", "later", "rather_not",
)  # fmt: skip
"""What clients answer to the sentence itself."""

TURNS: tuple[Turn, ...] = (
    Turn(
        "someone",
        "Właściwie tak, ktoś mi przychodzi na myśl.",
        "Actually, yes, someone comes to mind.",
        "Dziękuję. Dam {to_whom} link, a ta osoba sama wybierze, czy i jak się odezwiemy.",
        "Thank you. I will give you a link, and they choose whether and how we get in touch.",
        "Wystarczy imię. Numeru nie bierzemy nigdy: ta osoba poda go sama, jeśli zechce.",
        "A first name is enough. We never take a number: they give it themselves, if they like.",
    ),
    Turn(
        "nobody",
        "Nikt mi teraz nie przychodzi do głowy.",
        "Nobody comes to mind just now.",
        "To żaden kłopot. Podpowiem tylko: {cue}",
        "No trouble at all. Just one hint: {cue}",
        "Wąskie pytanie przywołuje twarze, szerokie pustkę. Jedna podpowiedź wystarczy.",
        "A narrow question brings faces, a wide one a blank. One hint is enough.",
        ("someone", "really_nobody"),
    ),
    Turn(
        "really_nobody",
        "Nie, naprawdę nikt.",
        "No, really nobody.",
        "W porządku. Dziękuję za chwilę namysłu.",
        "That is fine. Thank you for giving it a thought.",
        "Druga podpowiedź byłaby naciskiem. Tu kończymy, z uśmiechem.",
        "A second hint would be pressure. We end here, with a smile.",
        stops=True,
    ),
    Turn(
        "no_numbers",
        "Nie podaję nikomu cudzych numerów.",
        "I do not give out other people’s numbers.",
        "I słusznie, ja ich nie biorę. Mam link: {pronoun} go przekaże albo nie.",
        "Quite right, and I do not take them. I have a link: you pass it on, or you do not.",
        "To nasza zasada, nie unik: numer daje tylko ten, do kogo należy.",
        "That is our rule, not a dodge: only its owner gives a number.",
        ("link_how", "someone", "rather_not"),
    ),
    Turn(
        "link_how",
        "A co ta osoba zobaczy pod linkiem?",
        "And what will they see behind the link?",
        "Kto poleca i kim jesteśmy, a potem pytanie, czy i jak wolno się odezwać.",
        "Who recommends us and who we are, then the question whether and how we may get in touch.",
        "Zamknięcie strony też jest odpowiedzią. Niczego wtedy nie zachowujemy.",
        "Closing the page is an answer too. Nothing is kept then.",
        ("someone", "rather_not"),
    ),
    Turn(
        "for_me",
        "A co ja z tego będę mieć?",
        "And what is in it for me?",
        "Mówię otwarcie: korzyść jest dla znajomych. Dla {whose} mam podziękowanie, nic więcej.",
        "To be open: the benefit is your friend’s. For you there is a thank-you, nothing more.",
        "Nagroda prawie nie zmienia odpowiedzi, szczerość tak (Ryu i Feick 2007, Verlegh 2013).",
        "A reward hardly changes the answer, openness does (Ryu & Feick 2007, Verlegh 2013).",
        ("someone", "for_you", "rather_not"),
    ),
    Turn(
        "for_you",
        "Czy jest z tego jakaś premia dla doradcy?",
        "Do you get a bonus for this?",
        "Tak, jeśli ktoś zostanie klientem. Mówię o tym wprost i dlatego można śmiało odmówić.",
        "Yes, if someone becomes a client. I say so openly, and so it is fine to decline.",
        "Pytanie o premię to prośba o szczerość. Jedno „tak” mówi więcej niż tłumaczenie.",
        "A question about a bonus asks for honesty. One “yes” says more than an explanation.",
        ("someone", "rather_not"),
    ),
    Turn(
        "will_call",
        "Będziecie tam wydzwaniać?",
        "Will you keep calling them?",
        "Nie. Ta osoba sama wybiera, czy i jak. Bez jej zgody nie dzwonimy i nie piszemy.",
        "No. They choose whether and how. Without their consent we neither call nor write.",
        "Tak stanowi prawo i tak działa ten program: bez zgody kontakt jest zamknięty.",
        "The law says so, and this program works so: without a consent the contact is locked.",
        ("someone", "no_numbers", "rather_not"),
    ),
    Turn(
        "later",
        "Może później, dziś nie mam do tego głowy.",
        "Maybe later, my mind is elsewhere today.",
        "Oczywiście. Kiedy mogę do tego wrócić? Jeśli wcale, też dobrze.",
        "Of course. When may I come back to it? If never, that is fine too.",
        "Dzień wybiera klient. Zapisz „może później”: przypomnimy Tobie, nigdy klientowi.",
        "The client picks the day. Note “maybe later”: we remind you, never the client.",
        ("in_a_month", "rather_not"),
    ),
    Turn(
        "in_a_month",
        "Proszę spytać za miesiąc.",
        "Ask me in a month.",
        "Dobrze, za miesiąc, i tylko raz. Dziękuję.",
        "Good, in a month, and only once. Thank you.",
        "Obietnica „tylko raz” zdejmuje ciężar z obu stron.",
        "The promise of “only once” takes a weight off both.",
        stops=True,
    ),
    Turn(
        "rather_not",
        "Wolę nie.",
        "I would rather not.",
        "Dziękuję za szczerość. Nie wracam do tematu.",
        "Thank you for being open. I will not bring it up again.",
        "Tu się zatrzymujemy. To „nie” nic nie kosztuje, a liść za odwagę jest Twój.",
        "We stop here. This “no” costs nothing, and the leaf for courage is yours.",
        stops=True,
    ),
)  # fmt: skip
BY_CODE = {turn.code: turn for turn in TURNS}
REWARDED = BY_CODE["for_me"]._replace(
    reply_pl=(
        "Mówię otwarcie: korzyść jest przede wszystkim dla znajomych. "
        "Zasady podziękowania są na stronie, którą {to_whom} pokażę."
    ),
    reply_en=(
        "To be open: the benefit is your friend’s first. "
        "The rules of our thanks are on the page I will show you."
    ),
)
"""The same answer where the firm gives gifts to clients (setting `rewards`)."""
