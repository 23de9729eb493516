"""Who comes in: whoever chance drew, once each, and nobody can tell why."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.anonymity import Door, Invitation, new_id
from bot.app import App, open_in_memory
from bot.commands.publishing import publish, unpublish
from bot.config import Config
from bot.core.codes import make
from bot.core.flow import Phase
from bot.core.sampling import is_drawn
from bot.service.admission import (
    Admitted,
    AlreadyDone,
    Entry,
    NoLink,
    NotOpen,
    NotValid,
    Reception,
)
from tests.doubles.installation import WEDNESDAY, Clock
from tests.doubles.person import Person
from tests.service.conftest import Box
from tests.service.test_conversation import ANSWERS, CODES, SOZAWE, YES

Text = Callable[..., str]
Others = Callable[[int], list[Person]]

CODE, OTHER_CODE = make(bytes(16)), make(bytes([7]) * 16)


@pytest.fixture
async def invited(app: App, clock: Clock) -> None:
    """Send out two invitations."""
    await app.door.invite(
        [
            Invitation(
                code,
                SOZAWE.content_hash,
                Phase.FIRST_CONTACT,
                clock() + timedelta(weeks=3),
                new_id(),
            )
            for code in (CODE, OTHER_CODE)
        ]
    )


@pytest.mark.usefixtures("invited")
async def test_an_invitation_is_used_up_by_being_used(
    client: Person, others: Others, box: Box, text: Text
) -> None:
    [other] = others(1)

    await client.opens(f"i_{CODE}")
    await other.opens(f"i_{CODE}")
    await client.taps(YES, *ANSWERS)

    assert other.texts[-1] == text("invitation_not_valid")
    [ballot] = await box.ballots()
    assert (ballot.phase, ballot.codes) == (Phase.FIRST_CONTACT, CODES)
    assert ballot.cell.origin == "invited"


@pytest.mark.usefixtures("invited")
@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        CODE.lower(),
        f" {CODE[:4]}-{CODE[4:]} ",
        f"https://t.me/polsslag_bot?start=i_{CODE}",
        f"de link: t.me/polsslag_bot?start=i_{CODE}.",
    ],
)
async def test_a_code_can_be_typed_as_it_is_read(client: Person, typed: str) -> None:
    await client.writes(typed)

    assert client.texts == [SOZAWE.intro.text["nl"]]


@pytest.mark.usefixtures("invited")
async def test_of_two_who_use_one_code_at_once_one_comes_in(
    app: App, others: Others, box: Box, text: Text
) -> None:
    people = others(20)

    await asyncio.gather(*(person.opens(f"i_{CODE}") for person in people))

    inside = [person for person in people if person.buttons]
    told = [p.texts[-1] for p in people if not p.buttons]
    assert len(inside) == 1
    assert told == [text("invitation_not_valid")] * 19


@pytest.mark.usefixtures("invited")
async def test_a_second_invitation_waits_until_the_first_survey_is_over(
    client: Person, box: Box, text: Text
) -> None:
    await client.opens(f"i_{CODE}")
    await client.taps(YES, "7")
    await client.opens(f"i_{OTHER_CODE}")
    assert client.texts[-1].startswith(text("retry.already_busy"))
    await client.taps(*ANSWERS[1:])

    await client.opens(f"i_{OTHER_CODE}")
    await client.taps(YES, *ANSWERS)

    assert await box.answers() == [CODES, CODES]


@pytest.mark.usefixtures("invited")
async def test_an_invitation_gives_a_turn_to_who_had_one_by_walking_in(
    client: Person, box: Box
) -> None:
    await client.opens("e_balie")
    await client.taps(YES, *ANSWERS)

    await client.opens(f"i_{CODE}")
    await client.taps(YES, *ANSWERS)

    origins = [ballot.cell.origin for ballot in await box.ballots()]
    assert sorted(origins) == ["invited", "walk_in"]


@pytest.mark.usefixtures("invited")
async def test_an_invitation_does_not_replace_an_end_whose_ballot_is_missing(
    client: Person, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    await client.opens("e_balie")
    await client.taps(YES, *ANSWERS[:-1])

    async def full(*_: object) -> None:
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr(Door, "_drop", full)
        with pytest.raises(OSError):  # noqa: PT011 - it has no words
            await client.taps(ANSWERS[-1])

    await client.opens(f"i_{CODE}")

    assert await box.answers() == [CODES]
    assert YES in client.buttons


@pytest.mark.usefixtures("invited")
async def test_an_invitation_leads_on_from_a_survey_that_has_expired(
    client: Person, box: Box, clock: Clock, text: Text
) -> None:
    await client.opens("e_balie")
    await client.taps(YES, "7")
    clock.turn(hours=41)

    await client.writes(CODE)
    assert client.texts == [text("closing"), SOZAWE.intro.text["nl"]]
    await client.taps(YES, *ANSWERS)

    assert sorted(await box.outcomes()) == ["broke_off", "complete"]


@pytest.mark.usefixtures("invited")
async def test_a_code_with_one_wrong_letter_is_told_and_uses_nothing_up(
    client: Person, box: Box, clock: Clock, text: Text
) -> None:
    wrong = ("B" if CODE[0] != "B" else "C") + CODE[1:]
    for typed in (wrong, f"{wrong[:4]} {wrong[4:]}".lower()):
        await client.writes(typed)
        assert client.texts[-1] == text("wrong_code")
    await client.writes("helemaal")
    assert client.texts[-1] == text("nothing_open")

    # In the middle of a survey it is an answer like any other, until that has expired.
    await client.writes(f"{CODE[:4]} {CODE[4:]}")
    await client.taps(YES)
    await client.writes(wrong)
    assert client.texts[-1].startswith(text("retry.not_understood"))
    clock.turn(hours=41)
    await client.writes(wrong)
    assert client.texts[-1] == text("wrong_code")
    assert await box.outcomes() == ["broke_off"]


@pytest.mark.usefixtures("invited")
async def test_an_invitation_expires_after_three_weeks(
    client: Person, app: App, box: Box, clock: Clock, text: Text
) -> None:
    clock.turn(weeks=3)

    await client.opens(f"i_{CODE}")
    assert client.texts[-1] == text("invitation_not_valid")
    await app.opening.open(clock(), app.week)

    # Too few for a batch: both wait, and say that nobody opened them.
    assert await box.outcomes() == ["not_opened", "not_opened"]


@pytest.mark.usefixtures("invited")
async def test_an_invitation_outlives_the_keys_it_was_made_under(
    client: Person, app: App, box: Box, clock: Clock
) -> None:
    for _ in range(2):
        await app.opening.open(clock(), app.week)
        clock.turn(weeks=1)

    await client.opens(f"i_{CODE}")
    await client.taps(YES, *ANSWERS)

    assert await box.answers() == [CODES]


RETITLED = SOZAWE.model_copy(update={"title": {"nl": "Uw contact met ons"}})


@pytest.mark.usefixtures("invited")
async def test_an_invitation_leads_to_the_version_that_is_live_when_it_is_opened(
    client: Person, app: App, box: Box
) -> None:
    await publish(app, RETITLED)

    await client.opens(f"i_{CODE}")
    await client.taps(YES, *ANSWERS)

    [ballot] = await box.ballots()
    assert (ballot.cell.flow, ballot.cell.origin) == (RETITLED.content_hash, "invited")


@pytest.mark.usefixtures("invited")
async def test_an_invitation_that_nobody_opened_counts_with_those_who_opened_theirs(
    app: App, box: Box, clock: Clock
) -> None:
    await publish(app, RETITLED)
    clock.turn(weeks=3)
    await app.opening.open(clock(), app.week)

    assert await box.outcomes() == ["not_opened", "not_opened"]
    assert {b.cell.flow for b in await box.ballots()} == {RETITLED.content_hash}


@pytest.mark.usefixtures("invited")
async def test_where_the_survey_is_taken_off_nobody_begins_and_no_invitation_is_used_up(
    client: Person, app: App, box: Box, text: Text
) -> None:
    await unpublish(app, "sozawe")

    await client.opens(f"i_{CODE}")
    await client.opens("e_balie")
    await client.writes(CODE)
    told = [said for said in client.texts if not said.startswith(">")]
    assert told == [text("not_open")] * 3
    assert not client.buttons
    assert await box.ballots() == []

    await publish(app, SOZAWE)
    await client.opens(f"i_{CODE}")
    await client.taps(YES, *ANSWERS)
    assert await box.answers() == [CODES]


async def test_who_is_busy_when_the_survey_is_taken_off_can_finish(
    client: Person, app: App, box: Box
) -> None:
    await client.opens("e_balie")
    await client.taps(YES)
    await unpublish(app, "sozawe")

    await client.taps(*ANSWERS)

    assert await box.answers() == [CODES]


@pytest.mark.usefixtures("invited")
async def test_an_invitation_to_a_survey_that_was_taken_off_expires_as_it_is(
    app: App, box: Box, clock: Clock
) -> None:
    await unpublish(app, "sozawe")
    clock.turn(weeks=3)
    await app.opening.open(clock(), app.week)

    assert {b.cell.flow for b in await box.ballots()} == {SOZAWE.content_hash}


async def test_whoever_is_not_drawn_stays_so_all_week_and_leaves_a_ballot_alike(
    app: App, others: Others, box: Box, text: Text
) -> None:
    people = others(40)
    for person in people:
        await person.opens("e_kans")
    asked = {person.subject for person in people if person.buttons}

    assert 5 < len(asked) < 35
    for person in people:
        for _ in range(3):
            await person.opens("e_kans")
        if person.subject not in asked:
            told = [t for t in person.texts if not t.startswith(">")]
            assert told == [text("not_drawn", one_in=2)] * 4
    # Not even through another door.
    unlucky = next(person for person in people if person.subject not in asked)
    await unlucky.opens("e_balie")
    assert not unlucky.buttons
    assert await box.outcomes() == ["not_drawn"] * (40 - len(asked))


async def test_not_drawn_is_told_again_where_a_crash_came_before_it(
    app: App, others: Others, text: Text
) -> None:
    people = others(20)
    for person in people:
        person.is_reached = False
        reply = await person.opens("e_kans")
        if not reply.effects:
            break
    person.service._keeping._showing.clear()
    person.is_reached = True

    await person.is_delivered_again()

    assert person.texts[-1] == text("not_drawn", one_in=2)


async def test_nothing_is_sent_at_the_start_to_who_was_not_drawn(
    app: App, others: Others
) -> None:
    for person in others(20):
        reply = await person.opens("e_kans")
        if not reply.effects:
            break
        await person.taps("Nee, liever niet")
    assert reply.token
    person.is_reached = False
    app.service._keeping._showing.clear()

    assert await app.service.tidy() == []


async def test_after_the_opening_the_draw_is_another(
    app: App, others: Others, clock: Clock
) -> None:
    subjects = [person.subject for person in others(400)]
    weeks = []
    for _ in range(2):
        tickets = [app.door.ticket(subject) for subject in subjects]
        assert tickets == [app.door.ticket(subject) for subject in subjects]
        weeks.append([ticket[0] < 128 for ticket in tickets])
        await app.opening.open(clock(), app.week)

    same = sum(one == other for one, other in zip(*weeks, strict=True))
    # Half, give or take: six times the standard deviation.
    assert 140 < same < 260


async def test_of_fifty_thousand_walk_ins_one_in_twenty_five_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Chance with a seed: the law holds of every key, the test must hold every day.
    monkeypatch.setattr("bot.anonymity.keys.secrets.token_bytes", bytes)
    config = Config(phone="14 023")
    async with open_in_memory(config, clock=Clock()) as app:
        await publish(app, SOZAWE)
        reception = Reception(
            app.door, app.stores.archive, {"balie": Entry("sozawe")}, Clock()
        )

        people = [f"telegram:{number}" for number in range(50_000)]
        asked = [person for person in people if is_drawn(app.door.ticket(person), 25)]
        few = [
            person
            for person in people[:1000]
            if isinstance(
                await reception.admit(person, "e_balie", "nl", None), Admitted
            )
        ]

    assert 0.037 <= len(asked) / 50_000 <= 0.043
    assert few == [person for person in people[:1000] if person in asked]


async def test_reception_tells_one_case_from_another(app: App) -> None:
    reception = Reception(
        app.door,
        app.stores.archive,
        {"open": Entry("sozawe", one_in=1), "dicht": Entry("telefoon")},
        app.clock,
    )

    async def admits(payload: str) -> object:
        return await reception.admit("telegram:1", payload, "nl", None)

    admitted = await admits("e_open")
    assert isinstance(admitted, Admitted)
    session = admitted.session
    assert admitted == Admitted(session, SOZAWE)
    assert (session.subject, session.expires_at) == (
        "telegram:1",
        WEDNESDAY + timedelta(hours=40),
    )
    assert await reception.admit("telegram:1", "e_open", "nl", session) == AlreadyDone()
    assert await admits("e_dicht") == NotOpen()
    assert await admits("e_nergens") == NoLink()
    assert await admits("iets anders") == NoLink()
    assert await admits("i_geen code") == NotValid()
    assert await admits(f"i_{CODE}") == NotValid()
