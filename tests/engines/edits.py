"""What people do to a filled workbook: cells of its input sheets, by table, heading or name, and their new values.

An edit is a list of changes. A change of a table is (table, row counted from 0, heading, value), one of named cells is
(name, row, column, value).
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from kam_xl.content.positions import Positions
from kam_xl.content.tables import STORED_ERRORS
from kam_xl.formulas.formula import serial

Change = tuple[str, int, Any, Any]

NEW = 14  # the first free row of the sample's tables that list every account
YEARS = ("2023", "2024", "2025")

# fmt: off
CORE: dict[str, list[Change]] = {
    "other weights": [
        ("list_growth", 0, 2, 0), ("list_growth", 1, 2, 0.7), ("list_harmony", 3, 2, 2),
        ("set_growth_share", 0, 0, 0.3),
    ],
    "other cut-offs": [
        ("set_a_cut", 0, 0, 0.5), ("set_b_cut", 0, 0, 0.75), ("set_rule", 0, 0, "within"),
        ("set_pareto_cut", 0, 0, 0.95),
    ],
    "one year counts": [("set_basis", 0, 0, "2024"), ("set_compare_months", 0, 0, 12)],
    "an earlier report": [("set_report_date", 0, 0, dt.date(2025, 6, 30))],
    "a new account": [
        ("tblAccounts", NEW, "Account", "Zenith Labs"), ("tblAccounts", NEW, "Engagement", 20),
        ("tblAccounts", NEW, "Owner", "N. Ewer"), ("tblAccounts", NEW, "In queue since", dt.date(2025, 12, 1)),
        ("tblRevenue", NEW, "Account", "Zenith Labs"), ("tblRevenue", NEW, "2025", 5000),
        ("tblMRR", 167, "Month", dt.date(2025, 12, 1)), ("tblMRR", 167, "Account", "Zenith Labs"),
        ("tblMRR", 167, "Plan 2", 70.5),
        ("tblScores", NEW, "Account", "Zenith Labs"),
        *[("tblScores", NEW, f"Harmony {k}", 10 - k) for k in range(1, 5)],
    ],
    "a name of wildcards": [
        ("tblAccounts", NEW, "Account", "a*b?~c"), ("tblRevenue", NEW, "Account", "a*b?~c"),
        ("tblRevenue", NEW, "2024", 77),
    ],
    "figures cleared": [
        ("tblRevenue", 0, "2025", None), ("tblRevenue", 1, "2024", None), ("tblAccounts", 2, "Engagement", None),
        ("tblAccounts", 3, "Satisfaction", None), ("tblScores", 4, "Harmony 2", None),
        ("tblMRR", 166, "Plan 1", None),
    ],
    "a row cleared": [("tblRevenue", 5, heading, None) for heading in ("Account", "2023", "2024", "2025")],
    "text in the revenue": [("tblRevenue", 2, "2024", "n/a")],
    "an error in the revenue": [("tblRevenue", 2, "2024", "#DIV/0!")],
    "text in other figures": [
        ("tblAccounts", 0, "Engagement", "high"), ("tblScores", 1, "Growth 3", "good"),
        ("tblMRR", 160, "Plan 3", "x"),
        ("tblAccounts", 4, "Due", "soon"),
    ],
    "an error in other figures": [
        ("tblAccounts", 6, "Satisfaction", "#N/A"), ("tblScores", 2, "Harmony 1", "#NUM!"),
        ("tblMRR", 166, "Plan 1", "#REF!"),
    ],
    "equal amounts": [
        *[
            ("tblRevenue", row, year, amount)
            for row, amounts in ((7, (0.1, 0.2, 0)), (5, (0.3, 0, 0)), (9, (0, 0.2, 0.1)))
            for year, amount in zip(YEARS, amounts, strict=True)
        ],
        ("tblRevenue", 0, "2025", 1038), ("tblRevenue", 0, "2024", 830), ("tblRevenue", 0, "2023", 655),
        ("tblMRR", 165, "Plan 2", 7),
    ],
    "an account twice": [
        ("tblAccounts", 1, "Account", "Meridale Bank"), ("tblRevenue", 4, "Account", "Meridale Bank"),
        ("tblScores", 0, "Account", "Meridale Bank"),
    ],
    "names in other letters": [
        ("tblRevenue", 2, "Account", "MERIDALE BANK"), ("tblMRR", 166, "Account", "polarys diagnostics"),
        ("tblScores", 3, "Account", "ST. corwen Hospital"),
    ],
    "nothing but zeros": [("tblRevenue", row, year, 0) for row in range(14) for year in YEARS],
    "negative amounts": [
        ("tblRevenue", 3, "2025", -1400), ("tblRevenue", 8, "2023", -1), ("tblMRR", 166, "Plan 1", -7),
    ],
    "tiny and huge amounts": [
        ("tblRevenue", 3, "2025", 1e-9), ("tblRevenue", 8, "2025", 9e12), ("tblMRR", 166, "Plan 1", 1e-7),
    ],
    "a new year": [("rev_years", 0, 5, "2026"), *[("rev_values", row, 5, 100 * row + 0.5) for row in range(14)]],
    "a year of few months": [("rev_months", 0, 4, 9), ("rev_months", 0, 1, 3)],
    "another figure for the risk": [("set_risk_kpi", 0, 0, "Satisfaction"), ("set_risk_threshold", 0, 0, 3.55)],
    "risk above a threshold": [
        ("set_risk_kpi", 0, 0, "Days since contact"), ("set_risk_direction", 0, 0, "above"),
        ("set_risk_threshold", 0, 0, 30.5),
    ],
    "all at risk": [
        ("set_risk_threshold", 0, 0, 100), ("set_high_below", 0, 0, 95), ("set_medium_below", 0, 0, 99),
    ],
    "none at risk": [("set_risk_threshold", 0, 0, 0)],
    "another health": [
        ("list_health", 0, 1, 0), ("list_health", 1, 2, 5), ("list_health", 1, 3, 1.5),
        ("set_alarm_days", 0, 0, 10),
    ],
    "scores out of range": [
        ("tblScores", 0, "Growth 3", 11), ("tblScores", 5, "Harmony 4", -1), ("set_quadrant", 0, 0, 7.25),
    ],
    "steps and dates moved": [
        ("tblAccounts", 0, "Onboarding", "Nowhere"), ("tblAccounts", 13, "Onboarding", "Live"),
        ("tblAccounts", 3, "Due", dt.date(2026, 2, 28)), ("tblAccounts", 9, "Last contact", dt.date(2024, 2, 29)),
        ("tblAccounts", 10, "Renewal", dt.date(2025, 1, 1)),
    ],
}
OTHERS: dict[str, list[Change]] = {
    "a loop of managers": [("tblStakeholders", 0, "Reports to", "Piotr Wenk")],
    "a manager of one's own": [
        ("tblStakeholders", 1, "Reports to", "Marek Olsen"), ("tblStakeholders", 2, "Reports to", "Nobody"),
    ],
    "other relationships": [
        ("tblStakeholders", 2, "Relationship", "opposed"), ("tblStakeholders", 6, "Relationship", None),
        ("tblStakeholders", 7, "Power", 4), ("tblStakeholders", 5, "Power", 3.999999999999),
        ("tblStakeholders", 3, "Power", 9),
        ("tblStakeholders", 8, "Relationship", "best friend"),
    ],
    "a person twice": [
        ("tblStakeholders", 4, "Name", "Eva Noll"), ("tblInfluences", 1, "To", "Eva Noll"),
        ("tblInfluences", 0, "From", "Mr X"),
    ],
    "other accounts shown": [
        ("set_map_account", 0, 0, "St. Corwen Hospital"), ("set_plan_account", 0, 0, "Alder & Finch Bank"),
        ("set_rollout_account", 0, 0, "Nobody"),
    ],
    "another selection": [
        ("set_selection_method", 0, 0, "sum"), ("set_key_cap", 0, 0, 3), ("set_near", 0, 0, 0.05),
        ("tblCandidates", 0, "Criterion 1", 2),
        ("tblCandidates", 5, "Criterion 4", None), ("tblCandidates", 7, "Key today", "yes"),
        ("tblCandidates", 8, "Criterion 2", "x"),
    ],
    "other costs": [
        ("tblCosts", 0, "Cost to serve", 2500), ("tblCosts", 3, "Direct cost", None),
        ("tblCosts", 4, "Retention", 1),
        ("tblCosts", 6, "Product class", 4), ("set_discount", 0, 0, 0.035), ("set_clv_years", 0, 0, 7),
        ("set_cost_line", 0, 0, 99.5),
    ],
    "an error in the costs": [("tblCosts", 5, "Cost to sell", "#VALUE!"), ("tblCosts", 6, "Other cost", "?")],
    "other divisions": [
        ("tblDivisions", 0, "Sold", 0), ("tblDivisions", 1, "Potential", None),
        ("tblDivisions", 2, "Potential", 12.25),
        ("tblDivisions", 3, "Division", "Garden"), ("tblDivisions", 5, "Sold", "much"),
    ],
    "other goals": [
        ("tblGoals", 0, "Chance", 0.255), ("tblGoals", 1, "Worth", None), ("tblGoals", 2, "Won", 300),
        ("tblGoals", 3, "Term", "some day"),
        ("tblActions", 0, "State", "done"), ("tblActions", 1, "Due", dt.date(2025, 2, 1)),
        ("tblActions", 3, "Due", "later"),
    ],
    "other tasks": [
        ("tblTasks", 0, "Done", 0.4), ("tblTasks", 3, "End", dt.date(2025, 11, 1)), ("tblTasks", 4, "Start", None),
        ("tblTasks", 5, "Done", 1.5), ("tblTasks", 6, "Task", None), ("set_horizon", 0, 0, 12),
    ],
    "other roles": [
        ("tblRACI", 0, "Role 1", "A"), ("tblRACI", 0, "Role 2", "A"), ("tblRACI", 1, "Role 2", "c"),
        ("tblRACI", 2, "Role 5", "X?"),
        ("tblRACI", 3, "Role 1", None), ("tblCoverage", 0, "Sales", None),
        ("tblCoverage", 1, "Customer success", "N. Ewer"),
        ("tblAccounts", 5, "Owner", "N. Ewer"), ("tblAccounts", 6, "Owner", None),
    ],
    "other answers": [
        ("tblSurveys", 0, "Satisfaction", 6), ("tblSurveys", 1, "Recommend", None),
        ("tblSurveys", 2, "Step", "Nowhere"),
        ("tblSurveys", 3, "Date", dt.date(2026, 12, 1)), ("tblSurveys", 40, "Satisfaction", 2.5),
        ("tblSurveys", 41, "Recommend", "ten"),
        ("tblCharter", 0, "Text", "Another purpose"), ("tblCharter", 13, "Answer", "no"),
    ],
}
# fmt: on


def cell_of(positions: Positions, change: Change) -> tuple[str, str]:
    """Sheet and address of the cell that a change means."""
    name, row, column, _value = change
    area = positions.tables.get(name) or positions.names[name]
    return area.sheet, positions.cell(name, row, column) if name in positions.tables else area.cell(row, column)


def edited(path: Path, changes: dict[tuple[str, str], Any]) -> bytes:
    """The file of a workbook with other values in cells that hold inputs; nothing else in it changes."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        book, relations = (source.read(f"xl/{name}").decode() for name in ("workbook.xml", "_rels/workbook.xml.rels"))
        parts = {}
        for sheet, number in re.findall(r'<sheet name="([^"]+)"[^>]* r:id="(\w+)"', book):
            found = re.search(rf'Id="{number}"[^>]* Target="([^"]+)"', relations)
            parts[f"xl/{found[1]}" if found else ""] = sheet
        for name in source.namelist():
            part = source.read(name)
            for (sheet, address), value in changes.items():
                if parts.get(name) == sheet:
                    part = _changed(part.decode(), address, value).encode()
            target.writestr(name, part)
    return out.getvalue()


def _changed(sheet: str, address: str, value: Any) -> str:
    found = re.search(rf'<c r="{address}"((?: s="\d+")?)(?: t="\w+")?(?:/>|>.*?</c>)', sheet)
    if not found or "<f" in found[0]:
        raise ValueError(f"{address} is no cell for inputs")
    if value is None:
        inner = "/>"
    elif isinstance(value, str) and value in STORED_ERRORS:
        inner = f' t="e"><v>{value}</v></c>'
    elif isinstance(value, str):
        inner = f' t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    else:
        number = serial(value) if isinstance(value, dt.date) else value
        inner = f"><v>{number!r}</v></c>"
    return f'{sheet[: found.start()]}<c r="{address}"{found[1]}{inner}{sheet[found.end() :]}'
