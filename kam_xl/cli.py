"""The command ``kam-xl``: verbs that parse, call and print. What is heavy is imported inside its verb."""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from io import TextIOWrapper
from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kam_xl import __version__
from kam_xl.errors import DataError, DoubtError, KamError, TemplateError
from kam_xl.intake.answers import Answers
from kam_xl.locale import _
from kam_xl.progress import aside, expect, shown, step
from kam_xl.writing import check_target, fitting_name, new_folder, workbook_target, write_file

if TYPE_CHECKING:
    from kam_xl.canvas.model import Problem

FILE = click.Path(path_type=Path)
MOST_TOLD = 30  # lines about what did not go along
MOST_CELLS = 10  # lines about single cells
_CELL = re.compile(r"[^!:]+![A-Z]{1,3}\d+ ")
_T = TypeVar("_T")


class _Verbs(click.Group):
    """Commands in the order of their use; a mistake becomes one line and an exit status."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        if os.environ.get("KAM_XL_DEBUG"):
            return super().invoke(ctx)
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, BrokenPipeError):
            raise
        except (KeyboardInterrupt, click.Abort):
            _complain(ctx, _("stopped"), 130)
        except DoubtError as error:
            _complain(ctx, str(error), 4)
        except KamError as error:
            _complain(ctx, str(error), 2)
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            _complain(ctx, f"{where}{error.strerror or error}", 2)
        except Exception as error:
            line = _("internal error ({kind}: {error}); set KAM_XL_DEBUG=1 for details")
            _complain(ctx, line.format(kind=type(error).__name__, error=error), 3)


def _complain(ctx: click.Context, text: str, status: int) -> None:
    click.echo(f"kam-xl: {' '.join(text.split())}", err=True)
    ctx.exit(status)


def main() -> None:
    """Entry point of the command.

    Asked to end, it leaves as after a mistake: what it started is ended, what it put aside is removed. A letter that
    the terminal does not know is shown by its number.
    """
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _end)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    cli(prog_name="kam-xl")


def _end(number: int, _frame: object) -> None:
    signal.signal(number, signal.SIG_IGN)
    raise SystemExit(128 + number)


def _say(line: str) -> None:
    """Print a line while a bar is shown."""
    with aside():
        click.echo(line)


def _asked(read: Callable[[Answers], _T], options: dict[str, Any]) -> _T:
    """What `read` returns for the answers; where it needs another, that of the person at the terminal."""
    answers, save = _answers(options), options["save_map"]
    if save is not None:
        check_target(save, force=False)
    while True:
        try:
            result = read(answers)
            if save is not None:
                write_file(save, answers.to_toml().encode(), force=False)
            return result
        except DoubtError as doubt:
            if not (sys.stdin and sys.stdin.isatty() and sys.stderr and sys.stderr.isatty()):
                raise
            with aside():
                click.echo(str(doubt), err=True)
                answers = answers.with_answer(doubt.option, _choice(doubt))


def _choice(doubt: DoubtError) -> str:
    """The answer of the person at the terminal: one of a list, or typed."""
    if not doubt.choices:
        return str(click.prompt(doubt.option, err=True))
    for number, (value, meaning) in enumerate(doubt.choices, start=1):
        click.echo(f"  {number}  {meaning}  ({doubt.option} {value})", err=True)
    chosen = click.prompt(_("Which is right?"), type=click.IntRange(1, len(doubt.choices)), err=True)
    return str(doubt.choices[chosen - 1][0])


def _answer_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that answer how a table of --data is meant."""
    options = (
        click.option(
            "--encoding", metavar="NAME", default="", help=_("Of a CSV file, such as cp1250; else it is found out.")
        ),
        click.option("--account", metavar="COLUMN", default="", help=_("The column that names the accounts.")),
        click.option(
            "--date", metavar="COLUMN", default="", help=_("The column whose date decides the year or month.")
        ),
        click.option("--amount", metavar="COLUMN", default="", help=_("The column of amounts.")),
        click.option("--plan", metavar="COLUMN", default="", help=_("The column of plans, for MRR.")),
        click.option(
            "--count", metavar="WORDS", default="", help=_('The words of a status that count: "Won,Closed Won".')
        ),
        click.option("--rates", metavar="RATES", default="", help=_("What each currency is worth: EUR=1,USD=0.92.")),
        click.option(
            "--months", type=click.Choice(["revenue", "mrr"]), default=None, help=_("What amounts by month are.")
        ),
        click.option(
            "--dates",
            type=click.Choice(["dmy", "mdy"]),
            default=None,
            help=_("How dates such as 03/04/2025 are meant."),
        ),
        click.option("--totals", metavar="NAMES", default="", help=_("Rows that are sums, not accounts; or none.")),
        click.option("--map", "map_file", type=FILE, help=_("Answers that --save-map wrote.")),
        click.option("--save-map", metavar="TOML", type=FILE, help=_("Also write the answers to a file, for --map.")),
    )
    for option in reversed(options):
        command = option(command)
    return command


