"""Broken flow files: each prints the right line, the right column and the remedy.

A file whose name begins with `scales_` is a broken file of scales. What is printed
stands beside each file; `--update-golden` writes it anew.
"""

import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.errors import FlowError, Issue
from bot.flowfiles import Scales, load_flow, load_scales
from bot.messages import Catalogue
from bot.messages.issues import format_issue

FOLDER = Path(__file__).parent / "golden" / "bad_flows"
NAMES = sorted(path.name for path in FOLDER.glob("*.yaml") if path.stem != "scales")
ONLY_WARNINGS = {
    "double_barrelled.yaml",
    "double_barrelled_marks.yaml",
    "expired_waiver.yaml",
    "hard_word.yaml",
    "leading.yaml",
    "long_sentence.yaml",
    "missing_translation.yaml",
    "missing_translation_scale.yaml",
    "negation.yaml",
    "not_reviewed.yaml",
    "theme_coverage.yaml",
    "unchecked_translation.yaml",
    "unsigned_waiver.yaml",
    "unused_waiver.yaml",
    "wrong_script.yaml",
    "wrong_script_numbers.yaml",
}
WITHOUT_A_FLOW = {
    "yes-or-no",  # the configuration has such fields
    "phase-coverage",  # of a folder
    "reused-name",  # of a draft beside what was published
    "stale-translation",
    "word-list",  # of the list of words
}
TODAY = date(2026, 1, 15)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.load()


@pytest.fixture
def scales(monkeypatch: pytest.MonkeyPatch) -> Scales:
    """The right scales, read from within the folder, so that messages are short."""
    monkeypatch.chdir(FOLDER)
    return load_scales(Path("scales.yaml"))


def issues_of(path: Path, scales: Scales) -> tuple[Issue, ...]:
    """Give every issue of a file, and see that it is refused when it must be."""
    try:
        if path.name.startswith("scales_"):
            load_scales(path)
            return ()
        return load_flow(path, scales, TODAY).warnings
    except FlowError as error:
        assert path.name not in ONLY_WARNINGS
        return error.issues


@pytest.mark.parametrize("name", NAMES)
def test_a_broken_flow_says_where_what_and_how_to_mend_it(
    name: str, scales: Scales, catalogue: Catalogue, request: pytest.FixtureRequest
) -> None:
    issues = issues_of(Path(name), scales)
    assert issues
    blocks = [format_issue(issue, catalogue, "nl") for issue in issues]
    printed = "\n\n".join(blocks) + "\n"
    golden = (FOLDER / name).with_suffix(".txt")
    if request.config.getoption("--update-golden"):
        golden.write_text(printed, encoding="utf-8")
    assert printed == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_a_broken_flow_is_explained_in_english_too(
    name: str, scales: Scales, catalogue: Catalogue
) -> None:
    for issue in issues_of(Path(name), scales):
        assert "How to mend it: " in format_issue(issue, catalogue, "en")


def test_every_rule_has_a_broken_flow(scales: Scales, catalogue: Catalogue) -> None:
    broken = {i.rule for name in NAMES for i in issues_of(Path(name), scales)}
    rules = {
        key.split(".")[2]
        for key in catalogue.keys("issues")
        if key.startswith("issues.rule.")
    }
    assert broken == rules - WITHOUT_A_FLOW


NONSENSE = {
    "eight_hundred_lines": "\n".join(
        f"{'  ' * (n % 7)}k{n}: [ {{ x% @ {n} - ? ]] : 'oe" for n in range(800)
    ).encode(),
    "eight_hundred_fields": "\n".join(f"veld{n}: {n}" for n in range(800)).encode(),
    "eight_hundred_questions": b"questions:\n"
    + b"\n".join(
        b"  - {nam: x, theem: [a, {b: c}], scale: [], q: y}" for _ in range(800)
    ),
    "eight_hundred_tabs": b"\tx: y\n" * 800,
    "billion_laughs": b"a: &a [lol, lol]\n"
    + b"".join(
        b"%c: &%c [%b]\n" % (c, c, b", ".join([b"*%c" % (c - 1)] * 9))
        for c in range(ord("b"), ord("z"))
    ),
    "empty": b"",
    "blank": b"\n \n\n",
    "png": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 99,
    "deep": b"[" * 200_000,
    "wide": b"[" + b"a," * 120_000,
    "long": b"flow: " + b"a" * 250_000,
    "large": b"#" * 5_000_000,
    "utf_16": "flow: x".encode("utf-16"),
    "one_word": b"flow",
    "one_list": b"- flow",
    "braces": b"{" * 3000,
    "question_marks": b"? " * 50_000,
    "colons": b"a: " * 80_000,
    "quote": b'"' + b"a" * 200_000,
    "surrogate": b'flow: "\\ud800"',
    "null": b'flow: "\\0"',
    "directive": b"%YAML 1.1\n---\nflow: x",
    "other_directive": b"%FOO\n---\nflow: x",
}


@pytest.mark.timeout(10)
@pytest.mark.parametrize("name", NONSENSE)
def test_nonsense_is_refused_soon(
    name: str, tmp_path: Path, scales: Scales, catalogue: Catalogue
) -> None:
    path = tmp_path / f"{name}.yaml"
    path.write_bytes(NONSENSE[name])
    with pytest.raises(FlowError) as refused:
        load_flow(path, scales)
    printed = [format_issue(issue, catalogue, "nl") for issue in refused.value.issues]
    assert all("Zo lost u het op" in said for said in printed)
    assert max(len(line) for said in printed for line in said.split("\n")[1:]) < 250


@pytest.mark.timeout(20)
def test_a_hundred_flows_are_read_soon(tmp_path: Path) -> None:
    shipped = Path(__file__).parent.parent / "flows"
    shutil.copy(shipped / "scales.yaml", tmp_path)
    text = (shipped / "sozawe.yaml").read_text(encoding="utf-8")
    real = load_scales(tmp_path / "scales.yaml")
    for n in range(100):
        path = tmp_path / f"flow_{n}.yaml"
        path.write_text(text.replace("flow: sozawe", f"flow: flow_{n}"), "utf-8")
    for n in range(100):
        load_flow(tmp_path / f"flow_{n}.yaml", real)
