"""Flows, batches and words that the tests of the digest are about."""

import random
from collections.abc import Mapping, Sequence
from typing import Any

from bot.ballots import Batch, Cell, Ledger, Outcome
from bot.core.flow import FlowDefinition, Intro, Origin, Phase
from bot.core.questions import Choice, Grade, Option, Question
from bot.core.questions.base import NOT_ASKED, OPT_OUT
from bot.core.weeks import week_after
from bot.digest.build import build
from bot.digest.voice import Words
from bot.messages import Catalogue
from bot.outbox import WrittenDigest

CATALOGUE = Catalogue.load()

START = "2026-W09"
"""The opening that the examples count from: weeks 9 to 21 are the window of 21."""


def at(number: int) -> str:
    """Give the week so many after the first."""
    return week_after(START, number)


def speaks(language: str) -> Words:
    """Bind the catalogue to a language, as the application does."""

    def words(key: str, /, **facts: object) -> str:
        return CATALOGUE.text(key, language, **facts)

    return words


def grade(name: str, nl: str, en: str, asks: str = "Geef een cijfer.") -> Grade:
    """Make a question that asks for a grade from 1 to 10."""
    return Grade(
        name=name,
        theme=("bejegening",),
        short={"nl": nl, "en": en},
        label={"nl": asks},
        opt_out={"nl": "Geen contact gehad"},
        lowest=1,
        highest=10,
        lowest_label={"nl": "heel slecht"},
        highest_label={"nl": "heel goed"},
    )


def option(code: str, direction: str, nl: str, en: str) -> Option:
    """Make one option of a scale."""
    return Option.model_validate(
        {"code": code, "direction": direction, "label": {"nl": nl, "en": en}}
    )


AGREE = (
    option("strongly_disagree", "negative", "Helemaal oneens", "Strongly disagree"),
    option("disagree", "negative", "Oneens", "Disagree"),
    option("agree", "positive", "Eens", "Agree"),
    option("strongly_agree", "positive", "Helemaal eens", "Strongly agree"),
)
YES_NO = (option("no", "negative", "Nee", "No"), option("yes", "positive", "Ja", "Yes"))
FIVE = (
    option("bad", "negative", "Slecht", "Bad"),
    option("poor", "negative", "Matig", "Poor"),
    option("fair", "neutral", "Gaat wel", "Fair"),
    option("good", "positive", "Goed", "Good"),
    option("great", "positive", "Heel goed", "Very good"),
)


def choice(
    name: str,
    nl: str,
    en: str,
    scale: str = "agree_4",
    options: Sequence[Option] = AGREE,
) -> Choice:
    """Make a question with a few options."""
    return Choice(
        name=name,
        theme=("efficiency",),
        short={"nl": nl, "en": en},
        label={"nl": "Bent u het eens met deze zin?"},
        opt_out={"nl": "Weet ik niet"},
        scale=scale,
        options=tuple(options),
    )


COUNTER = grade("counter", "Balie", "Counter")
MANAGER = grade("case_manager", "Klantmanager", "Case manager")
KIND = choice(
    "kind_and_efficient",
    "Vriendelijk en doelmatig geholpen",
    "Helped kindly and efficiently",
)
NEXT = choice("next_step", "Weet hoe het verder gaat", "Knows what happens next")
CALLED = choice("called_back", "Teruggebeld", "Called back", "yes_no_na", YES_NO)


def flow(
    *questions: Question, name: str = "sozawe", title: str = "Contact met Sociale Zaken"
) -> FlowDefinition:
    """Make a survey of these questions."""
    return FlowDefinition(
        flow=name,
        title={"nl": title},
        languages=("nl", "en"),
        phases=(Phase.INTAKE,),
        intro=Intro(text={"nl": "Hallo"}, accept={"nl": "Ja"}, decline={"nl": "Nee"}),
        questions=questions,
    )