def _answers(options: dict[str, Any]) -> Answers:
    """The answers of a file of --map, and those of the other options, which count rather."""
    given = {name: text for name, text in options.items() if text and name not in ("map_file", "save_map")}
    answers = Answers.from_toml(options["map_file"]) if options["map_file"] is not None else Answers()
    return replace(answers, **given)


@click.group(
    cls=_Verbs,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=_("Workbooks and worksheet functions for key account management."),
)
@click.version_option(__version__, prog_name="kam-xl")
def cli() -> None:
    """Workbooks and worksheet functions for key account management."""


@cli.command(
    short_help=_("Write a fresh workbook."),
    help=_("Write a fresh workbook to OUT (.xlsx or .xlsm): your accounts (--data), sample data or empty."),
)
@click.argument("out", type=FILE)
@click.option("--data", type=FILE, help=_("Your accounts: CSV, Excel or OpenDocument, or a workbook of kam-xl."))
@_answer_options
@click.option("--sample", is_flag=True, help=_("The sample data of the template (the default)."))
@click.option("--empty", is_flag=True, help=_("No accounts at all."))
@click.option("--template", "-t", help=_("Name, folder or .toml file; see: kam-xl templates.  [default: standard]"))
@click.option("--sheets", metavar="PAGES", help=_('Pages, in their order: "Dashboard,Pareto,Team", or all.'))
@click.option("--years", metavar="YEARS", help=_("Years of the revenue table: 2023:2025 or 2023,2025."))
@click.option("--company", metavar="NAME", help=_("Your company's name, for the titles."))
@click.option("--currency", metavar="TEXT", help=_("Unit of your amounts: €, k€, USD.  [default: k€]"))
@click.option(
    "--engine",
    type=click.Choice(["native", "python", "addin"]),
    help=_(
        "Who computes: native, Excel 365 by itself (default for .xlsx); python, Excel with Python behind it (default "
        "for .xlsm); addin, LibreOffice with our extension."
    ),
)
@click.option(
    "--losses",
    "lost_file",
    metavar="TXT",
    type=FILE,
    help=_("Also write to a text file what of the workbook given with --data did not go along."),
)
@click.option("--force", is_flag=True, help=_("Replace OUT if it is there."))
def new(
    out: Path,
    data: Path | None,
    sample: bool,
    empty: bool,
    template: str | None,
    sheets: str | None,
    years: str | None,
    company: str | None,
    currency: str | None,
    engine: str | None,
    lost_file: Path | None,
    force: bool,
    **options: Any,
) -> None:
    """Write a fresh workbook."""
    if (data is not None) + sample + empty > 1:
        raise click.UsageError(_("Choose one of --data, --sample and --empty."))
    engine = workbook_target(out, engine, force=force)
    macros = out.suffix.lower() == ".xlsm"

    from kam_xl.intake import starting
    from kam_xl.intake.reader import is_workbook
    from kam_xl.workbook.build import build
    from kam_xl.workbook.carry import carried_from, losses

    filled = data is not None and data.is_file() and is_workbook(data)
    if data is not None and out.exists() and data.exists() and out.samefile(data) and not filled:
        raise DataError(_("{file}: is your data; choose another name for the new workbook").format(file=out))
    wanted, pages = _years(years), _pages(sheets)
    with shown(parts=4 if filled else 2):
        expect(1)
        step(_("reading {file}").format(file=data.name if data else _("the template")))
        carried = carried_from(data) if data is not None and filled else None
        if data is not None:
            inputs = carried.inputs if carried else None
            settings, tables = _asked(
                lambda answers: starting.from_data(data, template, wanted, company, pages, currency, inputs, answers),
                options,
            )
        elif empty:
            settings, tables = starting.from_nothing(template, wanted, company, pages, currency)
        else:
            settings, tables = starting.from_sample(template, wanted, company, pages, currency)
        built = build(settings, tables, engine, macros, carried.write if carried else None)
        if carried:
            expect(1)
            step(_("looking for what did not go along"))
        lost = losses(carried, built, settings, tables) if carried else []
        if lost_file is not None:
            write_file(lost_file, "".join(f"{line}\n" for line in lost).encode(), force=force)
        built.write(out, force=force)
    accounts = sum(map(bool, tables.accounts))
    n = _("1 account") if accounts == 1 else _("{n} accounts").format(n=f"{accounts:,}")
    span = f"{tables.years[0]}–{tables.years[-1]}" if len(tables.years) > 1 else ", ".join(tables.years)
    click.echo(_("Wrote {file}: {accounts}, revenue of {years}.").format(file=out, accounts=n, years=span))
    if accounts and not (data or sample or empty):
        click.echo(_("It holds sample data; for your own: --data FILE, for none: --empty."))
    _tell_remarks(tables.remarks)
    _tell_lost(lost, lost_file, data)
    if built.counted:
        hint = _("{n}: see the sheet Checks, or: kam-xl check {file}")
        click.echo(hint.format(n=_count(built.counted), file=out))
    _tell_problems(built.problems, tables.remarks)


