"""What lists, columns and codes are called in files to take along."""

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from polecam.asking import kinds
from polecam.insights.exports import Sheet
from polecam.web.pages.setup.titles import TITLES

Word = str | Promise
SHEETS: dict[str, tuple[Word, Word]] = {
    # key: (name, what is in it)
    "clients": (_("Clients"), _("As on your list; no phone numbers, no addresses")),
    "referrals": (_("My referrals"), _("What you brought or lead, by stage")),
    "asks": (_("My asks"), _("With their answers; nobody else can take these along")),
    "moments": (_("Moments"), _("Of your own clients")),
    "sales": (_("Sales"), _("Your own; for whoever confirms, the branch’s")),
    "lines": (_("My bonus, line by line"), _("Every amount and what became of it")),
    "months": (_("My months"), _("Twelve months: brought and paid")),
    "praise": (_("Praise"), _("As on the team’s page")),
    "overseen": (_("Referrals of the branch"), _("Seller and stage, after the monitoring notice")),
    "amounts": (_("Amounts of twelve months"), _("By person and month, gross")),
    "people": (_("People"), _("Who works here, in which role")),
    "settings": (_("Settings"), _("Every value with who, when and why")),
    "imports": (_("Imports"), _("Files and what came of them")),
    "requests": (_("Requests of people"), _("The register: kinds and deadlines, no names")),
}
COLUMNS: dict[str, Word] = {
    "last_name": _("Last name"),
    "first_name": _("First name"),
    "adviser": _("Adviser"),
    "product": _("Product"),
    "since": _("Client since"),
    "rests": _("Rests"),
    "friend": _("Friend"),
    "recommended_by": _("Recommended by"),
    "way": _("How it came"),
    "stage": _("Stage"),
    "mine": _("I brought it"),
    "captured_on": _("Recorded on"),
    "consented_on": _("Consent on"),
    "stage_on": _("In this stage since"),
    "asked_on": _("Asked on"),
    "for_reference": _("For a reference"),
    "moment": _("Moment"),
    "answer": _("Answer"),
    "answered_on": _("Answered on"),
    "not_now": _("Not a time to ask"),
    "on": _("Day"),
    "until": _("Until"),
    "closed_on": _("Closed on"),
    "sold_on": _("Sold on"),
    "seller": _("Seller"),
    "contract": _("Contract"),
    "value": _("Value"),
    "margin": _("Margin"),
    "state": _("State"),
    "month": _("Month"),
    "fact": _("What for"),
    "amount": _("Amount, gross"),
    "line_state": _("State"),
    "confirmed_on": _("Confirmed on"),
    "version": _("Version of the plan"),
    "earned": _("Brought, gross"),
    "paid": _("Paid, gross"),
    "from": pgettext_lazy("praise", "From"),
    "to": pgettext_lazy("praise", "For"),
    "text": _("Words"),
    "accrued": _("Accrued, gross"),
    "taken_back": _("Taken back, gross"),
    "payable": _("Became payable, gross"),
    "not_paid": _("Not yet paid, gross"),
    "email": _("E-mail"),
    "role": _("Role"),
    "branch": _("Branch"),
    "since_on": _("Since"),
    "setting": _("Setting"),
    "from_on": _("Valid from"),
    "set_by": _("Set by"),
    "set_on": _("Set on"),
    "why": _("Why"),
    "kind": _("What is in it"),
    "by": _("By whom"),
    "import_state": _("State"),
    "rehearsal": _("Rehearsal"),
    "new": _("new"),
    "changed": _("changed"),
    "unchanged": _("unchanged"),
    "rejected": _("rejected"),
    "received_on": _("Received on"),
    "request": _("What is asked"),
    "came": _("How it came"),
    "due_on": _("Due on"),
    "extended_on": _("Extended on"),
    "done_on": _("Answered on"),
    "outcome": _("Outcome"),
}
CODES: dict[str, dict[str, Word]] = {
    "way": {
        "asked": _("the client was asked"),
        "spontaneous": _("the client began"),
        "walk_in": _("came by themselves"),
        "imported": _("from a file"),
    },
    "stage": {
        "captured": _("waits for the friend"),
        "invited": _("waits for the friend"),
        "consented": _("the friend agreed"),
        "contacted": _("in contact"),
        "meeting": _("meeting"),
        "won": _("sold"),
        "lost": _("ended"),
        "objected": _("ended"),
        "expired": _("ended"),
    },
    "answer": {
        "open": _("no answer yet"),
        "names": _("recommends someone"),
        "pass_on": _("passes an invitation on"),
        "agreed": _("agreed to a testimonial"),
        "later": _("maybe later"),
        "declined": _("not this time"),
        "not_asked": _("decided not to ask"),
    },
    "state": {
        "reported": _("reported"),
        "confirmed": _("confirmed"),
        "retained": _("stayed"),
        "void": _("taken back"),
    },
    "fact": {
        "consent": _("consent"),
        "meeting": _("meeting"),
        "sale": _("sale"),
        "retained": _("stayed a client"),
        "reference": _("reference"),
        "handoff": _("a hand-off that won"),
        "coached": _("a colleague made ready"),
        "complaint": _("complaint"),
    },
    "line_state": {
        "pending": _("held"),
        "payable": _("payable"),
        "paid": _("paid"),
        "void": _("taken back"),
        "owed": _("to be settled"),
        "pooled": _("went to the branch pool"),
    },
    "role": {
        "seller": _("seller"),
        "manager": _("manager"),
        "admin": _("admin"),
        "dpo": _("data protection officer"),
        "payroll": _("payroll"),
    },
    "kind": {
        "clients": _("clients"),
        "referrals": _("referrals"),
        "sales": _("sales"),
        "moments": _("moments"),
    },
    "import_state": {
        "preview": _("prepared"),
        "queued": _("waits its turn"),
        "running": _("on its way"),
        "done": _("done"),
        "failed": _("stopped"),
    },
    "request": {
        "access": _("to know what is kept"),
        "rectify": _("a correction"),
        "erase": _("to be erased"),
        "port": _("data to take along"),
        "object": _("no more marketing"),
    },
    "came": {
        "letter": _("by letter"),
        "phone": _("on the phone"),
        "email": _("in an e-mail"),
        "in_person": _("in person"),
        "own_page": _("from their own page"),
    },
    "outcome": {
        "done": _("done as asked"),
        "nothing_kept": _("nothing is kept"),
        "taken_back": _("taken back"),
        "refused": _("refused, with a reason"),
    },
}


def name(sheet: Sheet) -> str:
    """What a list is called."""
    return str(SHEETS[sheet.key][0])


def codes(column: str) -> dict[str, str]:
    """Every code of a column in the active language, said once for a whole file."""
    if column == "moment":
        language = get_language() or "pl"
        return {kind.code: kind.title(language) for kind in kinds.known().values()}
    if column == "setting":
        return {key: str(title) for key, (title, _hint) in TITLES.items()}
    return {code: str(word) for code, word in CODES[column].items()}


def yes_no() -> dict[bool, str]:
    """For a column of yes and no; no stays empty: such a list reads at a glance."""
    return {True: gettext("yes"), False: ""}
