"""What a reviewer sees of a remark, and what becomes of it: decided once, then gone."""

import pytest

from bot.dialogue import View
from bot.messages import Catalogue
from bot.remarks import Scrubbed, Withheld
from bot.reviewing import (
    HOURS,
    LONGEST,
    REVIEWING,
    AskedReview,
    ReviewDesk,
    TappedReview,
    Turn,
    TypedReview,
    WithholdsAll,
)
from bot.reviews import KeptRemark, Place
from storage.memory import MemoryMail, MemoryRemarks
from storage.reviews import MemoryReviews

WORDS = Catalogue.load()
CHAT, OTHER = -5, -6
HOUR = 500_000


def said(key: str, **facts: object) -> str:
    return WORDS.text(f"staff.review.{key}", "nl", **facts)


class Eraser:
    """Takes one name out, and gives nothing of a few words."""

    def __init__(self) -> None:
        self.languages: set[str | None] = set()

    async def scrub(self, text: str, language: str | None) -> Scrubbed | Withheld:
        self.languages.add(language)
        if len(text.split()) < 3:
            return Withheld.TOO_LITTLE
        return Scrubbed(text.replace("Jansen", "[NAAM]"))


class Room:
    """A desk and what stands behind it."""

    def __init__(self, *texts: str) -> None:
        remarks = {
            bytes([n]): KeptRemark(bytes([n]), "sozawe", "2026-W30", text)
            for n, text in enumerate(texts)
        }
        self.remarks = MemoryRemarks(remarks)
        self.store = MemoryReviews(self.remarks, MemoryMail())
        self.hour = HOUR
        self.eraser = Eraser()
        self.desk = self.open()

    def open(self) -> ReviewDesk:
        """Start the desk anew, as after a restart."""
        return ReviewDesk(
            [CHAT, OTHER],
            self.store,
            self.eraser,
            say=said,
            hour=lambda: self.hour,
            pick=lambda _: 0,
        )

    @property
    def texts(self) -> list[tuple[str, bool]]:
        return [(r.text, r.is_approved) for r in self.remarks.waiting.values()]

    async def shows(self, message: int = 11, chat: int = CHAT) -> View | None:
        return await self.desk.place(chat, message)

    async def taps(self, verb: str, message: int = 11, chat: int = CHAT) -> Turn:
        tapped = TappedReview(chat, f"{REVIEWING}{verb}", message)
        return await self.desk.answer(tapped)

    async def types(
        self, text: str, answers: int | None = 11, message: int = 12
    ) -> Turn:
        return await self.desk.answer(TypedReview(CHAT, text, message, answers))


@pytest.fixture
def room() -> Room:
    return Room("Te lang wachten.", "Bedankt Jansen.")


def labels(view: View | None) -> list[str]:
    assert view is not None
    return [key.label for row in view.rows for key in row]


HERE = Place(CHAT, 11)


def test_only_the_reviewers_chats_are_served(room: Room) -> None:
    assert [room.desk.serves(chat) for chat in (CHAT, OTHER, -1, 5)] == [
        True,
        True,
        False,
        False,
    ]


async def test_a_remark_stands_alone_with_its_four_buttons(room: Room) -> None:
    assert await room.desk.answer(AskedReview(CHAT)) == Turn(is_next=True)

    view = await room.shows()

    assert view is not None
    assert view.text == "Te lang wachten."
    assert labels(view) == ["Tonen", "Weglaten", "Bevat een naam", "Herschrijven"]
    assert all(len(key.action) <= 64 for row in view.rows for key in row)
    assert await room.store.due(HOUR + HOURS - 1) == []
    assert await room.store.due(HOUR + HOURS) == [HERE]


async def test_without_a_remark_that_is_said() -> None:
    room = Room()
    assert await room.desk.answer(AskedReview(CHAT)) == Turn(say=said("none"))
    assert await room.shows() is None
    assert room.desk.none == said("none") == "Er zijn nu geen opmerkingen meer."


async def test_asking_again_takes_the_remark_before_away(room: Room) -> None:
    await room.shows()
    await room.shows(15, OTHER)
    assert await room.desk.answer(AskedReview(CHAT)) == Turn((HERE,), is_next=True)


