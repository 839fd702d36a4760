"""What words for one client need: whom, why now, which sentence, what the seller planned."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from polecam.asking import budget, memory, plans, queries
from polecam.asking.models import AskChannel, IfThenPlan, Moment
from polecam.clients.models import Client
from polecam.insights import wording
from polecam.kit.periods import day_of
from polecam.organisation import settings
from polecam.web.pages.today import cards, why
from polecam.web.types import Request
from polecam.web.ui.firm import firm
from polecam.web.ui.format import language

HIGHEST = 200
"""Sentences may be leafed through so far."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One client's ask ahead. `query`: what links of the page carry along."""

    client: Client
    today: date
    moment: Moment | None
    reason: str
    channel: str
    number: int
    said: cards.Said | None
    plan: IfThenPlan | None
    rests: bool

    @property
    def query(self) -> str:
        """The same client, moment, channel and sentence again."""
        return self.with_()

    def with_(self, **more: str | int) -> str:
        """The query with some parts changed."""
        return urlencode(self.parts(**more))

    def parts(self, **more: str | int) -> dict[str, str]:
        """What the query is made of; empty parts are left out."""
        parts: dict[str, str | int] = {
            "m": self.moment.public_id if self.moment else "",
            "channel": "" if self.channel == AskChannel.TALK else self.channel,
            "s": "" if self.number == 1 else self.number,
        }
        return {key: str(value) for key, value in (parts | more).items() if value != ""}


def for_capture(request: Request, client: Client, at: datetime) -> dict[str, object]:
    """The plan for the client's moment; the words too when they were just rehearsed (`?said=1`)."""
    if request.GET.get("said"):
        found = of(request, client, at)
        return {"scene": found, "plan": found.plan}
    moment = wording.moment_of(client, day_of(at, firm().zone))
    plan = plans.at_moment(plans.of(request.user), moment.kind) if moment else None
    return {"scene": None, "plan": plan}


def prompts() -> list[str]:
    """Narrow questions that bring faces to mind, for the firm's line of business."""
    return [prompt.text(language()) for prompt in memory.prompts(firm().business)]


def of(request: Request, client: Client, at: datetime) -> Scene:
    """The scene of `?m=MOMENT&channel=phone&s=2`; without a moment, of the best fresh one."""
    person, today = request.user, day_of(at, firm().zone)
    moment = wording.moment_of(client, today, request.GET.get("m", ""))
    kind = moment.kind if moment else ""
    channel = request.GET.get("channel", "")
    channel = channel if channel in AskChannel.values else str(AskChannel.TALK)
    number = request.GET.get("s", "")
    shown = min(HIGHEST, int(number)) if number.isdecimal() and len(number) < 4 else 1
    scripts = list(queries.scripts_for(person, language(), [kind]))
    words = wording.for_ask(
        person,
        client,
        scripts,
        kind=kind,
        about=moment.public_id if moment else "",
        today=today,
        fair=queries.takes_part(
            scripts, settings.value("words_test", at=at, branch=client.branch_id)
        ),
        channel=channel,
    )
    return Scene(
        client=client,
        today=today,
        moment=moment,
        reason=why.sentence(moment, client.party, today) if moment else "",
        channel=channel,
        number=shown,
        said=cards.said(person, client, words, shown, channel=channel),
        plan=plans.at_moment(plans.beside(person, scripts, [kind]), kind) if moment else None,
        rests=bool(budget.rests([client], at=at, zone=firm().zone)),
    )
