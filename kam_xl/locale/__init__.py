"""The catalogue of every text a user sees: ``_("…")`` looks a text up, English is the key."""

import gettext
from collections.abc import Iterable
from functools import reduce
from pathlib import Path

_ = gettext.translation("kam_xl", Path(__file__).parent, fallback=True).gettext


def either(texts: Iterable[str]) -> str:
    """Texts of which one is meant, at least one.

    >>> either(["Health", "Engagement", "Days to renewal"])
    'Health or Engagement or Days to renewal'
    """
    return reduce(lambda one, other: _("{one} or {other}").format(one=one, other=other), texts)
