"""Measure in a process of its own: what one round leaves in memory spoils the next."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).parents[1]


async def apart(module: str, *words: str) -> Any:
    """Run a module of the benchmark, and give what it prints, which is JSON."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", module, *words),
        cwd=_ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    printed, _ = await process.communicate()
    return json.loads(printed)
