"""The roll-up of a month: when it is due, what was done, how long it may be."""

from fractions import Fraction

import pytest

from bot.ballots import Ledger
from bot.commands.baselining import LONGEST
from bot.core.flow import Origin
from bot.core.questions import Grade, Question
from bot.core.wording import (
    LONGEST_BUTTON,
    LONGEST_QUESTION,
    LONGEST_SHORT,
    LONGEST_TITLE,
)
from bot.decisions import Deed
from bot.digest.build import records
from bot.digest.model import (
    Baseline,
    ChoiceFigure,
    Direction,
    GradeFigure,
    Part,
    Report,
    Restart,
    Standing,
    Verdict,
)
from bot.digest.monthly import MESSAGE, deeds_of, is_due, monthly_text
from bot.digest.voice import units
from bot.outbox import HEADCOUNT, MONTHLY
from tests.digest.examples import (
    SOZAWE,
    archive,
    at,
    choice,
    digests_of,
    flow,
    grade,
    live,
    option,
    speaks,
    weekly,
)

QUIET = weekly(SOZAWE, 0, [7.3] * 3)


def ledger(week: str, last: str | None, deeds: tuple[Deed, ...] = ()) -> Ledger:
    flows, now = archive(SOZAWE), live(SOZAWE)
    return Ledger(week, QUIET, flows, now, last=last, deeds=deeds)


@pytest.mark.parametrize(
    ("week", "last", "due"),
    [
        ("2026-W06", None, False),
        ("2026-W06", "2026-W05", True),
        ("2026-W07", "2026-W06", False),
        # The week of the 29th of December is one of December.
        ("2027-W01", "2026-W53", True),
        ("2026-W53", "2026-W52", False),
        ("2026-W30", "2026-W12", True),
    ],
)
def test_it_is_due_at_the_first_opening_of_a_month(
    week: str, last: str | None, due: bool
) -> None:
    assert is_due(ledger(week, last)) is due


def test_what_was_done_since_the_last_one_is_told_once() -> None:
    deeds = tuple(Deed(f"2026-W{week:02}", f"week {week}") for week in range(1, 16))
    told: list[str] = []
    for week in range(2, 16):
        now = ledger(f"2026-W{week:02}", f"2026-W{week - 1:02}", deeds)
        if is_due(now):
            told += deeds_of(now)

    assert told == [f"week {number}" for number in range(1, 15)]
    assert deeds_of(ledger("2026-W06", None, deeds)) == tuple(
        f"week {number}" for number in range(1, 6)
    )


def test_after_months_of_silence_all_of_it_is_told() -> None:
    deeds = (Deed("2026-W03", "januari"), Deed("2026-W11", "maart"))

    assert deeds_of(ledger("2026-W20", "2026-W02", deeds)) == ("januari", "maart")


def test_a_flow_without_figures_has_none() -> None:
    written = digests_of(
        (), archive(SOZAWE), live(SOZAWE), at(9), speaks("nl"), last=at(4)
    )

    assert MONTHLY not in {one.kind for one in written}
    assert HEADCOUNT in {one.kind for one in written}


def test_the_oldest_deeds_make_room_for_the_newest() -> None:
    [(_, record)] = records(ledger(at(3), at(2)))
    report = record.newest(at(3))
    assert report is not None
    deeds = [f"{number} " + "gedaan " * 40 for number in range(40)]

    text = monthly_text(SOZAWE, report, deeds, "2026-03", speaks("nl"))

    assert units(text) <= MESSAGE
    assert "- 39 gedaan" in text
    assert "- 0 gedaan" not in text
    assert text.startswith("Maandbericht · maart 2026\n")


LONG_OPTIONS = [
    option(f"code_{number}", side, *["o" * LONGEST_BUTTON] * 2)
    for number, side in enumerate(["negative", *["positive"] * 4])
]


def widest(place: int, *, is_choice: bool) -> Question:
    name = f"question_{place}"
    one: Question = grade(name, "", "")
    if is_choice:
        one = choice(name, "", "", "journey_5", LONG_OPTIONS)
    long = {
        "short": {"nl": "s" * LONGEST_SHORT, "en": "s" * LONGEST_SHORT},
        "label": {"nl": "l" * LONGEST_QUESTION, "en": "l" * LONGEST_QUESTION},
    }
    return one.model_copy(update=long)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("choices", [0, 2, 4])
def test_however_much_there_is_to_say_it_fits_one_message(
    language: str, choices: int
) -> None:
    of = flow(
        *(widest(place, is_choice=place < choices) for place in range(4)),
        title="t" * LONGEST_TITLE,
    )
    baseline = Baseline(9876, 6876, at(0), at(13))
    verdicts = [
        Verdict(Standing.STARTED, Direction.WORSE, baseline, 9876),
        Verdict(Standing.HELD, Direction.BETTER, baseline, 9876),
        Verdict(Standing.ENDED, None, baseline, 9876),
        Verdict(Standing.RUNNING, collected=9876),
    ]
    figures = tuple(
        GradeFigure(question, 9876, Fraction(73, 10), 7.1, 7.5, verdict)
        if isinstance(question, Grade)
        else ChoiceFigure(question, 9876, 6000, verdict, {})
        for question, verdict in zip(of.questions, verdicts, strict=True)
    )
    report = Report(
        at(20),
        of.title,
        tuple(Part(origin, 9876, Fraction(1, 3), figures) for origin in Origin),
        of.questions,
        of.title,
        tuple(Restart(one, at(10), "r" * LONGEST) for one in of.questions),
    )

    text = monthly_text(of, report, ["gedaan"], "2026-09", speaks(language))

    assert units(text) <= MESSAGE
    assert "- gedaan" in text
    assert text.count("l" * LONGEST_QUESTION) == 4
