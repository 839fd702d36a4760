"""Common first names, folded: enough to tell `Anna Kowalczyk` from `Kowalczyk Anna`."""

from polecam.kit.names import fold

FIRST_NAMES = frozenset(
    "adam adrian agata agnieszka alan albert aleksander aleksandra alexander alfred alice "
    "alicja alina alojzy amanda amelia amy anastazja andrew andrzej aneta angelika aniela "
    "anita anna anthony antoni antonina ariadna arkadiusz artur ashley barbara bartek "
    "bartlomiej bartosz beata benjamin bernard blazej bogdan bogumila boguslaw boguslawa "
    "bozena brian bronislaw bronislawa carol cecylia celina cezary charles charlotte "
    "christopher claire czeslaw czeslawa dagmara damian daniel danuta daria dariusz david "
    "dawid deborah diana dominik dominika donna dorota dorothy edward edyta eliza elizabeth "
    "elwira elzbieta emil emilia emily emma eric eryk ethan eugeniusz ewa ewelina fabian "
    "felicja feliks filip frances franciszek frank gabriel gabriela gary genowefa george "
    "gerard grace grazyna grzegorz gustaw halina hanna hannah harry heather helen helena "
    "henryk hubert ida iga ignacy igor irena ireneusz isabella iwo iwona iza izabela jacek "
    "jack jacob jadwiga jakub james jan jane janina janusz jarek jaroslaw jason jennifer "
    "jerzy jessica jimmy joanna john jolanta jonathan joseph joshua jozef jozefa judyta julia "
    "julian julita juliusz justyna kacper kaja kajetan kamil kamila karen karol karolina "
    "katarzyna kathleen kazimiera kazimierz kelly kenneth kevin kimberly kinga klaudia konrad "
    "konstanty kornelia krystian krystyna krzysiek krzysztof ksawery kuba larry laura lech "
    "lena leokadia leon leszek lidia liliana linda lisa lucja lucjan lucy lucyna ludwik "
    "ludwika lukasz maciej magda magdalena maja maksymilian malgorzata malwina marcel "
    "marcelina marcin marek margaret maria marian marianna mariola mariusz mark marlena marta "
    "martha martyna mary mateusz matthew matylda megan melissa michael michal michalina "
    "michelle mieczyslaw mikolaj milena milosz miroslaw miroslawa monika nancy natalia "
    "natasza nathan nicholas nicole nikodem nikola nina norbert oksana ola oleksandr olena "
    "olga oliver olivia oliwia oliwier oskar otylia pamela patricia patrycja patryk paul "
    "paulina pawel pelagia peter piotr pola przemek przemyslaw rachel radoslaw rafal rebecca "
    "remigiusz renata richard robert rodryk roksana roman romuald ronald roza ruth ryszard "
    "ryszarda sabina samantha samuel sandra sara scott sebastian seweryn sharon slawomir "
    "sonia sophia sophie stanislaw stanislawa stefan stefania stephanie stephen steven susan "
    "sylwester sylwia szczepan szymon tadeusz tamara teodor teresa thomas timothy tobiasz "
    "tomasz tomek tyler tymon urszula victoria waclaw waldemar walter wanda weronika wieslaw "
    "wieslawa wiktor wiktoria william wincenty wioletta witold wladyslaw wladyslawa "
    "wlodzimierz wojciech zachary zaneta zbigniew zdzislaw zenon zofia zuzanna zygmunt".split()
)


def looks_first(word: str) -> bool:
    """Whether a word is a common first name, whatever its accents and case."""
    return fold(word) in FIRST_NAMES
