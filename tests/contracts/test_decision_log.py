"""What every log of decisions does, on a file and in memory."""

from bot.decisions import DecisionLog, Deed, NewBaseline

MOVED = NewBaseline("2026-W30", "sozawe", "counter", "De balie is verhuisd.")
LONGER = NewBaseline("2026-W12", "sozawe", "counter", "Andere openingstijden.")


async def test_new_baselines_come_back_oldest_first(decisions: DecisionLog) -> None:
    for decision in (MOVED, LONGER, MOVED):
        await decisions.set_baseline(decision)

    assert await decisions.baselines() == [LONGER, MOVED]


async def test_the_last_reason_of_a_week_stands(decisions: DecisionLog) -> None:
    better = NewBaseline("2026-W30", "sozawe", "counter", "Nieuwe balie, nieuw team.")
    await decisions.set_baseline(MOVED)
    await decisions.set_baseline(better)

    assert await decisions.baselines() == [better]


async def test_a_deed_that_is_noted_twice_is_one(decisions: DecisionLog) -> None:
    later, first = (
        Deed("2026-W31", "Wij bellen terug."),
        Deed("2026-W30", "Wij bellen."),
    )
    for deed in (later, first, later):
        await decisions.note(deed)

    assert await decisions.deeds() == [first, later]


async def test_a_deed_that_is_taken_back_is_gone(decisions: DecisionLog) -> None:
    deed = Deed("2026-W30", "Wij bellen terug.")
    await decisions.note(deed)

    assert await decisions.take_back(deed)
    assert not await decisions.take_back(deed)
    assert await decisions.deeds() == []
