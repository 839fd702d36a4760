"""The shares of one referral in words: what is in force, what is proposed, what was before."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polecam.claims import queries as claims
from polecam.claims.models import (
    CreditShare,
    Handoff,
    ProposalReason,
    ProposedShare,
    ShareProposal,
    ShareReason,
)
from polecam.claims.shares import queries
from polecam.people.models import Person
from polecam.referrals.models import Referral
from polecam.referrals.queries import mine
from polecam.web.pages.shares import words
from polecam.web.ui import format as fmt
from polecam.web.ui.drawings import Part


def context(reader: Person, referral: Referral, *, at: datetime) -> dict[str, Any]:
    """What the template shows of the shares of one referral."""
    sets = claims.share_sets(referral)
    sees = mine(reader, at=at).filter(pk=referral.pk).exists()
    proposal = queries.open_proposal(referral)
    return {
        "referral": referral,
        "name": friend_name(referral) if sees else _("A recommended person"),
        "sees": sees,
        "parts": drawn(sets[-1], reader),
        "roles": [said(row, reader) for row in sets[-1]],
        "floor": own_floor(sets[-1], reader),
        "offer": offered(reader, proposal, at=at) if proposal else None,
        "history": history(sets, reader),
        "may_propose": proposal is None
        and referral.consented_at is not None
        and referral.erased_at is None
        and queries.is_party(reader, referral, at=at),
        "waits_for_consent": referral.consented_at is None,
    }


def friend_name(referral: Referral) -> str:
    """The first name; erased people have none."""
    return referral.party.first_name if referral.party else _("A recommended person")


def drawn(rows: list[CreditShare], reader: Person) -> list[Part]:
    """A set as a bar."""
    return [
        Part(name_of(row.person, reader), row.share_bp, me=row.person_id == reader.pk)
        for row in rows
    ]


def name_of(person: Person, reader: Person) -> str:
    """`Ty`, or a colleague's first name."""
    return _("You") if person.pk == reader.pk else person.first_name


def said(row: CreditShare, reader: Person) -> str:
    """`Marta: przynosi polecenie`."""
    return f"{name_of(row.person, reader)}: {words.ROLES[row.role]}"


def own_floor(rows: list[CreditShare], reader: Person) -> str:
    """Below what the reader's own part never falls unasked."""
    floor = next((row.floor_bp for row in rows if row.person_id == reader.pk), 0)
    if not floor:
        return ""
    return fmt.tie(
        _("Your part never falls below %(floor)s without your own yes.")
        % {"floor": fmt.percent(floor)}
    )


def offered(reader: Person, proposal: ShareProposal, *, at: datetime) -> dict[str, Any]:
    """The proposal that waits; who asks through a further recommendation stays unnamed."""
    rows = queries.parts_of(proposal)
    blind = proposal.reason == ProposalReason.SECOND
    own = next((row for row in rows if row.person_id == reader.pk), None)
    asked = own is not None and queries.is_asked(own) and own.agreed is None
    mine = proposal.proposed_by_id == reader.pk
    missing = [row for row in rows if queries.is_asked(row) and row.agreed is None]
    return {
        "proposal": proposal,
        "title": _offer_title(reader, proposal),
        "why": "" if blind else str(words.PROPOSED[proposal.reason]),
        "note": proposal.note,
        "rows": [_offer_row(row, reader, blind=blind) for row in rows],
        "parts": [
            Part(_offer_name(row, reader, blind=blind), row.share_bp, me=row.person_id == reader.pk)
            for row in rows
            if row.share_bp
        ],
        "answers": asked and proposal.expires_at > at,
        "withdraws": mine,
        "waits_for": _missing_words(missing, reader),
        "change": fmt.percent(own.share_bp) if asked and own else "",
    }


def _offer_title(reader: Person, proposal: ShareProposal) -> str:
    if proposal.proposed_by_id == reader.pk:
        return _("You proposed another split")
    if proposal.reason == ProposalReason.SECOND:
        return _("A colleague who was recommended the same person asks for a share")
    return _("%(who)s proposes another split") % {"who": proposal.proposed_by.first_name}


def _offer_name(row: ProposedShare, reader: Person, *, blind: bool) -> str:
    if blind and not row.before_bp:
        return _("A colleague")
    return name_of(row.person, reader)


def _offer_row(row: ProposedShare, reader: Person, *, blind: bool) -> str:
    text = _("%(who)s: %(before)s, then %(after)s") % {
        "who": _offer_name(row, reader, blind=blind),
        "before": fmt.percent(row.before_bp),
        "after": fmt.percent(row.share_bp),
    }
    if queries.is_asked(row) and row.agreed:
        text = _("%(change)s (agreed)") % {"change": text}
    return fmt.tie(text)


def _missing_words(missing: list[ProposedShare], reader: Person) -> str:
    others = [row.person.first_name for row in missing if row.person_id != reader.pk]
    if not others:
        return ""
    return ngettext("Waits for %(names)s.", "Waits for %(names)s.", len(others)) % {
        "names": fmt.listed(others)
    }


def history(sets: list[list[CreditShare]], reader: Person) -> list[dict[str, Any]]:
    """Every set with its reason, its day and who agreed; the newest first."""
    agreed = _who_agreed(sets)
    return [
        {
            "number": rows[0].number,
            "at": rows[0].at,
            "why": str(words.REASONS[rows[0].reason]),
            "agreed": fmt.listed([name_of(p, reader) for p in agreed.get(rows[0].source, [])]),
            "parts": drawn(rows, reader),
            "live": rows is sets[-1],
        }
        for rows in reversed(sets)
    ]


def _who_agreed(sets: list[list[CreditShare]]) -> dict[str, list[Person]]:
    """Who said yes, by the source of the set: the losers of a proposal, both of a hand-off."""
    agreed = [r[0].source for r in sets if r[0].reason == ShareReason.AGREED]
    handed = [r[0].source for r in sets if r[0].reason == ShareReason.HANDOFF]
    found = queries.agreed_by(agreed) if agreed else {}
    if handed:
        rows = Handoff.objects.filter(public_id__in=handed).select_related("giver", "receiver")
        found |= {row.public_id: [p for p in (row.giver, row.receiver) if p] for row in rows}
    return found
