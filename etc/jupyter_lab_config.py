"""JupyterLab opens on the course's start page, with the whole checkout in reach."""

c = get_config()  # type: ignore[name-defined]  # noqa: F821 - Jupyter provides it

c.LabApp.default_url = "/lab/tree/notebooks/00-start.ipynb"