DECIDED = {
    "show": [("Te lang wachten.", True), ("Bedankt Jansen.", False)],
    "leave_out": [("Bedankt Jansen.", False)],
    "named": [("Bedankt Jansen.", False)],
}


@pytest.mark.parametrize("verb", DECIDED)
async def test_after_a_decision_the_message_goes_and_the_next_comes(
    room: Room, verb: str
) -> None:
    await room.shows()

    assert await room.taps(verb) == Turn((HERE,), is_next=True)

    assert room.texts == DECIDED[verb]
    assert (room.remarks.decided, room.remarks.named) == (1, verb == "named")


async def test_after_the_last_one_that_is_said() -> None:
    room = Room("Te lang wachten.")
    await room.shows()
    assert await room.taps("leave_out") == Turn((HERE,), say=said("none"))


async def test_two_taps_decide_once_and_the_second_is_told(room: Room) -> None:
    await room.shows()
    await room.taps("show")

    await room.desk.gone(HERE)
    await room.shows(12)

    for verb in ("show", "named", "rewrite", "as_is"):
        assert await room.taps(verb) == Turn((HERE,), hint=said("late"))

    assert room.texts[0] == ("Te lang wachten.", True)
    assert room.remarks.decided == 1


async def test_of_two_reviewers_the_first_decides() -> None:
    room = Room("Te lang wachten.")
    await room.shows()
    await room.shows(15, OTHER)
    there = Place(OTHER, 15)

    # The message of the other one goes as well.
    assert await room.taps("show", 15, OTHER) == Turn((there, HERE), say=said("none"))
    assert await room.taps("named") == Turn((HERE,), hint=said("late"))
    assert room.texts == [("Te lang wachten.", True)]


async def test_whoever_comes_too_late_is_shown_another_one(room: Room) -> None:
    await room.shows()
    room.remarks.waiting.pop(b"\0")
    room.remarks.forget_shown()
    assert await room.taps("show") == Turn((HERE,), is_next=True, hint=said("late"))
    assert room.texts == [("Bedankt Jansen.", False)]


def test_what_the_chat_says_besides_is_in_the_catalogue(room: Room) -> None:
    desk = room.desk
    assert [desk.soon, desk.none, desk.left] == [
        said("soon"),
        said("none"),
        said("left"),
    ]


async def test_to_give_up_what_was_not_begun_changes_nothing(room: Room) -> None:
    await room.shows()
    back = await room.taps("back")
    assert back.change is not None
    assert back.change[1].text == "Te lang wachten."


async def test_a_decision_that_another_took_in_between_is_told() -> None:
    room = Room("Te lang wachten.")
    await room.shows()
    seen = room.store.shown_at

    async def then_gone(place: Place) -> str | None:
        text = await seen(place)
        room.remarks.waiting.clear()
        room.remarks.forget_shown()
        return text

    room.store.shown_at = then_gone  # type: ignore[method-assign]
    assert await room.taps("show") == Turn((HERE,), hint=said("late"))
    assert room.remarks.decided == 0


async def test_a_forged_button_does_nothing(room: Room) -> None:
    await room.shows()
    assert await room.taps("publish") == Turn()
    assert room.texts[0] == ("Te lang wachten.", False)


async def test_a_rendering_is_scrubbed_shown_back_and_takes_its_place() -> None:
    room = Room("ክፍሊ ሓጋዚ ጽቡቕ ነይሩ")
    await room.shows()

    asks = await room.taps("rewrite")
    assert asks.change is not None
    assert asks.change[1].text == f"ክፍሊ ሓጋዚ ጽቡቕ ነይሩ\n\n{said('how')}"
    assert labels(asks.change[1]) == ["Terug"]

    shown = await room.types("De hulp van Jansen was goed")
    assert shown.remove == (Place(CHAT, 12),)
    assert shown.change is not None
    assert shown.change[0] == HERE
    assert shown.change[1].text == "De hulp van [NAAM] was goed"
    assert labels(shown.change[1]) == ["Zo tonen", "Opnieuw"]
    assert room.texts == [("ክፍሊ ሓጋዚ ጽቡቕ ነይሩ", False)]
    assert room.eraser.languages == {"nl"}

    assert (await room.taps("as_is")).say == said("none")
    assert room.texts == [("De hulp van [NAAM] was goed", True)]
    assert not room.desk.awaits(CHAT, None)


