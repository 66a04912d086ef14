"""From a built site to files, without losing what people made."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

import nbformat

from course_lib.authoring.course_site import DATA_FILES, TAKE_HOME, Site
from course_lib.authoring.notebook import sources_digest

SECRET = "secret.txt"
CONFIGURATION = "nbgrader_config.py"


def find_differences(site: Site, notebooks: Path) -> tuple[str, ...]:
    """One sentence for each file of `notebooks` that is not what the lessons' text gives."""
    sentences = []
    for name, content in sorted(site.notebooks.items()):
        path = notebooks / name
        place = f"{notebooks.name}/{name}"
        if not path.exists():
            sentences.append(f"{place} is missing, and lessons/ gives it.")
        elif path.read_bytes() != content:
            sentences.append(f"{place} differs from what lessons/ gives.")
    for path in _find_stale(site.notebooks, notebooks):
        sentences.append(f"{_place(path, notebooks)} comes from no lesson.")
    # Somebody may have made these, so a build does not delete them as it does those above.
    for path in sorted(notebooks.glob(f"*/{TAKE_HOME}/**/*")):
        if path.is_file() and _name(path, notebooks) not in site.notebooks:
            place = _place(path, notebooks)
            sentences.append(f"{place} comes from no lesson. Delete it, if you did not make it.")
    return tuple(sentences)


def find_edited(site: Site, notebooks: Path) -> tuple[str, ...]:
    """One sentence for each notebook whose cells somebody edited and that a build would replace."""
    paths = [notebooks / name for name in sorted(site.notebooks) if name.endswith(".ipynb")]
    paths += [path for path in _find_stale(site.notebooks, notebooks) if path.suffix == ".ipynb"]
    return tuple(
        f"{_place(path, notebooks)} was edited after it was built, so replacing it would lose that"
        " work. Move it away or delete it, then build again."
        for path in paths
        if path.exists() and _is_edited(path, site.notebooks.get(_name(path, notebooks)))
    )


def write_site(site: Site, notebooks: Path, course: Path) -> None:
    """Write the learners' files and the course folder, and delete files that earlier builds left.

    Call it only on a site without problems and when `find_edited` finds nothing. Only files that a
    build makes are touched; `secret.txt` and `nbgrader_config.py` are made once and kept.
    """
    for path in _find_stale(site.notebooks, notebooks):
        path.unlink()
    _write_files(site.notebooks, notebooks)
    write_course(site, course)


def write_course(site: Site, course: Path) -> None:
    """The instructor's half of `write_site`: the course folder alone."""
    for path in _find_stale_in_course(site, course):
        path.unlink()
    # Where work is exchanged, and other choices of a class, are lines of its configuration.
    kept = {CONFIGURATION} if (course / CONFIGURATION).exists() else set()
    _write_files({n: text for n, text in site.course.items() if n not in kept}, course)
    _make_secret(course / SECRET)


def find_replaced(site: Site, course: Path) -> tuple[Path, ...]:
    """The files of the course folder that `write_course` would delete or write over."""
    changed = [
        course / name
        for name, content in sorted(site.course.items())
        if name != CONFIGURATION
        and (course / name).exists()
        and (course / name).read_bytes() != content
    ]
    return (*changed, *_find_stale_in_course(site, course))


def _write_files(files: Mapping[str, bytes], folder: Path) -> None:
    for name, content in files.items():
        path = folder / name
        if path.exists() and path.read_bytes() == content:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _make_secret(path: Path) -> None:
    """The secret of this class: the rows of its hidden worlds come from it. For its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32) + "\n")


def _find_stale(files: Mapping[str, bytes], notebooks: Path) -> list[Path]:
    """Files that a build made, by their names, and that no lesson gives any more."""
    found = [*notebooks.glob("*/exercises/*.json")]
    for folder in notebooks.glob("*/"):
        found += [folder / name for name in (*DATA_FILES, f"{folder.name}.ipynb")]
    return sorted(path for path in found if path.exists() and _name(path, notebooks) not in files)


def _find_stale_in_course(site: Site, course: Path) -> list[Path]:
    patterns = ("source/*/exercises/*.json", "specs/*/*.toml", "instructor/*.md")
    found = sorted(path for pattern in patterns for path in course.glob(pattern))
    return [path for path in found if _name(path, course) not in site.course]


def _is_edited(path: Path, built: bytes | None) -> bool:
    if path.read_bytes() == built:
        return False
    try:
        text = path.read_text(encoding="utf-8")
        notebook = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
        released = notebook.metadata["updown"]["released"]
    except (ValueError, KeyError, TypeError, AttributeError):
        return True  # not a notebook that a build wrote
    return bool(sources_digest(notebook) != released)


def _name(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def _place(path: Path, folder: Path) -> str:
    return f"{folder.name}/{_name(path, folder)}"
