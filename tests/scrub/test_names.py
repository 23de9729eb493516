"""Names are found where people write them, and words that only look so stay."""

import pytest

from bot.remarks import Scrubbed, Withheld
from bot.scrub import explained, roster_of, scrub


def by_layer(text: str, language: str | None = "nl") -> list[tuple[str, str]]:
    said = explained(text, language)
    return [
        (one.layer, said.text[one.piece.start : one.piece.end]) for one in said.taken
    ]


@pytest.mark.parametrize(
    ("language", "text", "layer", "names"),
    [
        ("nl", "mevr bakker zei dat ik moest gaan", "title", ["bakker"]),
        ("nl", "dhr. van 't Hoff is erg aardig", "title", ["van 't Hoff"]),
        ("nl", "mevrouw De Wit en meneer chen hielpen", "title", ["De Wit", "chen"]),
        ("nl", "MEVROUW DE BOER WAS ER WEER NIET", "title", ["DE BOER"]),
        (
            "nl",
            "mevrouw T. was goed en fam El Hamdaoui ook",
            "title",
            ["T", "El Hamdaoui"],
        ),
        ("nl", "Mw. J.A. Zwart is goed", "title", ["J.A. Zwart"]),
        ("tr", "Ayşe Hanım çok yardımcı oldu", "title", ["Ayşe"]),
        ("tr", "bence Mehmet Ali Bey çok iyi", "title", ["Mehmet Ali"]),
        ("uk", "дуже добра пані Соломія там", "title", ["Соломія"]),
        ("ar", "السيدة سميرة كانت لطيفة", "title", ["سميرة"]),
        ("nl", "mijn naam is Xqaza en ik wacht", "introduction", ["Xqaza"]),
        ("nl", "ik ben yusuf en vind het oneerlijk", "introduction", ["yusuf"]),
        ("en", "My name is Abdul Rahim and i wait", "introduction", ["Abdul Rahim"]),
        ("pl", "Nazywam się Tomasz Zając i czekam", "introduction", ["Tomasz Zając"]),
        ("ti", "ስመይ ሚካኤል እዩ ጽቡቕ", "introduction", ["ሚካኤል"]),
        ("nl", "mijn zoon Bilal is ziek geworden", "role", ["Bilal"]),
        ("nl", "klantmanager soraya haddad vroeg dat", "role", ["soraya haddad"]),
        ("nl", "goed geholpen, met dank. groetjes van ans", "sign-off", ["ans"]),
        (
            "en",
            "It was good.\nBest regards,\nOlu Bamidele",
            "sign-off",
            ["Olu Bamidele"],
        ),
        ("ar", "كان كل شيء جيد\nمع تحياتي\nخديجة بنعلي", "sign-off", ["خديجة بنعلي"]),
        ("nl", "ik ben boos\n\nGloria Martis", "sign-off", ["Gloria Martis"]),
        ("nl", "een klacht over p. de ruiter graag", "initials", ["p. de ruiter"]),
        ("nl", "de brief van W.F. Kerkhoven was fout", "initials", ["W.F. Kerkhoven"]),
        ("nl", "de brief van R Kartosen was fout", "initials", ["R Kartosen"]),
        ("nl", "een klacht over p. xolwemi graag", "initials", ["p. xolwemi"]),
        ("tr", "Ahmet'e çok teşekkür ederim ben", "listed", ["Ahmet"]),
        ("nl", "het is Terpstra die alles regelde", "unknown", ["Terpstra"]),
        ("nl", "fatiha heeft mij gebeld en alles", "listed", ["fatiha"]),
        ("nl", "will heeft mij geholpen met de pc", "listed", ["will"]),
        ("nl", "Roos Wang vulde alles met mij in", "listed", ["Roos Wang"]),
        ("nl", "van Dam heeft me niet gebeld", "listed", ["van Dam"]),
        ("ar", "شكرا ام محمد على المساعدة", "listed", ["ام محمد"]),
        ("nl", "het was Sewqaram die mij hielp", "unknown", ["Sewqaram"]),
        ("nl", "goed geholpen door xolwemi", "unknown", ["xolwemi"]),
    ],
)
def test_a_layer_finds_the_names_at_its_place(
    language: str, text: str, layer: str, names: list[str]
) -> None:
    assert by_layer(text, language) == [(layer, name) for name in names]


