"""What a dispute says when it says no (see `refusals`)."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

SENTENCES: dict[str, str | Promise] = {
    "dispute_reason": gettext_lazy("Choose what does not add up."),
    "dispute_erased": gettext_lazy(
        "The friend's data were erased, so there is nothing left to look at. What was credited "
        "stays as it is."
    ),
    "dispute_running": gettext_lazy(
        "This is being looked at already. When it is decided, you can ask again."
    ),
    "dispute_settled": gettext_lazy(
        "You asked this before, and the answer is final. Something new? Choose another reason."
    ),
    "dispute_part": gettext_lazy("A part lies between 0 and 100%. Write it like 60 or 37,5."),
    "dispute_nothing": gettext_lazy(
        "This part is yours already. Write how much it should be, or ask about the amount."
    ),
    "dispute_floors": gettext_lazy(
        "Everything here was agreed as somebody's floor. Only they can change it: propose other "
        "shares instead."
    ),
    "dispute_no_decider": gettext_lazy(
        "Everyone who could decide is involved. Ask the admin to give somebody else the role first."
    ),
    "dispute_not_party": gettext_lazy("This is about others, so only they speak here."),
    "dispute_not_yours": gettext_lazy("Somebody else does this here."),
    "dispute_over": gettext_lazy("This is over. Everything stays to be read."),
    "dispute_said": gettext_lazy("You said how you see it. It stands there for everyone involved."),
    "dispute_decided": gettext_lazy("This has been decided meanwhile. Open it again."),
    "dispute_not_decided": gettext_lazy("There is no decision to answer now. Open it again."),
    "dispute_late": gettext_lazy("The days for asking again are over, so the decision stands."),
    "dispute_rule": gettext_lazy("Choose the rule you apply."),
    "dispute_outcome": gettext_lazy("Choose how you decide."),
    "dispute_partly": gettext_lazy(
        "In part means more than before and less than claimed. Write the part like 50 or 37,5."
    ),
    "dispute_words_short": gettext_lazy(
        "A little longer, please: at least %(shortest)s characters, so that everyone understands."
    ),
    "dispute_words_long": gettext_lazy("A little shorter, please: at most %(longest)s characters."),
}
