"""Of our own messages only their place is decoded; all else passes as it came."""

from typing import Any

import pytest

from bot.transports.telegram.lean import lean, place_of
from bot.transports.telegram.request import QuietRequest

MESSAGE = {
    "message_id": 7,
    "date": 1,
    "chat": {"id": 5, "type": "private"},
    "text": "Welk cijfer?",
    "reply_markup": {"inline_keyboard": [[{"text": "1", "callback_data": "n:1"}]]},
}
PLACE = {"message_id": 7, "date": 1, "chat": {"id": 5, "type": "private"}}
OLD = {"message_id": 7, "date": 0, "chat": {"id": 5, "type": "private"}}


def test_of_a_message_its_number_its_date_and_its_chat_are_kept() -> None:
    assert place_of(MESSAGE) == PLACE
    assert place_of(OLD) == OLD


@pytest.mark.parametrize(
    "value", [True, None, "text", [MESSAGE], {"id": 5, "is_bot": True}]
)
def test_what_is_no_message_stays_as_it_is(value: Any) -> None:
    assert place_of(value) == value


def test_a_tap_keeps_everything_but_what_its_message_says() -> None:
    query = {"id": "1", "from": {"id": 5}, "data": "n:1"}
    update = {"update_id": 3, "callback_query": {**query, "message": MESSAGE}}
    assert lean(update) == {
        "update_id": 3,
        "callback_query": {**query, "message": PLACE},
    }
    assert update["callback_query"] == {**query, "message": MESSAGE}


@pytest.mark.parametrize(
    "update",
    [
        {"update_id": 3, "message": MESSAGE},
        {"update_id": 3, "callback_query": "nonsense"},
        {"update_id": 3, "callback_query": {"id": "1", "data": "n:1"}},
        {"update_id": 3, "callback_query": {"id": "1", "message": "nonsense"}},
    ],
)
def test_any_other_update_stays_as_it_is(update: dict[str, Any]) -> None:
    assert lean(update) == update


def test_an_answer_gives_the_place_of_the_message_that_was_sent() -> None:
    payload = (
        b'{"ok": true, "result": {"message_id": 7, "date": 1, "chat": {}, "text": "x"}}'
    )
    assert QuietRequest.parse_json_payload(payload) == {
        "ok": True,
        "result": {"message_id": 7, "date": 1, "chat": {}},
    }