def test_a_name_beside_another_is_found_too() -> None:
    assert by_layer("mijn zoon Rayan en xolwemi eten niet") == [
        ("role", "Rayan"),
        ("joined", "xolwemi"),
    ]
    assert by_layer("hulp van mevrouw Ploeg, Sterre was er") == [
        ("title", "Ploeg"),
        ("listed", "Sterre"),
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "mevrouw zei dat de meneer van de balie er niet was"),
        ("nl", "Jan en alleman kan meeluisteren"),
        ("nl", "Fijn Gesprek Gehad Met Jullie"),
        ("nl", "IK BEN HET ZAT MET DIE GEMEENTE"),
        ("nl", "in mei een Engel van een vrouw, wat een roos"),
        ("nl", "UWV en WSNP en de Participatiewet in Haarlem"),
        ("nl", "ik ben marokkaans en bij onduidelikheid bel ik"),
        ("nl", "goed, medewerkster, dankjulliewell"),
        ("nl", "graag b. vooraf uitleg en a b c erbij"),
        ("nl", "ik woon bij de burcht en de d en de l"),
        ("en", "I hope it will be better in May, I mark this"),
        ("en", "My English is bad. Thank you. The End"),
        ("pl", "pani w okienku była bardzo miła"),
        ("es", "la señora de la ventanilla muy bien"),
        ("tr", "memur bey çok kabaydı ama güzel"),
        ("de", "Die Beratung war gut aber das Warten zu lang"),
        ("so", "waa fiican waxaan sugay"),
        ("ar", "ما في مترجم عربي"),
        (None, "heel goed geholpen, niets dan lof"),
    ],
)
def test_words_are_no_names(language: str | None, text: str) -> None:
    assert scrub(text, language) == Scrubbed(text)


def test_names_of_the_roster_go_wherever_they_stand() -> None:
    roster = roster_of(["M. de Groot", "Fee Post", "van der Xq", " "])
    assert scrub("de groot, post en fee heten zo", "nl") == Scrubbed(
        "de groot, post en fee heten zo"
    )
    said = explained("ik zag m de groot en Fee en een Post en fee post", "nl", roster)
    taken = [said.text[o.piece.start : o.piece.end] for o in said.taken]
    assert taken == ["m de groot", "Fee", "Post", "fee post"]
    assert {one.layer for one in said.taken} == {"roster"}
    assert scrub("uit het raam van de kamer", "nl", roster) == Scrubbed(
        "uit het raam van de kamer"
    )


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Kuiper heeft niets gedaan", "[NAAM] heeft niets gedaan"),
        ("KUIPER HEEFT NIETS GEDAAN", "[NAAM] HEEFT NIETS GEDAAN"),
        ("kuiper heeft gebeld vandaag", "[NAAM] heeft gebeld vandaag"),
        ("ik sprak met kuiper van daar", "ik sprak met [NAAM] van daar"),
        ("Boer belde niet terug", "[NAAM] belde niet terug"),
        ("de kuiper maakte een vat", "de kuiper maakte een vat"),
        ("het brood van een boer", "het brood van een boer"),
    ],
)
def test_a_name_of_the_roster_that_is_a_word_goes_where_it_can_be_meant(
    text: str, left: str
) -> None:
    roster = roster_of(["Kuiper, Jan", "Piet de Boer"])
    assert scrub(text, "nl", roster) == Scrubbed(left, int("[" in left))


def test_a_roster_may_put_the_family_name_first_and_join_two() -> None:
    roster = roster_of(["Xolwemi, A. de", "Bqaza-Zwemi"])
    assert scrub("xolwemi en zwemi hielpen mij goed", "en", roster) == Scrubbed(
        "[NAAM] en [NAAM] hielpen mij goed", 2
    )


def test_two_words_that_may_be_a_name_are_not_kept_and_two_that_are_none_are() -> None:
    assert scrub("heel goed", "nl") == Scrubbed("heel goed")
    assert scrub("10/10 👍", "nl") == Scrubbed("10/10 👍")
    assert scrub("xolwemi bqaza", "nl") is Withheld.TOO_LITTLE
    assert scrub("dank mevrouw Jansen", "nl") is Withheld.TOO_LITTLE
    assert scrub("   ", "nl") is Withheld.TOO_LITTLE
    assert scrub("很好谢谢", None) == Scrubbed("很好谢谢")
