"""The register in words: purposes, legal bases, people, kinds of data, recipients, periods."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from polecam.insights.register import Entry
from polecam.web.ui import format as fmt

COLUMNS: tuple[str | Promise, ...] = (
    gettext_lazy("Activity"),
    gettext_lazy("Purpose"),
    gettext_lazy("Legal basis"),
    gettext_lazy("People"),
    gettext_lazy("Data"),
    gettext_lazy("Recipients"),
    gettext_lazy("Kept for"),
)
TITLES: dict[str, str | Promise] = {
    "recommending": gettext_lazy("Passing on a recommendation"),
    "asking": gettext_lazy("Asking clients for a recommendation"),
    "surveys": gettext_lazy("Satisfaction and “did you feel free to refuse?”"),
    "thanks": pgettext_lazy("activity", "Thanks and rewards"),
    "messages": gettext_lazy("Messages that were asked for"),
    "requests": gettext_lazy("Requests, consents and objections"),
    "imports": gettext_lazy("Files of clients and sales"),
    "sales": gettext_lazy("Sales and complaints"),
    "credit": gettext_lazy("Who brought whom"),
    "work": gettext_lazy("Colleagues and their bonus"),
    "own": gettext_lazy("A seller’s own notes"),
    "inlets": gettext_lazy("Other systems that tell of a moment"),
    "signing_in": gettext_lazy("Signing in"),
    "unnamed": gettext_lazy("Not named yet"),
}
PURPOSES: dict[
    str, tuple[str | Promise, str | Promise, str | Promise, str | Promise, str | Promise]
]
PURPOSES = {
    # purpose, basis, people, recipients, kept (beside the periods of settings)
    "recommending": (
        gettext_lazy("To pass an invitation on and, after a yes, to get in touch"),
        gettext_lazy("consent; before it, legitimate interest in passing the invitation on"),
        gettext_lazy("recommended people"),
        gettext_lazy("the adviser the consent names, the officer, who runs the system"),
        gettext_lazy("until consent is withdrawn, or the periods beside"),
    ),
    "asking": (
        gettext_lazy("To ask at a good moment, not too often, and to leave in peace"),
        gettext_lazy("legitimate interest, see the balancing tests"),
        gettext_lazy("clients"),
        gettext_lazy("the client’s adviser, the branch’s manager"),
        gettext_lazy("as long as somebody is a client"),
    ),
    "surveys": (
        gettext_lazy("To learn whether clients are content and felt free"),
        gettext_lazy("consent where written to; else legitimate interest"),
        gettext_lazy("clients"),
        gettext_lazy("the client’s adviser; the branch as numbers of five or more"),
        gettext_lazy("until the answer is taken back or the client is erased"),
    ),
    "thanks": (
        gettext_lazy("To thank, and to account for rewards"),
        gettext_lazy("consent; for rewards, a legal duty (taxes)"),
        gettext_lazy("clients and recommended people"),
        gettext_lazy("the adviser, whoever approves, the tax office"),
        gettext_lazy("rewards without a name once erased; worth for the tax years"),
    ),
    "messages": (
        gettext_lazy("To send what a person asked for or agreed to"),
        gettext_lazy("consent"),
        gettext_lazy("recommended people, clients, colleagues"),
        gettext_lazy("the e-mail and text message gateway"),
        gettext_lazy("until the person is erased"),
    ),
    "requests": (
        gettext_lazy("To answer in time, and to be able to show it"),
        gettext_lazy("legal duty (GDPR 5(2), 7(1), 12, 21)"),
        gettext_lazy("everybody who asks, agrees or objects"),
        gettext_lazy("the officer"),
        gettext_lazy("names until the answer; dates and keyed hashes as proof"),
    ),
    "imports": (
        gettext_lazy("To take over clients, sales and open referrals"),
        gettext_lazy("contract with clients; legitimate interest"),
        gettext_lazy("clients, recommended people"),
        gettext_lazy("whoever imports"),
        gettext_lazy("files a day, rejected rows 30 days"),
    ),
    "sales": (
        gettext_lazy("To confirm sales and settle complaints"),
        gettext_lazy("contract; legitimate interest"),
        gettext_lazy("clients"),
        gettext_lazy("the seller, the manager, payroll as amounts"),
        gettext_lazy("as long as bonuses may be taken back or contested"),
    ),
    "credit": (
        gettext_lazy("To keep authorship and to decide disputes"),
        gettext_lazy("legitimate interest; employment"),
        gettext_lazy("colleagues, recommended people in their words"),
        gettext_lazy("parties of a dispute and whoever decides"),
        gettext_lazy("words go with the person; facts stay without names"),
    ),
    "work": (
        gettext_lazy("To work together and to pay a bonus"),
        gettext_lazy("employment or contract; legal duty (payroll)"),
        gettext_lazy("colleagues"),
        gettext_lazy("managers after the notice, payroll as amounts"),
        gettext_lazy("as long as payroll law asks"),
    ),
    "own": (
        gettext_lazy("To help a seller with their own courage and time"),
        gettext_lazy("legitimate interest; the person’s own choice"),
        gettext_lazy("sellers"),
        gettext_lazy("nobody else"),
        gettext_lazy("until the seller deletes it"),
    ),
    "inlets": (
        gettext_lazy("To hear from the firm’s systems that a client is content"),
        gettext_lazy("legitimate interest, see the balancing tests"),
        gettext_lazy("clients"),
        gettext_lazy("the client’s adviser"),
        gettext_lazy("keys only, sealed"),
    ),
    "signing_in": (
        gettext_lazy("To let in whoever works here, and nobody else"),
        gettext_lazy("legal duty (GDPR 32: security); employment or contract"),
        gettext_lazy("colleagues"),
        gettext_lazy("the person; admins: when and how, never what was looked at"),
        gettext_lazy("what one signs in with until one leaves; sign-ins a year"),
    ),
    "unnamed": ("", "", "", "", ""),
}
KINDS: dict[str, str | Promise] = {
    "names": gettext_lazy("names"),
    "contact": gettext_lazy("phone and e-mail (sealed, with a keyed hash)"),
    "contract": gettext_lazy("client or contract number, kind of product"),
    "moments": gettext_lazy("days and ratings of moments"),
    "words": gettext_lazy("short notes and messages"),
    "answers": gettext_lazy("answers given by oneself"),
    "wishes": gettext_lazy("chosen channel, day and time"),
    "work": gettext_lazy("facts about work and own time"),
    "keys": gettext_lazy("keys and random numbers"),
    "dates": gettext_lazy("ids and dates only"),
    "unnamed": gettext_lazy("not named yet"),
}
PERIODS: dict[str, str | Promise] = {
    "unanswered_days": gettext_lazy("without an answer"),
    "inactive_days": gettext_lazy("without activity"),
    "invitation_days": gettext_lazy("an invitation"),
    "card_days": gettext_lazy("a client’s card"),
    "ask_rest_days": gettext_lazy("rest between two asks"),
    "survey_days": gettext_lazy("a survey can be answered"),
    "request_days": gettext_lazy("until an answer"),
}
SECURITY: tuple[str | Promise, ...] = (
    gettext_lazy("Phone, e-mail and messages are ciphertext (AES-GCM), bound to their row."),
    gettext_lazy("Who sees what is decided by role and branch; every page is tried as everybody."),
    gettext_lazy("Contact data open only after a confirmed consent, and never offline."),
    gettext_lazy("The journal carries no names, is append-only and sealed every night."),
    gettext_lazy("Sign-in is limited; links of clients and friends are 128-bit keys that expire."),
    gettext_lazy("Backups are encrypted and kept 30 days; a restore repeats later erasures."),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One activity, its cells in the order of COLUMNS."""

    title: str
    cells: tuple[str, ...]

    @property
    def pairs(self) -> list[tuple[str | Promise, str]]:
        """(column, cell) without the title."""
        return list(zip(COLUMNS[1:], self.cells[1:], strict=True))


def lines(entries: Iterable[Entry]) -> list[Line]:
    """The register in the active language."""
    return [_line(entry) for entry in entries]


def _line(entry: Entry) -> Line:
    code = entry.activity.code
    purpose, basis, people, recipients, kept = (str(text) for text in PURPOSES[code])
    data = ", ".join(str(KINDS[kind]) for kind in entry.kinds)
    periods = [
        _("%(what)s: %(days)s") % {"what": PERIODS[key], "days": fmt.days(days)}
        for key, days in entry.periods.items()
    ]
    title = str(TITLES[code])
    period = "; ".join([kept, *periods]) if kept else "; ".join(periods)
    if code == "unnamed":
        data = ", ".join(entry.activity.models)
    return Line(title, (title, purpose, basis, people, data, recipients, period))
