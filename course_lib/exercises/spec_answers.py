"""The answers of a spec: model solutions, and wrong answers with what each must fail."""

from __future__ import annotations

from collections.abc import Mapping

from .exercise import Solution, Task, WrongAnswer
from .toml_section import Section, line_of, sections

MIN_SOLUTIONS = 2


def read_solutions(top: Section, task: Task) -> tuple[Solution, ...]:
    """The model solutions, at least two. Raises SpecError for one that answers something else."""
    found = []
    for section in sections(top, "solution"):
        section.only(("name", "answer", "own_state"))
        name, answer = section.text_of("name"), _answer(section, task)
        found.append(Solution(name, answer, _line(section), section.flag("own_state")))
    if len(found) < MIN_SOLUTIONS:
        raise top.error(f"there are fewer than {MIN_SOLUTIONS} [[solution]] answers")
    return tuple(found)


def read_wrong_answers(top: Section, task: Task) -> tuple[WrongAnswer, ...]:
    """The wrong answers. Raises SpecError for one that names a requirement that there is not."""
    found = []
    ids = [requirement.id for requirement in task.requirements]
    for section in sections(top, "wrong"):
        section.only(("name", "answer", "fails", "phrase", "also"))
        fails = section.text_of("fails")
        also = section.texts_of("also") if "also" in section.values else ()
        for key, names in (("fails", (fails,)), ("also", also)):
            for one in names:
                if one not in ids:
                    raise section.error(f"{one!r} is no requirement of this exercise", key)
        name, phrase = section.text_of("name"), section.text_of("phrase")
        answer = _answer(section, task)
        found.append(WrongAnswer(name, answer, fails, phrase, _line(section), also))
    return tuple(found)


def _answer(section: Section, task: Task) -> str | Mapping[str, str]:
    """The text of the only migration or of the function, or of each one by its name."""
    found = section.values.get("answer")
    if task.function is not None:
        return section.text_of("answer")
    if len(task.migrations) == 1 or isinstance(found, str):
        if len(task.migrations) > 1:
            sentence = f"several migrations are asked for: write [{section.name}.answer]"
            raise section.error(sentence, "answer")
        return section.text_of("answer")
    answer = section.get("answer", dict)
    names = [*(one.name for one in task.migrations), *(one.name for one in task.earlier)]
    for name, text in answer.items():
        if not isinstance(text, str):
            raise section.error_below(f"{section.name}.answer", f"{name!r} has to be a text", name)
    if not set(answer) & set(names):
        raise section.error_below(
            f"{section.name}.answer", f"the answer holds none of {', '.join(names)}"
        )
    return dict(answer)


def _line(section: Section) -> int:
    return line_of(section.text, section.name, section.index, "answer")
