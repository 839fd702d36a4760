"""What is said around a capture: names in their cases, the invitation's text, the message."""

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from polecam.kit import polish
from polecam.kit.polish_endings import Case
from polecam.parties.models import Party
from polecam.people.models import Person
from polecam.referrals.models import Invitation
from polecam.web.pages.today.why import form_of
from polecam.web.ui import format as fmt
from polecam.web.ui import voice
from polecam.web.ui.firm import firm


def polite_name(party: Party, case: Case | None = None) -> str:
    """`Pani Anna`, `Pani Annie`; `Pani/Pan Nicole` where the form is not known; English `Anna`."""
    first = party.first_name
    if fmt.language() == "en":
        return first
    form = form_of(party)
    known = form if form in polish.POLITE else None
    name = (polish.decline(first, case, known) or first) if case and known else first
    return f"{polish.polite(known, case)} {name}"


def question(party: Party) -> str:
    """`Co odpowiedziała Pani Anna?`"""
    name = polite_name(party)
    return fmt.tie(
        {
            "f": pgettext("said of a woman", "What did %(name)s say?"),
            "m": pgettext("said of a man", "What did %(name)s say?"),
            "n": pgettext("said of a person", "What did %(name)s say?"),
        }[form_of(party)]
        % {"name": name}
    )


def outcome_labels(party: Party, *, for_reference: bool = False) -> dict[str, str]:
    """The four answers; "Sama przekaże" by the client's form. To an ask for a reference: three."""
    if for_reference:
        return {
            "agreed": _("Agreed to a testimonial"),
            "later": _("Maybe later"),
            "declined": _("Not this time"),
        }
    return {
        "names": _("Recommends someone"),
        "pass_on": {
            "f": pgettext("said of a woman", "Will pass on an invitation"),
            "m": pgettext("said of a man", "Will pass on an invitation"),
            "n": pgettext("said of a person", "Will pass on an invitation"),
        }[form_of(party)],
        "later": _("Maybe later"),
        "declined": _("Not this time"),
    }


def from_client(client: Party) -> str:
    """`od Anny Kowalczyk`."""
    if fmt.language() == "en":
        return _("from %(name)s") % {"name": client.full_name}
    return polish.from_whom(client.full_name, client.form)


def from_to(client: Party, friend: Party | None) -> str:
    """`od Anny dla Piotra`."""
    if friend is None or not friend.first_name:
        return _("for whoever gets the link")
    if fmt.language() == "en":
        return f"from {client.first_name} to {friend.first_name}"
    return (
        f"{polish.from_whom(client.first_name, client.form)} {polish.for_whom(friend.first_name)}"
    )


def invitation_text(
    invitation: Invitation, friend: Party | None, seller: Person, *, secret: bool = False
) -> str:
    """The client's words to the friend: as the seller changed them, else the house's."""
    return invitation.words or house_text(invitation.language, friend, seller, secret=secret)


def house_text(language: str, friend: Party | None, seller: Person, *, secret: bool = False) -> str:
    """The house's invitation in a language; it never speaks of a product or of money.

    `secret` (bank-secrecy mode): it does not say that whoever passes it on is a client either.
    """
    name = friend.first_name if friend else ""
    with override(language):
        if language == "pl" and name:
            name = polish.vocative(name)
        known = {"seller": seller.full_name, "firm": firm().name}
        helped = {
            "f": pgettext("said of a woman", "%(seller)s (%(firm)s) helped me a lot."),
            "m": pgettext("said of a man", "%(seller)s (%(firm)s) helped me a lot."),
            "n": pgettext("said of a person", "%(seller)s (%(firm)s) helped me a lot."),
        }[voice.form_of(seller)] % known
        if secret:
            helped = _("a talk worth having: %(seller)s (%(firm)s).") % known
        choose = _("If you like, choose yourself how and when to be contacted.")
        said = f"{name}, {helped}" if name else helped[:1].upper() + helped[1:]
        return fmt.tie(f"{said} {choose}")


def card_to_client(client: Party) -> str:
    """What goes with the card's link from the seller's phone to the client."""
    said = _(
        "%(greeting)s, here is your own page: links for friends if you like, and everything about "
        "you. Nobody waits for anything."
    ) % {"greeting": _greeting(client)}
    return polish.spoken_to(said, form_of(client))


def _greeting(client: Party) -> str:
    """`Pani Anno`; where the form is not known, `Dzień dobry`."""
    if fmt.language() == "en":
        return client.first_name
    form = form_of(client)
    known = form if form in polish.POLITE else None
    return polish.address(client.first_name, known) if known else _("Good morning")


def message_to_client(invitation: Invitation, client: Party, friend: Party | None) -> str:
    """What goes with the link from the seller's phone to the client."""
    if fmt.language() == "en":
        whom = _("for %(name)s") % {"name": friend.first_name} if friend else ""
    else:
        whom = polish.for_whom(friend.first_name) if friend and friend.first_name else ""
    greeting = _greeting(client)
    if whom:
        return _(
            "%(greeting)s, here is the invitation %(whom)s. "
            "Please pass it on only if it feels right."
        ) % {"greeting": greeting, "whom": whom}
    return _(
        "%(greeting)s, here is the invitation we talked about. "
        "Please pass it on to whomever you like, or to nobody."
    ) % {"greeting": greeting}
