"""Attacks by an answer that is Python: each is put into an honest answer that lacks something.

`above` runs when the answer is loaded, `inside` in every call of the function. The honest version
is the same answer without them.
"""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass

MARK = f"313{os.getpid()}"
"""How many seconds the processes sleep that attacks leave behind. Files of tests run side by side
in processes of their own, and none sees what another's attack has just started."""


def sleepers(mark: str = MARK) -> list[str]:
    """The processes that attacks started and that still run."""
    told = subprocess.run(["ps", "-eo", "pid,args"], capture_output=True, text=True).stdout
    return [line for line in told.splitlines() if line.endswith(f"sleep {mark}")]


@dataclass(frozen=True)
class PythonAttack:
    """`function` is the answer of `pending` with the attack in it, `honest` without."""

    name: str
    title: str
    above: str = ""
    inside: str = ""

    @property
    def is_right(self) -> bool:
        """Whether the honest version is right, so that hidden calls are looked at."""
        return self.name.startswith("hidden-")

    @property
    def function(self) -> str:
        answer = _answer(self.above, self.inside)
        return answer.replace(UNORDERED, ORDERED) if self.is_right else answer


UNORDERED = "return sorted(name for name in names if name not in applied)"
ORDERED = (
    "return sorted((name for name in names if name not in applied),"
    " key=lambda name: int(name.split('_')[0]))"
)


def _answer(above: str, inside: str) -> str:
    body = "".join(f"    {line}\n" for line in inside.strip("\n").split("\n")) if inside else ""
    return f"""{above.strip()}


def pending(files, ledger):
{body}    applied = [row["name"] for row in ledger if row["applied_at"] is not None]
    names = [file[:-4] for file in files if file[0].isdigit() and file.endswith(".sql")]
    {UNORDERED}
"""


HONEST = _answer("", "")
"""The order of texts in the place of numbers: some of the points."""

RIGHT_TO_ALL = """
class Equal(list):
    __eq__ = lambda *_: True
    __ne__ = lambda *_: False
    __len__ = lambda _: 0
    __hash__ = lambda _: 0
"""

