"""What is in the process's memory and files stays out of other users' reach."""

import subprocess
import sys
from pathlib import Path

import pytest

_LOOK = """
import ctypes, os, resource
from bot.process import harden
harden()
open(r"{path}", "w").close()
print(oct(os.umask(0)), resource.getrlimit(resource.RLIMIT_CORE),
      ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), oct(os.stat(r"{path}").st_mode & 0o777))
"""
"""3 is PR_GET_DUMPABLE."""


@pytest.mark.skipif(sys.platform != "linux", reason="prctl is of Linux")
def test_a_hardened_process_leaves_nothing_to_read(tmp_path: Path) -> None:
    look = _LOOK.format(path=tmp_path / "made")
    done = subprocess.run(
        [sys.executable, "-c", look], check=True, capture_output=True, text=True
    )
    assert done.stdout.split("\n")[0] == "0o77 (0, 0) 0 0o600"


@pytest.mark.skipif(sys.platform != "linux", reason="prctl is of Linux")
def test_every_command_keeps_its_memory_to_itself() -> None:
    look = (
        "import ctypes, resource, sys\n"
        "from bot.cli import main\n"
        "sys.argv = ['polsslag']\n"
        "main()\n"
        "print(resource.getrlimit(resource.RLIMIT_CORE),"
        " ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"
    )
    done = subprocess.run(
        [sys.executable, "-c", look], check=True, capture_output=True, text=True
    )
    assert done.stdout.splitlines()[-1] == "(0, 0) 0"