@cli.command(
    short_help=_("Say what new would make of your data."),
    help=_("Say what `kam-xl new --data DATA` would make of DATA: sums, columns, what is left out. Writes nothing."),
)
@click.argument("data", type=FILE)
@_answer_options
@click.option("--template", "-t", help=_("Name, folder or .toml file; see: kam-xl templates.  [default: standard]"))
@click.option("--years", metavar="YEARS", help=_("Years of the revenue table: 2023:2025 or 2023,2025."))
def plan(data: Path, template: str | None, years: str | None, **options: Any) -> None:
    """Say what new would make of a table."""
    from kam_xl.intake import starting
    from kam_xl.intake.told import summary

    wanted = _years(years)
    _settings, tables = _asked(lambda answers: starting.from_data(data, template, wanted, answers=answers), options)
    for line in summary(tables):
        click.echo(line)
    _tell_remarks(tables.remarks)


def _tell_remarks(remarks: list[str]) -> None:
    """Say what was found and done while reading; of the lines about single cells no more than a few."""
    cells = [remark for remark in remarks if _CELL.match(remark)]
    for remark in remarks:
        if remark not in cells[MOST_CELLS:]:
            click.echo(f"- {remark}")
    if len(cells) > MOST_CELLS:
        click.echo(_("- and {n} more cells").format(n=f"{len(cells) - MOST_CELLS:,}"))


def _tell_problems(problems: list[Problem], remarks: list[str]) -> None:
    """Name the first cells to mend, and what stands in them now; not those that the remarks named."""
    places = [(f"{one.sheet}!{one.cell}" if one.cell else one.sheet, one) for one in problems]
    left = [(place, one) for place, one in places if not any(remark.startswith(f"{place} ") for remark in remarks)]
    text = _("- {place} {problem}: written as it stands; {remedy}")
    for place, one in left[:MOST_CELLS]:
        click.echo(text.format(place=place, problem=one.problem, remedy=one.remedy))
    if len(left) > MOST_CELLS:
        click.echo(_("- and {n} more").format(n=f"{len(left) - MOST_CELLS:,}"))


def _tell_lost(lost: list[str], everything: Path | None, data: Path | None) -> None:
    """Say what of a filled workbook did not go along; most of a long list stands in the file of --losses only."""
    if lost and data is not None:
        click.echo(_("Not all of {file} is in the new workbook as it was:").format(file=data.name))
    for line in lost[:MOST_TOLD]:
        click.echo(f"- {line}")
    if len(lost) > MOST_TOLD:
        more = f"{len(lost) - MOST_TOLD:,}"
        text = _("- and {n} more, all in {file}") if everything else _("- and {n} more; all of them: --losses FILE.txt")
        click.echo(text.format(n=more, file=everything))


def _pages(text: str | None) -> list[str] | None:
    """The pages wanted; [] for all of them, None for those of the template."""
    from kam_xl.content.pages import PAGES, chosen

    if text is None:
        return None
    names = [name for name in text.split(",") if name.strip()]
    if not names:
        raise DataError(_("--sheets: names no page; choose from: {names}").format(names=", ".join(PAGES)))
    found = chosen(names)
    return [] if found == list(PAGES) else found


