"""What is to be settled when somebody leaves, in words: each settled, running, or waiting."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polecam.insights import settling
from polecam.people.models import Person
from polecam.web.ui import format as fmt


@dataclass(frozen=True, slots=True)
class Point:
    """One thing of the list: settled (green), running by itself, or waiting for somebody."""

    key: str
    title: str
    sub: str
    state: str
    url: str = ""
    label: str = ""
    fetches: bool = False
    """Whether a button takes a file from `url`, instead of a link that leads there."""


DONE, RUNS, WAITS = "done", "runs", "waits"


def of(found: settling.Settling, person: Person, *, amounts: bool) -> list[Point]:
    """The list, before and after, in the order in which one goes through it."""
    gone = not person.is_active
    listed = [_access(found, gone), _work(found, gone, person), _team(found, gone)]
    listed += [_authorship(found), _offers(found, gone), _disputes(found), _promises(found, gone)]
    listed.append(_money(found, gone, amounts=amounts, person=person))
    return listed


def _access(found: settling.Settling, gone: bool) -> Point:
    open_ones = found.counts.sessions
    if gone and not open_ones:
        return Point(
            "access", _("Access"), _("Signed out everywhere; nobody signs in as them."), DONE
        )
    if not open_ones:
        says = _("From that moment on nobody signs in as them.")
        return Point("access", _("Access"), says, RUNS)
    says = ngettext(
        "%(n)s open session ends at once, and with it every sign-in.",
        "%(n)s open sessions end at once, and with them every sign-in.",
        open_ones,
    ) % {"n": open_ones}
    return Point("access", _("Access"), says, WAITS if gone else RUNS)


def _work(found: settling.Settling, gone: bool, person: Person) -> Point:
    title = _("Clients and referrals they lead")
    if found.work_settled:
        return Point("work", title, _("Nothing is left without an adviser."), DONE)
    parts = [
        ngettext("%(n)s client", "%(n)s clients", found.counts.clients)
        % {"n": found.counts.clients},
        ngettext("%(n)s referral led", "%(n)s referrals led", found.counts.led)
        % {"n": found.counts.led},
    ]
    numbers = ", ".join(parts)
    if not gone:
        says = _("%(numbers)s: a division among the colleagues is drafted, for the boss to run.")
        return Point("work", title, says % {"numbers": numbers}, RUNS)
    url = (
        reverse("portfolio:one", args=[found.draft.public_id])
        if found.draft
        else f"{reverse('portfolio:new')}?giver={person.public_id}"
    )
    says = _("%(numbers)s wait: look at the division and run it.") % {"numbers": numbers}
    return Point("work", title, says, WAITS, url, _("To the division"))


def _team(found: settling.Settling, gone: bool) -> Point:
    title = _("The team they lead")
    if found.only_admin:
        says = _("They are the last admin. Give somebody else this role first.")
        return Point("team", title, says, WAITS)
    if not found.headless:
        return Point("team", title, _("No place is left without somebody who leads it."), DONE)
    names = fmt.listed([place.name for place in found.headless])
    says = _("Nobody else leads %(places)s. Give somebody this role, or name a deputy first.")
    return Point(
        "team", title, says % {"places": names}, WAITS, reverse("staff:deputies"), _("Deputies")
    )


def _authorship(found: settling.Settling) -> Point:
    count = found.counts.authored
    if not count:
        return Point("authorship", _("Authorship"), _("They brought no referrals."), DONE)
    says = ngettext(
        "%(n)s referral keeps their name for good. Authorship never moves.",
        "%(n)s referrals keep their name for good. Authorship never moves.",
        count,
    )
    return Point("authorship", _("Authorship"), says % {"n": count}, DONE)


def _offers(found: settling.Settling, gone: bool) -> Point:
    title, count = _("Offers and hand-offs"), found.counts.offers
    if gone and found.counts.friends:
        says = ngettext(
            "%(n)s referral waits for the friend’s own word; a colleague leads it already.",
            "%(n)s referrals wait for the friend’s own word; a colleague leads them already.",
            found.counts.friends,
        )
        return Point("offers", title, says % {"n": found.counts.friends}, RUNS)
    if not count:
        return Point("offers", title, _("Nothing waits for their answer."), DONE)
    says = ngettext(
        "%(n)s offer comes to nothing; everything stays as it was.",
        "%(n)s offers come to nothing; everything stays as it was.",
        count,
    )
    return Point("offers", title, says % {"n": count}, RUNS)


def _disputes(found: settling.Settling) -> Point:
    title = _("Questions about credit")
    own, decides = found.counts.disputes, found.counts.decides
    if not own and not decides:
        return Point("disputes", title, _("None is open."), DONE)
    parts = []
    if own:
        text = ngettext(
            "%(n)s in which they are a party is decided all the same",
            "%(n)s in which they are a party are decided all the same",
            own,
        )
        parts.append(text % {"n": own})
    if decides:
        text = ngettext(
            "%(n)s that they were to decide goes to the next in line",
            "%(n)s that they were to decide go to the next in line",
            decides,
        )
        parts.append(text % {"n": decides})
    return Point("disputes", title, f"{'; '.join(parts)}.", RUNS)


def _promises(found: settling.Settling, gone: bool) -> Point:
    title, seen = _("Those who count on them"), found.counts
    said = [
        text % {"n": count}
        for count, text in (
            (
                seen.deputising,
                ngettext(
                    "%(n)s time as a deputy ends", "%(n)s times as a deputy end", seen.deputising
                ),
            ),
            (
                seen.covers,
                ngettext(
                    "%(n)s absence is left without cover",
                    "%(n)s absences are left without cover",
                    seen.covers,
                ),
            ),
            (
                seen.away,
                ngettext("%(n)s planned absence ends", "%(n)s planned absences end", seen.away),
            ),
            (
                seen.moves,
                ngettext(
                    "%(n)s planned move is taken back",
                    "%(n)s planned moves are taken back",
                    seen.moves,
                ),
            ),
            (
                seen.invitations,
                ngettext(
                    "%(n)s invitation they sent is withdrawn",
                    "%(n)s invitations they sent are withdrawn",
                    seen.invitations,
                ),
            ),
        )
        if count
    ]
    if not said:
        return Point(
            "promises", title, _("Nobody does any more.") if gone else _("Nobody does."), DONE
        )
    return Point("promises", title, f"{fmt.listed(said)}.", RUNS)


def _money(found: settling.Settling, gone: bool, *, amounts: bool, person: Person) -> Point:
    title, money = _("Money"), found.money
    if money.settled:
        return Point("money", title, _("Nothing is open on either side."), DONE)
    if not amounts:
        says = _("What was earned before stays theirs. Payroll sees the amounts.")
        if money.last_day:
            says = _(
                "What was earned before stays theirs; the last hold ends on %(day)s. Payroll sees "
                "the amounts."
            ) % {"day": fmt.day(money.last_day)}
        return Point("money", title, says, RUNS)
    kinds = (
        (money.pending, _("%(zl)s held")),
        (money.payable, _("%(zl)s to be paid out")),
        (money.disputed, _("%(zl)s waits for a decision")),
        (money.receivable, _("%(zl)s to be settled back, only with written consent")),
    )
    said = [text % {"zl": fmt.amount(grosze)} for grosze, text in kinds if grosze]
    until = (
        _("Last hold until %(day)s.") % {"day": fmt.day(money.last_day)} if money.last_day else ""
    )
    state = WAITS if money.receivable else RUNS
    says = f"{', '.join(said)}. {until}".strip()
    if not gone:  # until then they fetch their records themselves
        return Point("money", title, says, state)
    url = reverse("staff:records_of", args=[person.public_id])
    return Point("money", title, says, state, url, _("Their records"), fetches=True)
