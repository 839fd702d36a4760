"""Cards of Today: ready strings for the template, so that it only places them."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from polecam.asking import chance, plans
from polecam.asking.models import IfThenPlan, Script
from polecam.asking.words import filled
from polecam.clients.models import Client
from polecam.insights.estimate import Estimate
from polecam.insights.today import Suggestion, Week
from polecam.insights.wording import Words
from polecam.people.models import Person
from polecam.web.pages.today import why
from polecam.web.ui import format as fmt
from polecam.web.ui.parts import Row


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence for this very client, its exit line, and the number of the next one.

    `first`: proof of the sentence that chance put first, for the form; empty where it did not.
    """

    text: str
    exit_line: str
    script: str
    following: int
    first: str = ""
    channel: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One client on the page. `key` makes its form count once."""

    client: Client
    moment: str
    name: str
    sub: str
    reason: str
    note: str
    chips: list[why.Chip]
    said: Said | None
    estimate: Estimate
    trace: list[Row]
    lead: str
    key: str
    number: int = 1
    plan: IfThenPlan | None = None

    @property
    def ident(self) -> str:
        """For ids within the page."""
        return self.client.public_id

    @property
    def amount(self) -> str:
        """The estimate in whole zlotys: `25 zł`."""
        return whole(self.estimate.grosze)

    @property
    def low(self) -> str:
        """Where the honest range begins."""
        return whole(self.estimate.low_grosze)

    @property
    def high(self) -> str:
        """Where it ends."""
        return whole(self.estimate.high_grosze)

    @property
    def why_id(self) -> str:
        """The sheet that explains the amount."""
        return f"why-{self.ident}"

    @property
    def skip_id(self) -> str:
        """The sheet of reasons to skip."""
        return f"skip-{self.ident}"


class Named(Protocol):
    """Whoever words are said to."""

    @property
    def first_name(self) -> str:
        """By which they are addressed."""

    @property
    def form(self) -> str:
        """Their grammatical form: f, m or n."""


def language() -> str:
    """`pl` or `en`."""
    return "en" if (get_language() or "pl").startswith("en") else "pl"


def card(
    person: Person,
    found: Suggestion,
    today: date,
    choices: Mapping[str, int],
    own_plans: Sequence[IfThenPlan] = (),
) -> Card:
    """`choices`: client's public id -> which of its sentences to show, counted from 1.

    `own_plans`: the person's own if-then plans, shown at their moment.
    """
    party = found.client.party
    number = choices.get(found.client.public_id, 1)
    return Card(
        client=found.client,
        moment=found.moment.public_id,
        name=party.full_name,
        sub=_sub(found, today),
        reason=why.sentence(found.moment, party, today),
        note=found.moment.note,
        chips=why.chips(found, today),
        said=said(person, found.client, found.words, number),
        estimate=found.estimate,
        trace=trace(found.estimate),
        lead=_source(found.estimate),
        key=new_key(),
        number=number,
        plan=plans.at_moment(own_plans, found.moment.kind),
    )


def whole(grosze: int) -> str:
    """`25 zł`, rounded: a figure that is an estimate has no grosze."""
    return fmt.zl((grosze + 50) // 100 * 100)


def new_key() -> str:
    """A form's random key: sent twice, it counts once."""
    return secrets.token_urlsafe(12)


def _sub(found: Suggestion, today: date) -> str:
    times = [m.appointment_at for m in found.moments if m.appointment_at]
    ahead = [at for at in times if fmt.as_day(at) >= today]
    if ahead:
        at = min(ahead)
        return _("%(day)s at %(time)s") % {
            "day": fmt.near(at, reference=today),
            "time": fmt.clock(at),
        }
    return found.client.product


def said(
    person: Person, client: Client, words: Words, number: int, *, channel: str = "talk"
) -> Said | None:
    """The n-th sentence in words of this client; after the last comes the first again."""
    scripts = words.sentences
    if not scripts:
        return None
    at = (max(1, number) - 1) % len(scripts)
    script = scripts[at]
    text, exit_line = sounds(script, client.party)
    following = (at + 1) % len(scripts) + 1 if len(scripts) > 1 else 0
    first = chance.proof(person, client, scripts[0]) if words.by_chance else ""
    return Said(text, exit_line, script.public_id, following, first, channel)


def sounds(script: Script, party: Named, link: str = "") -> tuple[str, str]:
    """A sentence and its exit line as they are said to this person."""
    text, exit_line = (
        fmt.tie(
            filled(
                words,
                first_name=party.first_name,
                form=party.form,
                language=script.language,
                link=link,
            )
        )
        for words in (script.text, script.exit_line)
    )
    return text, exit_line


# --- the sum --------------------------------------------------------------------------------------


def trace(estimate: Estimate) -> list[Row]:
    """The steps of an estimate, readable aloud, closed by its sum."""
    labels = {
        "yes": (_("You ask, and the client recommends someone"), ""),
        "consent": (_("The friend agrees to a contact"), _("bonus for a consent: %(amount)s")),
        "meeting": (_("The friend comes to a meeting"), _("bonus for a meeting: %(amount)s")),
        "sale": (_("The friend buys"), _("average bonus for a sale: %(amount)s")),
    }
    rows = []
    for step in estimate.steps:
        label, note = labels[step.name]
        pays = fmt.zl(step.pays_grosze // 100 * 100) if step.pays_grosze else ""
        rows.append(
            Row(
                label,
                fmt.percent(round(step.chance_bp, -2)),
                note % {"amount": pays} if pays and note else "",
            )
        )
    asked = estimate.steps[0].name == "yes"
    total = _("Worth of one ask, gross") if asked else _("Worth of this referral, gross")
    return [*rows, Row(total, fmt.zl(estimate.grosze, approx=True), total=True)]


def _source(estimate: Estimate) -> str:
    if not estimate.own_answers:
        return _(
            "This is what one ask at such a moment brings on average, by published research. "
            "Your branch's own answers replace it month by month."
        )
    n = estimate.own_answers
    return ngettext(
        "This is what one ask at such a moment brings on average. "
        "Counted with %(n)s answer from your branch, in closed months.",
        "This is what one ask at such a moment brings on average. "
        "Counted with %(n)s answers from your branch, in closed months.",
        n,
    ) % {"n": n}


# --- the week -------------------------------------------------------------------------------------


def lead(week: Week) -> str:
    """One calm line under the greeting; asks count, not answers."""
    ahead = week.goal - week.asks
    if week.asks == 0:
        return _("One sentence is enough for a start.")
    if ahead <= 0:
        return _("This branch is full. Anything more is a gift.")
    return ngettext("One ask ahead of you.", "%(n)s asks ahead of you.", ahead) % {"n": ahead}


def branch_label(week: Week) -> str:
    """What the drawing says aloud."""
    return ngettext(
        "Last 7 days: %(n)s leaf of %(goal)s", "Last 7 days: %(n)s leaves of %(goal)s", week.asks
    ) % {"n": week.asks, "goal": week.goal}
