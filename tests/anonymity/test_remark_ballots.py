import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.anonymity import seal
from bot.anonymity.seal import BALLOT_SIZE, pack_remark, unpack_ballot, unpack_remark
from bot.ballots import RemarkBallot
from bot.remarks import Scrubbed, Withheld

HASH = "0123456789abcdef" * 2
said = st.one_of(
    st.none(),
    st.sampled_from(Withheld),
    st.text(st.characters(codec="utf-8"), max_size=500).map(Scrubbed),
)


@given(said, st.sampled_from([None, "2026-W30"]))
def test_a_remark_is_read_back_as_it_was_packed(
    remark: Scrubbed | Withheld | None, missed: str | None
) -> None:
    ballot = RemarkBallot(HASH, remark, missed)
    try:
        packed = pack_remark(ballot)
    except ValueError:
        # Five hundred control characters take six letters each in JSON.
        assert isinstance(remark, Scrubbed)
        return

    assert len(packed) == BALLOT_SIZE
    assert unpack_remark(packed) == ballot


def test_five_hundred_of_the_longest_letters_fit() -> None:
    ballot = RemarkBallot(HASH, Scrubbed("😀" * 500), "2026-W30")

    assert unpack_remark(pack_remark(ballot)) == ballot


GOOD = json.loads(pack_remark(RemarkBallot(HASH))[4:].rstrip(b"\0"))
BAD = {
    "zeroes": bytes(BALLOT_SIZE),
    "another version": GOOD | {"v": 2},
    "a text and a reason": GOOD | {"text": "kort", "withheld": "too_little"},
    "an unknown reason": GOOD | {"withheld": "late"},
    "a week that never was": GOOD | {"missed": "2025-W53"},
    "a week otherwise written": GOOD | {"missed": "2025xx10"},
    "a flow that is no name": GOOD | {"flow": [HASH]},
}


@pytest.mark.parametrize("plain", BAD.values(), ids=BAD)
def test_what_is_no_remark_is_refused(plain: object) -> None:
    packed = plain if isinstance(plain, bytes) else seal._pad(plain, BALLOT_SIZE)
    with pytest.raises(ValueError):  # noqa: PT011 - json and enum have words of their own
        unpack_remark(packed)


def test_a_remark_is_not_taken_for_a_ballot() -> None:
    with pytest.raises(ValueError, match="not a ballot"):
        unpack_ballot(pack_remark(RemarkBallot(HASH)))
