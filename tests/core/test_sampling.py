"""Chance is fair: nobody is likelier to be asked than anybody else."""

import hashlib
import math
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.flow import Phase
from bot.core.sampling import OTHER, Contact, PhaseCount, Reason, draw, is_drawn

FIRST, INTAKE, AFTER = Phase.FIRST_CONTACT, Phase.INTAKE, Phase.AFTER_AWARD


def chance(number: int) -> bytes:
    return hashlib.sha256(str(number).encode()).digest()


def contacts(phase: Phase, count: int) -> list[Contact]:
    return [Contact(f"{phase.value}-{number}", phase) for number in range(count)]


def test_a_ticket_is_drawn_below_the_one_in_so_many() -> None:
    quarter = 1 << 62
    assert is_drawn((quarter - 1).to_bytes(8), 4)
    assert not is_drawn(quarter.to_bytes(8), 4)
    assert is_drawn(b"\xff" * 8, 1)
    assert is_drawn(b"\0" * 32, 1000)
    assert not is_drawn(b"\xff" * 32, 2)


def test_of_many_tickets_one_in_25_is_drawn() -> None:
    drawn = sum(is_drawn(chance(number), 25) for number in range(50_000))
    assert 0.037 < drawn / 50_000 < 0.043


@pytest.mark.parametrize(("ticket", "one_in"), [(b"1234567", 25), (b"12345678", 0)])
def test_a_ticket_that_is_too_short_or_one_in_none_is_refused(
    ticket: bytes, one_in: int
) -> None:
    with pytest.raises(ValueError, match=r"^$"):
        is_drawn(ticket, one_in)


