"""Reports of every state that a picture can be in, made by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TypeVar

from bot.core.flow import Origin, Phase
from bot.core.questions import Choice, Grade
from bot.core.weeks import week_after
from bot.digest.model import (
    Baseline,
    ChoiceFigure,
    Direction,
    Figure,
    GradeFigure,
    Part,
    PhaseComparison,
    PhaseFigure,
    PhaseReport,
    Point,
    Report,
    Standing,
    TooFew,
    Verdict,
)
from tests.digest.examples import (
    CALLED,
    COUNTER,
    FIVE,
    KIND,
    MANAGER,
    NEXT,
    choice,
    grade,
)

NOW = "2026-W30"
STEP = choice("step", "Deze stap", "This step", "journey_5", FIVE)

FALLING = (7.3, 7.35, 7.3, 7.25, 7.27, 7.3, 7.3, 7.35, 7.2, 7.1, 7.05, 6.9, 6.8)
EVEN = (6.9, 7.0, 7.1, 7.05, 7.05, 7.2, 7.25, 7.2, 7.15, 7.1, 6.95, 7.0, 7.0, 7.1)


def ago(weeks: int) -> str:
    """Give the week so many before the last."""
    return week_after(NOW, -weeks)


def nulmeting(mean: str, n: int = 130) -> Baseline:
    """Make a nulmeting that is frozen."""
    return Baseline(n, round(Fraction(mean) * n), ago(40), ago(27))


def verdict(
    standing: Standing, mean: str | None = None, side: Direction | None = None
) -> Verdict:
    """Make a verdict, with a nulmeting of this mean."""
    return Verdict(standing, side, None if mean is None else nulmeting(mean), 64)


NONE = verdict(Standing.NO_DIFFERENCE, "6.9")
RUNNING = verdict(Standing.RUNNING)


def graded(
    question: Grade,
    means: Sequence[float],
    says: Verdict,
    half: float = 0.3,
    n: int = 128,
    since: str | None = None,
) -> GradeFigure:
    """Make a figure whose line went through these means, a week after each other."""
    points = [
        Point(
            ago(len(means) - 1 - number),
            Fraction(str(mean)),
            max(question.lowest, mean - half),
            min(question.highest, mean + half),
        )
        for number, mean in enumerate(means)
    ]
    now = points[-1]
    return GradeFigure(
        question, n, now.mean, now.low, now.high, says, tuple(points), since
    )


def chosen(
    question: Choice, counts: Sequence[int], says: Verdict = RUNNING
) -> ChoiceFigure:
    """Make a figure in which so many chose each option, in the scale's order."""
    by_code = dict(zip(question.codes, counts, strict=True))
    positive = sum(by_code[code] for code in question.positive)
    return ChoiceFigure(question, sum(counts), positive, says, by_code)


def report(
    *figures: Figure,
    origin: Origin = Origin.INVITED,
    name: str = "Hoe vinden klanten ons contact?",
) -> Report:
    """Make a report of one part."""
    part = Part(origin, 130, None, figures)
    return Report(NOW, None, (part,), (), {"nl": name})


Q = TypeVar("Q", Grade, Choice, Grade | Choice)


def named(question: Q, name: str) -> Q:
    """Give the question another name."""
    return question.model_copy(update={"short": {"nl": name}})


DOWN = graded(COUNTER, (*FALLING, 6.6), verdict(Standing.HELD, "7.3", Direction.WORSE))
LEVEL = graded(MANAGER, EVEN, NONE, 0.35, 115)
AGREED = chosen(KIND, (6, 15, 60, 40))
LONG = "Hoe vriendelijk, duidelijk en behulpzaam de medewerkers van de balie u hielpen"
LONGER = (
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
)

