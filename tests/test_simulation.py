"""The digest is right as often as it promises: few made-up years, and wide bounds.

`make bench` simulates the hundreds of years that the bar is stated for. These are few,
and the same every time. What they must catch is a rule that was broken by mistake, and
that they do is tested as well.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from math import inf
from pathlib import Path

import pytest

from bench import bars
from bench.__main__ import main
from bench.bars import Bar, Effort, Row
from bench.department import GRADES, RESTLESS, STATEMENTS
from bench.signals import (
    ChangedYear,
    changed_years,
    coverage,
    quiet_years,
)
from bot.digest import figures, signals
from bot.digest.simulation.chance import Rate, rate
from bot.digest.simulation.clients import MEAN, SPREAD, Clients, grades_of, latent

MANUAL = (Path(__file__).parents[1] / "docs" / "digest.md").read_text("utf-8")

YEARS = 24
CHANGES = 10

STORMY = replace(RESTLESS, name="stormy", unrest=0.8)
"""Weeks that differ so much that nothing but the Laney factor keeps it silent."""


def false(
    clients: Clients = GRADES, per_week: int = 10, is_released: bool = False
) -> Rate:
    years = quiet_years(clients, per_week, YEARS, is_released=is_released)
    return rate(year.is_false for year in years)


def dropped(
    clients: Clients = GRADES, change: float = -1.0, is_released: bool = False
) -> list[ChangedYear]:
    return changed_years(clients, 10, change, CHANGES, is_released=is_released)


def found(
    clients: Clients = GRADES, change: float = -1.0, is_released: bool = False
) -> Rate:
    years = dropped(clients, change, is_released)
    return rate(year.found <= 13 for year in years)


def contradicted() -> Rate:
    return rate(year.is_wrong for year in dropped())


def standing() -> Rate:
    return rate(stands for year in dropped() for stands in year.stood)


def ended() -> Rate:
    return rate(year.ended is not None and year.ended <= 26 for year in dropped())


@dataclass(frozen=True)
class Claim:
    """What the digest promises, in per cents that only a broken rule leaves."""

    counted: Callable[[], Rate]
    least: float = 0.0
    most: float = 100.0

    def holds(self) -> bool:
        return self.least <= self.counted().percent <= self.most


CLAIMS = {
    "5 answers a week: a quiet year is quiet": Claim(
        partial(false, per_week=5), most=15
    ),
    "a quiet year is quiet": Claim(false, most=15),
    "15 answers a week: a quiet year is quiet": Claim(
        partial(false, per_week=15), most=15
    ),
    "as released, a quiet year is quiet": Claim(
        partial(false, is_released=True), most=15
    ),
    "a statement is quiet": Claim(partial(false, STATEMENTS), most=15),
    "stormy weeks are expected to be so": Claim(
        partial(false, STORMY, per_week=15), most=55
    ),
    "a drop is found": Claim(found, least=75),
    "as released, a drop is found": Claim(partial(found, is_released=True), least=60),
    "20 points are found": Claim(partial(found, STATEMENTS, -0.2), least=45),
    "the opposite is never said": Claim(contradicted, most=0),
    "a verdict stands while its cause does": Claim(standing, least=75),
    "a verdict ends when its cause is gone": Claim(ended, least=75),
}


@pytest.mark.parametrize("claim", CLAIMS)
def test_the_digest_keeps_its_promises(claim: str) -> None:
    assert CLAIMS[claim].holds()


@pytest.mark.parametrize(
    ("broken", "module", "name", "value"),
    [
        ("a quiet year is quiet", signals, "_LIMIT", 4.0),
        ("a quiet year is quiet", signals, "_SLACK", 0.1),
        ("a statement is quiet", signals, "_LIMIT", 4.0),
        ("stormy weeks are expected to be so", signals, "_laney", lambda *_: 1.0),
        ("a drop is found", signals, "_SLACK", 0.6),
        ("a drop is found", signals, "_LIMIT", 60.0),
        ("20 points are found", figures, "SHARES", signals.GRADES),
        ("a verdict stands while its cause does", signals, "_HELD", inf),
        ("a verdict ends when its cause is gone", signals, "_HELD", -inf),
    ],
)
def test_a_rule_that_is_broken_breaks_a_promise(
    monkeypatch: pytest.MonkeyPatch,
    broken: str,
    module: object,
    name: str,
    value: object,
) -> None:
    monkeypatch.setattr(module, name, value)
    assert not CLAIMS[broken].holds()


def test_the_made_up_grades_are_spread_as_they_should_be() -> None:
    assert grades_of(*latent(MEAN)) == pytest.approx((MEAN, SPREAD))
    assert grades_of(*latent(MEAN - 1))[0] == pytest.approx(MEAN - 1)


@pytest.mark.parametrize("n", [20, 130])
def test_the_range_of_a_grade_holds_the_true_mean(n: int) -> None:
    assert coverage(n, 500).percent >= 91


def test_the_same_years_come_every_time() -> None:
    assert dropped()[:3] == changed_years(GRADES, 10, -1.0, 3, is_released=False)


def test_a_rate_of_nothing_still_has_an_error() -> None:
    assert Rate(0, 400).percent == 0
    assert Rate(0, 400).error == pytest.approx(0.35, abs=0.01)
    assert Rate(200, 400).error == pytest.approx(2.5, abs=0.02)


def test_a_row_says_that_it_missed_its_bar() -> None:
    rates = [Rate(1, 100), Rate(4, 100), Rate(5, 100)]
    assert Row("false", rates, Bar((4, 4, 5), is_most=True)).is_within
    missed = Row("false", rates, Bar((4,) * 3, is_most=True))
    assert missed.cells == (
        "false",
        "1.0 ± 1.6",
        "4.0 ± 2.3",
        "5.0 ± 2.5",
        "<= 4 MISSED",
    )
    assert not Row("found", rates, Bar((1, 4, 6), is_most=False)).is_within
    assert Row("never so", [Rate(0, 0)] * 3).cells == ("never so", "-", "-", "-", "")
    assert Row("weeks", [3, 7.5, inf]).cells == ("weeks", "3", "7.5", "> 26", "")


def test_the_whole_table_is_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bars, "QUICK", Effort(digests=1, changes=1, samples=20))
    # It is printed alike of short years.
    monkeypatch.setattr("bench.signals.YEAR", 4)
    monkeypatch.setattr("bench.bars.YEAR", 4)
    main(["signals", "--quick"])
    years, ranges = capsys.readouterr().out.strip().split("\n\n")
    lines = years.splitlines()
    assert len({len(line) for line in lines}) == 1
    assert sum(line.startswith("  every week by itself ") for line in lines) == 21
    assert sum(line.startswith("  as released, in tens ") for line in lines) == 21
    assert sum(line.startswith("  week against week ") for line in lines) == 11
    assert ">= 58 / 84 / 93" in years
    assert "n = 130" in ranges
    # The manual shows the same lines, of many more years.
    for line in (*lines, *ranges.splitlines()):
        assert re.split(" {2,}", line.strip())[0] in MANUAL
