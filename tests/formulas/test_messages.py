"""Messages: what is said is what the formula gives, and what cannot be said cannot be built."""

from __future__ import annotations

import re

import ironcalc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_xl.canvas.book import Book
from kam_xl.formulas import messages
from kam_xl.formulas.expressions import LONGEST_TEXT, lit
from kam_xl.formulas.functions import length
from kam_xl.formulas.messages import added, and_more, day_words, joined, listed, month_words, parse, say
from kam_xl.formulas.values import NA, Err

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
AMOUNTS = [-1234567.891, -1234.5, -0.4, 0, 0.05, 0.305, 1, 2, 12.25, 999.95, 1234.5, 45000]
TEXTS = ["Müller & Söhne", 'The "Blue" one', "", "late", "LATE", "a#b {c}", "x" * 300]
# message, its place x, what it says in English
WRITTEN_BY_HAND = [
    ("{x} of revenue", "half", "half of revenue"),
    ("{x}", 5, "5"),
    ("{x}", None, ""),
    ("{x, select, late {{x}} other {–}}", None, "–"),
    ("a: {x:0}", 1234.5, "a: 1235"),
    ("a: {x:0.0}", 1234.56, "a: 1234.6"),
    ("a: {x:#,##0}", 1234567.4, "a: 1,234,567"),
    ("a: {x:#,##0.00}", 1234.005, "a: 1,234.01"),
    ("a: {x:0%}", 0.305, "a: 31%"),
    ("a: {x:0.0%}", 0.3056, "a: 30.6%"),
    ("a: {x:0%}", 12.34, "a: 1,234%"),
    ("a: {x:+#,##0}", -1234, "a: −1,234"),
    ("a: {x:+#,##0}", 1234, "a: +1,234"),
    ("a: {x:+0%}", 0.12, "a: +12%"),
    ("a: {x:+0}", 0, "a: 0"),
    ("a: {x:−#,##0.0}", -2.25, "a: −2.3"),
    ("a: {x:−0}", 3, "a: 3"),
    ("a: {x:−0}", -0.4, "a: 0"),
    ("a: {x:+0.0%}", -0.0004, "a: 0.0%"),
    ("a: {x:+0%}", 0.005, "a: +1%"),
    ("a: {x:#,##0}", -0.4, "a: 0"),
    ("a: {x:#,##0}", -1234, "a: -1,234"),
    ("{x, plural, one {# account is} other {# accounts are}} late", 1, "1 account is late"),
    ("{x, plural, one {# account is} other {# accounts are}} late", 0, "0 accounts are late"),
    ("{x, plural, =0 {Nobody is} =2 {Both are} one {One is} other {# are}} late", 0, "Nobody is late"),
    ("{x, plural, =0 {Nobody is} =2 {Both are} one {One is} other {# are}} late", 2, "Both are late"),
    ("{x, plural, =0 {Nobody is} =2 {Both are} one {One is} other {# are}} late", 1, "One is late"),
    ("{x, plural, =0 {Nobody is} =2 {Both are} one {One is} other {# are}} late", 7, "7 are late"),
    ("No. # {x, plural, one {} other {({x, select, 9 {?} other {#: {x:0.0}}})}}", 3, "No. # (3: 3.0)"),
    ("It {x, select, late {waits} done {ends} other {runs}}.", "Late", "It waits."),
    ("It {x, select, late {waits} done {ends} other {runs}}.", "done", "It ends."),
    ("It {x, select, late {waits} done {ends} other {runs}}.", "", "It runs."),
    ("Due{x, select, true {, overdue} other {}}", True, "Due, overdue"),
    ("Due{x, select, true {, overdue} other {}}", False, "Due"),
    ("Due{x, select, false {, later} other { now}}", False, "Due, later"),
    ("“{x}” and {x} {x:0.0}", 2, "“2” and 2 2.0"),
    ("It's {x}: 100% #1, 'so'", "fine", "It's fine: 100% #1, 'so'"),
    ('say "{x}"', "yes", 'say "yes"'),
    ("", "", ""),
]  # fmt: skip
CANNOT_BE_READ = [
    "{", "}", "{x", "x}", "{}", "{ }", "{1}", "{x:}", "{x:abc}", "{x:#,##}", "{x:0000}", "{x:%}", "{x y}", "{x,}",
    "{x, number}", "{x, plural}", "{x, plural, }", "{x, plural, one {a}}", "{x, plural, one {a} other {b}",
    "{x, plural, one {a} other b}",
    "{x, plural, few {a} other {b}}", "{x, plural, one {a} one {b} other {c}}", "{x, plural, =x {a} other {b}}",
    "{x, select, =1 {a} other {b}}", "{x, select, a {b}}", "{x, select, a {{} other {b}}", "a {x} } b",
]  # fmt: skip


def test_messages_say_what_is_written_by_hand():
    for message, x, text in WRITTEN_BY_HAND:
        given_ = {"x": lit(x) if x is not None else Book("native").sheet("S").ref(0, 0)} if "{" in message else {}
        assert say(message, **given_).value == text, message


class Asked:
    """Expressions in a column of a workbook, and what two programs compute for them."""

    def __init__(self):
        self.book = Book("native")
        self.sheet, self.said, self.inputs = self.book.sheet("S"), [], {}

    def cell(self, value):
        """A cell that holds a value, one for each."""
        if (key := repr(value)) not in self.inputs:
            self.inputs[key] = self.sheet.write(len(self.inputs), 0, value)
        return self.inputs[key]

    def say(self, x):
        self.said.append((self.sheet.write(len(self.said), 2, x), x.render("S", len(self.said))))

    def values(self):
        return [None if v is None else str(v) for v in (cell.value for cell, _text in self.said)]


