"""What stands on a client's screen: words from the flow and the catalogue, and keys.

A button carries `<nonce>:<action>`. The nonce is the session's own, so that a button
of an earlier session, or a made-up one, means nothing.
"""

from dataclasses import dataclass
from typing import Protocol

from bot.core.effects import Why
from bot.core.engine import progress
from bot.core.flow import FlowDefinition
from bot.core.questions.base import OPT_OUT, in_language
from bot.core.session import Session
from bot.dialogue import Key, View


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
        about = [self._key(self._text("button.privacy"), PRIVACY)]
        if len(self.flow.languages) > 1:
            about.insert(0, self._key(self._text("button.language"), MENU))
        rows = (*((key,) for key in choices), tuple(about))
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
        if len(self.flow.languages) > 1:
            ways.append(self._key(self._text("button.language"), MENU))
        return View(f"{heading}\n\n{prompt.text}", (*rows, tuple(ways)))

    def current(self) -> View:
        """Show what the session waits for an answer to."""
        at = self.session.at
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
        rows = tuple(
            (self._key(self.words.text("client.language_name", to), f"{MENU}.{to}"),)
            for to in self.flow.languages
        )
        return View(self._text("language_menu"), rows)

    def look(self, at: str) -> View:
        """Show something in the place of the question, with the way back to it."""
        if at == "question":
            return self.current()
        if at == "menu":
            return self.menu()
        resume = self._key(self._text("button.resume"), RESUME)
        return View(self._text(at), ((resume,),))

    def _text(self, key: str, **facts: object) -> str:
        return plain_text(self.words, key, self.session.language, self.phone, **facts)

    def _key(self, label: str, action: str) -> Key:
        return Key(label, f"{self.session.nonce}:{action}")


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
