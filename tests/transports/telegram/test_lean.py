"""Of our own messages only their place is decoded; all else passes as it came."""

from typing import Any

import pytest

from bot.transports.telegram.lean import of_answer, of_update
from bot.transports.telegram.request import QuietRequest

CHAT = {"id": 5, "type": "private"}
MESSAGE = {
    "message_id": 7,
    "date": 1,
    "chat": CHAT,
    "text": "Welk cijfer?",
    "reply_markup": {"inline_keyboard": [[{"text": "1", "callback_data": "n:1"}]]},
}
QUERY = {"id": "1", "from": {"id": 5}, "data": "n:1"}


def test_of_a_message_that_was_sent_its_place_is_kept() -> None:
    assert of_answer(MESSAGE) == {"message_id": 7, "date": 1, "chat": CHAT}


def test_of_a_message_that_was_changed_only_that_it_was() -> None:
    assert of_answer({**MESSAGE, "edit_date": 2}) is True


@pytest.mark.parametrize(
    "result", [True, None, "text", [MESSAGE], {"id": 5, "is_bot": True}]
)
def test_an_answer_without_a_message_stays_as_it_is(result: Any) -> None:
    assert of_answer(result) == result


def test_a_tap_keeps_everything_but_what_its_message_says() -> None:
    update: dict[str, Any] = {
        "update_id": 3,
        "callback_query": {**QUERY, "message": MESSAGE},
    }
    assert of_update(update) == {
        "update_id": 3,
        "callback_query": {
            **QUERY,
            "message": {"message_id": 7, "date": 0, "chat": CHAT},
        },
    }
    assert update["callback_query"] == {**QUERY, "message": MESSAGE}


@pytest.mark.parametrize(
    "update",
    [
        {"update_id": 3, "message": MESSAGE},
        {"update_id": 3, "callback_query": "nonsense"},
        {"update_id": 3, "callback_query": QUERY},
        {"update_id": 3, "callback_query": {**QUERY, "message": "nonsense"}},
    ],
)
def test_any_other_update_stays_as_it_is(update: dict[str, Any]) -> None:
    assert of_update(update) == update


def test_the_http_client_leaves_out_what_is_known() -> None:
    sent = b'{"ok": true, "result": {"message_id": 7, "date": 1, "chat": {}, "x": 1}}'
    assert QuietRequest.parse_json_payload(sent) == {
        "ok": True,
        "result": {"message_id": 7, "date": 1, "chat": {}},
    }
