"""Placeholders stand in the place of what was taken."""

from bot.remarks import Scrubbed, Withheld
from bot.scrub.pieces import COVER, Kind, Piece, Taken
from bot.scrub.placeholders import covered, kept, replaced


def test_names_that_touch_become_one_and_other_pieces_do_not() -> None:
    text = "Jan Smit 0612 Piet, Kees"
    pieces = [
        Taken(Piece(start, end, kind), "x")
        for start, end, kind in (
            (0, 3, Kind.NAME),
            (4, 8, Kind.NAME),
            (9, 13, Kind.PHONE),
            (14, 18, Kind.NAME),
            (20, 24, Kind.NAME),
        )
    ]
    assert replaced(text, pieces) == ("[NAAM] [TELEFOON] [NAAM], [NAAM]", 4)


def test_a_placeholder_is_covered_letter_by_letter() -> None:
    assert covered("a [BSN] b") == f"a {COVER * 5} b"


def test_three_words_must_be_left() -> None:
    def word(_: str) -> bool:
        return True

    assert kept("[NAAM] is heel goed", 1, word) == Scrubbed("[NAAM] is heel goed", 1)
    assert kept("[NAAM] is goed", 1, word) is Withheld.TOO_LITTLE
    assert kept("is goed", 0, word) == Scrubbed("is goed")
    assert kept("is goed", 0, lambda _: False) is Withheld.TOO_LITTLE
    assert kept("", 0, word) is Withheld.TOO_LITTLE
