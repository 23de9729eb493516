"""What a client reads: short, plain, true to one meaning in every language."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from bot import messages
from bot.core.flow import FlowDefinition
from bot.core.questions import Choice
from bot.core.questions.base import Label
from bot.core.questions.phrases import CHANGES, KEEPS, LEAVES_OUT, says
from bot.flowfiles import Loaded, load_folder
from bot.messages import Catalogue
from bot.needs import Need
from bot.yamlfile import Plain, read_file

ROOT = Path(__file__).parent.parent
MESSAGES = Path(messages.__file__).parent
LANGUAGES = ("nl", "en", "ar", "tr")
TRANSLATIONS = LANGUAGES[1:]

LONGEST_SENTENCE = 15
LONGEST_BUTTON = 24
LONGEST_MESSAGE = 1200
"""Two screens of a phone; the chat app itself takes 4096."""


def flat(value: Plain, path: str = "") -> Iterator[tuple[str, str]]:
    """Give every text of a catalogue file with its path."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from flat(inner, f"{path}.{key}".lstrip("."))
    else:
        assert isinstance(value, str)
        yield path, value


TEXTS = {
    language: dict(flat(read_file(MESSAGES / f"client.{language}.yaml").value))
    for language in LANGUAGES
}
KEPT = {
    "nl": "Dit hebben wij niet bewaard. Niemand bij de gemeente heeft dit gelezen.",
    "en": "We have not kept this. Nobody at the municipality has read it.",
    "ar": "لم نحفظ هذا. لم يقرأه أحد في البلدية.",
    "tr": "Bunu saklamadık. Belediyede bunu kimse okumadı.",
}
FLOWS: dict[str, Loaded] = load_folder(ROOT / "flows")


def buttons(flow: FlowDefinition) -> Iterator[Label]:
    """Give everything of a flow that stands on a button, but for the grades."""
    yield flow.intro.accept
    yield flow.intro.decline
    for question in flow.questions:
        if isinstance(question, Choice):
            yield from (option.label for option in question.options)
        if question.opt_out is not None:
            yield question.opt_out


def sentences_of(flow: FlowDefinition) -> Iterator[Label]:
    """Give everything of a flow that is read rather than tapped."""
    yield flow.intro.text
    yield from (question.label for question in flow.questions)
    if flow.remark is not None:
        yield flow.remark.label


def said(language: str) -> list[str]:
    """Give all that a client reads in one language."""
    texts = list(TEXTS[language].values())
    for flow, _ in FLOWS.values():
        labels = [flow.title, *sentences_of(flow), *buttons(flow)]
        texts += [label[language] for label in labels]
    return texts


def units(text: str) -> int:
    """Count as the chat app does."""
    return len(text.encode("utf-16-le")) // 2


