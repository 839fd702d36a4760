"""First names in Poland with their everyday forms: data for `kit.diminutives`. Written by hand.

`Full name: form form; Full name: form`. A form may stand under several names.
"""

WOMEN = """
Ada: Adka Adusia; Adrianna: Ada Adrianka Adria; Agata: Agatka Agusia Aga;
Agnieszka: Aga Agusia Agniesia Jagna Agniecha;
Aleksandra: Ola Olka Oleńka Aleks Alka Sandra Olcia Oluś; Alicja: Ala Alka Alusia Lilka Alunia;
Alina: Ala Alinka Lina; Amelia: Amelka Mela Melka; Anastazja: Nastka Nastia; Aneta: Anetka Anka;
Angelika: Angela Andżelika Andzia Angelka; Anita: Anitka Nita;
Anna: Ania Anka Andzia Anula Aneczka Anusia Anuśka; Antonina: Tosia Tośka Antosia Nina Tola Antola;
Apolonia: Pola Polcia Lonia; Barbara: Basia Baśka Basieńka Barbarka Bacha; Beata: Beatka Becia Bea;
Blanka: Blanusia Bianka; Bogumiła: Bogusia; Bogusława: Bogusia Boguśka Sława;
Bożena: Bożenka Bożka Bożenna; Bronisława: Bronia Bronka; Cecylia: Cesia Cela Cylka;
Celina: Cela Celinka Cesia; Czesława: Czesia Cesia; Dagmara: Daga Dagmarka Mara;
Danuta: Danka Danusia Dana; Daria: Darusia Darka Daruśka; Diana: Dianka Dia;
Dominika: Domka Nika Domcia Mika; Dorota: Dorotka Dora Dorcia Dosia; Edyta: Edytka Edzia Dyta;
Elwira: Ela Elwirka Wira; Elżbieta: Ela Elka Elżunia Bietka Elusia; Emilia: Emilka Mila Milka Ema;
Ewa: Ewka Ewunia Ewcia Ewusia; Ewelina: Ewela Ewka Ewelinka Linka; Franciszka: Franka Frania;
Gabriela: Gabrysia Gabi Gabryśka Gaba Gabka Gabryjela; Genowefa: Gienia Genia Gieńka;
Grażyna: Grażynka Grażka; Greta: Gretka; Halina: Halinka Hala Halka Halusia;
Hanna: Hania Hanka Haneczka Hanusia Hana; Helena: Hela Helenka Lena Helcia Lenka;
Henryka: Henia Heńka; Honorata: Honoratka Honorka; Ilona: Ilonka Ila; Inga: Ingusia;
Irena: Irenka Irka Renia Ircia; Irmina: Irminka Irma Mina; Iwona: Iwonka Iwa Iwcia;
Izabela: Iza Izka Izunia Bela Izabella Izusia; Iga: Igusia Igunia;
Jadwiga: Jadzia Jadźka Jagoda Iga Wiga Jaga; Jagoda: Jagódka Jaga;
Janina: Janka Jasia Jania Nina Janinka; Joanna: Asia Aśka Joasia Joaśka Asieńka Johanna Joannka;
Jolanta: Jola Jolka Jolanda Jolcia; Józefa: Józia Józka Ziuta; Julia: Julka Jula Julcia Juleczka;
Julita: Julka Jula Julitka; Justyna: Justynka Justka Jusia Justysia; Kaja: Kajka Kajcia;
Kalina: Kalinka Kala; Kamila: Kamilka Kama Mila Kamcia; Karina: Karinka Kara Rina;
Karolina: Karola Karolinka Lina Karolcia Karo;
Katarzyna: Kasia Kaśka Kasieńka Katarzynka Kachna Kasiunia Kasiula; Kazimiera: Kazia Kaźka;
Kinga: Kinia Kingusia Kinguś; Klara: Klarka Klarcia; Klaudia: Klaudynka Klaudka Klaudusia Klaudyna;
Konstancja: Kostka; Kornelia: Kornelka Nela Nelka Kora; Krystyna: Krysia Kryśka Krycha Krystynka;
Laura: Laurka Lorka; Lena: Lenka Lenia Lenusia; Leokadia: Lodzia Leosia Loda;
Lidia: Lidka Lida Lidzia; Liliana: Lilka Lila Lilianka Lili; Lucyna: Lucynka Luśka Lucka;
Ludwika: Ludka Lula Lusia; Łucja: Łucka Łusia Łucyjka Lucka;
Magdalena: Magda Madzia Magdusia Lena Magdalenka; Maja: Majka Majeczka Maya;
Malwina: Malwinka Mala Wina;
Małgorzata: Gosia Gośka Małgosia Małgośka Gocha Małgorzatka Gosieńka Rita;
Maria: Marysia Maryśka Mania Mańka Marylka Maryla Marynia Majka Marycha Marysieńka Maryjka;
Marianna: Marysia Marianka Mania Marysieńka Mariana; Marlena: Marlenka Lena Lenka;
Marta: Martusia Martunia Martka Martucha Marcia; Martyna: Martynka Tyna Martyśka;
Marzena: Marzenka Marzenna Marzka; Matylda: Tylda Matyldka Tilda;
Michalina: Michasia Misia Michalinka Michaśka; Milena: Milenka Mila Lena Milka;
Mirosława: Mirka Mira Mirusia Sława; Monika: Monia Mońka Moniczka Nika Monisia Moni;
Nadia: Nadzia Nadka; Natalia: Natalka Nata Talia Nati Natka; Natasza: Nata Natka;
Nela: Nelka Nelcia; Nikola: Nika Nikolka Nikol Nicola; Nina: Ninka Ninusia; Oksana: Oksanka Ksana;
Olga: Ola Olka Olgunia Olusia Oleńka; Oliwia: Oliwka Ola Liwia Oliwcia Olivia;
Patrycja: Patka Pati Patrysia Patrycha; Paulina: Paula Paulinka Pola Lina Paulcia;
Pelagia: Pela Pelasia; Pola: Polcia Polka; Regina: Renia Reginka Gina;
Renata: Renia Renatka Rena Reńka; Roksana: Roksanka Roksi Sana; Róża: Rózia Różyczka;
Rozalia: Rózia Róża Rozalka Rozi; Sabina: Sabinka Saba Bina; Sandra: Sandrusia Sandzia;
Sara: Sarka Sarusia; Sonia: Sońka Sonieczka; Stanisława: Stasia Staśka Stacha;
Stefania: Stefa Stefcia Stefka; Sylwia: Sylwka Sylwunia Sylwusia Silvia; Tamara: Tamarka Mara;
Teresa: Terenia Tereska Renia Terka Tereńka Teresia; Urszula: Ula Ulka Uleńka Urszulka Urszka;
Wanda: Wandzia Wandka Wandeczka; Weronika: Wera Werka Nika Weronka Werusia;
Wiesława: Wiesia Wieśka Sława; Wiktoria: Wika Wiki Wiktorka Toria Wikusia Victoria;
Władysława: Władzia Władka; Violetta: Wioletta Wiola Wiolka Viola Wioleta Violeta;
Zdzisława: Zdzisia Zdziśka; Zenona: Zenia Zenka; Zofia: Zosia Zośka Zosieńka Zocha;
Zuzanna: Zuza Zuzia Zuzka Zuzanka; Żaneta: Żanetka Żana Żanka
"""

