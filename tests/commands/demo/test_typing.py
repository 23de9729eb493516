"""What made-up people type is understood as they mean it, or not at all."""

from random import Random

import pytest

from bot.commands.demo.typing import nonsense, typed_choice, typed_code, typed_grade
from bot.core.codes import make, read
from bot.core.questions import Choice, Grade
from bot.core.questions.base import NotUnderstood, NotWhole, Understood
from bot.flowfiles import SCALES, load_flow, load_scales
from bot.shipped import shipped_flows

LANGUAGES = ("nl", "en", "ar", "tr")
TIMES = 40
"""Enough to see every form of every text."""

FLOW = load_flow(
    shipped_flows() / "sozawe.yaml", load_scales(shipped_flows() / SCALES)
).flow
GRADES = [question for question in FLOW.questions if isinstance(question, Grade)]
CHOICES = [question for question in FLOW.questions if isinstance(question, Choice)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_grade_is_understood_however_it_is_typed(language: str) -> None:
    chance = Random(1)
    [question, *_] = GRADES
    typed = {
        (code, typed_grade(code, language, chance))
        for code in question.codes
        for _ in range(TIMES)
    }
    misread = {
        (code, text)
        for code, text in typed
        if question.parse(text, FLOW.languages) != Understood(code)
    }
    assert misread == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_choice_is_understood_however_it_is_typed(language: str) -> None:
    chance = Random(1)
    typed = {
        (place, button.code, typed_choice(button.label, chance))
        for place, question in enumerate(CHOICES)
        for row in question.prompt(language).rows
        for button in row
        for _ in range(TIMES)
    }
    misread = {
        (code, text)
        for place, code, text in typed
        if CHOICES[place].parse(text, FLOW.languages) != Understood(code)
    }
    assert misread == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_nonsense_is_no_answer(language: str) -> None:
    chance = Random(1)
    texts = {nonsense(language, chance) for _ in range(TIMES)}
    readings = {
        type(question.parse(text, FLOW.languages))
        for question in FLOW.questions
        for text in texts
    }
    assert readings <= {NotUnderstood, NotWhole}


def test_a_code_is_read_however_it_is_copied() -> None:
    chance = Random(1)
    code = make(bytes(range(16)))
    copies = {typed_code(code, chance) for _ in range(TIMES)}
    assert len(copies) == 4
    assert {read(copy) for copy in copies} == {code}
