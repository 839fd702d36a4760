"""The information of GDPR Art. 14, one section a line block: `key|title` and its text below.

Placeholders are filled by `privacy.notice`; each section must come out non-empty.
"""

NOTICE: dict[str, str] = {
    "pl": """controller|Kto odpowiada za Twoje dane
{firm}, {address}.
officer|Do kogo napisać w sprawie danych
Inspektor ochrony danych: {contact}.
purpose|Po co są te dane
Żeby przekazać Ci zaproszenie, a po Twojej zgodzie – odezwać się w jego sprawie i przedstawić \
ofertę tą drogą, którą wybierzesz. Także po to, by móc wykazać, że zgoda była, i żeby nikt się \
nie odezwał po Twoim sprzeciwie.
basis|Na jakiej podstawie
Kontakt: Twoja zgoda (art. 6 ust. 1 lit. a RODO oraz art. 398 Prawa komunikacji elektronicznej). \
Samo imię na zaproszeniu i dowody zgody lub sprzeciwu: prawnie uzasadniony interes (art. 6 ust. \
1 lit. f RODO), czyli przekazanie zaproszenia i ochrona przed kontaktem, którego nie chcesz.
categories|Jakie dane
Przed Twoją odpowiedzią: imię i ewentualnie to, czego możesz szukać. Po odpowiedzi: imię, \
nazwisko, numer lub adres, na które dajesz zgodę, wybrana pora oraz przebieg kontaktu.
recipients|Kto je zobaczy
Osoba, której dotyczy zgoda: {receiver}. Poza tym inspektor ochrony danych oraz dostawcy, którzy \
utrzymują system na zlecenie {firm}. Dane nie trafiają poza Europejski Obszar Gospodarczy.
retention|Jak długo
Bez odpowiedzi: {unanswered_days} dni od polecenia, potem imię jest usuwane. Po zgodzie: do jej \
cofnięcia, a najdłużej {inactive_days} dni od ostatniego kontaktu. Po sprzeciwie zostaje tylko \
nieodwracalny skrót numeru lub adresu, żeby nie wpisano Cię ponownie.
rights|Co możesz zrobić
W każdej chwili cofnąć zgodę jednym przyciskiem, wnieść sprzeciw, zobaczyć swoje dane, poprawić \
je, usunąć, ograniczyć ich użycie i przenieść. Cofnięcie nie zmienia tego, co zdarzyło się \
wcześniej. Możesz też złożyć skargę do Prezesa Urzędu Ochrony Danych Osobowych, ul. Stawki 2, \
00-193 Warszawa.
source|Skąd są te dane
{source} Resztę podajesz nam bezpośrednio Ty.
automated|Czy decyduje maszyna
Nie. Nie podejmujemy wobec Ciebie decyzji automatycznie i nie profilujemy Cię. Podanie danych \
jest dobrowolne; bez nich po prostu się nie odezwiemy.""",
    "en": """controller|Who is responsible for your data
{firm}, {address}.
officer|Whom to write to about data
Data protection officer: {contact}.
purpose|What the data are for
To pass you an invitation and, once you agree, to get in touch about it and present an offer by \
the means you choose. Also to be able to show that there was consent, and that nobody contacts \
you after an objection.
basis|On what legal basis
Contact: your consent (GDPR Art. 6(1)(a) and Art. 398 of the Polish Electronic Communications \
Law). The first name on the invitation and proof of consent or objection: legitimate interest \
(GDPR Art. 6(1)(f)), namely passing the invitation on and keeping unwanted contact away.
categories|Which data
Before your answer: a first name and perhaps what you may be looking for. After it: first and \
last name, the number or address you consent to, the time you choose, and how the contact went.
recipients|Who sees them
The person your consent names: {receiver}. Beyond that the data protection officer and suppliers \
who run the system for {firm}. The data do not leave the European Economic Area.
retention|For how long
Without an answer: {unanswered_days} days from the referral, then the first name is erased. \
After consent: until you withdraw it, at most {inactive_days} days from the last contact. After \
an objection only an irreversible hash of the number or address stays, so that you are not \
entered again.
rights|What you can do
At any time withdraw consent with one button, object, see your data, correct them, have them \
erased, restrict their use and take them with you. Withdrawing does not change what happened \
before. You may also complain to the President of the Polish Data Protection Office, ul. Stawki \
2, 00-193 Warszawa.
source|Where the data come from
{source} The rest you give us yourself.
automated|Does a machine decide
No. We take no automated decisions about you and do not profile you. Giving data is voluntary; \
without them we simply will not get in touch.""",
}
