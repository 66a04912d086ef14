"""The program inside the box, given as text to `python -c`; it imports nothing of ours.

Reads one line of JSON: `code`, `limits`, `room` (an empty folder), `user` (whom to become, or
null). Shuts every door behind itself, then reads a line for each call: its `function`, its
`arguments`, and whether a `database` comes before these. Before the first one it runs the code.
Writes lines of JSON: `{"sql": ..., "parameters": ...}`, which is answered by a line with `rows` or
`error`, and at the end of each call `{"value": ...}`, `{"unreadable": ...}` or `{"raised": ...}`,
with `printed`.
"""

# Whatever an answer may import is imported here: later there is no file to import it from.
import abc  # noqa: F401
import ast  # noqa: F401
import bisect  # noqa: F401
import collections.abc
import contextlib  # noqa: F401
import copy  # noqa: F401
import dataclasses  # noqa: F401
import datetime  # noqa: F401
import decimal  # noqa: F401
import encodings.idna  # noqa: F401
import enum  # noqa: F401
import fractions  # noqa: F401
import functools  # noqa: F401
import graphlib  # noqa: F401
import hashlib  # noqa: F401
import heapq  # noqa: F401
import itertools  # noqa: F401
import json
import linecache
import math  # noqa: F401
import operator  # noqa: F401
import os
import pathlib  # noqa: F401
import random  # noqa: F401
import re  # noqa: F401
import resource
import signal
import statistics  # noqa: F401
import string  # noqa: F401
import sys
import textwrap  # noqa: F401
import traceback
import typing
import unicodedata  # noqa: F401

FILE = "<answer>"
# What Python code may still do to this process itself; all other events are doors.
HARMLESS = (
    *("import", "compile", "exec", "object.", "builtins.", "marshal.", "gc.", "time.sleep"),
    *("code.__new__", "function.__new__", "array.__new__", "sys._getframe", "sys.excepthook"),
    *("sys.unraisablehook", "sys.setrecursionlimit", "sys.settrace", "sys.setprofile"),
)


class Rows(list[tuple[typing.Any, ...]]):
    """What a statement gave, as a list, and to be fetched as from DuckDB's own connection."""

    def fetchall(self) -> list[tuple[typing.Any, ...]]:
        """The rows that are left."""
        rows = list(self)
        self.clear()
        return rows

    def fetchone(self) -> tuple[typing.Any, ...] | None:
        """The next row, None after the last one."""
        return self.pop(0) if self else None


class Database:
    """What an answer is given to run SQL on, as far as it is like DuckDB's own connection."""

    def __init__(self, ask: typing.Callable[[str, typing.Any], typing.Any]) -> None:
        self._ask = ask

    def execute(self, sql: str, parameters: typing.Any = None) -> Rows:
        """Run SQL; RuntimeError with DuckDB's words where it is refused."""
        return Rows(map(tuple, self._ask(str(sql), parameters)))

    def begin(self) -> None:
        """Begin a transaction."""
        self.execute("BEGIN")

    def commit(self) -> None:
        """End it, and keep what was done."""
        self.execute("COMMIT")

    def rollback(self) -> None:
        """End it, and keep nothing."""
        self.execute("ROLLBACK")


class Printed:
    """The answer's own standard output, of which the first part is kept."""

    def __init__(self, most: int) -> None:
        self.text, self._most = "", most

    def write(self, text: str) -> int:
        self.text += text[: max(0, self._most - len(self.text))]
        return len(text)

    def flush(self) -> None:
        pass


class OutOfTime(BaseException):
    """The computing time is over; a second later the kernel ends a program that goes on."""


def out_of_time(*_: typing.Any) -> None:
    raise OutOfTime


