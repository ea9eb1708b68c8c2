"""The rule on formats that end in a dot, against a program that shows numbers as Excel does."""

from __future__ import annotations

import re

import formulon
from files.styles import ends_in_a_dot
from hypothesis import given, settings
from hypothesis import strategies as st

WHOLE = st.sampled_from(["0", "#,##0", "#0", "?0", "00"])
DECIMALS = st.sampled_from(["", ".0", ".#", ".0#", ".##", ".?", ".#0", ".0?#"])
AROUND = st.sampled_from(["{}", '"a.b "{}', "{}%", '{}" no."', "{}E+0", "+{}", "[>=0]{}"])
SECTION = st.builds(lambda around, whole, decimals: around.replace("{}", whole + decimals), AROUND, WHOLE, DECIMALS)


def shown(number: int, code: str) -> str:
    quoted = code.replace('"', '""')
    return str(formulon.eval_formula(f'=TEXT({number},"{quoted}")').to_python())


@settings(deadline=None, max_examples=80)
@given(SECTION)
def test_a_format_is_found_where_a_whole_number_shows_a_dot_and_nothing_after_it(code: str) -> None:
    text = shown(5, code).replace("a.b ", "").replace(" no.", "")
    assert ends_in_a_dot(code) == bool(re.search(r"\.(?!\d)", text)), text


@settings(deadline=None, max_examples=50)
@given(SECTION.filter(lambda code: "[" not in code), SECTION.filter(lambda code: "[" not in code))
def test_each_section_of_a_format_counts(positive: str, negative: str) -> None:
    assert ends_in_a_dot(f"{positive};{negative}") == (ends_in_a_dot(positive) or ends_in_a_dot(negative))