def _years(text: str | None) -> list[str] | None:
    from kam_xl.content.fields import parse_years

    try:
        return parse_years(text) if text is not None else None
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--years") from None


def _count(n: int) -> str:
    """How many problems there are, in the words of Checks."""
    if not n:
        return _("All checks passed")
    return _("1 problem to mend") if n == 1 else _("{n} problems to mend").format(n=f"{n:,}")


@cli.command(
    short_help=_("List the problems of a workbook."),
    help=_("List every problem of the inputs in FILE, a workbook of kam-xl. Exit status 1 if there are any."),
)
@click.argument("file", type=FILE)
@click.pass_context
def check(ctx: click.Context, file: Path) -> None:
    """List every problem of the inputs in a workbook."""
    from kam_xl.workbook.carry.changed import changed_in
    from kam_xl.workbook.checking import checked
    from kam_xl.workbook.recompute import recompute, staleness

    with shown(parts=4):
        recomputed = recompute(file)
        found = checked(file, recomputed)
        changed = changed_in(file)
    for problem in found.problems:
        first = problem[0]
        place = f"{first.sheet}!{first.cell}" if first.cell else first.sheet
        more = [f"{one.cell} {one.problem} – {one.remedy}".strip() for one in problem[1:]]
        click.echo("; ".join([f"{place}  {first.problem} – {first.remedy}", *more]))
    for note in found.notes:
        click.echo(_("Note: {note}").format(note=note))
    for one in changed.lines:
        click.echo(one)
    if line := staleness(recomputed):
        click.echo(line)
    n = len(found.problems)
    click.echo(_count(n))
    if found.counted is not None and found.counted != n:
        unseen = _("The sheet Checks counts {n}: no formula can see the others.")
        others = _("The sheet Checks counts {n}: look at it, too.")
        click.echo((unseen if found.counted < n else others).format(n=found.counted))
    if n:
        ctx.exit(1)


@cli.command(
    short_help=_("Give a workbook its right values again."),
    help=_(
        "Compute the formulas of FILE, a workbook of kam-xl that another program than Excel has saved, and write their "
        "values into it; all else in it stays as it is. A formula that cannot be computed here is listed, and left "
        "for Excel to compute when it opens FILE. Exit status 1 if that is one of the workbook's own."
    ),
)
@click.argument("file", type=FILE)
@click.option("--out", type=FILE, help=_("Write a new file instead."))
@click.option("--dry-run", is_flag=True, help=_("Only say what would change."))
@click.option("--force", is_flag=True, help=_("Replace OUT if it is there."))
@click.pass_context
def recalculate(ctx: click.Context, file: Path, out: Path | None, dry_run: bool, force: bool) -> None:
    """Give a workbook its right values again."""
    if out is not None:
        if out.suffix.lower() != file.suffix.lower():
            raise DataError(_("{file}: must end in {ending}, as FILE does").format(file=out, ending=file.suffix))
        check_target(out, force=force)
    from kam_xl.workbook.carry.changed import changed_in
    from kam_xl.workbook.recompute import recompute, write_values
    from kam_xl.workbook.recompute.told import told

    with shown(parts=4):
        recomputed = recompute(file)  # refuses what is no sound workbook before anything is compared
        changed = changed_in(file)
        if changed.formulas:
            recomputed = recompute(file, changed.formulas)
        if not dry_run and (out is not None or not recomputed.right):
            write_values(recomputed, out, force=force)
    for line in (*told(recomputed, file if dry_run else out or file, dry_run), *changed.lines):
        click.echo(line)
    if any(cell.ours for cell in recomputed.unmatched):
        ctx.exit(1)


