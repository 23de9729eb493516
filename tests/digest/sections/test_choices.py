"""Counts of people, and when they are not counted out loud."""

import pytest

from bot.core.flow import Origin
from bot.digest.model import ChoiceFigure, Part, Standing, Verdict
from bot.digest.sections.choices import section
from bot.digest.voice import Voice
from tests.digest.examples import KIND, speaks


@pytest.mark.parametrize(
    ("positive", "said"),
    [
        (0, "niemand of bijna niemand is het hiermee eens."),
        (2, "niemand of bijna niemand is het hiermee eens."),
        (3, "3 van de 20 mensen zijn het hiermee eens."),
        (17, "17 van de 20 mensen zijn het hiermee eens."),
        (18, "iedereen of bijna iedereen is het hiermee eens."),
        (20, "iedereen of bijna iedereen is het hiermee eens."),
    ],
)
def test_fewer_than_three_on_one_side_are_not_counted_out_loud(
    positive: int, said: str
) -> None:
    chosen = {"disagree": 20 - positive, "agree": positive}
    verdict = Verdict(Standing.RUNNING)
    figure = ChoiceFigure(KIND, 20, positive, verdict, chosen)
    part = Part(Origin.INVITED, 20, None, (figure,))
    line = f"Vriendelijk en doelmatig geholpen: {said}"
    assert section(part, Voice(speaks("nl"))) == (line,)
