"""The requirements of a spec: what all of them have, the keys of each kind, and what needs what."""

from __future__ import annotations

import string
from collections.abc import Mapping
from typing import Any

from .asked_function import AskedFunction
from .calls import CALL_KINDS, FIRST_OF_CALLS
from .exercise import Requirement, Task
from .kinds import FIRST, KINDS, SEVERAL, Key
from .toml_section import Section, sections

_TEXTS = ("id", "title", "reason", "consequence", "where")
_KEYS = (*_TEXTS, "kind", "points", "needs", "fact")


def read_requirements(top: Section) -> tuple[Requirement, ...]:
    """The requirements in teaching order. Raises SpecError where one cannot be read, or needs one
    that does not stand above it."""
    found: list[Requirement] = []
    kinds: Mapping[str, Mapping[str, Key]] = {name: kind.keys for name, kind in KINDS.items()}
    first_kind = FIRST
    if "function" in top.values:
        kinds = {name: kind.keys for name, kind in CALL_KINDS.items()}
        first_kind = FIRST_OF_CALLS
    all_of_them = list(sections(top, "requirement"))
    needs = {str(s.values.get("id")): list(s.values.get("needs", ())) for s in all_of_them}
    for section in all_of_them:
        requirement = _requirement(section, kinds)
        above = [one.id for one in found]
        if requirement.id in above:
            raise section.error(f"there are two requirements {requirement.id!r}", "id")
        for need in requirement.needs:
            if need not in above:
                raise section.error(_wrong_need(requirement.id, need, needs), "needs")
        if (requirement.kind == first_kind) is not (not found):
            sentence = f"the first requirement, and no other, is of kind {first_kind}"
            raise section.error(sentence, "kind")
        found.append(requirement)
    if not found:
        raise top.error("there is no [[requirement]]")
    return tuple(found)


def check_requirements(top: Section, task: Task, hidden_calls: tuple[str, ...]) -> None:
    """Raise SpecError where a requirement does not fit the exercise that it stands in."""
    if task.function is not None:
        _check_calls(top, [one.name for one in task.function.calls], hidden_calls)
        _check_database(top, task.function)
        return
    for section, requirement in zip(sections(top, "requirement"), task.requirements, strict=True):
        kind = KINDS[requirement.kind]
        if kind.needs_down and not task.reversible:
            sentence = f"{requirement.kind} has no place where every migration is irreversible"
            raise section.error(sentence, "kind")
        for key, sentence in kind.complaints(task, requirement.parameters):
            raise section.error(sentence, key)
    kinds = [requirement.kind for requirement in task.requirements]
    if len(task.migrations) > 1 and SEVERAL not in kinds:
        raise top.error(
            f"several migrations are asked for, and no requirement is of kind {SEVERAL}"
        )


def _check_calls(top: Section, visible: list[str], hidden: tuple[str, ...]) -> None:
    for section in sections(top, "requirement"):
        named = section.values.get("calls", ())
        for name in named:
            if name not in (*visible, *hidden):
                raise section.error(f"{name!r} is no [[call]] and no [[hidden]]", "calls")
        if named and not set(named) & set(visible):
            sentence = "a learner sees none of these calls, so the check would promise the points"
            raise section.error(sentence, "calls")


def _check_database(top: Section, function: AskedFunction) -> None:
    """What a function with a database returns is not compared, and one without leaves nothing."""
    for section in sections(top, "requirement"):
        kind = section.text_of("kind")
        needs = CALL_KINDS[kind].database
        if needs and not function.schema:
            sentence = f"{kind} is for a function with a database, and [function] has no 'schema'"
            raise section.error(sentence, "kind")
        if not needs and kind != FIRST_OF_CALLS and function.schema:
            sentence = f"{kind} is for a function without a database"
            raise section.error(sentence, "kind")


def _requirement(section: Section, kinds: Mapping[str, Mapping[str, Key]]) -> Requirement:
    name = section.text_of("kind")
    keys = kinds.get(name)
    if keys is None:
        raise section.error(f"{name!r} is not one of the kinds {', '.join(kinds)}", "kind")
    parameters = _parameters(section, keys)
    points = section.get("points", int)
    if points < 1:
        raise section.error("a requirement is worth at least 1 point", "points")
    fact = section.text_of("fact")
    if {field for _, field, _, _ in string.Formatter().parse(fact) if field is not None} - {"n"}:
        raise section.error("the only placeholder of a fact is {n}", "fact")
    texts = {key: section.text_of(key) for key in _TEXTS}
    return Requirement(
        **texts,
        kind=name,
        points=points,
        needs=section.texts_of("needs"),
        parameters=parameters,
        fact=fact,
    )


def _parameters(section: Section, keys: Mapping[str, Key]) -> dict[str, Any]:
    for key in section.values:
        if key not in _KEYS and key not in keys:
            own = ", ".join(keys) or "no keys of its own"
            sentence = f"{key!r} is not a key of {section.values['kind']}, which has {own}"
            raise section.error(sentence, key)
    return {key: _parameter(section, key, how) for key, how in keys.items()}


def _parameter(section: Section, key: str, how: Key) -> Any:
    if not how.needed and key not in section.values:
        return list(how.default) if how.type is list else how.default
    found = section.get(key, how.type)
    if how.one_of and found not in how.one_of:
        raise section.error(f"{key!r} is {found!r}, not one of {', '.join(how.one_of)}", key)
    return found


def _wrong_need(requirement: str, need: str, needs: dict[str, list[str]]) -> str:
    """Why a need cannot be: there is none of that name, a circle, or it stands further down."""
    if need not in needs:
        return f"{need!r} is no requirement of this exercise"
    way = _way(need, requirement, needs, ())
    if way:
        return f"a circle: {requirement} needs {' needs '.join(way)}"
    return f"{need!r} stands below; put what is needed above what needs it"


def _way(
    start: str, end: str, needs: dict[str, list[str]], passed: tuple[str, ...]
) -> tuple[str, ...]:
    """The requirements from one that is needed to another, both included; none without a way."""
    if start == end:
        return (end,)
    for following in needs.get(start, ()):
        if following not in passed:
            way = _way(following, end, needs, (*passed, start))
            if way:
                return (start, *way)
    return ()