REPORTS: Mapping[str, Report] = {
    "as_in_the_reference": report(DOWN, LEVEL, AGREED),
    "better_and_ended": report(
        graded(
            COUNTER,
            [6.4 + 0.04 * week for week in range(26)],
            verdict(Standing.STARTED, "6.5", Direction.BETTER),
        ),
        graded(MANAGER, EVEN, verdict(Standing.ENDED, "7.4")),
    ),
    "nulmeting_runs": report(
        graded(COUNTER, EVEN[:6], RUNNING), chosen(NEXT, (0, 41, 60, 0))
    ),
    "first_figures": report(graded(COUNTER, (7.4,), RUNNING, 0.8, 22), TooFew(MANAGER)),
    "no_nulmeting": report(graded(COUNTER, EVEN, verdict(Standing.NO_BASELINE), 0.6)),
    "too_few": report(TooFew(COUNTER), TooFew(MANAGER), TooFew(KIND), TooFew(NEXT)),
    "another_wording_before": report(
        graded(COUNTER, EVEN[:5], RUNNING, 0.6, 40, since=ago(8)),
        graded(
            MANAGER,
            EVEN,
            verdict(Standing.NO_DIFFERENCE, "7.2"),
            since=ago(17),
        ),
    ),
    "another_wording_this_week": report(
        graded(COUNTER, (7.4,), RUNNING, 0.7, 25, since=NOW),
        TooFew(MANAGER, since=NOW),
    ),
    "four_grades": report(
        DOWN,
        LEVEL,
        graded(grade("third", "Wachttijd", "Waiting"), EVEN, RUNNING),
        graded(
            grade("fourth", "Terugbellen", "Calling back"),
            FALLING,
            verdict(Standing.HELD, "7.9", Direction.WORSE),
        ),
    ),
    "four_measures": report(DOWN, LEVEL, AGREED, chosen(NEXT, (3, 41, 57, 3))),
    "walk_ins": replace(
        report(DOWN, origin=Origin.WALK_IN),
        parts=(Part(Origin.WALK_IN, 130, None, (DOWN, AGREED)),),
    ),
    "low_grades_have_a_longer_axis": report(
        graded(
            COUNTER,
            (5.4, 5.2, 5.0, 4.9, 4.8),
            verdict(Standing.HELD, "6.1", Direction.WORSE),
            0.5,
        ),
        graded(MANAGER, (9.0, 9.2, 9.5), RUNNING, 0.4),
    ),
    "any_grade_at_all": report(
        graded(
            COUNTER,
            (1.4, 3.0, 5.0, 8.0, 9.6),
            verdict(Standing.NO_DIFFERENCE, "5.0"),
            1.5,
        )
    ),
    "nobody_is_singled_out": report(
        chosen(KIND, (0, 2, 20, 18)),
        chosen(NEXT, (20, 18, 2, 0)),
        chosen(KIND, (1, 12, 25, 2)),
        chosen(KIND, (2, 1, 2, 25)),
    ),
    "choices_that_are_no_statement": report(
        chosen(STEP, (5, 7, 14, 20, 14)),
        chosen(STEP, (1, 1, 14, 20, 1)),
        chosen(CALLED, (15, 39), verdict(Standing.HELD, "0.9", Direction.WORSE)),
        chosen(STEP, (10, 10, 10, 1, 0)),
    ),
    "long_names": report(
        replace(DOWN, question=named(COUNTER, LONG)),
        replace(LEVEL, question=named(MANAGER, LONGER * 2)),
        TooFew(named(MANAGER, LONG + " " + LONG)),
        chosen(named(KIND, LONG), (6, 15, 60, 40)),
        name=LONG + " en hoe het daarna verder ging met uw aanvraag bij de gemeente",
    ),
    "long_options": report(
        chosen(
            STEP.model_copy(
                update={
                    "options": tuple(
                        one.model_copy(
                            update={"label": {"nl": f"{one.label['nl']}, {LONG}"}}
                        )
                        for one in FIVE
                    )
                }
            ),
            (5, 7, 14, 20, 14),
        )
    ),
}


def compared(question: Grade, *means: float, n: int = 45) -> PhaseComparison:
    """Make a comparison of the phases."""
    figures = tuple(
        PhaseFigure(phase, n + 7 * number, Fraction(str(mean)), mean - 0.5, mean + 0.5)
        for number, (phase, mean) in enumerate(zip(Phase, means, strict=False))
    )
    return PhaseComparison(question, Origin.INVITED, figures)


SHARES = PhaseComparison(
    KIND,
    Origin.INVITED,
    (PhaseFigure(Phase.INTAKE, 60, Fraction(3, 4), 0.6, 0.9, 45),),
)
PHASES = PhaseReport(
    NOW,
    None,
    {"nl": "Hoe vinden klanten ons contact?"},
    "2026-Q2",
    "2026-Q2",
    (compared(COUNTER, 7.4, 7.2, 6.6), compared(MANAGER, 7.0, 7.1, 7.3), SHARES),
)
