"""Answers in Python, boxed: they compute, they are told what stopped them, they reach nothing."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb
import pytest

from course_lib.exercises.box import (
    Answered,
    BoxCall,
    BoxLimits,
    Stopped,
    call,
    call_boxed,
    call_each,
    missing_walls,
    walls,
)

pytestmark = pytest.mark.skipif(os.name != "posix", reason="grading needs a POSIX system")


@pytest.fixture(params=["all walls of this system", "no namespaces", "no audit"])
def box(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The box with what this system offers, with as little as any system offers, and with the
    kernel's walls alone."""
    if request.param == "no namespaces":
        weak = walls.Walls(user=walls.find_walls().user)
        monkeypatch.setattr(call, "find_walls", lambda: weak)
    if request.param == "no audit":
        if missing_walls():
            pytest.skip("this system lacks walls of the kernel")
        whole = Path(call.__file__).with_name("inside.py").read_text()
        without = whole.replace("    sys.addaudithook(refuse)\n", "")
        assert without != whole
        monkeypatch.setattr(call, "read_program", lambda: without)


def test_a_function_gets_and_gives_plain_values() -> None:
    code = "def pending(files, applied):\n    return sorted(set(files) - set(applied))"
    assert call_boxed(code, "pending", [["b", "a", "c"], ["b"]]) == Answered(["a", "c"], "")


def test_what_it_prints_is_kept_and_is_no_result() -> None:
    code = """def f():
    print('{"value": 7}')
    return (1, (2,), None, "Zoë")
"""
    assert call_boxed(code, "f") == Answered([1, [2], None, "Zoë"], '{"value": 7}\n')


def test_a_database_crosses_the_pipe_as_sql() -> None:
    con = duckdb.connect(":memory:")
    code = """def up(db):
    db.execute("CREATE TABLE t (n INTEGER)")
    for number in (3, 1, 2):
        db.execute(f"INSERT INTO t VALUES ({number})")
    try:
        db.execute("SELECT * FROM nowhere")
    except RuntimeError as error:
        return [db.execute("SELECT n FROM t ORDER BY n"), str(error)[:13]]
"""
    answered = call_boxed(
        code, "up", on_sql=lambda sql, _: [list(row) for row in con.execute(sql).fetchall()]
    )
    assert answered == Answered([[[1], [2], [3]], "Catalog Error"], "")
    assert con.execute("SELECT count(*) FROM t").fetchall() == [(3,)]
    con.close()


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("def g(): pass", "The answer has no function `f`."),
        ("def f(:", "`f` ended with SyntaxError in line 1: invalid syntax"),
        ("def f():\n    x = 1\n    return x / 0", "ZeroDivisionError in line 3: division by zero"),
        ("def f(n): pass", "missing 1 required positional argument: 'n'"),
    ],
)
def test_a_mistake_is_told_with_its_line(code: str, words: str) -> None:
    stopped = call_boxed(code, "f")
    assert isinstance(stopped, Stopped) and stopped.why == "raised"
    assert words in stopped.sentence


@pytest.mark.parametrize(
    ("code", "type_"),
    [
        ("object()", "object"),
        ("[{1, 2}]", "set"),
        ("(n for n in 'ab')", "generator"),
        ("{(1, 2): 3}", "dict"),
        ("b'text'", "bytes"),
        ("(a := []).append(a) or a", "list"),
    ],
)
def test_a_value_without_a_form_in_json_is_told_by_its_type(code: str, type_: str) -> None:
    stopped = call_boxed(f"def f():\n    return {code}", "f")
    assert isinstance(stopped, Stopped) and stopped.why == "unreadable"
    assert f"a value of the type {type_}, and a result is made of lists" in stopped.sentence


def test_several_calls_are_made_in_one_program() -> None:
    code = "seen = []\ndef f(n):\n    seen.append(n)\n    print(n)\n    return [1 / n, seen]"
    first, second, third = call_each(code, [BoxCall("f", [n]) for n in (1, 0, 2)])
    assert first == Answered([1.0, [1]], "1\n")
    assert isinstance(second, Stopped) and "ZeroDivisionError in line 5" in second.sentence
    assert third == Answered([0.5, [1, 0, 2]], "2\n")


def test_a_call_that_ends_the_program_costs_a_new_one_and_two_cost_the_rest() -> None:
    code = "import os\ndef f(n):\n    return n if n else os._exit(0)"
    came = call_each(code, [BoxCall("f", [n]) for n in (1, 0, 2, 0, 3, 4)])
    assert [one.why if isinstance(one, Stopped) else one.value for one in came] == [
        *(1, "died", 2, "died", "not made", "not made")
    ]


def test_a_set_has_the_same_order_in_every_run() -> None:
    code = "def f(): return list({'one', 'two', 'three', 'four', 'five', 'six', 'seven'})"
    assert call_boxed(code, "f") == call_boxed(code, "f")


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("while True: pass", "time"),
        ("import time; time.sleep(1000)", "time"),
        ("return [0] * (1 << 30)", "memory"),
        ("return bytearray(1 << 40)", "memory"),
        ("return 'x' * 50_000_000", "output"),
        ("import os\n    while True: os.write(1, b'x' * 99999)", "output"),
        ("import os\n    os.write(1, b'no JSON\\n')", "died"),
        ("import os\n    os.write(1, b'[' * 99999 + b'\\n')", "died"),
        ("import os; os._exit(0)", "died"),
        ("import os; os.abort()", "died"),
        ("return eval('-' * 200_000 + '1')", "memory raised died"),
        ("f = lambda: f()\n    return f()", "raised"),
    ],
)
@pytest.mark.usefixtures("box")
def test_limits_stop_it(code: str, why: str) -> None:
    limits = BoxLimits(cpu=1, seconds=6.0)
    stopped = call_boxed(f"def f():\n    {code}", "f", limits=limits)
    assert isinstance(stopped, Stopped) and stopped.why in why


