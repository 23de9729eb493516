"""Made-up people who tap their way through a flow, and the updates that come of it.

A conversation is worked out beforehand, by the engine itself: while the clock runs,
nobody has to think of an answer.
"""

import itertools
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.anonymity import new_id, new_nonce
from bot.core.engine import begin, step
from bot.core.events import Accepted, Answered, Event
from bot.core.flow import FlowDefinition, Origin, Phase
from bot.core.session import Session
from bot.dialogue import View
from bot.messages import Catalogue
from bot.service.views import CHOOSE, YES, Screen

BATCH = 100
"""The most updates that one answer of Telegram holds."""
FIRST_MESSAGE = 1000
"""Number of the introduction in each chat; each question has the next."""

CROWD = 5_000_000_000
"""Number of the first chat of those who answer."""
OTHERS = 6_000_000_000
"""Number of the first chat of those who have a session, and do nothing meanwhile."""

_PHONE = "14 023"
_NONCE = "NNNNNNNNNNNN"
_MOMENT = 1_790_000_000


@dataclass(frozen=True, slots=True)
class Turn:
    """One step of the conversation.

    Args:
        shown: what stands on the screen when the person taps.
        action: what the tapped button carries, after its nonce.
    """

    shown: View
    action: str


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who will answer everything."""

    chat: int
    nonce: str


class People:
    """Everybody of one benchmark; nobody is asked twice."""

    def __init__(self, flow: FlowDefinition, now: datetime, first: int = CROWD) -> None:
        """Let people answer this flow; their chats are numbered from the first."""
        self._flow = flow
        self._now = now
        self._chats = itertools.count(first)
        self._updates = itertools.count(100_000_000)
        self.turns = tuple(_turns(flow, self._begun("telegram:1", _NONCE)))

    def come(self, count: int) -> list[Person]:
        """Give people who have never been here."""
        return [Person(next(self._chats), new_nonce()) for _ in range(count)]

    def session(self, person: Person) -> Session:
        """Give the session of somebody who reads the introduction now."""
        return self._begun(f"telegram:{person.chat}", person.nonce)

    def batches(self, people: Sequence[Person]) -> list[bytes]:
        """Give what Telegram answers, poll by poll, when all of them go all the way.

        Everybody makes the first step before anybody makes the second, so that a
        batch holds updates of different people.
        """
        updates = [
            self._update(person, place, turn)
            for place, turn in enumerate(self.turns)
            for person in people
        ]
        return [
            json.dumps({"ok": True, "result": updates[start : start + BATCH]}).encode()
            for start in range(0, len(updates), BATCH)
        ]

    def _begun(self, subject: str, nonce: str) -> Session:
        session = begin(
            self._flow,
            subject=subject,
            ballot=new_id(),
            remark_ballot=new_id(),
            nonce=nonce,
            origin=Origin.WALK_IN,
            phase=Phase.INTAKE,
            language="nl",
            at=self._now,
        ).session
        return _on_screen(session)

    def _update(self, person: Person, place: int, turn: Turn) -> dict[str, object]:
        number = next(self._updates)
        user = {"id": person.chat, "is_bot": False, "first_name": "Anna"}
        query = {
            "id": str(number * 10**10),
            "from": user | {"language_code": "nl"},
            "chat_instance": "-1234567890123456789",
            "message": message(person.chat, FIRST_MESSAGE + place, turn.shown),
            "data": f"{person.nonce}:{turn.action}",
        }
        return {"update_id": number, "callback_query": query}


def message(chat: int, number: int, view: View) -> dict[str, object]:
    """Give a message of the bot as Telegram describes it."""
    keyboard = [
        [{"text": key.label, "callback_data": key.action} for key in row]
        for row in view.rows
    ]
    return {
        "message_id": number,
        "from": {
            "id": 123456,
            "is_bot": True,
            "first_name": "Polsslag",
            "username": "polsslag_bot",
        },
        "chat": {"id": chat, "first_name": "Anna", "type": "private"},
        "date": _MOMENT,
        "text": view.text,
        **({"reply_markup": {"inline_keyboard": keyboard}} if keyboard else {}),
    }


def _turns(flow: FlowDefinition, session: Session) -> Iterator[Turn]:
    words = Catalogue.load()
    at = datetime.fromtimestamp(0, UTC)
    while session.status.is_open:
        shown = Screen(words, _PHONE, flow, session).current()
        action, event = _answer(flow, session.at, at)
        yield Turn(shown, action)
        session = step(flow, session, event).session


def _answer(flow: FlowDefinition, name: str | None, at: datetime) -> tuple[str, Event]:
    if name is None:
        return YES, Accepted(at)
    rows = flow.question(name).prompt("nl").rows
    code = rows[0][-1].code
    return f"{CHOOSE}.{flow.index(name)}.{code}", Answered(at, name, code)


def _on_screen(session: Session) -> Session:
    return replace(session, messages=(FIRST_MESSAGE,), is_shown=True)
