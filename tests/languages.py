"""Invented texts in many languages, and English that is easily taken for another one."""

FOREIGN = {
    "de": [
        "Der Damm verlor binnen einer Woche ein Drittel seines Wassers, und niemand wusste, warum. "
        "Die Behörde schickte zwei Ingenieure, die am Montag einen Riss fanden.",
        "Gemeinderat stimmt gegen den neuen Hafen",
        "Bürgermeisterin tritt nach Wahl zurück",
        "Die Brücke bleibt bis Freitag gesperrt.",
    ],
    "fr": [
        "La mairie a annoncé lundi que le vieux pont serait fermé pendant trois semaines. Les habitants "
        "du quartier, qui avaient déjà protesté en mars, demandent une solution plus rapide.",
        "Le conseil rejette le projet de nouveau port",
        "La maire démissionne après le vote",
        "Les pompiers ont maîtrisé l'incendie dans la nuit.",
    ],
    "es": [
        "El ayuntamiento anunció el lunes que el puente viejo permanecerá cerrado tres semanas. Los "
        "vecinos, que ya habían protestado en marzo, piden una solución más rápida.",
        "El concejo rechaza el plan del nuevo puerto",
        "La alcaldesa dimite tras la votación",
        "Dos obreros resultaron heridos en la fábrica.",
    ],
    "it": [
        "Il comune ha annunciato lunedì che il vecchio ponte resterà chiuso per tre settimane. Gli "
        "abitanti, che avevano già protestato a marzo, chiedono una soluzione più rapida.",
        "Il consiglio respinge il progetto del nuovo porto",
        "La sindaca si dimette dopo il voto",
        "Due operai sono rimasti feriti nella fabbrica.",
    ],
    "pt": [
        "A câmara anunciou na segunda-feira que a ponte velha ficará fechada durante três semanas. Os "
        "moradores, que já tinham protestado em março, pedem uma solução mais rápida.",
        "Vereadores rejeitam o projeto do novo porto",
        "A prefeita renuncia depois da votação",
        "Dois operários ficaram feridos na fábrica.",
    ],
    "nl": [
        "De gemeente maakte maandag bekend dat de oude brug drie weken gesloten blijft. De bewoners, "
        "die in maart al hadden geprotesteerd, willen een snellere oplossing.",
        "Gemeenteraad verwerpt plan voor nieuwe haven",
        "Burgemeester stapt op na de stemming",
        "Twee arbeiders raakten gewond in de fabriek.",
    ],
    "sv": [
        "Kommunen meddelade på måndagen att den gamla bron hålls stängd i tre veckor. De boende, som "
        "redan hade protesterat i mars, vill ha en snabbare lösning.",
        "Kommunfullmäktige säger nej till ny hamn",
        "Borgmästaren avgår efter omröstningen",
        "Två arbetare skadades i fabriken.",
    ],
    "da": [
        "Kommunen meddelte mandag, at den gamle bro holdes lukket i tre uger. Beboerne, som allerede "
        "havde protesteret i marts, vil have en hurtigere løsning.",
        "Byrådet siger nej til den nye havn",
        "To arbejdere kom til skade på fabrikken.",
    ],
    "no": [
        "Kommunen opplyste mandag at den gamle brua holdes stengt i tre uker. Innbyggerne, som allerede "
        "hadde protestert i mars, vil ha en raskere løsning.",
        "Bystyret sier nei til ny havn etter lang debatt",
    ],
    "pl": [
        "Gmina ogłosiła w poniedziałek, że stary most będzie zamknięty przez trzy tygodnie. Mieszkańcy, "
        "którzy protestowali już w marcu, chcą szybszego rozwiązania.",
        "Rada odrzuca plan budowy nowego portu",
        "Burmistrz rezygnuje po głosowaniu",
        "Dwaj robotnicy zostali ranni w fabryce.",
    ],
    "cs": [
        "Obec v pondělí oznámila, že starý most zůstane tři týdny uzavřen. Obyvatelé, kteří protestovali "
        "už v březnu, chtějí rychlejší řešení.",
        "Zastupitelstvo odmítlo plán nového přístavu",
    ],
    "tr": [
        "Belediye pazartesi günü eski köprünün üç hafta kapalı kalacağını açıkladı. Mart ayında protesto "
        "eden mahalle sakinleri daha hızlı bir çözüm istiyor.",
        "Meclis yeni liman planını reddetti",
        "Fabrikada iki işçi yaralandı.",
    ],
    "fi": [
        "Kunta ilmoitti maanantaina, että vanha silta pysyy suljettuna kolme viikkoa. Asukkaat, jotka "
        "protestoivat jo maaliskuussa, haluavat nopeamman ratkaisun.",
        "Valtuusto hylkäsi uuden sataman suunnitelman",
    ],
    "hu": [
        "Az önkormányzat hétfőn közölte, hogy a régi híd három hétig zárva marad. A lakók, akik már "
        "márciusban tiltakoztak, gyorsabb megoldást akarnak.",
    ],
    "ro": [
        "Primăria a anunțat luni că podul vechi va rămâne închis trei săptămâni. Locuitorii, care "
        "protestaseră deja în martie, cer o soluție mai rapidă.",
        "Consiliul respinge planul noului port",
    ],
    "id": [
        "Pemerintah kota mengumumkan pada hari Senin bahwa jembatan tua akan ditutup selama tiga minggu. "
        "Warga yang sudah memprotes pada bulan Maret menginginkan solusi yang lebih cepat.",
    ],
    "vi": [
        "Chính quyền thành phố thông báo hôm thứ Hai rằng cây cầu cũ sẽ đóng cửa trong ba tuần. Người dân "
        "đã phản đối từ tháng Ba và muốn có giải pháp nhanh hơn.",
    ],
    "ru": [
        "Городской совет сообщил в понедельник, что старый мост будет закрыт три недели. Жители, которые "
        "протестовали ещё в марте, требуют более быстрого решения.",
        "Совет отклонил проект нового порта",
        "Мэр ушла в отставку",
    ],
    "uk": [
        "Міська рада повідомила в понеділок, що старий міст буде закрито на три тижні. Мешканці, які "
        "протестували ще в березні, вимагають швидшого рішення.",
    ],
    "el": [
        "Ο δήμος ανακοίνωσε τη Δευτέρα ότι η παλιά γέφυρα θα μείνει κλειστή για τρεις εβδομάδες."
    ],
    "ar": [
        "أعلنت البلدية يوم الاثنين أن الجسر القديم سيبقى مغلقا لمدة ثلاثة أسابيع. ويطالب السكان بحل أسرع.",
        "المجلس يرفض خطة الميناء الجديد",
    ],
    "he": ["העירייה הודיעה ביום שני כי הגשר הישן יישאר סגור במשך שלושה שבועות."],
    "hi": ["नगर परिषद ने सोमवार को घोषणा की कि पुराना पुल तीन सप्ताह तक बंद रहेगा।"],
    "zh": [
        "市政府周一宣布，旧桥将关闭三周。居民们在三月份已经抗议过，要求更快的解决办法。",
        "市议会否决新港口计划",
    ],
    "ja": ["市は月曜日、古い橋を三週間閉鎖すると発表した。住民は早い解決を求めている。"],
    "ko": ["시는 월요일에 낡은 다리를 삼 주 동안 폐쇄한다고 발표했다."],
}

