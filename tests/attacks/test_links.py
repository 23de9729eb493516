"""Attack 9: what else a link carries is neither kept nor obeyed."""

import random
import string
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from bot.audit.traces import scan, traces_of_text
from tests.attacks.plants.links import greeted_by_case, sources_noted
from tests.attacks.table import Finding, Table
from tests.attacks.town import new_ids, town_in

ALPHABET = string.ascii_letters + string.digits + "_-"


def payloads() -> list[str]:
    """Give case numbers and noise, as links can carry them (64 characters at most)."""
    dice = random.Random(9)
    noise = ["".join(dice.choices(ALPHABET, k=64)) for _ in range(12)]
    cases = ["zaak-2026-0041873", "zaaknummer_Z2026004187", "e_balie_ZK2026004187"]
    return [*cases, *(one for one in noise if not one.startswith(("e_", "i_")))]


async def carried(
    folder: Path, plant: Callable[[], AbstractContextManager[None]]
) -> tuple[Finding, Finding]:
    """Open the chat by such links; give what is kept, and who is treated otherwise."""
    sent = payloads()
    numbers = new_ids(random.Random(9), len(sent) + 1)
    traces = [trace for text in sent for trace in traces_of_text(text)]
    with plant():
        async with town_in(folder) as town:
            bare = views(await town.comes(numbers[0], entry=""))
            others = 0
            for number, payload in zip(numbers[1:], sent, strict=True):
                others += views(await town.comes(number, entry=payload)) != bare
            hits = scan(folder, traces)
            rows = await town.app.stores.ballots.in_box()
    return (
        Finding(f"{len(hits)} traces of {len(sent)} links", bool(hits)),
        Finding(f"{others} of {len(sent)} answered otherwise", bool(others or rows)),
    )


def views(person: Any) -> list[object]:
    """Give what the bot shows, without the client's own words."""
    return [view for view in person.screen.values() if not isinstance(view, str)]


async def test_a_case_number_in_a_link_leaves_nothing_and_does_nothing(
    table: Table, quick_path: Path
) -> None:
    kept, told = await carried(quick_path / "real", nullcontext)
    noted, _ = await carried(quick_path / "noted", sources_noted)
    _, greeted = await carried(quick_path / "greeted", greeted_by_case)

    table.hold(9, "kept", "the source of each visit", kept, noted)
    table.hold(9, "same answer as a bare /start", "no draw for a case", told, greeted)
