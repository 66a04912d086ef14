"""Start JupyterLab on the course, with everything that Jupyter writes inside the checkout."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence

from delivery.checkout import Checkout

FOREIGN = ("JUPYTER_PATH", "PYTHONHOME", "PYTHONPATH")
"""Variables that would bring another installation's kernels, extensions or packages in."""

SLOWING = ("PYTHONDONTWRITEBYTECODE",)
"""Many container images set it. Each kernel and each command would then compile the library anew,
which is a third of the time that a command takes."""


def course_environment(checkout: Checkout, outer: Mapping[str, str]) -> dict[str, str]:
    """`outer` with Jupyter's and IPython's folders under `.cache` and the course's commands first.

    So the course neither reads the settings in a person's home folder nor writes there.
    """
    jupyter = checkout.cache / "jupyter"
    left_out = FOREIGN + SLOWING
    environment = {name: value for name, value in outer.items() if name not in left_out}
    environment |= {
        "JUPYTER_CONFIG_PATH": str(checkout.root / "etc"),
        "JUPYTER_CONFIG_DIR": str(jupyter / "config"),
        "JUPYTER_DATA_DIR": str(jupyter / "data"),
        "JUPYTER_RUNTIME_DIR": str(jupyter / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(jupyter / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(jupyter / "workspaces"),
        "IPYTHONDIR": str(checkout.cache / "ipython"),
        "VIRTUAL_ENV": str(checkout.venv),
        "PATH": os.pathsep.join([str(checkout.scripts), outer.get("PATH", os.defpath)]),
    }
    return environment


def start_lab(checkout: Checkout, arguments: Sequence[str]) -> int:
    """Run JupyterLab until it is stopped; `arguments` are its own. Gives its exit code."""
    command = [str(checkout.python), "-m", "jupyterlab", *arguments]
    if os.name != "nt" and os.geteuid() == 0:
        # In a container people are often root, and Jupyter would refuse to start.
        command.append("--allow-root")
    environment = course_environment(checkout, os.environ)
    os.chdir(checkout.root)
    if os.name != "nt":
        # JupyterLab takes this process's place, so that Ctrl-C and signals reach it directly.
        os.execve(command[0], command, environment)
    return subprocess.run(command, env=environment).returncode
