"""The reader of formulas, with formulas made up: it finds every call, and no broken bracket escapes it."""

from __future__ import annotations

from files.grammar import parse
from hypothesis import given, settings
from hypothesis import strategies as st

Made = tuple[str, list[tuple[str, int]]]  # a formula, and its calls with their numbers of arguments, in their order

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=8)
PLACES = st.sampled_from(
    ["A1", "$B$2", "Data!A1:B9", "'Ann''s, page('!$C$3", "tbl[[#All],[a]:[b]]", "A:A", "2:3", "#N/A"]
)
LEAVES = st.one_of(
    WORDS.map(lambda text: '"' + text.replace('"', '""') + '"'),
    st.floats(0, 1e9, allow_nan=False).map(repr),
    PLACES,
    st.just('{1,"a;b";-2.5,TRUE}'),
    st.sampled_from(["_xlpm.x", "own_name", "TRUE"]),
).map(lambda text: (text, []))


def called(name: str, arguments: list[Made]) -> Made:
    calls = [call for _, inner in arguments for call in inner]
    return f"{name}({', '.join(text for text, _ in arguments)})", [(name, len(arguments)), *calls]


def joined(left: Made, sign: str, right: Made) -> Made:
    return f"({left[0]}{sign} -{right[0]})", [*left[1], *right[1]]


def deeper(inner: st.SearchStrategy[Made]) -> st.SearchStrategy[Made]:
    names = st.sampled_from(["SUM", "_xlfn._xlws.SORT", "LOG10", "KAM_ABC", "ERROR.TYPE"])
    signs = st.sampled_from(["+", "*", "&", "<>", ">=", "^", "%+"])
    return st.builds(called, names, st.lists(inner, max_size=4)) | st.builds(joined, inner, signs, inner)


FORMULAS = st.recursive(LEAVES, deeper, max_leaves=12)


@settings(deadline=None)
@given(FORMULAS)
def test_every_call_is_read_with_its_arguments(made: Made) -> None:
    text, calls = made
    read = parse(text)
    assert read.fault == ""
    assert [(call.name, len(call.arguments)) for call in read.calls] == calls


@settings(deadline=None)
@given(FORMULAS, st.data())
def test_a_formula_without_one_of_its_brackets_is_faulty(made: Made, data: st.DataObject) -> None:
    tokens = parse(made[0]).tokens
    brackets = [place for place, token in enumerate(tokens) if token.kind in ("open", "close")]
    if brackets:
        gone = data.draw(st.sampled_from(brackets))
        assert parse("".join(token.text for place, token in enumerate(tokens) if place != gone)).fault


@settings(deadline=None)
@given(FORMULAS, st.sampled_from([";", "=", ")", '"', "*", "1", "A1"]))
def test_what_is_added_at_an_end_is_not_overlooked(made: Made, more: str) -> None:
    assert parse(made[0] + " " + more).fault