def test_what_listens_to_nothing_is_ended(tmp_path: Path) -> None:
    code = """def f():
    while True:
        try:
            while True: pass
        except BaseException: pass
"""
    assert isinstance(call_boxed(code, "f", limits=BoxLimits(cpu=1, seconds=9.0)), Stopped)


REACHES = {
    "read": "return open({secret!r}).read()",
    "read-by-number": "import os\n    os.close(2)\n"
    "    return os.read(os.open({secret!r}, 0), 99).decode()",
    "read-by-path": "import pathlib\n    return pathlib.Path({secret!r}).read_text()",
    "read-by-import": "import sys\n    sys.path.insert(0, {folder!r})\n    import secret_module",
    "list": "import os\n    return os.listdir({folder!r})",
    "write": "open({folder!r} + '/made', 'w').write('x')",
    "make": "import os\n    os.mkdir({folder!r} + '/made')",
    "link": "import os\n    os.symlink('/etc', {folder!r} + '/made')",
    "remove": "import os\n    os.remove({secret!r})",
    "rename": "import os\n    os.rename({secret!r}, {folder!r} + '/made')",
    "empty": "import os\n    os.truncate({secret!r}, 0)",
    "mode": "import os\n    os.chmod({secret!r}, 0)",
    "fork": "import os\n    return os.fork()",
    "spawn": "import os\n    return os.posix_spawn('/bin/true', ['true'], {{}})",
    "exec": "import os\n    os.execv('/bin/sh', ['sh', '-c', 'echo x > {folder}/made'])",
    "subprocess": "import subprocess\n    subprocess.run(['touch', {folder!r} + '/made'])",
    "thread": "import _thread\n    return _thread.start_new_thread(print, ())",
    "network": "import socket\n    socket.create_connection(('127.0.0.1', {port})).send(b'x')",
    "kill": "import os\n    os.kill({pid}, 9)",
    "own-limits": "import resource\n    resource.setrlimit(resource.RLIMIT_NOFILE, (99, 99))\n"
    "    return open({secret!r}).read()",
    "root": "import os\n    os.setuid(0)\n    return open({secret!r}).read()",
    "out-of-the-room": "import os\n    os.chroot('.')\n    os.chdir('../' * 9)\n"
    "    return os.listdir('.')",
    "environment": "import os\n    return os.environ['UPDOWN_COURSE']",
}


@pytest.mark.parametrize("reach", REACHES)
@pytest.mark.usefixtures("box")
def test_it_reaches_nothing(reach: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each attempt ends in an exception, and nothing of what it reached for has changed."""
    monkeypatch.setenv("UPDOWN_COURSE", "here")
    secret = tmp_path / "secret_module.py"
    secret.write_text("print('the secret')")
    for place in (tmp_path, tmp_path.parent):
        place.chmod(0o755)
    bystander = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        code = REACHES[reach].format(
            secret=str(secret),
            folder=str(tmp_path),
            port=server.getsockname()[1],
            pid=bystander.pid,
        )
        stopped = call_boxed(f"def f():\n    {code}", "f", limits=BoxLimits(seconds=9.0))
        with pytest.raises(TimeoutError):
            server.accept()
    assert isinstance(stopped, Stopped), stopped
    assert "the secret" not in stopped.printed
    assert [path.name for path in tmp_path.iterdir()] == ["secret_module.py"]
    assert secret.read_text() == "print('the secret')"
    assert os.access(secret, os.R_OK) and secret.stat().st_mode & 0o777
    assert bystander.poll() is None
    bystander.kill()
    bystander.wait()


@pytest.mark.usefixtures("box")
def test_nothing_is_left_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    call_boxed("import os\ndef f(): os._exit(0)", "f")
    call_boxed("def f():\n    while True: pass", "f", limits=BoxLimits(seconds=0.5))
    assert [*tmp_path.iterdir()] == []
    ours = str(os.getpid())
    told = subprocess.run(["ps", "-eo", "ppid,args"], capture_output=True, text=True).stdout
    left = [line.split(None, 1) for line in told.splitlines() if "inside the box" in line]
    assert not [args for parent, args in left if parent in (ours, "1")]


def test_it_sees_nothing_of_what_we_hold() -> None:
    """A new program and never a fork: no object of ours is in its memory."""
    code = """def f():
    import gc, sys
    ours = ("course_lib", "duckdb", "nbgrader")
    found = [one for one in gc.get_objects() if isinstance(one, dict) and "a wor" + "ld" in one]
    return [[name for name in sys.modules if name.startswith(ours)], sys.path, len(found)]
"""
    hidden = {"a world": "rows"}
    answered = call_boxed(code, "f")
    assert isinstance(answered, Answered) and hidden
    names, path, found = answered.value
    assert names == [] and found == 0
    assert not [place for place in path if "site-packages" in place]


def test_what_a_system_lacks_is_said() -> None:
    for sentence in missing_walls():
        assert sentence.startswith("Boxed Python runs")
