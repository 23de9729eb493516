"""Attacks 7 and 13: no answer beside another one, nor beside who, where or when.

Two towns whose people differ in just that, and are alike in every single figure, must
leave the same files behind, but for what is sealed.
"""

import contextlib
import itertools
import random
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from bot.ballots import K
from bot.errors import FlowError
from bot.flowfiles import SCALES, load_flow, load_scales
from bot.yamlfile import read_file
from tests.attacks.disk import Files, plain, schema, tables
from tests.attacks.plants.links import doors_counted
from tests.attacks.plants.schemas import LooseFlow, employees_listed
from tests.attacks.plants.tallies import (
    by_hour,
    by_language,
    tallied,
    whole_answers_kept,
)
from tests.attacks.table import Finding, Table
from tests.attacks.town import MONDAY, SOZAWE, new_ids, town_in
from tests.doubles.installation import SHIPPED, Clock
from tests.doubles.person import Person
from tests.doubles.remarks import drop_remarks

PEOPLE = 2 * K
LANGUAGES = ("nl", "en", "ar", "tr")
FORBIDDEN = (
    "employee",
    "medewerker",
    "klantmanager",
    "team",
    "department",
    "language",
    "hour",
    "location",
    "channel",
    "client",
)
"""What nothing may be counted by. No key of a file may be called so."""

DOORS = ("e_sozawe", "e_hal", "e_loket")
REMARKS = [f"Opmerking {letter}: het kon beter." for letter in "abcdefghijklmnopqrst"]
assert len(REMARKS) == PEOPLE

Codes = tuple[str, ...]


async def taps(person: Person, codes: Sequence[str]) -> None:
    """Answer by the codes of buttons, whatever language they are in."""
    for code in ("y", *(f"a.{place}.{code}" for place, code in enumerate(codes))):
        await person.presses(
            *next(
                (action, message)
                for action, message in person.buttons.values()
                if action.partition(":")[2] == code
            )
        )


async def left_by(
    folder: Path,
    answers: Sequence[Codes],
    plant: Callable[[], AbstractContextManager[None]] = nullcontext,
    *,
    seed: int = 1,
    languages: Sequence[str] = ("nl",),
    hours: Sequence[int] = (9,),
    entries: Sequence[str] = ("e_sozawe",),
) -> Files:
    """Give the data folder after a week in which these answers were given.

    Each of the people writes one of the same remarks; who writes which is chance.
    """
    dice = random.Random(seed)
    clock = Clock()
    doors = {name.removeprefix("e_"): {"flow": "sozawe", "one_in": 1} for name in DOORS}
    with plant():
        async with town_in(folder, clock=lambda: clock, entries=doors) as town:
            remarks = dice.sample(REMARKS, len(answers))
            for number, codes in zip(new_ids(dice, len(answers)), answers, strict=True):
                clock.now = MONDAY.replace(hour=dice.choice(hours))
                clock.turn(days=dice.randrange(5))
                person = Person(
                    town.app.service, f"telegram:{number}", dice.choice(languages)
                )
                await person.opens(dice.choice(entries))
                await taps(person, codes)
                await drop_remarks(town.app, SOZAWE, [remarks.pop()])
            clock.now = MONDAY
            await town.opens_the_box()
            return town.data


def differing(first: Files, second: Files) -> Finding:
    """Count the tables that tell one town from the other."""
    one, other = plain(first), plain(second)
    names = sorted(
        name.partition(":")[2]
        for name in one.keys() | other.keys()
        if one.get(name) != other.get(name)
    )
    said = f"tables {', '.join(names)} differ" if names else "nothing differs"
    return Finding(said, bool(names))


def answers_of(dice: random.Random) -> list[Codes]:
    """Make up the answers of a town."""
    agrees = ("strongly_disagree", "disagree", "agree", "strongly_agree")
    grades = [str(grade) for grade in range(3, 11)]
    return [
        (
            dice.choice(grades),
            dice.choice(grades),
            dice.choice(agrees),
            dice.choice(agrees),
        )
        for _ in range(PEOPLE)
    ]


def dealt_anew(answers: Sequence[Codes], dice: random.Random) -> list[Codes]:
    """Give each question's answers to other people: every figure stays as it is."""
    columns = [list(column) for column in zip(*answers, strict=True)]
    for column in columns:
        dice.shuffle(column)
    return list(zip(*columns, strict=True))


