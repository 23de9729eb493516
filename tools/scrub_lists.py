"""Make the lists of `bot.scrub` from the files of others, which are given as folders.

`python -m tools.scrub_lists --deduce FOLDER --faker FOLDER --opentaal FILE
--stopwords FILE --wordfreq WHEEL`. Each of these is an unpacked package, or a file of
one: deduce 3.0.6, Faker 40, Debian's `wdutch`, stopwordsiso 0.7.1 and the wheel of
wordfreq 3.1.1. None of them is needed to run the bot. Every source has its own files,
so that each keeps its own licence; `bot/scrub/lists/NOTICE.md` has them.
"""

import argparse
import gzip
import importlib
import json
import sys
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from bot.scrub.names.wordlist import key, written
from tools.word_frequencies import words_of

RESULT: Final = Path(__file__).parents[1] / "bot" / "scrub" / "lists"

_LOCALES: Final = (
    "ar_AA ar_DZ ar_PS ar_SA az_AZ bg_BG cs_CZ de_AT de_DE en_GB en_IE en_IN en_KE "
    "en_NG en_PK en_US es_CO es_ES es_MX fa_IR fr_DZ fr_FR ha_NG hr_HR hu_HU id_ID "
    "ig_NG it_IT lt_LT nl_BE nl_NL pl_PL pt_BR pt_PT ro_RO ru_RU sk_SK sw tr_TR tw_GH "
    "uk_UA uz_UZ vi_VN yo_NG"
)

_STOPWORDS: Final = "ar de en es fa fr it nl pl pt ru so tr uk"

_FREQUENT: Final = "ar de en es fa fr pl pt ru tr uk"
_OFTEN_ENOUGH: Final = 3.9
"""Zipf; of English all that there is, for much of what is said by others is English."""

_DEDUCE: Final = "data/lookup/src/names"


def of_deduce(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Give deduce's lists of given and of family names, by their names here."""
    parts = {
        "given": ["lst_first_name"],
        "family": ["lst_surname", "lst_interfix_surname"],
    }
    for name, lists in parts.items():
        found: list[str] = []
        for part in lists:
            file = folder / _DEDUCE / part / "items.txt"
            found += file.read_text("utf-8").splitlines()
        yield f"deduce.{name}", found


def of_faker(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Give the names of Faker's locales."""
    sys.path.insert(0, str(folder))
    found: dict[str, list[str]] = {"first": [], "last": []}
    for locale in _LOCALES.split():
        module = importlib.import_module(f"faker.providers.person.{locale}")
        for attribute in dir(module.Provider):
            for part, names in found.items():
                if (
                    attribute.startswith(f"{part}_name")
                    and "romanized" not in attribute
                ):
                    value = getattr(module.Provider, attribute)
                    if not callable(value):
                        names += value
    sys.path.remove(str(folder))
    yield "faker.given", found["first"]
    yield "faker.family", found["last"]


def of_wordfreq(wheel: Path) -> list[str]:
    """Give the words that are frequent in the languages of clients, but for Dutch."""
    found = []
    with zipfile.ZipFile(wheel) as packed:
        for language in _FREQUENT.split():
            name = f"wordfreq/data/small_{language}.msgpack.gz"
            enough = _OFTEN_ENOUGH if language != "en" else 0
            for zipf, words in words_of(packed.read(name)):
                if zipf >= enough:
                    found += words
    return found


def of_opentaal(file: Path) -> tuple[list[str], list[str]]:
    """Give the Dutch words with a small letter, and those with a capital."""
    words = file.read_text("utf-8").splitlines()
    small = [word for word in words if word.islower()]
    return small, [word for word in words if word[:1].isupper()]


def keys_of(words: Iterable[str]) -> set[str]:
    """Give what words are looked up by; what holds more than letters is left out."""
    keys = {key(word) for word in words}
    return {one for one in keys if len(one) > 1 and one.replace("-", "").isalpha()}


def keys_of_names(names: Iterable[str]) -> set[str]:
    """Give the parts of names; particles are in the cues."""
    return {
        part
        for name in names
        for part in keys_of(name.replace("'", " ").split())
        if len(part) > 2 or not part.isascii()
    }


def lists(args: argparse.Namespace) -> Iterator[tuple[str, set[str]]]:
    """Give each list by the name of its file."""
    names: set[str] = set()
    for source in (of_deduce(args.deduce), of_faker(args.faker)):
        for name, found in source:
            keys = keys_of_names(found)
            names |= keys
            yield name, keys
    stop = json.loads(args.stopwords.read_text("utf-8"))
    stopwords = keys_of(word for one in _STOPWORDS.split() for word in stop[one])
    yield "stopwordsiso", stopwords
    # What a list of frequent words has for a name says nothing of words.
    yield "wordfreq", keys_of(of_wordfreq(args.wordfreq)) - names - stopwords
    small, large = of_opentaal(args.opentaal)
    yield "opentaal", keys_of(small) | (keys_of(large) - names)


def main(words: Sequence[str] | None = None) -> None:
    """Make the lists out of what the command line names."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.scrub_lists", description=__doc__
    )
    for source in ("deduce", "faker", "opentaal", "stopwords", "wordfreq"):
        parser.add_argument(f"--{source}", type=Path, required=True)
    parser.add_argument("--to", type=Path, default=RESULT)
    args = parser.parse_args(words)
    for name, keys in lists(args):
        packed = gzip.compress(written(keys), 9, mtime=0)
        (args.to / f"{name}.gz").write_bytes(packed)


if __name__ == "__main__":
    main()
