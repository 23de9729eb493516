"""What the tables say of a made-up history, word for word, and how they are written."""

import csv
import io
import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from frictionless import Package, system, validate

from bot.ballots import Outcome
from bot.core.flow import Origin
from bot.digest.export import History, files
from bot.digest.export.outcomes import RUNNING_UP, unrated
from bot.digest.export.package import tables
from bot.digest.export.table import Column, Kind, Table, harmless
from bot.digest.rates import asked, by_letter, rates
from bot.digest.spans import spans
from tests.digest.examples import CATALOGUE, SOZAWE, archive, at, batch, made_up, speaks
from tests.digest.export.histories import WHOLE, history, routed, years

FOLDER = Path(__file__).parent / "golden"
EMPTY = history((), SOZAWE)
UNPUBLISHED = History(None, (), (), {})
LANGUAGES = ("nl", "en")

Compare = Callable[[str, bytes], None]


@pytest.fixture
def compare(request: pytest.FixtureRequest) -> Compare:
    """Compare with a golden file, or write it anew when that was asked for."""

    def same(name: str, content: bytes) -> None:
        # The byte order mark and the line ends have tests of their own.
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
        path = FOLDER / name
        if request.config.getoption("--update-golden"):
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8")

    return same


@pytest.mark.parametrize("name", sorted(files(WHOLE, speaks("nl"))))
def test_a_file_is_what_the_golden_file_says(name: str, compare: Compare) -> None:
    compare(name, files(WHOLE, speaks("nl"))[name])


def test_the_read_me_is_there_in_english(compare: Compare) -> None:
    compare("LEESMIJ.en.txt", files(WHOLE, speaks("en"))["LEESMIJ.txt"])


def test_every_golden_file_is_of_a_file() -> None:
    made = {*files(WHOLE, speaks("nl")), "LEESMIJ.en.txt"}
    pages = {f"a4.{language}.html" for language in LANGUAGES}
    assert {file.name for file in FOLDER.iterdir()} == made | pages


def test_the_words_change_with_the_language_and_the_tables_do_not() -> None:
    dutch, english = (files(WHOLE, speaks(language)) for language in LANGUAGES)
    assert {name for name in dutch if dutch[name] != english[name]} == {
        "LEESMIJ.txt",
        "datapackage.json",
    }


def test_an_empty_installation_has_every_table_and_no_row() -> None:
    for empty in (EMPTY, UNPUBLISHED):
        made = files(empty, speaks("nl"))
        assert made.keys() == files(WHOLE, speaks("nl")).keys()
        assert made["antwoorden.csv"].count(b"\r\n") == 1
        assert "version" not in json.loads(made["datapackage.json"])
        assert "nog geen week geopend" in made["LEESMIJ.txt"].decode()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "made",
    [
        WHOLE,
        EMPTY,
        UNPUBLISHED,
        routed((6, 6, 2, 0), (6, 1, 3, 5), (6, 6, 1, 0)),
        years(1, 40),
    ],
    ids=["whole", "empty", "unpublished", "routed", "years"],
)
def test_the_package_is_valid_to_the_tools_of_researchers(
    made: History, language: str, tmp_path: Path
) -> None:
    for name, content in files(made, speaks(language)).items():
        (tmp_path / name).write_bytes(content)
    with system.use_context(standards="v1"):
        report = validate(tmp_path / "datapackage.json")
    assert report.flatten(["type", "message"]) == []
    assert report.valid


def test_a_package_that_does_not_fit_is_found_out(tmp_path: Path) -> None:
    made = files(WHOLE, speaks("nl"))
    made["antwoorden.csv"] = made["antwoorden.csv"].replace(b";11\r\n", b";9\r\n")
    for name, content in made.items():
        (tmp_path / name).write_bytes(content)
    report = validate(tmp_path / "datapackage.json")
    assert {"constraint-error", "hash-count"} <= {
        kind for (kind,) in report.flatten(["type"])
    }


def test_the_tables_read_as_what_they_are(tmp_path: Path) -> None:
    for name, content in files(WHOLE, speaks("nl")).items():
        (tmp_path / name).write_bytes(content)
    package = Package(tmp_path / "datapackage.json")
    first = package.get_table_resource("antwoorden").read_rows()[0].to_dict()
    assert (first["code"], first["aantal"], first["groep"]) == ("1", 0, 11)
    phase = package.get_table_resource("fasen").read_rows()[0]
    assert (phase["n"], float(phase["gemiddelde"])) == (24, 7.29)


