"""Made-up histories that the tests of the export are about."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.ballots import Batch, Outcome, PhaseTotal
from bot.core.flow import FlowDefinition, Origin, Phase
from bot.core.questions.base import NOT_ASKED, OPT_OUT, Condition
from bot.decisions import Deed, NewBaseline
from bot.digest.export import History, Version
from bot.reviews import PublishedRemark
from tests.digest.examples import (
    COUNTER,
    KIND,
    MANAGER,
    NEXT,
    SOZAWE,
    at,
    batch,
    flow,
    grade,
    made_up,
)

REWORDED = flow(
    grade("counter", "Balie", "Counter", asks="Hoe vond u de balie?"),
    MANAGER,
    KIND,
    NEXT,
)
"""The counter is asked about in other words; the others go on."""

ROUTED = flow(
    COUNTER,
    KIND,
    NEXT.model_copy(
        update={
            "opt_out": None,
            "only_if": Condition(question="counter", at_most=5),
        }
    ),
    name="klantmanager",
    title="Uw klantmanager",
)
"""Only who gave the counter 5 or less is asked the last question."""


def history(
    batches: Sequence[Batch],
    *flows: FlowDefinition,
    week: str | None = None,
    **more: Any,
) -> History:
    """Make a history; the last of the versions of a flow is live."""
    numbers: dict[str, int] = {}
    versions = []
    for one in flows or (SOZAWE, REWORDED):
        numbers[one.flow] = numbers.get(one.flow, 0) + 1
        versions.append(Version(one, numbers[one.flow], at(numbers[one.flow] - 10)))
    live = {one.flow.flow: one.flow.content_hash for one in versions}
    last = max((one.week for one in batches), default=None)
    return History(week or last, batches, versions, live, **more)


def counted(
    counter: Mapping[str, int],
    manager: Mapping[str, int],
    kind: Mapping[str, int],
    following: Mapping[str, int],
) -> dict[str, Mapping[str, int]]:
    """Name what was chosen of each question of `sozawe`."""
    names = ("counter", "case_manager", "kind_and_efficient", "next_step")
    return dict(zip(names, (counter, manager, kind, following), strict=True))


AGREED = {"disagree": 2, "agree": 6, "strongly_agree": 4}
ENDED = {
    Outcome.NOT_OPENED: 9,
    Outcome.NO_REPLY: 3,
    Outcome.REFUSED: 1,
    Outcome.BROKE_OFF: 2,
}

BATCHES = (
    # Twelve people, of whom seven met no case manager: five answers wait.
    batch(
        at(0),
        SOZAWE,
        counted({"7": 5, "8": 6, OPT_OUT: 1}, {"6": 5, OPT_OUT: 7}, AGREED, AGREED),
        {Outcome.NOT_OPENED: 4},
    ),
    # Too few were asked for a rate of their own: it waits for the week after.
    batch(
        at(1),
        SOZAWE,
        counted({"8": 12}, {"7": 4, "9": 4, OPT_OUT: 4}, AGREED, AGREED),
        {Outcome.REFUSED: 5},
    ),
    batch(
        at(5),
        SOZAWE,
        counted({"5": 1, "7": 11}, {"5": 6, "8": 6}, AGREED, AGREED),
        ENDED,
    ),
    # The question on the counter is another one from here on.
    batch(
        at(6),
        REWORDED,
        counted({"4": 3, "6": 9}, {"7": 9, OPT_OUT: 3}, AGREED, AGREED),
        ENDED,
    ),
    batch(
        at(6),
        REWORDED,
        counted({"6": 2, "9": 10}, {"8": 10, "9": 2}, AGREED, AGREED),
        {Outcome.NOT_DRAWN: 240, Outcome.BROKE_OFF: 8},
        Origin.WALK_IN,
    ),
    # What still waits: nine answers and no more, of people who walked in.
    batch(
        at(7),
        REWORDED,
        counted({"6": 9, OPT_OUT: 3}, {"8": 9, OPT_OUT: 3}, AGREED, AGREED),
        {Outcome.NOT_DRAWN: 240},
        Origin.WALK_IN,
    ),
)
PHASES = (
    PhaseTotal(
        at(13),
        SOZAWE.content_hash,
        "counter",
        Origin.INVITED,
        Phase.INTAKE,
        "2026-Q1",
        "2026-Q2",
        24,
        175,
        1301,
    ),
    PhaseTotal(
        at(13),
        SOZAWE.content_hash,
        "kind_and_efficient",
        Origin.INVITED,
        Phase.INTAKE,
        "2026-Q1",
        "2026-Q2",
        30,
        22,
        22,
    ),
)
BASELINES = (
    NewBaseline(at(6), "sozawe", "case_manager", "Nieuwe balie; alles is anders"),
)
DEEDS = (
    Deed(at(-3), '=HYPERLINK("x")'),
    Deed(at(6), "De balie is nu ook op woensdag open."),
)

REMARKS = tuple(
    PublishedRemark(at(6), "sozawe", place, text)
    for place, text in enumerate(
        (
            "=1+1 is wat ik kreeg",
            "Mevrouw [NAAM] was vriendelijk.",
            "Te lang wachten;\nen niemand belde terug.",
            "Goed zo",
            "Goed zo",
        ),
        start=1,
    )
)

WHOLE = history(
    BATCHES, phases=PHASES, baselines=BASELINES, deeds=DEEDS, remarks=REMARKS
)
"""Something of everything."""


def routed(*counts: tuple[int, int, int, int]) -> History:
    """Make releases of ROUTED, each of 12 people: fours, eights, and opt-outs.

    Args:
        counts: per week the fours and the eights given to the counter; of the fours,
            how many were asked on and disagreed; how many opted out.
    """
    batches = [
        batch(
            at(number),
            ROUTED,
            {
                "counter": {"4": fours, "8": eights, OPT_OUT: out},
                "kind_and_efficient": AGREED,
                "next_step": {
                    "disagree": against,
                    "agree": fours - against,
                    NOT_ASKED: eights + out,
                },
            },
        )
        for number, (fours, eights, against, out) in enumerate(counts)
    ]
    return history(batches, ROUTED)


def years(seed: int, weeks: int) -> History:
    """Make up as many weekly releases of invited people and of walk-ins."""
    batches = [
        made_up(seed + number, at(number), SOZAWE, 14, 0.3, origin)
        for number in range(weeks)
        for origin in Origin
    ]
    return history(batches, SOZAWE)
