"""What each text of a flow must keep."""

import pytest

from bot.core.draft import Words
from bot.core.wording import (
    Finding,
    Text,
    begun_languages,
    flow_texts,
    scale_texts,
    utf16,
    words_errors,
    words_warnings,
)
from tests.core import drafts
from tests.core.drafts import question


def text(words: Words, longest: int = 28, *, is_button: bool = False) -> Text:
    return Text(("title",), words, longest, is_button=is_button)


def test_every_text_of_a_flow_is_looked_at() -> None:
    remark = {"label": {"nl": "Nog iets?"}, "max_length": "300"}
    opted = question("kind", opt_out={"nl": "Nee"})
    draft = drafts.flow(
        questions=[question("treated"), opted, question("quick")], remark=remark
    )
    assert [(t.where, t.longest, t.is_button) for t in flow_texts(draft)] == [
        (("title",), 100, False),
        (("intro", "text"), 600, False),
        (("intro", "accept"), 28, True),
        (("intro", "decline"), 28, True),
        (("questions", 0, "short"), 40, False),
        (("questions", 0, "label"), 200, False),
        (("questions", 1, "short"), 40, False),
        (("questions", 1, "label"), 200, False),
        (("questions", 1, "opt_out"), 28, True),
        (("questions", 2, "short"), 40, False),
        (("questions", 2, "label"), 200, False),
        (("remark", "label"), 200, False),
    ]


def test_every_text_of_a_scale_is_looked_at() -> None:
    scales = drafts.by_name()
    places = [t.where for name in scales for t in scale_texts((name,), scales[name])]
    assert places == [
        ("grade", "from_label"),
        ("grade", "to_label"),
        ("agree", "options", 0, "label"),
        ("agree", "options", 1, "label"),
        ("agree", "opt_out"),
    ]


def test_a_language_that_does_not_belong_there_is_told() -> None:
    assert list(
        words_errors(text({"nl": "Balie", "de": "Schalter"}), ["nl", "en"])
    ) == [
        Finding(
            "unknown-key",
            ("title", "de"),
            {"found": "de", "choices": "nl, en", "case": "language"},
            on_key=True,
        )
    ]


@pytest.mark.parametrize("words", [{}, {"nl": ""}, {"nl": " \n"}, {"en": "Counter"}])
def test_every_text_is_there_in_dutch(words: Words) -> None:
    assert list(words_errors(text(words), ["nl", "en"])) == [
        Finding("missing-source", ("title", "nl"), {"case": "text"})
    ]


@pytest.mark.parametrize(
    ("is_button", "rule"), [(True, "button-too-long"), (False, "too-long")]
)
def test_a_text_has_a_limit_in_every_language(is_button: bool, rule: str) -> None:
    words = {"nl": "a" * 28, "en": "a" * 29, "ar": f" {'🙂' * 14} "}
    assert list(words_errors(text(words, is_button=is_button), words)) == [
        Finding(rule, ("title", "en"), {"length": 29, "limit": 28})
    ]


def test_a_button_that_is_nearly_too_long_is_warned_of() -> None:
    words = {"nl": "a" * 24, "en": "a" * 25, "ar": "a" * 29}
    assert list(words_warnings(text(words, is_button=True), words)) == [
        Finding("button-too-long", ("title", "en"), {"length": 25, "limit": 24}, "warn")
    ]


def test_a_blank_translation_is_no_translation() -> None:
    words = {"nl": "Balie", "en": " "}
    assert list(words_warnings(text(words), ["nl", "en", "ar"])) == [
        Finding("missing-translation", ("title", n), {"language": n}, "warn")
        for n in ("en", "ar")
    ]


def test_a_language_is_begun_with_its_first_text() -> None:
    draft = drafts.flow(
        languages=["nl", "en", "ar", "pl"],
        title={"nl": "Balie", "en": "Counter", "ar": "", "pl": "Lada"},
    )
    assert begun_languages(draft, ["nl", "en", "ar"]) == ("nl", "en")


@pytest.mark.parametrize(
    ("said", "units"), [("", 0), ("één", 3), ("🙂", 2), ("\ud800", 1)]
)
def test_a_length_is_counted_as_telegram_counts(said: str, units: int) -> None:
    assert utf16(said) == units
