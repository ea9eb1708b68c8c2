"""The client inside LibreOffice and the service outside: starting, answering, failing. No LibreOffice needed."""

from __future__ import annotations

import ast
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

import kam_xl
from kam_xl.hosts.libreoffice import client
from kam_xl.hosts.libreoffice.client import BOOTSTRAP, Service, Unanswered, fitted, method, silent_line

FOLDER = str(Path(kam_xl.__file__).parent.parent)
CLIENT_FILE = Path(client.__file__)
GREETING = "print('{\"cells\": 1}', flush=True)\n"
REVENUE = ((50.0,), (30.0,), (20.0,))
COLUMN = {"name": "KAM_ABC", "result": "column", "text": True, "width": 1, "range": 0}
TABLE = {"name": "KAM_PARETO", "result": "table", "text": False, "width": 3, "range": 1}
MATRIX = {"name": "KAM_SCALE", "result": "matrix", "text": False, "width": 0, "range": 0}


@pytest.fixture
def service() -> Iterator[Service]:
    running = Service(sys.executable, FOLDER)
    yield running
    running.stop()


def acting(script: str, **times: float) -> Service:
    """A service whose child runs `script` instead of kam_xl."""
    pretender = Service("", "", **times)
    pretender.command = [sys.executable, "-c", script]
    return pretender


def test_client_is_written_for_python_3_8_and_the_standard_library() -> None:
    tree = ast.parse(CLIENT_FILE.read_text(encoding="utf-8"), feature_version=(3, 8))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {node.module if isinstance(node, ast.ImportFrom) else node.names[0].name for node in imports}
    assert {str(name).split(".")[0] for name in names} <= set(sys.stdlib_module_names)


def test_question_is_answered(service: Service) -> None:
    assert service.call("KAM_ABC", (REVENUE, None, None, None)) == [["A"], ["A"], ["B"]]
    assert service.call("KAM_HHI", (5.0,)) == 10_000


def test_one_process_answers_all_questions(service: Service) -> None:
    pids = set()
    for _ in range(3):
        service.call("KAM_HHI", (5.0,))
        pids.add(service._process.pid)
    assert len(pids) == 1


def test_service_needs_numpy_only(service: Service) -> None:
    code = "import sys, kam_xl.hosts.libreoffice.service; print({'pandas', 'openpyxl', 'xlwings'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=FOLDER, check=True)
    assert done.stdout.strip() == "set()"


def test_killed_service_is_started_again(service: Service) -> None:
    service.call("KAM_HHI", (5.0,))
    service._process.kill()
    service._process.wait()
    assert service.call("KAM_HHI", (5.0,)) == 10_000


