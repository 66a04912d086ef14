"""Scripts and styles of the widgets: small, typed, offline, and below their own prefix alone."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from course_lib.widgets.assets import (
    QUIZ,
    QUIZ_STYLE,
    STAGE,
    STAGE_STYLE,
    STATIC,
    TIMELINE,
    TIMELINE_STYLE,
    joined,
)

MODULES = {"quiz": QUIZ, "timeline": TIMELINE, "stage": STAGE}
STYLES = {"quiz": QUIZ_STYLE, "timeline": TIMELINE_STYLE, "stage": STAGE_STYLE}
TYPESCRIPT = "typescript@5.9.3"
LIBRARIES = "es2022,dom,dom.iterable"


def test_every_file_is_part_of_a_widget() -> None:
    known = {name for files in (*MODULES.values(), *STYLES.values()) for name in files}
    found = {path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*") if path.is_file()}
    assert found == known


@pytest.mark.parametrize("files", [*MODULES.values(), *STYLES.values()])
def test_what_a_widget_carries_is_small_and_asks_no_network(files: tuple[str, ...]) -> None:
    text = joined(files)
    assert len(text.encode()) < 20_000
    for word in ("http:", "https:", "//cdn", "import ", "import(", "@import", "fetch(", "url("):
        assert word not in text


@pytest.mark.parametrize("widget", STYLES)
def test_every_style_rule_is_below_the_prefix_and_names_no_element(widget: str) -> None:
    css = re.sub(r"/\*[\s\S]*?\*/", "", joined(STYLES[widget]))
    css = re.sub(r"@keyframes [^{]+\{(?:[^{}]*\{[^{}]*\})*\s*\}", "", css)
    heads = [head.strip() for head in re.findall(r"([^{}]+)\{", css)]
    heads = [head for head in heads if not head.startswith("@")]
    assert len(heads) > 30
    for head in heads:
        assert ".updown-" in head, head
        bare = re.sub(r"\[[^\]]*\]|::?[a-z-]+", "", head)
        for part in re.split(r"[\s,()]+", bare.strip(" ,()")):
            assert part == "" or part.startswith("."), head


@pytest.mark.parametrize("widget", MODULES)
def test_the_types_of_the_script_hold(widget: str, tmp_path: Path) -> None:
    """`tsc --checkJs --strict` over the module as it is joined, with the comments of its types."""
    npx = shutil.which("npx")
    if npx is None and "CI" not in os.environ:
        pytest.skip("there is no npx on this machine; CI has it")
    assert npx is not None
    module = tmp_path / f"{widget}.js"
    module.write_text("\n".join((STATIC / name).read_text() for name in MODULES[widget]))
    options = "--noEmit --allowJs --checkJs --strict --target es2022 --module es2022 --lib"
    done = subprocess.run(
        [npx, "--yes", "--package", TYPESCRIPT, "tsc", *options.split(), LIBRARIES, module.name],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == 0, done.stdout + done.stderr
