"""Common first names, folded: enough to tell `Anna Kowalczyk` from `Kowalczyk Anna`."""

from polecam.kit.names import fold

FIRST_NAMES = frozenset(
    "adam adrian agata agnieszka alan albert aleksander aleksandra alfred alicja alina alojzy amelia "
    "anastazja andrzej aneta angelika aniela anita anna antoni antonina ariadna arkadiusz artur "
    "barbara bartek bartlomiej bartosz beata bernard blazej bogdan boguslaw boguslawa bogumila bozena "
    "bronislaw bronislawa cecylia celina cezary czeslaw czeslawa dagmara damian daniel danuta dariusz "
    "daria dawid diana dominik dominika dorota edward edyta eliza elwira elzbieta emil emilia eryk "
    "eugeniusz ewa ewelina fabian felicja feliks filip franciszek gabriel gabriela genowefa gerard "
    "grazyna grzegorz gustaw halina hanna helena henryk hubert ida iga ignacy igor irena ireneusz iwo "
    "iwona iza izabela jacek jadwiga jakub jan janina janusz jarek jaroslaw jerzy joanna jolanta jozef "
    "jozefa judyta julia julian julita juliusz justyna kacper kaja kajetan kamil kamila karol karolina "
    "katarzyna kazimierz kazimiera kinga klaudia konrad konstanty kornelia krystian krystyna krzysztof "
    "krzysiek ksawery kuba lech lena leokadia leon leszek lidia liliana lucja lucjan lucyna ludwik "
    "ludwika lukasz maciej magda magdalena maja maksymilian malgorzata malwina marcel marcelina marcin "
    "marek maria marian marianna mariola mariusz marlena marta martyna mateusz matylda michal michalina "
    "mieczyslaw mikolaj milena milosz miroslaw miroslawa monika natalia natasza nikodem nikola nina "
    "norbert ola oksana olena oleksandr olga oliwia oliwier oskar otylia patrycja patryk paulina pawel "
    "pelagia piotr pola przemek przemyslaw radoslaw rafal remigiusz renata robert rodryk roksana roman "
    "romuald roza ryszard ryszarda sabina sandra sara sebastian seweryn slawomir sonia stanislaw "
    "stanislawa stefan stefania sylwester sylwia szczepan szymon tadeusz tamara teodor teresa tobiasz "
    "tomasz tomek tymon urszula wanda waldemar waclaw weronika wieslaw wieslawa wiktor wiktoria wincenty "
    "wioletta witold wladyslaw wladyslawa wlodzimierz wojciech zbigniew zdzislaw zenon zofia zuzanna "
    "zygmunt zaneta "
    "alexander alice amanda amy andrew anthony ashley benjamin brian carol charles charlotte "
    "christopher claire david deborah donna dorothy elizabeth emily emma eric ethan frances frank "
    "gary george grace hannah harry heather helen isabella jack jacob james jane jason jennifer "
    "jessica jimmy john jonathan joseph joshua karen kathleen kelly kenneth kevin kimberly larry "
    "laura linda lisa lucy margaret mark martha mary matthew megan melissa michael michelle nancy "
    "nathan nicholas nicole oliver olivia pamela patricia paul peter rachel rebecca richard ronald "
    "ruth samantha samuel sandra scott sharon sophia sophie stephanie stephen steven susan thomas "
    "timothy tyler victoria walter william zachary".split()
)


def looks_first(word: str) -> bool:
    """Whether a word is a common first name, whatever its accents and case."""
    return fold(word) in FIRST_NAMES