MEN = """
Adam: Adaś Adamek Adasiek; Adrian: Adi Adrianek Adek; Albert: Albercik Bercik Alek;
Aleksander: Olek Aleks Alek Oluś Sasza; Alfred: Fredek Fred; Alojzy: Lojzek Alek;
Andrzej: Andrzejek Jędrek Jędruś Andrzejuś; Antoni: Antek Antoś Tosiek Toni Tolek Antonik;
Arkadiusz: Arek Areczek Aruś; Artur: Arturek Artek Turek; Aureliusz: Aurek Aureli;
Bartłomiej: Bartek Bartuś; Bartosz: Bartek Bartuś Bartoszek; Bazyli: Bazylek Wasyl;
Benedykt: Benek Beniek; Beniamin: Beniek Ben Benio; Bernard: Bernardek Benek Berni;
Błażej: Błażejek Błażek; Bogdan: Bogdanek Boguś Bodek Bodzio Bohdan; Bogumił: Boguś Miłek Bogusiek;
Bogusław: Boguś Bogusiek Sławek; Bolesław: Bolek Boluś; Borys: Borysek Boria;
Bronisław: Bronek Broniek Bronuś; Bruno: Brunek Brunon; Cezary: Czarek Cezarek Czaruś Cezar;
Czesław: Czesiek Czesio Czechu; Cyprian: Cyprianek Cypek; Damian: Damianek Damek Dami;
Daniel: Danek Danielek Dani; Dariusz: Darek Daruś; Dawid: Dawidek Dawuś Dave;
Dominik: Domin Dominiczek Domek Nik; Edmund: Mundek Edek Mundzio; Edward: Edek Edzio Eduś Edi;
Emil: Emilek Milek; Eryk: Eryczek Erik Eric; Eugeniusz: Gienek Genek Gieniek Eugeniuszek Genio;
Fabian: Fabianek Fabek; Feliks: Felek Feluś; Filip: Filipek Fifi Filek Philip;
Franciszek: Franek Franio Franuś Frank; Fryderyk: Fryc Frycek Fredek;
Gabriel: Gabryś Gabrysiek Gabi; Grzegorz: Grzesiek Grześ Grzesio Grzechu Grzegorzek;
Gustaw: Gucio Gutek Gustek; Henryk: Heniek Henio Heniu Henryczek; Hubert: Hubercik Hubi Hubek;
Hugo: Hugon Hugonek; Ignacy: Ignaś Ignac Igi Nacek; Igor: Igorek Igi; Ireneusz: Irek Ireczek Iruś;
Iwo: Iwek Iwuś Iwon; Jacek: Jacuś; Jakub: Kuba Kubuś Jakubek Kubek Jakubko Jakob;
Jan: Janek Jasiek Jaś Jasio Janeczek; Janusz: Januszek Janek; Jarosław: Jarek Jaruś Sławek Jaro;
Jerzy: Jurek Jureczek Jerzyk Juruś Jura; Jędrzej: Jędrek Jędruś;
Józef: Józek Józio Ziutek Józiek Josef; Julian: Julek Juluś Julianek;
Juliusz: Julek Juluś Juliuszek; Kacper: Kacperek Kapi Kasper Kacpi; Kajetan: Kajtek Kajtuś;
Kamil: Kamilek Kamiś; Karol: Karolek Lolek Karolus; Kazimierz: Kazik Kazek Kazio Kaziu;
Klaudiusz: Klaudek Klaudi; Klemens: Klimek Klemek; Konrad: Konradek Kondzio Radek;
Konstanty: Kostek Kostuś; Kornel: Kornelek Korneliusz; Krystian: Krystianek Kris Krystek Christian;
Krzysztof: Krzysiek Krzyś Krzychu Krzysio Kris; Ksawery: Ksawek Ksawcio Xawery; Lech: Leszko Lesiu;
Leon: Leonek Leoś Leo; Leonard: Leonek Leo; Leopold: Leoś Poldek; Lesław: Leszek Lesiek;
Leszek: Lesiu Leszko Lesio; Lucjan: Lucek Lutek; Ludwik: Ludek Lutek Ludwiczek;
Łukasz: Łukaszek Łuki Łuka Lucas; Maciej: Maciek Maciuś Maciejek Macius;
Maksymilian: Maks Maksio Maksymek Max; Maksym: Maks Maksio Max; Marcel: Marcelek Marceli Celek;
Marcin: Marcinek Martin Marcinuś Marcyś; Marek: Mareczek Maruś Mark; Marian: Marianek Maryś Maniek;
Mariusz: Mariuszek Mario Maryś Maniek; Mateusz: Mati Mateuszek Matek;
Michał: Michałek Misiek Michaś Michu Miśko; Mieczysław: Mietek Miecio Mieciu Mieczyk;
Mikołaj: Miki Mikołajek Mikuś Miko; Miłosz: Miłoszek Miłek; Mirosław: Mirek Miruś Sławek Miro;
Nikodem: Nikoś Niko Nikodemek; Norbert: Norbercik Norbi Norek; Olaf: Olafek Olek Olo;
Oliwier: Oliwierek Oli Oliver Olek; Oskar: Oskarek Oski Oscar;
Patryk: Patryczek Patryś Patrik Patrick; Paweł: Pawełek Pawcio Pawlik Pawlo Pablo;
Piotr: Piotrek Piotruś Piotrunio Piter Petro; Przemysław: Przemek Przemo Przemko Przemuś;
Radosław: Radek Raduś Radzio Sławek; Rafał: Rafałek Rafi Rafcio Rafael;
Remigiusz: Remik Remek Remi; Robert: Robercik Robuś Robi Bob Rob;
Roman: Romek Romuś Romanek Romcio; Romuald: Romek Romcio; Ryszard: Rysiek Rysio Ryś Rychu;
Sebastian: Seba Sebek Sebuś Bastek Basti; Seweryn: Sewek Sewerynek; Sławomir: Sławek Sławuś Sławko;
Stanisław: Staszek Stasiek Staś Stach Stasio Stachu Sławek; Stefan: Stefek Stefanek Stefcio;
Sylwester: Sylwek Sylwuś; Szczepan: Szczepek Szczepanek; Szymon: Szymek Szymuś Szymonek Simon;
Tadeusz: Tadek Tadzio Tadzik Tadziu Teddy; Teodor: Teoś Teo Fedor Teodorek;
Tomasz: Tomek Tomuś Tomaszek Tomcio Tom Thomas; Tymon: Tymek Tymuś Tymonek;
Tymoteusz: Tymek Tymuś Tymko; Tytus: Tytusek Tytek; Wacław: Wacek Wacuś Wacio;
Waldemar: Waldek Waldi Waldzio Valdemar; Walenty: Walek Waluś;
Wiesław: Wiesiek Wiesio Wiesiu Sławek; Wiktor: Wiktorek Witek Wiki Victor;
Wincenty: Wicek Wincek Wicuś; Witold: Witek Wituś Witoldek; Władysław: Władek Władzio Władziu;
Włodzimierz: Włodek Włodzio Wołodia; Wojciech: Wojtek Wojtuś Wojcio;
Zbigniew: Zbyszek Zbych Zbysio Zbynio Zbyszko; Zdzisław: Zdzisiek Zdzich Zdzisio Zdzichu;
Zenon: Zenek Zenuś; Ziemowit: Ziemek Ziemko; Zygfryd: Zyga Fredek;
Zygmunt: Zyga Zygmuś Zygmuntek Zygi; Aleksy: Alek Aleks; Oleg: Olek Oleżek;
Wołodymyr: Wowa Wołodia; Ołeksandr: Sasza Oleksandr
"""