def test_environment_of_another_python_does_no_harm(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV"):
        monkeypatch.setenv(name, "/nowhere")
    assert service.call("KAM_HHI", (5.0,)) == 10_000


def test_python_of_the_environment_variable_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAM_XL_PYTHON", "/no/such/python")
    with pytest.raises(Unanswered, match="/no/such/python: No such file"):
        Service(sys.executable, FOLDER).call("KAM_HHI", (5.0,))


def test_python_without_the_package_says_so() -> None:
    service = acting("")
    service.command = [sys.executable, "-I", "-S", "-c", BOOTSTRAP]
    with pytest.raises(Unanswered, match="No module named 'kam_xl'"):
        service.call("KAM_HHI", (5.0,))


def test_unknown_function_leaves_the_service_running(service: Service) -> None:
    with pytest.raises(Unanswered, match="has no KAM_NEW"):
        service.call("KAM_NEW", ())
    assert service.call("KAM_HHI", (5.0,)) == 10_000


def test_hung_service_is_given_up_after_its_time() -> None:
    service = acting(GREETING + "import time; time.sleep(60)", patience=0.3)
    started = time.monotonic()
    with pytest.raises(Unanswered, match=r"no answer within 0\.3 seconds"):
        service.call("KAM_HHI", (5.0,))
    assert time.monotonic() - started < 30  # the service would have slept for 60
    assert service._process is None


def test_question_that_nobody_reads_is_given_up_after_its_time() -> None:
    service = acting(GREETING + "import time; time.sleep(60)", patience=0.3)
    with pytest.raises(Unanswered, match="no answer within"):
        service.call("KAM_HHI", ((("x" * 1_000_000,),),))


def test_start_is_given_up_after_its_time() -> None:
    with pytest.raises(Unanswered, match=r"no answer within 0\.3 seconds"):
        acting("import time; time.sleep(60)", start=0.3).call("KAM_HHI", (5.0,))


def test_service_that_keeps_ending_is_started_once_and_then_left_alone(tmp_path: Path) -> None:
    log = tmp_path / "starts"
    service = acting(f"open({str(log)!r}, 'a').write('x')\n{GREETING}input()")
    for _ in range(5):
        with pytest.raises(Unanswered, match="ended"):
            service.call("KAM_HHI", (5.0,))
    assert log.read_text() == "x"


def test_after_the_pause_the_service_is_tried_again(tmp_path: Path) -> None:
    service = acting("raise SystemExit", pause=0.0)
    with pytest.raises(Unanswered):
        service.call("KAM_HHI", (5.0,))
    service.command = Service(sys.executable, FOLDER).command
    assert service.call("KAM_HHI", (5.0,)) == 10_000
    service.stop()


def test_service_ends_with_its_client() -> None:
    command = Service(sys.executable, FOLDER).command
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with child:
        assert child.stdout is not None and child.stdin is not None
        child.stdout.readline()
        child.stdin.close()
        assert child.wait(5) == 0


def test_line_of_a_silent_service_stays_short_and_on_one_line() -> None:
    line = silent_line("KAM_ABC", Unanswered("a\nlong " * 100))
    assert len(line) < 255
    assert "\n" not in line
    assert line.startswith("#KAM! KAM_ABC: Python did not answer (a long")
    assert line.endswith('; run "kam-xl addin install libreoffice" again')


def test_method_never_raises() -> None:
    (first,), *others = method(acting("raise SystemExit"), COLUMN)(None, REVENUE)
    assert first.startswith("#KAM! KAM_ABC: Python did not answer")
    assert others == [("",)] * 3
    assert method(acting(""), {**COLUMN, "result": "scalar"})(None, object()).startswith("#KAM! KAM_ABC")


def test_column_keeps_its_shape() -> None:
    assert fitted([["A"], ["B"], [""]], COLUMN, (REVENUE,)) == (("A",), ("B",), ("",))


def test_matrix_keeps_its_shape_and_its_line_is_as_wide() -> None:
    cells = (((1.0, 2.0), (3.0, 4.0)),)
    assert fitted([[1, 2], [3, True]], MATRIX, cells) == ((1.0, 2.0), (3.0, 1.0))
    assert fitted("#KAM! …", MATRIX, cells) == (("#KAM! …", ""), ("", ""), ("", ""))


def test_table_is_filled_up_by_the_rows_of_its_range() -> None:
    cells = (True, REVENUE)
    assert fitted([[1, "a", 0.5]], TABLE, cells) == ((1.0, "a", 0.5), *[("", "", "")] * 31)
    assert fitted("#KAM! …", TABLE, cells) == (("#KAM! …", "", ""), *[("", "", "")] * 31)
    assert len(fitted([[1, "a", 0.5]] * 99, TABLE, cells)) == 99
    assert len(fitted([[1, "a", 0.5]], TABLE, ())) == 32
    long, other = tuple(("x", 1.0) for _ in range(40)), tuple((2.0,) for _ in range(9))
    assert len(fitted([[1, "a", 0.5]], {**TABLE, "range": 0}, (long, other))) == 41
    assert len(fitted([[1, "a", 0.5]], {**TABLE, "range": 0, "others": [1]}, (long, other))) == 50


def test_package_is_cheap_to_import() -> None:
    code = "import sys, kam_xl.hosts.libreoffice; print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=FOLDER, check=True)
    assert done.stdout.strip() == "False"
    assert find_spec("kam_xl.hosts.libreoffice.convert")
