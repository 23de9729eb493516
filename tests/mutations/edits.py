"""Edits that a person would plausibly make, and what has to be said of each.

An edit is of one place in a shipped file. `rule` is what must be told, and `at` a piece
of the line it must be told at (in the edited file); an edit without a rule is harmless.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit.

    Args:
        what: what the person did, in a few words.
        change: from the text of the file to what it has become.
        rule: the rule that must be told; empty for an edit that does no harm.
        at: a piece of the line that it must be told at; the first such line counts.
        file: the file that was edited.
        told_in: the file in which it must be told.
    """

    what: str
    change: Callable[[str], str]
    rule: str = ""
    at: str = ""
    file: str = "sozawe.yaml"
    told_in: str = ""


def put(old: str, new: str, nth: int = 1) -> Callable[[str], str]:
    """Replace one of the places where a text stands; it must be there."""

    def change(text: str) -> str:
        parts = text.split(old)
        assert len(parts) > nth, old
        return old.join(parts[:nth]) + new + old.join(parts[nth:])

    return change


def cut(begin: str, end: str, nth: int = 1) -> Callable[[str], str]:
    """Take out what stands from one text up to another."""

    def change(text: str) -> str:
        start = -1
        for _ in range(nth):
            start = text.index(begin, start + 1)
        return text[:start] + text[text.index(end, start + 1) :]

    return change


COUNTER_NL: Final = '"Hoe ging de medewerker van de balie met u om? Geef een cijfer."'
KNOWS_NL: Final = "'Ik weet hoe het verder gaat met mijn vraag of aanvraag.'"
FIFTH: Final = """\
  - name: waiting
    theme: efficiency
    short: {nl: "Wachten"}
    label:
      nl: "Hoe lang moest u wachten? Geef een cijfer."
      en: "How long did you wait? Give a grade."
      ar: "كم انتظرت؟ الرجاء إعطاء درجة."
      tr: "Ne kadar beklediniz? Bir not verin."
    scale: rapportcijfer

remark:"""
OPTION: Final = """\
      - code: partly
        direction: positive
        label: {nl: "Beetje eens", en: "Agree a little", ar: "أوافق قليلاً", tr: "Biraz"}
      - code: agree
"""
ACCEPT_AR: Final = "نعم، أشارك"
LABEL_AR: Final = "كيف عاملك موظف الاستقبال (balie)؟ الرجاء إعطاء درجة."