async def test_no_answer_can_be_laid_beside_another_one(
    table: Table, quick_path: Path
) -> None:
    answers = answers_of(random.Random(7))
    others = dealt_anew(answers, random.Random(8))
    assert sorted(answers) != sorted(others)

    async def towns(
        name: str, plant: Callable[[], AbstractContextManager[None]]
    ) -> Finding:
        first = await left_by(quick_path / f"{name}-1", answers, plant)
        second = await left_by(quick_path / f"{name}-2", others, plant, seed=2)
        remarks = {row["text"] for row in tables(second)["answers.db:remarks"]}
        assert remarks == set(REMARKS)
        return differing(first, second)

    table.hold(
        7,
        "same figures and remarks, other people",
        "a row per person",
        await towns("real", nullcontext),
        await towns("naive", whole_answers_kept),
    )


@pytest.mark.parametrize(
    ("differs", "plant"),
    [
        ("language", lambda: tallied(by_language)),
        ("hour", lambda: tallied(by_hour)),
        ("door", doors_counted),
    ],
)
async def test_nothing_is_left_of_who_came_when_and_through_which_door(
    table: Table,
    quick_path: Path,
    differs: str,
    plant: Callable[[], AbstractContextManager[None]],
) -> None:
    answers = answers_of(random.Random(13))

    async def towns(name: str, plant: Callable[[], Any]) -> Finding:
        first = await left_by(quick_path / f"{name}-1", answers, plant)
        second = await left_by(
            quick_path / f"{name}-2",
            answers,
            plant,
            seed=2,
            languages=LANGUAGES,
            hours=range(7, 22),
            entries=DOORS,
        )
        return differing(first, second)

    table.hold(
        13,
        "other languages, hours, doors, people",
        f"a tally by {differs}",
        await towns("real", nullcontext),
        await towns("naive", plant),
    )


def places(plain: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Give the way to every map in a file."""
    found: list[tuple[Any, ...]] = []
    if isinstance(plain, dict):
        found.append(path)
        for key, value in plain.items():
            found += places(value, (*path, key))
    elif isinstance(plain, list):
        for number, value in enumerate(plain):
            found += places(value, (*path, number))
    return found


def smuggled(folder: Path, load: Callable[[Path], object]) -> Finding:
    """Write a forbidden key at every place of the files that come along."""
    words = itertools.cycle(FORBIDDEN)
    accepted = tried = 0
    for path in sorted(SHIPPED.glob("*.yaml")):
        plain = read_file(path).value
        for place in places(plain):
            changed = deepcopy(plain)
            inner: Any = changed
            for step in place:
                inner = inner[step]
            inner[next(words)] = "sozawe"
            copy = folder / path.name
            copy.write_text(yaml.safe_dump(changed, allow_unicode=True))
            with contextlib.suppress(FlowError, ValidationError):
                load(copy)
                accepted += 1
            tried += 1
    return Finding(f"{accepted} of {tried} keys accepted", accepted > 0)


def test_no_path_through_a_flow_file_yields_a_dimension(
    table: Table, tmp_path: Path
) -> None:
    scales = load_scales(SHIPPED / SCALES)

    def real(path: Path) -> object:
        return load_scales(path) if path.name == SCALES else load_flow(path, scales)

    def loose(path: Path) -> object:
        return LooseFlow.model_validate(read_file(path).value)

    table.hold(
        13,
        "a forbidden key at every place of every flow",
        "a loose schema",
        smuggled(tmp_path, real),
        smuggled(tmp_path, loose),
    )


async def test_there_is_no_column_for_a_forbidden_dimension(
    table: Table, quick_path: Path
) -> None:
    def named(files: Files) -> Finding:
        columns = {
            f"{place.partition(':')[2]}.{column}"
            for place, names in schema(files).items()
            for column in names
        }
        found = [c for c in columns if any(word in c for word in FORBIDDEN)]
        return Finding(f"{len(found)} of {len(columns)} columns", bool(found))

    answers = answers_of(random.Random(13))
    real = await left_by(quick_path / "real", answers)
    naive = await left_by(quick_path / "naive", answers, employees_listed)
    table.hold(13, "columns by name", "a table of employees", named(real), named(naive))
