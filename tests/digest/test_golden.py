"""What the digest says, word for word. `--update-golden` writes the files anew."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.ballots import Batch, Outcome
from bot.core.flow import FlowDefinition, Origin, Phase
from bot.decisions import Deed, NewBaseline
from bot.digest.model import Standing
from bot.outbox import HEADCOUNT, MONTHLY, PHASES, WEEKLY
from tests.digest.examples import (
    CALLED,
    COUNTER,
    FIVE,
    KIND,
    MANAGER,
    NEXT,
    PHONE,
    SOZAWE,
    archive,
    at,
    batch,
    choice,
    digests_of,
    flow,
    grade,
    live,
    made_up,
    speaks,
    weekly,
)
from tests.digest.stories import FELL, QUIET, RARE, ROSE, phase_totals, week_of

FOLDER = Path(__file__).parent / "golden"

REWORDED = flow(
    grade("counter", "Balie", "Counter", asks="Hoe vond u de balie?"),
    MANAGER,
    KIND,
    NEXT,
)
STEP = choice("step", "Deze stap", "This step", "journey_5", FIVE)

WALKED = Origin.WALK_IN

# 104 people, as in the example of the manual: 83 of them agree.
QUARTER = (
    # So long ago that the response can be said, and outside every window.
    made_up(20, at(-4), SOZAWE, 12),
    batch(
        at(12),
        SOZAWE,
        {
            "counter": {"5": 6, "6": 15, "7": 35, "8": 32, "9": 10, "opt_out": 6},
            "case_manager": {"3": 4, "5": 14, "6": 30, "7": 34, "8": 18, "9": 4},
            "kind_and_efficient": {
                "strongly_disagree": 6,
                "disagree": 15,
                "agree": 60,
                "strongly_agree": 23,
            },
            "next_step": {"disagree": 41, "agree": 60, "opt_out": 3},
        },
        {Outcome.NOT_OPENED: 150, Outcome.NO_REPLY: 22, Outcome.REFUSED: 30},
    ),
)


@dataclass(frozen=True)
class Case:
    """The digests of one opening."""

    week: str
    batches: tuple[Batch, ...]
    live: tuple[FlowDefinition, ...] = (SOZAWE,)
    before: tuple[FlowDefinition, ...] = ()
    more: Mapping[str, Any] = field(default_factory=dict)
    kinds: tuple[str, ...] = (WEEKLY,)


ALL_PHASES = SOZAWE.model_copy(
    update={"phases": (Phase.FIRST_CONTACT, Phase.INTAKE, Phase.AFTER_AWARD)}
)
TURN = "2026-W27"
"""The first week of a quarter; it begins in June."""

MOVED = NewBaseline(at(26), "sozawe", "counter", "De balie is verhuisd naar de hal.")


def by_phase(intake: float, since: str = "2026-Q2") -> Case:
    """Give the opening at which a quarter is told by phase."""
    told = phase_totals(ALL_PHASES.content_hash, TURN, intake, since)
    return Case(TURN, (), (ALL_PHASES,), more={"phases": told}, kinds=(PHASES,))


CASES: Mapping[str, Case] = {
    "nothing_yet": Case(at(3), ()),
    "first_release_of_twelve": Case(at(12), (made_up(1, at(12), SOZAWE, 12),)),
    "first_release_of_forty": Case(at(12), (made_up(2, at(12), SOZAWE, 40),)),
    "some_questions_too_few": Case(
        at(12),
        (made_up(3, at(6), SOZAWE, 11, 0.3), made_up(4, at(12), SOZAWE, 14, 0.3)),
    ),
    "a_quarter": Case(at(12), QUARTER),
    "no_new_batch": Case(at(13), QUARTER),
    "after_a_silence": Case(at(30), (*QUARTER, made_up(5, at(30), SOZAWE, 22))),
    "question_changed_no_answers_yet": Case(
        at(13), (*QUARTER, made_up(6, at(13), SOZAWE, 12)), (REWORDED,), (SOZAWE,)
    ),
    "question_changed": Case(
        at(14), (*QUARTER, made_up(7, at(14), REWORDED, 25)), (REWORDED,), (SOZAWE,)
    ),
    "question_changed_a_window_ago": Case(
        at(27),
        (
            *QUARTER,
            made_up(7, at(14), REWORDED, 25),
            made_up(8, at(27), REWORDED, 30),
        ),
        (REWORDED,),
        (SOZAWE,),
    ),
    "walk_in_beside_invited": Case(
        at(12), (*QUARTER, made_up(9, at(10), SOZAWE, 30, origin=WALKED))
    ),
    "walk_in_too_few": Case(
        at(12), (*QUARTER, made_up(10, at(10), SOZAWE, 11, origin=WALKED))
    ),
    "walk_in_alone": Case(at(12), (made_up(11, at(12), SOZAWE, 30, origin=WALKED),)),
    "several_flows": Case(
        at(12), (*QUARTER, made_up(12, at(11), PHONE, 25)), (SOZAWE, PHONE)
    ),
    "choices_that_are_no_statement": Case(
        at(12),
        (
            made_up(13, at(12), flow(STEP, CALLED, COUNTER), 60),
            made_up(14, at(12), flow(STEP, CALLED, COUNTER), 50, origin=WALKED),
        ),
        (flow(STEP, CALLED, COUNTER),),
    ),
    "nobody_is_singled_out": Case(
        at(12),
        tuple(
            batch(
                at(12),
                flow(COUNTER, KIND, NEXT, CALLED),
                {
                    "counter": {"8": 40},
                    "kind_and_efficient": {"agree": 38, "disagree": 2},
                    "next_step": {"agree": 1, "disagree": 39},
                    "called_back": {"yes": 20, "opt_out": 20}
                    if origin is WALKED
                    else {"no": 22, "opt_out": 18},
                },
                origin=origin,
            )
            for origin in Origin
        ),
        (flow(COUNTER, KIND, NEXT, CALLED),),
    ),
    "too_long_in_full": Case(
        at(12),
        (made_up(15, at(12), SOZAWE, 40), made_up(16, at(12), SOZAWE, 30, 0, WALKED)),
        (
            flow(
                COUNTER.model_copy(
                    update={"short": {"nl": "De mensen van de balie" * 4}}
                ),
                MANAGER.model_copy(
                    update={"short": {"nl": "Uw eigen klantmanager" * 4}}
                ),
                KIND.model_copy(update={"short": {"nl": "Vriendelijk geholpen" * 4}}),
                NEXT.model_copy(
                    update={"short": {"nl": "Weet hoe het verder gaat" * 4}}
                ),
            ),
        ),
        (SOZAWE,),
    ),
}

CASES = {
    **CASES,
    "nulmeting_running": Case(at(5), FELL[:6]),
    "no_nulmeting": Case(at(31), RARE),
    "nothing_differs": Case(at(30), QUIET),
    "worse_starts": Case(week_of(Standing.STARTED, FELL), FELL),
    "worse_is_held": Case(week_of(Standing.HELD, FELL), FELL),
    "worse_has_ended": Case(week_of(Standing.ENDED, FELL), FELL),
    "better_starts": Case(week_of(Standing.STARTED, ROSE), ROSE),
    "worse_and_walk_ins": Case(
        week_of(Standing.STARTED, FELL),
        (*FELL, *weekly(SOZAWE, 0, [7.3] * 30, seed=9, people=11, origin=WALKED)),
    ),
    "statements_get_worse": Case(
        at(24),
        (
            *weekly(SOZAWE, 0, [7.3] * 14, seed=4, agree=0.85),
            *weekly(SOZAWE, 14, [7.3] * 11, seed=5, agree=0.5),
        ),
    ),
    "nulmeting_set_anew": Case(at(30), QUIET, more={"baselines": [MOVED]}),
    "a_quarter_by_phase": by_phase(7.2),
    "phases_that_differ": by_phase(5.9),
    "two_quarters_by_phase": by_phase(7.0, "2026-Q1"),
    "a_month": Case(
        at(23),
        QUIET,
        more={
            "last": at(22),
            "deeds": [
                Deed(at(18), "Dit was een maand eerder."),
                Deed(at(19), "Wij bellen nu dezelfde dag terug."),
                Deed(at(22), "De balie is op woensdag langer open."),
                Deed(at(23), "Dit is voor de volgende maand."),
            ],
        },
        kinds=(MONTHLY,),
    ),
    "a_month_without_deeds": Case(
        at(23), QUIET, more={"last": at(22)}, kinds=(MONTHLY,)
    ),
    "who_reads_along": Case(TURN, (), more={"last": "2026-W26"}, kinds=(HEADCOUNT,)),
}

Compare = Callable[[str, str], None]


@pytest.fixture
def compare(request: pytest.FixtureRequest) -> Compare:
    """Compare with a golden file, or write it."""

    def golden(name: str, text: str) -> None:
        file = FOLDER / f"{name}.txt"
        if request.config.getoption("--update-golden"):
            file.write_text(text, encoding="utf-8")
        assert text == file.read_text(encoding="utf-8")

    return golden


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", CASES)
def test_the_digest_says_what_the_golden_file_says(
    name: str, language: str, compare: Compare
) -> None:
    case = CASES[name]
    flows = archive(*case.live, *case.before)
    now, words = live(*case.live), speaks(language)
    written = [
        one
        for one in digests_of(case.batches, flows, now, case.week, words, **case.more)
        if one.kind in case.kinds
    ]
    shown = "".join(
        f"{one.flow} {one.week} {one.kind}, {'news' if one.has_news else 'no news'}\n"
        f"{'-' * 40}\n{one.text}\n\n"
        for one in written
    )
    compare(f"{name}.{language}", shown)


def test_every_golden_file_belongs_to_a_case() -> None:
    found = {file.name for file in FOLDER.iterdir()}
    assert found == {f"{name}.{code}.txt" for name in CASES for code in ("nl", "en")}
