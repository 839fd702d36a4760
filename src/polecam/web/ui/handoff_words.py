"""Words of hand-offs: reasons, languages, what a split says, what has become of an offer."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polecam.claims.handoffs.rules import ANYONE, Wanted
from polecam.claims.models import Handoff, HandoffState
from polecam.claims.rules import Part as Share
from polecam.kit import polish
from polecam.people.models import Person
from polecam.web.ui import format as fmt
from polecam.web.ui import referral_labels as labels
from polecam.web.ui.drawings import Part

KINDS: labels.Labels = {
    "product": gettext_lazy("Knows the subject better"),
    "language": gettext_lazy("Speaks the friend’s language"),
    "place": gettext_lazy("Is closer"),
    "absence": gettext_lazy("I will be away"),
    "other": gettext_lazy("Another reason"),
}
BECAUSE: labels.Labels = {
    "product": gettext_lazy("knows the subject better"),
    "language": gettext_lazy("speaks the friend’s language"),
    "place": gettext_lazy("is closer"),
    "absence": gettext_lazy("an absence"),
    "leaving": gettext_lazy("a change in the team"),
    "other": gettext_lazy("another reason"),
}
LANGUAGES: labels.Labels = {
    "en": gettext_lazy("English"),
    "uk": gettext_lazy("Ukrainian"),
    "ru": gettext_lazy("Russian"),
    "de": gettext_lazy("German"),
    "fr": gettext_lazy("French"),
    "es": gettext_lazy("Spanish"),
    "it": gettext_lazy("Italian"),
    "be": gettext_lazy("Belarusian"),
    "vi": gettext_lazy("Vietnamese"),
}
SPEAKS: labels.Labels = {
    "en": gettext_lazy("speaks English"),
    "uk": gettext_lazy("speaks Ukrainian"),
    "ru": gettext_lazy("speaks Russian"),
    "de": gettext_lazy("speaks German"),
    "fr": gettext_lazy("speaks French"),
    "es": gettext_lazy("speaks Spanish"),
    "it": gettext_lazy("speaks Italian"),
    "be": gettext_lazy("speaks Belarusian"),
    "vi": gettext_lazy("speaks Vietnamese"),
}


SUBJECTS: labels.Labels = {
    "home": gettext_lazy("flats and houses"),
    "firm": gettext_lazy("firms"),
    "moving": gettext_lazy("moving house, all around it"),
    "car": gettext_lazy("cars"),
    "saving": gettext_lazy("savings"),
    "insurance": gettext_lazy("insurance"),
    "other": gettext_lazy("unusual matters"),
}
"""The needs of referrals, as what somebody knows about."""


def skill(kind: str, value: str) -> str:
    """One thing somebody can do: `mówi po ukraińsku`, `mieszkania i domy`, `Wieliczka`."""
    if kind == "language":
        return str(SPEAKS.get(value, value))
    return str(SUBJECTS.get(value, value)) if kind == "product" else value


def wished(wanted: Wanted) -> list[str]:
    """What is wanted, as ready words."""
    pairs = (
        ("language", wanted.language),
        ("product", wanted.product),
        ("place", wanted.place),
    )
    return [skill(kind, value) for kind, value in pairs if value]


def name_of(person_id: int, people: dict[int, Person], reader: Person) -> str:
    """`Ty`, a first name, or whoever accepts."""
    if person_id == ANYONE:
        return _("Whoever accepts")
    return _("You") if person_id == reader.pk else people[person_id].first_name


def drawn(split: Iterable[Share], people: dict[int, Person], reader: Person) -> list[Part]:
    """The split for the kit's bar, bigger parts first."""
    rows = sorted(split, key=lambda part: -part.share_bp)
    return [
        Part(name_of(p.person_id, people, reader), p.share_bp, me=p.person_id == reader.pk)
        for p in rows
    ]


