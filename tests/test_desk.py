"""What the staff ask in their chat, and that what they publish names nobody."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise

import pytest

from bot.ballots import K, Ledger
from bot.core.weeks import month
from bot.decisions import Deed
from bot.desk import (
    LONGEST_DEED,
    AskedDigest,
    AskedDraft,
    AskedExplanation,
    AskedRemarks,
    Did,
    StaffDesk,
    TappedDraft,
)
from bot.dialogue import Played, Send, View
from bot.digest.model import WINDOW
from bot.digest.monthly import deeds_of
from bot.digest.remarks import remark_messages
from bot.digest.voice import units
from bot.messages import Catalogue
from bot.outbox import HEADCOUNT, NOTICE, WrittenDigest
from storage.decisions import MemoryDecisions
from storage.memory import MemoryMail
from storage.outbox import MemoryOutbox

WORDS = Catalogue.load()
WEEK = "2026-W30"
NEWS = WrittenDigest(WEEK, "weekly", "sozawe", "Weekbericht", True, picture="{}")
LONGEST_SENTENCE = 12
LONGEST_MESSAGE = 4096


def said(key: str, language: str = "nl", **facts: object) -> str:
    return WORDS.text(f"staff.desk.{key}", language, **facts)


class Theatre:
    """Says what it was asked to play."""

    def __init__(self) -> None:
        self.on_screen: list[tuple[int, str, Sequence[int]]] = []

    async def ask(self, chat: int, words: str) -> Played:
        return Played((Send(View(f"{chat} {words}")),), "token")

    def tapped(self, chat: int, action: str, message: int | None) -> Played:
        return Played((Send(View(f"{chat} {action} {message}")),), "token")

    def shown(self, chat: int, token: str, sent: Sequence[int]) -> None:
        self.on_screen.append((chat, token, sent))


class Room:
    """A desk and what stands behind it."""

    def __init__(self, *earlier: str) -> None:
        self.mail = MemoryMail()
        self.decisions = MemoryDecisions()
        self.theatre = Theatre()
        self.week = WEEK
        self.desk = StaffDesk(
            [-1, 7],
            MemoryOutbox(self.mail),
            self.decisions,
            self.theatre,
            say=said,
            week=lambda: self.week,
            earlier=earlier,
        )


@pytest.fixture
def room() -> Room:
    return Room()


def test_only_the_chats_of_the_configuration_are_served(room: Room) -> None:
    assert [room.desk.serves(chat) for chat in (-1, 7, -2, 8)] == [
        True,
        True,
        False,
        False,
    ]
    assert room.desk.label == "Uitleg"


async def test_before_the_first_digest_that_is_said(room: Room) -> None:
    assert await room.desk.answer(AskedDigest()) == (said("no-digest"),)


async def test_the_last_digests_are_given_as_they_were_sent(room: Room) -> None:
    other = WrittenDigest(WEEK, "weekly", "telefoon", "Weekbericht", False)
    room.mail.openings += ["2026-W29", WEEK]
    old = WrittenDigest("2026-W29", "weekly", "sozawe", "Oud", True)
    notice = WrittenDigest(WEEK, NOTICE, "", "Teruggezet.", True)
    asked = WrittenDigest(WEEK, HEADCOUNT, "", "{n} mensen?", True)
    room.mail.post([old, NEWS, other, notice, asked], ["-1"])

    assert await room.desk.answer(AskedDigest()) == (NEWS, other)


async def test_the_remarks_of_a_digest_are_given_whole_in_as_few_messages_as_hold_them(
    room: Room,
) -> None:
    # Each of the longest is a thousand units, as a chat service counts.
    long = tuple("\N{GRINNING FACE}" * 500 for _ in range(5))
    room.mail.openings += [WEEK]
    room.mail.post([replace(NEWS, remarks=("Te  lang\ngewacht", *long))], ["-1"])
    room.desk = StaffDesk(
        [-1],
        MemoryOutbox(room.mail),
        room.decisions,
        room.theatre,
        say=said,
        week=lambda: WEEK,
        remarks=partial(remark_messages, words=WORDS.bound("nl")),
    )

    shown = await room.desk.answer(AskedRemarks(WEEK, "sozawe"))

    assert [units(str(text)) <= LONGEST_MESSAGE for text in shown] == [True, True]
    assert "\n\n".join(map(str, shown)).split("\n\n") == [
        "Opmerkingen van mensen die meededen:",
        "- Te lang gewacht",
        *(f"- {text}" for text in long),
    ]
    assert room.desk.label_of_remarks(6) == "Opmerkingen (6)"


async def test_where_a_digest_has_no_remarks_that_is_said(room: Room) -> None:
    room.mail.openings += [WEEK]
    room.mail.post([NEWS], ["-1"])
    for week in (WEEK, "2026-W01", "=1"):
        asked = AskedRemarks(week, "sozawe")
        assert await room.desk.answer(asked) == (said("no-remarks"),)


async def test_the_explanation_explains(room: Room) -> None:
    assert await room.desk.answer(AskedExplanation()) == (said("explanation"),)


async def test_earlier_figures_stand_apart_and_are_not_to_be_compared() -> None:
    room = Room("Balie, 2012: 7,2 (brief Participatieraad)", "Bijstand: 7,3")
    explained, earlier = await room.desk.answer(AskedExplanation())
    assert explained == said("explanation")
    assert earlier == (
        f"{said('earlier')}\nBalie, 2012: 7,2 (brief Participatieraad)\nBijstand: 7,3"
    )


async def test_much_is_said_in_several_messages() -> None:
    room = Room(*["x" * 200] * 20)
    shown = await room.desk.answer(AskedExplanation())
    assert len(shown) == 3
    assert all(isinstance(one, str) and len(one) <= 3200 for one in shown)
    assert "".join(str(one) for one in shown).count("x") >= 4000


async def test_a_deed_is_noted_once_however_often_it_is_said(room: Room) -> None:
    did = Did("  Wij bellen nu\n dezelfde   dag terug. ")
    text = "Wij bellen nu dezelfde dag terug."
    confirmed = (said("noted", week=30, text=text),)

    assert await room.desk.answer(did) == confirmed
    assert await room.desk.answer(did) == confirmed
    assert await room.decisions.deeds() == [Deed(WEEK, text)]


async def test_what_is_in_braces_is_no_blank(room: Room) -> None:
    [confirmed] = await room.desk.answer(Did("Formulier {n} is korter"))
    assert isinstance(confirmed, str)
    assert "Formulier {n} is korter" in confirmed


async def test_without_a_text_this_month_is_shown(room: Room) -> None:
    how, known = await room.desk.answer(Did(" \n"))
    assert (how, known) == (said("how"), said("no-deeds"))

    for week, text in [
        ("2026-W26", "in juni"),
        # Told of with June: that week begins on the 29th.
        ("2026-W27", "op 2 juli"),
        ("2026-W28", "op 8 juli"),
        ("2026-W30", "deze week"),
        ("2025-W30", "vorig jaar"),
    ]:
        await room.decisions.note(Deed(week, text))
    _, known = await room.desk.answer(Did(""))
    assert known == "\n".join(
        [
            said("deeds"),
            said("deed", week=28, text="op 8 juli"),
            said("deed", week=30, text="deze week"),
        ]
    )


async def test_what_is_shown_as_of_this_month_is_what_the_overview_will_tell(
    room: Room,
) -> None:
    deeds = [Deed(f"2026-W{number:02}", f"nr. {number}") for number in range(1, 54)]
    for deed in deeds:
        await room.decisions.note(deed)
    for now, after in pairwise(deeds):
        if month(now.week) == month(after.week):
            continue
        room.week = now.week
        _, known = await room.desk.answer(Did(""))
        ledger = Ledger(after.week, (), {}, {}, last=now.week, deeds=deeds)
        assert [line.rpartition(": ")[2] for line in str(known).split("\n")[1:]] == [
            *deeds_of(ledger)
        ]


async def test_the_longest_deed_is_noted_and_a_longer_one_refused(room: Room) -> None:
    most = "é" * LONGEST_DEED
    await room.desk.answer(Did(most))
    [refused] = await room.desk.answer(Did(f"{most}a"))
    assert refused == said("refused.long", length=LONGEST_DEED + 1, most=LONGEST_DEED)
    assert await room.decisions.deeds() == [Deed(WEEK, most)]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("mail jan@example.nl voor meer", "email"),
        ("jan.de.vries@mail.example.nl", "email"),
        ("bel 0612345678", "telephone"),
        ("bel 06-12345678 of loop langs", "telephone"),
        ("bel 06 12 34 56 78.", "telephone"),
        ("bel (023) 511 51 15", "telephone"),
        ("bel +31 6 12345678", "telephone"),
        ("bel 0031612345678", "telephone"),
        ("klant 123456782 is geholpen", "number"),
        ("klant 123.456.782", "number"),
        ("klant 1234 56 782", "number"),
        ("zaak 20260001234567", "number"),
        ("NL91ABNA0417164300", "telephone"),
    ],
)
async def test_what_must_not_be_published_is_refused_and_not_kept(
    room: Room, text: str, why: str
) -> None:
    assert await room.desk.answer(Did(text)) == (said(f"refused.{why}"),)
    assert await room.decisions.deeds() == []


@pytest.mark.parametrize(
    "text",
    [
        "Wij bellen nu binnen 24 uur terug.",
        "Sinds 01-07-2026 staat er een stoel bij de balie.",
        "In week 25 en 26 deden 104 van de 400 mensen mee.",
        "Wij zijn te bereiken op 14 023.",
        "Budget: 12.500.000 euro.",
        "@team: koffie erbij, van 9:00-12:30 en 13:00-17:00 uur",
        "Besluit 2026/1234 is besproken.",
    ],
)
async def test_ordinary_numbers_are_no_reason_to_refuse(room: Room, text: str) -> None:
    await room.desk.answer(Did(text))
    assert await room.decisions.deeds() == [Deed(WEEK, text)]


def _filled(text: str) -> str:
    facts = {"week": 30, "length": 301, "most": 300, "count": 2}
    return text.format_map(defaultdict(lambda: "x", facts))


def _texts(language: str) -> dict[str, str]:
    return {
        path.removeprefix("desk."): _filled(text)
        for path, text in WORDS.texts("staff", language).items()
        if path.startswith("desk.")
    }


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_the_staff_read_fits_a_message(language: str) -> None:
    texts = _texts(language)
    assert all(len(text) <= LONGEST_MESSAGE / 2 for text in texts.values())
    commands = [text for path, text in texts.items() if path.startswith("command.")]
    assert len(commands) == 4
    assert all(len(text) <= 60 for text in commands)


def test_a_dutch_sentence_has_twelve_words_at_most() -> None:
    sentences = [
        sentence
        for path, text in _texts("nl").items()
        for sentence in re.split(r"(?<=[.?!:]) |\n", text)
    ]
    assert [s for s in sentences if len(s.split()) > LONGEST_SENTENCE] == []


def test_the_rule_is_explained_in_the_words_that_were_agreed() -> None:
    agreed = (
        "Wij tellen elke week de verschillen met de nulmeting op. Kleine verschillen"
        " vallen weg. Loopt het verschil op? Dan melden wij dat."
    )
    assert agreed in said("explanation")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_numbers_in_the_explanation_are_those_of_the_rule(language: str) -> None:
    text = said("explanation", language)
    first = text.split("\n\n")[1]
    assert str(WINDOW) in first
    waits = next(part for part in text.split("\n\n") if f" {K} " in part)
    assert "mensen of meer" in waits or "people or more" in waits


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", ["digest", "gedaan"])
def test_the_explanation_names_the_other_commands(language: str, name: str) -> None:
    assert f"\n/{name}: " in said("explanation", language)


async def test_a_draft_is_played_in_the_chat_that_asked_for_it(room: Room) -> None:
    [begun] = await room.desk.answer(AskedDraft(7, "sozawe ar"))
    [tapped] = await room.desk.answer(TappedDraft(-1, "voorbeeld-x:y", 12))
    room.desk.shown(-1, "token", [13])
    assert begun == Played((Send(View("7 sozawe ar")),), "token")
    assert tapped == Played((Send(View("-1 voorbeeld-x:y 12")),), "token")
    assert room.theatre.on_screen == [(-1, "token", [13])]
