"""The files of an export: the tables, their description, and how to read them.

The description is a Data Package (Frictionless, version 1), so that R, Python and a
data portal read types, keys and separators from it instead of guessing.
"""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final

from bot.ballots import K
from bot.digest.export.answers import answers, measures
from bot.digest.export.codebook import codebook
from bot.digest.export.decisions import decisions, deeds
from bot.digest.export.history import History
from bot.digest.export.joins import Joins
from bot.digest.export.outcomes import outcomes, response
from bot.digest.export.phases import phases
from bot.digest.export.remarks import remarks
from bot.digest.export.table import DELIMITER, Table
from bot.digest.model import ENOUGH, WINDOW
from bot.digest.rates import RUN_UP
from bot.digest.voice import Words

DESCRIPTION: Final = "datapackage.json"
READ_ME: Final = "LEESMIJ.txt"


def files(history: History, words: Words) -> dict[str, bytes]:
    """Give the content of every file by its name.

    Args:
        words: the message catalogue, bound to one language.
    """
    made = tables(history)
    written = {table.file: table.csv() for table in made}
    described = describe(made, written, history, words)
    plain = json.dumps(described, ensure_ascii=False, indent=2)
    return {
        READ_ME: read_me(made, history, words).encode(),
        DESCRIPTION: f"{plain}\n".encode(),
        **written,
    }


def tables(history: History) -> tuple[Table, ...]:
    """Make every table, in the order in which one reads them."""
    joins = Joins(history)
    return (
        answers(history, joins),
        measures(history, joins),
        codebook(history),
        outcomes(history),
        response(history),
        phases(history),
        decisions(history),
        deeds(history),
        remarks(history),
    )


def describe(
    made: tuple[Table, ...],
    written: Mapping[str, bytes],
    history: History,
    words: Words,
) -> dict[str, Any]:
    """Describe the package; it bears the week of the newest opening for a version."""
    described: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": "polsslag",
        "title": words("export.package.title"),
        "description": words("export.package.description", least=K),
    }
    if history.week is not None:
        described["version"] = history.week
    described["resources"] = [
        _resource(table, written[table.file], words) for table in made
    ]
    return described


def _resource(table: Table, content: bytes, words: Words) -> dict[str, Any]:
    said = f"export.table.{table.name}"
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": table.file,
        "title": words(f"{said}.title"),
        "description": words(f"{said}.description", least=K, enough=ENOUGH),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{sha256(content).hexdigest()}",
        "dialect": {
            "delimiter": DELIMITER,
            "lineTerminator": "\r\n",
            "quoteChar": '"',
            "doubleQuote": True,
            "skipInitialSpace": False,
            "header": True,
        },
        "schema": _schema(table, words),
    }


def _schema(table: Table, words: Words) -> dict[str, Any]:
    fields = []
    for column in table.columns:
        said = words(
            f"export.column.{table.name}.{column.name}",
            least=K,
            enough=ENOUGH,
            run_up=RUN_UP - WINDOW + 1,
        )
        fields.append(column.schema() | {"description": said})
    schema: dict[str, Any] = {
        "fields": fields,
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    if table.references:
        schema["foreignKeys"] = [
            {
                "fields": list(one.columns),
                "reference": {"resource": one.table, "fields": list(one.columns)},
            }
            for one in table.references
        ]
    return schema


def read_me(made: tuple[Table, ...], history: History, words: Words) -> str:
    """Say what this is, by which rules it was made, and what not to do with it."""
    week = history.week or words("export.read_me.no_week")
    files = "\r\n".join(
        f"{table.file}: {words(f'export.table.{table.name}.title')}" for table in made
    )
    text = words(
        "export.read_me.text",
        week=week,
        files=files,
        least=K,
        enough=ENOUGH,
        run_up=RUN_UP - WINDOW + 1,
    )
    # For a text editor of any age.
    return text.replace("\r\n", "\n").replace("\n", "\r\n") + "\r\n"
