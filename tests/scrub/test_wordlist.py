"""Lists of words take little memory, and say of each word whether it is on them."""

import argparse
import gzip
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.scrub.names.wordlist import WordList, key, read, written
from tools import scrub_lists

WORDS = st.sets(st.text("abcdé-ß", min_size=1, max_size=6))


@settings(max_examples=80, deadline=None)
@given(WORDS, WORDS)
def test_a_list_knows_its_words_and_no_others(on: set[str], asked: set[str]) -> None:
    words = read(written(on)) if on else WordList([])
    assert len(words) == len(on)
    assert {one for one in on | asked if one in words} == on


def test_a_word_is_looked_up_small_and_without_accents() -> None:
    assert [key(word) for word in ("Ayşe", "Łukasz", "Großmann", "D’Eé", "İrem")] == [
        "ayse",
        "lukasz",
        "grossmann",
        "d'ee",
        "irem",
    ]


def test_names_are_taken_apart_and_what_is_no_word_is_left_out() -> None:
    names = ["Jan Piet", "D'Angelo", "Al", "李", "X9", "Hans-Jan"]
    assert scrub_lists.keys_of_names(names) == {"jan", "piet", "angelo", "hans-jan"}
    assert scrub_lists.keys_of(["Fiets", "a", "2x", "café"]) == {"fiets", "cafe"}


def packed(words: list[str]) -> bytes:
    """Write words as the most frequent ones, in the format of wordfreq."""
    header = b"\x82\xa6format\xa2cB\xa7version\x01"
    level = bytes([0x90 + len(words)])
    level += b"".join(bytes([0xA0 + len(w.encode())]) + w.encode() for w in words)
    return gzip.compress(b"\x92" + header + level)


def test_the_lists_are_made_of_folders_and_names_are_no_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = tmp_path / "deduce" / "data/lookup/src/names"
    for part, content in (
        ("lst_first_name", "Anna\n"),
        ("lst_surname", "Bakker\n"),
        ("lst_interfix_surname", "Berg\n"),
    ):
        (names / part).mkdir(parents=True)
        (names / part / "items.txt").write_text(content)
    monkeypatch.setattr(
        scrub_lists,
        "of_faker",
        lambda _: iter([("faker.given", ["Zoë"]), ("faker.family", ["Vos"])]),
    )
    (tmp_path / "words").write_text("bakker\nfiets\nAnna\nHaarlem\n")
    stop = {language: ["de"] for language in scrub_lists._STOPWORDS.split()}
    (tmp_path / "stop").write_text(json.dumps(stop))
    with zipfile.ZipFile(tmp_path / "wheel", "w") as wheel:
        for language in scrub_lists._FREQUENT.split():
            name = f"wordfreq/data/small_{language}.msgpack.gz"
            wheel.writestr(name, packed(["anna", "house", "de"]))
    args = argparse.Namespace(
        deduce=tmp_path / "deduce",
        faker=tmp_path,
        opentaal=tmp_path / "words",
        stopwords=tmp_path / "stop",
        wordfreq=tmp_path / "wheel",
    )
    made = dict(scrub_lists.lists(args))
    assert made == {
        "deduce.given": {"anna"},
        "deduce.family": {"bakker", "berg"},
        "faker.given": {"zoe"},
        "faker.family": {"vos"},
        "stopwordsiso": {"de"},
        "wordfreq": {"house"},
        "opentaal": {"bakker", "fiets", "haarlem"},
    }
    words = [f"--{name}={value}" for name, value in vars(args).items()]
    scrub_lists.main([*words, f"--to={tmp_path}"])
    for name, keys in made.items():
        listed = read(gzip.decompress((tmp_path / f"{name}.gz").read_bytes()))
        assert all(one in listed for one in keys)
