"""The words that come along, and those that staff list themselves."""

import gzip
import zipfile
from pathlib import Path

import pytest

from bot import words
from bot.errors import FlowError
from bot.words import frequencies
from bot.words.own import OwnWords, read_words
from tools import word_frequencies

FOLDER = Path(words.__file__).parent


def test_common_words_are_common_and_rare_ones_rare() -> None:
    known = frequencies()
    assert len(known) > 20_000
    assert known["gemeente"] > 5
    assert known["consulent"] == pytest.approx(3.3)
    assert "bejegening" not in known
    assert min(len(word) for word in known) == 6


def test_the_list_comes_with_the_names_of_those_who_made_it() -> None:
    notice = (FOLDER / "NOTICE.md").read_text(encoding="utf-8")
    for name in ("Robyn Speer", "ShareAlike 4.0", "SUBTLEX", "OpenSubtitles"):
        assert name in notice


def packed(*levels: list[str]) -> bytes:
    """Write words in the format of wordfreq: a header, and a list for each level."""

    def text(said: str) -> bytes:
        raw = said.encode()
        head = bytes([0xA0 | len(raw)]) if len(raw) < 32 else bytes([0xD9, len(raw)])
        return head + raw

    def array(items: list[bytes]) -> bytes:
        return bytes([0x90 | len(items)]) + b"".join(items)

    header = b"\x82" + text("format") + text("cB") + text("version") + b"\x01"
    lists = [array([text(word) for word in level]) for level in levels]
    whole = b"\xdc" + (1 + len(lists)).to_bytes(2, "big") + header + b"".join(lists)
    return gzip.compress(whole)


def test_the_list_is_made_from_the_words_that_the_rule_can_meet(tmp_path: Path) -> None:
    wheel, result = tmp_path / "wordfreq.whl", tmp_path / "nl.txt.gz"
    long = "a" * 40
    levels = [[], ["balie", "gemeente", "x-stralen"], ["kort"], [long, "medewerker"]]
    with zipfile.ZipFile(wheel, "w") as made:
        made.writestr(word_frequencies.SOURCE, packed(*levels))
    word_frequencies.main([str(wheel), "--to", str(result)])
    written = gzip.decompress(result.read_bytes()).decode()
    assert written == f"8.99 gemeente\n8.97 {long} medewerker\n"


@pytest.mark.parametrize("raw", [b"\xc0", b"\x91\x01"])
def test_another_format_is_refused(raw: bytes) -> None:
    with pytest.raises(ValueError, match="not a list of words"):
        list(word_frequencies.words_of(gzip.compress(raw)))


def test_staff_list_words_and_pairs(tmp_path: Path) -> None:
    path = tmp_path / "woorden.txt"
    path.write_text(
        "\ufeff# Woorden\nHaarlemPas\n\n rechten  en plichten # hoort zo\n", "utf-8"
    )
    assert read_words(path) == OwnWords(
        frozenset(["haarlempas"]), frozenset(["rechten en plichten"])
    )
    assert read_words(tmp_path / "none.txt") == OwnWords()


def test_each_line_that_is_neither_is_told(tmp_path: Path) -> None:
    path = tmp_path / "woorden.txt"
    path.write_text("goed\ntwee woorden\na en b en c\n", encoding="utf-8")
    with pytest.raises(FlowError) as refused:
        read_words(path)
    assert [(i.line, i.rule, i.excerpt) for i in refused.value.issues] == [
        (2, "word-list", "twee woorden"),
        (3, "word-list", "a en b en c"),
    ]


@pytest.mark.parametrize(("content", "case"), [(b"\xff", "encoding"), (None, "absent")])
def test_a_list_that_cannot_be_read_is_told(
    tmp_path: Path, content: bytes | None, case: str
) -> None:
    path = tmp_path / "woorden.txt"
    path.mkdir() if content is None else path.write_bytes(content)
    with pytest.raises(FlowError) as refused:
        read_words(path)
    (issue,) = refused.value.issues
    assert (issue.rule, dict(issue.facts)) == ("yaml", {"case": case})
