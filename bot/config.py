"""The configuration: one YAML file without secrets, read once, checked whole.

Every path in it is taken from the folder that the file lies in. The bot's token and the
password of the mail server come from the environment or from files of their own.
"""

import ipaddress
import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time as Time  # noqa: N812 - the key `time` takes its name
from pathlib import Path
from typing import Annotated, Final, Literal, Self, get_args
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_validator,
)

from bot.core.draft import Name
from bot.core.fault import fault
from bot.core.flow import Phase
from bot.errors import ConfigError
from bot.outbox import MAILTO
from bot.yamlmodel import read_model

TOKEN: Final = "TELEGRAM_BOT_TOKEN"  # noqa: S105 - the variable's name, not a token

PASSWORD: Final = "POLSSLAG_MAIL_PASSWORD"  # noqa: S105 - nor a password
"""The environment variable with the password of the mail server."""

_ADDRESS: Final = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]*"
)
_PAGE: Final = re.compile(
    r"https://(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*"
    r"(?:/[A-Za-z0-9._~/%-]*)?"
)
_TOKEN_FORM: Final = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")

Weekday = Literal[
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"
]
OneIn = Annotated[int, Field(ge=1, le=1000)]
StaffLanguage = Literal["nl", "en"]


class _Part(BaseModel):
    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        hide_input_in_errors=True,
        serialize_by_alias=True,
    )


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


def _address(text: str) -> str:
    if not _ADDRESS.fullmatch(text):
        raise fault("wrong-value", case="address")
    return text


Address = Annotated[str, Field(max_length=254), AfterValidator(_address)]
"""A mail address, of letters that every mail server takes."""


class Mail(_Part):
    """The server that takes the mail, and how the bot presents itself there."""

    host: str = ""
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    sender: Annotated[str, AfterValidator(lambda a: a and _address(a))] = Field(
        default="", alias="from"
    )
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    password_file: Path | None = None

    @model_validator(mode="after")
    def _stays_unread(self) -> Self:
        # Over an open line everybody on the way reads the digest, and the password.
        if self.security == "none" and self.host and not is_loopback(self.host):
            raise fault("wrong-value", case="open-mail", at="security")
        return self


class Digest(_Part):
    """When the box is opened, and who gets the digest."""

    chats: tuple[int, ...] = ()
    mail: tuple[Address, ...] = ()
    earlier: Annotated[
        tuple[Annotated[str, Field(min_length=1, max_length=200)], ...],
        Field(max_length=20),
    ] = ()
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


def _page(text: str) -> str:
    # What stands behind `?` or `#` could carry something of whoever follows the link,
    # and before an `@` stands a name; the same page for everybody needs neither.
    if not _PAGE.fullmatch(text):
        raise fault("wrong-value", case="page")
    return text


class RoundTable(_Part):
    """Where clients can talk with the municipality, outside the survey."""

    phone: Annotated[str, Field(max_length=40)] = ""
    page: Annotated[
        str, Field(max_length=200), AfterValidator(lambda a: a and _page(a))
    ] = ""


class Remarks(_Part):
    """What is done with the remarks that clients type."""

    # Empty is what an example can say for none.
    roster: Annotated[Path | None, BeforeValidator(lambda path: path or None)] = None
    reviewers: tuple[int, ...] = ()


class Config(_Part):
    """One installation."""

    data: Path = Path("data")
    keys: Path = Path("keys")
    flows: Path = Path("flows")
    enabled: tuple[Name, ...] = ("sozawe",)
    phone: str
    municipality: Annotated[str, Field(max_length=60)] = ""
    language: StaffLanguage = "nl"
    round_table: RoundTable = RoundTable()
    telegram: Telegram = Telegram()
    sampling: Sampling = Sampling()
    entries: Mapping[Name, EntryPoint] = {}
    digest: Digest = Digest()
    mail: Mail = Mail()
    remarks: Remarks = Remarks()

    @model_validator(mode="after")
    def _keeps_reviewers_apart(self) -> Self:
        # A team that reads remarks before they are looked at, reads who wrote them.
        both = set(self.remarks.reviewers) & set(self.digest.chats)
        if both:
            chat = min(both)
            raise fault("wrong-value", case="reviewer", at="remarks", found=chat)
        return self

    @property
    def recipients(self) -> list[str]:
        """Give who gets the digests, in the words of the outbox."""
        chats = [str(chat) for chat in self.digest.chats]
        return chats + [f"{MAILTO}{address}" for address in self.digest.mail]

    @property
    def reviewers(self) -> list[str]:
        """Give who is told of remarks to be looked at, in the words of the outbox."""
        return [str(chat) for chat in self.remarks.reviewers]


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
        ConfigError: there is no such file, keys and data share a folder, or mail is
            to be sent and nothing says how.
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
    mail = installation.config.mail
    if installation.config.digest.mail and not (mail.host and mail.sender):
        raise ConfigError("no-mail-server", path=str(path))
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
    return _formed(_secret(installation.folder / named, "token"))


def read_mail_password(
    installation: Installation, environment: Mapping[str, str] = os.environ
) -> str:
    """Give the password of the mail server; empty where nobody logs in there.

    Raises ConfigError when one is needed and there is none, or others can read it.
    """
    mail = installation.config.mail
    if not mail.user:
        return ""
    if password := environment.get(PASSWORD, "").strip():
        return password
    if mail.password_file is None:
        raise ConfigError("no-mail-password", variable=PASSWORD)
    return _secret(installation.folder / mail.password_file, "mail-password")


def read_roster(installation: Installation) -> tuple[str, ...]:
    """Give the names of staff that are taken out of remarks besides; none without one.

    Raises ConfigError when the file cannot be read, or others can read it.
    """
    named = installation.config.remarks.roster
    if named is None:
        return ()
    lines = _secret(installation.folder / named, "roster").splitlines()
    names = (line.partition("#")[0].strip() for line in lines)
    return tuple(name for name in names if name)


def is_loopback(host: str) -> bool:
    """Say whether a host is this machine itself, without asking anyone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _secret(path: Path, name: str) -> str:
    """Read a file that only its owner may read; its name is in the codes of errors."""
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        secret = path.read_text("utf-8").strip()
    except OSError as error:
        raise ConfigError(f"no-{name}-file", path=str(path)) from error
    except UnicodeDecodeError:
        # Without its cause, which quotes the file.
        raise ConfigError(f"no-{name}-file", path=str(path)) from None
    if mode & 0o077:
        raise ConfigError(f"{name}-readable-by-others", path=str(path))
    if not secret:
        raise ConfigError(f"{name}-file-empty", path=str(path))
    return secret


def _formed(token: str) -> str:
    """Refuse at once what no token looks like: on a bad day that seems the network."""
    if not _TOKEN_FORM.fullmatch(token):
        raise ConfigError("token-malformed")
    return token
