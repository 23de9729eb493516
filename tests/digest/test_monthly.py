"""The roll-up of a month: when it is due, what was done, how long it may be."""

import pytest

from bot.ballots import Ledger
from bot.decisions import Deed
from bot.digest.build import records
from bot.digest.monthly import MESSAGE, deeds_of, is_due, monthly_text
from bot.digest.voice import units
from bot.outbox import HEADCOUNT, MONTHLY
from tests.digest.examples import (
    SOZAWE,
    archive,
    at,
    digests_of,
    live,
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
