"""The catalogue of every text a user sees: ``_("…")`` looks a text up, English is the key."""

import gettext
from pathlib import Path

_ = gettext.translation("kam_xl", Path(__file__).parent, fallback=True).gettext
