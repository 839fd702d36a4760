"""The house's words for a client who is new, and for one whom somebody recommended. Pure data.

For a client of many years the two sentences of a moment that suit any relation were written; so
the commonest case has two equals, and the fair test something to compare. `intro` mentions that a
recommendation came first, never whose it was (Gershon & Jiang 2024: reminding adds 21%).
"""

from polecam.asking.house_words_shape import (
    BETWEEN_US,
    EASY,
    NO_HURRY,
    NO_NUMBER,
    Words,
    words,
)

NEW: tuple[Words, ...] = tuple(
    words(f"new-{code}", kind, pl, en, way_out, "talk", "new")
    for code, kind, way_out, pl, en in (
        ("praise", "praise", EASY,
         ("{address}, znamy się od niedawna, tym bardziej cieszą mnie te słowa. "
         "Komu jeszcze może się to przydać?"),
         ("{address}, we have not known each other long, so this means even more. "
         "Who else might find it useful?")),
        ("rating", "high_rating", NO_HURRY,
         ("{address}, taka ocena na początku to dużo. "
         "Czy ktoś z {whose} znajomych też szuka spokojnej obsługi?"),
         ("{address}, such a rating so early means a lot. "
         "Is a friend of yours looking for calm service too?")),
        ("solved", "problem_solved", BETWEEN_US,
         ("{address}, pierwszy kłopot mamy za sobą. "
         "Czy ktoś z {whose} otoczenia utknął w podobnym miejscu?"),
         ("{address}, the first trouble is behind us. "
         "Is anyone around you stuck in a similar place?")),
        ("keys", "keys", EASY,
         ("{address}, klucze są, najtrudniejsze minęło. "
         "Czy ktoś ze znajomych dopiero zaczyna szukać?"),
         ("{address}, the keys are yours and the hard part is over. "
         "Is a friend of yours only starting to look?")),
        ("saving", "saving", NO_HURRY,
         ("{address}, już na początku coś zostaje w kieszeni. "
         "Komu z {whose} znajomych też to policzyć?"),
         ("{address}, something stays in your pocket from the very start. "
         "For which friend should I do the same sums?")),
        ("renewal", "renewal", EASY,
         ("{address}, cieszę się, że zostajemy razem. "
         "Komu w {whose} otoczeniu przydałoby się to samo?"),
         "{address}, I am glad we stay together. Who around you could use the same?"),
        ("also", "also_do", BETWEEN_US,
         "{address}, dobrze, że padło to pytanie. Czy ktoś ze znajomych też o to pyta?",
         "{address}, I am glad you asked. Does a friend of yours ask about it too?"),
        ("need", "someone_in_need", NO_NUMBER,
         ("{address}, tej osobie też chętnie pomogę. "
         "Czy mogę dać {to_whom} zaproszenie do przekazania?"),
         ("{address}, I would gladly help that person too. "
         "May I give you an invitation to pass on?")),
        ("friend", "friend_succeeded", NO_HURRY,
         "{address}, dziękuję, że tak szybko zaufanie poszło dalej. Czy jest ktoś jeszcze?",
         "{address}, thank you for passing your trust on so soon. Is there anyone else?"),
        ("live", "go_live", EASY,
         ("{address}, pierwszy wspólny start za nami. "
         "Kto w {whose} branży też jest tuż przed takim początkiem?"),
         ("{address}, our first start together is done. "
         "Who in your trade is about to begin as well?")),
        ("delivered", "delivered", BETWEEN_US,
         "{address}, wszystko jest już na miejscu. Czy ktoś ze znajomych też właśnie wybiera?",
         "{address}, everything is in place. Is a friend of yours choosing just now?"),
        ("year", "anniversary", NO_HURRY,
         ("{address}, to nasza pierwsza rocznica. "
         "Komu z {whose} znajomych przydałby się podobny początek?"),
         "{address}, this is our first anniversary. Which friend could use a similar start?"),
        ("conversation", "conversation", EASY,
         ("{address}, dopiero się poznajemy, więc bez zobowiązań: "
         "kto z {whose} znajomych szuka teraz takiej pomocy?"),
         ("{address}, we are only getting to know each other, so no strings attached: "
         "which friend is looking for such help?")),
    )
)  # fmt: skip

