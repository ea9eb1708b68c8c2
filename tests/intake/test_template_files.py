"""Templates: the one that comes along is whole, a wrong one is told by file, line and key."""

from __future__ import annotations

import csv
import re
import shutil
import tomllib
import zipfile
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from kam_xl.content.pages import chosen, records_of
from kam_xl.content.records import RECORDS
from kam_xl.content.tables import ACCOUNT_FIELDS, Tables
from kam_xl.errors import TemplateError
from kam_xl.intake.starting import from_data, from_nothing
from kam_xl.intake.template import (
    LoadedTemplate,
    Template,
    load_template,
    parse_years,
    report_date,
    template_names,
    templates_folder,
)
from kam_xl.workbook.build import build


@pytest.fixture(scope="module")
def standard() -> LoadedTemplate:
    return load_template("standard")


@pytest.fixture(scope="module")
def sample(standard: LoadedTemplate) -> Tables:
    return standard.sample()


def wrong(tmp_path: Path, text: str) -> str:
    """The error of a template, without the folder."""
    file = tmp_path / "mine.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(TemplateError) as caught:
        load_template(file)
    line = str(caught.value)
    assert "\n" not in line
    assert line.startswith(str(file))
    return line.removeprefix(str(file.parent) + "/")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a_cut = 0.8\nb_cut = "much"', "mine.toml, line 2: b_cut: must be a number, such as 0.35 (it is 'much')"),
        ("a_cut = 80", "mine.toml, line 1: a_cut: must be 1 or less (it is 80)"),
        ("a_cut = 0", "mine.toml, line 1: a_cut: must be more than 0 (it is 0)"),
        ("a_cut = 0.9\nb_cut = 0.5", "mine.toml, line 2: b_cut: must not be smaller than a_cut"),
        ("high_below = 70\nmedium_below = 50", "mine.toml, line 2: medium_below: must not be smaller than high_below"),
        ('plan = ["A"]', "mine.toml, line 1: plan: unknown key; did you mean plans?"),
        (
            "# nothing\nzzz = 1",
            "mine.toml, line 2: zzz: unknown key; delete it, "
            "or see the keys with: kam-xl templates copy standard FOLDER",
        ),
        ("plans = []", "mine.toml, line 1: plans: needs at least 1; it has 0"),
        ('plans = ["a","b","c","d","e","f"]', "mine.toml, line 1: plans: takes at most 5; it has 6"),
        ('plans = [\n"a",\n"A"]', "mine.toml, line 1: plans: “A” stands there twice; use each name once"),
        ('plans = ["a", " "]', "mine.toml, line 1: plans[2]: must not be blank"),
        ('plans = "Basic"', 'mine.toml, line 1: plans: must be a list, such as ["Basic", "Premium"] (it is \'Basic\')'),
        ('years = "soon"', "mine.toml, line 1: years: “soon” is no list of years; write 2023:2025 or 2023,2025"),
        ('basis = "often"', "mine.toml, line 1: basis: must be “All years”, or a year such as 2025"),
        ('rule = "across"', "mine.toml, line 1: rule: must be 'crossing' or 'within' (it is 'across')"),
        (
            '[risk]\nkpi = "Mood"',
            "mine.toml, line 2: risk.kpi: must be Engagement or Satisfaction or "
            "Own figure or Health or Days since contact or Days to renewal",
        ),
        ('[risk]\ndirection = "up"', "mine.toml, line 2: risk.direction: must be 'below' or 'above' (it is 'up')"),
        ('[service]\nD = "x"', "mine.toml, line 1: service: knows no tier “D”; use A, B and C"),
        (
            '[[growth]]\nname = "x"\nweight = 1\n\n[[growth]]\nname = "y"\nweight = -1',
            "mine.toml, line 7: growth[2].weight: must be 0 or more (it is -1)",
        ),
        ('[[growth]]\nname = "x"', "mine.toml, line 1: growth[1].weight: is missing; add a line such as weight = …"),
        (
            '[[harmony]]\nname = "x"\nweight = 1\nsources = "typed"',
            "mine.toml, line 4: harmony[1].sources: unknown key; did you mean source?",
        ),
        (
            '[[harmony]]\nname = "x"\nweight = 0',
            "mine.toml, line 1: harmony: at least one weight must be above 0",
        ),
        (
            '[[health]]\ncolumn = "Engagement"\nweight = 1\nlow = 5\nhigh = 5',
            "mine.toml, line 1: health[1]: low and high must differ",
        ),
        ("high_below = nan", "mine.toml, line 1: high_below: must be a number, such as 0.35 (it is nan)"),
        ("compare_months = 2.5", "mine.toml, line 1: compare_months: must be a whole number, such as 3 (it is 2.5)"),
        ("currency = 3", 'mine.toml, line 1: currency: must be text in quotes, such as "Basic" (it is 3)'),
        (
            "a_cut = 2\nb_cut = 3\npareto_cut = 4",
            "mine.toml, line 1: a_cut: must be 1 or less (it is 2) (2 more)",
        ),
        (
            'sheets = ["Pareto", "Nix"]',
            "mine.toml, line 1: sheets: “Nix” is no page; choose from: Dashboard, Pareto, ABC, Scoring, Selection, "
            "At risk, Retention, Onboarding, Decision map, Profit, Divisions, Account plan, Charter, Rollout, Team",
        ),
        (
            'name = "x"\na_cut = 0,8',
            "mine.toml, line 2: Expected newline or end of document after a statement; "
            "text needs quotes, a list needs [ ], a number a point",
        ),
        (
            "name = Mine",
            "mine.toml, line 1: Invalid value; text needs quotes, a list needs [ ], a number a point",
        ),
    ],
)
def test_a_wrong_template_is_told_by_line_key_reason_and_remedy(tmp_path: Path, text: str, expected: str) -> None:
    assert wrong(tmp_path, text) == expected


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_bytes('company = "Müller"'.encode("cp1252"))
    with pytest.raises(TemplateError, match=r"mine.toml: is not UTF-8 text; save it as UTF-8"):
        load_template(file)


