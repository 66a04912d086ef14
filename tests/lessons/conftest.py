"""The course, built once for all tests of this room."""

from __future__ import annotations

import pytest

from course_lib.authoring import make_site

from .running import LESSONS, Site


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """`notebooks/` and `course/`, as the build writes them."""
    root = tmp_path_factory.mktemp("site")
    made = make_site(LESSONS)
    assert made.problems == ()
    files = {f"notebooks/{name}": content for name, content in made.notebooks.items()}
    files |= {f"course/{name}": content for name, content in made.course.items()}
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    (root / "course" / "secret.txt").write_text("a secret of this class\n")
    return Site(root, files)
