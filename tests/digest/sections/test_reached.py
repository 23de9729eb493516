"""Who opened and who went on, in tenths, and only where a response is told."""

from fractions import Fraction

import pytest

from bot.ballots import Outcome
from bot.core.flow import Origin
from bot.digest.build import assemble
from bot.digest.model import Part, Report
from bot.digest.rates import RUN_UP
from bot.digest.sections.reached import reached
from bot.digest.voice import Voice
from bot.grouping import wordings
from tests.digest.examples import SOZAWE, archive, at, batch, speaks

TWELVE = {"counter": {"8": 12}}


def said(contact: Fraction | None, cooperation: Fraction | None) -> list[str]:
    part = Part(Origin.INVITED, 40, None, (), contact, cooperation)
    report = Report(at(0), None, (part,), (), SOZAWE.title)
    return list(reached(report, Voice(speaks("nl"))))


@pytest.mark.parametrize(
    ("contact", "cooperation", "lines"),
    [
        (
            Fraction(9, 20),
            Fraction(79, 100),
            [
                "Ongeveer 4 op de 10 mensen openden de uitnodiging.",
                "Van wie de uitnodiging opende, deed ongeveer 8 op de 10 mee.",
            ],
        ),
        (
            Fraction(19, 20),
            Fraction(1, 25),
            [
                "Bijna iedereen opende de uitnodiging.",
                "Van wie de uitnodiging opende, deed bijna niemand mee.",
            ],
        ),
        (Fraction(1, 50), None, ["Bijna niemand opende de uitnodiging."]),
        (None, None, []),
    ],
)
def test_both_are_said_in_tenths(
    contact: Fraction | None, cooperation: Fraction | None, lines: list[str]
) -> None:
    assert said(contact, cooperation) == lines


def test_they_are_known_when_the_response_is_and_never_of_walk_ins() -> None:
    ended = {Outcome.NOT_OPENED: 28, Outcome.REFUSED: 2}
    batches = [batch(at(n), SOZAWE, TWELVE, ended) for n in range(RUN_UP + 1)]
    batches += [
        batch(at(n), SOZAWE, TWELVE, {}, Origin.WALK_IN) for n in range(RUN_UP + 1)
    ]
    known = wordings(archive(SOZAWE))
    told = []
    for week in (RUN_UP - 1, RUN_UP):
        seen = [one for one in batches if one.week <= at(week)]
        report = assemble(SOZAWE, seen, known, at(week), is_titled=False)
        assert isinstance(report, Report)
        told += [(one.origin, one.contact, one.cooperation) for one in report.parts]
    assert told == [
        (Origin.INVITED, None, None),
        (Origin.WALK_IN, None, None),
        (Origin.INVITED, Fraction(1, 3), Fraction(6, 7)),
        (Origin.WALK_IN, None, None),
    ]
