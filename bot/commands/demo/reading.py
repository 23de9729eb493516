"""What a made-up person can read off a screen: words, never what lies behind them."""

from collections.abc import Iterable

from bot.commands.demo.phone import Button
from bot.core.flow import FlowDefinition
from bot.messages import Catalogue

INTRO = ""
"""Stands for the introduction, where the name of a question is asked for."""
REMARK = "remark?"
"""Likewise stands for the open question; no name has such a sign in it."""


class Reader:
    """Knows the texts of one flow and of the bot, in all languages of the flow."""

    def __init__(self, flow: FlowDefinition, words: Catalogue, phone: str) -> None:
        """Learn to read them; `phone` is the number that is named in them."""
        self.flow = flow
        self._words = words
        self._phone = phone
        self._closings = {self._said("closing", to) for to in flow.languages}

    def asked(self, text: str) -> str | None:
        """Say which question a text asks; None where it asks nothing."""
        if any(intro in text for intro in self.flow.intro.text.values()):
            return INTRO
        for question in self.flow.questions:
            if any(label in text for label in question.label.values()):
                return question.name
        remark = self.flow.remark
        if remark and any(label in text for label in remark.label.values()):
            return REMARK
        return None

    def is_closing(self, text: str) -> bool:
        """Say whether this is the text that stands where a survey has ended."""
        return text in self._closings

    def says_not_drawn(self, text: str, one_in: int) -> bool:
        """Say whether this tells that chance did not choose the reader."""
        return text in {
            self._said("not_drawn", to, one_in=one_in) for to in self.flow.languages
        }

    def accept(self, buttons: Iterable[Button]) -> Button:
        """Find the button that says yes to taking part."""
        return _labelled(buttons, self.flow.intro.accept.values())

    def decline(self, buttons: Iterable[Button]) -> Button:
        """Find the button that says no to taking part."""
        return _labelled(buttons, self.flow.intro.decline.values())

    def choice(self, buttons: Iterable[Button], name: str, code: str) -> Button:
        """Find the button of an answer."""
        labels = (self.label(name, code, to) for to in self.flow.languages)
        return _labelled(buttons, labels)

    def control(self, buttons: Iterable[Button], name: str) -> Button:
        """Find a button of the bot itself: `back`, `language`, `privacy`, `resume`."""
        key = f"button.{name}"
        return _labelled(buttons, (self._said(key, to) for to in self.flow.languages))

    def nothing(self, buttons: Iterable[Button]) -> Button:
        """Find the button that leaves the open question."""
        languages = self.flow.languages
        return _labelled(
            buttons, (self._said("remark.nothing", to) for to in languages)
        )

    def language(self, buttons: Iterable[Button], wanted: str) -> Button:
        """Find a language by its own name, on the menu or the introduction."""
        return _labelled(buttons, (self._said("language_name", wanted),))

    def label(self, name: str, code: str, language: str) -> str:
        """Give the words on the button of an answer."""
        rows = self.flow.question(name).prompt(language).rows
        return next(one.label for row in rows for one in row if one.code == code)

    def _said(self, key: str, language: str, **facts: object) -> str:
        return self._words.text(f"client.{key}", language, phone=self._phone, **facts)


def _labelled(buttons: Iterable[Button], labels: Iterable[str]) -> Button:
    wanted = set(labels)
    return next(button for button in buttons if button.key.label in wanted)
