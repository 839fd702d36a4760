"""Names of people a branch meets, in the cases that the sentences need."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polecam.kit import polish
from polecam.kit.polish_endings import Case

# nominative: form, vocative, genitive, dative, accusative, instrumental
NAMES = """
Anna f Anno Anny Annie Annę Anną
Maria f Mario Marii Marii Marię Marią
Katarzyna f Katarzyno Katarzyny Katarzynie Katarzynę Katarzyną
Małgorzata f Małgorzato Małgorzaty Małgorzacie Małgorzatę Małgorzatą
Agnieszka f Agnieszko Agnieszki Agnieszce Agnieszkę Agnieszką
Barbara f Barbaro Barbary Barbarze Barbarę Barbarą
Ewa f Ewo Ewy Ewie Ewę Ewą
Krystyna f Krystyno Krystyny Krystynie Krystynę Krystyną
Elżbieta f Elżbieto Elżbiety Elżbiecie Elżbietę Elżbietą
Magdalena f Magdaleno Magdaleny Magdalenie Magdalenę Magdaleną
Joanna f Joanno Joanny Joannie Joannę Joanną
Zofia f Zofio Zofii Zofii Zofię Zofią
Monika f Moniko Moniki Monice Monikę Moniką
Danuta f Danuto Danuty Danucie Danutę Danutą
Aleksandra f Aleksandro Aleksandry Aleksandrze Aleksandrę Aleksandrą
Jadwiga f Jadwigo Jadwigi Jadwidze Jadwigę Jadwigą
Beata f Beato Beaty Beacie Beatę Beatą
Dorota f Doroto Doroty Dorocie Dorotę Dorotą
Teresa f Tereso Teresy Teresie Teresę Teresą
Marta f Marto Marty Marcie Martę Martą
Karolina f Karolino Karoliny Karolinie Karolinę Karoliną
Justyna f Justyno Justyny Justynie Justynę Justyną
Renata f Renato Renaty Renacie Renatę Renatą
Paulina f Paulino Pauliny Paulinie Paulinę Pauliną
Natalia f Natalio Natalii Natalii Natalię Natalią
Sylwia f Sylwio Sylwii Sylwii Sylwię Sylwią
Iwona f Iwono Iwony Iwonie Iwonę Iwoną
Grażyna f Grażyno Grażyny Grażynie Grażynę Grażyną
Alicja f Alicjo Alicji Alicji Alicję Alicją
Patrycja f Patrycjo Patrycji Patrycji Patrycję Patrycją
Julia f Julio Julii Julii Julię Julią
Wiktoria f Wiktorio Wiktorii Wiktorii Wiktorię Wiktorią
Kamila f Kamilo Kamili Kamili Kamilę Kamilą
Gabriela f Gabrielo Gabrieli Gabrieli Gabrielę Gabrielą
Izabela f Izabelo Izabeli Izabeli Izabelę Izabelą
Urszula f Urszulo Urszuli Urszuli Urszulę Urszulą
Halina f Halino Haliny Halinie Halinę Haliną
Helena f Heleno Heleny Helenie Helenę Heleną
Irena f Ireno Ireny Irenie Irenę Ireną
Stanisława f Stanisławo Stanisławy Stanisławie Stanisławę Stanisławą
Wanda f Wando Wandy Wandzie Wandę Wandą
Kinga f Kingo Kingi Kindze Kingę Kingą
Olga f Olgo Olgi Oldze Olgę Olgą
Weronika f Weroniko Weroniki Weronice Weronikę Weroniką
Dominika f Dominiko Dominiki Dominice Dominikę Dominiką
Emilia f Emilio Emilii Emilii Emilię Emilią
Oliwia f Oliwio Oliwii Oliwii Oliwię Oliwią
Stefania f Stefanio Stefanii Stefanii Stefanię Stefanią
Eugenia f Eugenio Eugenii Eugenii Eugenię Eugenią
Łucja f Łucjo Łucji Łucji Łucję Łucją
Maja f Maju Mai Mai Maję Mają
Kaja f Kaju Kai Kai Kaję Kają
Zuzanna f Zuzanno Zuzanny Zuzannie Zuzannę Zuzanną
Hanna f Hanno Hanny Hannie Hannę Hanną
Hania f Haniu Hani Hani Hanię Hanią
Ania f Aniu Ani Ani Anię Anią
Kasia f Kasiu Kasi Kasi Kasię Kasią
Basia f Basiu Basi Basi Basię Basią
Zosia f Zosiu Zosi Zosi Zosię Zosią
Gosia f Gosiu Gosi Gosi Gosię Gosią
Zuzia f Zuziu Zuzi Zuzi Zuzię Zuzią
Ola f Olu Oli Oli Olę Olą
Ala f Alu Ali Ali Alę Alą
Ela f Elu Eli Eli Elę Elą
Iga f Igo Igi Idze Igę Igą
Nina f Nino Niny Ninie Ninę Niną
Lena f Leno Leny Lenie Lenę Leną
Ada f Ado Ady Adzie Adę Adą
Jagoda f Jagodo Jagody Jagodzie Jagodę Jagodą
Luiza f Luizo Luizy Luizie Luizę Luizą
Emma f Emmo Emmy Emmie Emmę Emmą
Bogumiła f Bogumiło Bogumiły Bogumile Bogumiłę Bogumiłą
Ernesta f Ernesto Ernesty Erneście Ernestę Ernestą
Noemi f Noemi Noemi Noemi Noemi Noemi
Piotr m Piotrze Piotra Piotrowi Piotra Piotrem
Jan m Janie Jana Janowi Jana Janem
Krzysztof m Krzysztofie Krzysztofa Krzysztofowi Krzysztofa Krzysztofem
Andrzej m Andrzeju Andrzeja Andrzejowi Andrzeja Andrzejem
Tomasz m Tomaszu Tomasza Tomaszowi Tomasza Tomaszem
Paweł m Pawle Pawła Pawłowi Pawła Pawłem
Marcin m Marcinie Marcina Marcinowi Marcina Marcinem
Michał m Michale Michała Michałowi Michała Michałem
Marek m Marku Marka Markowi Marka Markiem
Grzegorz m Grzegorzu Grzegorza Grzegorzowi Grzegorza Grzegorzem
Józef m Józefie Józefa Józefowi Józefa Józefem
Łukasz m Łukaszu Łukasza Łukaszowi Łukasza Łukaszem
Adam m Adamie Adama Adamowi Adama Adamem
Zbigniew m Zbigniewie Zbigniewa Zbigniewowi Zbigniewa Zbigniewem
Jerzy m Jerzy Jerzego Jerzemu Jerzego Jerzym
Tadeusz m Tadeuszu Tadeusza Tadeuszowi Tadeusza Tadeuszem
Mateusz m Mateuszu Mateusza Mateuszowi Mateusza Mateuszem
Dariusz m Dariuszu Dariusza Dariuszowi Dariusza Dariuszem
Mariusz m Mariuszu Mariusza Mariuszowi Mariusza Mariuszem
Wojciech m Wojciechu Wojciecha Wojciechowi Wojciecha Wojciechem
Ryszard m Ryszardzie Ryszarda Ryszardowi Ryszarda Ryszardem
Jakub m Jakubie Jakuba Jakubowi Jakuba Jakubem
Henryk m Henryku Henryka Henrykowi Henryka Henrykiem
Robert m Robercie Roberta Robertowi Roberta Robertem
Rafał m Rafale Rafała Rafałowi Rafała Rafałem
Kazimierz m Kazimierzu Kazimierza Kazimierzowi Kazimierza Kazimierzem
Jacek m Jacku Jacka Jackowi Jacka Jackiem
Maciej m Macieju Macieja Maciejowi Macieja Maciejem
Kamil m Kamilu Kamila Kamilowi Kamila Kamilem
Jarosław m Jarosławie Jarosława Jarosławowi Jarosława Jarosławem
Artur m Arturze Artura Arturowi Artura Arturem
Dawid m Dawidzie Dawida Dawidowi Dawida Dawidem
Sebastian m Sebastianie Sebastiana Sebastianowi Sebastiana Sebastianem
Patryk m Patryku Patryka Patrykowi Patryka Patrykiem
Szymon m Szymonie Szymona Szymonowi Szymona Szymonem
Filip m Filipie Filipa Filipowi Filipa Filipem
Karol m Karolu Karola Karolowi Karola Karolem
Daniel m Danielu Daniela Danielowi Daniela Danielem
Konrad m Konradzie Konrada Konradowi Konrada Konradem
Aleksander m Aleksandrze Aleksandra Aleksandrowi Aleksandra Aleksandrem
Kacper m Kacprze Kacpra Kacprowi Kacpra Kacprem
Oskar m Oskarze Oskara Oskarowi Oskara Oskarem
Wiktor m Wiktorze Wiktora Wiktorowi Wiktora Wiktorem
Igor m Igorze Igora Igorowi Igora Igorem
Mikołaj m Mikołaju Mikołaja Mikołajowi Mikołaja Mikołajem
Antoni m Antoni Antoniego Antoniemu Antoniego Antonim
Ignacy m Ignacy Ignacego Ignacemu Ignacego Ignacym
Cezary m Cezary Cezarego Cezaremu Cezarego Cezarym
Bazyli m Bazyli Bazylego Bazylemu Bazylego Bazylim
Tymoteusz m Tymoteuszu Tymoteusza Tymoteuszowi Tymoteusza Tymoteuszem
Feliks m Feliksie Feliksa Feliksowi Feliksa Feliksem
August m Auguście Augusta Augustowi Augusta Augustem
Franciszek m Franciszku Franciszka Franciszkowi Franciszka Franciszkiem
Wawrzyniec m Wawrzyńcu Wawrzyńca Wawrzyńcowi Wawrzyńca Wawrzyńcem
Tomek m Tomku Tomka Tomkowi Tomka Tomkiem
Bartek m Bartku Bartka Bartkowi Bartka Bartkiem
Wojtek m Wojtku Wojtka Wojtkowi Wojtka Wojtkiem
Krzysiek m Krzyśku Krzyśka Krzyśkowi Krzyśka Krzyśkiem
Maciek m Maćku Maćka Maćkowi Maćka Maćkiem
Staś m Stasiu Stasia Stasiowi Stasia Stasiem
Edward m Edwardzie Edwarda Edwardowi Edwarda Edwardem
Kuba m Kubo Kuby Kubie Kubę Kubą
Bruno m Bruno Brunona Brunonowi Brunona Brunonem
Hugo m Hugo Hugona Hugonowi Hugona Hugonem
Mieszko m Mieszko Mieszka Mieszkowi Mieszka Mieszkiem
Zdzicho m Zdzicho Zdzicha Zdzichowi Zdzicha Zdzichem
Leszek m Leszku Leszka Leszkowi Leszka Leszkiem
""".split("\n")
TABLE = [line.split() for line in NAMES if line]


def test_the_table_is_long_enough():
    assert len(TABLE) >= 120
    assert len({row[0] for row in TABLE}) == len(TABLE)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row[0])
def test_first_names(row):
    name, form, vocative, genitive, dative, accusative, instrumental = row
    assert polish.guess_form(name) == form
    for given_form in (form, None):
        assert polish.vocative(name, given_form) == vocative
        assert polish.genitive(name, given_form) == genitive
        assert polish.dative(name, given_form) == dative
        assert polish.accusative(name, given_form) == accusative
        assert polish.instrumental(name, given_form) == instrumental


@pytest.mark.parametrize(
    ("name", "genitive", "dative", "instrumental"),
    [
        ("Anna Kowalczyk", "Anny Kowalczyk", "Annie Kowalczyk", "Anną Kowalczyk"),
        ("Jan Kowalczyk", "Jana Kowalczyka", "Janowi Kowalczykowi", "Janem Kowalczykiem"),
        ("Ryszard Górski", "Ryszarda Górskiego", "Ryszardowi Górskiemu", "Ryszardem Górskim"),
        ("Marta Zielińska", "Marty Zielińskiej", "Marcie Zielińskiej", "Martą Zielińską"),
        ("Ewa Nowicka", "Ewy Nowickiej", "Ewie Nowickiej", "Ewą Nowicką"),
        ("Barbara Sikora", "Barbary Sikory", "Barbarze Sikorze", "Barbarą Sikorą"),
        ("Kamil Duda", "Kamila Dudy", "Kamilowi Dudzie", "Kamilem Dudą"),
        ("Jan Wilczek", "Jana Wilczka", "Janowi Wilczkowi", "Janem Wilczkiem"),
        ("Monika Lech", "Moniki Lech", "Monice Lech", "Moniką Lech"),
        ("Jakub Malec", "Jakuba Malca", "Jakubowi Malcowi", "Jakubem Malcem"),
        ("Adam Krawiec", "Adama Krawca", "Adamowi Krawcowi", "Adamem Krawcem"),
        ("Adam Wróbel", "Adama Wróbla", "Adamowi Wróblowi", "Adamem Wróblem"),
        ("Ewa Biała", "Ewy Białej", "Ewie Białej", "Ewą Białą"),
        ("Jan Matejko", "Jana Matejki", "Janowi Matejce", "Janem Matejką"),
        ("Adam Kozioł", "Adama Kozła", "Adamowi Kozłowi", "Adamem Kozłem"),
        ("Marek Solak", "Marka Solaka", "Markowi Solakowi", "Markiem Solakiem"),
        ("Jan Batory", "Jana Batorego", "Janowi Batoremu", "Janem Batorym"),
        ("Adam Kmieć", "Adama Kmiecia", "Adamowi Kmieciowi", "Adamem Kmieciem"),
        ("Paweł Kania", "Pawła Kani", "Pawłowi Kani", "Pawłem Kanią"),
        ("Anna Nowak-Górska", "Anny Nowak-Górskiej", "Annie Nowak-Górskiej", "Anną Nowak-Górską"),
        ("Jan Maria Rokita", "Jana Marii Rokity", "Janowi Marii Rokicie", "Janem Marią Rokitą"),
    ],
)
def test_full_names(name, genitive, dative, instrumental):
    assert polish.genitive(name) == genitive
    assert polish.dative(name) == dative
    assert polish.instrumental(name) == instrumental


def test_a_name_it_does_not_know_stays_and_says_so():
    assert polish.from_whom("Xue") == "od: Xue"
    assert polish.for_whom("André Lévêque", "m") == "dla: André Lévêque"
    assert polish.vocative("Mehdi", "m") == "Mehdi"
    assert polish.genitive("Nicole", "f") == "Nicole"


def test_a_last_name_tells_the_form_that_the_first_name_hides():
    assert polish.from_whom("Andrée Kowalska") == "od: Andrée Kowalska"
    assert polish.genitive("Kim Kowalska") == "Kim Kowalskiej"


def test_prepositions():
    assert polish.from_whom("Anna Kowalczyk") == "od Anny Kowalczyk"
    assert polish.for_whom("Piotr") == "dla Piotra"


def test_speaking_to_a_client():
    assert polish.address("Anna", "f") == "Pani Anno"
    assert polish.address("Piotr") == "Panie Piotrze"
    assert polish.polite("f") == "Pani"
    assert polish.polite("m", Case.DATIVE) == "Panu"
    assert polish.polite("f", Case.ACCUSATIVE) == "Panią"
    assert polish.polite("n", Case.GENITIVE) == "Pani/Pana"


LETTERS = st.characters(categories=["L", "P", "Z"])


@given(st.text(LETTERS, max_size=40), st.sampled_from([None, "f", "m", "n"]))
def test_any_text_is_taken(text, form):
    for case in Case:
        declined = polish.decline(text, case, form)
        assert declined is None or len(declined.split()) == len(text.split())
    assert isinstance(polish.from_whom(text, form), str)


@given(st.sampled_from([row[0] for row in TABLE]), st.sampled_from(list(Case)))
def test_case_of_letters_is_kept(name, case):
    assert polish.decline(name, case)[:1].isupper()
    assert polish.decline(name.lower(), case) == polish.decline(name, case).lower()
