"""From the box over the reviewers to the digest: in lots, mixed, and gone in time."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import App
from bot.ballots import LOT
from bot.config import Installation
from bot.outbox import REVIEW, WEEKLY
from bot.remarks import Withheld
from bot.reviewing import TypedReview
from bot.reviews import Decision, Place, ReviewCounts, Rewritten
from tests.doubles.installation import Clock, installation_in, opened, shipped_flows
from tests.doubles.person import Person
from tests.doubles.remarks import drop_remarks

FLOWS = shipped_flows()
SOZAWE, TELEFOON = FLOWS["sozawe"], FLOWS["telefoon"]
TEXTS = [f"Dit is opmerking {n} van velen." for n in range(12)]


@pytest.fixture
def installation(quick_path: Path) -> Installation:
    return installation_in(
        quick_path, digest={"chats": [-1]}, remarks={"reviewers": [-5]}
    )


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def app(installation: Installation, clock: Clock) -> AsyncIterator[App]:
    async with opened(installation, clock, SOZAWE, TELEFOON) as app:
        yield app


async def opens(app: App, clock: Clock, weeks: int = 1) -> None:
    for _ in range(weeks):
        clock.turn(weeks=1)
        assert await app.opening.open(clock(), app.week) is not None


async def reviews(app: App, decision: Decision | Rewritten, times: int) -> list[str]:
    seen = []
    for message in range(times):
        place = Place(-5, message)
        text = await app.stores.reviews.put_on_screen(place, 9**6, lambda _: 0)
        assert text is not None
        seen.append(text)
        assert await app.stores.reviews.decide(place, decision)
        await app.stores.reviews.gone(place)
    return seen


async def stored(app: App) -> list[str]:
    query = "SELECT text FROM remarks ORDER BY text"
    rows = await app.stores.databases[1].read(lambda raw: raw.execute(query).fetchall())
    return [text for (text,) in rows]


async def shown(app: App, flow: str = "sozawe") -> tuple[str, ...]:
    week = await app.stores.ballots.last_opening()
    assert week is not None
    return await app.stores.outbox.remarks(week, flow)


async def test_a_lot_comes_out_mixed_and_the_reviewers_are_called(
    app: App, clock: Clock
) -> None:
    dropped = await drop_remarks(app, SOZAWE, [*TEXTS, None, Withheld.IN_DOUBT])

    await opens(app, clock)

    rows = await app.stores.databases[1].read(
        lambda raw: raw.execute("SELECT id, text FROM remarks").fetchall()
    )
    assert sorted(text for _, text in rows) == sorted(TEXTS)
    # By its random name, and so in no order of theirs (one in 12! by chance).
    assert [text for _, text in rows] != TEXTS
    assert {name for name, _ in rows}.isdisjoint(ballot.id for ballot in dropped)
    assert await app.stores.ballots.in_box() == 0
    called = [d for d in await app.stores.outbox.pending() if d.digest.kind == REVIEW]
    assert [(d.recipient, d.digest.text) for d in called] == [
        ("-5", "Er zijn opmerkingen om na te kijken: /nakijken")
    ]
    assert await shown(app) == ()


async def test_too_few_wait_under_other_names_and_call_nobody(
    app: App, clock: Clock
) -> None:
    dropped = await drop_remarks(app, SOZAWE, TEXTS[: LOT - 1])
    await drop_remarks(app, TELEFOON, TEXTS[:1])

    await opens(app, clock)

    assert await stored(app) == []
    assert await app.stores.ballots.in_box() == LOT
    names = await app.stores.databases[1].read(
        lambda raw: raw.execute("SELECT id, length(sealed) FROM ballots").fetchall()
    )
    assert {name for name, _ in names}.isdisjoint(ballot.id for ballot in dropped)
    assert {size for _, size in names} == {len(dropped[0].sealed)}
    kinds = {d.digest.kind for d in await app.stores.outbox.pending()}
    assert kinds == {WEEKLY}

    await drop_remarks(app, SOZAWE, TEXTS[LOT - 1 : LOT])
    await opens(app, clock)
    assert await stored(app) == sorted(TEXTS[:LOT])


async def test_what_too_few_said_is_destroyed_after_thirteen_weeks(
    app: App, clock: Clock
) -> None:
    await drop_remarks(app, SOZAWE, TEXTS[:4])
    await opens(app, clock, 13)
    assert await app.stores.ballots.in_box() == 4
    await opens(app, clock)
    assert await app.stores.ballots.in_box() == 0
    assert (await app.stores.reviews.counts()).destroyed == 0


async def test_approved_remarks_are_published_at_the_next_opening_and_stay(
    app: App, clock: Clock
) -> None:
    await drop_remarks(app, SOZAWE, TEXTS)
    await opens(app, clock)
    approved = await reviews(app, Decision.SHOW, 11)
    assert await shown(app) == ()

    await opens(app, clock)

    first = await shown(app)
    assert sorted(first) == sorted(approved)
    assert list(first) != approved
    # One that nobody has looked at goes on waiting, and nothing of what was published.
    assert await stored(app) == sorted(set(TEXTS) - set(approved))
    digests = {d.flow: d for d in await app.stores.outbox.latest()}
    assert digests["sozawe"].remarks == first
    assert digests["sozawe"].has_news
    assert (digests["telefoon"].remarks, digests["telefoon"].has_news) == ((), False)
    week = app.week
    await opens(app, clock)
    assert await app.stores.outbox.remarks(week, "sozawe") == first
    assert await shown(app) == ()


async def test_four_approved_wait_and_are_destroyed_after_thirteen_weeks(
    app: App, clock: Clock
) -> None:
    await drop_remarks(app, SOZAWE, TEXTS[:5])
    await opens(app, clock)
    await reviews(app, Decision.SHOW, 4)
    await opens(app, clock, 12)
    assert await stored(app) == sorted(TEXTS[:5])
    assert await shown(app) == ()

    await opens(app, clock)

    assert await stored(app) == []
    assert await app.stores.reviews.counts() == ReviewCounts(decided=4)


async def test_ten_that_nobody_looked_at_are_told_of_when_they_go(
    app: App, clock: Clock
) -> None:
    withheld = [Withheld.TOO_LITTLE] * 10
    await drop_remarks(app, SOZAWE, [*TEXTS, *withheld])
    await opens(app, clock, 14)
    assert await app.stores.reviews.counts() == ReviewCounts(withheld=10, destroyed=12)


@pytest.mark.parametrize(
    "decision",
    [Decision.LEAVE_OUT, Decision.NAMED, Rewritten("Iemand vond het wachten lang.")],
    ids=str,
)
async def test_of_what_is_destroyed_no_byte_is_left_in_the_file(
    app: App, clock: Clock, installation: Installation, decision: Decision | Rewritten
) -> None:
    secret = "mevrouw Zwanenburg-Kanarie heeft mij erg goed geholpen"
    await drop_remarks(app, SOZAWE, [secret] * 5 + TEXTS)
    await opens(app, clock)
    file = installation.data / "answers.db"
    assert file.read_bytes().count(secret.encode()) == 5

    for message in range(17):
        place = Place(-5, message)
        text = await app.stores.reviews.put_on_screen(place, 9**6, lambda _: 0)
        done = decision if text == secret else Decision.SHOW
        assert await app.stores.reviews.decide(place, done)

    # No VACUUM was needed: what is deleted is overwritten.
    assert secret.encode() not in file.read_bytes()
    for left in installation.folder.rglob("*"):
        assert not left.is_file() or b"Zwanenburg" not in left.read_bytes()


async def test_what_is_destroyed_at_an_opening_is_gone_from_the_file(
    app: App, clock: Clock, installation: Installation
) -> None:
    await drop_remarks(app, SOZAWE, TEXTS)
    await opens(app, clock)
    file = installation.data / "answers.db"
    assert b"van velen" in file.read_bytes()
    await opens(app, clock, 13)
    assert b"van velen" not in file.read_bytes()


async def test_the_same_text_said_twice_is_two_remarks(app: App, clock: Clock) -> None:
    await drop_remarks(app, SOZAWE, ["Alles was goed zo."] * 6)
    await opens(app, clock)
    await reviews(app, Decision.SHOW, 6)
    await opens(app, clock)
    assert await shown(app) == ("Alles was goed zo.",) * 6


async def test_no_digest_says_anything_of_remarks_that_wait(
    installation: Installation, clock: Clock, quick_path: Path
) -> None:
    said = []
    for many in (0, 4):
        folder = quick_path / str(many)
        place = installation_in(folder, digest={"chats": [-1]})
        turned = Clock()
        async with opened(place, turned, SOZAWE) as app:
            await drop_remarks(app, SOZAWE, TEXTS[:many])
            await opens(app, turned)
            said.append(await app.stores.outbox.latest())
    assert said[0] == said[1]


async def test_a_reviewer_is_staff_and_is_never_asked(
    quick_path: Path, clock: Clock
) -> None:
    place = installation_in(quick_path, remarks={"reviewers": [77]})
    async with opened(place, clock, SOZAWE) as app:
        asked = {}
        for number in (77, 78):
            person = Person(app.service, f"telegram:{number}")
            await person.opens("e_sozawe")
            asked[number] = bool(person.buttons)
        assert asked == {77: False, 78: True}
        assert [app.reviewers.serves(chat) for chat in (77, 78)] == [True, False]


async def test_without_a_scrubber_a_reviewer_rewrites_nothing(
    app: App, clock: Clock
) -> None:
    await drop_remarks(app, SOZAWE, TEXTS)
    await opens(app, clock)
    assert await app.reviewers.place(-5, 11) is not None

    turn = await app.reviewers.answer(TypedReview(-5, "Het duurde te lang.", 12, 11))

    assert turn.change is not None
    assert "Uw tekst is niet bewaard." in turn.change[1].text
    assert await stored(app) == sorted(TEXTS)
