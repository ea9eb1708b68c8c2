"""The person's own folder, which a system may not know, or not let us read."""

from __future__ import annotations

from pathlib import Path


def home() -> Path | None:
    """The person's folder; None where the system knows none, as in some containers.

    >>> home() is None or home().is_absolute()
    True
    """
    try:
        found = Path.home()
    except (RuntimeError, OSError):
        return None
    return found if found.is_absolute() else None
