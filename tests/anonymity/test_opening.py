"""Once a week the box is opened, whoever asks and whatever happened before."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.anonymity import KeyFolder, OpeningReport
from bot.anonymity.seal import pack_ballot, unpack_ballot, unpack_sums
from bot.app import App
from bot.ballots import Ballot, Cell, K, Outcome, PhaseSums, SealedBallot
from bot.config import Installation
from bot.core.flow import Origin, Phase
from bot.errors import StorageError
from bot.picture import Picture
from tests.doubles.installation import (
    WEDNESDAY,
    Clock,
    in_the_box,
    installation_in,
    opened,
    shipped_flows,
)
from tests.doubles.person import Person

SOZAWE = shipped_flows()["sozawe"]
ANSWERS = ("Ja, ik doe mee", "7", "8", "Eens", "Helemaal eens")
WEEK = "2026-W30"
Answers = Callable[[int], Awaitable[None]]


@pytest.fixture
def installation(quick_path: Path) -> Installation:
    return installation_in(quick_path, digest={"chats": [-1, -2]})


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def app(installation: Installation, clock: Clock) -> AsyncIterator[App]:
    async with opened(installation, clock, SOZAWE) as app:
        yield app


@pytest.fixture
def answers(app: App) -> Answers:
    """Have so many more people answer to the end."""
    numbers = iter(range(1_000, 9_999))

    async def one() -> None:
        person = Person(app.service, f"telegram:{next(numbers)}")
        await person.opens("e_sozawe")
        await person.taps(*ANSWERS)

    async def answers(count: int) -> None:
        await asyncio.gather(*(one() for _ in range(count)))

    return answers


async def completes(app: App) -> list[int]:
    return [batch.completes for batch in await app.stores.ballots.batches()]


async def test_a_week_is_opened_once(app: App, clock: Clock, answers: Answers) -> None:
    await answers(K)

    assert await app.opening.open(clock(), WEEK) == OpeningReport(WEEK, 1)
    assert await app.opening.open(clock(), WEEK) is None
    assert await app.opening.open(clock(), "2026-W29") is None

    assert await completes(app) == [K]
    assert await app.stores.ballots.last_opening() == WEEK


async def test_too_few_wait_for_the_next_week(
    app: App,
    clock: Clock,
    answers: Answers,
) -> None:
    await answers(K - 1)
    assert await app.opening.open(clock(), WEEK) == OpeningReport(WEEK, 0)
    await answers(1)
    clock.turn(weeks=1)

    assert await app.opening.open(clock(), app.week) == OpeningReport("2026-W31", 1)
    assert await completes(app) == [K]


async def test_an_opening_without_answers_still_changes_the_keys(
    app: App, installation: Installation, clock: Clock
) -> None:
    before = KeyFolder(installation.keys).ids()

    await app.opening.open(clock(), WEEK)

    after = KeyFolder(installation.keys).ids()
    assert len(before) == len(after) == 1
    assert before.isdisjoint(after)


async def test_ballots_that_wait_lie_under_other_names_and_another_seal(
    app: App,
    installation: Installation,
    clock: Clock,
    answers: Answers,
) -> None:
    await answers(5)
    before, known = await rows(app), await in_the_box(app, installation)

    await app.opening.open(clock(), WEEK)

    after = await rows(app)
    assert len(after) == 5
    assert {row for pair in before for row in pair}.isdisjoint(
        row for pair in after for row in pair
    )
    waiting = await in_the_box(app, installation)
    assert [(b.cell, b.codes) for b in waiting] == [(b.cell, b.codes) for b in known]
    assert {ballot.missed for ballot in waiting} == {WEEK}


async def rows(app: App) -> list[tuple[bytes, bytes]]:
    return await app.stores.databases[1].read(
        lambda raw: raw.execute("SELECT id, sealed FROM ballots").fetchall()
    )


async def test_phase_sums_lie_sealed_until_their_quarter_is_told(
    app: App,
    installation: Installation,
    clock: Clock,
) -> None:
    for _ in range(2):
        await put(app, installation, K, Phase.INTAKE)
        await app.opening.open(clock(), app.week)
        clock.turn(weeks=1)

    sums = await phase_sums(app, installation)
    assert {one.n for one in sums.sums.values()} == {2 * K}
    assert {one.batches for one in sums.sums.values()} == {2}
    assert {key[0] for key in sums.sums} == {"2026-Q3"}


async def test_the_first_opening_of_a_quarter_tells_of_the_one_before(
    app: App,
    installation: Installation,
    clock: Clock,
) -> None:
    for _ in range(3):
        for phase in SOZAWE.phases:
            await put(app, installation, K, phase)
        await app.opening.open(clock(), app.week)
        clock.turn(weeks=1)
    assert await app.stores.ballots.phases() == []

    clock.turn(weeks=8)
    await app.opening.open(clock(), app.week)

    told = await app.stores.ballots.phases()
    assert {(one.week, one.since, one.until) for one in told} == {
        ("2026-W41", "2026-Q3", "2026-Q3")
    }
    assert [(one.question, one.phase) for one in told] == sorted(
        (question.name, phase)
        for question in SOZAWE.questions
        for phase in SOZAWE.phases
    )
    assert {one.n for one in told} == {3 * K}
    # What was told is not kept: nobody can tell of a part of it later.
    assert await phase_sums(app, installation) == PhaseSums()


async def put(app: App, installation: Installation, people: int, phase: Phase) -> None:
    """Have so many invited people of one phase answer to the end."""
    epoch = KeyFolder(installation.keys).load(await app.stores.ballots.epoch())
    cell = Cell(SOZAWE.content_hash, Origin.INVITED)
    codes = ("7", "8", "agree", "strongly_agree")
    ballot = pack_ballot(Ballot(cell, phase, Outcome.COMPLETE, codes))
    sealed = [
        SealedBallot(secrets.token_bytes(16), epoch.seal_ballot(ballot))
        for _ in range(people)
    ]
    await app.stores.ballots.drop(epoch.id, sealed)


async def phase_sums(app: App, installation: Installation) -> PhaseSums:
    epoch = KeyFolder(installation.keys).load(await app.stores.ballots.epoch())
    [(sealed,)] = await app.stores.databases[1].read(
        lambda raw: raw.execute("SELECT sealed FROM phase_sums").fetchall()
    )
    return unpack_sums(epoch.unseal(sealed))


async def test_sums_that_nobody_can_read_any_more_begin_anew(
    app: App,
    installation: Installation,
    clock: Clock,
    answers: Answers,
) -> None:
    await answers(K)
    await app.opening.open(clock(), app.week)
    await app.stores.databases[1].run(
        lambda raw: raw.execute(
            "UPDATE phase_sums SET sealed = zeroblob(length(sealed))"
        )
    )
    clock.turn(weeks=1)

    await app.opening.open(clock(), app.week)

    assert await phase_sums(app, installation) == PhaseSums()


async def test_fewer_than_ten_that_were_given_up_are_not_told_of(
    app: App,
    clock: Clock,
    answers: Answers,
) -> None:
    await answers(K - 1)
    for _ in range(14):
        await app.opening.open(clock(), app.week)
        clock.turn(weeks=1)

    assert await rows(app) == []
    told = await app.stores.databases[1].read(
        lambda raw: raw.execute("SELECT SUM(destroyed) FROM openings").fetchone()
    )
    assert told == (0,)


async def test_ten_that_were_given_up_are_told_of(app: App, clock: Clock) -> None:
    for number in range(K):
        person = Person(app.service, f"telegram:{number}")
        await person.opens("e_sozawe")
        await person.taps("Nee, liever niet")
    for _ in range(14):
        await app.opening.open(clock(), app.week)
        clock.turn(weeks=1)

    told = await app.stores.databases[1].read(
        lambda raw: raw.execute("SELECT destroyed FROM openings").fetchall()
    )
    assert sorted(told) == [*[(0,)] * 13, (K,)]


async def test_a_person_in_the_middle_does_not_notice_an_opening(
    app: App, installation: Installation, clock: Clock
) -> None:
    person = Person(app.service, "telegram:1")
    await person.opens("e_sozawe")
    await person.taps(*ANSWERS[:3])

    await app.opening.open(clock(), app.week)

    await person.taps(*ANSWERS[3:])
    [ballot] = await in_the_box(app, installation)
    assert ballot.outcome is Outcome.COMPLETE


async def test_an_opening_between_reading_and_storing_is_not_noticed_either(
    app: App,
    installation: Installation,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    person = Person(app.service, "telegram:1")
    await person.opens("e_sozawe")
    await person.taps(*ANSWERS[:-1])
    session = app.door.session

    async def slow(subject: str) -> object:
        read = await session(subject)
        monkeypatch.setattr(app.door, "session", session)
        async with opened(installation, clock) as other:
            await other.opening.open(clock(), app.week)
        return read

    monkeypatch.setattr(app.door, "session", slow)
    await person.taps(ANSWERS[-1])

    assert len(person.texts) == 1
    [ballot] = await in_the_box(app, installation)
    assert ballot.outcome is Outcome.COMPLETE


async def test_a_reply_shown_after_an_opening_is_known_to_be_shown(
    app: App, installation: Installation, clock: Clock
) -> None:
    person = Person(app.service, "telegram:1")
    await person.opens("e_sozawe")
    person.is_reached = False
    reply = await person.taps(ANSWERS[0])
    async with opened(installation, clock) as other:
        await other.opening.open(clock(), app.week)

    person.is_reached = True
    await person.sees(reply)

    assert await app.door.unfinished(clock()) == []
    await person.taps(*ANSWERS[1:])
    assert len(person.texts) == 1


async def test_a_reply_shown_after_an_opening_that_ended_the_survey_is_tidied_too(
    app: App, installation: Installation, clock: Clock
) -> None:
    person = Person(app.service, "telegram:1")
    await person.opens("e_sozawe")
    person.is_reached = False
    reply = await person.taps(ANSWERS[0])
    clock.turn(hours=40)
    async with opened(installation, clock) as other:
        await other.opening.open(clock(), app.week)

    person.is_reached = True
    await person.sees(reply)
    for reply in await app.service.tidy():
        await person.sees(reply)

    [ballot] = await in_the_box(app, installation)
    assert ballot.outcome is Outcome.BROKE_OFF
    assert [text.partition(".")[0] for text in person.texts] == [
        "Deze vragenlijst is gesloten"
    ]
    assert person.buttons == {}


async def test_a_reply_shown_after_the_opening_forgot_the_person_is_let_be(
    app: App, installation: Installation, clock: Clock
) -> None:
    person = Person(app.service, "telegram:1")
    await person.opens("e_sozawe")
    await person.taps(*ANSWERS[:-1])
    person.is_reached = False
    reply = await person.taps(ANSWERS[-1])
    async with opened(installation, clock) as other:
        [closing] = await other.service.tidy()
        assert closing.token
        await other.service.shown(person.subject, closing.token, [])
        await other.opening.open(clock(), app.week)

    person.is_reached = True
    await person.sees(reply)

    assert await app.door.session(person.subject) is None


async def test_tombstones_go_with_the_keys_and_everybody_may_come_again(
    app: App, clock: Clock
) -> None:
    person = Person(app.service, "telegram:1")
    await person.opens("e_sozawe")
    await person.taps(*ANSWERS)

    await app.opening.open(clock(), app.week)

    assert await app.door.session("telegram:1") is None
    await person.opens("e_sozawe")
    await person.taps(*ANSWERS)


async def test_a_chat_that_expired_at_the_opening_is_still_closed(
    app: App, clock: Clock
) -> None:
    person = Person(app.service, "telegram:1")
    await person.opens("e_sozawe")
    await person.taps(ANSWERS[0])
    clock.turn(hours=41)

    await app.opening.open(clock(), app.week)
    for reply in await app.service.tidy():
        await person.sees(reply)

    assert len(person.texts) == 1
    assert person.buttons == {}
    clock.turn(weeks=1)
    await app.opening.open(clock(), app.week)
    assert await app.door.session("telegram:1") is None


async def test_a_chat_that_cannot_be_tidied_any_more_is_forgotten(
    app: App, clock: Clock
) -> None:
    person = Person(app.service, "telegram:1", is_reached=False)
    await person.opens("e_sozawe")
    clock.turn(hours=41)
    await app.opening.open(clock(), app.week)
    assert await app.door.session("telegram:1") is not None
    clock.turn(weeks=1)

    assert await app.service.tidy() == []
    await app.opening.open(clock(), app.week)

    assert await app.door.session("telegram:1") is None


async def break_off(app: App, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Open the box, and have the disk full between the two transactions."""

    async def full(*_: object) -> None:
        raise StorageError("disk-full", path="answers.db")

    with monkeypatch.context() as patch:
        patch.setattr(app.stores.ballots, "open_box", full)
        with pytest.raises(StorageError):
            await app.opening.open(clock(), app.week)


