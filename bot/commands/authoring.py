"""A new survey file out of one that works. What is there is never written over.

Works in any folder and on any machine: it reads and writes files, and nothing else.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.core.draft import LONGEST_NAME, FlowDraft
from bot.core.questions.base import SOURCE
from bot.errors import InputError
from bot.flowfiles import SCALES, flow_paths
from bot.flowschema import flow_schema, scales_schema
from bot.messages import Catalogue, spoken
from bot.shipped import shipped_flows
from bot.words.own import WORDS
from bot.yamlfile import read_file
from bot.yamlmodel import checked

DRAFTS: Final = "flows"
"""The folder that is made where there is none."""
FLOW_SCHEMA: Final = "flow.schema.json"
SCALES_SCHEMA: Final = "scales.schema.json"
USUAL: Final = "sozawe"
"""The example of whoever does not choose one."""

_POINTER: Final = "# yaml-language-server: $schema="
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
_LISTED: Final = re.compile(r"^languages: \[.*?\]", re.MULTILINE)
_SIGNED: Final = re.compile(r"^(?:reviewed|checked):.*\n(?: .*\n)*", re.MULTILINE)
_DECIDED: Final = re.compile(r"^(\s+by:) .*$", re.MULTILINE)
_DEVICES: Final = frozenset(
    ["con", "prn", "aux", "nul"]
    + [f"{a}{n}" for a in ("com", "lpt") for n in range(10)]
)
"""Names that Windows does not let a file have, whatever stands behind the point."""


@dataclass(frozen=True, slots=True)
class Template:
    """A survey that comes along, to begin from."""

    name: str
    title: str
    questions: int


@dataclass(frozen=True, slots=True)
class Schemas:
    """What helps an editor, as it is written beside the surveys."""

    flow: str
    scales: str


def schemas(words: Catalogue, language: str) -> Schemas:
    """Give both schemas, with their explanations in a language of the staff."""

    def says(key: str, /, **facts: object) -> str:
        return words.text(f"schema.{key}", language, **facts)

    known = spoken("client")
    return Schemas(flow_schema(says, known), scales_schema(says, known))


def templates() -> list[Template]:
    """Give the surveys that come along."""
    drafts = [checked(read_file(path), FlowDraft) for path in _shipped().values()]
    return [Template(d.flow, d.title[SOURCE], len(d.questions)) for d in drafts]


def drafts_in(folder: Path) -> Path | None:
    """Find the surveys of somebody who works without an installation, if any."""
    for found in (folder, folder / DRAFTS):
        if (found / SCALES).is_file():
            return found
    return None


def read_languages(text: str) -> tuple[str, ...]:
    """Read the languages that are kept; Dutch always is. Raises InputError."""
    wanted = [part for part in re.split(r"[\s,]+", text.strip().lower()) if part]
    known = spoken("client")
    if unknown := [language for language in wanted if language not in known]:
        raise InputError("no-such-language", name=unknown[0], known=", ".join(known))
    return tuple(dict.fromkeys((SOURCE, *wanted)))


def begin(
    folder: Path,
    name: str,
    template: str,
    languages: Sequence[str],
    comment: Callable[..., str],
    schemas: Schemas,
) -> Path:
    """Make a survey of this name; give its file.

    The folder gets what is missing in it: the scales, and what helps an editor.

    Args:
        languages: whose texts are kept. A text that is changed makes its translations
            wrong, and before the first publication nothing can see that.
        comment: makes what is to stand on top.

    Raises:
        InputError: the name will not do or is taken, there is no such example, or the
            folder cannot be written to.
    """
    if not _NAME.fullmatch(name) or len(name) > LONGEST_NAME or _is_taken(name):
        raise InputError("flow-name", name=name, example=_mended(name))
    shipped = _shipped()
    if template not in shipped:
        raise InputError("no-such-template", name=template, known=", ".join(shipped))
    path = folder / f"{name}.yaml"
    text = _body(shipped[template].read_text("utf-8"), name, languages)
    lines = comment(name=name, template=template).strip().splitlines()
    head = "".join(f"# {line}".rstrip() + "\n" for line in lines)
    if path.exists():
        raise InputError("file-exists", path=str(path))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        pointer = _pointer(folder, FLOW_SCHEMA, schemas.flow)
        _write_new(path, f"{pointer}{head}{text}")
        if not (folder / SCALES).exists():
            write_scales(folder, schemas)
    except OSError as error:
        raise InputError("cannot-write", path=str(path)) from error
    return path


def write_scales(folder: Path, schemas: Schemas) -> None:
    """Put the scales that come along into a folder, and the words that clients know."""
    text = _without_pointer((shipped_flows() / SCALES).read_text("utf-8"))
    pointer = _pointer(folder, SCALES_SCHEMA, schemas.scales)
    _write_new(folder / SCALES, pointer + text)
    known = shipped_flows() / WORDS
    if known.is_file() and not (folder / WORDS).exists():
        _write_new(folder / WORDS, known.read_text("utf-8"))


def copy_flow(path: Path, folder: Path, schemas: Schemas) -> None:
    """Copy a survey that comes along as it is; its first line is made to fit."""
    text = _without_pointer(path.read_text("utf-8"))
    pointer = _pointer(folder, FLOW_SCHEMA, schemas.flow)
    _write_new(folder / path.name, pointer + text)


def _pointer(folder: Path, name: str, schema: str) -> str:
    """Give the line by which an editor finds the schema; put the schema there."""
    if (folder.parent / "docs" / name).is_file():
        return f"{_POINTER}../docs/{name}\n"
    # It belongs to the program: an older one is no use to anybody.
    (folder / name).write_bytes(schema.encode())
    return f"{_POINTER}{name}\n"


def _without_pointer(text: str) -> str:
    return text.partition("\n")[2] if text.startswith(_POINTER) else text


def _body(text: str, name: str, languages: Sequence[str]) -> str:
    """Give a survey under another name, signed by nobody, without what stood on top."""
    while text.startswith("#"):
        text = text.partition("\n")[2]
    text = re.sub(r"^flow: .*$", f"flow: {name}", text, count=1, flags=re.MULTILINE)
    text = _DECIDED.sub(r'\1 ""', _SIGNED.sub("", text))
    text = _LISTED.sub(f"languages: [{', '.join(languages)}]", text)
    gone = set(spoken("client")) - set(languages)
    return _without(text, gone) if gone else text


def _without(text: str, languages: set[str]) -> str:
    """Take the texts of these languages out, each with the lines that belong to it."""
    kept = []
    inside = -1
    for line in text.splitlines():
        depth = len(line) - len(line.lstrip())
        if inside >= 0 and line.strip() and depth > inside:
            continue
        inside = -1
        if depth and line.strip().partition(":")[0] in languages:
            inside = depth
            continue
        kept.append(line)
    return "\n".join(kept) + "\n"


def _write_new(path: Path, text: str) -> None:
    # The same bytes everywhere: UTF-8, and no carriage returns.
    with path.open("xb") as file:
        file.write(text.encode())


def _shipped() -> dict[str, Path]:
    return {path.stem: path for path in flow_paths(shipped_flows())}


def _is_taken(name: str) -> bool:
    return name == Path(SCALES).stem or name in _DEVICES


def _mended(name: str) -> str:
    """Give a name that will do, as near as can be to the one that was meant."""
    plain = unicodedata.normalize("NFKD", name.lower().removesuffix(".yaml"))
    plain = plain.encode("ascii", "ignore").decode()
    near = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:LONGEST_NAME]
    if not _NAME.fullmatch(near) or _is_taken(near):
        near = f"vragen_{near}".rstrip("_")[:LONGEST_NAME]
    return near
