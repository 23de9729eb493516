"""What is searched for is found in every form, wherever it lies; nothing else is."""

import base64
import hashlib
import os
from pathlib import Path

import pytest

from bot.audit.traces import (
    SHORTEST,
    Hit,
    People,
    Trace,
    scan,
    traces_of,
    traces_of_bytes,
    traces_of_text,
)

ID = 7_912_345_678
OTHER = 5_551_234_567


def _varint(number: int) -> bytes:
    groups = []
    while number:
        groups.append(number & 0x7F)
        number >>= 7
    return bytes(group | 0x80 for group in groups[:-1]) + bytes(groups[-1:])


FORMS = {
    "decimal": b"7912345678",
    "utf-16, low first": str(ID).encode("utf-16-le"),
    "utf-16, high first": str(ID).encode("utf-16-be"),
    "5 bytes, high first": ID.to_bytes(5, "big"),
    "6 bytes, high first": ID.to_bytes(6, "big"),
    "8 bytes, high first": ID.to_bytes(8, "big"),
    "5 bytes, low first": ID.to_bytes(5, "little"),
    "6 bytes, low first": ID.to_bytes(6, "little"),
    "8 bytes, low first": ID.to_bytes(8, "little"),
    "varint": _varint(ID),
    "hex": b"%x" % ID,
    "HEX": b"%X" % ID,
    "hex of the text": b"7912345678".hex().encode(),
    "json": b'{"chat":7912345678}',
    "md5": hashlib.md5(b"7912345678", usedforsecurity=False).digest(),
    "sha-1 in hex": hashlib.sha1(b"7912345678", usedforsecurity=False)
    .hexdigest()
    .encode(),
    "sha-256 of the subject": hashlib.sha256(b"telegram:7912345678").digest(),
    "sha-256 of the number": hashlib.sha256(ID.to_bytes(8, "little")).digest(),
    "the half of a sha-256": hashlib.sha256(b"7912345678").digest()[:16],
    "sha-256 in base64": base64.b64encode(hashlib.sha256(b"7912345678").digest()),
    "blake2b of 16": hashlib.blake2b(b"7912345678", digest_size=16).digest(),
    "blake2b of 32 in HEX": hashlib.blake2b(b"7912345678", digest_size=32)
    .hexdigest()
    .upper()
    .encode(),
    "blake2b of 64": hashlib.blake2b(b"7912345678").digest(),
    "blake2s": hashlib.blake2s(b"7912345678").digest(),
    **{
        f"base64 behind {n} bytes": base64.b64encode(b"xyz"[:n] + b"7912345678!")
        for n in range(3)
    },
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_person_is_found_in_every_form_and_nobody_else_is(
    tmp_path: Path, form: bytes
) -> None:
    path = tmp_path / "file"
    path.write_bytes(os.urandom(1000) + form + os.urandom(1000))

    hits = scan(tmp_path, [*traces_of(ID, "canary"), *traces_of(OTHER)])
    assert {(hit.path, hit.who) for hit in hits} == {(path, "canary")}
    assert all(990 <= hit.offset <= 1010 + len(form) for hit in hits)


@pytest.mark.parametrize(
    "form",
    [
        "mijn geheim café".encode(),
        "mijn geheim café".encode("utf-16-le"),
        "mijn geheim café".encode("utf-16-be"),
        "mijn geheim café".encode().hex().encode(),
        base64.b64encode(b"12" + "mijn geheim café".encode()),
        base64.urlsafe_b64encode("mijn geheim café".encode()),
        b"mijn geheim caf\\u00e9",
    ],
)
def test_a_text_is_found_in_every_form(tmp_path: Path, form: bytes) -> None:
    (tmp_path / "file").write_bytes(b"<" + form + b">")

    assert scan([tmp_path], traces_of_text("mijn geheim café"))
    assert not scan([tmp_path], traces_of_text("mijn geheim cafe"))


def test_a_sign_of_two_units_is_found_as_json_writes_it(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b'"dank \\ud83d\\ude00"')
    assert scan(tmp_path, traces_of_text("dank 😀"))


def test_a_key_is_found_printed(tmp_path: Path) -> None:
    secret = os.urandom(32)
    (tmp_path / "a").write_text(secret.hex())
    (tmp_path / "b").write_bytes(base64.b64encode(secret))
    (tmp_path / "c").write_bytes(secret)

    hits = scan(tmp_path, traces_of_bytes(secret, "key"))
    assert [hit.path.name for hit in hits if hit.offset == 0] == ["a", "b", "c"]


def test_what_lies_across_two_blocks_is_found(tmp_path: Path) -> None:
    block = 1 << 20
    for shift in (-9, -4, -1):
        content = bytearray(b"\xff" * (block + 20))
        content[block + shift : block + shift + 10] = b"7912345678"
        (tmp_path / "file").write_bytes(content)
        assert Hit(tmp_path / "file", block + shift, str(ID), "text utf-8") in scan(
            tmp_path, traces_of(ID)
        )


def test_the_first_and_the_last_bytes_of_a_file_are_searched(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(ID.to_bytes(5, "big") + b"zz")
    (tmp_path / "b").write_bytes(b"zz" + ID.to_bytes(5, "big"))
    # The end of a longer form at the start of a file is not that form.
    (tmp_path / "c").write_bytes(ID.to_bytes(6, "big")[2:])

    hits = scan(tmp_path, traces_of(ID))
    assert [(hit.path.name, hit.offset) for hit in hits] == [("a", 0), ("b", 2)]


def test_a_name_of_a_file_is_searched(tmp_path: Path) -> None:
    (tmp_path / "7912345678").mkdir()
    path = tmp_path / "7912345678" / "file"
    path.touch()

    assert scan(tmp_path, traces_of(ID)) == [Hit(path, -1, str(ID), "text utf-8")]
    assert scan(path, traces_of(ID)) == []


def test_links_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "out").write_text(str(ID))
    (tmp_path / "in" / "link").symlink_to(tmp_path / "out")

    assert scan(tmp_path / "in", traces_of(ID)) == []


def test_short_forms_are_left_out() -> None:
    assert all(len(trace.pattern) >= SHORTEST for trace in traces_of(1234))
    assert "text utf-8" not in {trace.encoding for trace in traces_of(1234)}
    assert traces_of_text("ja") == [Trace("ja", "utf-16-le", b"")][:0] + [
        trace for trace in traces_of_text("ja") if len(trace.pattern) >= SHORTEST
    ]


def test_a_group_is_searched_for_by_its_digits() -> None:
    assert traces_of(-ID, "x") == traces_of(ID, "x")


def test_many_people_are_gone_through_twice(tmp_path: Path) -> None:
    (tmp_path / "file").write_text(f"{ID} {OTHER}")

    hits = scan(tmp_path, People([ID, OTHER, ID + 5]))
    assert {hit.who for hit in hits} == {str(ID), str(OTHER)}
