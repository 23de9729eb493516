"""A draft is played as a client would see it, says so, and leaves nothing anywhere."""

import asyncio
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from bot.app import App, open_app
from bot.commands.publishing import publish
from bot.desk import AskedDraft, TappedDraft
from bot.dialogue import Delete, Edit, Output, Played, Send, Tapped, View
from bot.messages import Catalogue
from bot.service import walk
from bot.service.rehearsal import PATIENCE
from tests.doubles.installation import (
    SHIPPED,
    Clock,
    installation_in,
    opened,
    shipped_flows,
)
from tests.doubles.person import Person
from tests.doubles.reading import Reader

STAFF, OTHER = -100_200, -100_300
WORDS = Catalogue.load()
MARK = WORDS.text("staff.desk.trial.mark", "nl", name="sozawe")
FLOWS = shipped_flows()


def trial(key: str, **facts: object) -> str:
    return WORDS.text(f"staff.desk.trial.{key}", "nl", **facts)


class Room:
    """One chat of the staff, and what stands in it."""

    def __init__(self, app: App, chat: int = STAFF) -> None:
        self.desk = app.desk
        self.chat = chat
        self.messages: dict[int, View] = {}
        self.numbers = count(100)

    @property
    def texts(self) -> list[str]:
        return [view.text for view in self.messages.values()]

    @property
    def buttons(self) -> dict[str, tuple[str, int]]:
        return {
            key.label: (key.action, number)
            for number, view in self.messages.items()
            for row in view.rows
            for key in row
        }

    async def asks(self, words: str) -> Played:
        [played] = await self.desk.answer(AskedDraft(self.chat, words))
        assert isinstance(played, Played)
        return self.sees(played)

    async def taps(self, *labels: str) -> Played:
        for label in labels:
            played = await self.presses(*self.buttons[label])
        return played

    async def presses(self, action: str, message: int | None) -> Played:
        asked = TappedDraft(self.chat, action, message)
        [played] = await self.desk.answer(asked)
        assert isinstance(played, Played)
        return self.sees(played)

    def sees(self, played: Played) -> Played:
        sent = [n for output in played.outputs for n in self.carries_out(output)]
        if played.token is not None:
            self.desk.shown(self.chat, played.token, sent)
        return played

    def carries_out(self, output: Output) -> Iterator[int]:
        match output:
            case Send(view):
                number = next(self.numbers)
                self.messages[number] = view
                yield number
            case Edit(message, view):
                assert message in self.messages
                self.messages[message] = view
            case Delete(message):
                del self.messages[message]


@pytest.fixture
def flows(quick_path: Path) -> Path:
    """Give the drafts, which can be edited."""
    folder = quick_path / "flows"
    folder.mkdir()
    for path in SHIPPED.glob("*.yaml"):
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


@pytest.fixture
async def app(quick_path: Path, flows: Path, clock: Clock) -> object:
    installation = installation_in(quick_path, digest={"chats": [STAFF, OTHER]})
    async with open_app(installation, clock=clock) as app:
        yield app


@pytest.fixture
def room(app: App) -> Room:
    return Room(app)


async def test_a_draft_is_played_by_buttons_alone_and_ends_as_it_does_for_a_client(
    room: Room,
) -> None:
    await room.asks("sozawe")
    await room.taps("Ja, ik doe mee", "8", "7", "Eens", "Helemaal eens")
    closing = WORDS.text("client.closing", "nl", phone="14 023")
    end = trial("end", name="sozawe")
    assert room.texts == [f"{MARK}\n\n{closing}\n\n{end}"]
    assert room.buttons == {}


async def test_the_open_question_is_played_as_well_where_clients_get_it(
    quick_path: Path, flows: Path, clock: Clock
) -> None:
    installation = installation_in(quick_path, digest={"chats": [STAFF]})
    async with open_app(installation, clock=clock, reads=Reader()) as app:
        room = Room(app)
        await room.asks("sozawe")
        await room.taps("Ja, ik doe mee", "8", "7", "Eens", "Helemaal eens")
        about = WORDS.text("client.remark.about", "nl", phone="14 023")
        assert room.texts[-1].endswith(f"\n\n{about}\n\n{trial('typing')}")
        action, message = room.buttons["Nee, niets meer"]
        assert await room.presses(f"{action[:-1]}k", message) == Played()
        await room.taps("Nee, niets meer")
        assert room.texts[-1].endswith(trial("end", name="sozawe"))
        assert len(room.texts) == 1
        assert await app.stores.ballots.in_box() == 0


