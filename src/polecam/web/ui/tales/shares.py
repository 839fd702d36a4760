"""Shares of the credit in sentences. Who asks through a further recommendation is never named."""

from django.utils.translation import gettext as _

from polecam.web.ui import format as fmt
from polecam.web.ui.sentences import Tale, tells


@tells("share.set")
def share_set(tale: Tale) -> str:
    """The new split, to those who have a part in it."""
    people, shares = tale.data.get("people", []), tale.data.get("shares_bp", [])
    if tale.reader is None or tale.reader.pk not in people:
        return _("The shares of this referral were set.")
    parts = [
        f"{_name(tale, person)} {fmt.percent(share)}"
        for person, share in zip(people, shares, strict=True)
    ]
    return _("The split from now on: %(parts)s.") % {"parts": fmt.listed(parts)}


def _name(tale: Tale, person_id: int) -> str:
    if tale.reader.pk == person_id:
        return _("you")
    known = tale.names.people.get(person_id)
    return known.first_name if known else _("a colleague")


def _blind(tale: Tale) -> bool:
    return tale.data.get("reason") == "second"


@tells("share.proposed")
def proposed(tale: Tale) -> str:
    """By one of its sellers, or by a colleague who was recommended the same person too."""
    if tale.mine:
        return _("You proposed another split of the credit.")
    if _blind(tale):
        return _("A colleague who was recommended the same person too asks for a share.")
    if tale.by is None:
        return _("Another split of the credit was proposed.")
    return _("%(who)s proposes another split of the credit.") % {"who": tale.by.first_name}


@tells("share.agreed")
def agreed(tale: Tale) -> str:
    """Whoever would get less."""
    if tale.mine:
        return _("You agreed to the proposed split.")
    if tale.by is None:
        return _("Somebody agreed to the proposed split.")
    return _("%(who)s agrees to the proposed split.") % {"who": tale.by.first_name}


@tells("share.declined")
def declined(tale: Tale) -> str:
    """No reason is asked, nobody is named."""
    return _("The proposed split was declined. Everything stays as it was.")


@tells("share.withdrawn")
def withdrawn(tale: Tale) -> str:
    """By whoever proposed."""
    return _("The proposal of another split was taken back.")


@tells("share.expired")
def expired(tale: Tale) -> str:
    """Its time, or another set, overtook it."""
    return _("The proposal of another split lapsed. Everything stays as it was.")


@tells("extra.given")
def extra_given(tale: Tale) -> str:
    """No amount and no name: those are the helper's own."""
    if tale.reader is not None and tale.data.get("person") == tale.reader.pk:
        return _("You got an extra for your help, from the branch's own budget.")
    return _("Help with this referral got an extra, from the branch's own budget.")


@tells("extra.taken_back")
def extra_taken_back(tale: Tale) -> str:
    """With its sale."""
    return _("The extra for help was taken back with the sale.")
