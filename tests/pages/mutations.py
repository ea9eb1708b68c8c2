"""Deliberate mistakes in the pages: one text of their source replaced by another.

They stand in `mutations.txt`, one a line under the name of the page: text, ⇒, mistaken text; ``\\n`` is a new line. The
first of each page is tried in every run, the others with --long.
"""

from pathlib import Path

ARROW = "  ⇒  "


def read() -> list[tuple[str, str, str]]:
    """Page, text and mistaken text of every mistake."""
    out, page = [], ""
    for line in Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            page = line[2:]
        elif line:
            text, mistake = line.replace("\\n", "\n").split(ARROW)
            out.append((page, text, mistake))
    return out


MUTATIONS = read()