SOZAWE = flow(COUNTER, MANAGER, KIND, NEXT)
PHONE = flow(COUNTER, CALLED, NEXT, name="telefoon", title="Bellen met de gemeente")


def archive(*flows: FlowDefinition) -> dict[str, FlowDefinition]:
    """Put versions under their content hashes."""
    return {flow.content_hash: flow for flow in flows}


def live(*flows: FlowDefinition) -> dict[str, str]:
    """Make these versions live."""
    return {flow.flow: flow.content_hash for flow in flows}


def digests_of(
    batches: Sequence[Batch],
    flows: Mapping[str, FlowDefinition],
    live: Mapping[str, str],
    week: str,
    words: Words,
    **more: Any,
) -> tuple[WrittenDigest, ...]:
    """Build the digests of an opening; `more` is what else the ledger holds."""
    return build(Ledger(week, batches, flows, live, **more), words)


def batch(
    week: str,
    of: FlowDefinition,
    counts: Mapping[str, Mapping[str, int]],
    outcomes: Mapping[Outcome, int] | None = None,
    origin: Origin = Origin.INVITED,
) -> Batch:
    """Make a batch; without other outcomes, two of three people did not answer."""
    completes = sum(next(iter(counts.values())).values())
    ended = {Outcome.NOT_OPENED: 2 * completes} if outcomes is None else dict(outcomes)
    return Batch(
        week,
        Cell(of.content_hash, origin),
        {name: dict(chosen) for name, chosen in counts.items()},
        {Outcome.COMPLETE: completes, **ended},
    )


def made_up(
    seed: int,
    week: str,
    of: FlowDefinition,
    completes: int,
    opted_out: float = 0.1,
    origin: Origin = Origin.INVITED,
) -> Batch:
    """Make a batch of a kind that clients might really give."""
    chance = random.Random(seed)
    counts: dict[str, dict[str, int]] = {}
    for question in of.questions:
        chosen = counts.setdefault(question.name, {})
        for _ in range(completes):
            code = chance.choice((OPT_OUT, NOT_ASKED))
            if chance.random() >= opted_out:
                code = _answer(question, chance)
            chosen[code] = chosen.get(code, 0) + 1
    outcomes = {
        Outcome.NOT_OPENED: chance.randrange(3 * completes),
        Outcome.REFUSED: chance.randrange(completes),
        Outcome.BROKE_OFF: chance.randrange(completes),
    }
    if origin is Origin.WALK_IN:
        outcomes = {Outcome.NOT_DRAWN: 24 * completes}
    return batch(week, of, counts, outcomes, origin)


def weekly(
    of: FlowDefinition,
    first: int,
    means: Sequence[float],
    *,
    seed: int = 1,
    people: int = 18,
    agree: float = 0.8,
    origin: Origin = Origin.INVITED,
) -> list[Batch]:
    """Make a batch a week; `means` are what the first question is graded with.

    The other grades stay at 7.3, and `agree` is the share of the positive side.
    """
    batches = []
    for number, mean in enumerate(means):
        chance = random.Random(f"{seed} {number}")
        counts: dict[str, dict[str, int]] = {}
        for place, question in enumerate(of.questions):
            usual = 7.3 if place else mean
            chosen = counts.setdefault(question.name, {})
            for _ in range(people):
                if isinstance(question, Grade):
                    code = str(min(10, max(1, round(chance.gauss(usual, 1.7)))))
                else:
                    side = chance.random() < agree
                    codes = [
                        c for c in question.codes if (c in question.positive) is side
                    ]
                    code = chance.choice(codes)
                chosen[code] = chosen.get(code, 0) + 1
        batches.append(batch(at(first + number), of, counts, origin=origin))
    return batches


def _answer(question: Question, chance: random.Random) -> str:
    if isinstance(question, Grade):
        return str(min(10, max(1, round(chance.gauss(7.3, 1.7)))))
    return chance.choices(question.codes, range(1, len(question.codes) + 1))[0]
