"""What is in the process's memory stays there, and is seldom gone through."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bot.commands.setup import Wishes, make
from bot.config import TOKEN

HARDENED = """
import ctypes, os, resource, sys
from bot.process import harden
harden()
print(resource.getrlimit(resource.RLIMIT_CORE), oct(os.umask(0)))
print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
"""
"""3 asks whether the memory may be dumped: 0 is no."""


def said(program: str) -> list[str]:
    words = [sys.executable, "-c", program]
    return subprocess.run(
        words, capture_output=True, text=True, check=True
    ).stdout.splitlines()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can be asked")
def test_no_core_is_dumped_no_file_is_shared_and_nobody_reads_along() -> None:
    assert said(HARDENED) == ["(0, 0) 0o77", "0"]


def test_elsewhere_it_is_hardened_as_far_as_can_be() -> None:
    program = (
        "import sys; sys.platform = 'other'" + HARDENED.partition("print(ctypes")[0]
    )

    assert said(program) == ["(0, 0) 0o77"]


def test_garbage_is_not_looked_for_in_what_the_start_has_made() -> None:
    program = """
import gc
from bot.process import settle
made = []
settle()
print(any(one is made for one in gc.get_objects()), gc.get_threshold()[0])
"""
    assert said(program) == ["False 10000"]


COMMAND = """
import ctypes, resource
from bot.cli import main
main()
print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can be asked")
def test_every_command_keeps_its_memory_to_itself() -> None:
    assert said(COMMAND)[-1] == "(0, 0) 0"


def test_a_file_that_it_makes_is_ours_alone(tmp_path: Path) -> None:
    path = tmp_path / "made"
    program = f"""
from bot.process import harden
harden()
open({str(path)!r}, "w").close()
"""
    assert said(program) == []
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_run_refuses_keys_that_others_can_read(tmp_path: Path) -> None:
    make(tmp_path, Wishes("14 023"))
    [key] = (tmp_path / "keys").iterdir()
    key.chmod(0o640)
    words = [sys.executable, "-m", "bot", "run", "--config"]
    done = subprocess.run(
        [*words, str(tmp_path / "config.yaml")],
        capture_output=True,
        text=True,
        env={**os.environ, TOKEN: "1:made-up"},
        check=False,
    )
    assert done.returncode == 1
    assert f"chmod -R go-rwx {key}" in done.stderr
