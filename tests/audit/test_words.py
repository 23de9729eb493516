"""Every line of the report has its words, and there are no others."""

import ast
from pathlib import Path

from bot.audit.loglines import _SECRETS
from bot.audit.remarks import _RAW
from tests.audit.places import WORDS

AUDIT = Path(__file__).parents[2] / "bot" / "audit"
MADE_UP = {
    *(f"log-{kind}" for kind, _ in _SECRETS),
    "log-hour",
    "log-unknown",
    "telling-moment",
    "telling-number",
    "lie-by-name",
    "lie-as-come",
    *(f"remark-{kind}" for kind, _ in _RAW),
}
"""Keys that are put together where they are used."""


def test_every_key_is_used_and_has_its_words() -> None:
    used = {
        str(node.args[0].value)
        for path in AUDIT.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("ok", "note", "found")
        and isinstance(node.args[0], ast.Constant)
    }
    for language in ("nl", "en"):
        paths = WORDS.texts("staff", language)
        said = {path.removeprefix("audit.") for path in paths if "audit." in path}
        assert said == used | MADE_UP