async def test_an_opening_broken_off_elsewhere_is_taken_up_without_a_restart(
    app: App,
    installation: Installation,
    clock: Clock,
    answers: Answers,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await answers(K)
    assert await app.opening.mend(clock(), app.week) is None
    async with opened(installation, clock) as other:
        await break_off(other, clock, monkeypatch)
    # Meanwhile somebody answers, and it goes into the same box.
    await answers(1)

    assert await app.opening.mend(clock(), app.week) == OpeningReport(WEEK, 1)
    assert await app.opening.mend(clock(), app.week) is None

    assert await completes(app) == [K + 1]
    assert len(KeyFolder(installation.keys).ids()) == 1


async def test_keys_that_were_left_behind_are_destroyed_without_a_restart(
    app: App, installation: Installation, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object) -> None:
        raise StorageError("disk-full", path="sessions.db")

    with monkeypatch.context() as patch:
        patch.setattr(app.stores.sessions, "vacuum", full)
        with pytest.raises(StorageError):
            await app.opening.open(clock(), app.week)
    keys = KeyFolder(installation.keys)
    assert len(keys.ids()) == 2

    assert await app.opening.open(clock(), app.week) is None
    assert await app.opening.mend(clock(), app.week) is None

    assert keys.ids() == {await app.stores.sessions.epoch()}


async def test_an_opening_that_was_broken_off_goes_on_at_the_next_try(
    app: App,
    clock: Clock,
    answers: Answers,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await answers(K)
    await break_off(app, clock, monkeypatch)

    assert await app.opening.open(clock(), app.week) == OpeningReport(WEEK, 1)
    assert await completes(app) == [K]


async def test_a_clock_set_back_does_not_make_two_openings_in_one_week(
    app: App,
    installation: Installation,
    clock: Clock,
    answers: Answers,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await app.opening.open(clock(), app.week)
    clock.turn(weeks=1)
    await answers(K)
    await break_off(app, clock, monkeypatch)
    clock.now = WEDNESDAY - timedelta(weeks=3)

    async with opened(installation, clock) as again:
        assert await again.stores.ballots.last_opening() == "2026-W31"
        assert await completes(again) == [K]


async def test_two_processes_open_a_week_once(
    app: App,
    installation: Installation,
    clock: Clock,
    answers: Answers,
) -> None:
    await answers(K)
    async with opened(installation, clock) as other:
        reports = await asyncio.gather(
            *(one.opening.open(clock(), app.week) for one in (app, other, app, other))
        )

    assert [report for report in reports if report] == [OpeningReport(WEEK, 1)]
    assert len(await app.stores.outbox.pending()) == 2


async def test_a_digest_that_cannot_be_written_keeps_the_box_shut(
    app: App,
    installation: Installation,
    clock: Clock,
    answers: Answers,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await answers(K)

    def broken(*_: object) -> None:
        raise ArithmeticError

    with monkeypatch.context() as patch:
        patch.setattr(app.opening, "_write_digests", broken)
        with pytest.raises(ArithmeticError):
            await app.opening.open(clock(), app.week)
    assert await completes(app) == []

    assert await app.opening.mend(clock(), app.week) == OpeningReport(WEEK, 1)


async def test_no_answer_of_a_week_can_be_read_with_any_key_left(
    app: App,
    installation: Installation,
    clock: Clock,
    answers: Answers,
) -> None:
    await answers(3)
    old = await rows(app)

    await app.opening.open(clock(), app.week)

    [epoch] = KeyFolder(installation.keys).ids()
    secret = KeyFolder(installation.keys).box_secret(epoch)
    for _, sealed in old:
        with pytest.raises(Exception, match="decrypt"):
            secret.decrypt(sealed)
    assert [unpack_ballot(secret.decrypt(s)).outcome for _, s in await rows(app)] == [
        Outcome.COMPLETE
    ] * 3


@pytest.mark.parametrize("waiting", [0, 3, 8])
async def test_who_waits_for_company_changes_no_letter_of_the_digest(
    app: App, clock: Clock, answers: Answers, waiting: int
) -> None:
    await answers(waiting)

    await app.opening.open(clock(), WEEK)

    [digest] = await app.stores.outbox.latest()
    assert digest.text == (
        "Weekbericht · week 30\nEr zijn nog geen cijfers. "
        "Wij tonen pas cijfers van 10 mensen of meer. Dat kan weken duren."
    )
    assert (digest.has_news, digest.picture) == (False, "")


async def test_forty_answers_are_told_with_their_picture(
    app: App, clock: Clock, answers: Answers
) -> None:
    await answers(40)

    await app.opening.open(clock(), WEEK)

    [digest] = await app.stores.outbox.latest()
    assert digest.text.splitlines()[1:3] == [
        "Mensen die zelf meededen: 40 antwoorden in 13 weken.",
        "Balie, mensen die zelf meededen: 7,0 (tussen 6,8 en 7,2), 40 antwoorden.",
    ]
    assert "40 antwoorden" in Picture.from_json(digest.picture).alt