@pytest.mark.parametrize("table", tables(WHOLE), ids=lambda table: table.name)
def test_python_reads_a_table_as_excel_does(table: Table) -> None:
    content = table.csv()
    assert content.startswith(b"\xef\xbb\xbf")
    assert b"\n" not in content.replace(b"\r\n", b"")
    text = content.decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    assert head == [column.name for column in table.columns]
    assert len(rows) == len(table.rows) > 0
    assert all(len(row) == len(head) for row in rows)
    places = [head.index(name) for name in table.key]
    keys = [tuple(row[place] for place in places) for row in rows]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+31", "-1", "@cmd", "  =1+1", "\t=1", "\n@x", "＝1", "－1"],  # noqa: RUF001
)
def test_a_text_that_a_spreadsheet_would_work_out_is_made_harmless(text: str) -> None:
    assert harmless(text) == f"'{text}"
    table = Table("t", (Column("a"), Column("b")), ("a",), [(text, 'x;"y"\nz')])
    read = csv.reader(
        io.StringIO(table.csv().decode("utf-8-sig"), newline=""), delimiter=";"
    )
    assert list(read) == [["a", "b"], [f"'{text}", 'x;"y"\nz']]


@pytest.mark.parametrize("text", ["", "a=1", "10", "Balie - open", "'t kan"])
def test_any_other_text_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


def test_a_number_has_a_comma_and_nothing_is_empty() -> None:
    columns = (Column("a", Kind.NUMBER), Column("b", needed=False))
    table = Table("t", columns, ("a",), [(7.256, None), (10.0, 3)])
    assert table.csv().decode("utf-8-sig") == "a;b\r\n7,26;\r\n10,00;3\r\n"


def test_the_order_of_the_batches_does_not_matter() -> None:
    turned = history(
        WHOLE.batches[::-1],
        *(version.flow for version in WHOLE.versions),
        phases=WHOLE.phases,
        baselines=WHOLE.baselines,
        deeds=WHOLE.deeds,
        remarks=WHOLE.remarks,
    )
    assert files(turned, speaks("nl")) == files(WHOLE, speaks("nl"))


def test_releases_are_joined_until_twenty_were_asked() -> None:
    found = [
        (one.origin, one.first, one.week, asked(one.outcomes))
        for one in spans(WHOLE.batches, WHOLE.flows)
    ]
    assert found == [
        (Origin.INVITED, at(0), at(1), 33),
        (Origin.INVITED, at(5), at(5), 27),
        (Origin.INVITED, at(6), at(6), 27),
        # The walk-ins of the week after were twelve, and wait.
        (Origin.WALK_IN, at(6), at(6), 20),
    ]


def test_no_rate_is_said_of_the_first_weeks() -> None:
    made = [made_up(n, at(n), SOZAWE, 30) for n in range(6)]
    why = [unrated(span) for span in spans(made, archive(SOZAWE))]
    assert why == [RUNNING_UP] * 4 + [None] * 2


def test_the_response_is_that_of_the_digest() -> None:
    for span in spans(WHOLE.batches, WHOLE.flows):
        letters = by_letter(span.outcomes)
        whole = letters.total()
        assert rates(span.outcomes).rr1.told == Fraction(letters["I"], whole)


def test_cooperation_stands_on_twenty_people_too() -> None:
    ended = {Outcome.NOT_OPENED: 60, Outcome.REFUSED: 8}
    few = batch(at(9), SOZAWE, {"counter": {"8": 11}}, ended)
    enough = batch(at(10), SOZAWE, {"counter": {"8": 12}}, ended)
    made = history([batch(at(0), SOZAWE, {"counter": {"8": 30}}), few, enough], SOZAWE)
    rows = files(made, speaks("nl"))["respons.csv"].decode("utf-8-sig").splitlines()
    assert rows[2].split(";")[5:] == ["11", "79", "", "", "19", "79", ""]
    assert rows[3].split(";")[5:] == ["12", "80", "12", "20", "20", "80", ""]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_and_no_other_is_explained(language: str) -> None:
    said = CATALOGUE.texts("export", language)
    columns = {
        f"column.{table.name}.{column.name}"
        for table in tables(WHOLE)
        for column in table.columns
    }
    assert {key for key in said if key.startswith("column.")} == columns
    named = {key.split(".")[1] for key in said if key.startswith("table.")}
    assert named == {table.name for table in tables(WHOLE)}


def test_both_languages_say_the_same_things() -> None:
    assert (
        CATALOGUE.texts("export", "nl").keys() == CATALOGUE.texts("export", "en").keys()
    )
