"""What the pages of this area call things."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from polecam.people.guests import Verdict
from polecam.people.models import Role

Word = str | Promise
ROLES: list[tuple[str, Word]] = [
    (Role.SELLER, _("seller")),
    (Role.MANAGER, _("manager")),
    (Role.ADMIN, _("admin")),
    (Role.DPO, _("data protection officer")),
    (Role.PAYROLL, _("payroll")),
]
ROLE: dict[str, Word] = dict(ROLES)
LANGUAGES = [("pl", "Polski"), ("en", "English")]
VERDICTS: dict[str, tuple[Word, str]] = {
    # verdict: (what is to be said, tone of its chip)
    Verdict.NEW: (_("will be invited"), "leaf"),
    Verdict.BACK: (_("worked here before: comes back"), "leaf"),
    Verdict.AGAIN: (_("invited already: gets a new link"), "honey"),
    Verdict.HERE: (_("works here already"), "line"),
    Verdict.TWICE: (_("stands above already"), "line"),
    Verdict.WRONG: (_("not an e-mail address"), "poppy"),
    Verdict.NO_BRANCH: (_("which branch?"), "poppy"),
    Verdict.NO_ROLE: (_("which role?"), "poppy"),
}
DUTIES: dict[str, Word] = {
    "payroll_sells": _(
        "Payroll who also sells: another person always confirms their sales, settles what they owe "
        "and closes the month they asked to close. The house sees to that; tell the team, too."
    ),
    "payroll_admin": _(
        "Admin and payroll in one hand: a month still needs two people, and so does a plan. Two "
        "hands would be calmer."
    ),
    "dpo_decides": _(
        "A data protection officer must not decide how data are used (GDPR, article 38(6)). "
        "Somebody who leads or administers decides just that."
    ),
    "dpo_works": _(
        "A data protection officer who also works with these data looks at their own work. The "
        "GDPR (article 38(6)) asks to avoid it."
    ),
}
STATES: dict[str, Word] = {
    "captured": _("waits for the friend"),
    "invited": _("waits for the friend"),
    "consented": _("the friend agreed"),
    "contacted": _("in contact"),
    "meeting": _("a talk was set"),
    "won": _("won"),
    "lost": _("ended"),
    "objected": _("ended"),
    "expired": _("ended"),
}
FACTS: dict[str, Word] = {
    "consent": _("the friend’s consent"),
    "meeting": _("a talk that took place"),
    "sale": _("a sale"),
    "retained": _("a sale that stayed"),
    "ask": _("an ask"),
    "coaching": _("making a colleague ready"),
}
LINES: dict[str, Word] = {
    "pending": _("held"),
    "payable": _("to be paid out"),
    "paid": _("paid"),
    "void": _("does not count"),
    "owed": _("to be settled back"),
    "pooled": _("went to the branch pool"),
}
