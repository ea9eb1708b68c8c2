"""A LibreOffice profile in which a received file can do nothing but be shown: no macro, no link, no network."""

from __future__ import annotations

from pathlib import Path

_COMMON = "/org.openoffice.Office.Common"
NEVER = 2  # of Calc's choices for links: always, on request, never
MANUAL_PROXY = 2
NOWHERE = ("127.0.0.1", 9)  # the port "discard": nothing listens there

SETTINGS: tuple[tuple[str, str, bool | int | str], ...] = (
    # macros, and what starts Python. Not DisableActiveContent: charts are objects, too, and would be left blank
    (f"{_COMMON}/Security/Scripting", "DisableMacrosExecution", True),
    (f"{_COMMON}/Security/Scripting", "MacroSecurityLevel", 3),
    (f"{_COMMON}/Security/Scripting", "DisablePythonRuntime", True),
    # pictures and other links: nothing is fetched for a document that is in no trusted folder, and none is
    (f"{_COMMON}/Security/Scripting", "BlockUntrustedRefererLinks", True),
    ("/org.openoffice.Office.Calc/Content/Update", "Link", NEVER),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", 0),  # Writer's choices begin with never
    # what reaches the network all the same gets nowhere
    ("/org.openoffice.Inet/Settings", "ooInetProxyType", MANUAL_PROXY),
    *(("/org.openoffice.Inet/Settings", f"ooInet{kind}ProxyName", NOWHERE[0]) for kind in ("HTTP", "HTTPS", "FTP")),
    *(("/org.openoffice.Inet/Settings", f"ooInet{kind}ProxyPort", NOWHERE[1]) for kind in ("HTTP", "HTTPS", "FTP")),
    ("/org.openoffice.Inet/Settings", "ooInetNoProxy", ""),
)


def sealed_profile(folder: Path) -> Path:
    """Make a fresh profile with these settings in `folder` and return its folder."""
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{_text(value)}</value></prop></item>\n'
        for path, name, value in SETTINGS
    )
    user = folder / "profile" / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry"'
        f' xmlns:xs="http://www.w3.org/2001/XMLSchema">\n{items}</oor:items>\n',
        encoding="utf-8",
    )
    return folder / "profile"


def _text(value: bool | int | str) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
