"""Templates: the settings of a new workbook and its sample data, from a folder that a user can copy and change."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from pydantic import ValidationError

from kam_xl.content.fields import MAX_NAME, MAX_YEARS, parse_years
from kam_xl.content.records import DIVISION_SLOTS
from kam_xl.content.settings import MAX_SECTORS, Criterion, Factor, Risk, Template, Weighed, report_date
from kam_xl.content.tables import Tables
from kam_xl.errors import TemplateError
from kam_xl.intake import toml_errors
from kam_xl.locale import _

__all__ = [
    "MAX_YEARS",
    "Criterion",
    "Factor",
    "LoadedTemplate",
    "Risk",
    "Template",
    "load_template",
    "parse_years",
    "report_date",
    "template_names",
    "templates_folder",
]


_LARGEST = 1 << 20  # bytes of a template.toml


@dataclass(frozen=True)
class LoadedTemplate:
    """A template and the folder that it came from."""

    settings: Template
    folder: Path

    def sample(self) -> Tables:
        """The sample data beside the template; empty tables with a remark where there is none.

        TemplateError if a file of a user's template is a link to one outside its folder.
        """
        from kam_xl.intake.importer import read_folder

        sample = self.folder / "sample"
        if sample.is_dir():
            if self.folder.parent != templates_folder():
                _stay_inside(self.folder, [sample, *sample.iterdir()])
            return read_folder(sample, self.settings)
        tables = Tables.empty(parse_years(self.settings.years))
        tables.remarks.append(_("The template has no sample data; the workbook is empty."))
        return tables

    def for_data(self, tables: Tables, company: str | None = None) -> Template:
        """The settings for a user's own data: its sectors, its company, and not the one of the sample."""
        changes: dict[str, object] = {}
        if company is not None:
            changes["company"] = company
        elif self.folder.parent == templates_folder():
            changes["company"] = ""
        sectors = {str(s).casefold(): str(s) for row in tables.accounts if type(s := row.get("sector")) is str}
        if sectors:
            short = sorted(s for s in sectors.values() if len(s) <= MAX_NAME)
            changes["sectors"] = short if len(short) <= MAX_SECTORS else []
        names = {str(row.get("account", "")).lower() for row in tables.accounts}
        for shown in ("map_account", "plan_account", "rollout_account"):
            if getattr(self.settings, shown).lower() not in names:
                changes[shown] = ""
        if divisions := _divisions(tables, self.settings.divisions):
            changes["divisions"] = divisions
        if roles := tables.lists.get("roles"):
            changes["roles"] = roles
        if plans := tables.lists.get("plans"):
            changes["plans"] = plans
        if criteria := tables.lists.get("selection"):
            changes["selection"] = [Weighed(name=name) for name in criteria]
        return self.settings.model_copy(update=changes)


def _stay_inside(folder: Path, files: list[Path]) -> None:
    """Refuse links that lead out of a template: whoever made it would choose which files of this computer are read."""
    for file in files:
        try:
            inside = file.resolve().is_relative_to(folder.resolve())
        except (OSError, RuntimeError):  # a loop of links
            inside = False
        if not inside:
            raise TemplateError(_("{file}: leads out of the template; put the file itself there").format(file=file))


def _divisions(tables: Tables, known: list[str]) -> list[str]:
    """The divisions of the sales of divisions, the largest first where there are too many; none if all are known."""
    worth: dict[str, float] = {}
    spelt: dict[str, str] = {}
    for row in tables.records.get("divisions", []):
        name = row.get("division")
        if type(name) is str and name.strip() and len(name) <= MAX_NAME:
            key = name.strip().casefold()
            spelt.setdefault(key, name.strip())
            amounts = [v for v in (row.get("potential"), row.get("sold")) if isinstance(v, int | float)]
            worth[key] = worth.get(key, 0) + max(amounts, default=0)
    if worth.keys() <= {name.casefold() for name in known}:
        return []
    if len(worth) > DIVISION_SLOTS:
        text = _("Only the {n} largest divisions were taken into the list on Settings.")
        tables.remarks.append(text.format(n=DIVISION_SLOTS))
    largest = set(sorted(worth, key=lambda key: -worth[key])[:DIVISION_SLOTS])
    return [name for key, name in spelt.items() if key in largest]


def templates_folder() -> Path:
    """The folder of the templates that come with kam_xl: installed, or in a checkout."""
    installed = Path(str(files("kam_xl") / "templates"))
    return installed if installed.is_dir() else installed.parent.parent / "templates"


def template_names() -> list[str]:
    """Names of the templates that come with kam_xl.

    >>> "standard" in template_names()
    True
    """
    folder = templates_folder()
    return sorted(path.parent.name for path in folder.glob("*/template.toml"))


def load_template(name_or_path: str | Path = "standard") -> LoadedTemplate:
    """Load a template by its name, or from a folder or a ``.toml`` file.

    Raises
    ------
    TemplateError
        In one line: the file, the line, the key, what is wrong and what to write.

    Examples
    --------
    >>> load_template("standard").settings.plans
    ['Basic', 'Standard', 'Premium']
    """
    known = str(name_or_path) in template_names()
    path = templates_folder() / str(name_or_path) if known else Path(name_or_path)
    file = path / "template.toml" if path.is_dir() else path
    if not file.is_file():
        raise TemplateError(
            _("{file}: no such template; use {names}, or a folder with a template.toml").format(
                file=file, names=", ".join(template_names())
            )
        )
    try:
        with file.open("rb") as source:
            content = source.read(_LARGEST + 1)
        if len(content) > _LARGEST:
            raise TemplateError(_("{file}: is larger than 1 MB; a template holds settings only").format(file=file))
        text = content.decode("utf-8-sig")
        return LoadedTemplate(Template.model_validate(tomllib.loads(text)), file.parent)
    except OSError as error:
        raise TemplateError(f"{file}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise TemplateError(_("{file}: is not UTF-8 text; save it as UTF-8").format(file=file)) from error
    except tomllib.TOMLDecodeError as error:
        raise TemplateError(toml_errors.syntax_line(file, text, error)) from error
    except ValidationError as error:
        raise TemplateError(toml_errors.settings_line(file, text, error)) from error
    except RecursionError:
        raise TemplateError(
            _("{file}: is nested too deeply; a setting is at most a list of tables").format(file=file)
        ) from None
    except ValueError:  # of a number with thousands of digits
        raise TemplateError(_("{file}: holds a number that is too long; shorten it").format(file=file)) from None
