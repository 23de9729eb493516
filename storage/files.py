"""Files for people, which are there whole or not at all."""

import os
from pathlib import Path

from storage.sqlite import put_in_place


def write_new(path: Path, content: bytes) -> None:
    """Write a file that takes its name only once it is whole and on the disk.

    Raises:
        OSError, StorageError: it cannot be written.
    """
    draft = path.with_name(f"{path.name}.part")
    try:
        with draft.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        put_in_place(draft, path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
