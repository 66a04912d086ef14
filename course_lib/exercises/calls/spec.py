"""The function that a spec asks for, and its calls; every mistake has its file and line."""

from __future__ import annotations

import json
import keyword
from typing import Any

from ..asked_function import AskedFunction, Call, HiddenCalls
from ..toml_section import Section, sections

DRAW = "draw"
MOST = 200
"""Calls of one `[[hidden]]`; all of an answer's calls share a few seconds."""


def read_function(top: Section) -> AskedFunction:
    """The `[function]` of a spec and each `[[call]]`. Raises SpecError."""
    values = top.get("function", dict)
    section = Section(top.file, top.text, "function", 0, values)
    section.only(("name", "stub", "schema"))
    name = _name(section, "name")
    calls: list[Call] = []
    for one in sections(top, "call"):
        one.only(("name", "title", "arguments", "returns", "function", "before"))
        arguments = _json(one, "arguments")
        if not isinstance(arguments, list):
            raise one.error("'arguments' has to be a list in JSON: '[[\"a\"], 1]'", "arguments")
        name_of_call, title = one.text_of("name"), one.text_of("title")
        call = Call(name_of_call, title, tuple(arguments), *_more(top, one))
        if call.name in [other.name for other in calls]:
            raise one.error(f"there are two calls {call.name!r}", "name")
        calls.append(call)
    if not calls:
        raise top.error("there is no [[call]]")
    schema = section.text_of("schema") if "schema" in values else ""
    return AskedFunction(name, section.text_of("stub"), tuple(calls), schema)


def read_returns(top: Section) -> dict[str, Any]:
    """What the spec says that calls return, by their names; it may say nothing."""
    return {
        one.text_of("name"): _json(one, "returns")
        for one in sections(top, "call")
        if "returns" in one.values
    }


def read_hidden_calls(top: Section) -> tuple[HiddenCalls, ...]:
    """Each `[[hidden]]` of a spec that asks for a function. Raises SpecError."""
    found = []
    for section in sections(top, "hidden"):
        section.only(("name", "title", "calls", "code", "function", "before"))
        number = section.get("calls", int)
        if not 1 <= number <= MOST:
            raise section.error(f"'calls' is a number from 1 to {MOST}", "calls")
        code = section.text_of("code")
        try:
            compiled = compile(code, "code of hidden calls", "exec")
        except SyntaxError as error:
            sentence = f"Python cannot read the code: {error.msg} in its line {error.lineno}"
            raise section.error(sentence, "code") from None
        if DRAW not in compiled.co_names:
            raise section.error(f"the code has no function {DRAW}(dice)", "code")
        name, title = section.text_of("name"), section.text_of("title")
        found.append(HiddenCalls(name, title, number, code, *_more(top, section)))
    return tuple(found)


def _name(section: Section, key: str) -> str:
    name = section.text_of(key)
    if not name.isidentifier() or keyword.iskeyword(name):
        raise section.error(f"{name!r} is not a name that a function can have", key)
    return name


def _more(top: Section, section: Section) -> tuple[str, str]:
    """The function that is called, where it is not the one that is asked for, and the SQL before
    it."""
    before = section.text_of("before") if "before" in section.values else ""
    if before and "schema" not in top.get("function", dict):
        raise section.error("'before' is for a function with a database", "before")
    return _name(section, "function") if "function" in section.values else "", before


def _json(section: Section, key: str) -> Any:
    try:
        return json.loads(section.text_of(key))
    except json.JSONDecodeError as error:
        raise section.error(f"{key!r} is not JSON: {error.msg}", key) from None
