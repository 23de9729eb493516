"""What is typed is read without anybody else having to wait for it."""

import threading

import pytest

from bot.needs import Need
from bot.service import Reading
from tests.doubles.reading import Guessing, Scrubbing


@pytest.fixture
def seen() -> list[threading.Thread]:
    return []


@pytest.fixture
def reading(seen: list[threading.Thread]) -> Reading:
    def needs(text: str) -> Need | None:
        seen.append(threading.current_thread())
        return Need.CRISIS if text.startswith("help") else None

    return Reading(lambda: True, Scrubbing(), needs, Guessing())


@pytest.mark.parametrize("is_long", [False, True])
async def test_a_short_text_is_looked_through_at_once_and_a_long_one_in_a_thread(
    reading: Reading, seen: list[threading.Thread], is_long: bool
) -> None:
    rest = "x" * 497 * is_long
    assert await reading.needed(f"help{rest}") is Need.CRISIS
    assert await reading.needed(f"niet{rest}") is None
    here = threading.current_thread()
    assert [thread is here for thread in seen] == [not is_long] * 2
