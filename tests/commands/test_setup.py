"""A new installation is whole or not there, and writes over nothing."""

import asyncio
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.app.upkeep import take_stock
from bot.cli import main
from bot.commands import setup
from bot.commands.planning.reading import MOST_CONTACTS
from bot.commands.publishing import Publication, read_draft
from bot.commands.setup import PARTS, Wishes, fill_in, make
from bot.config import Config, EntryPoint, Telegram, read_config
from bot.core.flow import Phase
from bot.errors import InputError, StorageError
from bot.messages import Catalogue
from bot.shipped import shipped_example, shipped_flows

EXAMPLE = shipped_example().read_text("utf-8")
WISHES = Wishes("14 023", "vragen_bot", (-1001234567890, 42), "en", "telefoon")


def comments(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.lstrip().startswith("#")]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def everything(folder: Path) -> dict[str, bytes]:
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def test_the_wishes_stand_in_the_configuration_and_all_else_is_usual(
    tmp_path: Path,
) -> None:
    assert make(tmp_path / "new", WISHES) == Publication("telefoon", 1, is_new=True)
    config = read_config(tmp_path / "new" / "config.yaml").config
    assert config == Config(
        enabled=("telefoon",),
        phone="14 023",
        language="en",
        telegram=Telegram(bot="vragen_bot", token_file=Path("token")),
        entries={"balie": EntryPoint(flow="telefoon", phase=Phase.UNKNOWN)},
        digest=config.digest.model_validate(
            {"chats": (-1001234567890, 42), "language": "en"}
        ),
        mail=config.mail.model_validate({"password_file": "mail-password"}),
    )


async def test_the_flow_is_live_and_its_neighbours_are_drafts(tmp_path: Path) -> None:
    # It starts an event loop of its own, as the command line has none yet.
    await asyncio.to_thread(make, tmp_path / "new", WISHES)
    installation = read_config(tmp_path / "new" / "config.yaml")
    stock = await take_stock(installation)
    assert stock is not None
    flow = read_draft(installation.flows, "telefoon").flow
    assert stock.live == {"telefoon": flow.content_hash}
    # All but the first line, by which an editor finds the schema that lies beside it.
    shipped = everything(shipped_flows())
    found = everything(installation.flows)
    assert {*found} - {*shipped} == {"flow.schema.json", "scales.schema.json"}
    words = shipped.pop("woorden.txt")
    assert found["woorden.txt"] == words
    for name, content in shipped.items():
        schema = "scales" if name == "scales.yaml" else "flow"
        first, _, rest = found[name].partition(b"\n")
        assert rest == content.partition(b"\n")[2]
        assert first.decode().endswith(f"$schema={schema}.schema.json")


def test_what_is_secret_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    make(folder, WISHES)
    assert sorted(path.name for path in folder.iterdir()) == sorted(PARTS)
    private = [folder / "data", folder / "keys"]
    assert [mode(path) for path in private] == [0o700, 0o700]
    inside = [path for each in private for path in each.iterdir()]
    assert {mode(path) for path in [*inside, folder / "token"]} == {0o600}
    assert (folder / "token").read_bytes() == b""


@pytest.mark.parametrize("part", PARTS)
def test_what_is_there_is_never_written_over(tmp_path: Path, part: str) -> None:
    (tmp_path / part).write_text("mine")
    with pytest.raises(InputError) as refused:
        make(tmp_path, WISHES)
    assert refused.value.code == "file-exists"
    assert everything(tmp_path) == {part: b"mine"}


def test_a_second_time_changes_nothing(tmp_path: Path) -> None:
    make(tmp_path, WISHES)
    before = everything(tmp_path)
    with pytest.raises(InputError):
        make(tmp_path, Wishes("112"))
    assert everything(tmp_path) == before


def test_what_fails_half_way_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> None:
        raise StorageError("disk-full", path="somewhere")

    monkeypatch.setattr(setup, "publish", fail)
    with pytest.raises(StorageError):
        make(tmp_path, WISHES)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError) as refused:
        make(tmp_path / "file" / "folder", WISHES)
    assert refused.value.code == "cannot-write"


@pytest.mark.parametrize("phone", ["14 023", '"0": [1, {2}]  # no', "\\1 'n ☎ 3"])
def test_every_comment_is_kept_and_every_text_is_quoted(
    tmp_path: Path, phone: str
) -> None:
    text = fill_in(EXAMPLE, Wishes(phone))
    assert comments(text) == comments(EXAMPLE)
    (tmp_path / "config.yaml").write_text(text, "utf-8")
    assert read_config(tmp_path / "config.yaml").config.phone == phone


