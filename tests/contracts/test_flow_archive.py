"""What every archive of published flows does."""

import pytest

from bot.core.flow import FlowArchive
from tests.contracts.ports import flow

FIRST, SECOND, OTHER = flow(), flow(title="Uw contact"), flow("telefoon")


async def test_an_empty_archive_serves_nothing(archive: FlowArchive) -> None:
    assert await archive.live() == {}
    assert await archive.versions("sozawe") == []
    assert await archive.definitions() == {}
    with pytest.raises(KeyError):
        await archive.definition(FIRST.content_hash)


async def test_versions_are_numbered_for_each_flow(archive: FlowArchive) -> None:
    numbers = [
        await archive.publish(FIRST, "2026-W30"),
        await archive.publish(OTHER, "2026-W30"),
        await archive.publish(SECOND, "2026-W31"),
    ]

    assert numbers == [1, 1, 2]
    assert await archive.versions("sozawe") == [
        (1, FIRST.content_hash, "2026-W30"),
        (2, SECOND.content_hash, "2026-W31"),
    ]
    assert await archive.live() == {
        "sozawe": SECOND.content_hash,
        "telefoon": OTHER.content_hash,
    }


async def test_an_archived_version_reads_as_it_was_published(
    archive: FlowArchive,
) -> None:
    await archive.publish(FIRST, "2026-W30")
    await archive.publish(SECOND, "2026-W31")

    assert await archive.definition(FIRST.content_hash) == FIRST
    assert await archive.definition(FIRST.content_hash) == FIRST
    assert await archive.definition(SECOND.content_hash) == SECOND
    assert await archive.definitions() == {
        FIRST.content_hash: FIRST,
        SECOND.content_hash: SECOND,
    }


async def test_the_same_content_again_is_the_same_version_and_live_again(
    archive: FlowArchive,
) -> None:
    await archive.publish(FIRST, "2026-W30")
    await archive.publish(SECOND, "2026-W31")

    assert await archive.publish(FIRST, "2026-W32") == 1

    assert await archive.live() == {"sozawe": FIRST.content_hash}
    assert await archive.versions("sozawe") == [
        (1, FIRST.content_hash, "2026-W30"),
        (2, SECOND.content_hash, "2026-W31"),
    ]


async def test_a_withdrawn_flow_stays_in_the_archive(archive: FlowArchive) -> None:
    await archive.publish(FIRST, "2026-W30")

    await archive.withdraw("sozawe")
    await archive.withdraw("unknown")

    assert await archive.live() == {}
    assert await archive.definition(FIRST.content_hash) == FIRST
    assert await archive.publish(FIRST, "2026-W33") == 1


async def test_the_first_week_is_that_of_the_first_flow_of_all(
    archive: FlowArchive,
) -> None:
    assert await archive.first_week() is None

    await archive.publish(SECOND, "2026-W31")
    await archive.publish(OTHER, "2026-W30")

    assert await archive.first_week() == "2026-W30"
