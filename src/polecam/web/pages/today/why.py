"""Why now, in words: a moment as a sentence and as a chip, by the client's grammatical form."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

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
    "anniversary": "calendar-check",
    "conversation": "message-circle",
}


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
    words = {"f": _of_woman, "m": _of_man, "n": _of_person}[form_of(party)]()
    text = words[moment.kind] % {"when": when, "rating": moment.rating or 10}
    return fmt.tie(text[:1].upper() + text[1:])


def _of_woman() -> dict[str, str]:
    return {
        "praise": pgettext("said of a woman", "%(when)s: praised us"),
        "high_rating": pgettext("said of a woman", "%(when)s: rated us %(rating)s out of 10"),
        "problem_solved": pgettext("said of a woman", "%(when)s: a problem was solved"),
        "keys": pgettext("said of a woman", "%(when)s: picked up the keys"),
        "saving": pgettext("said of a woman", "%(when)s: saw how much stays in the pocket"),
        "renewal": pgettext("said of a woman", "%(when)s: stayed with us for longer"),
        "also_do": pgettext("said of a woman", "%(when)s: asked what else we do"),
        "someone_in_need": pgettext("said of a woman", "%(when)s: mentioned someone with a need"),
        "friend_succeeded": pgettext("said of a woman", "%(when)s: we helped a friend of theirs"),
        "go_live": pgettext("said of a woman", "%(when)s: it went live"),
        "delivered": pgettext("said of a woman", "%(when)s: got what was promised"),
        "anniversary": pgettext("said of a woman", "%(when)s: another year with us"),
        "conversation": pgettext("said of a woman", "%(when)s: you talk"),
    }


def _of_man() -> dict[str, str]:
    return {
        "praise": pgettext("said of a man", "%(when)s: praised us"),
        "high_rating": pgettext("said of a man", "%(when)s: rated us %(rating)s out of 10"),
        "problem_solved": pgettext("said of a man", "%(when)s: a problem was solved"),
        "keys": pgettext("said of a man", "%(when)s: picked up the keys"),
        "saving": pgettext("said of a man", "%(when)s: saw how much stays in the pocket"),
        "renewal": pgettext("said of a man", "%(when)s: stayed with us for longer"),
        "also_do": pgettext("said of a man", "%(when)s: asked what else we do"),
        "someone_in_need": pgettext("said of a man", "%(when)s: mentioned someone with a need"),
        "friend_succeeded": pgettext("said of a man", "%(when)s: we helped a friend of theirs"),
        "go_live": pgettext("said of a man", "%(when)s: it went live"),
        "delivered": pgettext("said of a man", "%(when)s: got what was promised"),
        "anniversary": pgettext("said of a man", "%(when)s: another year with us"),
        "conversation": pgettext("said of a man", "%(when)s: you talk"),
    }


def _of_person() -> dict[str, str]:
    return {
        "praise": pgettext("said of a person", "%(when)s: praised us"),
        "high_rating": pgettext("said of a person", "%(when)s: rated us %(rating)s out of 10"),
        "problem_solved": pgettext("said of a person", "%(when)s: a problem was solved"),
        "keys": pgettext("said of a person", "%(when)s: picked up the keys"),
        "saving": pgettext("said of a person", "%(when)s: saw how much stays in the pocket"),
        "renewal": pgettext("said of a person", "%(when)s: stayed with us for longer"),
        "also_do": pgettext("said of a person", "%(when)s: asked what else we do"),
        "someone_in_need": pgettext("said of a person", "%(when)s: mentioned someone with a need"),
        "friend_succeeded": pgettext("said of a person", "%(when)s: we helped a friend of theirs"),
        "go_live": pgettext("said of a person", "%(when)s: it went live"),
        "delivered": pgettext("said of a person", "%(when)s: got what was promised"),
        "anniversary": pgettext("said of a person", "%(when)s: another year with us"),
        "conversation": pgettext("said of a person", "%(when)s: you talk"),
    }


def nouns() -> dict[str, str]:
    """Good moments as short names, in the order in which they are offered."""
    return {
        "conversation": _("We talk today"),
        "praise": _("Praised us"),
        "high_rating": _("Rated us 9 or 10"),
        "problem_solved": _("Problem solved"),
        "keys": _("Keys handed over"),
        "saving": _("Saw a saving"),
        "renewal": _("Renewed"),
        "also_do": _("Asked what else we do"),
        "someone_in_need": _("Mentioned someone in need"),
        "friend_succeeded": _("Their friend was helped"),
        "go_live": _("Went live"),
        "delivered": _("All delivered"),
        "anniversary": _("Anniversary"),
    }


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
        name = nouns()[moment.kind]
        text = f"{name[:1].lower()}{name[1:]} {when}"
    return Chip(fmt.tie(text), "leaf", ICONS[moment.kind])


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