@cli.command(
    short_help=_("Print a workbook to PDF and PNG."),
    help=_(
        "Print FILE to PDF and PNG with LibreOffice, with the numbers that stand in the file; if they are missing or "
        "wrong in a workbook of kam-xl, with the right ones. The PDF stands beside FILE, the pictures in a folder "
        "beside it: accounts.pdf and accounts-pages."
    ),
)
@click.argument("file", type=FILE)
@click.option("--out", type=FILE, help=_("One folder for PDF and pictures; made if missing."))
@click.option("--png/--no-png", default=True, show_default=True, help=_("Also one picture per page."))
@click.option("--force", is_flag=True, help=_("Replace the PDF and the pictures if they are there."))
def preview(file: Path, out: Path | None, png: bool, force: bool) -> None:
    """Print FILE to PDF and PNG with LibreOffice, as it stands in the file."""
    from kam_xl.hosts.libreoffice import to_pdf, to_png
    from kam_xl.workbook.recompute.told import with_right_values

    if file.is_dir():
        raise DataError(_("{file}: is a folder; name a workbook in it").format(file=file))
    if not file.is_file():
        raise DataError(_("{file}: no such file; check the name and the folder").format(file=file))
    folder = out or file.parent
    pages = out or file.parent / fitting_name(file.stem, "-pages")
    for place in {folder, pages} if png else {folder}:
        if blocked := next((path for path in (place, *place.parents) if path.exists() and not path.is_dir()), None):
            raise DataError(_("{file}: is a file; give --out the name of a folder").format(file=blocked))
    folder.mkdir(parents=True, exist_ok=True)
    pdf = folder / fitting_name(file.stem, ".pdf")
    check_target(pdf, force=force)
    with shown(parts=5 if png else 3), with_right_values(file) as (source, line):
        if line:
            _say(line)
        drawn = to_png(source, pages, force=force) if png else []
        _say(str(to_pdf(source, pdf, force=force)))
        for page in drawn:
            _say(str(page))


@cli.command(
    help=_("List the worksheet functions, or explain the one called NAME."), short_help=_("List the functions.")
)
@click.argument("name", required=False)
@click.option("--json", "as_json", is_flag=True, help=_("For programs."))
@click.option("--lambda", "as_lambda", is_flag=True, help=_("The definitions for Excel 365, with their helpers."))
@click.option("--all", "out", metavar="OUT", type=FILE, help=_("With --lambda: write all to the file OUT."))
@click.option("--force", is_flag=True, help=_("Replace OUT if it is there."))
def functions(name: str | None, as_json: bool, as_lambda: bool, out: Path | None, force: bool) -> None:
    """List the worksheet functions, or explain one by its NAME."""
    if (as_json and as_lambda) or (out and (name is not None or not as_lambda)):
        raise click.UsageError(_("Use --json, --lambda NAME or --lambda --all OUT."))
    from kam_xl import listing

    if out:
        check_target(out, force=force)
        write_file(out, listing.as_lambda().encode(), force=force)
        click.echo(_("Wrote {file}: paste it into Excel Labs, Advanced Formula Environment.").format(file=out))
        return
    click.echo((listing.as_json if as_json else listing.as_lambda if as_lambda else listing.as_text)(name))


@cli.group(cls=_Verbs, help=_("Give a spreadsheet program the KAM functions."))
def addin() -> None:
    """Give a spreadsheet program the KAM functions."""


PROGRAM = click.argument("program", type=click.Choice(["libreoffice", "excel"]))
PROFILE = click.option("--profile", type=FILE, help=_("Folder of a LibreOffice profile. Default: your own."))


@addin.command("build", help=_("Write the add-in: kam_xl.oxt for LibreOffice, kam_xl.xlam for Excel."))
@PROGRAM
@click.option("--out", type=FILE, help=_("The file to write.  [default: kam_xl.oxt or kam_xl.xlam here]"))
@click.option("--force", is_flag=True, help=_("Replace the file if it is there."))
def addin_build(program: str, out: Path | None, force: bool) -> None:
    """Write the add-in."""
    from kam_xl.hosts import libreoffice, vba

    name, write = (
        ("kam_xl.xlam", vba.build_addin) if program == "excel" else ("kam_xl.oxt", libreoffice.build_extension)
    )
    target = out / name if out and out.is_dir() else out or Path(name)
    check_target(target, force=force)
    click.echo(_("Wrote {file}.").format(file=write(target, force=force)))


@addin.command("install", help=_("Install the functions."))
@PROGRAM
@PROFILE
def addin_install(program: str, profile: Path | None) -> None:
    """Install the functions."""
    from kam_xl.hosts import libreoffice, vba

    with shown(parts=1):
        line = vba.install_addin() if program == "excel" else libreoffice.install_extension(profile)
    click.echo(line)