async def test_every_message_says_that_it_is_a_draft(room: Room) -> None:
    seen: list[View] = []
    labels = ["Ja, ik doe mee", "8", "Vorige vraag", "9", "Taal / Language", "English"]
    labels += ["7", "Stop"]
    await room.asks("sozawe")
    seen += room.messages.values()
    await room.taps("Privacy")
    seen += room.messages.values()
    await room.taps("Verder")
    for label in labels:
        await room.taps(label)
        seen += room.messages.values()
    assert all(view.text.startswith(f"{MARK}\n\n") for view in seen)
    assert len({view.text for view in seen}) > 8


async def test_what_is_seen_is_what_a_client_sees(
    quick_path: Path, clock: Clock, room: Room
) -> None:
    entries = {"balie": {"flow": "sozawe", "one_in": 1}}
    other = quick_path / "other"
    other.mkdir()
    async with opened(installation_in(other, entries), clock, FLOWS["sozawe"]) as live:
        client = Person(live.service, "telegram:4711")
        await client.opens("e_balie")
        await room.asks("sozawe")
        for label in ("Ja, ik doe mee", "8", "Geen contact gehad", "Vorige vraag", "3"):
            await client.taps(label)
            await room.taps(label)
            plain = [text.removeprefix(f"{MARK}\n\n") for text in room.texts]
            assert plain == client.texts
            assert list(room.buttons) == list(client.buttons)


async def test_nothing_is_recorded(app: App, room: Room, quick_path: Path) -> None:
    def stored() -> dict[str, bytes]:
        data = quick_path / "data"
        return {path.name: path.read_bytes() for path in data.iterdir()}

    before = await asyncio.to_thread(stored)
    await room.asks("sozawe")
    await room.taps("Ja, ik doe mee", "8", "7", "Eens", "Eens")
    await room.asks("telefoon")
    await room.taps("Nee, liever niet")
    assert await asyncio.to_thread(stored) == before
    assert await app.service.tidy() == []


async def test_another_language_can_be_asked_for_at_once(room: Room) -> None:
    await room.asks("SOZAWE ar")
    intro = FLOWS["sozawe"].intro.text["ar"]
    assert room.texts == [f"{MARK}\n\n{intro}"]


async def test_which_drafts_there_are_is_said(room: Room, flows: Path) -> None:
    names = sorted(FLOWS)
    listed = "\n".join(trial("name", name=name) for name in names)
    how = trial("how", names=listed, example=names[0])
    await room.asks("")
    await room.asks("\n balie ")
    await room.asks("sozawe ar en")
    await room.asks("../config")
    assert room.texts == [
        how,
        f"{trial('unknown', name='balie')}\n\n{how}",
        f"{trial('unknown', name='sozawe ar en')}\n\n{how}",
        f"{trial('unknown', name='../config')}\n\n{how}",
    ]
    await asyncio.to_thread(shutil.rmtree, flows)
    await room.asks("sozawe")
    assert room.texts[-1] == trial("none")


async def test_a_language_that_is_not_ready_is_said(room: Room) -> None:
    await room.asks("sozawe pl")
    known = ", ".join(FLOWS["sozawe"].languages)
    assert room.texts == [trial("language", language="pl", known=known)]


async def test_a_draft_with_errors_is_refused_with_how_many_and_the_first(
    room: Room, flows: Path
) -> None:
    path = flows / "sozawe.yaml"
    text = path.read_text("utf-8")
    broken = text.replace("scale: agree_4", "scale: agree_5")
    path.write_text(broken, "utf-8")
    line = broken[: broken.index("agree_5")].count("\n") + 1
    await room.asks("sozawe")
    [said] = room.texts
    assert said.startswith(
        "Van sozawe kan ik nog geen voorbeeld laten zien. Aantal fouten: 2. De eerste:"
        f"\n\nsozawe.yaml:{line}:12  FOUT  unknown-scale\n"
    )
    assert "^" not in said
    assert str(flows) not in said


