"""YAML as plain values with their places, and every fault as an issue."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot import yamlfile
from bot.errors import FlowError, Issue
from bot.yamlfile import Document, dump, read, read_file

TEXT = """\
spec: 1
on: no
title: {nl: "Balie: hier", en: 'It''s'}
list:
  - first
  - name: 07:00
    empty:
"""


@pytest.fixture(params=["libyaml", "python"], autouse=True)
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test holds with and without libyaml."""
    if request.param == "python":
        monkeypatch.setattr(yamlfile, "_LOADER", yaml.BaseLoader)


def issues(content: str | bytes) -> list[tuple[int, int, str, dict[str, str]]]:
    with pytest.raises(FlowError) as error:
        read("flows/x.yaml", content)
    return [(i.line, i.column, i.rule, dict(i.facts)) for i in error.value.issues]


def test_every_scalar_stays_text() -> None:
    assert read("x", TEXT).value == {
        "spec": "1",
        "on": "no",
        "title": {"nl": "Balie: hier", "en": "It's"},
        "list": ["first", {"name": "07:00", "empty": ""}],
    }


def test_bytes_and_text_read_alike() -> None:
    assert read("x", TEXT.encode()) == read("x", TEXT)
    assert read("x", b"\xef\xbb\xbf" + TEXT.encode()) == read("x", TEXT)


def place(
    document: Document, *where: str | int, on_key: bool = False
) -> tuple[int, int]:
    issue = document.issue("rule", where, on_key=on_key)
    return issue.line, issue.column


def test_every_value_and_every_key_has_its_place() -> None:
    document = read("x", TEXT)
    assert place(document) == (1, 1)
    assert place(document, "title", "en") == (3, 32)
    assert place(document, "title", "en", on_key=True) == (3, 28)
    assert place(document, "list", 0) == (5, 5)
    assert place(document, "list", 1, "name") == (6, 11)
    assert place(document, "list", 1, "empty", on_key=True) == (7, 5)


def test_what_is_missing_is_told_at_the_key_above_it() -> None:
    document = read("x", TEXT)
    assert place(document, "title", "ar") == (3, 1)
    assert place(document, "list", 1, "label", "nl") == (6, 5)
    assert place(document, "intro", "text") == (1, 1)


def test_an_issue_carries_its_facts_and_its_line() -> None:
    issue = read("f.yaml", TEXT).issue("rule", ("on",), {"found": 1}, level="warn")
    assert issue == Issue(
        "f.yaml", 2, 5, "warn", "rule", (("found", "1"),), excerpt="on: no"
    )


@pytest.mark.parametrize(
    ("content", "line", "column", "case"),
    [
        ("", 1, 1, "empty"),
        ("# niets\n", 1, 1, "empty"),
        ("a: 1\n---\nb: 2\n", 2, 1, "documents"),
        ("a: b: c\n", 1, 5, "colon"),
        ('a: 1\nb: "x\nc: 2\n', 2, 4, "quote"),
        ("a: 1\nfoo\nb: 2\n", 2, 1, "no-colon"),
        ("a: @x\n", 1, 4, "character"),
        ('a: "\\b"\n', 1, 4, "escape"),
        ("a: {b: 1 c: 2}\n", 1, 11, "bracket"),
        ("a: [1, 2\n", 1, 9, "bracket"),
        ("a:\n  b: 1\n c: 2\n", 3, 2, "structure"),
        ('a: "x" y\n', 1, 8, "structure"),
        ("a: - 1\n", 1, 4, "other"),
        ("? [a]\n: b\n", 1, 3, "key"),
        ("a: b\x07\n", 1, 5, "control"),
        ("a: \ud800\n", 1, 4, "control"),
        (b"a: caf\xe9\n", 1, 7, "encoding"),
        ("a: 1".encode("utf-16"), 1, 1, "encoding"),
        (b"\x89PNG\r\n\x1a\n\0\0", 1, 1, "binary"),
        ("a" * 262_145, 1, 1, "large"),
        (b"a" * 262_145, 1, 1, "large"),
        ("[" * 30, 1, 22, "deep"),
        ("[" + "a," * 20_000, 1, 40_000, "values"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_place(
    content: str | bytes, line: int, column: int, case: str
) -> None:
    ((*found, facts),) = issues(content)
    assert found == [line, column, "yaml"]
    assert facts["case"] == case


def test_every_tab_is_told_at_once() -> None:
    assert issues("a: 1\n\tb: 2\nc: x\ty\n") == [(2, 1, "tab", {}), (3, 5, "tab", {})]


def test_every_key_that_stands_twice_is_told_with_its_first_line() -> None:
    assert issues("a: 1\nb:\n  c: 1\n  c: 2\na: 3\n") == [
        (4, 3, "duplicate-key", {"found": "c", "first": "3"}),
        (5, 1, "duplicate-key", {"found": "a", "first": "1"}),
    ]


def test_every_trick_is_told_and_nothing_is_expanded() -> None:
    text = "a: &x 1\nb: *x\nc: !t 2\nd: ! 3\n<<: {y: 4}\n"
    assert [
        (line, column, facts["found"]) for line, column, _, facts in issues(text)
    ] == [
        (1, 4, "&"),
        (2, 4, "*"),
        (3, 4, "!"),
        (4, 4, "!"),
        (5, 1, "<<"),
    ]
    assert issues("a: !b!c 1\n") == [(1, 4, "no-yaml-tricks", {"found": "!"})]
    assert issues("%YAML 1.1\n---\na: 1\n") == [
        (1, 1, "no-yaml-tricks", {"found": "%"})
    ]


def test_a_file_with_more_faults_than_anyone_mends_is_cut_short() -> None:
    assert len(issues("a: 1\n" * 1000)) == 200
    assert len(issues("\ta: 1\n" * 1000)) == 200


def test_a_file_that_is_not_there_is_an_issue(tmp_path: Path) -> None:
    with pytest.raises(FlowError) as error:
        read_file(tmp_path / "x.yaml")
    assert error.value.issues == (
        Issue(str(tmp_path / "x.yaml"), 1, 1, "error", "yaml", (("case", "absent"),)),
    )


def test_a_huge_file_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as file:
        file.truncate(10**9)  # a sparse file: it takes no room on the disk
    with pytest.raises(FlowError) as error:
        read_file(path)
    assert dict(error.value.issues[0].facts) == {"case": "large", "most": "256"}


def test_what_is_dumped_reads_back_in_the_same_order() -> None:
    value = {"z": "één", "a": [{"b": "سيئ جدًا"}, "no", "07:00"], "m": "x: y"}
    text = dump(value)
    assert read("x", text).value == value
    assert text.splitlines()[:2] == ["z: één", "a:"]


def found_in(content: str | bytes) -> tuple[Issue, ...]:
    """Give the issues of a content, of which a document has none."""
    try:
        read("x", content)
    except FlowError as error:
        return error.issues
    return ()


@given(st.text() | st.binary())
def test_any_content_is_a_document_or_an_issue(content: str | bytes) -> None:
    assert all(issue.rule for issue in found_in(content))


@given(st.text(alphabet="ab:-?[]{},&*!|>%@'\"# \n\\", max_size=60))
def test_any_marks_of_yaml_are_a_document_or_an_issue(content: str) -> None:
    assert all(1 <= i.column <= len(i.excerpt) + 1 for i in found_in(content))
