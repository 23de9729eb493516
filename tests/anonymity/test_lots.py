"""Remarks leave the box in lots of five or more, with nothing of who said them."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.anonymity.counting import count
from bot.anonymity.lots import Cleared, Lots, bring_out, clear
from bot.anonymity.seal import pack_ballot, pack_remark
from bot.ballots import LOT, K, PhaseSums, RemarkBallot
from bot.core.flow import RemarkPrompt
from bot.core.weeks import week_after
from bot.remarks import Scrubbed, Withheld
from bot.reviews import PATIENCE, KeptRemark, Lot
from tests.anonymity.examples import HASH, WEEK, complete
from tests.core.examples import FLOW

ASKS = FLOW.model_copy(update={"remark": RemarkPrompt(label={"nl": "Nog iets?"})})
SHORT = FLOW.model_copy(
    update={"remark": RemarkPrompt(label={"nl": "Nog iets?"}, max_length=20)}
)
OTHER = ASKS.model_copy(update={"flow": "other"})
SILENT = FLOW.model_copy(update={"flow": "silent", "remark": None})
FLOWS = {flow.content_hash: flow for flow in (ASKS, SHORT, OTHER, SILENT)}


def said(
    text: str | Withheld | None,
    flow: str = ASKS.content_hash,
    missed: str | None = None,
) -> RemarkBallot:
    remark = Scrubbed(text) if type(text) is str else text
    return RemarkBallot(flow, remark, missed)  # type: ignore[arg-type]  # told apart


def texts(many: int, flow: str = ASKS.content_hash) -> list[RemarkBallot]:
    return [said(f"Opmerking {n}.", flow) for n in range(many)]


def test_four_wait_and_five_come_out() -> None:
    four = bring_out(texts(LOT - 1), WEEK, FLOWS)
    assert (four.lots, four.texts, four.destroyed) == ([], {}, 0)
    assert four.waiting == [replace(one, missed=WEEK) for one in texts(LOT - 1)]

    assert bring_out(texts(LOT), WEEK, FLOWS) == Lots(
        [Lot(WEEK, ASKS.flow, LOT)], {ASKS.flow: [f"Opmerking {n}." for n in range(5)]}
    )


def test_all_versions_of_a_flow_are_taken_together_and_no_two_flows() -> None:
    mixed = [*texts(2), *texts(3, SHORT.content_hash), *texts(4, OTHER.content_hash)]

    found = bring_out(mixed, WEEK, FLOWS)

    assert found.lots == [Lot(WEEK, ASKS.flow, 5)]
    assert [one.flow for one in found.waiting] == [OTHER.content_hash] * 4


def test_who_said_nothing_leaves_nothing() -> None:
    many = [said(None) for _ in range(100)]
    assert bring_out(many, WEEK, FLOWS) == Lots()
    assert bring_out([said(None, SILENT.content_hash)], WEEK, FLOWS) == Lots()


@pytest.mark.parametrize(("withheld", "told"), [(0, 0), (K - 1, 0), (K, K), (30, 30)])
def test_how_many_were_withheld_is_told_of_many_only(withheld: int, told: int) -> None:
    box = [*texts(LOT), *(said(Withheld.TOO_LITTLE) for _ in range(withheld))]

    found = bring_out(box, WEEK, FLOWS)

    assert found.lots == [Lot(WEEK, ASKS.flow, LOT, told)]
    assert found.waiting == []


def test_what_was_withheld_waits_with_the_texts_of_its_flow() -> None:
    box = [said(Withheld.IN_DOUBT), *texts(2)]

    found = bring_out(box, WEEK, FLOWS)

    assert found.waiting == [replace(one, missed=WEEK) for one in box]


FORGED = {
    "of a flow never published": said("Opmerking.", HASH),
    "silence of a flow never published": said(None, HASH),
    "longer than was asked": said("x" * 21, SHORT.content_hash),
    "where none is asked": said("Opmerking.", SILENT.content_hash),
    "withheld where none is asked": said(Withheld.IN_DOUBT, SILENT.content_hash),
    "empty": said(""),
}


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED)
def test_what_nobody_can_have_said_is_destroyed(forged: RemarkBallot) -> None:
    clean = bring_out(texts(LOT), WEEK, FLOWS)
    assert bring_out([forged, *texts(LOT)], WEEK, FLOWS) == replace(clean, destroyed=1)


def test_what_waits_together_bears_one_week_and_one_version_and_goes_together() -> None:
    old = said("Oud.", SHORT.content_hash, week_after(WEEK, -12))
    new = said("Nieuw.")

    waiting = bring_out([new, old], WEEK, FLOWS).waiting

    assert {(one.flow, one.missed) for one in waiting} == {
        (ASKS.content_hash, old.missed)
    }
    over = bring_out(waiting, week_after(WEEK), FLOWS)
    assert (over.waiting, over.destroyed) == ([], 2)


def test_what_waited_long_comes_out_after_all_when_company_comes_in_time() -> None:
    old = said("Oud.", missed=week_after(WEEK, -20))
    found = bring_out([old, *texts(4)], WEEK, FLOWS)
    assert found.lots == [Lot(WEEK, ASKS.flow, 5)]


boxes = st.lists(
    st.builds(
        said,
        st.none() | st.sampled_from(Withheld) | st.text(min_size=1, max_size=30),
        st.sampled_from([*FLOWS, HASH]),
        st.none() | st.sampled_from([WEEK, week_after(WEEK, -13)]),
    ),
    max_size=40,
)


@given(boxes)
def test_every_remark_comes_out_waits_or_is_destroyed_and_none_twice(
    box: Sequence[RemarkBallot],
) -> None:
    found = bring_out(box, WEEK, FLOWS)

    out = [text for own in found.texts.values() for text in own]
    spoke = [b for b in box if b.remark is not None or b.flow == HASH]
    gone = sum(isinstance(b.remark, Withheld) for b in box)
    assert len(spoke) - gone <= len(out) + len(found.waiting) + found.destroyed
    assert len(out) + len(found.waiting) + found.destroyed <= len(spoke)
    assert all(len(own) >= LOT for own in found.texts.values())
    assert {lot.flow: lot.texts for lot in found.lots} == {
        name: len(own) for name, own in found.texts.items()
    }


def test_remarks_are_parted_from_answers_and_change_none_of_them() -> None:
    answers = [pack_ballot(complete()) for _ in range(K)]
    without = count(answers, PhaseSums(), WEEK, FLOWS | {FLOW.content_hash: FLOW})
    both = [pack_remark(texts(1)[0]), *answers, pack_remark(said(None))]

    found = count(both, PhaseSums(), WEEK, FLOWS | {FLOW.content_hash: FLOW})

    assert found == replace(without, remarks=[texts(1)[0], said(None)])


def kept(name: int, flow: str = "sozawe", *, since: int = 0) -> KeptRemark:
    return KeptRemark(bytes([name]), flow, week_after(WEEK, -since), f"Tekst {name}.")


def approved(name: int, flow: str = "sozawe", *, since: int = 0) -> KeptRemark:
    return replace(kept(name, flow, since=since), is_approved=True)


def test_approved_remarks_are_published_with_four_others_or_wait() -> None:
    four = [approved(n) for n in range(LOT - 1)]
    assert clear(four, WEEK, {"sozawe"}) == Cleared({}, four, 0)

    others = [kept(8), approved(9, "other")]
    assert clear([*four, approved(7), *others], WEEK, {"sozawe", "other"}) == Cleared(
        {"sozawe": ["Tekst 0.", "Tekst 1.", "Tekst 2.", "Tekst 3.", "Tekst 7."]},
        others,
        0,
    )


def test_a_flow_without_a_digest_publishes_nothing() -> None:
    five = [approved(n) for n in range(LOT)]
    assert clear(five, WEEK, {"other"}) == Cleared({}, five, 0)


def test_what_waits_for_thirteen_weeks_is_destroyed() -> None:
    box = [kept(1, since=PATIENCE), kept(2, since=PATIENCE - 1), approved(3, since=13)]
    assert clear(box, WEEK, {"sozawe"}) == Cleared({}, [box[1]], 2)


def test_what_waited_long_is_published_after_all_in_company() -> None:
    five = [approved(n, since=PATIENCE + n) for n in range(LOT)]
    assert clear(five, WEEK, {"sozawe"}).destroyed == 0
    assert clear(five, WEEK, {"sozawe"}).waiting == []