INTRODUCED: tuple[Words, ...] = tuple(
    words(f"intro-{code}", kind, pl, en, way_out, "talk", "intro")
    for code, kind, way_out, pl, en in (
        ("praise", "praise", EASY,
         ("{address}, nasza znajomość zaczęła się od polecenia. "
         "Komu chce {pronoun} podać je dalej?"),
         "{address}, we met through a recommendation. To whom would you pass it on?"),
        ("rating", "high_rating", NO_HURRY,
         ("{address}, na tę ocenę pracował też ktoś, kto nas ze sobą poznał. "
         "Kto mógłby być następny?"),
         "{address}, whoever introduced us has a share in this rating. Who might be next?"),
        ("solved", "problem_solved", BETWEEN_US,
         ("{address}, ktoś kiedyś polecił nas {to_whom} i dziś sprawa jest załatwiona. "
         "Komu podać to dalej?"),
         ("{address}, someone once recommended us to you, and today it is solved. "
         "To whom shall it be passed on?")),
        ("keys", "keys", EASY,
         ("{address}, zaczęło się od polecenia, a dziś są klucze. "
         "Kto z {whose} znajomych też szuka?"),
         ("{address}, it began with a recommendation, and now there are keys. "
         "Which friend of yours is looking too?")),
        ("saving", "saving", NO_HURRY,
         ("{address}, to polecenie zostawiło coś w kieszeni. "
         "Komu z {whose} znajomych też to policzyć?"),
         ("{address}, that recommendation left something in your pocket. "
         "For which friend should I do the sums?")),
        ("renewal", "renewal", EASY,
         ("{address}, od polecenia do kolejnego roku razem. "
         "Czy jest ktoś, komu chce {pronoun} podać je dalej?"),
         ("{address}, from a recommendation to another year together. "
         "Is there anyone you would pass it on to?")),
        ("also", "also_do", BETWEEN_US,
         ("{address}, tak, to też robimy. Ktoś kiedyś polecił nas {to_whom}: "
         "może i {pronoun} kogoś takiego zna?"),
         ("{address}, yes, we do that too. Someone once recommended us to you: "
         "do you know anyone like that?")),
        ("need", "someone_in_need", NO_NUMBER,
         ("{address}, kiedyś ktoś dał zaproszenie {to_whom}. "
         "Czy chce {pronoun} dać je teraz tej osobie?"),
         ("{address}, someone once gave an invitation to you. "
         "Would you like to give one to that person now?")),
        ("friend", "friend_succeeded", NO_HURRY,
         ("{address}, polecenie przyszło do nas i poszło dalej. "
         "Dziękuję. Czy jest ktoś jeszcze?"),
         ("{address}, a recommendation came to us and went on. "
         "Thank you. Is there anyone else?")),
        ("live", "go_live", EASY,
         ("{address}, zaczęło się od polecenia, a teraz działa. "
         "Komu z {whose} branży też to pokazać?"),
         ("{address}, it began with a recommendation, and now it works. "
         "Whom in your trade should I show it to?")),
        ("delivered", "delivered", BETWEEN_US,
         ("{address}, to, co ktoś {to_whom} o nas powiedział, już jest na miejscu. "
         "Komu powtórzyć to dalej?"),
         ("{address}, what someone told you about us is now in place. "
         "Who else should hear it?")),
        ("year", "anniversary", EASY,
         ("{address}, ktoś nas ze sobą poznał i właśnie mija rok. "
         "Kogo chce {pronoun} poznać z nami?"),
         ("{address}, someone introduced us, and a year has passed. "
         "Whom would you like to introduce?")),
        ("conversation", "conversation", NO_HURRY,
         ("{address}, ktoś nas ze sobą poznał i to był dobry początek. "
         "Kto z {whose} znajomych szuka czegoś podobnego?"),
         ("{address}, someone introduced us, and it was a good start. "
         "Which friend is looking for something similar?")),
    )
)  # fmt: skip

ANY_MOMENT: tuple[Words, ...] = (
    words("any-talk-new", "",
          "{address}, znamy się krótko, więc bez zobowiązań: "
          "czy ktoś ze znajomych szuka teraz takiej pomocy?",
          "{address}, we have not known each other long, so no strings attached: "
          "is a friend looking for such help?", EASY, "talk", "new"),
    words("any-talk-long", "",
          "{address}, znamy się tyle lat, że zapytam wprost: kto jeszcze powinien o nas wiedzieć?",
          "{address}, after all these years I will simply ask: who else should know about us?",
          NO_HURRY, "talk", "long"),
    words("any-talk-long-two", "",
          "{address}, przez te lata sporo już za nami. "
          "Czy ktoś z {whose} otoczenia dopiero zaczyna?",
          "{address}, we have come a long way together. Is anyone around you only beginning?",
          BETWEEN_US, "talk", "long"),
    words("any-talk-intro", "",
          "{address}, ktoś nas kiedyś ze sobą poznał. Kogo chce {pronoun} poznać z nami?",
          "{address}, someone once introduced us. Whom would you like to introduce?",
          EASY, "talk", "intro"),
    words("any-phone-new", "",
          "{address}, dzwonię zapytać, czy wszystko dobrze się zaczęło. "
          "A komu jeszcze mogę tak pomóc?",
          "{address}, I am calling to ask whether all began well. Whom else may I help like that?",
          BETWEEN_US, "phone", "new"),
    words("any-phone-long", "",
          "{address}, po tylu latach śmiało o coś poproszę: "
          "komu ze znajomych warto o nas powiedzieć?",
          "{address}, after all these years I dare to ask: which friend should hear about us?",
          EASY, "phone", "long"),
    words("any-phone-intro", "",
          "{address}, trafiliśmy na siebie dzięki poleceniu. "
          "Czy jest ktoś, komu chce {pronoun} podać je dalej?",
          "{address}, we found each other through a recommendation. "
          "Is there anyone you would pass it on to?", BETWEEN_US, "phone", "intro"),
)  # fmt: skip

RELATION = (*NEW, *INTRODUCED, *ANY_MOMENT)
