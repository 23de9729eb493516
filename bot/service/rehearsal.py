"""A draft played for the staff: the same conversation, of which nothing is kept.

There is no door here and no store, so that nothing can be recorded: a rehearsal is in
memory alone, is gone after a restart or half an hour, and its answers go nowhere.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import PurePath
from typing import Final, Protocol

from bot.core.engine import begin, step
from bot.core.flow import FlowDefinition, Origin, Phase
from bot.core.questions.base import SOURCE
from bot.core.remarking import asking
from bot.core.session import Session, Status
from bot.dialogue import (
    REHEARSAL,
    Delete,
    Edit,
    Output,
    Played,
    Send,
    Tapped,
    View,
)
from bot.errors import FlowError, Issue
from bot.service.meaning import Afresh, Look, Nothing, Typed, meaning, with_tapped
from bot.service.showing import Stage, in_chat, instead
from bot.service.views import Screen, Words

PATIENCE: Final = timedelta(minutes=30)
"""So long a rehearsal waits for the next tap."""
MOST_NAMED: Final = 50
"""So many drafts fit the message that lists them, however long their names are."""

_ERROR: Final = "error"
_ONCE: Final = datetime(2000, 1, 1, tzinfo=UTC)


class Drafts(Protocol):
    """The surveys that somebody works on; a file is a draft."""

    async def names(self) -> Sequence[str]:
        """Name them."""
        ...

    async def read(self, name: str) -> FlowDefinition:
        """Read one of those. Raises FlowError with every fault."""
        ...


@dataclass(frozen=True, slots=True)
class _Rehearsal:
    """One draft on the stage of one chat.

    Args:
        until: when it is over, unless somebody taps before that.
    """

    flow: FlowDefinition
    session: Session
    until: datetime


class Rehearsals:
    """Plays drafts in the chats of the staff, one at a time in each.

    Args:
        say: a text of the catalogue (`staff.desk.trial.<key>`) in the staff's language.
        tell: says what is wrong in a file, and how to mend it.
        nonce: makes a random text, which ties buttons to one rehearsal.
        asks_remarks: whether clients are asked for a remark now.
    """

    def __init__(
        self,
        drafts: Drafts,
        stage: Stage,
        clock: Callable[[], datetime],
        *,
        say: Callable[..., str],
        tell: Callable[[Issue], str],
        nonce: Callable[[], str],
        asks_remarks: Callable[[], bool],
    ) -> None:
        """Begin with nothing on."""
        self._asks_remarks = asks_remarks
        self._drafts = drafts
        self._stage = stage
        self._clock = clock
        self._say = say
        self._tell = tell
        self._nonce = nonce
        self._on: dict[int, _Rehearsal] = {}

    async def ask(self, chat: int, words: str) -> Played:
        """Begin with the draft that was named, or say why not."""
        names = await self._drafts.names()
        if not names:
            return _told(self._say("none"))
        name, language, *more = [*words.lower().split(), "", ""][:3]
        how = self._say(
            "how",
            example=names[0],
            names="\n".join(
                self._say("name", name=each) for each in names[:MOST_NAMED]
            ),
        )
        if not name:
            return _told(how)
        if name not in names or any(more):
            return _told(f"{self._say('unknown', name=_shown(words))}\n\n{how}")
        try:
            flow = await self._drafts.read(name)
        except FlowError as error:
            return _told(self._faults(name, error.issues))
        if language and language not in flow.languages:
            known = ", ".join(flow.languages)
            return _told(self._say("language", language=_shown(language), known=known))
        return self._begin(chat, flow, language or SOURCE)

    def tapped(self, chat: int, action: str, message: int | None) -> Played:
        """Go on with what was tapped; a button of another rehearsal only says so."""
        now = self._clock()
        rehearsal = self._on.get(chat)
        if rehearsal is not None and rehearsal.until <= now:
            del self._on[chat]
            rehearsal = None
        if rehearsal is None or not _is_of(action, rehearsal.session):
            return Played(() if message is None else (self._over(message),))
        flow = rehearsal.flow
        tap = Tapped(action, message)
        session = with_tapped(rehearsal.session, tap)
        outputs: tuple[Output, ...]
        match meaning(flow, session, tap, now):
            case Nothing() | Afresh() | Typed():
                return Played()
            case Look(at=at):
                screen = self._stage.screen(flow, session)
                outputs = instead(session, screen.look(at), ()).outputs
            case event:
                asks = self._asks_remarks()
                stepped = step(flow, session, event, asks_remark=asks)
                if not stepped.effects:
                    return Played()
                shown = self._stage.play(flow, session, stepped, event)
                session, outputs = asking(shown.session), shown.outputs
        end = self._say("typing") if session.status is Status.REMARKING else ""
        if session.status.is_open:
            self._on[chat] = _Rehearsal(flow, session, now + PATIENCE)
        else:
            del self._on[chat]
            end = self._say("end", name=flow.flow)
        marked = tuple(self._marked(flow, outputs, end))
        return Played(marked, session.nonce)

    def shown(self, chat: int, token: str, sent: Sequence[int]) -> None:
        """Hear which messages are on the screen now, to edit or delete them later."""
        rehearsal = self._on.get(chat)
        if rehearsal is not None and rehearsal.session.nonce == token:
            session = in_chat(rehearsal.session, sent)
            self._on[chat] = replace(rehearsal, session=session)

    def _begin(self, chat: int, flow: FlowDefinition, language: str) -> Played:
        now = self._clock()
        before = self._on.pop(chat, None)
        session = _begun(flow, f"{REHEARSAL}{self._nonce()}", language, now)
        self._on[chat] = _Rehearsal(flow, session, now + PATIENCE)
        first = self._stage.afresh(flow, session).outputs
        last = before.session.messages[-1:] if before else ()
        gone = (self._over(message) for message in last)
        return Played((*gone, *self._marked(flow, first)), session.nonce)

    def _faults(self, name: str, issues: Sequence[Issue]) -> str:
        errors = [issue for issue in issues if issue.level == _ERROR] or list(issues)
        # In a chat letters have no fixed width: a caret would point at nothing.
        file = PurePath(errors[0].path).name
        first = self._tell(replace(errors[0], path=file, excerpt=""))
        return self._say("faults", name=name, count=len(errors), first=first)

    def _over(self, message: int) -> Output:
        return Edit(message, View(self._say("over")))

    def _marked(
        self, flow: FlowDefinition, outputs: Sequence[Output], end: str = ""
    ) -> Iterator[Output]:
        """Say on every message that it is a draft; say `end` below the last."""
        mark = self._say("mark", name=flow.flow)

        def marked(view: View) -> View:
            text = f"{mark}\n\n{view.text}"
            is_last = bool(end) and view is last
            return replace(view, text=f"{text}\n\n{end}" if is_last else text)

        shown = [output for output in outputs if not isinstance(output, Delete)]
        last = shown[-1].view if shown else None
        for output in outputs:
            if isinstance(output, Delete):
                yield output
            else:
                yield replace(output, view=marked(output.view))


def walk(
    words: Words, phone: str, flow: FlowDefinition, language: str
) -> tuple[View, ...]:
    """Give all that the chat of a client shows, from the introduction to the last.

    The introduction, each question whether it is asked or not, the open question if
    there is one, what is behind the button about privacy, and the help.
    """
    session = _begun(flow, "", language, _ONCE)
    screen = Screen(words, phone, flow, session)
    questions = (screen.question(question.name) for question in flow.questions)
    remark = () if flow.remark is None else (screen.remark(flow.remark),)
    looks = (screen.look("privacy"), screen.look("help"))
    return (screen.intro(), *questions, *remark, *looks)


def _begun(flow: FlowDefinition, nonce: str, language: str, at: datetime) -> Session:
    """Begin a session of nobody, which has no ballot."""
    return begin(
        flow,
        subject="",
        ballot="",
        remark_ballot="",
        nonce=nonce,
        origin=Origin.WALK_IN,
        phase=Phase.UNKNOWN,
        language=language,
        at=at,
    ).session


def _is_of(action: str, session: Session) -> bool:
    return action.partition(":")[0] == session.nonce


def _told(text: str) -> Played:
    return Played((Send(View(text)),))


def _shown(words: str) -> str:
    return " ".join(words.split())[:40]