EDITS: Final = (
    # --- YAML: quotes, colons, brackets, blanks
    Edit(
        "forgot the closing quote",
        put(f"nl: {COUNTER_NL}", f"nl: {COUNTER_NL[:-1]}"),
        "yaml",
        COUNTER_NL[:-1],
    ),
    Edit(
        "forgot the closing quote of a button",
        put('nl: "Ja, ik doe mee"', 'nl: "Ja, ik doe mee'),
        "yaml",
        'nl: "Ja, ik doe mee',
    ),
    Edit(
        "forgot the closing quote of the last text",
        put('eden bir şey yazmayın."', "eden bir şey yazmayın."),
        "yaml",
        "eden bir şey yazmayın.",
    ),
    Edit(
        "forgot the closing quote of Arabic",
        put(f'"{ACCEPT_AR}"', f'"{ACCEPT_AR}'),
        "yaml",
        f'"{ACCEPT_AR}',
    ),
    Edit(
        "forgot the opening quote",
        put(f"nl: {COUNTER_NL}", f"nl: {COUNTER_NL[1:]}"),
        "yaml",
        COUNTER_NL[1:],
    ),
    Edit(
        "forgot the opening quote of a title",
        put('nl: "Contact met', "nl: Contact met"),
        "yaml",
        "nl: Contact met",
    ),
    Edit(
        "curly quotes from Word",
        put(f"nl: {COUNTER_NL}", f"nl: “{COUNTER_NL[1:-1]}”"),
        "yaml",
        "nl: “Hoe ging",
    ),
    Edit(
        "curly quotes around a button",
        put('nl: "Balie"', "nl: ”Balie”"),
        "yaml",
        "nl: ”Balie”",
    ),
    Edit(
        "straight quote first, curly one last",
        put('nl: "Balie"', 'nl: "Balie”'),
        "yaml",
        'nl: "Balie”',
    ),
    Edit(
        "curly quotes around a text with a colon",
        put('nl: "Balie"', "nl: “Balie: hier”"),
        "yaml",
        "nl: “Balie",
    ),
    Edit("German quotes", put('nl: "Balie"', "nl: „Balie“"), "yaml", "nl: „Balie“"),
    Edit(
        "a colon in a text without quotes",
        put(f"nl: {COUNTER_NL}", "nl: Let op: geef een cijfer"),
        "yaml",
        "nl: Let op",
    ),
    Edit(
        "no space after the colon",
        put("theme: bejegening", "theme:bejegening"),
        "yaml",
        "theme:bejegening",
    ),
    Edit("no colon after a field", put("  intro:".strip(), "intro"), "yaml", "intro"),
    Edit(
        "a double quote inside double quotes",
        put("'Ik weet", '"Ik weet'),
        "yaml",
        '"Ik weet',
    ),
    Edit(
        "a tab for indenting",
        put("    theme: efficiency", "\ttheme: efficiency"),
        "tab",
        "\ttheme",
    ),
    Edit(
        "a tab behind a value",
        put("scale: agree_4", "scale: agree_4\t"),
        "tab",
        "agree_4\t",
    ),
    Edit(
        "one space too many",
        put("    scale: agree_4", "     scale: agree_4"),
        "yaml",
        "     scale: agree_4",
    ),
    Edit(
        "one space too few",
        put("    scale: agree_4", "   scale: agree_4"),
        "yaml",
        "   scale: agree_4",
    ),
    Edit(
        "an option one space too far",
        put("      - code: disagree", "       - code: disagree"),
        "yaml",
        "       - code: disagree",
        file="scales.yaml",
    ),
    Edit(
        "a non-breaking space as indent",
        put("    theme: efficiency", "\xa0   theme: efficiency"),
        "yaml",
        "\xa0   theme",
    ),
    Edit(
        "a non-breaking space behind a dash",
        put("  - name: next_step", "  -\xa0name: next_step"),
        "yaml",
        "-\xa0name",
    ),
    Edit(
        "a non-breaking space in a code",
        put("scale: agree_4", "scale:\xa0agree_4"),
        "yaml",
        "scale:\xa0agree_4",
    ),
    Edit(
        "a missing bracket",
        put(
            "phases: [first_contact, intake, after_award]",
            "phases: [first_contact, intake, after_award",
        ),
        "yaml",
        "phases: [",
    ),
    Edit(
        "a missing comma between languages",
        put("[nl, en, ar, tr]", "[nl, en ar, tr]"),
        "wrong-value",
        "[nl, en ar, tr]",
    ),
    Edit(
        "an anchor",
        put('nl: "Geen contact gehad"', 'nl: &geen "Geen contact gehad"'),
        "no-yaml-tricks",
        "&geen",
    ),
    Edit(
        "an exclamation mark before a text",
        put("name: counter", "name: !counter"),
        "no-yaml-tricks",
        "!counter",
    ),
    Edit(
        "a percent sign on the first line",
        lambda text: "%" + text,
        "yaml",
        "%",
    ),
    Edit("a line of three dashes", put("questions:", "---\nquestions:"), "yaml", "---"),
    Edit(
        "an old letter coding",
        put("wordt nooit", "wordt nooit \x92"),
        "yaml",
        "wordt nooit \x92",
    ),
    Edit(
        "a field pasted twice",
        put("    scale: agree_4\n", "    scale: agree_4\n    scale: journey_3\n"),
        "duplicate-key",
        "scale: journey_3",
    ),
    Edit(
        "a language pasted twice",
        put('      en: "Counter"', '      nl: "Loket"\n      en: "Counter"'),
        "duplicate-key",
        'nl: "Loket"',
    ),
    # --- the shape
    Edit(
        "a misspelt field",
        put("theme: efficiency", "them: efficiency"),
        "unknown-key",
        "them: efficiency",
    ),
    Edit(
        "a field in Dutch",
        put("    scale: agree_4", "    schaal: agree_4"),
        "unknown-key",
        "schaal: agree_4",
    ),
    Edit(
        "a capital in a field",
        put("    scale: agree_4", "    Scale: agree_4"),
        "unknown-key",
        "Scale: agree_4",
    ),
    Edit(
        "a field that does not exist",
        put("    scale: agree_4", "    verplicht: ja\n    scale: agree_4"),
        "unknown-key",
        "verplicht",
    ),
    Edit(
        "a field left out",
        cut("    scale: agree_4", "\nremark", 2),
        "missing-key",
        "- name: next_step",
    ),
    Edit(
        "an empty field", put("theme: efficiency", "theme:"), "wrong-shape", "theme:\n"
    ),
    Edit(
        "a label without languages",
        put('short:\n      nl: "Balie"\n      en: "Counter"', 'short: "Balie"'),
        "wrong-shape",
        'short: "Balie"',
    ),
    Edit(
        "a theme in other words",
        put("theme: efficiency", "theme: snelheid"),
        "wrong-value",
        "theme: snelheid",
    ),
    Edit(
        "a theme with a slip",
        put("theme: bejegening", "theme: bejegenig"),
        "wrong-value",
        "theme: bejegenig",
    ),
    Edit(
        "a phase with a space",
        put("first_contact, intake", "first contact, intake"),
        "wrong-value",
        "first contact",
    ),
    Edit(
        "a name with capitals and a space",
        put("name: next_step", "name: Volgende stap"),
        "wrong-value",
        "name: Volgende stap",
    ),
    Edit(
        "a number in words",
        put("max_length: 500", "max_length: vijfhonderd"),
        "not-a-number",
        "max_length",
    ),
    Edit(
        "a remark of 5000 characters",
        put("max_length: 500", "max_length: 5000"),
        "wrong-value",
        "max_length",
    ),
    Edit(
        "a date the Dutch way",
        put("until: 2027-12-31", "until: 31-12-2027"),
        "wrong-value",
        "until: 31-12-2027",
    ),
    Edit(
        "a reason of one word",
        put(
            'reason: "Letterlijke tekst van advies 4 van de Participatieraad"',
            'reason: "Advies"',
        ),
        "wrong-value",
        'reason: "Advies"',
    ),
    Edit(
        "an error waived",
        put("rule: double-barrelled", "rule: question-count"),
        "wrong-value",
        "rule: question-count",
    ),
    Edit(
        "another name than the file",
        put("flow: sozawe", "flow: sozawe_2"),
        "wrong-value",
        "flow: sozawe_2",
    ),
    Edit(
        "from and to turned around",
        put("from: 1\n    to: 10", "from: 10\n    to: 1"),
        "wrong-value",
        "to: 1",
        file="scales.yaml",
    ),
    # --- the content
    Edit("a fifth question", put("remark:", FIFTH), "question-count", "questions:"),
    Edit(
        "two questions left",
        cut("  - name: kind_and", "\nremark"),
        "question-count",
        "questions:",
    ),
    Edit(
        "one question taken out, the number left",
        cut("  - name: counter", "  - name: case_manager"),
        "wrong-count",
        "4 korte vragen",
    ),
    Edit(
        "another number of questions promised",
        put("4 korte vragen", "drie korte vragen"),
        "wrong-count",
        "drie korte vragen",
    ),
    Edit(
        "the Dutch text left empty",
        put('nl: "Balie"', 'nl: ""'),
        "missing-source",
        'nl: ""',
    ),
    Edit(
        "a Dutch line taken out",
        cut('      nl: "Klantmanager"', '      en: "Case'),
        "missing-source",
        "    short:\n      en",
    ),
    Edit(
        "Dutch taken out of languages",
        put("[nl, en, ar, tr]", "[en, ar, tr]"),
        "missing-source",
        "[en, ar, tr]",
    ),
    Edit(
        "a translation missing",
        cut('    tr: "Hayır', "\nquestions"),
        "missing-translation",
        "  decline:",
    ),
    Edit(
        "a translation left empty",
        put('tr: "Hayır, teşekkürler"', 'tr: ""'),
        "missing-translation",
        'tr: ""',
    ),
    Edit(
        "a translation of a scale missing",
        cut('      tr: "çok kötü"', "    to_label"),
        "missing-translation",
        "from_label",
        file="scales.yaml",
    ),
    Edit(
        "a language nobody speaks here",
        put("[nl, en, ar, tr]", "[nl, en, ar, tr, pl]"),
        "wrong-value",
        "tr, pl]",
    ),
    Edit(
        "English where Arabic belongs",
        put(ACCEPT_AR, "Yes, I will"),
        "wrong-script",
        '"Yes, I will"',
    ),
    Edit(
        "Arabic where Turkish belongs",
        put('tr: "Evet, katılıyorum"', f'tr: "{ACCEPT_AR}"'),
        "wrong-script",
        f'tr: "{ACCEPT_AR}"',
    ),
    Edit(
        "Arabic reversed", put(LABEL_AR, LABEL_AR[::-1]), "wrong-script", LABEL_AR[::-1]
    ),
    Edit(
        "Arabic pasted from a PDF",
        put(ACCEPT_AR, "ﻙﺭﺎﺷﺃ ،ﻢﻌﻧ"),
        "wrong-script",
        "ﻙﺭﺎﺷﺃ",
    ),
    Edit(
        "another number in English",
        put("you 4 short", "you 3 short"),
        "wrong-script",
        "you 3 short",
    ),
    Edit(
        "a question named twice",
        put("name: next_step", "name: counter"),
        "duplicate-name",
        "name: counter\n    theme: efficiency",
    ),
    Edit(
        "a phase twice",
        put("intake, after_award", "intake, intake"),
        "duplicate-name",
        "intake, intake",
    ),
    Edit(
        "a scale with a slip",
        put("scale: agree_4", "scale: agree4"),
        "unknown-scale",
        "scale: agree4",
    ),
    Edit(
        "a scale that is not there",
        put("scale: agree_4", "scale: smileys"),
        "unknown-scale",
        "scale: smileys",
    ),
    Edit(
        "a question renamed that another looks at",
        put("name: case_manager", "name: manager"),
        "bad-reference",
        "question: case_manager",
        "klantmanager.yaml",
    ),
    Edit(
        "a condition that looks down",
        put(
            "  - name: kind\n",
            "  - name: kind\n    only_if: {question: listened, is: agree}\n",
        ),
        "bad-reference",
        "question: listened",
        "klantmanager.yaml",
    ),
    Edit(
        "a grade that is not on the scale",
        put("at_most: 5", "at_most: 50"),
        "bad-reference",
        "at_most: 50",
        "klantmanager.yaml",
    ),
    Edit(
        "a fifth option",
        put("      - code: agree\n", OPTION),
        "unbalanced-scale",
        "options:",
        "scales.yaml",
    ),
    Edit(
        "an option turned around",
        put("direction: negative", "direction: positive"),
        "unbalanced-scale",
        "options:",
        "scales.yaml",
    ),
    Edit(
        "a button for a whole sentence",
        put('nl: "Ja, ik doe mee"', 'nl: "Ja, ik wil graag meedoen hieraan"'),
        "button-too-long",
        "graag meedoen",
    ),
    Edit(
        "a button that is rather long",
        put('nl: "Nee, liever niet"', 'nl: "Nee, ik doe liever niet mee"'),
        "button-too-long",
        "liever niet mee",
    ),
    Edit(
        "a question of three lines",
        put(KNOWS_NL, f"{KNOWS_NL} {KNOWS_NL} {KNOWS_NL}"),
        "too-long",
        f"{KNOWS_NL} {KNOWS_NL}",
    ),
    # --- the language
    Edit(
        "a long sentence",
        put(
            "met mijn vraag of aanvraag.'",
            "met de vraag die ik een week geleden aan de balie had.'",
        ),
        "long-sentence",
        "een week geleden",
    ),
    Edit(
        "a word of the office",
        put(
            "'Ik weet hoe het verder gaat met mijn vraag of aanvraag.'",
            "'Ik ken de afhandelingstermijn.'",
        ),
        "hard-word",
        "afhandelingstermijn",
    ),
    Edit(
        "a second thing asked",
        put("verder gaat met mijn vraag of aanvraag", "gaat en wat ik moet doen"),
        "double-barrelled",
        "gaat en wat",
    ),
    Edit(
        "a second question asked",
        put(
            "met u om? Geef een cijfer",
            "met u om? En hoe lang duurde het? Geef een cijfer",
        ),
        "double-barrelled",
        "En hoe lang",
    ),
    Edit(
        "praise in a question",
        put("'Ik weet hoe het verder", "'Ik weet natuurlijk hoe het verder"),
        "leading",
        "natuurlijk",
    ),
    Edit(
        "a denial",
        put("'Ik weet hoe het verder", "'Ik weet niet hoe het verder"),
        "negation",
        "weet niet",
    ),
    Edit(
        "a question for a birth date",
        put(
            "Hoe ging de medewerker van de balie met u om? Geef een cijfer.",
            "Wat is uw geboortedatum?",
        ),
        "personal-question",
        "geboortedatum",
    ),
    Edit(
        "the remark without its warning",
        put(" Noem geen namen.", ""),
        "personal-question",
        "nog iets vertellen",
    ),
    Edit(
        "a theme that no question is about",
        put("theme: bejegening", "theme: efficiency"),
        "theme-coverage",
        "questions:",
        "journey.yaml",
    ),
    Edit(
        "a waiver that ran out",
        put("until: 2027-12-31", "until: 2025-12-31"),
        "expired-waiver",
        "until: 2025-12-31",
    ),
    Edit(
        "a waived question mended",
        put("vriendelijk en doelmatig", "vriendelijk"),
        "unused-waiver",
        "rule: double-barrelled",
    ),
    Edit(
        "two words on a line of woorden.txt",
        lambda text: f"{text}rechten plichten\n",
        "word-list",
        "rechten plichten",
        "woorden.txt",
    ),
    # --- beside what was published
    Edit(
        "the wording changed, the translations not",
        put("Hoe ging de medewerker van de balie", "Hoe ging de mevrouw van de balie"),
        "stale-translation",
        "How did the person at the counter",
    ),
    # --- harmless, and read as before
    Edit("Windows line ends", lambda text: text.replace("\n", "\r\n")),
    Edit("a byte order mark", lambda text: f"\ufeff{text}"),
    Edit("a trailing comma", put("[nl, en, ar, tr]", "[nl, en, ar, tr,]")),
    Edit("no line end at the end", lambda text: text.rstrip("\n")),
    Edit("`no` without quotes", put('code: "no"', "code: no"), file="scales.yaml"),
    Edit(
        "a note behind a value", put("scale: agree_4", "scale: agree_4  # vier punten")
    ),
    Edit("a name between quotes", put("name: counter", 'name: "counter"')),
    Edit("blank lines", put("questions:", "\n\nquestions:\n")),
)