@addin.command("uninstall", help=_("Take the functions out again."))
@PROGRAM
@PROFILE
def addin_uninstall(program: str, profile: Path | None) -> None:
    """Take the functions out again."""
    from kam_xl.hosts import libreoffice, vba

    click.echo(vba.uninstall_addin() if program == "excel" else libreoffice.uninstall_extension(profile))


@cli.command(
    help=_(
        "Find what keeps the functions from computing on this computer, or in FILE; --mend does what it can.\n\n"
        "With --excel: open FILE, or fresh samples, in the Excel of this computer, and write a report of what it makes "
        "of them, to be attached to a bug report."
    ),
    short_help=_("Find and mend what goes wrong."),
)
@click.argument("file", type=FILE, required=False)
@click.option("--mend", "mending", is_flag=True, help=_("Mend what can be mended; FILE only through a copy beside it."))
@click.option("--excel", "in_excel", is_flag=True, help=_("Try it in Excel (Windows, Mac); takes some minutes."))
@click.option("--out", type=FILE, help=_("With --excel: a new folder, or a file ending in .zip, for the report."))
@click.option(
    "--wait", "seconds", type=click.FloatRange(min=0.1), help=_("With --excel: seconds to wait.  [default: 120]")
)
@click.option("--show", is_flag=True, help=_("With --excel: keep that Excel in sight; don't type into it."))
@click.option(
    "--no-workbook", is_flag=True, help=_("With --excel: FILE, its values and its pages stay out of the report.")
)
def doctor(
    file: Path | None,
    mending: bool,
    in_excel: bool,
    out: Path | None,
    seconds: float | None,
    show: bool,
    no_workbook: bool,
) -> None:
    """Find what goes wrong, and mend it."""
    if in_excel:
        if mending:
            raise click.UsageError(_("Choose one of --mend and --excel."))
        _doctor_in_excel(file, out, seconds or 120, show, no_workbook)
        return
    if out or seconds or show or no_workbook:
        raise click.UsageError(_("--out, --wait, --show and --no-workbook go with --excel."))
    from kam_xl.doctor import examine, mend

    with shown(parts=4):
        findings = (mend if mending else examine)(file)
    signs = {"ok": "✓", "mended": "+", "wrong": "✗"}
    for finding in findings:
        click.echo(f"{signs[finding.state]} {finding.what}: {finding.line}")
    if any(finding.state == "wrong" for finding in findings):
        raise click.exceptions.Exit(1)


def _doctor_in_excel(file: Path | None, out: Path | None, seconds: float, show: bool, no_workbook: bool) -> None:
    from kam_xl.excel_check import check_excel

    def say(line: str) -> None:
        _say(line)
        step(line)

    with shown(parts=4):
        report, place = check_excel(file, out, seconds=seconds, visible=show, share=not no_workbook, tell=say)
    click.echo()
    for workbook, wrong in report.wrong:
        click.echo(f"✗ {workbook}, {wrong.what}: {wrong.line}")
    click.echo(report.headline())
    click.echo(_("The report, to read or to attach to a bug report: {file}").format(file=place))
    if report.wrong:
        raise click.exceptions.Exit(1)


@cli.group(cls=_Verbs, invoke_without_command=True, help=_("List the templates, or copy one to change it."))
@click.pass_context
def templates(ctx: click.Context) -> None:
    """List the templates, or copy one to change it."""
    if ctx.invoked_subcommand is None:
        from kam_xl.intake.template import load_template, template_names

        width = max(map(len, template_names()), default=0)
        for name in template_names():
            click.echo(f"{name:<{width}}  {load_template(name).settings.description}")


@templates.command("copy", help=_("Copy the template NAME to the new FOLDER, to change it."))
@click.argument("name")
@click.argument("folder", type=FILE)
def templates_copy(name: str, folder: Path) -> None:
    """Copy the template NAME to the new FOLDER for editing."""
    from kam_xl.intake.template import template_names, templates_folder

    if name not in template_names():
        raise TemplateError(
            _("{name}: no such template; use {names}").format(name=name, names=", ".join(template_names()))
        )
    with new_folder(folder) as part:
        copytree(templates_folder() / name, part, dirs_exist_ok=True)
    click.echo(
        _("Copied to {folder}; edit {file}, then: kam-xl new accounts.xlsx --template {folder}").format(
            folder=folder, file=folder / "template.toml"
        )
    )