async def test_a_rendering_can_be_typed_anew_or_be_left(room: Room) -> None:
    await room.shows()
    await room.taps("rewrite")
    await room.types("De hulp was goed")

    again = await room.taps("again")
    assert again.change is not None
    assert labels(again.change[1]) == ["Terug"]
    assert (await room.taps("as_is")).hint == said("forgotten")

    back = await room.taps("back")
    assert back.change is not None
    assert back.change[1].text == "Te lang wachten."
    assert not room.desk.awaits(CHAT, None)
    assert room.texts[0] == ("Te lang wachten.", False)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("Jansen hielp", said("withheld.too_little")),
        ("de hulp " * 70, said("long", length=560, most=LONGEST)),
    ],
)
async def test_a_rendering_that_cannot_be_kept_says_why_and_is_asked_again(
    room: Room, typed: str, why: str
) -> None:
    await room.shows()
    await room.taps("rewrite")
    turn = await room.types(typed)
    assert turn.change is not None
    assert turn.change[1].text == f"Te lang wachten.\n\n{why}\n\n{said('how')}"
    assert turn.remove == (Place(CHAT, 12),)


async def test_a_reply_is_a_rendering_without_a_tap_too_as_after_a_restart(
    room: Room,
) -> None:
    await room.shows()
    room.desk = room.open()
    assert room.desk.awaits(CHAT, 11)
    shown = await room.types("De hulp was goed")
    assert shown.change is not None
    assert shown.change[1].text == "De hulp was goed"


async def test_after_a_restart_a_rendering_is_gone_and_that_is_said(room: Room) -> None:
    await room.shows()
    await room.types("De hulp was goed")
    room.desk = room.open()

    turn = await room.taps("as_is")

    assert turn.hint == said("forgotten")
    assert turn.change is not None
    assert room.texts[0] == ("Te lang wachten.", False)
    assert room.desk.awaits(CHAT, None)


async def test_with_its_message_a_rendering_is_forgotten(room: Room) -> None:
    await room.shows()
    await room.types("De hulp was goed")
    await room.desk.gone(HERE)

    await room.shows()
    turn = await room.taps("as_is")

    assert turn.hint == said("forgotten")
    assert [is_approved for _, is_approved in room.texts] == [False, False]


async def test_in_a_private_chat_it_need_not_be_a_reply(room: Room) -> None:
    await room.shows()
    assert not room.desk.awaits(CHAT, None)
    assert await room.types("De hulp was goed", None) == Turn()
    await room.taps("rewrite")
    assert room.desk.awaits(CHAT, None)
    assert (await room.types("De hulp was goed", None)).change is not None


async def test_people_may_reply_to_each_other(room: Room) -> None:
    await room.shows()
    assert await room.types("Wie doet er koffie?", answers=3) == Turn()
    assert await room.store.due(HOUR) == []


async def test_a_rendering_of_a_remark_that_went_meanwhile_goes_as_well() -> None:
    room = Room("Te lang wachten.")
    await room.shows()
    await room.shows(15, OTHER)
    await room.taps("rewrite")
    await room.taps("leave_out", 15, OTHER)

    typed = Place(CHAT, 12)
    assert await room.types("De hulp was goed") == Turn((typed,), say=said("late"))
    assert typed in await room.desk.due()
    await room.desk.gone(typed)
    assert typed not in await room.desk.due()


async def test_without_a_scrubber_nothing_that_is_typed_is_kept() -> None:
    assert await WithholdsAll().scrub("Jansen hielp mij", "nl") is Withheld.IN_DOUBT


async def test_a_redelivered_rendering_is_shown_once_more(room: Room) -> None:
    await room.shows()
    first = await room.types("De hulp was goed")
    assert await room.types("De hulp was goed") == first
    assert room.texts[0] == ("Te lang wachten.", False)
