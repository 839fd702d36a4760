"""The rules of law in plain sentences: what the law wants, and what the house does about it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

CHAPTERS: dict[str, str | Promise] = {
    "friend": _("The recommended friend"),
    "client": _("The client who recommends"),
    "person": _("Every person’s own data"),
    "people": _("Those who work here"),
    "money": _("Money"),
    "firm": _("The firm’s own proof"),
}
TITLES: dict[str, str | Promise] = {
    "C01": _("No call and no message without consent"),
    "C02": _("Each channel on its own, nothing ticked beforehand"),
    "C03": _("Consent can be shown word for word"),
    "C04": _("Taking back is as easy as giving"),
    "C05": _("The house never writes to a friend first"),
    "C06": _("Told within a month, or erased"),
    "C07": _("An objection stops everything, for good"),
    "C08": _("Everyone can see and take along what is kept"),
    "C09": _("Erasing leaves nothing behind"),
    "C10": _("The register of processing writes itself"),
    "C11": _("Nothing is kept longer than needed"),
    "C12": _("Nobody learns who is a client"),
    "C13": _("The client learns of the talk, never of the purchase"),
    "C14": _("Consent names who gets in touch"),
    "C15": _("Typing a number tells nothing"),
    "C16": _("The rules of the programme are in reach"),
    "C17": _("Clients recommend; they do not advise"),
    "C18": _("A bonus plan rewards quality, too"),
    "C19": _("Testimonials are real and withdrawable"),
    "C20": _("Rewards are known to the tax office"),
    "C21": _("A human decides about people"),
    "C22": _("Two weeks’ notice before anybody is watched"),
    "C23": _("No league table"),
    "C24": _("Everybody can use every page"),
    "C25": _("A client is not asked too often"),
    "C26": _("“Never ask me” takes one tap"),
    "C27": _("Some are asked whether they felt free to refuse"),
    "C28": _("Money begins with the friend’s yes"),
    "C29": _("Refusals, guesses and moods stay with the seller"),
    "C30": _("Not asking is a valid decision"),
    "C31": _("Every figure says where it is from"),
    "C32": _("Nobody gives away a friend’s number"),
    "C33": _("Every sentence has its way out"),
    "C34": _("Requests are answered in time"),
    "C35": _("A campaign is weighed before it begins"),
    "C36": _("Nobody rewrites what happened"),
}
SAYS: dict[str, str | Promise] = {
    "C01": _(
        "Contact stays hidden and every call, text or e-mail is refused until a confirmed "
        "consent to that very channel stands (art. 398 PKE)."
    ),
    "C02": _(
        "Separate boxes, none ticked; saying no to one never blocks another (art. 400 PKE, GDPR 7)."
    ),
    "C03": _(
        "Who, when, for which channel, in which exact words and how it was confirmed is kept "
        "and never changes (GDPR 7(1))."
    ),
    "C04": _("One button, no login, no reason, at once (GDPR 7(3))."),
    "C05": _(
        "It makes a link that the client passes on; no address book is read, and rewards "
        "never count numbers (Belgian DPA 25/2020)."
    ),
    "C06": _(
        "A clock runs for every friend: the full notice comes with the invitation, and who "
        "does not answer is erased before the month is over (GDPR 14)."
    ),
    "C07": _(
        "Everything stops at once; a keyed hash keeps the person from being entered again by "
        "anybody, by any door (GDPR 21)."
    ),
    "C08": _(
        "The officer shows and hands out everything with its source, readable and as JSON; a "
        "friend and a client see theirs by their own link (GDPR 15 and 20)."
    ),
    "C09": _(
        "Tables, files, messages and searches forget a person; journal and ledger still hold "
        "(GDPR 17)."
    ),
    "C10": _(
        "It is made of what the program declares about its own data and of the settings in "
        "force (GDPR 30)."
    ),
    "C11": _(
        "Without an answer 14 days, without activity 12 months; longer only with a reason on "
        "record. Each night is journalled in numbers."
    ),
    "C12": _(
        "A code held up by a seller names no client; in bank-secrecy mode no page does, and "
        "a referral knows no product and no balance (art. 104 Prawo bankowe)."
    ),
    "C13": _(
        "Thanks at the recommendation, once more after the talk if the friend allowed it; "
        "never timed by a sale."
    ),
    "C14": _(
        "After a hand-off contact stays locked until the friend says yes to the new adviser, "
        "unless their words named the branch."
    ),
    "C15": _(
        "Whether somebody is a client or known to a colleague is told only after that "
        "person’s own consent."
    ),
    "C16": _(
        "A versioned regulation of the programme is linked from the card and from every invitation."
    ),
    "C17": _(
        "No advice, quotes or uploads on a client’s page; rewards are flat, and more than "
        "five rewarded referrals a year are looked at (IDD, mortgage act)."
    ),
    "C18": _(
        "A regulated firm publishes no plan without a quality criterion and a clawback "
        "(EBA/GL/2016/06)."
    ),
    "C19": _(
        "Tied to a verified client, labelled when rewarded, locked after approval, withdrawn "
        "in one step (Omnibus, UOKiK)."
    ),
    "C20": _(
        "Each reward has a tax class and counts into its person’s year; no exemption is "
        "assumed (PIT)."
    ),
    "C21": _(
        "Sellers are not ranked or given work by a machine; denying a bonus or a suspicion "
        "needs a named human with a reason (AI Act, GDPR 22)."
    ),
    "C22": _(
        "Named activity is shown two weeks after the notice at the earliest, and only of "
        "those who have read it (art. 22(2) and 22(3) Kodeks pracy)."
    ),
    "C23": _("Standings are off; good news shows only who chose to be in it (UODO 2020)."),
    "C24": _("WCAG 2.2 AA in both themes and both languages (European Accessibility Act)."),
    "C25": _(
        "90 days between two asks, 12 months after two refusals, across all sellers. What "
        "happened anyway can be recorded, and is flagged."
    ),
    "C26": _(
        "It holds for every seller and every branch, in pages and imports; other contacts "
        "have a limit of their own."
    ),
    "C27": _(
        "One tap for a few of those who were asked; a low branch reaches the boss quietly, "
        "and nothing pauses before a human looked."
    ),
    "C28": _(
        "Never for an ask, never for a name. Sales are confirmed by somebody else, held 30 "
        "days and taken back within 90."
    ),
    "C29": _("Nobody else reads them, not as a total either; groups are five or more."),
    "C30": _("“I did not feel comfortable” is an answer; it costs nothing and nobody sees it."),
    "C31": _("The firm’s own or a default, with its source and a range."),
    "C32": _(
        "A client cannot consent for a friend: before the friend answers, a first name is "
        "all that is kept."
    ),
    "C33": _("A “no” costs the client nothing and the seller nothing."),
    "C34": _("One month, three with a reason given in time (GDPR 12(3))."),
    "C35": _(
        "Legitimate interest is written down, signed by the data protection officer, who did "
        "not write it, and looked at again (GDPR 6(1)(f))."
    ),
    "C36": _("What is written once stays: triggers refuse changes, each night seals the day."),
}
STATES: dict[str, tuple[str | Promise, str, str]] = {
    "holds": (pgettext_lazy("rule of law", "holds"), "leaf", "check"),
    "look": (pgettext_lazy("rule of law", "worth a look"), "honey", "eye"),
    "open": (pgettext_lazy("rule of law", "not yet"), "line", "clock"),
}