@pytest.fixture(scope="module")
def asked():
    """Every construct of the grammar over amounts, texts, conditions and dates."""
    a = Asked()
    forms = [
        f"{s}{g}0{d}{p}" for s in ("", "+", "−") for g in ("", "#,##") for d in ("", ".0", ".00") for p in ("", "%")
    ]
    for amount in AMOUNTS:
        for form in forms:
            a.say(say(f"now {{x:{form}}}.", x=a.cell(amount)))
    for message, x, _text in WRITTEN_BY_HAND:
        if "{x" in message and x is not None:
            a.say(say(message, x=a.cell(x)))
    for text in TEXTS:
        a.say(say("{x}, {x, select, late {too late} other {in time}}", x=a.cell(text) & ""))
        a.say(say("{a} " + "long " * 120 + '"quoted" {a}', a=a.cell(text) & ""))
    for n in range(1, 6):
        number = a.cell(n)
        a.say(listed([a.cell("A"), a.cell("B"), a.cell("C")], number))
        a.say(listed([a.cell("A"), a.cell("B")], number))
        a.say(and_more(joined(a.cell("A"), a.cell("B")), number - 1))
        a.say(added(added(lit(""), a.cell("A")), a.cell("B")))
    for i, name in enumerate(MONTHS):
        a.sheet.write(i, 1, name)
    months = a.sheet.area(0, 1, 11, 1)
    for date in (46041, 45351, 1, ""):
        for with_year in (True, False):
            a.say(say("from {day}, {month}", day=day_words(months, a.cell(date), with_year),
                      month=month_words(months, a.cell(date), with_year)))  # fmt: skip
    a.book.xlsx.close()
    return a


def test_a_day_and_a_month_are_said_in_words(asked):
    said = [v for v in asked.values() if v.startswith("from ")]
    assert said[:3] == ["from 19 Jan 2026, Jan 2026", "from 19 Jan, Jan", "from 29 Feb 2024, Feb 2024"]
    assert said[-1] == "from , "


def test_every_message_recalculates_to_its_value(asked, tmp_path, office):
    path = tmp_path / "said.xlsx"
    path.write_bytes(asked.book.buffer.getvalue())
    model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
    model.evaluate()
    n = len(asked.said)
    iron = [model.get_formatted_cell_value(0, 1 + i, 3) for i in range(n)]
    with office.open(path) as book:
        book.recalculate()
        libre = [row[0] for row in book.read("S", f"C1:C{n}")]
    expected = asked.values()
    for program, shown in (("IronCalc", iron), ("LibreOffice", libre)):
        wrong = [(v, s, text) for v, s, (_cell, text) in zip(expected, shown, asked.said, strict=True) if v != s]
        assert not wrong, (program, len(wrong), wrong[:3])


def literals(formula):
    """The texts inside a formula."""
    return [part[1:-1].replace('""', '"') for part in re.findall(r'"(?:[^"]|"")*"', formula)]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from('aé😀" &'), min_size=100, max_size=700))
def test_a_long_text_keeps_every_letter_in_parts_that_excel_takes(text):
    parts = literals(lit(text).render("S", 0))
    assert "".join(parts) == text
    assert all(len(part.encode("utf-16-le")) // 2 <= 255 for part in parts)
    assert (length(lit(text) & "!") > 3).render("S", 0).count("(") == 1


def test_no_text_in_the_formula_of_a_message_is_longer_than_excel_takes(asked):
    longest = max(len(part) for _cell, formula in asked.said for part in literals(formula))
    assert longest == LONGEST_TEXT == 255


@pytest.mark.parametrize("message", CANNOT_BE_READ)
def test_a_message_that_cannot_be_read_cannot_be_built(message):
    with pytest.raises(ValueError, match="“"):
        say(message, x=1)


@pytest.mark.parametrize(
    ("message", "places"),
    [("{a} {b}", {"a": 1}), ("{a}", {"a": 1, "b": 2}), ("{a, plural, one {{c}} other {}}", {"a": 1}), ("", {"a": 1})],
)
def test_places_are_those_given(message, places):
    with pytest.raises(ValueError, match="not those given"):
        say(message, **places)


def test_a_translation_may_turn_the_places_round_but_not_lose_one(monkeypatch):
    texts = {"{a} of {b}": "von {b} {a}", "{a} in {b}": "in {b}"}
    monkeypatch.setattr(messages, "_", lambda text: texts.get(text, text))
    assert say("{a} of {b}", a=1, b="zwei").value == "von zwei 1"
    with pytest.raises(ValueError, match=r"places a of “in \{b\}”"):
        say("{a} in {b}", a=1, b=2)


def test_an_error_in_a_place_is_the_error_of_the_sentence():
    gone = lit(1) / 0
    assert isinstance(gone.value, Err)
    for message in ("a {x}", "a {x:0%}", "{x, plural, one {a} other {b}}", "{x, select, a {b} other {c}}"):
        assert say(message, x=gone).value == gone.value
    assert say("{c, select, true {{x}} other {fine}}", c=lit(1) > 2, x=gone).value == "fine"
    assert gone.value != NA


def test_a_list_names_those_that_it_has_room_for():
    names = ["a", "b", "c", "d"]
    assert [listed(names, n).value for n in range(1, 7)] == [
        "a", "a and b", "a, b and c", "a, b, c and d", "a, b, c, d and 1 more", "a, b, c, d and 2 more",
    ]  # fmt: skip
    assert [listed(names[:2], n).value for n in (1, 2, 3)] == ["a", "a and b", "a, b and 1 more"]
    assert length(added(lit(""), "a")).value == 1


def test_a_message_is_read_once():
    assert parse("{a, plural, one {#} other {# of {b}}}") is parse("{a, plural, one {#} other {# of {b}}}")
