"""Anybody with its list and its seed can make a draw again, and nobody else can."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.flow import Phase
from bot.core.protocol import (
    Difference,
    Protocol,
    Stratum,
    commitment,
    compare,
    read_seed,
    write_seed,
)
from bot.core.sampling import Contact, Reason, draw

SEED = hashlib.sha256(b"seed").digest()
ANOTHER = hashlib.sha256(b"another").digest()
FRAME = [
    *(Contact(f"f{n}", Phase.FIRST_CONTACT) for n in range(120)),
    *(Contact(f"i{n}", Phase.INTAKE, "ar") for n in range(80)),
    Contact("x", Phase.INTAKE, "", Reason.STAFF),
    Contact("f0", Phase.FIRST_CONTACT),
]


def protocol(frame: list[Contact] = FRAME, one_in: int = 25) -> Protocol:
    drawn = draw(frame, one_in, SEED, "sozawe")
    return Protocol.of(drawn, SEED, one_in, "sozawe", "2026-W30")


def test_a_protocol_holds_counts_and_numbers_and_names_nobody() -> None:
    drawn = draw(FRAME, 25, SEED, "sozawe")
    made = protocol()
    assert made == Protocol(
        flow="sozawe",
        week="2026-W30",
        commitment=hashlib.sha256(SEED).hexdigest(),
        frame=drawn.frame,
        one_in=25,
        listed=200,
        drawn=8,
        repeated=1,
        excluded={"staff": 1},
        phases=tuple(Stratum(str(p.phase), p.listed, p.drawn) for p in drawn.phases),
        start=drawn.start,
        tickets=drawn.tickets,
        seal=made.seal,
    )
    assert [len(ticket) for ticket in made.tickets] == [32] * 8
    assert list(made.tickets) == sorted(made.tickets)
    text = made.to_json()
    assert not any(f'"{c.reference}"' in text for c in FRAME)
    assert Protocol.from_json(text) == made


def test_where_a_phase_is_small_the_numbers_drawn_per_phase_are_not_told() -> None:
    # One contact of a phase, and one drawn of that phase: that would be the name.
    made = protocol([*FRAME, Contact("alone", Phase.AFTER_AWARD)])
    assert [(s.listed, s.drawn) for s in made.phases] == [
        (120, None),
        (80, None),
        (1, None),
    ]
    assert made.drawn == len(made.tickets)
    assert Protocol.from_json(made.to_json()) == made
    assert compare(made, [*FRAME, Contact("alone", Phase.AFTER_AWARD)], SEED) == ()


def test_the_same_list_and_seed_agree_in_any_order() -> None:
    assert compare(protocol(), FRAME, SEED) == ()
    assert compare(protocol(), FRAME[::-1], SEED) == ()


def test_another_seed_is_all_that_is_told_of_it() -> None:
    assert compare(protocol(), FRAME, ANOTHER) == (Difference("seed"),)
    assert compare(protocol(), FRAME[1:-1], ANOTHER) == (Difference("seed"),)


def test_one_changed_line_is_seen() -> None:
    for other in (
        Contact("f1", Phase.FIRST_CONTACT, "tr"),
        Contact("f01", Phase.FIRST_CONTACT),
    ):
        changed = [other if c.reference == "f1" else c for c in FRAME]
        assert compare(protocol(), changed, SEED) == (Difference("frame"),)


def test_a_contact_who_was_added_is_seen_with_the_phase() -> None:
    added = [*FRAME, Contact("new", Phase.INTAKE)]
    assert compare(protocol(), added, SEED) == (
        Difference("contacts", "", 200, 201),
        Difference("phase", "intake", 80, 81),
        Difference("frame"),
    )


def test_a_contact_who_is_excluded_after_all_is_seen_with_the_reason() -> None:
    gone = replace(FRAME[150], excluded=Reason.OBJECTION)
    frame = [*FRAME[:150], gone, *FRAME[151:-1]]
    assert compare(protocol(), frame, SEED) == (
        Difference("contacts", "", 200, 199),
        Difference("phase", "intake", 80, 79),
        Difference("excluded", "objection", 0, 1),
        Difference("repeated", "", 1, 0),
        Difference("frame"),
    )


def test_a_protocol_that_was_changed_is_seen_in_each_of_its_parts() -> None:
    made = protocol()
    other = ("0" * 32, *made.tickets[1:])
    changed: list[tuple[Protocol, tuple[Difference, ...]]] = [
        (replace(made, week="2026-W31"), ()),
        (replace(made, seal="no seal"), ()),
        (replace(made, excluded={**made.excluded, "else": 3}), ()),
        (replace(made, drawn=9), (Difference("drawn", "", 9, 8),)),
        (
            replace(made, start=made.start + 1),
            (Difference("start", "", made.start + 1, made.start),),
        ),
        (replace(made, tickets=other), (Difference("tickets", "", 1, 1),)),
        (replace(made, tickets=made.tickets[1:]), (Difference("tickets", "", 0, 1),)),
        (replace(made, frame="f" * 64), (Difference("frame"),)),
        (replace(made, flow="telefoon"), (Difference("frame"),)),
    ]
    for forged, told in changed:
        assert compare(forged, FRAME, SEED) == (*told, Difference("protocol"))


def test_another_one_in_draws_others() -> None:
    found = compare(replace(protocol(), one_in=20), FRAME, SEED)
    assert {one.what for one in found} >= {"drawn", "tickets", "protocol"}


def test_whoever_holds_the_seed_cannot_seal_a_draw_of_their_own() -> None:
    made = protocol()
    chosen = replace(made, tickets=("0" * 32, *made.tickets[1:]))
    sealed = replace(chosen, seal=chosen._sealed(SEED))
    assert compare(sealed, FRAME, SEED) == (Difference("tickets", "", 1, 1),)
    strata = (Stratum("first_contact", 120, 8), Stratum("intake", 80, 0))
    counted = replace(made, phases=strata)
    sealed = replace(counted, seal=counted._sealed(SEED))
    assert compare(sealed, FRAME, SEED) == (Difference("protocol"),)


def _without(name: str) -> Callable[[dict[str, Any]], object]:
    return lambda plain: {key: plain[key] for key in plain if key != name}


def _with(**changes: object) -> Callable[[dict[str, Any]], object]:
    return lambda plain: {**plain, **changes}


@pytest.mark.parametrize(
    "change",
    [
        *(_without(name) for name in ("format", "seal", "tickets", "phases")),
        _with(format="polsslag draw 2"),
        _with(one_in=0),
        _with(one_in=True),
        _with(start=-1),
        _with(drawn=10**10),
        _with(drawn=1.5),
        _with(flow=3),
        _with(excluded=[1]),
        _with(phases=[{"phase": "intake", "listed": 1}]),
        _with(phases=3),
        lambda _: [],
        lambda _: "text",
    ],
)
def test_what_is_no_protocol_is_refused(
    change: Callable[[dict[str, Any]], object],
) -> None:
    text = json.dumps(change(json.loads(protocol().to_json())))
    with pytest.raises(ValueError):  # noqa: PT011 - of any kind
        Protocol.from_json(text)


@pytest.mark.parametrize("text", ["", "no json", "[" * 100_000, '{"format": 1e999}'])
def test_what_is_no_json_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - of any kind
        Protocol.from_json(text)


@given(st.binary(min_size=32, max_size=32))
def test_a_seed_is_written_as_text_and_read_back(seed: bytes) -> None:
    text = write_seed(seed)
    assert text.decode("ascii").splitlines() == ["polsslag seed 1", seed.hex()]
    assert read_seed(text) == read_seed(text.replace(b"\n", b"\r\n")) == seed
    assert commitment(seed) == hashlib.sha256(seed).hexdigest()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"polsslag seed 1\n",
        b"polsslag seed 1\n" + b"0" * 62,
        b"polsslag seed 1\n" + b"g" * 64,
        b"polsslag seed 2\n" + b"0" * 64,
        b"0" * 64,
        bytes(range(256)),
    ],
)
def test_what_is_no_seed_is_none(content: bytes) -> None:
    assert read_seed(content) is None
