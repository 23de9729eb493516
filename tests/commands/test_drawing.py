"""A draw is written down before and after, made again elsewhere, and names nobody."""

import csv
import hashlib
import json
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook

from bot.anonymity import Door
from bot.app import open_app
from bot.cli import main
from bot.commands.drawing import draw_invitations
from bot.commands.handover import COLUMNS, write_draft
from bot.commands.setup import Wishes, make
from bot.config import read_config
from bot.core.codes import read
from tests.doubles.places import quick_folder

LIST = "referentie;fase;taal;niet benaderen\n" + "".join(
    f"klant-{n:03};{('eerste contact', 'aanvraag')[n % 2]};{('nl', 'ar', 'pl')[n % 3]};"
    f"{'bezwaar' if n in (7, 8) else ''}\n"
    for n in range(202)
)
"""Two hundred who may be asked, a hundred of each phase, and two who may not."""

Typed = tuple[int, str, str]
Type = Callable[..., Typed]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an installation; it must not be changed."""
    folder = tmp_path_factory.mktemp("made") / "here"
    make(folder, Wishes("14 023", "polsslag_bot"))
    return folder


@pytest.fixture
def here(made: Path, tmp_path: Path) -> Iterator[Path]:
    """Give a copy of it, with a list of contacts in it."""
    with quick_folder(tmp_path) as folder:
        shutil.copytree(made, folder / "here")
        (folder / "here" / "list.csv").write_text(LIST)
        yield folder / "here"


@pytest.fixture
def typed(here: Path, capsys: pytest.CaptureFixture[str]) -> Type:
    """Give a hand that types `polsslag draw`, in the folder of the installation."""

    def type_draw(*words: str | Path) -> Typed:
        status = main(["draw", *map(str, words), "--config", str(here / "config.yaml")])
        said = capsys.readouterr()
        return status, said.out, said.err

    return type_draw


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def commitment_in(text: str) -> str:
    found = re.search(r"\b[0-9a-f]{64}\b", text)
    assert found
    return found[0]


def test_the_seed_is_told_of_before_the_list_is_there_and_the_draw_is_bound_to_it(
    here: Path, typed: Type
) -> None:
    status, said, _ = typed("--prepare")
    before = commitment_in(said)
    assert (status, said.startswith("Het lot is gemaakt.")) == (0, True)
    # A second time tells the same: nobody can go on until a seed pleases them.
    assert commitment_in(typed("--prepare")[1]) == before

    out = here / "links.csv"
    status, said, _ = typed(here / "list.csv", "--flow", "sozawe", "--out", out)
    assert status == 0
    assert said.startswith(
        f"Het lot van deze week is er al. Dit is het kenmerk: {before}"
    )
    assert "eerste contact: 4 van de 100 geloot. Ieders kans was 1 op 25 (4 %)." in said
    assert "Niet benaderd (lopend bezwaar): 2." in said
    protocol = json.loads((here / "links-protocol.json").read_text())
    assert (protocol["commitment"], protocol["drawn"]) == (before, 8)
    assert protocol["excluded"] == {"objection": 2}
    assert "klant" not in (here / "links-protocol.json").read_text()
    [seed] = (here / "keys").glob("draw-*.seed")
    chance = bytes.fromhex(seed.read_text().split("\n")[1])
    assert hashlib.sha256(chance).hexdigest() == before


def test_the_commitment_is_told_before_the_list_is_read(
    here: Path, typed: Type
) -> None:
    status, said, complaint = typed(
        here / "none.csv", "--flow", "sozawe", "--out", here / "links.csv"
    )
    assert status == 1
    assert commitment_in(said)
    assert "none.csv" in complaint


def test_the_table_has_for_each_the_code_the_link_and_the_words(
    here: Path, typed: Type
) -> None:
    out = here / "links.csv"
    status, said, _ = typed(here / "list.csv", "--flow", "sozawe", "--out", out)
    assert status == 0
    rows = rows_of(out)
    assert len(rows) == 8
    assert {tuple(row) for row in rows} == {COLUMNS}
    day = rows[0]["delete_by"]
    assert (
        f"De codes werken tot {'-'.join(str(int(d)) for d in day.split('-')[::-1])}"
        in said
    )
    asked = dict(line.split(";")[:2] for line in LIST.splitlines()[1:])
    tongues = {line.split(";")[0]: line.split(";")[2] for line in LIST.splitlines()[1:]}
    for row in rows:
        phases = {"eerste contact": "first_contact", "aanvraag": "intake"}
        assert row["phase"] == phases[asked[row["reference"]]]
        tongue = tongues[row["reference"]]
        assert row["language"] == ("nl" if tongue == "pl" else tongue)
        code = read(row["code"])
        assert code
        assert row["link"] == f"https://t.me/polsslag_bot?start=i_{code}"
        assert row["delete_by"] == day
        for text in (row["sms"], row["letter"]):
            assert row["code"] in text
            assert row["link"] in text
            assert "14 023" in text
    polish = sum(tongues[row["reference"]] == "pl" for row in rows)
    arabic = sum(tongues[row["reference"]] == "ar" for row in rows)
    assert ("Brieven in het Nederlands" in said) == bool(polish)
    assert ("meer dan één deel" in said) == bool(arabic)
    assert out.stat().st_mode & 0o077 == 0


def test_in_a_folder_the_names_say_when_to_delete(here: Path, typed: Type) -> None:
    folder = here / "post"
    folder.mkdir()
    words = (here / "list.csv", "--flow", "sozawe", "--out", folder)
    assert typed(*words)[0] == 0
    names = sorted(path.name for path in folder.iterdir())
    week = r"20\d\d-W\d\d"
    assert re.fullmatch(rf"loting-sozawe-{week}-verslag\.json", names[0])
    assert re.fullmatch(
        rf"uitnodigingen-sozawe-{week}-wissen-op-20\d\d-\d\d-\d\d\.csv", names[1]
    )
    status, _, complaint = typed(*words)
    assert (status, "wissen-op" in complaint) == (1, True)


def test_a_name_without_an_ending_is_a_folder_and_the_sheets_may_go_there_too(
    here: Path, typed: Type
) -> None:
    folder = here / "post"
    words = (here / "list.csv", "--flow", "sozawe", "--out", folder)
    assert typed(*words, "--sheets", folder)[0] == 0
    assert folder.stat().st_mode & 0o077 == 0
    kinds = sorted(path.name.split("-")[0] for path in folder.iterdir())
    assert kinds == ["brieven", "kaartjes", "loting", "uitnodigingen"]
    nowhere = here / "nowhere" / "post"
    status, _, complaint = typed(*words[:-1], nowhere)
    assert (status, str(nowhere) in complaint) == (1, True)
    (here / "taken").write_text("something else")
    status, _, complaint = typed(*words[:-1], here / "taken")
    assert (status, "bestaat al" in complaint) == (1, True)
    assert (here / "taken").read_text() == "something else"


@pytest.mark.parametrize("seed", ["links.csv", "links-protocol.json"])
def test_two_files_are_never_given_one_name_and_then_nobody_is_invited(
    here: Path, typed: Type, seed: str
) -> None:
    out = here / "links.csv"
    words = (here / "list.csv", "--flow", "sozawe", "--out", out)
    status, _, complaint = typed(*words, "--seed-out", here / "keys" / ".." / seed)
    assert (status, seed in complaint, "Traceback" in complaint) == (1, True, False)
    assert named_links(here) == []


def test_where_nobody_was_drawn_there_are_no_sheets_and_none_are_spoken_of(
    here: Path, typed: Type
) -> None:
    (here / "list.csv").write_text("kenmerk;fase;exclude\nA-1;intake;bezwaar\n")
    words = (here / "list.csv", "--flow", "sozawe", "--out", here / "links.csv")
    status, said, _ = typed(*words, "--sheets", here / "post")
    assert (status, "kaartjes" in said, (here / "post").exists()) == (0, False, False)


def test_a_list_that_keeps_nobody_out_is_told_of(here: Path, typed: Type) -> None:
    (here / "list.csv").write_text(LIST.replace("niet benaderen", "uitsluiten"))
    out = here / "links.csv"
    status, said, _ = typed(here / "list.csv", "--flow", "sozawe", "--out", out)
    assert status == 0
    assert "Niemand is overgeslagen" in said
    assert "staat geen naam van de gemeente" in said
    assert "Loot deze week niet nog een keer uit dezelfde lijst." in said
    assert '"niet benaderen"' in said


def test_letters_and_cards_are_printed_for_those_drawn_and_for_nobody_else(
    here: Path, typed: Type
) -> None:
    sheets, out = here / "print", here / "links.csv"
    words = (here / "list.csv", "--flow", "sozawe", "--out", out, "--sheets", sheets)
    status, said, _ = typed(*words)
    assert (status, f"staan in {sheets}." in said) == (0, True)
    assert sheets.stat().st_mode & 0o077 == 0
    pages = sorted(sheets.iterdir())
    rows = rows_of(out)
    assert [page.name for page in pages] == [
        f"{kind}-vernietig-uiterlijk-{rows[0]['delete_by']}.html"
        for kind in ("brieven", "kaartjes")
    ]
    for page in pages:
        assert page.stat().st_mode & 0o077 == 0
        printed = set(re.findall(r"klant-\d{3}", page.read_text()))
        assert printed == {row["reference"] for row in rows}
        assert all(row["code"] in page.read_text() for row in rows)
    out.unlink()
    (here / "links-protocol.json").unlink()
    assert typed(*words)[0] == 1
    # What could not be finished leaves nothing behind that names anybody.
    assert sorted(path.name for path in here.iterdir() if "list" not in path.name) == [
        "config.yaml",
        "data",
        "flows",
        "keys",
        "print",
        "token",
    ]


def test_a_workbook_gives_the_draw_that_the_same_list_as_csv_gives(
    here: Path, typed: Type
) -> None:
    book = Workbook()
    sheet = book.create_sheet("Week 30")
    for line in LIST.splitlines():
        sheet.append(line.split(";"))
    book.save(here / "list.xlsx")
    drawn = []
    for name, more in (("list.csv", ()), ("list.xlsx", ("--sheet", "Week 30"))):
        out = here / f"{name}-links.csv"
        assert typed(here / name, "--flow", "sozawe", "--out", out, *more)[0] == 0
        drawn.append([row["reference"] for row in rows_of(out)])
    assert drawn[0] == drawn[1]


def taken_elsewhere(here: Path, typed: Type) -> tuple[Path, Path, Path]:
    """Draw, and take protocol, list and seed to a machine with no installation."""
    out = here / "links.csv"
    words = ("--flow", "sozawe", "--out", out, "--seed-out", here / "seed.txt")
    status, said, _ = typed(here / "list.csv", *words)
    assert (status, "Het lot staat nu ook in" in said) == (0, True)
    elsewhere = here.parent / "elsewhere"
    elsewhere.mkdir()
    names = ("links-protocol.json", "list.csv", "seed.txt")
    protocol, frame, seed = (
        Path(shutil.move(here / name, elsewhere / name)) for name in names
    )
    shutil.rmtree(here)
    return protocol, frame, seed


def test_a_draw_is_made_again_on_another_machine_and_what_differs_is_told(
    here: Path, typed: Type, monkeypatch: pytest.MonkeyPatch
) -> None:
    protocol, frame, seed = taken_elsewhere(here, typed)
    # Whoever checks a draw may be on Windows.
    monkeypatch.setattr(sys, "platform", "win32")

    def verify(**other: Path) -> tuple[int, list[str]]:
        given = {"verify": protocol, "contacts": frame, "seed": seed, **other}
        words = [word for name, path in given.items() for word in (f"--{name}", path)]
        status, said, complaint = typed(*words)
        assert complaint == ""
        return status, said.splitlines()

    status, said = verify()
    assert commitment_in(said[0]) == json.loads(protocol.read_text())["commitment"]
    assert (status, said[1:]) == (
        0,
        [
            "Het klopt: uit deze lijst en dit lot komt precies deze loting, 8 van de "
            "200."
        ],
    )

    other = frame.with_name("other.csv")
    another = (
        "Dit is niet precies de lijst van de loting: minstens één regel is anders, "
        "nieuw of weg."
    )
    other.write_text(
        LIST.replace("klant-010;eerste contact;ar", "klant-010;eerste contact;tr")
    )
    assert verify(contacts=other)[1][1:] == [another, "Het klopt niet."]
    other.write_text(LIST + "klant-999;aanvraag;nl;\n")
    status, said = verify(contacts=other)
    assert (status, said[1:]) == (
        1,
        [
            "Het verslag telt 200 contacten die gevraagd konden worden, de lijst 201.",
            "In de fase aanvraag en besluit telt het verslag er 100, de lijst 101.",
            another,
            "Het klopt niet.",
        ],
    )
    swapped = seed.with_name("swapped.txt")
    swapped.write_text("polsslag seed 1\n" + "0" * 64)
    assert verify(seed=swapped)[1][1:] == [
        "Dit is een ander lot dan dat van het verslag.",
        "Het klopt niet.",
    ]
    forged = protocol.with_name("forged.json")
    plain = json.loads(protocol.read_text())
    plain["tickets"][0] = "0" * 32
    forged.write_text(json.dumps(plain))
    assert verify(verify=forged)[1][1:] == [
        "Het verslag heeft 1 lotnummers die niet geloot zijn, en mist er 1 die dat wel "
        "zijn.",
        "Het verslag zelf is veranderd nadat het geschreven was.",
        "Het klopt niet.",
    ]


def test_what_is_no_protocol_seed_or_list_is_refused(here: Path, typed: Type) -> None:
    protocol, frame, seed = taken_elsewhere(here, typed)
    nothing = frame.with_name("nothing")

    def refused(protocol: Path, frame: Path, seed: Path) -> str:
        status, _, complaint = typed(
            "--verify", protocol, "--contacts", frame, "--seed", seed
        )
        assert status == 1
        return complaint

    assert "geen verslag van een loting" in refused(seed, frame, seed)
    assert "geen bestand met een lot" in refused(protocol, frame, frame)
    assert str(nothing) in refused(nothing, frame, seed)
    assert str(nothing) in refused(protocol, nothing, seed)
    assert "drie bestanden" in typed("--verify", protocol, "--seed", seed)[2]


def test_a_seed_can_be_taken_along_until_the_opening_and_not_after(
    here: Path, typed: Type
) -> None:
    seed = here.parent / "seed.txt"
    status, _, complaint = typed("--seed-out", seed)
    assert (status, "--prepare" in complaint) == (1, True)

    said = typed("--prepare")[1]
    taken = typed("--seed-out", seed)
    assert (taken[0], commitment_in(taken[1])) == (0, commitment_in(said))
    assert seed.stat().st_mode & 0o077 == 0
    assert "bestaat al" in typed("--seed-out", seed)[2]

    assert main(["release", "--config", str(here / "config.yaml")]) == 0
    assert list((here / "keys").glob("draw-*")) == []
    assert typed("--seed-out", seed.with_name("late.txt"))[0] == 1


def test_a_draw_that_is_half_said_is_not_made(here: Path, typed: Type) -> None:
    for words in (
        (),
        (here / "list.csv",),
        (here / "list.csv", "--flow", "sozawe"),
        ("--flow", "sozawe", "--out", here / "links.csv"),
        ("--flow", "sozawe", "--seed-out", here / "seed.txt"),
    ):
        status, said, complaint = typed(*words)
        assert (status, said) == (1, "")
        assert "polsslag draw LIJST --flow NAAM --out BESTAND" in complaint
    assert list((here / "keys").glob("draw-*")) == []


def test_every_fault_of_a_list_is_told_and_nothing_is_stored_or_written(
    here: Path, typed: Type
) -> None:
    (here / "list.csv").write_text(LIST + ";aanvraag;nl;\nCANARY;CANARY;;CANARY\n" * 12)
    out = here / "links.csv"
    status, _, complaint = typed(here / "list.csv", "--flow", "sozawe", "--out", out)
    lines = complaint.splitlines()
    assert (status, len(lines)) == (1, 21)
    assert lines[0].startswith("FOUT: Regel 204: de referentie ontbreekt")
    assert lines[-1].endswith("De lijst heeft 36 fouten. Hierboven staan de eerste 20.")
    assert "CANARY" not in complaint
    assert not out.exists()
    assert not (here / "links-protocol.json").exists()


def test_where_a_file_cannot_be_written_nobody_is_invited(
    here: Path, typed: Type
) -> None:
    out = here / "nowhere" / "links.csv"
    status, _, complaint = typed(here / "list.csv", "--flow", "sozawe", "--out", out)
    assert (status, str(out) in complaint) == (1, True)
    (here / "links-protocol.json").write_text("of another draw")
    out = here / "links.csv"
    assert typed(here / "list.csv", "--flow", "sozawe", "--out", out)[0] == 1
    assert not out.exists()


async def test_the_files_take_their_names_only_when_the_invitations_are_stored(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object) -> None:
        raise OSError

    async with open_app(read_config(here / "config.yaml")) as app:
        monkeypatch.setattr(Door, "invite", full)
        out = here / "links.csv"
        with pytest.raises(OSError):  # noqa: PT011 - it has no words
            await draw_invitations(app, here / "list.csv", "sozawe", out)
    assert named_links(here) == []


def named_links(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if "links" in path.name]


def test_a_survey_that_is_not_live_or_a_bot_without_a_name_is_not_drawn_for(
    here: Path, typed: Type
) -> None:
    words = (here / "list.csv", "--out", here / "links.csv", "--flow")
    assert "telefoon" in typed(*words, "telefoon")[2]
    config = here / "config.yaml"
    config.write_text(config.read_text().replace("polsslag_bot", ""))
    assert "telegram: bot" in typed(*words, "sozawe")[2]
    assert list((here / "keys").glob("draw-*")) == []


def test_a_draft_that_was_left_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "links.csv.part").write_text("left by a crash")
    assert write_draft(tmp_path / "links.csv", b"new").read_bytes() == b"new"
