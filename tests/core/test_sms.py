"""A text message is counted as the networks bill it."""

import pytest

from bot.core.sms import parts


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("é" * 160, 1),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("ş" * 70, 1),
        ("ş" * 71, 2),
        ("a" * 134 + "ş", 3),
        ("\N{GRINNING FACE}" * 35, 1),
        ("\N{GRINNING FACE}" * 36, 2),
        ("\ud800", 1),
    ],
)
def test_a_long_text_or_a_strange_letter_makes_it_several_messages(
    text: str, count: int
) -> None:
    assert parts(text) == count
