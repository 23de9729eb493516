"""One opening, one digest per live flow."""

import pytest

from bot.ballots import Outcome
from bot.outbox import WrittenDigest
from tests.digest.examples import (
    PHONE,
    SOZAWE,
    archive,
    at,
    batch,
    digests_of,
    live,
    made_up,
    speaks,
)

DUTCH = speaks("nl")


def test_no_live_flow_no_digest() -> None:
    batches = [made_up(1, at(0), SOZAWE, 30)]
    assert digests_of(batches, archive(SOZAWE), {}, at(0), DUTCH) == ()


def test_there_is_one_digest_per_live_flow_by_name() -> None:
    written = digests_of([], archive(SOZAWE, PHONE), live(PHONE, SOZAWE), at(0), DUTCH)
    assert [one.flow for one in written] == ["sozawe", "telefoon"]


def test_a_week_without_a_batch_says_one_fixed_sentence() -> None:
    batches = [made_up(1, at(0), SOZAWE, 30), made_up(2, at(1), PHONE, 30)]
    written = digests_of(batches, archive(SOZAWE, PHONE), live(SOZAWE), at(1), DUTCH)
    assert written == (
        WrittenDigest(
            week=at(1),
            kind="weekly",
            flow="sozawe",
            text="Weekbericht · week 10\n"
            "Deze week geen nieuwe cijfers. Het laatste cijfer blijft staan.",
            has_news=False,
        ),
    )


def test_the_week_is_said_as_people_say_it() -> None:
    (one,) = digests_of([], archive(SOZAWE), live(SOZAWE), "2026-W05", DUTCH)
    assert one.text.splitlines()[0] == "Weekbericht · week 5"


def test_a_version_may_be_live_again() -> None:
    batches = [made_up(seed, at(seed), SOZAWE, 15) for seed in range(4)]
    (one,) = digests_of(batches, archive(SOZAWE), live(SOZAWE), at(3), DUTCH)
    assert one.has_news
    assert "veranderd" not in one.text


@pytest.mark.parametrize(("age", "is_said"), [(15, False), (16, True)])
def test_the_response_waits_until_unopened_invitations_are_counted_too(
    age: int, is_said: bool
) -> None:
    batches = [made_up(1, at(0), SOZAWE, 12), made_up(2, at(age), SOZAWE, 30)]
    (one,) = digests_of(batches, archive(SOZAWE), live(SOZAWE), at(age), DUTCH)
    assert ("Van de mensen die wij vroegen" in one.text) is is_said


@pytest.mark.parametrize(("unopened", "is_said"), [(0, False), (1, True)])
def test_the_response_is_not_said_of_those_alone_who_opened_their_invitation(
    unopened: int, is_said: bool
) -> None:
    # The first mailing lies behind the window, and of the second all that is known is
    # who took part: eleven in twelve, of a hundred who were asked perhaps.
    ended = {Outcome.REFUSED: 2, Outcome.NOT_OPENED: unopened}
    batches = [
        made_up(1, at(0), SOZAWE, 12),
        batch(at(30), SOZAWE, {"counter": {"8": 22}}, ended),
    ]
    (one,) = digests_of(batches, archive(SOZAWE), live(SOZAWE), at(30), DUTCH)
    assert ("Van de mensen die wij vroegen" in one.text) is is_said
