"""What stands on a client's screen: words from the flow and the catalogue, and keys.

A button carries `<nonce>:<action>`. The nonce is the session's own, so that a button
of an earlier session, or a made-up one, means nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from bot.core.effects import Unkept, Why
from bot.core.engine import progress
from bot.core.flow import FlowDefinition, RemarkPrompt
from bot.core.questions.base import OPT_OUT, in_language
from bot.core.session import Session, Status
from bot.dialogue import Key, View
from bot.remarks import Scrubbed


class Words(Protocol):
    """The message catalogue, as far as a view needs it."""

    def text(self, key: str, language: str, /, **facts: object) -> str:
        """Give the text of this key, its blanks filled in."""
        ...


class RoundTable(Protocol):
    """Where people can talk with the municipality; each part may be empty."""

    @property
    def phone(self) -> str:
        """Give the telephone number to call."""
        ...

    @property
    def page(self) -> str:
        """Give the address of the page to look at."""
        ...


YES, NO, BACK, STOP, MENU, PRIVACY, RESUME = "y", "n", "b", "s", "l", "p", "v"
CHOOSE, SKIP = "a", "o"
KEEP, CHANGE, LEAVE = "k", "c", "x"

_ABREAST: Final = 3
"""So many names of languages fit a row."""
_REMARK: Final = (Status.ANSWERED, Status.REMARKING)


@dataclass(frozen=True, slots=True)
class Screen:
    """Makes the views of one session on one flow."""

    words: Words
    phone: str
    flow: FlowDefinition
    session: Session

    def intro(self) -> View:
        """Show what this is about, with the two ways on."""
        intro, language = self.flow.intro, self.session.language
        choices = (
            self._key(in_language(intro.accept, language), YES),
            self._key(in_language(intro.decline, language), NO),
        )
        languages = self.flow.languages if len(self.flow.languages) > 1 else ()
        rows = (
            *((key,) for key in choices),
            *_abreast([self._language(to) for to in languages]),
            (self._key(self._text("button.privacy"), PRIVACY),),
        )
        return View(in_language(intro.text, language), rows)

    def question(self, name: str) -> View:
        """Show a question with its choices, and the ways back and out."""
        number, total = progress(self.flow, name)
        place = number - 1
        prompt = self.flow.questions[place].prompt(self.session.language)
        heading = self._text("progress", number=number, total=total)
        rows = [
            tuple(
                self._key(
                    button.label,
                    f"{SKIP}.{place}"
                    if button.code == OPT_OUT
                    else f"{CHOOSE}.{place}.{button.code}",
                )
                for button in row
            )
            for row in prompt.rows
        ]
        ways = [self._key(self._text("button.stop"), STOP)]
        if place:
            ways.insert(0, self._key(self._text("button.back"), BACK))
        return View(f"{heading}\n\n{prompt.text}", (*rows, (*ways, *self._menu())))

    def remark(self, prompt: RemarkPrompt) -> View:
        """Show the open question, with what becomes of a remark and the way past it."""
        label = in_language(prompt.label, self.session.language)
        leave = self._key(self._text("remark.nothing"), LEAVE)
        rows = ((leave,), *((key,) for key in self._menu()))
        return View(f"{label}\n\n{self._text('remark.about')}", rows)

    def shown(self, remark: Scrubbed) -> View:
        """Show a remark as it would be kept, and what can be done about it."""
        taken = "remark.taken_out" if remark.replaced else "remark.whole"
        parts = (
            self._text("remark.shown"),
            remark.text,
            f"{self._text(taken)} {self._text('remark.ask')}",
        )
        ways = (
            (self._key(self._text("button.keep"), KEEP),),
            (
                self._key(self._text("button.change"), CHANGE),
                self._key(self._text("button.leave"), LEAVE),
            ),
        )
        return View("\n\n".join(parts), ways)

    def unkept(self, why: Unkept) -> View:
        """Show why nothing of a remark is kept, and the open question once more."""
        view = self.current()
        most = self.flow.remark.max_length if self.flow.remark else 0
        said = self._text(f"remark.{why}", most=most)
        return View(f"{said}\n\n{view.text}", view.rows)

    def current(self) -> View:
        """Show what the session waits for an answer to."""
        at = self.session.at
        prompt = self.flow.remark
        if prompt is not None and self.session.status in _REMARK:
            remark = self.session.remark
            if isinstance(remark, Scrubbed):
                return self.shown(remark)
            return self.remark(prompt)
        return self.intro() if at is None else self.question(at)

    def again(self, why: Why | str) -> View:
        """Show one sentence that says why, then the same once more."""
        view = self.current()
        return View(f"{self._text(f'retry.{why}')}\n\n{view.text}", view.rows)

    def noted(self, name: str, code: str) -> View:
        """Show a question that was answered, with the choice made."""
        question = self.flow.question(name)
        buttons = (
            button
            for row in question.prompt(self.session.language).rows
            for button in row
        )
        choice = next(button.label for button in buttons if button.code == code)
        label = in_language(question.label, self.session.language)
        return View(f"{label}\n\n{self._text('chosen', choice=choice)}")

    def menu(self) -> View:
        """Show the languages of the flow, each named in itself."""
        rows = tuple((self._language(to),) for to in self.flow.languages)
        return View(self._text("language_menu"), rows)

    def offering(self, view: View, language: str) -> View:
        """Show the same, below the offer to go on in another language; in both."""
        both = tuple(self._language(to) for to in (language, self.session.language))
        there, here = (key.label for key in both)
        said = "\n".join(
            plain_text(self.words, "offer", to, self.phone, here=here, there=there)
            for to in (language, self.session.language)
        )
        offered = {key.action for key in both}
        rows = (
            tuple(key for key in row if key.action not in offered) for row in view.rows
        )
        return View(f"{said}\n\n{view.text}", (both, *(row for row in rows if row)))

    def look(self, at: str) -> View:
        """Show something in the place of the question, with the way back to it."""
        if at == "question":
            return self.current()
        if at == "menu":
            return self.menu()
        resume = self._key(self._text("button.resume"), RESUME)
        return View(self._text(at), ((resume,),))

    def _menu(self) -> tuple[Key, ...]:
        if len(self.flow.languages) == 1:
            return ()
        return (self._key(self._text("button.language"), MENU),)

    def _language(self, to: str) -> Key:
        name = self.words.text("client.language_name", to)
        return self._key(name, f"{MENU}.{to}")

    def _text(self, key: str, **facts: object) -> str:
        return plain_text(self.words, key, self.session.language, self.phone, **facts)

    def _key(self, label: str, action: str) -> Key:
        return Key(label, f"{self.session.nonce}:{action}")


def _abreast(keys: Sequence[Key]) -> Iterator[tuple[Key, ...]]:
    for start in range(0, len(keys), _ABREAST):
        yield tuple(keys[start : start + _ABREAST])


def plain_text(
    words: Words, key: str, language: str, phone: str, **facts: object
) -> str:
    """Give a text to a client; each may name the telephone number."""
    return words.text(f"client.{key}", language, phone=phone, **facts)


def closing_text(
    words: Words, language: str, phone: str, table: RoundTable | None = None
) -> str:
    """Give the one text that every ending leaves, with the round table if there is one.

    It depends on the language alone, so it cannot show what somebody did.
    """
    closing = plain_text(words, "closing", language, phone)
    if table is None or not (table.phone or table.page):
        return closing
    kind = "both" if table.phone and table.page else "phone" if table.phone else "page"
    facts = {"phone": table.phone, "page": table.page}
    offer = words.text(f"client.round_table.{kind}", language, **facts)
    return f"{closing}\n\n{offer}"