ENGLISH = [
    # Ordinary reports and headlines
    "A dam near Ostby may have leaked for about two weeks, engineers said on Monday.",
    "Mayor resigns after vote",
    "MAYOR RESIGNS AFTER VOTE",
    "Dam bursts near Ostby",
    "Two hurt in mill fire",
    "Oil slips, gold gains",
    "Trump wins",
    "Obituary: Lena Orrin",
    "Breaking",
    "Bayern Munich beat Real Madrid 3-1",
    "El Niño returns",
    "Merkel, Macron meet in Berlin",
    "Pope Francis in Rome",
    "Verdi's Otello at La Scala",
    "San Francisco Giants 4, Los Angeles Dodgers 2",
    "Netanyahu: no deal with Hamas",
    "Tsunami alert lifted in Sulawesi",
    # Foreign quotations, names and titles in English
    "“Nous ne partirons pas,” said Mayor Claire Dubois, in French: “C'est notre pont, et nous le gardons.” "
    "She repeated it in English for the two reporters who had come from the coast.",
    "The poster read “Kein Fußbreit dem Hafen, keine neue Mole, keine Kräne” and hung over the door of the "
    "old town hall in Bad Ostheim, where the council met on Monday.",
    "The novel “Cien barcos en la niebla del puerto viejo” by Rosa Ibáñez won the Premio del Mar, and its "
    "translator said that she had worked on it for nine years.",
    "The firms are Société Générale du Port, Hafenwerke Ostheim GmbH, Cantieri Navali del Golfo S.p.A. and "
    "Compañía Marítima del Sur, the ministry said.",
    "Those at the summit were Jean-Marc Lefèvre, Giuseppe Rinaldi, Małgorzata Wójcik, José Luis Herrera, "
    "Björn Åkesson and Nguyễn Thị Lan.",
    # Capitals, lists, tables
    "FIREWORKS FLY IN FIRST DEBATE\nWHAT THE VOTE MEANS FOR THE PORT",
    "12\t13\t14\n15\t16\t17\n18.5\t19\t20",
    "| 2021 | 14 | 3.5 |\n| 2022 | 16 | 3.9 |",
    "Name\tAge\tTown\nAnn Bell\t34\tOstby\nLena Orrin\t41\tNorthvale",
    "Ostby 3, Northvale 1; Marlow 0, Pell 0; Quill 2, Brandt 2",
    "- Bread\n- Milk\n- Two eggs\n- Butter",
    "1. Heat oil. 2. Add onion. 3. Stir.",
    "Q: Why now?\nA: Why not?",
    "GDP +2.1% y/y; CPI 3.4%; PMI 51.2",
    "https://example.org/news/123",
    "😀😀😀",
    "???",
    "",
    # Poems, dialect, old spelling
    "O wind that walks the weary wold,\nWhat wilt thou with my window pane?\nThe hearth burns low, the lamp "
    "grows cold,\nAnd thou art at the door again.",
    "Grey gulls,\ngrey harbour,\nrain",
    "Ah cannae see the brig frae here, she said, an' naebody kens when it'll open again.",
    "lol idk man u tell me bc i cant even rn",
]
