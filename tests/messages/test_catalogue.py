"""The catalogue: every text by key and language, with its blanks."""

from pathlib import Path
from string import Formatter

import pytest

from bot import messages
from bot.messages import Catalogue, spoken

TEXTS = {
    "client": {
        "nl": {"closing": "Dank u wel, {name}.", "help.phone": "Bel {phone}."},
        "tr": {"closing": "Teşekkürler, {name}."},
    },
    "staff": {"nl": {"hello": "Dag"}},
}


@pytest.fixture
def catalogue() -> Catalogue:
    return Catalogue(TEXTS)


def test_a_text_has_its_blanks_filled_in(catalogue: Catalogue) -> None:
    assert catalogue.text("client.closing", "tr", name="Ali") == "Teşekkürler, Ali."
    assert catalogue.text("client.help.phone", "nl", phone=112, rest=1) == "Bel 112."


def test_a_fact_may_have_any_name(catalogue: Catalogue) -> None:
    facts = {"key": "x", "language": "y", "self": "z", "name": "Ali"}
    assert catalogue.text("client.closing", "nl", **facts) == "Dank u wel, Ali."


@pytest.mark.parametrize("language", ["nl", "tr", "pl"])
def test_a_language_that_lacks_a_text_has_the_dutch(
    catalogue: Catalogue, language: str
) -> None:
    said = catalogue.text("client.help.phone", language, phone="112")
    assert said == "Bel 112."


@pytest.mark.parametrize("key", ["client.onzin", "onzin.closing", "client", "closing"])
def test_an_unknown_key_is_a_fault_of_the_caller(
    catalogue: Catalogue, key: str
) -> None:
    with pytest.raises(KeyError):
        catalogue.text(key, "nl")


def test_a_blank_without_a_fact_is_a_fault_of_the_caller(catalogue: Catalogue) -> None:
    with pytest.raises(KeyError):
        catalogue.text("client.closing", "nl")


def test_dutch_is_the_first_language_of_a_group(catalogue: Catalogue) -> None:
    assert catalogue.languages("client") == ("nl", "tr")


def test_the_keys_of_a_group_are_those_of_all_its_languages(
    catalogue: Catalogue,
) -> None:
    assert catalogue.keys("client") == {"client.closing", "client.help.phone"}


def test_the_languages_of_a_group_are_known_without_reading_it() -> None:
    loaded = Catalogue.load()
    for group in ("client", "digest", "issues", "staff"):
        assert spoken(group) == loaded.languages(group)
    assert spoken("onzin") == ()


@pytest.mark.parametrize("group", ["client", "digest", "issues", "staff"])
def test_all_languages_of_a_group_say_the_same_with_the_same_blanks(group: str) -> None:
    loaded = Catalogue.load()

    def blanks(language: str) -> dict[str, set[str | None]]:
        return {
            path: {field for _, field, _, _ in Formatter().parse(text)}
            for path, text in loaded.texts(group, language).items()
        }

    for language in loaded.languages(group):
        assert blanks(language) == blanks("nl")


def test_every_blank_has_a_name() -> None:
    loaded = Catalogue.load()
    for group in ("client", "digest", "issues", "staff"):
        for text in loaded.texts(group, "nl").values():
            fields = [field for _, field, _, _ in Formatter().parse(text)]
            assert all(field is None or field.isidentifier() for field in fields)


def test_a_list_of_texts_is_a_fault_of_ours(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "client.nl.yaml").write_text("help:\n  - Bel ons.\n")
    monkeypatch.setattr(messages, "files", lambda _: tmp_path)
    with pytest.raises(TypeError, match="help"):
        Catalogue.load()
