"""Updates as Telegram sends them become what a person did, or nothing."""

from typing import Any

import pytest

from bot.dialogue import (
    Commanded,
    Input,
    Left,
    Opened,
    SentOther,
    Tapped,
    Word,
    Wrote,
)
from bot.transports.telegram.translate import Arrival, chat_of, parse, translate

PERSON = {"id": 7, "is_bot": False, "first_name": "A", "language_code": "nl"}
ROBOT = {"id": 123456, "is_bot": True, "first_name": "P", "username": "polsslag_bot"}
PRIVATE = {"id": 7, "type": "private", "first_name": "A"}
GROUP = {"id": -5, "type": "supergroup", "title": "G"}
FILE = {"file_id": "f", "file_unique_id": "u"}


def translated(kind: str, body: dict[str, Any]) -> Arrival | None:
    return translate(parse({"update_id": 1, kind: body}), "Polsslag_bot")


def message(**more: Any) -> dict[str, Any]:
    return {"message_id": 3, "date": 0, "chat": PRIVATE, "from": PERSON, **more}


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("7", Wrote("7", "nl", 3)),
        ("de wachttijd\nwas lang", Wrote("de wachttijd\nwas lang", "nl", 3)),
        ("/start", Opened("", "nl", 3)),
        ("/start e_balie", Opened("e_balie", "nl", 3)),
        ("/START  e_balie ", Opened("e_balie ", "nl", 3)),
        ("/start@polsslag_bot i_ABCD", Opened("i_ABCD", "nl", 3)),
        ("/start a b\nc", Opened("a b\nc", "nl", 3)),
        ("/start@other_bot i_ABCD", Wrote("/start@other_bot i_ABCD", "nl", 3)),
        ("/started", Wrote("/started", "nl", 3)),
        ("/help", Commanded(Word.HELP, "nl", 3)),
        ("/help me", Commanded(Word.HELP, "nl", 3)),
        ("/privacy@POLSSLAG_BOT", Commanded(Word.PRIVACY, "nl", 3)),
        ("/Stop", Commanded(Word.STOP, "nl", 3)),
        ("/taal", Commanded(Word.LANGUAGE, "nl", 3)),
        ("/language", Commanded(Word.LANGUAGE, "nl", 3)),
        ("/languages", Commanded(Word.LANGUAGE, "nl", 3)),
        ("/unknown", Wrote("/unknown", "nl", 3)),
        ("/", Wrote("/", "nl", 3)),
        (" /help", Wrote(" /help", "nl", 3)),
    ],
)
def test_a_text_is_a_command_or_what_was_typed(text: str, event: Input) -> None:
    assert translated("message", message(text=text)) == Arrival(7, event)


@pytest.mark.parametrize(
    "content",
    [
        {
            "sticker": {**FILE, "width": 1, "height": 1, "type": "regular"}
            | {"is_animated": False, "is_video": False}
        },
        {"photo": [{**FILE, "width": 1, "height": 1}], "caption": "7"},
        {"voice": {**FILE, "duration": 1}},
        {"contact": {"phone_number": "1", "first_name": "A"}},
        {"location": {"longitude": 1.0, "latitude": 1.0}},
        {"dice": {"emoji": "x", "value": 1}},
        {
            "text": "7",
            "forward_origin": {
                "type": "hidden_user",
                "date": 0,
                "sender_user_name": "B",
            },
        },
        {"text": "7", "via_bot": ROBOT},
    ],
    ids=lambda content: ",".join(content),
)
def test_what_is_no_text_of_ones_own_is_something_else(content: dict[str, Any]) -> None:
    arrival = translated("message", message(**content))
    assert arrival == Arrival(7, SentOther("nl", 3))


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("message", message(text="7", chat=GROUP)),
        ("message", message(text="7", **{"from": ROBOT})),
        ("message", {"message_id": 3, "date": 0, "chat": PRIVATE, "text": "7"}),
        ("message", message(group_chat_created=True)),
        ("message", message(message_auto_delete_timer_changed=
                            {"message_auto_delete_time": 60})),
        ("edited_message", message(text="7", edit_date=1)),
        ("channel_post", message(text="7")),
        ("message_reaction", {"chat": PRIVATE, "message_id": 3, "date": 0}
         | {"old_reaction": [], "new_reaction": []}),
        ("unheard_of", {}),
    ],
    ids=str,
)  # fmt: skip
def test_what_is_not_for_us_is_nothing(kind: str, body: dict[str, Any]) -> None:
    assert translated(kind, body) is None


def tap(**more: Any) -> dict[str, Any]:
    return {"id": "q", "from": PERSON, "chat_instance": "1", **more}


@pytest.mark.parametrize(
    ("body", "arrival"),
    [
        (tap(data="n:7", message=message(text="?")), Arrival(7, Tapped("n:7", 3), "q")),
        (tap(message=message(text="?")), Arrival(7, Tapped("", 3), "q")),
        (
            tap(data="n:7", message={"message_id": 3, "date": 0, "chat": PRIVATE}),
            Arrival(7, Tapped("n:7", 3), "q"),
        ),
        (tap(data="n:7", message=message(text="?", chat=GROUP)), Arrival(7, None, "q")),
        (tap(data="n:7", inline_message_id="i"), Arrival(7, None, "q")),
    ],
)
def test_every_tap_is_to_be_answered_and_those_in_a_private_chat_are_handled(
    body: dict[str, Any], arrival: Arrival
) -> None:
    assert translated("callback_query", body) == arrival


def membership(status: str, chat: dict[str, Any] = PRIVATE) -> dict[str, Any]:
    until = {"until_date": 0} if status == "kicked" else {}
    return {
        "chat": chat,
        "from": PERSON,
        "date": 0,
        "old_chat_member": {"user": ROBOT, "status": "left"},
        "new_chat_member": {"user": ROBOT, "status": status, **until},
    }


def test_who_blocks_the_bot_has_left() -> None:
    assert translated("my_chat_member", membership("kicked")) == Arrival(7, Left())


@pytest.mark.parametrize(
    "body", [membership("member"), membership("left"), membership("kicked", GROUP)]
)
def test_other_changes_of_membership_are_nothing(body: dict[str, Any]) -> None:
    assert translated("my_chat_member", body) is None


@pytest.mark.parametrize(
    "raw", [None, [], "text", {"update_id": 1, "message": {}}, {"message": message()}]
)
def test_what_is_no_update_is_refused(raw: Any) -> None:
    with pytest.raises((TypeError, KeyError)):
        parse(raw)


def test_a_person_is_named_by_the_chat_and_back() -> None:
    assert Arrival(7).subject == "telegram:7"
    assert chat_of("telegram:7") == 7