def shut(limits: dict[str, int], room: str, user: int | None) -> None:
    """From here on: no file, no network, no process, no thread, bounded memory and time."""
    os.chdir(room)
    if os.geteuid() == 0:  # root, or root of a namespace of its own
        os.chroot(room)
    if user is not None:
        os.setgroups([])
        os.setgid(user)
        os.setuid(user)
    signal.signal(signal.SIGXCPU, out_of_time)
    resource.setrlimit(resource.RLIMIT_CPU, (limits["cpu"], limits["cpu"] + 1))
    for which, number in (
        (resource.RLIMIT_AS, limits["memory"]),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
        # No new descriptor at all: what is not open now can never be opened.
        (resource.RLIMIT_NOFILE, 0),
    ):
        try:
            resource.setrlimit(which, (number, number))
        except (ValueError, OSError):
            continue  # the walls outside say what a system lacks

    def refuse(event: str, _: typing.Any) -> None:
        if not event.startswith(HARMLESS):
            raise PermissionError(f"{event} is not possible here")

    sys.addaudithook(refuse)


class NoFunctionError(Exception):
    """The answer has no function of the name that is asked for."""


class Unreadable(Exception):
    """A value that JSON has no form for; the text is the name of its type."""


def load(code: str) -> dict[str, typing.Any]:
    """All names of the answer, once its code has run."""
    linecache.cache[FILE] = (len(code), None, code.splitlines(True), FILE)
    names: dict[str, typing.Any] = {"__name__": "answer"}
    exec(compile(code, FILE, "exec"), names)
    return names


def function_of(names: dict[str, typing.Any], name: str) -> typing.Callable[..., typing.Any]:
    """The answer's function of that name."""
    function: typing.Callable[..., typing.Any] | None = names.get(name)
    if not callable(function):
        raise NoFunctionError
    return function


def plain(value: typing.Any) -> typing.Any:
    """Keys and values of a dictionary as lists; Unreadable for other kinds. A set has no order, so
    it is no list."""
    if isinstance(value, (collections.abc.KeysView, collections.abc.ValuesView)):
        return list(value)
    raise Unreadable(type(value).__name__)


def written(value: typing.Any) -> dict[str, typing.Any]:
    """What is told of a value: itself, or why it cannot be told."""
    try:
        json.dumps(value, default=plain)
    except Unreadable as error:
        return {"unreadable": str(error)}
    except (TypeError, ValueError, RecursionError):  # odd keys, a circle, or too deep
        return {"unreadable": type(value).__name__}
    return {"value": value}


def line_of(error: BaseException) -> int:
    """The last line of the answer that was on the way to the error; 0 where there is none."""
    if isinstance(error, SyntaxError) and error.filename == FILE:
        return error.lineno or 0
    frames = traceback.extract_tb(error.__traceback__)
    return next((frame.lineno or 0 for frame in reversed(frames) if frame.filename == FILE), 0)


def main() -> None:
    """Do the job that stands on the first line."""
    questions, answers = sys.stdin, sys.stdout
    job = json.loads(questions.readline())
    printed = Printed(job["limits"]["printed"])
    sys.stdout = sys.stderr = printed
    sys.stdin = None

    def tell(**what: typing.Any) -> None:
        answers.write(json.dumps(what, default=plain) + "\n")
        answers.flush()

    def ask(sql: str, parameters: typing.Any) -> typing.Any:
        # What JSON does not know, such as a date, crosses as a text, which DuckDB can read.
        answers.write(json.dumps({"sql": sql, "parameters": parameters}, default=str) + "\n")
        answers.flush()
        reply = json.loads(questions.readline())
        if "error" in reply:
            raise RuntimeError(reply["error"])
        return reply["rows"]

    shut(job["limits"], job["room"], job["user"])
    names = None
    for line in iter(questions.readline, ""):
        printed.text = ""
        try:
            one = json.loads(line)
            names = names or load(job["code"])
            given = [Database(ask)] if one["database"] else []
            told = written(function_of(names, one["function"])(*given, *one["arguments"]))
        except BaseException as error:  # noqa: BLE001  whatever the answer raises is told
            words = str(error.msg if isinstance(error, SyntaxError) else error)[:500]
            told = {"raised": type(error).__name__, "words": words, "line": line_of(error)}
        tell(**told, printed=printed.text)


if __name__ == "__main__":
    main()
