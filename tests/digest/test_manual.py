"""The manual says what the digest does."""

from pathlib import Path

import pytest

from bot.ballots import K
from bot.digest.model import ENOUGH, WINDOW
from bot.digest.rates import DISPOSITIONS, Disposition
from bot.digest.render import CAPTION
from bot.digest.voice import LONGEST_NAMES
from tests.digest.examples import CATALOGUE

MANUAL = (Path(__file__).parents[2] / "docs" / "digest.md").read_text(encoding="utf-8")
EXAMPLE = Path(__file__).parent / "golden" / "a_quarter.nl.txt"


def test_the_example_is_a_real_digest() -> None:
    shown = EXAMPLE.read_text(encoding="utf-8").splitlines()[2:-1]
    assert "```\n" + "\n".join(shown) + "\n```" in MANUAL


@pytest.mark.parametrize("disposition", DISPOSITIONS, ids=lambda d: d.outcome)
def test_every_disposition_is_defined(disposition: Disposition) -> None:
    (row,) = [
        line for line in MANUAL.splitlines() if f"| `{disposition.outcome}`" in line
    ]
    _, _, code, group, when, _ = (cell.strip() for cell in row.split("|"))
    assert code.partition(",")[0] == (disposition.code or "–")
    assert group == (disposition.group or "–")
    assert when


@pytest.mark.parametrize("key", ["no_news", "nothing_yet", "changed", "caveat"])
def test_the_fixed_sentences_are_quoted(key: str) -> None:
    assert f"`{CATALOGUE.text(f'digest.{key}', 'nl', least=K)}`" in MANUAL


def test_the_numbers_are_those_of_the_code() -> None:
    assert f"The window** is {WINDOW} ISO weeks" in MANUAL
    assert f"A figure needs {ENOUGH} answers" in MANUAL
    assert f"until the join holds {K} answers" in MANUAL
    assert f"{CAPTION:,} UTF-16 units" in MANUAL
    cuts = ", ".join(str(cut) for cut in LONGEST_NAMES[1:-1])
    assert f"are cut to {cuts} or {LONGEST_NAMES[-1]} units" in MANUAL
