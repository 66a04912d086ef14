"""All that a build makes, in memory: the learners' files and the instructor's, as bytes by path."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from course_lib.authoring.bounds import DEMANDED, bounds_of
from course_lib.authoring.found import find_lessons, lesson_name
from course_lib.authoring.lesson import LessonProblem, read_lesson
from course_lib.authoring.lint import Asked, find_problems
from course_lib.authoring.measure import NOTE, Measured, measure_lesson
from course_lib.authoring.notebook import make_notebook, sources_digest
from course_lib.authoring.outside import find_outside
from course_lib.authoring.quizzes import read_quizzes
from course_lib.exercises import Exercise, SpecError, load_spec, publish
from course_lib.grading import release_notebook, write_notebook
from course_lib.notebook.answer_places import answer_places
from course_lib.timeline.scenes import SceneError, read_scene

DATA_FILES = ("world.sql", "quiz.toml")
TAKE_HOME = "take-home"
"""A folder of a lesson that learners copy, to use it at work. It is carried as it is."""

CONFIGURATION = b'''"""nbgrader's configuration of this class: written once, then yours."""

from pathlib import Path

from course_lib.grading import configure

configure(get_config(), Path(__file__).parent)  # noqa: F821
'''


@dataclass(frozen=True)
class Site:
    """Files by path (forward slashes): `notebooks` in notebooks/, `course` in the course folder.

    With problems the files are incomplete and nothing may be written.
    """

    lessons: tuple[str, ...] = ()
    notebooks: Mapping[str, bytes] = field(default_factory=dict)
    course: Mapping[str, bytes] = field(default_factory=dict)
    problems: tuple[LessonProblem, ...] = ()

    def __or__(self, other: Site) -> Site:
        return Site(
            self.lessons + other.lessons,
            {**self.notebooks, **other.notebooks},
            {**self.course, **other.course},
            self.problems + other.problems,
        )


OnLesson = Callable[[str, int, int], None]
"""Told before each lesson is built: its name, how many were built before it, and of how many."""


def make_site(lessons: Path, on_lesson: OnLesson | None = None) -> Site:
    """Build every lesson of a `lessons/` folder in memory. Two builds of one text are equal.

    Drafts, which stand in `lessons/drafts/`, are not built.
    """
    site, root = Site(course={"nbgrader_config.py": CONFIGURATION}), lessons.parent
    texts = find_lessons(lessons)
    for number, text in enumerate(texts):
        if on_lesson is not None:
            on_lesson(lesson_name(text), number, len(texts))
        is_lesson = text.name == "lesson.md"
        made = make_lesson(text.parent, root) if is_lesson else make_page(text, root)
        outside = () if made.problems else _keep_bounds(text, root)
        site |= Site(problems=outside) if outside else made
    return site


def make_page(text: Path, root: Path) -> Site:
    """Build a page without exercises in memory, such as the start page. It is below `root`."""
    page = _read_notebook(text, text.stem, {}, (), root)
    if not isinstance(page, NotebookNode):
        return Site(problems=page)
    return Site(notebooks={f"{text.stem}.ipynb": release_notebook(page).encode()})


def _keep_bounds(text: Path, root: Path) -> tuple[LessonProblem, ...]:
    """What the build demands of a lesson that can be read, and what it does not keep."""
    measured = measure_lesson(text, root)
    if not isinstance(measured, Measured):
        return measured
    bounds = bounds_of(measured.lesson)
    outside = find_outside(measured, bounds) if bounds else ()
    return tuple(one.problem for one in outside if one.bound in DEMANDED)


def make_lesson(folder: Path, root: Path) -> Site:
    """Build one lesson in memory, whatever its bounds. `folder` stands somewhere below `root`."""
    lesson = folder.name
    specs, problems = _read_specs(folder, root)
    quizzes, bank_problems = read_quizzes(folder, root)
    scenes, scene_problems = _read_scenes(folder / "scenes", root)
    if problems or bank_problems or scene_problems:
        return Site(problems=problems + bank_problems + scene_problems)
    asked = {
        name: Asked(
            exercise.task.max_points,
            tuple(place.first_line for place in answer_places(exercise.task)),
        )
        for name, (exercise, _) in specs.items()
    }
    source = _read_notebook(folder / "lesson.md", lesson, asked, quizzes, root, tuple(scenes))
    if not isinstance(source, NotebookNode):
        return Site(problems=source)
    data = {name: (folder / name).read_bytes() for name in DATA_FILES if (folder / name).exists()}
    for path in sorted(path for path in (folder / TAKE_HOME).rglob("*") if path.is_file()):
        data[path.relative_to(folder).as_posix()] = path.read_bytes()
    for name, (_, public) in specs.items():
        data[f"exercises/{name}.json"] = public
    for name, text in scenes.items():
        data[f"scenes/{name}.toml"] = text
    notebooks = {f"{lesson}/{name}": content for name, content in data.items()}
    course = {f"source/{lesson}/{name}": content for name, content in data.items()}
    notebooks[f"{lesson}/{lesson}.ipynb"] = release_notebook(source).encode()
    course[f"source/{lesson}/{lesson}.ipynb"] = write_notebook(source).encode()
    for name in specs:
        spec = folder / "exercises" / f"{name}.toml"
        course[f"specs/{lesson}/{spec.name}"] = spec.read_bytes()
    if (folder / NOTE).exists():
        # Not below source/: nbgrader releases to learners whatever stands there.
        course[f"instructor/{lesson}.md"] = (folder / NOTE).read_bytes()
    return Site((lesson,), notebooks, course)


def _read_specs(
    folder: Path, root: Path
) -> tuple[dict[str, tuple[Exercise, bytes]], tuple[LessonProblem, ...]]:
    """The exercises of a lesson by name, each with its public part as the bytes of a JSON file."""
    specs: dict[str, tuple[Exercise, bytes]] = {}
    problems: list[LessonProblem] = []
    for path in sorted((folder / "exercises").glob("*.toml")):
        name = path.relative_to(root).as_posix()
        try:
            exercise = load_spec(path)
            public = json.dumps(publish(exercise), indent=1, ensure_ascii=False) + "\n"
        except SpecError as error:
            problems.append(LessonProblem(name, error.line, error.sentence))
            continue
        specs[path.stem] = (exercise, public.encode())
        if exercise.task.lesson != folder.name:
            sentence = (
                f"lesson = {exercise.task.lesson!r} is not the folder's name, {folder.name!r}."
            )
            problems.append(LessonProblem(name, None, sentence))
    return specs, tuple(problems)


def _read_scenes(folder: Path, root: Path) -> tuple[dict[str, bytes], tuple[LessonProblem, ...]]:
    """A lesson's scenes by id, as the bytes of their files; a lesson may have none."""
    scenes: dict[str, bytes] = {}
    problems: list[LessonProblem] = []
    for path in sorted(folder.glob("*.toml")):
        name = path.relative_to(root).as_posix()
        try:
            scene = read_scene(path)
        except SceneError as error:
            problems += [LessonProblem(name, one.line, one.sentence) for one in error.problems]
            continue
        scenes[path.stem] = path.read_bytes()
        if scene.id != path.stem:
            sentence = f"id = {scene.id!r} is not the file's name, {path.stem!r}."
            problems.append(LessonProblem(name, None, sentence))
    return scenes, tuple(problems)


def _read_notebook(
    path: Path,
    lesson: str,
    exercises: Mapping[str, Asked],
    quizzes: tuple[str, ...],
    root: Path,
    scenes: tuple[str, ...] = (),
) -> NotebookNode | tuple[LessonProblem, ...]:
    """The instructor's notebook of one text, or the problems of that text."""
    name = path.relative_to(root).as_posix()
    try:
        text = read_lesson(path.read_text(encoding="utf-8"), name)
    except UnicodeDecodeError as error:
        sentence = f"the text is not UTF-8 (byte {error.start}). Save it as UTF-8."
        return (LessonProblem(name, None, sentence),)
    problems = text.problems or find_problems(text, exercises, quizzes, scenes)
    if problems:
        return problems
    source = make_notebook(text.cells, lesson)
    released = nbformat.reads(release_notebook(source), as_version=4)  # type: ignore[no-untyped-call]
    # A later build compares the notebook on disk with this, and so sees what people edited.
    source.metadata["updown"] = {"released": sources_digest(released)}
    return source
