"""How the course reaches a machine: its environment, JupyterLab, the checks, the pins.

Standard library only, since this runs before anything is installed.
"""
