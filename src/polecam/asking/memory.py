"""Memory prompts: narrow questions that bring faces to mind. Pure data, both languages.

"Do you know anybody?" brings nobody; "who is moving just now?" brings somebody (evidence.md,
"Nobody comes to mind": a narrow cue). Plans and occasions only, never health or family.
"""

from typing import NamedTuple


class Prompt(NamedTuple):
    """A question to ask oneself, or the client."""

    pl: str
    en: str

    def text(self, language: str) -> str:
        """In `pl` or `en`."""
        return self.en if language == "en" else self.pl


COMMON: tuple[Prompt, ...] = (
    Prompt("Kto się teraz przeprowadza?", "Who is moving just now?"),
    Prompt("Kto zakłada firmę albo ją rozwija?", "Who is starting a firm, or growing one?"),
    Prompt("Kto zmienił ostatnio pracę?", "Who has changed jobs lately?"),
    Prompt(
        "Kto opowiadał, że szuka kogoś, komu można zaufać?",
        "Who said they were looking for somebody to trust?",
    ),
)

OF_LINE: dict[str, tuple[Prompt, ...]] = {
    "bank": (
        Prompt("Kto teraz kupuje mieszkanie?", "Who is buying a home just now?"),
        Prompt("Kto buduje albo remontuje?", "Who is building or renovating?"),
        Prompt("Kto kupuje samochód?", "Who is buying a car?"),
        Prompt("Kto zastanawia się, gdzie odłożyć pieniądze?", "Who wonders where to save?"),
    ),
    "insurance": (
        Prompt("Kto kupił ostatnio auto?", "Who has bought a car lately?"),
        Prompt("Kto wprowadza się do nowego domu?", "Who is moving into a new house?"),
        Prompt("Komu kończy się polisa?", "Whose policy ends soon?"),
        Prompt("Kto wybiera się w dłuższą podróż?", "Who is off on a longer journey?"),
    ),
    "real_estate": (
        Prompt("Kto szuka większego mieszkania?", "Who is looking for a larger flat?"),
        Prompt("Kto chce sprzedać dom albo działkę?", "Who wants to sell a house or a plot?"),
        Prompt("Kto dostał pracę w tym mieście?", "Who got a job in this town?"),
        Prompt("Czyje mieszkanie stoi puste?", "Whose flat stands empty?"),
    ),
    "telco": (
        Prompt("Kto czeka na internet w nowym miejscu?", "Who waits for internet at a new place?"),
        Prompt("Kto zaczął pracować z domu?", "Who has begun to work from home?"),
        Prompt("Kto otwiera biuro albo sklep?", "Who is opening an office or a shop?"),
        Prompt("Komu kończy się umowa na telefon?", "Whose phone contract ends soon?"),
    ),
    "cars": (
        Prompt("Kto rozgląda się za autem?", "Who is looking for a car?"),
        Prompt("Kto dojeżdża teraz dalej niż dotąd?", "Who commutes farther than before?"),
        Prompt("Komu kończy się leasing?", "Whose lease ends soon?"),
        Prompt("Kto odebrał prawo jazdy?", "Who has just got a driving licence?"),
    ),
    "b2b": (
        Prompt("Kto otwiera nowy oddział?", "Who is opening a new branch?"),
        Prompt("Który z partnerów ma ten sam kłopot?", "Which partner has the same trouble?"),
        Prompt("Kto objął nowe stanowisko?", "Who has taken a new position?"),
        Prompt("Kto szykuje duży projekt?", "Who is preparing a big project?"),
    ),
}

CUES: dict[str, Prompt] = {
    "bank": Prompt("może ktoś, kto teraz kupuje mieszkanie?", "someone buying a home just now?"),
    "insurance": Prompt("może ktoś, kto właśnie kupił auto?", "someone who just bought a car?"),
    "real_estate": Prompt("może ktoś, kto szuka mieszkania?", "someone looking for a flat?"),
    "telco": Prompt("może ktoś, kto czeka na internet?", "someone waiting for internet?"),
    "cars": Prompt("może ktoś, kto rozgląda się za autem?", "someone looking for a car?"),
    "b2b": Prompt("może ktoś, kto szykuje podobny projekt?", "someone with a similar project?"),
}
ANY_CUE = Prompt("może ktoś, kto się teraz przeprowadza?", "someone who is moving just now?")


def prompts(business: str) -> tuple[Prompt, ...]:
    """For a line of business (Organisation.business): its own first, then those for everybody."""
    return (*OF_LINE.get(business, ()), *COMMON)


def cue(business: str) -> Prompt:
    """One prompt in the middle of a sentence."""
    return CUES.get(business, ANY_CUE)