def blanks(text: str) -> set[str | None]:
    """Give the names of the blanks in a text."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def filled(text: str) -> str:
    """Fill the blanks with what stands in them on an ordinary day."""
    facts = {"phone": "14 023", "one_in": 25, "number": 2, "total": 4, "choice": "7"}
    facts |= {"most": 500, "here": "Nederlands", "there": "Türkçe"}
    facts |= {"bot": "@polsslagbot", "page": "https://example.nl/meepraten"}
    facts |= {"date": "16 december 2026", "day": 16, "year": 2026}
    facts |= {"code": "BCDF GHJK", "link": "https://t.me/polsslagbot?start=iBCDFGHJK"}
    return text.format(**facts)


def numbers(text: str) -> Counter[str]:
    """Count the numbers in a text; 1 may be a word in another language."""
    return Counter(number for number in re.findall(r"\d+", text) if number != "1")


def strays(language: str, allowed: str) -> list[str]:
    """Give the texts with a letter or sign that is not allowed in them."""
    return [text for text in said(language) if re.search(f"[^{allowed}]", text)]


def test_there_is_a_file_for_every_language_of_the_flows() -> None:
    assert set(Catalogue.load().languages("client")) == set(LANGUAGES)
    assert {name: flow.languages for name, (flow, _) in FLOWS.items()} == {
        "journey": LANGUAGES,
        "klantmanager": LANGUAGES,
        "sozawe": LANGUAGES,
        "telefoon": LANGUAGES,
    }


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_translation_says_the_same_things_with_the_same_blanks(language: str) -> None:
    texts = TEXTS[language].items()
    source = {path: blanks(text) for path, text in TEXTS["nl"].items()}
    assert {path: blanks(text) for path, text in texts} == source


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_translation_has_the_same_numbers_and_lines(language: str) -> None:
    labels = [
        label
        for flow, _ in FLOWS.values()
        for label in (*sentences_of(flow), *buttons(flow))
    ]
    pairs = [(label["nl"], label[language]) for label in labels]
    pairs += [(text, TEXTS[language][path]) for path, text in TEXTS["nl"].items()]
    differing = [
        other
        for source, other in pairs
        if numbers(source) != numbers(other) or source.count("\n") != other.count("\n")
    ]
    assert differing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_fits_the_screen_it_is_for(language: str) -> None:
    # What is kept and for how long takes more room, and is read by who wants to know.
    limits = {"bot.description": 512, "bot.short_description": 120, "privacy": 1600}
    too_long = {}
    for path, text in TEXTS[language].items():
        is_button = path.startswith("button.") or path == "language_name"
        usual = LONGEST_BUTTON if is_button else LONGEST_MESSAGE
        if units(filled(text)) > limits.get(path, usual):
            too_long[path] = units(text)
    assert too_long == {}
    labels = [label for flow, _ in FLOWS.values() for label in buttons(flow)]
    assert [
        label[language] for label in labels if units(label[language]) > LONGEST_BUTTON
    ] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_button_below_a_remark_can_be_typed_as_well(language: str) -> None:
    texts = TEXTS[language]
    buttons = {
        "button.keep": KEEPS,
        "button.change": CHANGES,
        "button.leave": LEAVES_OUT,
        "remark.nothing": LEAVES_OUT,
    }
    unknown = [
        key for key, said in buttons.items() if not says(said, texts[key], [language])
    ]
    assert unknown == []
    assert units(texts["remark.nothing"]) <= LONGEST_BUTTON


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_remark_tells_what_it_is_not_and_where_help_is(language: str) -> None:
    _, complaint, danger = TEXTS[language]["remark.about"].split("\n\n")
    assert complaint in TEXTS[language]["help"].split("\n\n")
    assert danger in TEXTS[language]["help"].split("\n\n")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_remark_at_its_longest_fits_a_message(language: str) -> None:
    texts = {key: filled(text) for key, text in TEXTS[language].items()}
    offer = 2 * units(texts["offer"])
    shown = sum(units(texts[f"remark.{key}"]) for key in ("shown", "taken_out", "ask"))
    assert offer + shown + 2 * 500 + 20 <= 4096
    for flow, _ in FLOWS.values():
        assert flow.remark is not None
        label = flow.remark.label[language]
        asked = units(label) + units(texts["remark.about"])
        assert asked <= LONGEST_MESSAGE
        assert offer + asked + units(texts["remark.too_long"]) + 20 <= 4096


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_need_is_told_with_a_number_and_that_nothing_was_kept(
    language: str,
) -> None:
    told = {need: TEXTS[language][f"need.{need}"] for need in Need}
    assert {text.split("\n\n")[-1] for text in told.values()} == {KEPT[language]}
    danger = TEXTS[language]["remark.about"].split("\n\n")[-1]
    for number in ("112", "0800-0113", "113.nl"):
        assert number in told[Need.CRISIS]
        assert number in danger
    for need in (Need.COMPLAINT, Need.OBJECTION, Need.QUESTION):
        assert "{phone}" in told[need]
    assert "6" in told[Need.OBJECTION]


def test_every_language_is_named_in_itself() -> None:
    names = {language: TEXTS[language]["language_name"] for language in LANGUAGES}
    assert names == {
        "nl": "Nederlands",
        "en": "English",
        "ar": "العربية",
        "tr": "Türkçe",
    }


def test_a_dutch_sentence_has_fifteen_words_at_most() -> None:
    sentences = [
        sentence
        for text in said("nl")
        for sentence in re.split(r"(?<=[.?!:])[' ]|\n", filled(text))
    ]
    assert [s for s in sentences if len(s.split()) > LONGEST_SENTENCE] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_is_plain(language: str) -> None:
    # A dash for effect, three dots and signs of mark-up are read badly, or aloud.
    odd = re.compile(r"[–—…*_`<>\[\]!;&]|  |\.\.|^\s|\s$")
    assert [text for text in map(filled, said(language)) if odd.search(text)] == []


def test_each_language_is_written_in_its_own_letters() -> None:
    latin = "a-zA-Z0-9 \n.,:?'/{}_()-"
    names = r"\b(?:klantmanager|Sociale Zaken|balie|bezwaar|Telegram|BSN|DigiD)\b"
    foreign = re.compile(rf"{names}|Language|113\.nl|/\w+|\{{\w+\}}")
    arabic = {path: foreign.sub("", text) for path, text in enumerate(said("ar"))}
    assert [text for text in arabic.values() if re.search("[a-zA-Z]", text)] == []
    assert [text for text in said("ar") if not re.search("[\u0600-\u06ff]", text)] == []
    assert strays("nl", f"{latin}é") == []
    assert strays("en", latin) == []
    assert strays("tr", f"{latin}çÇğĞıİöÖşŞüÜâî“”") == []


def test_numbers_and_commands_keep_their_order_in_arabic() -> None:
    # Without the mark a reader sees 023 14, nl.113 and stop/.
    needs_mark = re.compile(r"/\w+|\{(?:phone|page|bot)\}|0800-0113|113\.nl")
    unmarked = [
        found[0]
        for text in TEXTS["ar"].values()
        for found in needs_mark.finditer(text.replace(" / Language", ""))
        if text[found.start() - 1] != "\u200e"
    ]
    assert unmarked == []
    flows = [label["ar"] for flow, _ in FLOWS.values() for label in sentences_of(flow)]
    assert [text for text in flows if needs_mark.search(text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_tells_where_help_is(language: str) -> None:
    text = TEXTS[language]["help"]
    wanted = ("{phone}", "112", "0800-0113", "113.nl", "6", "40")
    assert [word for word in wanted if word not in text] == []
    menu = "/taal" if language == "nl" else "/language"
    assert re.findall(r"/\w+", text) == ["/stop", menu, "/privacy", "/help"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_closing_text_says_what_help_says_of_complaints(language: str) -> None:
    _, complaint, shared_phone = TEXTS[language]["closing"].split("\n\n")
    assert "{phone}" in complaint
    assert complaint in TEXTS[language]["help"].split("\n\n")
    assert shared_phone


def test_the_closing_text_tells_nothing_of_what_happened() -> None:
    told = re.compile(r"antwoord|ingevuld|meegedaan|gestopt|klaar|afgerond|verlopen")
    assert told.findall(TEXTS["nl"]["closing"]) == []


def test_the_promises_stand_word_for_word_in_the_privacy_text() -> None:
    promises = (
        "Elke week vernietigen wij de sleutels. Daarna kan niemand bij de gemeente "
        "vinden welk antwoord van u is.",
        "Wij tonen alleen cijfers van 10 mensen of meer samen.",
        "Telegram kan uw berichten zien.",
        "Iemand van de gemeente leest uw opmerking. Schrijf niets waaraan iemand u "
        "herkent.",
        "Wij vragen nooit om uw naam, BSN, DigiD of bankrekening.",
    )
    assert [p for p in promises if p not in TEXTS["nl"]["privacy"]] == []


@pytest.mark.parametrize("name", FLOWS)
def test_the_introduction_promises_as_many_questions_as_there_are(name: str) -> None:
    flow = FLOWS[name].flow
    promised = {
        language: re.findall(r"\d+", flow.intro.text[language])
        for language in LANGUAGES
    }
    assert promised == {to: [str(len(flow.questions))] for to in LANGUAGES}


@pytest.mark.parametrize("name", FLOWS)
def test_nobody_has_approved_a_shipped_flow_and_nothing_else_is_wrong(
    name: str,
) -> None:
    warned = [(issue.rule, dict(issue.facts)) for issue in FLOWS[name].warnings]
    unread = {"languages": ", ".join(TRANSLATIONS), "language": TRANSLATIONS[0]}
    unsigned = [("unsigned-waiver", {"found": "double-barrelled"})]
    assert warned == [
        ("not-reviewed", {}),
        ("unchecked-translation", unread),
        *(unsigned if name == "sozawe" else ()),
    ]


def test_the_statement_of_the_council_is_asked_literally() -> None:
    label = FLOWS["sozawe"].flow.question("kind_and_efficient").label["nl"]
    statement = "De medewerkers hebben mij vriendelijk en doelmatig geholpen."
    assert f"'{statement}'" in label


def test_every_flow_asks_about_both_themes() -> None:
    themes = {
        name: {theme for question in flow.questions for theme in question.theme}
        for name, (flow, _) in FLOWS.items()
    }
    assert themes == {name: {"bejegening", "efficiency"} for name in FLOWS}
