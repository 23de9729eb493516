"""The conversation on a terminal is the chat's, and can be kept as a golden file."""

import io
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from bot.app import App, open_in_memory
from bot.config import Config, EntryPoint
from bot.dialogue import Opened
from bot.flowfiles import load_folder
from bot.remarks import Scrubbed, Withheld
from bot.transports.console import Record, converse, read_line, write_text
from bot.transports.conversation import play
from tests.doubles.reading import Reader

FLOWS = load_folder(Path(__file__).parents[2] / "flows")
SOZAWE = FLOWS["sozawe"].flow
CONFIG = Config(phone="14 023", entries={"try": EntryPoint(flow="sozawe", one_in=1)})


@pytest.fixture
async def app() -> AsyncIterator[App]:
    async with open_in_memory(CONFIG) as app:
        await app.stores.archive.publish(SOZAWE, app.week)
        yield app


async def said(
    app: App,
    lines: Sequence[str],
    record: Record | None = None,
    opened: Opened = Opened("e_try", "nl"),  # noqa: B008 - a frozen value
) -> str:
    """Have a conversation of these lines; give all that was printed."""
    rest = iter(lines)
    printed: list[str] = []

    async def read() -> str:
        return next(rest, "")

    await converse(app.service, "console:1", opened, read, printed.append, record)
    assert not list(rest)
    return "".join(printed)


async def test_a_conversation_is_printed_with_a_letter_for_every_button(
    app: App,
) -> None:
    printed = await said(app, ["a\n", "7\n"])
    intro, first, second = printed.split("> ")[:3]
    assert intro == (
        f"\n{SOZAWE.intro.text['nl']}\n"
        "\n  a) Ja, ik doe mee\n  b) Nee, liever niet\n"
        "  c) Nederlands   d) English   e) العربية\n  f) Türkçe\n  g) Privacy\n"
    )
    assert first == (
        "\nVraag 1 van 4\n"
        f"\n{SOZAWE.questions[0].label['nl']}\n"
        "\n1 = heel slecht\n10 = heel goed\n"
        "\n  1   2   3   4   5\n  6   7   8   9   10\n"
        "  a) Geen contact gehad\n  b) Stoppen   c) Taal / Language\n"
    )
    assert second.startswith("\nUw antwoord: 7\n\nVraag 2 van 4\n")


async def test_letters_labels_and_words_all_answer(app: App) -> None:
    record = Record()
    lines = [
        "Ja, ik doe mee\n",
        "een dikke 8\n",
        "geen contact gehad\n",
        "c\n",
        "EENS\n",
    ]
    printed = await said(app, lines, record)
    assert record.events == [
        "accept",
        'write "een dikke 8"',
        "tap case_manager=opt_out",
        "tap kind_and_efficient=agree",
        "tap next_step=agree",
    ]
    assert printed.endswith(
        app.words.text("client.closing", "nl", phone="14 023") + "\n"
    )


async def test_commands_and_the_menu_work_as_in_the_chat(app: App) -> None:
    record = Record()
    lines = ["a\n", "/help\n", "a\n", "/privacy\n", "a\n", "/taal\n", "English\n"]
    printed = await said(
        app, [*lines, "9\n", "b\n", "/start e_try\n", "/stop\n"], record
    )
    assert app.words.text("client.help", "nl", phone="14 023") in printed
    assert app.words.text("client.privacy", "nl", phone="14 023") in printed
    assert record.events == ["accept", "language en", "tap counter=9", "back", "stop"]
    assert printed.endswith(
        app.words.text("client.closing", "en", phone="14 023") + "\n"
    )


async def test_what_is_recorded_is_a_golden_conversation(app: App) -> None:
    record = Record()
    lines = ["tja\n", "a\n", "7,5\n", "7\n", "8\n", "mee eens\n", "d\n"]
    await said(app, lines, record)
    kept = play("It says something", SOZAWE, "nl", record.events)
    assert kept.ends == (
        "complete, counter=7, case_manager=8, kind_and_efficient=agree, "
        "next_step=strongly_agree"
    )
    assert kept.shows[1] == "ask intro again (not_understood)"


REMARK = "Mevrouw Kanarie was heel aardig."


async def test_a_remark_is_recorded_as_it_is_kept_and_never_as_typed() -> None:
    reader = Reader()
    reader.scrubbing.told = {
        REMARK: Scrubbed("Mevrouw [NAAM] was heel aardig.", 1),
        "Kanarie": Withheld.TOO_LITTLE,
    }
    record = Record()
    typed = ["a", "7", "8", "c", "d", REMARK, "opnieuw", "Kanarie", "a " * 300]
    async with open_in_memory(CONFIG, reads=reader) as app:
        await app.stores.archive.publish(SOZAWE, app.week)
        lines = [f"{line}\n" for line in (*typed, "het was te druk", "a")]
        printed = await said(app, lines, record)

    assert "Mevrouw [NAAM] was heel aardig." in printed
    assert record.events[5:] == [
        'remark 1 "Mevrouw [NAAM] was heel aardig."',
        'write "opnieuw"',
        "withhold too_little",
        'remark "het was te druk"',
        "keep",
    ]
    assert "Kanarie" not in "".join(record.events)
    kept = play("As typed", SOZAWE, "nl", record.events, asks_remark=True)
    assert kept.ends == 'remarked, remark "het was te druk"'


async def test_the_end_of_the_input_ends_it_politely(app: App) -> None:
    assert (await said(app, ["b\n"])).endswith("\n")
    assert (await said(app, [])).endswith("\n")


async def test_a_link_that_leads_nowhere_ends_at_once(app: App) -> None:
    printed = await said(app, [], opened=Opened("nonsense", "en"))
    greeting = app.words.text("client.greeting", "en", phone="14 023")
    assert printed.startswith(f"\n{greeting}\n")
    assert "> " not in printed


async def test_no_is_recorded_too_and_a_record_is_not_needed(app: App) -> None:
    record = Record()
    await said(app, ["b\n"], record)
    assert record.events == ["decline"]


async def test_lines_that_are_piped_in_are_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("een 7\n"))
    before = signal.getsignal(signal.SIGINT)
    assert await read_line() == "een 7\n"
    assert await read_line() == ""
    write_text("klaar")
    assert capsys.readouterr().out == "een 7\nklaar"
    assert signal.getsignal(signal.SIGINT) is before
