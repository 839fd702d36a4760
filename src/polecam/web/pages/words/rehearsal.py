"""Two minutes of practice: say the sentence, hear a likely answer, find a good reply.

Every step is a page of its own, so the browser's back button goes one step back. Nothing is
stored, counted or told: these views only read.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from polecam.asking import choosing, memory, practice, queries
from polecam.asking.words import filled
from polecam.organisation import settings
from polecam.store import crypto
from polecam.web.access import SELLERS, door
from polecam.web.pages.capture.words import polite_name
from polecam.web.pages.today import cards, why
from polecam.web.pages.today.views import own_client
from polecam.web.pages.words import labels, scene
from polecam.web.types import Request
from polecam.web.ui.firm import firm
from polecam.web.ui.format import language, tie


@dataclass(frozen=True, slots=True)
class Stage:
    """Whom one practises with, which words, and where one goes from here."""

    party: cards.Named
    name: str
    reason: str
    text: str
    exit_line: str
    again: str
    ready_url: str
    keep: dict[str, str]

    def step(self, **more: str) -> str:
        """The address of another step."""
        return "?" + urlencode({key: value for key, value in (self.keep | more).items() if value})


@door("words:rehearse", SELLERS)
@require_safe
def with_client(request: Request, client: str) -> HttpResponse:
    """This very ask: the client's own moment, the words as Today shows them."""
    at = datetime.now(UTC)
    found = scene.of(request, own_client(request, client), at)
    party, said = found.client.party, found.said
    ready = f"{reverse('capture:client', args=[client])}?{urlencode(found.parts() | {'said': '1'})}"
    stage = Stage(
        party=party,
        name=party.full_name,
        reason=found.reason,
        text=said.text if said else "",
        exit_line=said.exit_line if said else "",
        again=found.with_(s=said.following) if said and said.following else "",
        ready_url="" if found.rests else ready,
        keep=found.parts(),
    )
    return _show(request, stage)


@door("words:rehearsal", SELLERS)
@require_safe
def alone(request: Request) -> HttpResponse:
    """With nobody in particular: `?kind=keys` chooses the moment."""
    names = why.nouns()
    kind = request.GET.get("kind", "")
    kind = kind if kind in names else "praise"
    scripts = queries.scripts_for(request.user, language(), [kind])
    order = choosing.ordered(
        scripts, choosing.Situation(kind), seed="", keyed=crypto.keyed, fair=False
    )
    number = request.GET.get("s", "")
    at = (
        int(number) - 1 if number.isdecimal() and 0 < int(number[:3]) <= len(order.sentences) else 0
    )
    sample = labels.SAMPLES[0]
    text, exit_line = ("", "")
    if order.sentences:
        text, exit_line = cards.sounds(order.sentences[at], sample)
    following = (at + 1) % max(1, len(order.sentences)) + 1
    keep = {"kind": kind, "s": str(at + 1) if at else ""}
    stage = Stage(
        party=sample,
        name=sample.first_name,
        reason=names.get(kind, ""),
        text=text,
        exit_line=exit_line,
        again=urlencode({"kind": kind, "s": following}),
        ready_url=reverse("capture:new"),
        keep=keep,
    )
    kinds = [
        ("?" + urlencode({"kind": code}), label, code == kind) for code, label in names.items()
    ]
    return _show(request, stage, kinds=kinds)


def _show(request: Request, stage: Stage, **more: object) -> HttpResponse:
    step = request.GET.get("step", "")
    turn = practice.BY_CODE.get(request.GET.get("a", ""))
    context = {
        "stage": stage,
        "polite": polite_name(stage.party),  # type: ignore[arg-type]  # a first name and a form are enough
        "begin_url": stage.step(),
        "answers_url": stage.step(step="answers"),
        "end_url": stage.step(step="end"),
        **more,
    }
    if turn:
        context |= _turn(stage, turn)
        return render(request, "words/rehearsal_turn.html", context)
    if step == "answers":
        context["answers"] = _answers(stage, practice.FIRST)
        return render(request, "words/rehearsal_answers.html", context)
    if step == "end":
        return render(request, "words/rehearsal_end.html", context)
    return render(request, "words/rehearsal.html", context)


def _turn(stage: Stage, turn: practice.Turn) -> dict[str, object]:
    if turn.code == practice.REWARDED.code and settings.value("rewards", at=datetime.now(UTC)):
        turn = practice.REWARDED
    cue = memory.cue(firm().business).text(language())
    reply = filled(
        turn.reply(language()).replace("{cue}", cue),
        first_name=stage.party.first_name,
        form=stage.party.form,
        language=language(),
    )
    return {
        "turn": turn,
        "says": tie(turn.says(language())),
        "reply": tie(reply),
        "note": tie(turn.why(language())),
        "title": _("And then you stop") if turn.stops else _("You may say"),
        "answers": _answers(stage, turn.then),
    }


def _answers(stage: Stage, codes: tuple[str, ...]) -> list[tuple[str, str]]:
    """Links to what the client may say, with the words themselves."""
    return [(stage.step(a=code), tie(practice.BY_CODE[code].says(language()))) for code in codes]
