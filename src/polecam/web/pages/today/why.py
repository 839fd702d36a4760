"""Why now, in words: a moment as a sentence and as a chip, by the client's grammatical form."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from polecam.asking import kinds
from polecam.asking.models import Moment
from polecam.insights.today import Suggestion
from polecam.kit import polish
from polecam.parties.models import Party
from polecam.web.ui import format as fmt


@dataclass(frozen=True, slots=True)
class Chip:
    """One short reason; `tone` and `icon` as the tag `chip` takes them."""

    text: str
    tone: str = ""
    icon: str = ""


ICONS = {
    "praise": "heart",
    "high_rating": "star",
    "problem_solved": "circle-check",
    "keys": "key-round",
    "saving": "coins",
    "renewal": "history",
    "also_do": "message-circle",
    "someone_in_need": "hand-heart",
    "friend_succeeded": "users",
    "go_live": "trending-up",
    "delivered": "badge-check",
    "first_year": "calendar-check",
    "anniversary": "calendar-check",
    "review_due": "calendar-days",
    "conversation": "message-circle",
    "loan_disbursed": "banknote",
    "loan_repaid": "banknote",
    "claim_paid": "banknote",
    "account_moved": "arrow-left-right",
    "number_moved": "arrow-left-right",
    "goal_reached": "target",
    "help_came": "handshake",
    "no_claims": "shield-check",
    "sold_home": "key-round",
    "moved_in": "key-round",
    "tenant_found": "user-check",
    "new_phone": "phone",
    "car_handed_over": "key-round",
    "results_seen": "trending-up",
    "contract_end": "file-check",
    "ordered_again": "refresh-cw",
}
ANY_ICON = "sprout"


def icon_of(kind: str) -> str:
    """The icon of a kind of moment."""
    return ICONS.get(kind, ANY_ICON)


def form_of(party: Party) -> str:
    """`f`, `m` or `n`: said, else guessed from the first name."""
    if party.form in ("f", "m"):
        return party.form
    return polish.guess_form(party.first_name) or "n"


def on_day(day: date, today: date) -> str:
    """`dziś`, `wczoraj`, within six days `w niedzielę`, else `23 lis`."""
    if not 1 < abs((day - today).days) < 7:
        return fmt.near(day, reference=today)
    return (
        _("on Monday"),
        _("on Tuesday"),
        _("on Wednesday"),
        _("on Thursday"),
        _("on Friday"),
        _("on Saturday"),
        _("on Sunday"),
    )[day.weekday()]


def sentence(moment: Moment, party: Party, today: date) -> str:
    """`Wczoraj odebrała klucze`; the day first, the verb by the client's form."""
    when = on_day(moment.on, today)
    text = kinds.known()[moment.kind].sentence(
        fmt.language(), when=when, form=form_of(party), rating=moment.rating
    )
    return fmt.tie(text[:1].upper() + text[1:])


def nouns() -> dict[str, str]:
    """Good moments in use as short names, in the order in which they are offered: a talk first,
    then the stronger ones."""
    good = sorted(kinds.known().good(), key=lambda k: (k.code != "conversation", -k.strength))
    return {kind.code: kind.title(fmt.language()) for kind in good}


def title(kind: str) -> str:
    """What a kind of moment is called, in use or not."""
    known = kinds.known().get(kind)
    return known.title(fmt.language()) if known else kind


def chips(found: Suggestion, today: date) -> list[Chip]:
    """At most four: other fresh moments first, then how long a client, then the own past."""
    made = [_moment_chip(moment, today) for moment in found.moments[1:3]]
    if not made and found.moment.rating and found.moment.kind != "high_rating":
        made.append(Chip(_("rating %(n)s/10") % {"n": found.moment.rating}, "leaf", "star"))
    if found.own_referrals:
        made.append(Chip(_recommended(found), "leaf", "history"))
    if found.client.since:
        made.append(Chip(_client_for(found, today)))
    if found.never_asked:
        made.append(Chip(_("nobody has asked yet")))
    elif found.own_last_ask:
        made.append(Chip(_last_asked(found, today)))
    return made[:4]


def _moment_chip(moment: Moment, today: date) -> Chip:
    when = on_day(moment.on, today)
    if moment.kind == "high_rating" and moment.rating:
        text = _("rating %(n)s/10 %(when)s") % {"n": moment.rating, "when": when}
    else:
        name = title(moment.kind)
        text = f"{name[:1].lower()}{name[1:]} {when}"
    return Chip(fmt.tie(text), "leaf", icon_of(moment.kind))


def _client_for(found: Suggestion, today: date) -> str:
    since = fmt.since(found.client.since, reference=today)  # type: ignore[arg-type]
    return {
        "f": pgettext("said of a woman", "client %(since)s"),
        "m": pgettext("said of a man", "client %(since)s"),
        "n": pgettext("said of a person", "client %(since)s"),
    }[form_of(found.client.party)] % {"since": since}


def _last_asked(found: Suggestion, today: date) -> str:
    ago = fmt.ago(found.own_last_ask, reference=today)  # type: ignore[arg-type]
    return {
        "f": pgettext("said of a woman", "asked by you %(ago)s"),
        "m": pgettext("said of a man", "asked by you %(ago)s"),
        "n": pgettext("said of a person", "asked by you %(ago)s"),
    }[form_of(found.client.party)] % {"ago": ago}


def _recommended(found: Suggestion) -> str:
    n = found.own_referrals
    return ngettext("recommended once already", "recommended %(n)s times already", n) % {"n": n}
