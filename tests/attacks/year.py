"""Weeks of a town, told by the people themselves: who is behind which published figure.

What is published is taken from the digest's own model, and each figure is traced back
to people by its value alone: a run of batches whose people add up to just that.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path

from bot.app import App, _voice
from bot.app.upkeep import _history
from bot.ballots import PATIENCE, Batch, Cell, Outcome
from bot.commands.publishing import publish
from bot.core.flow import FlowDefinition, Origin, fingerprint
from bot.core.questions import Choice, Grade
from bot.core.questions.base import OPT_OUT
from bot.digest.build import assemble
from bot.digest.export import History
from bot.digest.model import ChoiceFigure, GradeFigure, Part, Report
from bot.digest.render import render
from bot.grouping import wordings
from bot.outbox import WEEKLY
from tests.attacks.disk import Files
from tests.attacks.solver import People
from tests.attacks.town import (
    NO,
    NO_CONTACT,
    SOZAWE,
    STOP,
    YES,
    Town,
    new_ids,
    opinion,
    town_in,
)

OTHERS = ((), (NO,), (YES, "7", STOP), (YES, "7"))
ENDS = (Outcome.NO_REPLY, Outcome.REFUSED, Outcome.WITHDREW, Outcome.BROKE_OFF)
DOORS = {"sozawe": {"flow": "sozawe", "one_in": 1}}


def changed(flow: FlowDefinition) -> FlowDefinition:
    """Word the last question otherwise; the others go on being measured."""
    *others, last = flow.questions
    label = {**last.label, "nl": "Weet u hoe het nu verder gaat?"}
    last = last.model_copy(update={"label": label})
    return flow.model_copy(update={"questions": (*others, last)})


CHANGED = changed(SOZAWE)
"""What is live from the middle of the year on."""

WORDINGS = wordings({flow.content_hash: flow for flow in (SOZAWE, CHANGED)})


@dataclass(frozen=True, slots=True)
class Occasion:
    """What one person did, by their own account.

    Args:
        codes: their answers, where they finished.
        missed: in which week the box was first opened without them.
    """

    person: int
    outcome: Outcome
    codes: tuple[str, ...] = ()
    missed: int = 10**6


@dataclass(slots=True)
class Released:
    """One batch, and the people in it."""

    batch: Batch
    occasions: list[Occasion]

    @property
    def completes(self) -> People:
        """Give who answered to the end."""
        return frozenset(o.person for o in self.occasions if o.codes)

    def on_scale(self, place: int) -> dict[int, str]:
        """Give who answered a question, and what."""
        return {
            o.person: o.codes[place]
            for o in self.occasions
            if o.codes and o.codes[place] != OPT_OUT
        }


@dataclass(slots=True)
class Year:
    """What was published, and of whom.

    Args:
        answers: the people behind every number of answers and rate of response.
        measures: by wording and origin, the people behind every one of its figures.
        weekly: who answered in each week, published or not.
        unanimous: figures that say that everybody answered alike.
        batches: how many answered in each.
        copies: the data folder before and after every opening.
        keys: what lay in the folder of keys at the end.
        came: everybody who came.
        released: the batches, and the people in them.
        history: what an export at the end is made of.
    """

    answers: list[People] = field(default_factory=list)
    measures: dict[tuple[str, Origin], list[People]] = field(default_factory=dict)
    weekly: list[People] = field(default_factory=list)
    unanimous: int = 0
    batches: list[int] = field(default_factory=list)
    copies: list[Files] = field(default_factory=list)
    keys: Files = field(default_factory=dict)
    came: list[int] = field(default_factory=list)
    released: list[Released] = field(default_factory=list)
    history: History | None = None


async def year_of(
    folder: Path,
    weeks: int,
    answers: int,
    plant: AbstractContextManager[None] | None = None,
) -> Year:
    """Live so many weeks with about so many answers in each."""
    year = Year()
    dice = random.Random(weeks * 100 + answers)
    waiting: dict[Cell, list[Occasion]] = defaultdict(list)
    released: list[Released] = []
    with plant or nullcontext():
        async with town_in(folder, seed=answers, entries=DOORS) as town:
            for number in range(weeks):
                live = SOZAWE if number < weeks // 2 else CHANGED
                await publish(town.app, live)
                came = await _week(town, dice, answers, live, waiting)
                year.weekly.append(frozenset(came))
                known = len(released)
                year.copies.append(town.data)
                await town.opens_the_box(days=6)
                year.copies.append(town.data)
                for batch in (await town.app.stores.ballots.batches())[known:]:
                    released.append(_checked(batch, waiting.pop(batch.cell)))
                for cell, others in waiting.items():
                    waiting[cell] = _still_waiting(others, number)
                await _read(town.app, live, released, year)
            year.keys, year.came = town.keys, town.came
            year.history = await _history(town.app.stores)
    year.released = released
    year.batches = [one.batch.completes for one in released]
    return year


async def _week(
    town: Town,
    dice: random.Random,
    answers: int,
    flow: FlowDefinition,
    waiting: dict[Cell, list[Occasion]],
) -> list[int]:
    """Let people come on one day; give who answered to the end."""
    low = max(0, answers - 1 - answers // 3)
    many = dice.randint(low, 2 * answers - low)
    came: list[int] = []
    for number in new_ids(dice, many + max(1, answers // 3)):
        origin = dice.choice(list(Origin))
        cell = Cell(flow.content_hash, origin)
        entry = "e_sozawe"
        if origin is Origin.INVITED:
            [code] = await town.invite(1, flow)
            entry = f"i_{code}"
        if len(came) < many:
            labels = opinion(dice)
            await town.comes(number, labels, entry)
            waiting[cell].append(Occasion(number, Outcome.COMPLETE, codes_of(labels)))
            came.append(number)
        else:
            place = dice.randrange(len(OTHERS))
            await town.comes(number, OTHERS[place], entry)
            waiting[cell].append(Occasion(number, ENDS[place]))
    # Whoever only looked has expired by the opening.
    town.clock.turn(days=1)
    return came


def _still_waiting(occasions: list[Occasion], week: int) -> list[Occasion]:
    """Give who waits on: nobody, once the first of them has for thirteen weeks."""
    since = min([week, *(o.missed for o in occasions)])
    return [replace(o, missed=since) for o in occasions if week - since < PATIENCE]


def codes_of(labels: Sequence[str]) -> tuple[str, ...]:
    """Give the codes behind the buttons."""
    codes = []
    for question, label in zip(SOZAWE.questions, labels[1:], strict=True):
        if label == NO_CONTACT:
            codes.append(OPT_OUT)
        elif isinstance(question, Choice):
            codes.append(
                next(o.code for o in question.options if o.label["nl"] == label)
            )
        else:
            codes.append(label)
    return tuple(codes)


def _checked(batch: Batch, occasions: list[Occasion]) -> Released:
    """Say who is in a batch: everybody who waited. The counts must bear that out."""
    assert batch.outcomes == Counter(o.outcome for o in occasions)
    for place, question in enumerate(SOZAWE.questions):
        chosen = Counter(o.codes[place] for o in occasions if o.codes)
        assert batch.counts[question.name] == chosen
    return Released(batch, occasions)


async def _read(
    app: App, live: FlowDefinition, released: Sequence[Released], year: Year
) -> None:
    """Read the newest digest, and note who is behind each of its figures."""
    flows = await app.stores.archive.definitions()
    week = await app.stores.ballots.last_opening()
    assert week is not None
    batches = [one.batch for one in released]
    digest = assemble(live, batches, wordings(flows), week, False)
    latest = await app.stores.outbox.latest()
    # A roll-up holds what the weekly digest of its flow holds, and nothing else.
    [written] = [one for one in latest if one.kind == WEEKLY]
    assert written.text == render(digest, _voice(app.words, "nl"))
    if isinstance(digest, Report):
        for part in digest.parts:
            own = [o for o in released if o.batch.cell.origin is part.origin]
            _note(part, live, own, year)


def _note(
    part: Part, live: FlowDefinition, released: Sequence[Released], year: Year
) -> None:
    [run] = [r for r in _runs(released) if _completes(r) == part.answers][:1]
    year.answers.append(_people(run))
    if part.response is not None:
        asked = sum(sum(one.batch.outcomes.values()) for one in run)
        assert part.response == Fraction(part.answers, asked)
    for figure in part.figures:
        if isinstance(figure, GradeFigure | ChoiceFigure):
            name = figure.question.name
            place, asked_so = live.index(name), fingerprint(live, name)
            alike = [
                o for o in released if WORDINGS[o.batch.cell.flow][name] == asked_so
            ]
            [found] = [r for r in _runs(alike) if _gives(r, place, figure)][:1]
            people = frozenset().union(*(one.on_scale(place) for one in found))
            key = (asked_so, part.origin)
            year.measures.setdefault(key, []).append(people)
            year.answers.append(_people(found))
            year.unanimous += _is_unanimous(figure)


def _runs(released: Sequence[Released]) -> Iterator[Sequence[Released]]:
    """Give every run of batches, the newest and shortest first."""
    for end in range(len(released), 0, -1):
        for begin in range(end - 1, -1, -1):
            yield released[begin:end]


def _completes(run: Sequence[Released]) -> int:
    return sum(one.batch.completes for one in run)


def _people(run: Sequence[Released]) -> People:
    return frozenset[int]().union(*(one.completes for one in run))


def _gives(
    run: Sequence[Released], place: int, figure: GradeFigure | ChoiceFigure
) -> bool:
    chosen = [code for one in run for code in one.on_scale(place).values()]
    if len(chosen) != figure.n:
        return False
    if isinstance(figure, GradeFigure):
        return sum(map(int, chosen)) == figure.mean * figure.n
    positive = figure.question.positive
    return sum(code in positive for code in chosen) == figure.positive


def _is_unanimous(figure: GradeFigure | ChoiceFigure) -> bool:
    if isinstance(figure, ChoiceFigure):
        return figure.positive in (0, figure.n)
    assert isinstance(figure.question, Grade)
    return figure.mean in (figure.question.lowest, figure.question.highest)
