"""The house's words for the telephone and for a message. Pure data.

A message has the place `{link}`: the client passes it on, and no number is asked for. On the
telephone a sentence is shorter and gives its reason for calling first.
"""

from polecam.asking.house_words_shape import (
    BETWEEN_US,
    EASY,
    NO_HURRY,
    NO_NUMBER,
    ONCE,
    SILENCE,
    Words,
    words,
)

PHONE: tuple[Words, ...] = tuple(
    words(f"phone-{code}", kind, pl, en, way_out, "phone")
    for code, kind, way_out, pl, en in (
        ("praise", "praise", NO_NUMBER,
         ("{address}, dzwonię podziękować za dobre słowo. "
         "Czy ktoś ze znajomych też by skorzystał? Wyślę {to_whom} link."),
         ("{address}, I am calling to thank you for your kind words. "
         "Could a friend use this too? I will send you a link.")),
        ("rating", "high_rating", EASY,
         ("{address}, dziękuję za ocenę. Jedno pytanie i już nie przeszkadzam: "
         "komu jeszcze mogę tak pomóc?"),
         ("{address}, thank you for the rating. One question, and I will let you go: "
         "whom else may I help?")),
        ("solved", "problem_solved", BETWEEN_US,
         ("{address}, dzwonię upewnić się, że wszystko działa. "
         "Czy ktoś ze znajomych ma podobny kłopot?"),
         ("{address}, I am calling to make sure that all works. "
         "Does a friend of yours have a similar trouble?")),
        ("keys", "keys", EASY,
         "{address}, gratuluję kluczy. Czy ktoś ze znajomych też jest teraz na tej drodze?",
         "{address}, congratulations on the keys. Is a friend of yours on the same road now?"),
        ("saving", "saving", NO_HURRY,
         ("{address}, skoro więcej zostaje w kieszeni: "
         "czy ktoś ze znajomych też chce takie wyliczenie?"),
         "{address}, since more stays in your pocket: would a friend like the same sums?"),
        ("renewal", "renewal", EASY,
         ("{address}, dziękuję, że jesteśmy razem kolejny rok. "
         "Komu jeszcze warto o nas powiedzieć?"),
         "{address}, thank you for another year together. Who else should hear about us?"),
        ("also", "also_do", NO_NUMBER,
         ("{address}, oddzwaniam w sprawie {whose} pytania. "
         "A może to dla kogoś znajomego? Wyślę link."),
         ("{address}, I am calling back about your question. "
         "Or is it for someone you know? I will send a link.")),
        ("need", "someone_in_need", NO_NUMBER,
         ("{address}, wracam do osoby, o której była mowa. "
         "Wyślę {to_whom} link, a ona sama zdecyduje."),
         ("{address}, about the person you mentioned: I will send you a link, "
         "and they decide for themselves.")),
        ("friend", "friend_succeeded", BETWEEN_US,
         "{address}, dzwonię podziękować za polecenie. A czy ktoś jeszcze przychodzi na myśl?",
         ("{address}, I am calling to thank you for recommending us. "
         "Does anyone else come to mind?")),
        ("live", "go_live", EASY,
         "{address}, cieszę się, że start za nami. Kto z {whose} partnerów ma go przed sobą?",
         "{address}, I am glad it is live. Which partner of yours still has this ahead?"),
        ("delivered", "delivered", BETWEEN_US,
         ("{address}, dzwonię sprawdzić, czy wszystko gra. "
         "Czy ktoś ze znajomych stoi przed tą samą decyzją?"),
         ("{address}, I am calling to check that all is well. "
         "Is a friend facing the same decision?")),
        ("year", "anniversary", NO_HURRY,
         ("{address}, dzwonię, bo mija kolejny rok razem. "
         "Komu z {whose} znajomych przydałaby się taka pomoc?"),
         ("{address}, I am calling because another year has passed. "
         "Which friend of yours could use such help?")),
        ("conversation", "conversation", EASY,
         ("{address}, zanim się pożegnamy, mam prośbę: "
         "czy ktoś ze znajomych szuka teraz takiej pomocy?"),
         "{address}, before we hang up, a request: is a friend looking for such help just now?"),
        ("any-one", "", EASY,
         "{address}, mam jedno krótkie pytanie i można śmiało odmówić: komu jeszcze mogę pomóc?",
         "{address}, one short question, and it is fine to decline: whom else may I help?"),
        ("any-link", "", NO_HURRY,
         ("{address}, czy mogę wysłać {to_whom} link dla kogoś znajomego? "
         "Co z nim dalej, zależy tylko od {whose}."),
         ("{address}, may I send you a link for someone you know? "
         "What becomes of it is up to you alone.")),
    )
)  # fmt: skip

