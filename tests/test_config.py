"""The configuration is read whole, and says where it is wrong."""

from datetime import time
from pathlib import Path

import pytest

from bot.config import (
    PASSWORD,
    TOKEN,
    Config,
    Digest,
    EntryPoint,
    Installation,
    Mail,
    Remarks,
    RoundTable,
    Sampling,
    Telegram,
    is_loopback,
    read_config,
    read_mail_password,
    read_token,
)
from bot.core.flow import Phase
from bot.errors import ConfigError, FlowError

WHOLE = """\
data: "var/data"
keys: "var/keys"
flows: "surveys"
enabled: ["sozawe", "telefoon"]
phone: "14 023"
municipality: "Gemeente Haarlem"
language: "en"
round_table:
  phone: "023 1"
  page: "https://www.example.nl/praat/mee-1_a.html"
telegram:
  bot: "pulse_bot"
  base_url: "http://127.0.0.1:8081/bot"
  token_file: "token"
sampling:
  one_in: 10
entries:
  balie:
    flow: "sozawe"
    phase: "intake"
    one_in: 5
digest:
  chats: [-1001, 42]
  mail: ["anna@example.nl"]
  earlier: ["Balie, 2012: 7,2"]
  language: "en"
  weekday: "friday"
  time: "16:30"
  timezone: "Europe/Brussels"
mail:
  host: "mail.example.nl"
  port: 465
  from: "polsslag@example.nl"
  security: "tls"
  user: "bot"
  password_file: "secret"
remarks:
  reviewers: [-1005]
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config.yaml"


def mail(**parts: object) -> Mail:
    return Mail.model_validate({"from": "polsslag@example.nl", **parts})


def test_a_whole_configuration_is_read_as_it_stands(path: Path) -> None:
    path.write_text(WHOLE)

    installation = read_config(path)

    assert installation == Installation(
        Config(
            data=Path("var/data"),
            keys=Path("var/keys"),
            flows=Path("surveys"),
            enabled=("sozawe", "telefoon"),
            phone="14 023",
            municipality="Gemeente Haarlem",
            language="en",
            round_table=RoundTable(
                phone="023 1", page="https://www.example.nl/praat/mee-1_a.html"
            ),
            telegram=Telegram(
                bot="pulse_bot",
                base_url="http://127.0.0.1:8081/bot",
                token_file=Path("token"),
            ),
            sampling=Sampling(one_in=10),
            entries={"balie": EntryPoint(flow="sozawe", phase=Phase.INTAKE, one_in=5)},
            digest=Digest(
                chats=(-1001, 42),
                mail=("anna@example.nl",),
                earlier=("Balie, 2012: 7,2",),
                language="en",
                weekday="friday",
                time=time(16, 30),
                timezone="Europe/Brussels",
            ),
            mail=mail(
                host="mail.example.nl",
                port=465,
                security="tls",
                user="bot",
                password_file=Path("secret"),
            ),
            remarks=Remarks(reviewers=(-1005,)),
        ),
        path.parent,
    )
    assert installation.config.reviewers == ["-1005"]
    recipients = ["-1001", "42", "mailto:anna@example.nl"]
    assert installation.config.recipients == recipients
    assert installation.data == path.parent / "var/data"
    assert installation.keys == path.parent / "var/keys"
    assert installation.flows == path.parent / "surveys"


def test_a_telephone_number_is_all_that_must_be_said(path: Path) -> None:
    path.write_text('phone: "14 023"\n')

    config = read_config(path).config

    assert config == Config(phone="14 023")
    assert (config.digest.isoweekday, config.digest.time) == (1, time(7, 0))
    assert str(config.digest.zone) == "Europe/Amsterdam"


WRONG = {
    "an unknown key": ('phone: "1"\ntokens: "x"\n', (2, 1)),
    "a missing number": ('language: "nl"\n', (1, 1)),
    "a weekday that is none": ('phone: "1"\ndigest:\n  weekday: "maandag"\n', (3, 12)),
    "a zone that is none": ('phone: "1"\ndigest:\n  timezone: "Mars"\n', (3, 13)),
    "one in none": ('phone: "1"\nsampling:\n  one_in: 0\n', (3, 11)),
    "one in too many": ('phone: "1"\nsampling:\n  one_in: 1001\n', (3, 11)),
    "an entry that is no word": (
        'phone: "1"\nentries:\n  A b:\n    flow: "x"\n',
        (3, 3),
    ),
    "no mail address": ('phone: "1"\ndigest:\n  mail: ["anna"]\n', (3, 10)),
    "an address that breaks a line": (
        'phone: "1"\ndigest:\n  mail: ["a@b.nl\\nBcc: c@d.nl"]\n',
        (3, 10),
    ),
    "an address with a name": (
        'phone: "1"\ndigest:\n  mail: ["Anna <a@b.nl>"]\n',
        (3, 10),
    ),
    "no sender": ('phone: "1"\nmail:\n  from: "polsslag"\n', (3, 9)),
    "a password among the settings": (
        'phone: "1"\nmail:\n  password: "x"\n',
        (3, 3),
    ),
    "mail in the open": (
        'phone: "1"\nmail:\n  host: "mail.example.nl"\n  security: "none"\n',
        (4, 13),
    ),
    **{
        f"a page for the round table that {what}": (
            f'phone: "1"\nround_table:\n  page: "{page}"\n',
            (3, 9),
        )
        for what, page in {
            "is read along": "http://example.nl/praat",
            "is none": "https://",
            "is no address": "praat mee",
            "tells where people come from": "https://example.nl/?from=bot",
            "tells a place in it": "https://example.nl/#bot",
            "names somebody": "https://anna@example.nl/",
            "breaks a line": "https://example.nl/\\nx",
            "is a book": "https://example.nl/" + "a" * 200,
        }.items()
    },
    "a name of a municipality that is a book": (
        f'phone: "1"\nmunicipality: "{"x" * 61}"\n',
        (2, 15),
    ),
    "a port that is none": ('phone: "1"\nmail:\n  port: 0\n', (3, 9)),
    "a figure that is a book": (
        f'phone: "1"\ndigest:\n  earlier: ["{"x" * 201}"]\n',
        (3, 13),
    ),
    "a phase that is none": (
        'phone: "1"\nentries:\n  a:\n    flow: "x"\n    phase: "later"\n',
        (5, 12),
    ),
}


@pytest.mark.parametrize(("text", "place"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_with_its_place(
    path: Path, text: str, place: tuple[int, int]
) -> None:
    path.write_text(text)

    with pytest.raises(FlowError) as fault:
        read_config(path)

    [issue] = fault.value.issues
    assert (issue.line, issue.column) == place
    assert issue.path == str(path)


def test_a_configuration_that_is_not_there_is_named(path: Path) -> None:
    with pytest.raises(ConfigError) as fault:
        read_config(path)

    assert (fault.value.code, fault.value.facts) == ("no-config", {"path": str(path)})


@pytest.mark.parametrize("keys", ["data", "data/keys", "data/../data/a/b", "./data"])
def test_keys_never_lie_where_the_data_lie(path: Path, keys: str) -> None:
    path.write_text(f'phone: "14 023"\nkeys: "{keys}"\n')

    with pytest.raises(ConfigError) as fault:
        read_config(path)

    assert fault.value.code == "keys-inside-data"


def with_token_file(folder: Path, name: Path | None = Path("token")) -> Installation:
    config = Config(phone="14 023", telegram=Telegram(token_file=name))
    return Installation(config, folder)


def test_the_token_comes_from_the_environment_first(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("2:from-file")

    installation = with_token_file(tmp_path)

    assert read_token(installation, {TOKEN: " 1:from-environment\n"}) == (
        "1:from-environment"
    )


def test_the_token_may_lie_in_a_file_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("2:from-file\n")
    (tmp_path / "token").chmod(0o600)

    assert read_token(with_token_file(tmp_path), {TOKEN: " "}) == "2:from-file"


def test_without_a_token_it_is_said_where_one_belongs(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as fault:
        read_token(with_token_file(tmp_path, None), {})

    assert (fault.value.code, fault.value.facts) == ("no-token", {"variable": TOKEN})


UNUSABLE = {
    "not there": (None, 0, "no-token-file"),
    "readable by others": (b"2:from-file", 0o640, "token-readable-by-others"),
    "empty": (b" \n", 0o600, "token-file-empty"),
    "no text": (b"\xff\xfe\x00", 0o600, "no-token-file"),
}


@pytest.mark.parametrize(("content", "mode", "code"), UNUSABLE.values(), ids=UNUSABLE)
def test_a_token_file_that_cannot_be_used_says_why(
    tmp_path: Path, content: bytes | None, mode: int, code: str
) -> None:
    if content is not None:
        (tmp_path / "token").write_bytes(content)
        (tmp_path / "token").chmod(mode)

    with pytest.raises(ConfigError) as fault:
        read_token(with_token_file(tmp_path), {})

    assert fault.value.code == code
    assert "from-file" not in str(fault.value)


@pytest.mark.parametrize("pasted", ["hallo", "123456789", "123456:AA bb", ":AAbb"])
def test_what_no_token_looks_like_is_refused_at_once(
    tmp_path: Path, pasted: str
) -> None:
    place = Installation(Config(phone="14 023"), tmp_path)

    with pytest.raises(ConfigError) as refused:
        read_token(place, {TOKEN: pasted})

    assert refused.value.code == "token-malformed"
    assert pasted not in str(refused.value)


@pytest.mark.parametrize(
    "part", ['  host: "mail.example.nl"', '  from: "a@example.nl"', '  user: "bot"']
)
def test_mail_is_not_promised_where_nothing_says_how(path: Path, part: str) -> None:
    path.write_text(f'phone: "1"\ndigest:\n  mail: ["a@b.nl"]\nmail:\n{part}\n')

    with pytest.raises(ConfigError) as fault:
        read_config(path)

    assert fault.value.code == "no-mail-server"


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_a_mail_server_on_this_machine_may_be_spoken_to_in_the_open(host: str) -> None:
    assert mail(host=host, security="none").security == "none"


@pytest.mark.parametrize("host", ["", "192.0.2.1", "localhost.example", "127.0.0.1x"])
def test_elsewhere_is_not_here(host: str) -> None:
    assert not is_loopback(host)


def with_password_file(folder: Path, **parts: object) -> Installation:
    settings = mail(**{"user": "bot", "password_file": "secret", **parts})
    return Installation(Config(phone="14 023", mail=settings), folder)


def test_the_password_comes_from_the_environment_first(tmp_path: Path) -> None:
    installation = with_password_file(tmp_path)
    assert read_mail_password(installation, {PASSWORD: " geheim\n"}) == "geheim"
    assert read_mail_password(with_password_file(tmp_path, user=""), {}) == ""


def test_the_password_may_lie_in_a_file_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("van: {schijf}\n")
    (tmp_path / "secret").chmod(0o600)
    assert read_mail_password(with_password_file(tmp_path), {}) == "van: {schijf}"


def test_without_a_password_it_is_said_where_one_belongs(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as fault:
        read_mail_password(with_password_file(tmp_path, password_file=None), {})
    assert fault.value.code == "no-mail-password"


@pytest.mark.parametrize(("content", "mode", "code"), UNUSABLE.values(), ids=UNUSABLE)
def test_a_password_file_that_cannot_be_used_says_why(
    tmp_path: Path, content: bytes | None, mode: int, code: str
) -> None:
    if content is not None:
        (tmp_path / "secret").write_bytes(content)
        (tmp_path / "secret").chmod(mode)

    with pytest.raises(ConfigError) as fault:
        read_mail_password(with_password_file(tmp_path), {})

    assert fault.value.code == code.replace("token", "mail-password")
    assert "from-file" not in str(fault.value)


def test_who_looks_at_remarks_does_not_get_the_digest(path: Path) -> None:
    path.write_text(
        'phone: "14 023"\ndigest:\n  chats: [-1001, -1002]\n'
        "remarks:\n  reviewers: [-1003, -1002]\n"
    )
    with pytest.raises(FlowError) as refused:
        read_config(path)
    [issue] = refused.value.issues
    assert (issue.line, issue.rule) == (5, "wrong-value")
    assert dict(issue.facts) == {"case": "reviewer", "found": "-1002"}
