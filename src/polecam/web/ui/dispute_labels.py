"""Names of the codes that disputes leave behind, for pages and the journal. Nobody is accused."""

from django.utils.translation import gettext_lazy, pgettext_lazy

from polecam.web.ui.referral_labels import Labels

REASONS: Labels = {
    "brought": gettext_lazy("Who brought it"),
    "worked": gettext_lazy("Who worked on it"),
    "split": gettext_lazy("How it is shared"),
    "amount": gettext_lazy("The amount"),
    "client": gettext_lazy("Whose client it is"),
    "other": pgettext_lazy("a reason", "Something else"),
}
REASON_NOTES: Labels = {
    "brought": gettext_lazy("the recommendation began elsewhere too"),
    "worked": gettext_lazy("calls, meetings, the sale itself"),
    "split": gettext_lazy("agreed differently, or not at all"),
    "amount": gettext_lazy("the sum looks different from what it should be"),
    "client": gettext_lazy("the one who recommended has another adviser"),
    "other": gettext_lazy("add it in a sentence"),
}
REASON_ICONS = {
    "brought": "sprout",
    "worked": "handshake",
    "split": "split",
    "amount": "coins",
    "client": "user",
    "other": "circle-help",
}
OUTCOMES: Labels = {
    "upheld": gettext_lazy("As claimed"),
    "partly": gettext_lazy("In part"),
    "rejected": gettext_lazy("It stays as it is"),
}
RULES: Labels = {
    "first_consent": gettext_lazy("The first consent counts"),
    "authorship": gettext_lazy("Authorship stays"),
    "floor": gettext_lazy("An agreed floor holds"),
    "agreement": gettext_lazy("What was agreed holds"),
    "work": gettext_lazy("Work counts"),
    "plan": gettext_lazy("The plan says it"),
    "mistake": gettext_lazy("A slip is put right"),
}
RULE_WORDS: Labels = {
    "first_consent": gettext_lazy(
        "The friend's first confirmed consent makes the claim, for the seller it names. Later "
        "recommendations keep their authorship, not the claim."
    ),
    "authorship": gettext_lazy(
        "Whoever brought the recommendation stays its author, whoever works on it later."
    ),
    "floor": gettext_lazy(
        "A part promised before the hand-off is never lowered without its seller's own consent."
    ),
    "agreement": gettext_lazy(
        "What both agreed to, with a date in the journal, comes before what anyone remembers."
    ),
    "work": gettext_lazy(
        "Talks, meetings and the sale recorded in the journal earn a part of the credit."
    ),
    "plan": gettext_lazy(
        "The version of the bonus plan in force at the capture decides what is paid for what."
    ),
    "mistake": gettext_lazy("Something was recorded wrongly. It is put right, nobody is to blame."),
}
STATES: Labels = {
    "open": pgettext_lazy("a case", "waits for a decision"),
    "decided": pgettext_lazy("a case", "decided, not yet final"),
    "appealed": pgettext_lazy("a case", "waits for the second decision"),
    "closed": pgettext_lazy("a case", "closed"),
    "withdrawn": pgettext_lazy("a case", "taken back"),
}
HANDOFFS: Labels = {
    "product": gettext_lazy("handed on for the product"),
    "language": gettext_lazy("handed on for the language"),
    "place": gettext_lazy("handed on for the place"),
    "absence": gettext_lazy("handed on during an absence"),
    "leaving": gettext_lazy("when somebody left"),
    "other": gettext_lazy("after a hand-off"),
}
HELP: Labels = {
    "brought": gettext_lazy("Perhaps record the name on the spot: a receipt takes ten seconds."),
    "worked": gettext_lazy("Perhaps agree beforehand what the one who helps gets for it."),
    "split": gettext_lazy("Perhaps agree on a standing split for such cases."),
    "amount": gettext_lazy(
        "Perhaps go through one line of the bonus together, from top to bottom."
    ),
    "client": gettext_lazy("Perhaps look at whose clients are shared, and mark them so."),
    "other": gettext_lazy("Perhaps ask both what would have helped them."),
}
