"""Everything the bot itself says, by key and language. No such sentence is in code.

A file `<group>.<language>.yaml` in this folder is a nested map of texts. The key
`client.closing` is the path `closing` in the group `client`; `{name}` is a blank.
"""

from collections.abc import Callable, Iterator, Mapping
from importlib.resources import files
from typing import Final, Self

from bot.core.questions.base import SOURCE
from bot.yamlfile import Plain, read

_SUFFIX: Final = ".yaml"


class Catalogue:
    """The texts of every group in every language.

    Args:
        texts: per group, per language, the texts by path (`closing`, `error.no-token`).
    """

    def __init__(self, texts: Mapping[str, Mapping[str, Mapping[str, str]]]) -> None:
        self._texts = texts

    @classmethod
    def load(cls) -> Self:
        """Read the files that ship with the bot."""
        texts: dict[str, dict[str, dict[str, str]]] = {}
        for group, language in _names():
            name = f"{group}.{language}{_SUFFIX}"
            document = read(name, (files(__name__) / name).read_bytes())
            texts.setdefault(group, {})[language] = dict(_flat(document.value))
        return cls(texts)

    def text(self, key: str, language: str, /, **facts: object) -> str:
        """Give a text with its blanks filled in, in Dutch where the language lacks it.

        Raises KeyError for an unknown key, or a blank without a fact.
        """
        group, _, path = key.partition(".")
        languages = self._texts[group]
        said = languages.get(language, {}).get(path)
        return (languages[SOURCE][path] if said is None else said).format(**facts)

    def bound(self, language: str) -> Callable[..., str]:
        """Give `text` with its language filled in."""

        def said(key: str, /, **facts: object) -> str:
            return self.text(key, language, **facts)

        return said

    def languages(self, group: str) -> tuple[str, ...]:
        """Give the languages of a group, Dutch first."""
        return _source_first(self._texts[group])

    def texts(self, group: str, language: str) -> Mapping[str, str]:
        """Give the texts of a group in one language, by path, with their blanks."""
        return self._texts[group][language]

    def keys(self, group: str) -> frozenset[str]:
        """Give every key of a group, in any of its languages."""
        paths = frozenset[str]().union(*self._texts[group].values())
        return frozenset(f"{group}.{path}" for path in paths)


def spoken(group: str) -> tuple[str, ...]:
    """Give the languages that a group has a file for, without reading any."""
    return _source_first([language for of, language in _names() if of == group])


def _names() -> Iterator[tuple[str, str]]:
    for file in files(__name__).iterdir():
        if file.name.endswith(_SUFFIX):
            group, _, language = file.name.removesuffix(_SUFFIX).partition(".")
            yield group, language


def _source_first(languages: Mapping[str, object] | list[str]) -> tuple[str, ...]:
    return tuple(sorted(languages, key=lambda language: (language != SOURCE, language)))


def _flat(value: Plain, path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    match value:
        case dict():
            for key, inner in value.items():
                yield from _flat(inner, (*path, key))
        case str():
            yield ".".join(path), value
        case list():
            raise TypeError(f"a list of texts at {'.'.join(path)}")
