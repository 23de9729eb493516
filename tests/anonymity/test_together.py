"""Writers that wait at the same moment share a transaction, and each hears its own."""

import asyncio
from collections.abc import Sequence

import pytest

from bot.anonymity.together import Together


class Paper:
    """Something to write on, slowly."""

    def __init__(self) -> None:
        self.groups: list[list[int]] = []
        self.is_torn = False

    async def write(self, changes: Sequence[int]) -> list[bool]:
        """Write a group; odd numbers are not stored."""
        await asyncio.sleep(0.01)
        self.groups.append(list(changes))
        if self.is_torn:
            raise OSError
        return [change % 2 == 0 for change in changes]


async def test_each_writer_hears_whether_its_own_change_was_stored() -> None:
    paper = Paper()
    together = Together(paper.write)

    said = await asyncio.gather(*(together.add(n) for n in range(100)))

    assert said == [n % 2 == 0 for n in range(100)]
    assert [n for group in paper.groups for n in group] == list(range(100))
    assert len(paper.groups) <= 2


async def test_who_comes_during_a_write_is_in_the_next_one() -> None:
    paper = Paper()
    together = Together(paper.write)

    first = asyncio.create_task(together.add(0))
    await asyncio.sleep(0.005)
    await asyncio.gather(together.add(2), together.add(4))

    assert await first
    assert paper.groups == [[0], [2, 4]]


async def test_a_fault_reaches_everybody_of_its_group_and_nobody_else() -> None:
    paper = Paper()
    together = Together(paper.write)
    paper.is_torn = True

    said = await asyncio.gather(
        *(together.add(n) for n in (0, 2)), return_exceptions=True
    )
    paper.is_torn = False

    assert [type(one) for one in said] == [OSError, OSError]
    assert await together.add(4)


async def test_a_writer_that_gives_up_is_written_all_the_same() -> None:
    paper = Paper()
    together = Together(paper.write)

    waiting = asyncio.create_task(together.add(0))
    await asyncio.sleep(0.005)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting

    assert await together.add(2)
    assert paper.groups == [[0], [2]]


async def test_a_fault_nobody_waits_for_is_not_complained_of() -> None:
    paper = Paper()
    together = Together(paper.write)
    paper.is_torn = True

    waiting = asyncio.create_task(together.add(0))
    await asyncio.sleep(0.005)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await asyncio.sleep(0.05)

    assert paper.groups == [[0]]
