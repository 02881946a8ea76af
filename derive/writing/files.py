"""Writing files whole or not at all."""

import os
import tempfile
from pathlib import Path


def write_whole(path, text):
    """Write a text to a temporary file beside ``path`` and move it there; returns whether the content changed.

    An interrupted run leaves the old file or the new one, never a part.
    """
    path = Path(path)
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    finally:
        Path(temporary).unlink(missing_ok=True)
    return True