@given(
    st.dictionaries(st.sampled_from((FIRST, INTAKE, AFTER)), st.integers(0, 120)),
    st.integers(1, 30),
    st.binary(min_size=32, max_size=32),
)
def test_of_every_phase_exactly_one_in_so_many_is_drawn_to_rounding(
    listed: dict[Phase, int], one_in: int, seed: bytes
) -> None:
    frame = [c for phase, count in listed.items() for c in contacts(phase, count)]
    drawn = draw(frame, one_in, seed)
    counts = Counter(contact.phase for contact in drawn.contacts)
    assert {p.phase: p.listed for p in drawn.phases} == {
        phase: count for phase, count in listed.items() if count
    }
    for phase in drawn.phases:
        assert phase.drawn == counts[phase.phase]
        assert phase.drawn in (phase.listed // one_in, -(-phase.listed // one_in))
    total = len(drawn.contacts)
    assert total in (len(frame) // one_in, -(-len(frame) // one_in))
    assert list(drawn.contacts) == [c for c in frame if c in drawn.contacts]


def test_five_thousand_contacts_give_two_hundred() -> None:
    frame = contacts(FIRST, 2000) + contacts(INTAKE, 1800) + contacts(AFTER, 1200)
    drawn = draw(frame, 25, chance(1))
    assert drawn.phases == (
        PhaseCount(FIRST, 2000, 80),
        PhaseCount(INTAKE, 1800, 72),
        PhaseCount(AFTER, 1200, 48),
    )


def test_every_contact_is_equally_likely_wherever_it_stands() -> None:
    frame = contacts(FIRST, 7) + contacts(INTAKE, 3) + contacts(AFTER, 13)
    rounds = 8000
    seen = Counter(
        contact
        for number in range(rounds)
        for contact in draw(frame, 5, chance(number)).contacts
    )
    spread = 4.5 * math.sqrt(rounds * 0.2 * 0.8)
    assert set(seen) == set(frame)
    assert all(abs(count - rounds / 5) < spread for count in seen.values())


def test_neighbours_on_the_list_are_drawn_independently_of_each_other() -> None:
    frame = contacts(FIRST, 50)
    rounds = 4000
    together = sum(
        {frame[0], frame[1]} <= set(draw(frame, 5, chance(number)).contacts)
        for number in range(rounds)
    )
    # Ten of fifty are drawn: two given ones together with chance 1/5 * 9/49.
    expected = rounds / 5 * 9 / 49
    assert abs(together - expected) < 4.5 * math.sqrt(expected)


def test_a_reference_that_stands_twice_has_one_chance() -> None:
    frame = [Contact("A", FIRST), Contact("B", FIRST), Contact("A", INTAKE)]
    drawn = draw(frame, 1, chance(1))
    assert drawn.contacts == (Contact("A", FIRST), Contact("B", FIRST))
    assert drawn.phases == (PhaseCount(FIRST, 2, 2),)
    assert drawn.repeated == 1


def test_the_same_chance_draws_the_same_and_another_draws_another() -> None:
    frame = contacts(FIRST, 500)
    assert draw(frame, 25, chance(1)) == draw(frame, 25, chance(1))
    assert draw(frame, 25, chance(1)) != draw(frame, 25, chance(2))


def test_an_empty_list_draws_nobody() -> None:
    assert draw([], 25, chance(1)).contacts == ()


def test_the_order_of_the_list_makes_no_difference() -> None:
    frame = contacts(FIRST, 60) + contacts(AFTER, 40)
    there, back = draw(frame, 25, chance(1)), draw(frame[::-1], 25, chance(1))
    assert set(there.contacts) == set(back.contacts)
    assert (there.tickets, there.frame, there.start) == (
        back.tickets,
        back.frame,
        back.start,
    )


def test_another_purpose_or_another_list_gives_a_draw_of_its_own() -> None:
    frame = contacts(FIRST, 500)
    longer = [*frame, Contact("one more", FIRST)]
    draws = [
        draw(frame, 5, chance(1), "sozawe"),
        draw(frame, 5, chance(1), "telefoon"),
        draw(longer, 5, chance(1), "sozawe"),
    ]
    for one, other in ((0, 1), (0, 2), (1, 2)):
        both = set(draws[one].contacts) & set(draws[other].contacts)
        # A hundred of five hundred, twice: twenty by chance, with a spread of four.
        assert 0 < len(both) < 40
        assert not set(draws[one].tickets) & set(draws[other].tickets)


def test_who_is_not_to_be_asked_is_counted_and_never_drawn() -> None:
    frame = [
        Contact("A", FIRST),
        Contact("B", FIRST, "nl", Reason.OBJECTION),
        Contact("C", INTAKE, "", Reason.STAFF),
        Contact("D", INTAKE, OTHER, Reason.OBJECTION),
    ]
    drawn = draw(frame, 1, chance(1))
    assert drawn.contacts == (Contact("A", FIRST),)
    assert drawn.phases == (PhaseCount(FIRST, 1, 1),)
    assert drawn.excluded == {Reason.OBJECTION: 2, Reason.STAFF: 1}
    assert list(drawn.excluded) == [Reason.OBJECTION, Reason.STAFF]


def test_one_line_that_says_not_to_ask_is_enough() -> None:
    frame = [
        Contact("A", FIRST),
        Contact("A", INTAKE, "", Reason.BEREAVEMENT),
        Contact("A", INTAKE, "", Reason.STAFF),
    ]
    drawn = draw(frame, 1, chance(1))
    assert (drawn.contacts, drawn.repeated) == ((), 2)
    assert drawn.excluded == {Reason.BEREAVEMENT: 1}


def test_no_phase_always_comes_first() -> None:
    # Five contacts of each phase and one in ten: one or two phases get one each, and
    # which of the three pairs that is must be as likely as any other.
    frame = contacts(FIRST, 5) + contacts(INTAKE, 5) + contacts(AFTER, 5)
    pairs = Counter(
        tuple(p.phase for p in draw(frame, 10, chance(n)).phases if p.drawn)
        for n in range(3000)
    )
    twos = [count for phases, count in pairs.items() if len(phases) == 2]
    ones = [count for phases, count in pairs.items() if len(phases) == 1]
    assert sum(twos) + sum(ones) == 3000
    assert len(twos) == len(ones) == 3
    assert all(abs(count - 500) < 4.5 * math.sqrt(500) for count in twos + ones)


@pytest.mark.parametrize(("seed", "one_in"), [(b"short", 25), (chance(1), 0)])
def test_too_little_chance_or_one_in_none_is_refused(seed: bytes, one_in: int) -> None:
    with pytest.raises(ValueError, match=r"^$"):
        draw([], one_in, seed)
