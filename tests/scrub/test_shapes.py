"""What has a shape is found however people write it, and what only looks so stays."""

from collections.abc import Callable, Iterable

import pytest

from bot.scrub.dates import dates
from bot.scrub.money import accounts
from bot.scrub.numbers import cases, documents, passes_proof, service_numbers
from bot.scrub.phones import phones
from bot.scrub.pieces import Kind, Layer, Piece, taken
from bot.scrub.places import addresses, postcodes
from bot.scrub.reach import emails, links, users
from bot.scrub.runs import runs

Finder = Callable[[str], Iterable[Piece]]


def found(layer: Layer, text: str) -> list[tuple[Kind, str]]:
    pieces = [one.piece for one in taken(text, [("one", layer)])]
    return [(piece.kind, text[piece.start : piece.end]) for piece in pieces]


def marked(text: str) -> tuple[str, list[str]]:
    """Take apart a text in which what is to be found stands between bars."""
    parts = text.split("|")
    return "".join(parts), parts[1::2]


@pytest.mark.parametrize(
    ("layer", "kind", "text"),
    [
        (emails, Kind.EMAIL, "mail naar |a.b-c+d@example.co.uk|, graag"),
        (emails, Kind.EMAIL, "mail |jan punt smit at gmail punt com| maar"),
        (emails, Kind.EMAIL, "|anneke-s(at)planet.nl| dan"),
        (emails, Kind.EMAIL, "piet [at] of |piet[at]voorbeeld.nl|"),
        (emails, Kind.EMAIL, "|abdi1988 @ gmail.com| werkt niet"),
        (emails, Kind.EMAIL, "oud is |kees@xs4all| nu niet"),
        (emails, Kind.EMAIL, "|r o s a @ g m a i l . c o m|"),
        (links, Kind.LINK, "zie |https://example.org/a?b=c|."),
        (links, Kind.LINK, "groep |t.me/haarlem_boos| is er"),
        (links, Kind.LINK, "|wa.me/31600000000| of |www.voorbeeld.nl|"),
        (links, Kind.LINK, "site taart.be.x en |taartenvanjoy.nl| ligt stil"),
        (links, Kind.LINK, "|www punt voorbeeld punt nl|"),
        (users, Kind.USER, "mijn insta |@dikke_ron_023|!"),
        (users, Kind.USER, "insta: |jaimy_hlm| en tiktok is |sara.x0x|"),
        (accounts, Kind.IBAN, "op |NL86INGB0895573379| graag"),
        (accounts, Kind.IBAN, "iban |nl62 trio 0966 1785 77| en de huur"),
        (accounts, Kind.IBAN, "|BE94 7746 8138 5839| mag"),
        (accounts, Kind.IBAN, "|DE89370400440532013000| niet"),
        (accounts, Kind.IBAN, "|INGB 0001234567| was het"),
        (accounts, Kind.IBAN, "op rekening |44.12.34.567| van de giro"),
        (dates, Kind.DATE, "op |12-03-1967|, en |2024-02-13|"),
        (dates, Kind.DATE, "|3 april 1978| of |elf mei 1988|"),
        (dates, Kind.DATE, "|March 3, 1985| and |3rd of May 1985|"),
        (dates, Kind.DATE, "geboren |12 maart| en jarig"),
        (dates, Kind.DATE, "geboortedatum |3-4-'78|"),
        (dates, Kind.DATE, "geb |03 04 1978|"),
        (service_numbers, Kind.BSN, "bsn is |123.456.789| klopt dat"),
        (service_numbers, Kind.BSN, "bsnnummer|153842987|is dat het"),
        (service_numbers, Kind.BSN, "|123456782| is van mij"),
        (cases, Kind.CASE, "dossiernummer is |2019/448213| en"),
        (cases, Kind.CASE, "kenmerk |SZW/2023/08841-B| op de brief"),
        (cases, Kind.CASE, "client |90441|, zaaknr. |ZK23.40918| loopt"),
        (cases, Kind.CASE, "dossier nummer |8 0 3 3 1 7| spelde ik"),
        (cases, Kind.CASE, "meldingsnummer |M240117-031|"),
        (cases, Kind.CASE, "het is |WMO-19-3306| of zo"),
        (documents, Kind.NUMBER, "paspoort |NP4K7R213| gekopieerd"),
        (documents, Kind.NUMBER, "kenteken |XK-482-P| en |12-GBD-3|"),
        (documents, Kind.NUMBER, "kvk |68402917| heb ik"),
        (documents, Kind.NUMBER, "die |IR7745PK1| was het"),
        (postcodes, Kind.POSTCODE, "op |2033 BT| en |2025dz| en |2013 vz|"),
        (postcodes, Kind.POSTCODE, "postcode |2012| veranderd"),
        (addresses, Kind.ADDRESS, "de |Leeghwaterstraat 42| en"),
        (addresses, Kind.ADDRESS, "|Van Zeggelenplein 12B| en"),
        (addresses, Kind.ADDRESS, "op |Nieuwe Gracht 91|, daar"),
        (addresses, Kind.ADDRESS, "|Laan van Decima 31|"),
        (addresses, Kind.ADDRESS, "MIJN HUIS |WAGENWEG 20| IS KOUD"),
        (addresses, Kind.ADDRESS, "ik woon op |Delft 3| daar"),
        (addresses, Kind.ADDRESS, "mieszkam |ul. Kwiatowa 5|"),
        (addresses, Kind.ADDRESS, "|12 Main Street| is mine"),
        (phones, Kind.PHONE, "bel |06-41 22 87 13| of |+31 (0)6 - 12 34 56 78|"),
        (phones, Kind.PHONE, "|0 6 2 9 4 4 1 0 8 7| graag"),
        (phones, Kind.PHONE, "|0031 6 84 12 70 93| en |+32 471 20 88 36|"),
        (phones, Kind.PHONE, "bel |531 07 84| maar"),
        (phones, Kind.PHONE, "|31612345678| van mij"),
        (runs, Kind.NUMBER, "het |8123 4567 9012| zegt niets"),
        (runs, Kind.NUMBER, "code |441902| en |8197.33.027L01| dan"),
        (runs, Kind.NUMBER, "|nul zes een twee drie vier vijf zes|"),
        (runs, Kind.NUMBER, "|1-1-1-1-1-1-1-1-1|"),
    ],
)
def test_it_is_found_whole_and_nothing_else_is(
    layer: Layer, kind: Kind, text: str
) -> None:
    plain, wanted = marked(text)
    assert found(layer, plain) == [(kind, one) for one in wanted]


