"""The configuration: one YAML file without secrets, read once, checked whole.

Every path in it is taken from the folder that the file lies in. The bot's token comes
from the environment or from a file of its own.
"""

import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time as Time  # noqa: N812 - the key `time` takes its name
from pathlib import Path
from typing import Annotated, Final, Literal, get_args
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from bot.core.draft import Name
from bot.core.fault import fault
from bot.core.flow import Phase
from bot.errors import ConfigError
from bot.yamlmodel import read_model

TOKEN: Final = "TELEGRAM_BOT_TOKEN"  # noqa: S105 - the variable's name, not a token

_TOKEN_FORM: Final = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")

Weekday = Literal[
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"
]
OneIn = Annotated[int, Field(ge=1, le=1000)]
StaffLanguage = Literal["nl", "en"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Telegram(_Part):
    """How the bot reaches its chats."""

    bot: str = ""
    base_url: str = "https://api.telegram.org/bot"
    token_file: Path | None = None


class Sampling(_Part):
    """How many of the contacts are asked."""

    one_in: OneIn = 25


class EntryPoint(_Part):
    """A fixed link or QR code, and what it leads to."""

    flow: Name
    phase: Phase = Phase.UNKNOWN
    one_in: OneIn = 25


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise fault("wrong-value", case="zone") from error
    return name


class Digest(_Part):
    """When the box is opened, and who gets the digest."""

    chats: tuple[int, ...] = ()
    language: StaffLanguage = "nl"
    weekday: Weekday = "monday"
    time: Time = Time(7, 0)
    timezone: Annotated[str, AfterValidator(_known_zone)] = "Europe/Amsterdam"

    @property
    def isoweekday(self) -> int:
        """Give the day as a number: 1 for Monday to 7 for Sunday."""
        return get_args(Weekday).index(self.weekday) + 1

    @property
    def zone(self) -> ZoneInfo:
        """Give the time zone itself."""
        return ZoneInfo(self.timezone)


class Config(_Part):
    """One installation."""

    data: Path = Path("data")
    keys: Path = Path("keys")
    flows: Path = Path("flows")
    enabled: tuple[Name, ...] = ("sozawe",)
    phone: str
    language: StaffLanguage = "nl"
    telegram: Telegram = Telegram()
    sampling: Sampling = Sampling()
    entries: Mapping[Name, EntryPoint] = {}
    digest: Digest = Digest()


@dataclass(frozen=True, slots=True)
class Installation:
    """A configuration and the folder that its paths are taken from."""

    config: Config
    folder: Path

    @property
    def data(self) -> Path:
        """Give the folder of the two databases."""
        return self.folder / self.config.data

    @property
    def keys(self) -> Path:
        """Give the folder of the keys."""
        return self.folder / self.config.keys

    @property
    def flows(self) -> Path:
        """Give the folder of the flow files."""
        return self.folder / self.config.flows


def read_config(path: Path) -> Installation:
    """Read the configuration.

    Raises:
        FlowError: the file has faults; all of them, at line and column.
        ConfigError: there is no such file, or keys and data share a folder.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ConfigError("no-config", path=str(path)) from error
    installation = Installation(read_model(str(path), content, Config), path.parent)
    keys, data = installation.keys.resolve(), installation.data.resolve()
    if keys == data or data in keys.parents:
        # Whoever copies the data folder must not take the keys along.
        raise ConfigError("keys-inside-data", path=str(path))
    return installation


def read_token(
    installation: Installation, environment: Mapping[str, str] = os.environ
) -> str:
    """Give the bot's token, from the environment or from its file.

    Raises ConfigError when there is none, or others can read the file.
    """
    if token := environment.get(TOKEN, "").strip():
        return _formed(token)
    named = installation.config.telegram.token_file
    if named is None:
        raise ConfigError("no-token", variable=TOKEN)
    path = installation.folder / named
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        token = path.read_text("utf-8").strip()
    except OSError as error:
        raise ConfigError("no-token-file", path=str(path)) from error
    except UnicodeDecodeError:
        # Without its cause, which quotes the file.
        raise ConfigError("no-token-file", path=str(path)) from None
    if mode & 0o077:
        raise ConfigError("token-readable-by-others", path=str(path))
    if not token:
        raise ConfigError("token-file-empty", path=str(path))
    return _formed(token)


def _formed(token: str) -> str:
    """Refuse at once what no token looks like: on a bad day that seems the network."""
    if not _TOKEN_FORM.fullmatch(token):
        raise ConfigError("token-malformed")
    return token
