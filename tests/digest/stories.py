"""A year of a department, and the week in which something is said at first."""

from collections.abc import Sequence

from bot.ballots import Batch, PhaseTotal
from bot.core.flow import Origin, Phase
from bot.digest.build import assemble
from bot.digest.model import Report, Standing
from bot.grouping import wordings
from tests.digest.examples import SOZAWE, archive, at, weekly

USUAL, LOW, HIGH = 7.3, 5.8, 8.6

FELL = tuple(weekly(SOZAWE, 0, [USUAL] * 14 + [LOW] * 12 + [USUAL] * 30))
"""A quarter as usual, then a quarter in which the counter is graded 1.5 lower."""

ROSE = tuple(weekly(SOZAWE, 0, [USUAL] * 14 + [HIGH] * 12, seed=2))

QUIET = tuple(weekly(SOZAWE, 0, [USUAL] * 40, seed=3))

RARE = tuple(
    one for week in (0, 12, 25, 31) for one in weekly(SOZAWE, week, [USUAL], people=12)
)
"""So few that after half a year there is no nulmeting."""


def week_of(standing: Standing, batches: Sequence[Batch]) -> str:
    """Give the first week in which the counter stands so."""
    known = wordings(archive(SOZAWE))
    for number in range(60):
        so_far = [batch for batch in batches if batch.week <= at(number)]
        digest = assemble(SOZAWE, so_far, known, at(number), False)
        for part in digest.parts if isinstance(digest, Report) else ():
            for figure in part.judged:
                is_counter = figure.question.name == "counter"
                if is_counter and figure.verdict.standing is standing:
                    return at(number)
    raise AssertionError(f"never {standing}")


def phase_totals(
    flow: str, week: str, intake: float, since: str = "2026-Q2"
) -> list[PhaseTotal]:
    """Make the figures of a quarter; `intake` is what the counter is graded there."""
    totals = []
    for phase, n, mean in (
        (Phase.FIRST_CONTACT, 34, 7.3),
        (Phase.INTAKE, 41, intake),
        (Phase.AFTER_AWARD, 58, 7.4),
    ):
        total = round(n * mean)
        squares = round(total * total / n + (n - 1) * 1.67**2)
        for question in ("counter", "case_manager"):
            grade = (total, squares) if question == "counter" else (7 * n, 52 * n)
            totals.append((question, phase, n, *grade))
        totals.append(("kind_and_efficient", phase, n, n - 7, n - 7))
        totals.append(("next_step", phase, n, n - 1, n - 1))
    return [
        PhaseTotal(
            week, flow, name, Origin.INVITED, phase, since, "2026-Q2", n, total, squares
        )
        for name, phase, n, total, squares in totals
    ]