def test_a_file_from_windows_notepad_is_read(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_bytes('company = "Müller"\r\nyears = [2024, 2025]\r\n'.encode("utf-8-sig"))
    settings = load_template(file).settings
    assert (settings.company, parse_years(settings.years)) == ("Müller", ["2024", "2025"])


def test_texts_keep_nothing_that_a_workbook_cannot_hold(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(
        'name = "\\u0000mine"\ndescription = "a\\u0001b"\n'
        'company = "Ni\\u0007m\\u000Bbo\\nra"\ncurrency = "k\\u001B€"\n'
        'plans = ["B\\u0002asic"]\nsteps = ["\\u0003Go"]\nsectors = ["\\uFFFFBank"]\nbasis = "\\u0004All years"\n'
        '[service]\nA = "Te\\u0005am"\n[[growth]]\nname = "Si\\u0006ze"\nweight = 1\n',
        encoding="utf-8",
    )
    found = load_template(file).settings
    assert (found.name, found.description, found.company, found.currency) == ("mine", "ab", "Nim bo ra", "k€")
    assert (found.plans, found.steps, found.sectors, found.basis) == (["Basic"], ["Go"], ["Bank"], "All years")
    assert (found.service["A"], found.growth[0].name) == ("Team", "Size")


@pytest.mark.parametrize(("text", "basis"), [("all YEARS", "All years"), ("2024", "2024"), ("FY 2024", "2024")])
def test_the_revenue_basis_is_all_years_or_a_year(text: str, basis: str) -> None:
    assert Template(basis=text).basis == basis


def test_a_revenue_basis_that_is_not_among_the_years_is_told(tmp_path: Path) -> None:
    file, data = tmp_path / "mine.toml", tmp_path / "in.csv"
    file.write_text('basis = "2023"\nyears = "2022:2023"', encoding="utf-8")
    data.write_text("Account,2024,2025\nA,1,2\n", encoding="utf-8")
    told = "The revenue basis 2023 is not among the years: all years count."
    for settings, tables in (from_data(data, str(file)), from_nothing(str(file), ["2024"])):
        assert (settings.basis, tables.remarks[:1]) == ("All years", [told])
    for settings, tables in (from_data(data, str(file), ["2023"]), from_nothing(str(file))):
        assert settings.basis == "2023"
        assert told not in tables.remarks


def test_a_name_that_is_none_lists_the_names() -> None:
    with pytest.raises(TemplateError, match=r"nix: no such template; use .*standard"):
        load_template("nix")


def test_a_copied_folder_is_a_template(tmp_path: Path) -> None:
    (tmp_path / "template.toml").write_text('plans = ["Solo"]', encoding="utf-8")
    loaded = load_template(tmp_path)
    assert loaded.settings.plans == ["Solo"]
    tables = loaded.sample()
    assert (tables.accounts, tables.years) == ([], ["2023", "2024", "2025"])
    assert tables.remarks == ["The template has no sample data; the workbook is empty."]


@pytest.mark.parametrize("text", ["", "20", "2025:", "2023-24", "1800:1850", "1950:2025", "2024,x", "2024:2026:2028"])
def test_what_is_no_list_of_years_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="years"):
        parse_years(text)


def test_years_may_be_written_in_any_order() -> None:
    assert parse_years("2025:2023") == parse_years(" 2023 : 2025 ") == parse_years("2025,2024;2023") == [
        "2023", "2024", "2025",
    ]  # fmt: skip


@pytest.mark.parametrize("name", template_names())
def test_every_template_that_comes_along_loads_with_its_sample(name: str) -> None:
    loaded = load_template(name)
    tables = loaded.sample()
    assert loaded.settings.name == name
    assert not tables.remarks


def test_the_keys_in_the_file_are_the_defaults_that_it_promises(standard: LoadedTemplate) -> None:
    """The file says: a key that you delete takes the value shown here."""
    own = {"description", "company", "sectors", "divisions", "own_figure"}
    own |= {"map_account", "plan_account", "rollout_account"}  # of the sample
    assert standard.settings.model_dump(exclude=own) == Template().model_dump(exclude=own)


def test_the_file_explains_every_key(standard: LoadedTemplate) -> None:
    text = (standard.folder / "template.toml").read_text(encoding="utf-8")
    blank = {"report_date", "key_at_least", "clv_years", "revenue_line", "cost_line"}
    assert all(f"\n# {key} = " in text for key in blank)
    assert set(tomllib.loads(text)) | blank == set(Template.model_fields)


def test_the_sample_agrees_with_itself(standard: LoadedTemplate, sample: Tables) -> None:
    names = [row["account"] for row in sample.accounts]
    assert len(names) == len(set(names)) == 14
    assert [account for account, _values in sample.revenue] == names
    assert [account for account, *_scores in sample.scores] == names
    assert {account for _month, account, _values in sample.mrr} == set(names)
    months = sorted({month for month, *_rest in sample.mrr if isinstance(month, date)})
    assert (months[0], months[-1], len(months)) == (date(2024, 12, 1), date(2025, 12, 1), 13)
    assert {row["step"] for row in sample.accounts} <= set(standard.settings.steps)
    assert {row["sector"] for row in sample.accounts} == set(standard.settings.sectors)
    assert sample.years == ["2023", "2024", "2025"]


def test_the_sample_reproduces_its_source(sample: Tables) -> None:
    """A year's revenue is its MRR and 3 % of services; accounts below 60 wait in the queue, and no others."""
    for account, values in sample.revenue:
        monthly = sum(
            sum(v for v in amounts if isinstance(v, int))
            for month, name, amounts in sample.mrr
            if name == account and isinstance(month, date) and month.year == 2025
        )
        assert values[-1] == round(monthly * 1.03)
    for row in sample.accounts:
        engagement = row["engagement"]
        assert isinstance(engagement, int)
        assert (engagement < 60) == ("queue_since" in row)
    assert sum("queue_since" in row for row in sample.accounts) == 6


def test_scores_of_the_sample_leave_the_computed_criteria_blank(sample: Tables) -> None:
    new = {account for account, values in sample.revenue if values[0] is None}
    assert len(new) == 2
    for account, growth, harmony in sample.scores:
        assert growth[0] is None
        assert (growth[1] is not None) == (account in new)
        assert all(isinstance(score, int) and 1 <= score <= 10 for score in [*growth[2:], *harmony])


def test_the_sample_files_have_the_headings_of_the_sheets() -> None:
    with (templates_folder() / "standard" / "sample" / "accounts.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == list(ACCOUNT_FIELDS.values())


def test_the_report_date_is_the_end_of_the_last_month(sample: Tables) -> None:
    assert report_date(Template(), sample) == date(2025, 12, 31)
    assert report_date(Template(), Tables(), today=date(2024, 2, 3)) == date(2024, 2, 29)
    assert report_date(Template(report_date=date(2025, 6, 15)), sample) == date(2025, 6, 15)


def test_the_sample_company_does_not_stand_over_a_users_own_data(standard: LoadedTemplate) -> None:
    mine = Tables(accounts=[{"account": "Aurelia", "sector": "Farm"}, {"account": "B", "sector": "farm"}])
    assert standard.for_data(mine).company == ""
    assert standard.for_data(mine, "Mine").company == "Mine"
    assert standard.for_data(mine).sectors == ["farm"]
    assert standard.for_data(Tables()).sectors == standard.settings.sectors


# ---- the other templates ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", template_names())
def test_a_sample_has_what_its_pages_read_and_nothing_else(name: str) -> None:
    loaded = load_template(name)
    tables = loaded.sample()
    assert list(tables.records) == records_of(chosen(loaded.settings.sheets))
    names = [row["account"] for row in tables.accounts]
    assert len(names) == len(set(names))
    for key, rows in tables.records.items():
        for row in rows:
            assert {field.key for field in RECORDS[key].columns()} >= row.keys()
            assert row.get("account") is None or row["account"] in names
    for shown in (loaded.settings.map_account, loaded.settings.plan_account, loaded.settings.rollout_account):
        assert not shown or shown in names


def test_the_subscriptions_agree_with_themselves() -> None:
    """A year's revenue is its MRR; accounts below the threshold wait, and no others; all that may happen happens."""
    loaded = load_template("saas")
    tables = loaded.sample()
    months = sorted({month for month, *_rest in tables.mrr if isinstance(month, date)})
    assert (months[0], months[-1], len(months), len(tables.accounts)) == (date(2024, 12, 1), date(2025, 12, 1), 13, 18)
    paid: dict[object, dict[object, float]] = {row["account"]: {} for row in tables.accounts}
    for month, account, amounts in tables.mrr:
        paid[account][month] = sum(v for v in amounts if isinstance(v, int))
    for account, values in tables.revenue:
        assert values[-1] == sum(v for month, v in paid[account].items() if month != months[0])
    first, last = months[0], months[-1]
    assert len([a for a in paid if first in paid[a] and last not in paid[a]]) == 2  # left
    assert len([a for a in paid if first not in paid[a]]) == 3  # new
    gone = [a for a in paid if first in paid[a] and last in paid[a] and len(paid[a]) < 13]
    assert gone == ["Ostrava Lift"]  # came back
    assert any(paid[a].get(last, 0) > paid[a].get(first, 0) > 0 for a in paid)
    assert any(0 < paid[a].get(last, 0) < paid[a].get(first, 0) for a in paid)
    for row in tables.accounts:
        engagement = row.get("engagement")
        assert (isinstance(engagement, int) and engagement < loaded.settings.risk.threshold) == ("queue_since" in row)


def test_the_choice_of_key_accounts_has_a_story() -> None:
    """Six of twenty are chosen: three who are not key today come in, two old ones no longer earn their place."""
    loaded = load_template("selection")
    tables = loaded.sample()
    settings = loaded.settings
    total = {}
    for row in tables.records["candidates"]:
        scores = [row[f"score_{k}"] for k in range(1, 6)]
        assert all(isinstance(score, int) and 1 <= score <= 10 for score in scores)
        weights = [criterion.weight for criterion in settings.selection]
        total[row["account"]] = sum(w * s for w, s in zip(weights, scores, strict=True) if isinstance(s, int))
    assert len(total) == len(tables.accounts) == 20
    line = settings.key_at_least
    assert line is not None
    chosen_ones = {a for a in sorted(total, key=lambda a: -total[a])[: settings.key_cap] if total[a] >= line}
    today = {row["account"] for row in tables.records["candidates"] if row["key"] == "yes"}
    assert len(chosen_ones) == 6
    assert chosen_ones - today == {"Ulmer Food Machines", "Velmont Robotics", "Aquaterra Pumps"}
    assert today - chosen_ones == {"Lombard Presses", "Brennfeld Steel"}
    revenue = {account: values[-1] for account, values in tables.revenue}
    profit = {}
    for row in tables.records["costs"]:
        costs = [row[key] for key in ("direct", "sell", "serve", "other")]
        profit[row["account"]] = revenue[row["account"]] - sum(c for c in costs if isinstance(c, int))  # type: ignore[operator]
    assert profit["Brennfeld Steel"] < 0 < profit["Velmont Robotics"]


@pytest.mark.parametrize("link", ["sample/accounts.csv", "sample/notes.txt", "sample"])
def test_a_template_with_a_link_out_of_its_folder_is_refused(tmp_path: Path, link: str) -> None:
    """Whoever made it would choose which files of this computer come into the workbook."""
    mine, secret = tmp_path / "mine", tmp_path / "secret"
    shutil.copytree(templates_folder() / "standard", mine)
    shutil.copytree(mine / "sample", secret)
    assert len(load_template(mine).sample().accounts) == 14
    if link == "sample":
        shutil.rmtree(mine / link)
        (mine / link).symlink_to(secret)
    else:
        (mine / link).unlink(missing_ok=True)
        (mine / link).symlink_to(secret / "accounts.csv")
    with pytest.raises(TemplateError, match=r"leads out of the template; put the file itself there"):
        load_template(mine).sample()


def test_a_template_may_link_inside_its_folder_and_a_loop_is_told(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    shutil.copytree(templates_folder() / "standard", mine)
    (mine / "sample" / "accounts.csv").rename(mine / "accounts.csv")
    (mine / "sample" / "accounts.csv").symlink_to("../accounts.csv")
    assert len(load_template(mine).sample().accounts) == 14
    (mine / "sample" / "loop").symlink_to("loop")
    with pytest.raises(TemplateError, match="leads out of the template"):
        load_template(mine).sample()


def test_a_text_of_a_template_stays_a_text(tmp_path: Path) -> None:
    """No name, no list and no sample of it becomes a formula or a link."""
    texts = [
        "=1+1",
        '=WEBSERVICE("x")',
        "{=1+1}",
        r"external:\\a\b.exe",
        "http://a.example",
        "@A1",
        "file:///etc/passwd",
    ]
    settings = load_template("selection").settings.model_copy(update={"company": texts[0], "sectors": texts})
    tables = Tables.empty(["2024", "2025"])
    tables.accounts += [{"account": text, "notes": text, "sector": text} for text in texts]
    tables.revenue += [(text, [1, 2]) for text in texts]
    file = tmp_path / "a.xlsx"
    build(settings, tables, "native").write(file)
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}
    assert all(f">{escape(text)}<" in parts["xl/sharedStrings.xml"] for text in texts)
    assert not [name for name, part in parts.items() if 'TargetMode="External"' in part]
    formulas = {formula for part in parts.values() for formula in re.findall(r"<f[^>]*>([^<]*)</f>", part)}
    assert not formulas & {escape(text.strip("{=}")) for text in texts}
