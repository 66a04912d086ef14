"""The Jupyter server of the course, for JupyterLab here and for any front end on Binder."""

import os

from jupyter_client.kernelspec import NATIVE_KERNEL_NAME, KernelSpec, KernelSpecManager

c = get_config()  # type: ignore[name-defined]  # noqa: F821 - Jupyter provides it

# A learner's file browser shows notebooks. lessons/ holds model answers; the rest is machinery.
c.ContentsManager.hide_globs = [
    "__pycache__",
    "*.pyc",
    "*.pyo",
    ".DS_Store",
    "*~",
    "*.egg-info",
    "lessons",
    "course_lib",
    "delivery",
    "tests",
    "benchmarks",
    "requirements",
    "binder",
    "etc",
]

if os.name != "nt":
    # Where the server has no terminal of its own, Jupyter would start a login shell, whose
    # profile can reset PATH and so lose the `updown` command.
    c.ServerApp.terminado_settings = {"shell_command": [os.environ.get("SHELL") or "/bin/sh"]}

# Looking for language servers runs npm, which leaves its logs in the home folder.
c.LanguageServerManager.autodetect = False

# The instructor's pages start with the instructor's course folder, not with a learner's.
c.ServerApp.jpserver_extensions = {
    "nbgrader.server_extensions.assignment_list": False,
    "nbgrader.server_extensions.course_list": False,
    "nbgrader.server_extensions.formgrader": False,
}


class CourseKernels(KernelSpecManager):
    """Python kernels say which cell comes first, also before one has imported the course."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        spec = super().get_kernel_spec(kernel_name)
        if kernel_name == NATIVE_KERNEL_NAME:
            spec.argv = [*spec.argv, "--ext=course_lib.notebook.unopened"]
        return spec


c.ServerApp.kernel_spec_manager_class = CourseKernels
