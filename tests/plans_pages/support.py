"""What the tests of the pages of plans stand on: drafts, visitors, and forms as a browser sends."""

from html.parser import HTMLParser

from django.test import Client as Http

from polecam.actions import plan_drafts, plan_publishing
from polecam.bonuses.models import Assignment


def http(person, language="pl") -> Http:
    """A signed-in visitor."""
    made = Http()
    made.force_login(person)
    made.cookies["language"] = language
    return made


def begun(by, branch, at, template="bank", name="Plan oddziału"):
    """A draft of the branch's own plan."""
    return plan_drafts.start(by=by, at=at, branch=branch, name=name, template=template)


def published(by, second, branch, at, template="bank"):
    """The branch's first own version, in force from next month on."""
    draft = begun(by, branch, at, template)
    waiting = plan_publishing.submit(by=by, at=at, version=draft)
    return plan_publishing.approve(by=second, at=at, version=waiting)


class Fields(HTMLParser):
    """What a browser would send of the form with this id."""

    def __init__(self, form: str) -> None:
        super().__init__()
        self.form, self.inside, self.select = form, False, ""
        self.sent: dict[str, str] = {}

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if tag == "form":
            self.inside = found.get("id") == self.form
        if not self.inside:
            return
        name = found.get("name", "")
        if tag == "input" and name:
            if found.get("type") in ("checkbox", "radio") and "checked" not in found:
                return
            self.sent[name] = found.get("value", "on")
        if tag == "select":
            self.select = name
        if tag == "option" and ("selected" in found or self.select not in self.sent):
            self.sent[self.select] = found.get("value", "")

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = False


def fields(answer, form="plan") -> dict[str, str]:
    """The filled slots of an answer's form."""
    parser = Fields(form)
    parser.feed(answer.content.decode())
    return parser.sent


def samples(branch, writer, second, seller, at) -> dict[str, str]:
    """One of each thing of the pages of plans, for the tests that walk the house; the version to
    read holds for the seller alone."""
    live = published(writer, second, branch, at)
    draft = plan_drafts.start(by=writer, at=at, plan=live.plan, copy_of=live)
    own, waiting = (
        plan_publishing.submit(
            by=writer,
            at=at,
            version=plan_drafts.found(by=writer, at=at, branch=branch, name=name, template="b2b"),
        )
        for name in ("Plan opiekunów", "Plan wdrożenia")
    )
    own = plan_publishing.approve(by=second, at=at, version=own)
    assigned = Assignment.objects.create(
        plan=own.plan, person=seller, since=at, until=None, made_by=second
    )
    return {
        "plans:ref": draft.public_id,
        "plans:other": live.public_id,
        "plans:plan": live.plan.public_id,
        "plans:assignment": assigned.public_id,
        "plans:position": "1",
        "plans:row": "1",
        "plans:kind": "meeting",
        "plans:read": own.public_id,
        "plans:readers": live.public_id,
        "simulation:ref": live.public_id,
        **dict.fromkeys(["plans:approve", "plans:send_back", "plans:withdraw"], waiting.public_id),
    }


def typed() -> dict[str, dict[str, str]]:
    """A sentence with a table, for the addresses that change its shape."""
    one = {
        "components-1-fact_kind": "consent",
        "components-1-shape": "marginal",
        "components-1-bands-1-lower": "1",
    }
    names = ("drop", "up", "down", "table", "add_row", "drop_row", "undo")
    return {f"plans:{name}": one for name in names}