@pytest.mark.parametrize(
    ("layer", "text"),
    [
        (emails, "look at me, i am at home. komt goed"),
        (links, "het is gelukt.dat is fijn"),
        (users, "om 9 @ de balie"),
        (accounts, "afspraak om 10.30 werd 11.45 zonder sorry"),
        (accounts, "zz12 3456 7890 1234 en nl"),
        (dates, "op 12 maart, in 2023, om 10.30, 3/4 van de 5"),
        (dates, "nummer 45-12-1967 en 13-13-1990 en 1 2 05"),
        (service_numbers, "111111111 en 12345678"),
        (service_numbers, "nummer 102.345.678L01"),
        (cases, "dossier 3 weken kwijt, zaak 2023, aanvraag 1500 euro"),
        (documents, "id 1500 euro en pasje 2 keer kwijt"),
        (postcodes, "in 2023 is het, 1200 en 1300 of 1400 op"),
        (addresses, "onderweg 2 uur, weg 3 weken, Haarlem 2023"),
        (addresses, "het werkplein 3 keer gebeld"),
        (phones, "bel 112 of 0900 1234567 of 14 023, 2019-2023"),
        (phones, "telefoon 0800 123456 is gratis"),
        (runs, "2021, 2022 2023 en 1.250,50 of 100000 en 10.00-12.00"),
        (runs, "kreeg 145000 euro, € 123456 en 250.000,- schuld"),
        (runs, "10  2023  2024 keer"),
    ],
)
def test_what_only_looks_like_it_stays(layer: Layer, text: str) -> None:
    assert found(layer, text) == []


def test_the_eleven_proof_names_a_number() -> None:
    assert passes_proof("111222333")
    assert not passes_proof("111222334")


def test_an_earlier_layer_wins_and_pieces_never_overlap() -> None:
    text = "mail jan@voorbeeld.nl"
    layers = [("e-mail", emails), ("link", links), ("user", users)]
    assert [(one.layer, one.piece) for one in taken(text, layers)] == [
        ("e-mail", Piece(5, 21, Kind.EMAIL))
    ]
