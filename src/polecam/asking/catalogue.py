"""The catalogue of moments as it is delivered, per line of business. Pure data.

Source: evidence.md ("Moments: when to ask"). What a firm changes lives in MomentType; this is what
its rows begin with. Titles and sentences are data, not messages: a firm edits them in both
languages. In a sentence `{when}` is the day ("wczoraj"), `{rating}` the mark, and
`[odebrała|odebrał|odbiór]` what is said of a woman, of a man, and of somebody whose form nobody
knows. Bereavement, illness and the like are no kind: they are "not now until a date", without a
cause (domain.md).
"""

from polecam.asking.catalogue_lines import OF_LINES
from polecam.asking.catalogue_shape import LINES, Delivered, Rule, good, wrong

__all__ = ["ALWAYS", "BY_CODE", "DELIVERED", "LINES", "RULES", "Delivered", "Rule", "for_line"]

ALWAYS = frozenset({"complaint", "not_now"})
"""Wrong moments that no firm may switch off: they protect the client."""

COMMON: tuple[Delivered, ...] = (
    good("conversation", 2, 1, "Rozmawiamy dziś", "We talk today",
         "{when} rozmawiacie", "{when}: you talk"),
    good("praise", 5, 14, "Pochwała", "Praised us",
         "{when} [nas pochwaliła|nas pochwalił|usłyszeliśmy pochwałę]", "{when}: praised us"),
    good("high_rating", 5, 14, "Ocena 9 lub 10", "Rated us 9 or 10",
         "{when} [oceniła nas|ocenił nas|dostaliśmy ocenę] [na |na |]{rating}/10",
         "{when}: rated us {rating} out of 10"),
    good("problem_solved", 4, 21, "Załatwiona sprawa", "Problem solved",
         "{when} udało się załatwić sprawę", "{when}: a problem was solved"),
    good("saving", 4, 14, "Widoczna oszczędność", "Saw a saving",
         "{when} [zobaczyła, ile oszczędza|zobaczył, ile oszczędza|wyszło, ile zostaje w kieszeni]",
         "{when}: saw how much stays in the pocket"),
    good("renewal", 3, 14, "Przedłużona umowa", "Renewed",
         "{when} [została z nami na dłużej|został z nami na dłużej|umowa przedłużona]",
         "{when}: stayed with us for longer"),
    good("also_do", 4, 7, "Pytanie, co jeszcze robimy", "Asked what else we do",
         "{when} [pytała|pytał|padło pytanie], co jeszcze robimy",
         "{when}: asked what else we do"),
    good("someone_in_need", 5, 14, "Mowa o kimś z potrzebą", "Mentioned someone in need",
         "{when} [wspomniała o kimś|wspomniał o kimś|była mowa o kimś], komu możemy pomóc",
         "{when}: mentioned someone with a need"),
    good("friend_succeeded", 4, 30, "Pomoc dla poleconej osoby", "Their friend was helped",
         "{when} pomogliśmy komuś [z jej polecenia|z jego polecenia|z polecenia]",
         "{when}: we helped a friend of theirs"),
    good("delivered", 4, 30, "Wszystko przekazane", "All delivered",
         "{when} [dostała, na co czekała|dostał, na co czekał|wszystko zostało przekazane]",
         "{when}: got what was promised"),
    good("first_year", 3, 14, "Pierwszy rok razem", "First year together",
         "{when} mija pierwszy rok razem", "{when}: the first year together"),
    good("anniversary", 2, 7, "Rocznica", "Anniversary",
         "{when} mija kolejny rok razem", "{when}: another year with us", before=1),
    good("review_due", 2, 10, "Przegląd przed odnowieniem", "Review before a renewal",
         "{when} pora na przegląd przed odnowieniem", "{when}: time for a review before renewal"),
    wrong("complaint", None, "Trwa reklamacja", "A complaint is open"),
    wrong("decision_pending", None, "Czekają na naszą decyzję",
          "They wait for a decision of ours"),
    wrong("before_value", None, "Nie mają jeszcze tego, po co przyszli",
          "They do not have yet what they came for"),
    wrong("arrears", None, "Zaległa płatność", "A payment is late"),
    wrong("signing_day", 1, "Dzień podpisania umowy", "The day of signing"),
    wrong("not_now", None, "Nie teraz", "Not now"),
)  # fmt: skip

DELIVERED: tuple[Delivered, ...] = (*COMMON, *OF_LINES)
BY_CODE: dict[str, Delivered] = {kind.code: kind for kind in DELIVERED}

RULES: tuple[Rule, ...] = (
    Rule("first_year", "since", 365, yearly=False),
    Rule("anniversary", "since", 0, yearly=True),
    Rule("review_due", "renews_on", -30, yearly=False),
)
"""Dates that can make moments; delivered switched off, a firm turns them on when it wants them."""


def for_line(line: str) -> tuple[Delivered, ...]:
    """What a firm of that line begins with: the common kinds and its own."""
    return tuple(kind for kind in DELIVERED if not kind.lines or line in kind.lines)