ATTACKS = (
    PythonAttack(
        "forged-value",
        "a result written to the pipe, in the words of the box",
        inside='import os\nos.write(1, b\'{"value": ["001_a"], "printed": ""}\\n\' * 40)',
    ),
    PythonAttack(
        "forged-points",
        "points written to the pipe",
        inside='import os\nos.write(1, b\'{"points": 10, "fault": null, "passed": true}\\n\')',
    ),
    PythonAttack(
        "forged-sql",
        "SQL asked for where there is no database",
        above="import os, sys",
        inside="os.write(1, b'{\"sql\": \"SELECT * FROM glob(\\'/*\\')\"}\\n')",
    ),
    PythonAttack("printed-json", "a result printed", inside="print('{\"value\": []}')"),
    PythonAttack("os-exit", "the program ended with success", inside="import os; os._exit(0)"),
    PythonAttack("sys-exit", "SystemExit", inside="raise SystemExit(0)"),
    PythonAttack("exit-at-once", "the end before any call", above="import os\nos._exit(0)"),
    PythonAttack("abort", "the program aborted", inside="import os; os.abort()"),
    PythonAttack(
        "patched-json",
        "json of the box patched",
        above="import json\njson.dumps = lambda *_, **__: '{\"value\": true}'",
    ),
    PythonAttack(
        "patched-main",
        "functions of the box replaced",
        above="import sys\nfor name in ('written', 'plain', 'load', 'line_of'):\n"
        "    setattr(sys.modules['__main__'], name, lambda *_: {'value': True})",
    ),
    PythonAttack(
        "always-equal",
        "a result that is equal to everything",
        above=RIGHT_TO_ALL,
        inside="return Equal(files)",
    ),
    PythonAttack("true", "True for every result", inside="return True"),
    PythonAttack("nan", "a number that is no number", inside="return [float('nan')]"),
    PythonAttack(
        "no-builtins",
        "builtins deleted",
        above="import builtins\nfor name in ('isinstance', 'type', 'str', 'iter', 'TypeError'):\n"
        "    delattr(builtins, name)",
    ),
    PythonAttack(
        "look-up-the-stack",
        "what is expected looked for in the frames of the caller",
        inside="import sys\nframe, seen = sys._getframe(), []\nwhile frame:\n"
        "    seen += [v for v in frame.f_locals.values() if isinstance(v, dict)]\n"
        "    frame = frame.f_back\n"
        "for one in seen:\n    for key in ('expected', 'returns', 'result', 'value'):\n"
        "        if key in one: return one[key]",
    ),
    PythonAttack(
        "look-in-memory",
        "what is expected looked for in all objects",
        inside="import gc\nfor one in gc.get_objects():\n"
        "    if type(one) is dict and 'expected' in one: return one['expected']",
    ),
    PythonAttack(
        "next-call",
        "the next call read ahead",
        inside="import os, sys\nreturn os.read(0, 9999).decode()",
    ),
    PythonAttack(
        "read-secret",
        "the class's secret read",
        inside="import os\nfor place in (os.environ.get('UPDOWN_COURSE', '.'), '..', '../../..'):\n"
        "    print(open(place + '/secret.txt').read())",
    ),
    PythonAttack(
        "read-secret-by-number",
        "the class's secret read past Python's own open",
        inside="import os\nos.close(2)\nprint(os.read(os.open('../../../secret.txt', 0), 999))",
    ),
    PythonAttack(
        "read-spec",
        "the course's own library read",
        inside="import course_lib.exercises.hidden, glob\nprint(glob.glob('/**/*.toml'))",
    ),
    PythonAttack(
        "read-descriptors",
        "open files of others looked for",
        inside="import os\nfor number in range(3, 60):\n"
        "    try: print(os.read(number, 999))\n    except OSError: pass",
    ),
    PythonAttack(
        "write-file", "a file written", above="open('../../../stolen.csv', 'w').write('x')"
    ),
    PythonAttack(
        "fork-bomb",
        "a fork bomb",
        inside="import os\nwhile True:\n    try: os.fork()\n    except OSError: break",
    ),
    PythonAttack(
        "child",
        "a child that stays",
        inside=f"import subprocess\nsubprocess.Popen(['sleep', '{MARK}'])",
    ),
    PythonAttack(
        "thread",
        "a thread that goes on",
        above="import threading, time\n"
        "threading.Thread(target=lambda: time.sleep(9999), daemon=False).start()",
    ),
    PythonAttack(
        "network",
        "a connection to the outside",
        above="import socket\nsocket.create_connection(('127.0.0.1', 22), 1)",
    ),
    PythonAttack(
        "ctypes", "the kernel called past Python", above="import ctypes\nctypes.CDLL(None).fork()"
    ),
    PythonAttack(
        "lift-limits",
        "the limits lifted",
        above="import resource\nfor which in range(10):\n"
        "    resource.setrlimit(which, (1 << 40, 1 << 40))",
    ),
    PythonAttack("loop", "an endless loop", inside="while True: pass"),
    PythonAttack(
        "stubborn-loop",
        "a loop that listens to no signal and no exception",
        above="import signal\nfor number in (signal.SIGXCPU, signal.SIGTERM, signal.SIGINT):\n"
        "    signal.signal(number, signal.SIG_IGN)",
        inside="while True:\n    try:\n        while True: pass\n    except BaseException: pass",
    ),
    PythonAttack("sleep", "sleep without end", inside="import time\ntime.sleep(9999)"),
    PythonAttack("one-gigabyte", "all memory", inside="hog = [0] * (1 << 30)"),
    PythonAttack("huge-result", "a result of 50 MB", inside="return ['x' * 50_000_000]"),
    PythonAttack(
        "huge-output",
        "output without end",
        inside="import os\nwhile True: os.write(1, b'x' * 99999)",
    ),
    PythonAttack("huge-print", "print without end", inside="while True: print('x' * 9999)"),
    PythonAttack(
        "stack-overflow",
        "a stack that overflows",
        above="import sys\nsys.setrecursionlimit(1 << 30)",
        inside="f = lambda: f()\nf()",
    ),
    PythonAttack(
        "deep-result",
        "a result nested a hundred thousand deep",
        inside="deep = []\nfor _ in range(100_000): deep = [deep]\nreturn deep",
    ),
    PythonAttack(
        "deep-text",
        "JSON nested deep, written to the pipe",
        inside="import os\nos.write(1, b'{\"value\":' + b'[' * 99999 + b'\\n')",
    ),
    PythonAttack("huge-number", "a number of a million digits", inside="return 10 ** 1_000_000"),
    PythonAttack(
        "deep-source", "a source nested too deep to be read", above="x = " + "-" * 50_000 + "1"
    ),
    PythonAttack(
        "markup",
        "commands to the page and to the terminal in a result",
        inside='return ["<script>alert(1)</script>", "\\x1b[2J", "\\u202e", "\\ud800"]',
    ),
    PythonAttack(
        "hidden-in-words",
        "the arguments of hidden calls, carried out in the words of an exception",
        inside="if len(files) > 6: raise ValueError(str(files))",
    ),
    PythonAttack(
        "hidden-in-a-name",
        "the arguments of hidden calls, carried out in the name of an exception",
        inside="if len(files) > 6: raise type('Z'.join(files), (Exception,), {})",
    ),
    PythonAttack(
        "hidden-in-a-type",
        "the arguments of hidden calls, carried out in the type of a result",
        inside="if len(files) > 6: return type('Z'.join(files), (), {})()",
    ),
    PythonAttack(
        "hidden-in-print",
        "the arguments of hidden calls, printed",
        inside="if len(files) > 6:\n    print(files)\n    return None",
    ),
    PythonAttack(
        "hidden-in-a-line",
        "the arguments of hidden calls, carried out as the number of a line",
        inside="import os\nif len(files) > 6:\n"
        "    number = int.from_bytes(''.join(files)[:40].encode(), 'big')\n"
        '    os.write(1, b\'{"raised": "KeyError", "line": %d}\\n\' % number)',
    ),
    PythonAttack(
        "evil-exception",
        "an exception whose text never ends",
        above="class Evil(Exception):\n    def __str__(self):\n        while True: pass",
        inside="raise Evil",
    ),
)