def in_words(split: Sequence[Share], people: dict[int, Person], reader: Person) -> str:
    """`Marta 70%, Ty 30%.`"""
    rows = sorted(split, key=lambda part: -part.share_bp)
    said = [f"{name_of(p.person_id, people, reader)} {fmt.percent(p.share_bp)}" for p in rows]
    return fmt.tie(_("Of every bonus for this friend: %(parts)s.") % {"parts": fmt.listed(said)})


def floor_words(handoff: Handoff, reader: Person) -> str:
    """What never happens to the author's part afterwards."""
    author = handoff.referral.originator
    floor = fmt.percent(handoff.floor_bp)
    if author.pk == reader.pk:
        return fmt.tie(
            _("Whatever happens later, your part never falls below %(floor)s without your own yes.")
            % {"floor": floor}
        )
    return fmt.tie(
        _("%(who)s brought this friend: that part never falls below %(floor)s without their yes.")
        % {"who": author.first_name, "floor": floor}
    )


def became(handoff: Handoff, reader: Person) -> str:
    """Where it stands, in one sentence for this reader."""
    giver, receiver = handoff.giver, handoff.receiver
    mine, taker = giver.pk == reader.pk, receiver.first_name if receiver else ""
    to_me = receiver is not None and receiver.pk == reader.pk
    state = handoff.state
    if state == HandoffState.PROPOSED:
        if mine:
            said = _("%(who)s proposes to hand this on. You decide")
            return said % {"who": handoff.proposed_by.first_name}
        return _("Proposed, waits for %(who)s") % {"who": genitive(giver)}
    if state == HandoffState.OFFERED:
        if to_me or (receiver is None and not mine):
            return _("%(who)s offers you a friend to look after") % {"who": giver.first_name}
        if receiver is None:
            return _("Offered to whoever fits")
        return _("Offered, waits for %(who)s") % {"who": genitive(receiver)}
    if state == HandoffState.ACCEPTED:
        return _("Agreed between you. Waits for the friend’s own word")
    if state == HandoffState.DONE:
        if to_me:
            return _("It is yours to lead now")
        return _("%(who)s leads it now") % {"who": taker}
    if state == HandoffState.RETURNED:
        return _("Back after the absence")
    return ENDS[HandoffState(state)]()


def _declined() -> str:
    return _("It did not suit this time. Everything is as before")


def _expired() -> str:
    return _("The time to answer is over. Everything is as before")


def _withdrawn() -> str:
    return _("Taken back. Everything is as before")


ENDS = {
    HandoffState.DECLINED: _declined,
    HandoffState.EXPIRED: _expired,
    HandoffState.WITHDRAWN: _withdrawn,
}


def genitive(person: Person) -> str:
    """`Marty`; in English the name as it is."""
    if fmt.language() == "en":
        return person.first_name
    return polish.genitive(person.first_name, person.form if person.form in ("f", "m") else None)


def instrumental(person: Person) -> str:
    """`Kamilem`; in English the name as it is."""
    if fmt.language() == "en":
        return person.first_name
    form = person.form if person.form in ("f", "m") else None
    return polish.instrumental(person.first_name, form)


def accusative(person: Person) -> str:
    """`Martę`; in English the name as it is."""
    if fmt.language() == "en":
        return person.first_name
    return polish.accusative(person.first_name, person.form if person.form in ("f", "m") else None)


def about(handoff: Handoff, reader: Person) -> str:
    """Whom it is about: a first name for those who may know it, else only what they look for.

    Whoever has not accepted yet needs no name to decide (data minimisation).
    """
    referral = handoff.referral
    need = str(labels.NEEDS.get(referral.need, ""))
    party = referral.party
    known = reader.pk in (handoff.giver_id, referral.originator_id, handoff.proposed_by_id)
    taken = handoff.receiver_id == reader.pk and handoff.answered_at is not None
    if party is not None and party.first_name and (known or taken):
        return f"{party.first_name}, {need}" if need else party.first_name
    return _("A friend, %(need)s") % {"need": need} if need else _("A recommended person")
