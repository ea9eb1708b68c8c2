"""Tables as people have them, made by seed: true amounts, a shape, a dress. The sums are made by pandas, apart."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd

NAMES = [
    "Aurelia AG", "Boreal, Inc.", "Cobalt GmbH & Co. KG", "Délice SARL", "Müller & Söhne", "Total Energies",
    "All Nippon",     "Nordwind", "Grand Hotel", "Zeta", "O'Neil Ltd", "Summa Group", "شرکت پارس",
]  # fmt: skip
HEADINGS: dict[str, list[list[str]]] = {
    "account": [["Customer", "Account Name", "Client", "Company", "customer_name", "Sold-To Party Name"],
                ["Kunde", "Kundenname", "Firma"], ["Client", "Raison sociale", "Nom du client"], ["مشتری"]],
    "date": [["Invoice Date", "Order Date", "Date", "invoice_date", "InvoiceDate", "Posting Date", "Billing Date"],
             ["Rechnungsdatum", "Belegdatum", "Buchungsdatum", "Datum"], ["Date facture", "Date"], ["تاریخ"]],
    "amount": [["Amount", "Net Amount", "Revenue", "Sales", "net_amount", "Invoice Amount", "Amount (EUR)"],
               ["Betrag", "Umsatz", "Nettobetrag", "Nettowert"], ["Montant HT", "Montant"], ["مبلغ"]],
    "close": [["Close Date", "Closing Date", "CloseDate"], ["Abschlussdatum"], ["Date de clôture"], ["تاریخ"]],
    "stage": [["Stage", "Deal Stage", "Status"], ["Phase", "Status"], ["Étape"], ["وضعیت"]],
    "start": [["Start Date", "Started", "start_date"], ["Vertragsbeginn", "Beginn"], ["Début"], ["شروع"]],
    "end": [["End Date", "Ended", "end_date"], ["Vertragsende", "Ende"], ["Fin"], ["پایان"]],
}  # fmt: skip
WON = ["Closed Won", "Gewonnen", "Gagné", "برنده"]
LOST = ["Closed Lost", "Verloren", "Perdu", "باخته"]
MONTHS = ["Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec", "Jan Feb Mrz Apr Mai Jun Jul Aug Sep Okt Nov Dez",
          "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
          "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"]  # fmt: skip


@dataclass
class Dress:
    """How numbers and dates are written, and what stands around the table."""

    r: random.Random
    language: int
    delimiter: str = ","
    decimal: str = "."
    dates: str = "%Y-%m-%d"
    negative: str = "-{}"
    group: bool = False
    symbol: str = ""
    quotes: bool = True

    @classmethod
    def of(cls, r: random.Random) -> Dress:
        """A dress by chance."""
        language = r.randrange(4)
        comma = language in (1, 2) and r.random() < 0.8
        dates = {0: ["%Y-%m-%d", "%m/%d/%Y", "%d/%m/%Y", "%d-%b-%y", "%Y-%m-%dT00:00:00Z"], 1: ["%d.%m.%Y", "%Y-%m-%d"],
                 2: ["%d/%m/%Y", "%Y-%m-%d"], 3: ["%Y-%m-%d", "%Y/%m/%d"]}[language]  # fmt: skip
        return cls(
            r, language, r.choice([";", "\t"]) if comma else r.choice([",", ";", "\t", "|"]), "," if comma else ".",
            r.choice(dates), r.choice(["-{}", "({})", "{}-", "\u2212{}"]), r.random() < 0.5,
            r.choice(["", "", "€", "€ "]), r.random() < 0.5,
        )  # fmt: skip

    def heading(self, key: str) -> str:
        """A heading in the language of the table."""
        return self.r.choice(HEADINGS[key][self.language])

    def number(self, value: float | None) -> str:
        """An amount as it is written."""
        if value is None:
            return self.r.choice(["", "", "-"])
        text = f"{abs(value):,.2f}" if self.group else f"{abs(value):.2f}"
        if self.decimal == ",":
            text = text.translate({44: "." if self.group else None, 46: ","})
        return self.negative.format(self.symbol + text) if value < 0 else self.symbol + text

    def day(self, day: date | None) -> str:
        """A date as it is written."""
        return day.strftime(self.dates) if day else ""


class Cells(Dress):
    """Numbers and dates as cells of a workbook hold them."""

    def number(self, value: float | None) -> Any:
        """The amount itself."""
        return value

    def day(self, day: date | None) -> Any:
        """The date itself."""
        return day


@dataclass
class Made:
    """A table and what is right."""

    headings: list[str]
    rows: list[list[str]]
    years: dict[str, dict[str, float]] = field(default_factory=dict)
    mrr: dict[tuple[str, str], float] = field(default_factory=dict)
    total: list[str] | None = None
    fixed: bool = False  # rows and columns that stand in their order


def _money(r: random.Random) -> float:
    return round(r.choice([1, 1, 1, -0.2]) * r.uniform(10, 99_999), 2)


def _names(r: random.Random) -> list[str]:
    return r.sample(NAMES, r.randint(3, 8))


def _sums(rows: Sequence[tuple[str, date, float]]) -> dict[str, dict[str, float]]:
    frame = pd.DataFrame(rows, columns=["account", "day", "amount"])
    frame["cents"] = (frame.amount * 100).round().astype("int64")
    sums = frame.groupby([frame.day.map(lambda d: str(d.year)), "account"])["cents"].sum() / 100
    found: dict[str, dict[str, float]] = {}
    for (year, account), value in sums.items():
        found.setdefault(year, {})[account] = value
    return found


def _ledger_rows(r: random.Random) -> list[tuple[str, date, float]]:
    names = _names(r)
    days = [
        date(2023, 1, 13),
        *(date(2022, 1, 1) + timedelta(days=r.randrange(1400)) for _n in range(r.randint(20, 60))),
    ]
    return [(r.choice(names), day, _money(r)) for day in days]


def ledger(d: Dress) -> Made:
    """A row an invoice."""
    rows = _ledger_rows(d.r)
    made = Made([d.heading("date"), d.heading("account"), d.heading("amount")],
                [[d.day(day), name, d.number(amount)] for name, day, amount in rows], _sums(rows))  # fmt: skip
    if d.r.random() < 0.5:
        made.headings.append(["Due Date", "Fälligkeit", "Échéance", "Due Date"][d.language])
        for row, (_name, day, _amount) in zip(made.rows, rows, strict=True):
            row.append(d.day(day + timedelta(days=200)))
    return made


def ledger_with_states(d: Dress) -> Made:
    """Invoices of which some are void or drafts."""
    rows = _ledger_rows(d.r)
    states = [d.r.choice(["Paid", "Open", "Paid", "Void", "Draft"]) for _row in rows]
    pairs = list(zip(rows, states, strict=True))
    return Made([d.heading("date"), d.heading("account"), "Status", d.heading("amount")],
                [[d.day(day), name, state, d.number(amount)] for (name, day, amount), state in pairs],
                _sums([row for row, state in pairs if state in ("Paid", "Open")]))  # fmt: skip


def opportunities(d: Dress) -> Made:
    """Deals won, lost and open."""
    rows = _ledger_rows(d.r)
    states = [d.r.choice([WON[d.language], LOST[d.language], "Proposal"]) for _row in rows]
    states[0], states[1] = WON[d.language], LOST[d.language]
    pairs = list(zip(rows, states, strict=True))
    right = [row for row, state in pairs if state == WON[d.language]]
    return Made([d.heading("account"), d.heading("stage"), d.heading("amount"), d.heading("close")],
                [[name, state, d.number(abs(amount)), d.day(day)] for (name, day, amount), state in pairs],
                _sums([(n, day, abs(a)) for n, day, a in right]))  # fmt: skip


def _matrix(d: Dress, columns: Sequence[tuple[str, str]]) -> Made:
    """Accounts down, columns across; each column is of a year."""
    names = _names(d.r)
    made = Made([d.heading("account"), *(heading for heading, _year in columns)], [])
    frame = pd.DataFrame([[_money(d.r) if d.r.random() > 0.1 else None for _c in columns] for _n in names], index=names)
    made.rows = [[name, *(d.number(None if pd.isna(v) else v) for v in frame.loc[name])] for name in names]
    by_year = frame.T.groupby([year for _heading, year in columns]).sum(min_count=1).round(2)
    made.years = {year: {n: v for n, v in row.items() if not pd.isna(v)} for year, row in by_year.iterrows()}  # type: ignore[misc]
    made.total = [
        d.r.choice(["Total", "Grand Total", "Summe", "Gesamt", "Σ", ""]),
        *(d.number(v) for v in frame.sum().round(2)),
    ]
    return made


def wide_years(d: Dress) -> Made:
    """A column a year."""
    form = d.r.choice(["{}", "FY{}", "Revenue {}", "{} Umsatz", "Sum of {}", "{}.0"])
    return _matrix(d, [(form.format(year), str(year)) for year in range(2022, 2022 + d.r.randint(2, 4))])


def wide_months(d: Dress) -> Made:
    """A column a month."""
    names = MONTHS[d.language].split()
    form = d.r.choice([
        lambda y, m: f"{names[m - 1]} {y}", lambda y, m: f"{y}-{m:02}", lambda y, m: f"{m:02}/{y}",
        lambda y, m: f"{names[m - 1]}-{y % 100}", lambda y, m: d.day(date(y, m, 1)),
    ])  # fmt: skip
    n = d.r.randint(3, 24)
    return _matrix(d, [(form(2024 + k // 12, k % 12 + 1), str(2024 + k // 12)) for k in range(n)])


def wide_quarters(d: Dress) -> Made:
    """A column a quarter."""
    form = d.r.choice(["Q{q} {y}", "{y} Q{q}", "Q{q}/{y}", "{y}-Q{q}", "Q{q} FY{s}", "T{q} {y}"])
    return _matrix(
        d, [(form.format(q=k % 4 + 1, y=2023 + k // 4, s=23 + k // 4), str(2023 + k // 4)) for k in range(8)]
    )


def long_months(d: Dress) -> Made:
    """A row an account and month, of revenue."""
    names = _names(d.r)
    rows = [(name, date(2024 + k // 12, k % 12 + 1, 1), _money(d.r)) for k in range(15) for name in names]
    form = d.r.choice(["%Y-%m", "%b %Y", "%Y-%m-%d"])
    return Made([["Month", "Monat", "Mois", "ماه"][d.language], d.heading("account"), d.heading("amount")],
                [[day.strftime(form), name, d.number(amount)] for name, day, amount in rows], _sums(rows))  # fmt: skip


def long_quarters(d: Dress) -> Made:
    """A row an account and quarter."""
    names = _names(d.r)
    rows = [(name, date(2023 + k // 4, k % 4 * 3 + 1, 1), _money(d.r)) for k in range(9) for name in names]
    heading = ["Quarter", "Quartal", "Trimestre", "Quarter"][d.language]
    cells = [[f"Q{day.month // 3 + 1} {day.year}", name, d.number(amount)] for name, day, amount in rows]
    return Made([heading, d.heading("account"), d.heading("amount")], cells, _sums(rows))


def subscriptions(d: Dress) -> Made:
    """Start, end and MRR."""
    names = _names(d.r)
    made = Made([d.heading("account"), d.heading("start"), d.heading("end"), "MRR"], [])
    last = date(2025, 6, 30)
    spans = []
    for name in [*names, *names[:2]]:
        start = date(2024, 1, 13) + timedelta(days=d.r.randrange(400))
        end = start + timedelta(days=d.r.randrange(30, 300)) if d.r.random() < 0.5 else None
        end = None if end and end > last else end
        amount = round(d.r.uniform(10, 999), 2)
        spans.append((name, start, end, amount))
    spans.append((names[0], date(2025, 6, 13), None, 10.0))
    made.rows = [[name, d.day(start), d.day(end), d.number(amount)] for name, start, end, amount in spans]
    for month_end in pd.date_range("2024-01-31", "2025-06-30", freq="ME"):
        for name, start, end, amount in spans:
            if start <= month_end.date() and (end is None or end > month_end.date()):
                key = (f"{month_end:%Y-%m}", name)
                made.mrr[key] = round(made.mrr.get(key, 0) + amount, 2)
    return made


def movements(d: Dress) -> Made:
    """Changes of MRR."""
    names = _names(d.r)
    made = Made([d.heading("account"), "Date", "Movement Type", "Change in MRR"], [])
    months = pd.period_range("2024-01", "2025-03", freq="M")
    changes: dict[tuple[str, str], float] = {}
    for name in names:
        level = 0.0
        for k, month in enumerate(months):
            if k in (0, 4, 9, 14) or d.r.random() < 0.1:
                change = round(d.r.uniform(10, 99), 2) if level < 50 else -round(level / 2, 2)
                level = round(level + change, 2)
                made.rows.append(
                    [
                        name,
                        d.day(date(month.year, month.month, 13 + k % 3)),
                        "New" if k == 0 else "Expansion",
                        d.number(change),
                    ]
                )
            changes[(str(month), name)] = level
    made.mrr = changes
    return made


def arr(d: Dress) -> Made:
    """ARR of today, and how many seats."""
    names = _names(d.r)
    values = [round(d.r.uniform(100, 9999), 2) for _n in names]
    made = Made([d.heading("account"), "Seats", "ARR"], [])
    made.rows = [[name, str(d.r.randint(1, 99)), d.number(value)] for name, value in zip(names, values, strict=True)]
    made.mrr = {("now", name): value / 12 for name, value in zip(names, values, strict=True)}
    return made


def mrr_by_plan(d: Dress) -> Made:
    """A row a month, account and plan."""
    names, plans = (
        _names(d.r),
        d.r.sample(["Basic", "Pro", "Enterprise", "Add-on", "Light", "Legacy", "Gold"], d.r.randint(2, 7)),
    )
    made = Made(["Month", d.heading("account"), "Plan", "MRR"], [])
    for k in range(8):
        for name in names:
            for plan in plans:
                if d.r.random() < 0.6:
                    value = round(d.r.uniform(1, 999), 2)
                    month = f"2025-{k + 1:02}"
                    made.rows.append([month, name, plan, d.number(value)])
                    made.mrr[(month, name)] = round(made.mrr.get((month, name), 0) + value, 2)
    return made


def pivot(d: Dress) -> Made:
    """Accounts by product, labels once, a subtotal below each and a grand total."""
    names = _names(d.r)
    years = ["2023", "2024", "2025"]
    made = Made(["Row Labels", "Product", *(f"Sum of {year}" for year in years)], [])
    whole = [0.0, 0.0, 0.0]
    subtotals = d.r.random() < 0.6
    for name in names:
        lines = [[round(d.r.uniform(10, 9999), 2) for _y in years] for _p in range(d.r.randint(2, 3))]
        sums = [round(sum(line[k] for line in lines), 2) for k in range(3)]
        for n, line in enumerate(lines):
            made.rows.append([name if n == 0 else "", f"Product {n}", *map(d.number, line)])
        if subtotals:
            made.rows.append([f"{name} Total", "", *map(d.number, sums)])
        whole = [round(a + b, 2) for a, b in zip(whole, sums, strict=True)]
        for year, value in zip(years, sums, strict=True):
            made.years.setdefault(year, {})[name] = value
    made.rows.append(["Grand Total", "", *map(d.number, whole)])
    made.fixed = True
    return made


def credit_notes(d: Dress) -> Made:
    """Invoices and credit notes without a minus."""
    rows = [(name, day, abs(amount)) for name, day, amount in _ledger_rows(d.r)]
    kinds = [d.r.choice(["Invoice", "Invoice", "Credit note"]) for _row in rows]
    pairs = list(zip(rows, kinds, strict=True))
    right = [(n, day, -a if kind == "Credit note" else a) for (n, day, a), kind in pairs]
    rows_made = [[kind, d.day(day), n, d.number(a), d.number(1.5)] for (n, day, a), kind in pairs]
    return Made(
        ["Type", d.heading("date"), d.heading("account"), d.heading("amount"), "Balance"], rows_made, _sums(right)
    )


def account_export(d: Dress) -> Made:
    """Accounts with their own turnover, which is not ours, beside our revenue."""
    made = wide_years(d)
    made.headings += ["Annual Revenue", "Employees"]
    for row in [*made.rows, *([made.total] if made.total else [])]:
        row += [str(d.r.randint(10**6, 10**10)), str(d.r.randint(1, 9999))]
    made.total = None
    return made


SHAPES: dict[str, Callable[[Dress], Made]] = {
    f.__name__: f
    for f in (
        ledger, ledger_with_states, opportunities, wide_years, wide_months, wide_quarters, long_months, long_quarters,
        subscriptions, movements, arr, mrr_by_plan, pivot, credit_notes, account_export,
    )
}  # fmt: skip


def write(path: Path, shape: str, seed: int) -> Made:
    """Write a table to a text file or a workbook, by its suffix; what is right."""
    r = random.Random(f"{shape} {seed}")
    d = Dress.of(r) if path.suffix == ".csv" else Cells(r, r.randrange(4))
    made = SHAPES[shape](d)
    table: list[list[Any]] = [made.headings, *made.rows]
    if made.total is not None and r.random() < 0.5:
        table.insert(1 if r.random() < 0.2 else len(table), made.total)
    if r.random() < 0.4 and not made.fixed:  # a column of no interest, anywhere
        place = r.randrange(len(made.headings) + 1)
        for n, row in enumerate(table):
            row.insert(place, "Region" if n == 0 else r.choice(["North", "South"]) if row is not made.total else "")
    if r.random() < 0.4 and not made.fixed:  # columns in another order
        order = r.sample(range(len(table[0])), len(table[0]))
        table = [[row[k] for k in order] for row in table]
    if r.random() < 0.4:  # a title and a blank line above
        table = [["Report of all sales"], [], *table]
    if r.random() < 0.3:  # a blank line in between
        table.insert(len(table) - 2, [])
    if path.suffix != ".csv":
        _write_book(path, table, r)
        return made
    lines = [d.delimiter.join(_quoted(str(cell), d) for cell in row) for row in table]
    path.write_text("\n".join(lines) + "\n", encoding=r.choice(["utf-8", "utf-8-sig"]))
    return made


def _write_book(path: Path, table: Sequence[Sequence[Any]], r: random.Random) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = r.choice(["Sheet1", "Export", "Tabelle1", "Data"])
    for row in table:
        sheet.append([None if cell == "" else cell for cell in row])
    if r.random() < 0.3:
        hidden = book.create_sheet("old", 0)
        hidden.append(["Account", "2019"])
        hidden.append(["Stale Ltd", 999])
        hidden.sheet_state = "hidden"
        book.active = 1
    book.save(path)


def _quoted(cell: str, d: Dress) -> str:
    if d.delimiter in cell or (d.quotes and cell and not cell[0].isdigit()):
        return '"' + cell.replace('"', '""') + '"'
    return cell