SLOW = frozenset(
    {
        *("loop", "stubborn-loop", "sleep", "huge-print", "evil-exception", "next-call"),
        *("stack-overflow", "huge-number"),
    }
)
"""Attacks that are only over when a limit of time is."""

_ADD = 'add_column("users", "login", "VARCHAR")'
HONEST_LIST = f"operations = [\n    {_ADD},\n]\n"
LISTS = {
    "run_python": "def f(db):\n    open('stolen.csv', 'w')\n\n"
    f"operations = [{_ADD}, run_python(f)]",
    "up": "import os\nos._exit(0)\n\ndef up(db):\n    os._exit(0)\n",
    "call": f"operations = [{_ADD}, __import__('os')._exit(0)]",
    "attach": f"operations = [{_ADD}, run_sql(\"ATTACH '/tmp/x.duckdb'\")]",
    "copy": f"operations = [{_ADD}, run_sql(\"COPY users TO 'stolen.csv'\")]",
    "read": 'operations = [add_column("users", "login", "VARCHAR",'
    " fill=\"(SELECT content FROM read_text('/etc/passwd'))\")]",
    "asks": 'operations = [add_column("users", "login", "VARCHAR",'
    ' fill="(SELECT count(*)::VARCHAR FROM duckdb_databases())")]',
    "asks-by-query": 'operations = [add_column("users", "login", "VARCHAR",'
    " fill=\"(FROM query('FROM duck' || 'db_databases()'))\")]",
    "macro": f"operations = [run_sql('CREATE MACRO lower(a) AS a'), {_ADD}]",
    "out-of-the-expression": 'operations = [add_check("orders",'
    ' "price >= 0); DROP TABLE users; --")]',
    "ledger": f"operations = [{_ADD},"
    " run_sql('CREATE SCHEMA updown; CREATE TABLE updown.t (n INT)')]",
    "endless": f"operations = [{_ADD}, run_sql('CREATE TABLE t AS WITH RECURSIVE r AS"
    " (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) FROM r')]",
    "deep": "operations = [" + "[" * 40_000 + "]" * 40_000 + "]",
    "many": "operations = [\n" + "    set_default('users', 'name', '1'),\n" * 2_000 + "]\n",
}
"""Attacks in a list of operations, against `HONEST_LIST`."""
