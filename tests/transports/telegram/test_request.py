"""The HTTP client keeps to itself."""

import importlib.util
import logging

import pytest
from telegram.error import TelegramError

from bot.transports.telegram.request import QuietRequest, hush, open_request


@pytest.mark.parametrize(
    ("base_url", "is_trusting"),
    [
        ("http://127.0.0.1:8081/bot", False),
        ("http://[::1]:8081/bot", False),
        ("http://localhost:8081/bot", False),
        ("https://bots.example/bot", True),
        ("https://api.telegram.org/bot", True),
    ],
)
def test_the_proxies_of_the_environment_are_not_for_this_machine(
    base_url: str, is_trusting: bool
) -> None:
    assert open_request(base_url, 4)._client.trust_env is is_trusting


@pytest.mark.parametrize("payload", [b"<html>of a person</html>", b"[]", b"\xff"])
def test_an_answer_that_cannot_be_read_is_not_logged(
    payload: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(TelegramError, match="Invalid server response") as caught:
        QuietRequest.parse_json_payload(payload)
    assert caught.value.__cause__ is None
    assert caplog.records == []


def test_what_would_log_addresses_is_pinned() -> None:
    for name in ("httpx", "httpcore", "telegram"):
        logging.getLogger(name).setLevel(logging.DEBUG)
    hush()
    for name in ("httpx", "httpcore.http11", "telegram.Bot"):
        assert logging.getLogger(name).getEffectiveLevel() == logging.WARNING


def test_a_library_that_is_not_there_is_not_looked_for_again() -> None:
    open_request("https://bots.example/bot", 4)
    assert importlib.util.find_spec("sniffio") is None