async def test_an_edit_is_seen_the_next_time(room: Room, flows: Path) -> None:
    path = flows / "sozawe.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace('"Nee, liever niet"', '"Nee, dank u"'), "utf-8")
    await room.asks("sozawe")
    assert "Nee, dank u" in room.buttons


async def test_a_translation_that_is_older_than_its_dutch_is_not_played(
    app: App, room: Room, flows: Path
) -> None:
    await publish(app, FLOWS["sozawe"])
    path = flows / "sozawe.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace('"Nee, liever niet"', '"Nee, dank u"'), "utf-8")
    await room.asks("sozawe tr")
    assert room.texts == [trial("language", language="tr", known="nl")]


async def test_one_at_a_time_in_each_chat(app: App, room: Room) -> None:
    other = Room(app, OTHER)
    await room.asks("sozawe")
    await other.asks("journey")
    old = room.buttons["Ja, ik doe mee"]
    await room.asks("telefoon")
    assert room.texts[0] == trial("over")
    assert "telefoon" in room.texts[1]
    assert await room.presses(*old) == Played((Edit(old[1], View(trial("over"))),))
    # The other chat goes on with its own.
    await other.taps("Ja, ik doe mee", "Goed")
    await room.taps("Ja, ik doe mee")
    assert len(room.messages) == 3


async def test_words_in_between_are_not_taken_for_what_is_played(room: Room) -> None:
    await room.asks("sozawe")
    await room.asks("")
    await room.taps("Ja, ik doe mee", "8", "7", "Eens", "Eens")
    # What was said about the drafts stays; of the survey one text is left.
    assert len(room.messages) == 2


async def test_a_tap_twice_and_a_forged_one_change_nothing(room: Room) -> None:
    await room.asks("sozawe")
    await room.taps("Ja, ik doe mee")
    action, message = room.buttons["8"]
    await room.presses(action, message)
    before = room.texts
    assert await room.presses(action, message) == Played()
    nonce = action.partition(":")[0]
    for forged in ("", "a.9.9", "a.1.99", "o.2", "l.xx", "z"):
        await room.presses(f"{nonce}:{forged}", message)
    assert len(room.texts) == len(before)


async def test_half_an_hour_without_a_tap_ends_it(room: Room, clock: Clock) -> None:
    await room.asks("sozawe")
    clock.turn(seconds=PATIENCE.total_seconds() - 1)
    await room.taps("Ja, ik doe mee")
    clock.turn(seconds=PATIENCE.total_seconds() - 1)
    await room.taps("8")
    clock.turn(seconds=PATIENCE.total_seconds())
    await room.taps("7")
    assert room.texts[-1] == trial("over")
    assert await room.presses("voorbeeld-x:y", None) == Played()


async def test_a_restart_forgets_it(
    quick_path: Path, flows: Path, clock: Clock
) -> None:
    installation = installation_in(quick_path, digest={"chats": [STAFF]})
    async with open_app(installation, clock=clock) as before:
        room = Room(before)
        await room.asks("sozawe")
    async with open_app(installation, clock=clock) as after:
        room.desk = after.desk
        await room.taps("Ja, ik doe mee")
    assert room.texts == [trial("over")]


async def test_the_button_of_a_draft_means_nothing_to_a_survey(
    app: App, room: Room
) -> None:
    await room.asks("sozawe")
    action, _ = room.buttons["Ja, ik doe mee"]
    for subject in (f"telegram:{STAFF}", "telegram:4711"):
        reply = await app.service.handle(subject, Tapped(action))
        assert reply.outputs == ()


@pytest.mark.parametrize("language", ["nl", "ar"])
@pytest.mark.parametrize("name", FLOWS)
def test_a_walk_shows_all_that_can_be_seen_and_every_button_fits(
    name: str, language: str
) -> None:
    flow = FLOWS[name]
    views = walk(WORDS, "14 023", flow, language)
    assert views[0].text == flow.intro.text[language]
    assert len(views) == 1 + len(flow.questions) + 1 + 2
    for question, view in zip(flow.questions, views[1:], strict=False):
        assert question.label[language] in view.text
    longest = max(len(k.action) for v in views for row in v.rows for k in row)
    # What a rehearsal puts before it, and the nonce, is 22 characters.
    assert longest + 22 <= 64