MESSAGE: tuple[Words, ...] = tuple(
    words(f"message-{code}", kind, pl, en, way_out, "message", relation)
    for code, kind, relation, way_out, pl, en in (
        ("praise", "praise", "", SILENCE,
         ("{address}, dziękuję za te słowa. "
         "Gdyby komuś znajomemu też się to przydało, wystarczy ten link: {link}"),
         "{address}, thank you for your words. Should a friend find this useful too: {link}"),
        ("rating", "high_rating", "", SILENCE,
         "{address}, dziękuję za ocenę. Zostawiam link dla kogoś, komu też mogę pomóc: {link}",
         "{address}, thank you for the rating. Here is a link for someone I could help: {link}"),
        ("solved", "problem_solved", "", ONCE,
         ("{address}, cieszę się, że sprawa załatwiona. "
         "Gdyby ktoś znajomy utknął podobnie, pomogę: {link}"),
         ("{address}, I am glad this is solved. "
         "Should a friend get stuck the same way, I can help: {link}")),
        ("keys", "keys", "", SILENCE,
         ("{address}, niech się dobrze mieszka. "
         "Gdyby ktoś ze znajomych też szukał mieszkania: {link}"),
         "{address}, may it be a good home. Should a friend be looking for one too: {link}"),
        ("saving", "saving", "", ONCE,
         "{address}, takie samo wyliczenie zrobię każdemu, kto wejdzie tędy: {link}",
         "{address}, I will do the same sums for anyone who comes this way: {link}"),
        ("renewal", "renewal", "", SILENCE,
         ("{address}, dziękuję za kolejny rok zaufania. "
         "Gdyby kogoś warto było tak otoczyć opieką: {link}"),
         ("{address}, thank you for another year of trust. "
         "If someone else should be looked after: {link}")),
        ("also", "also_do", "", ONCE,
         "{address}, tak, tym też się zajmujemy. Link, gdyby to było dla kogoś znajomego: {link}",
         "{address}, yes, we do that too. A link, in case it is for someone you know: {link}"),
        ("need", "someone_in_need", "", ONCE,
         "{address}, oto zaproszenie dla osoby, o której była mowa. Niech sama zdecyduje: {link}",
         ("{address}, here is an invitation for the person you mentioned. "
         "Let them decide: {link}")),
        ("friend", "friend_succeeded", "", SILENCE,
         "{address}, dziękuję za zaufanie. Gdyby jeszcze komuś przydała się moja pomoc: {link}",
         "{address}, thank you for your trust. Should someone else need my help: {link}"),
        ("live", "go_live", "", ONCE,
         "{address}, skoro już działa, zostawiam link dla kogoś z {whose} branży: {link}",
         "{address}, now that it works, here is a link for someone in your trade: {link}"),
        ("delivered", "delivered", "", SILENCE,
         ("{address}, wszystko jest już na miejscu. "
         "Gdyby ktoś znajomy stał przed tym samym wyborem: {link}"),
         "{address}, everything is in place. Should a friend face the same choice: {link}"),
        ("year", "anniversary", "", SILENCE,
         "{address}, dziękuję za ten rok. Zostawiam link dla kogoś, komu też się przydamy: {link}",
         "{address}, thank you for this year. A link for someone who could use us too: {link}"),
        ("conversation", "conversation", "", ONCE,
         "{address}, dziękuję za dzisiejszą rozmowę. Gdyby ktoś znajomy chciał podobnej: {link}",
         "{address}, thank you for our talk today. Should a friend want one like it: {link}"),
        ("any-help", "", "", SILENCE,
         "{address}, jeśli komuś znajomemu przyda się moja pomoc, oto link: {link}",
         "{address}, if someone you know could use my help, here is a link: {link}"),
        ("any-looking", "", "", ONCE,
         "{address}, zostawiam link dla kogoś, kto teraz szuka czegoś podobnego: {link}",
         "{address}, I leave you a link for someone looking for something similar: {link}"),
        ("any-new", "", "new", SILENCE,
         "{address}, miło, że razem zaczynamy. Link dla kogoś, kto też szuka: {link}",
         "{address}, it is good to begin together. A link for someone who is looking too: {link}"),
        ("any-long", "", "long", SILENCE,
         "{address}, dziękuję za wszystkie te lata. Gdyby ktoś znajomy szukał pomocy: {link}",
         "{address}, thank you for all these years. Should a friend look for help: {link}"),
        ("any-intro", "", "intro", ONCE,
         ("{address}, nasza znajomość zaczęła się od polecenia. "
         "Link, gdyby miało pójść dalej: {link}"),
         "{address}, we met through a recommendation. A link, should it go on: {link}"),
    )
)  # fmt: skip

CHANNEL = (*PHONE, *MESSAGE)