def test_an_example_that_lost_a_line_is_a_bug() -> None:
    with pytest.raises(ValueError, match="0 lines of 'phone'"):
        fill_in(EXAMPLE.replace("phone:", "fax:"), WISHES)


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (setup.read_phone, " 14 023 ", "14 023"),
        (setup.read_bot, "", ""),
        (setup.read_bot, "@vragen_bot", "vragen_bot"),
        (setup.read_bot, "https://t.me/vragen_bot", "vragen_bot"),
        (setup.read_chats, "", ()),
        (setup.read_chats, "-1001, 42;7", (-1001, 42, 7)),
        (setup.read_language, "EN", "en"),
        (setup.read_flow, " journey ", "journey"),
    ],
)
def test_an_answer_is_read_as_people_type_it(read: Any, text: str, value: Any) -> None:
    assert read(text) == value


@pytest.mark.parametrize(
    ("read", "text", "code"),
    [
        (setup.read_phone, "", "setup-phone"),
        (setup.read_phone, "de balie", "setup-phone"),
        (setup.read_bot, "de bot", "setup-bot"),
        (setup.read_bot, "vrägenbot", "setup-bot"),
        (setup.read_chats, "de teamchat", "setup-chats"),
        (setup.read_language, "tr", "setup-language"),
        (setup.read_flow, "scales", "setup-flow"),
    ],
)
def test_what_cannot_be_used_is_refused(read: Any, text: str, code: str) -> None:
    with pytest.raises(InputError) as refused:
        read(text)
    assert refused.value.code == code


def test_the_command_says_in_a_few_lines_what_is_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "de map"
    assert main(["init", str(folder), "--yes", "--phone", "14 023"]) == 0
    said = capsys.readouterr().out.splitlines()
    config = f"'{folder}/config.yaml'"
    texts = Catalogue.load()
    facts = {"flow": "sozawe", "token": f"'{folder}/token'", "config": config}
    assert said == [
        texts.text("staff.said.published", "nl", name="sozawe", number=1),
        *(
            texts.text(f"staff.next.{step}", "nl", **facts)
            for step in ("token", "try", "doctor", "run", "plan")
        ),
    ]


def test_a_one_in_is_proposed_to_who_says_how_many_contacts_there_are(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.commands.planning.RUNS", 15)
    folder = tmp_path / "new"
    more = ["--contacts-per-week", "300", "--response", "0,3", "--language", "en"]
    assert main(["init", str(folder), "--yes", "--phone", "14 023", *more]) == 0
    config = read_config(folder / "config.yaml").config
    one_in = config.sampling.one_in
    assert 5 < one_in < 17
    # The entry at the counter is no draw from a list, and stays as it is.
    assert config.entries["balie"].one_in == 25
    text = (folder / "config.yaml").read_text("utf-8")
    added = [line for line in comments(text) if line not in comments(EXAMPLE)]
    why = " ".join(line.strip(" #") for line in added)
    assert why.startswith("Proposed at 300 contacts a week, when 30 of 100 people")
    assert max(map(len, added)) <= 88
    assert text.index(added[-1]) < text.index(f"\n  one_in: {one_in}\n")
    said = capsys.readouterr().out.splitlines()[-1]
    assert said.startswith(f"Of {one_in} contacts, 1 gets an invitation (one_in).")
    told = f"--contacts-per-week 300 --response 0.3 --one-in {one_in}"
    assert said.endswith(f"polsslag plan {told}")


@pytest.mark.parametrize(
    ("more", "code", "facts"),
    [
        (["--response", "0.2"], "response-alone", {}),
        (["--contacts-per-week", "0"], "plan-contacts", {"most": MOST_CONTACTS}),
        (["--contacts-per-week", "9", "--response", "20"], "plan-response", {}),
    ],
)
def test_a_department_that_cannot_be_is_refused_before_anything_is_made(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    more: list[str],
    code: str,
    facts: dict[str, object],
) -> None:
    words = ["init", str(tmp_path / "new"), "--yes", "--phone", "14 023", *more]
    assert main(words) == 1
    text = Catalogue.load().text(f"staff.error.{code}", "nl", **facts)
    assert text in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_without_a_telephone_number_nothing_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", str(tmp_path / "new"), "--yes"]) == 1
    text = Catalogue.load().text("staff.error.setup-phone", "nl")
    assert text in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_at_a_keyboard_only_what_was_not_said_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = []
    # Nothing, then a number; no bot yet; no chat but then one; English; what is usual.
    answers: Iterator[str] = iter(["", "14 023", "", "team", "-5", "en"])

    def answer(question: str) -> str:
        asked.append(question)
        return next(answers)

    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", answer)
    assert main(["init", str(tmp_path / "new"), "--flow", "journey"]) == 0
    names = ["phone", "phone", "bot", "chats", "chats", "language"]
    texts = Catalogue.load()
    wanted = [texts.text(f"staff.setup.{name}", "nl") for name in names]
    assert [q.removesuffix(" ").removesuffix(" [nl]") for q in asked] == wanted
    config = read_config(tmp_path / "new" / "config.yaml").config
    assert (config.phone, config.digest.chats, config.language, config.enabled) == (
        "14 023",
        (-5,),
        "en",
        ("journey",),
    )
    assert capsys.readouterr().out.startswith("journey is live")
