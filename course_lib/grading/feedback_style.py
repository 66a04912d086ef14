"""How a feedback page looks beyond nbgrader's own style: links, tables, and a dark theme."""

from __future__ import annotations

STYLE = """<style>
:root { color-scheme: light; --page-link: #1f4e79; }
a { color: var(--page-link); text-decoration: underline; }
.nbgrader_cell .panel-heading a { color: #fff !important; }
div.nbgrader_cell .panel-heading { height: auto; display: flow-root; }
div.input_area, .highlight pre { background: #fff; }
.rendered_html table { margin: .5em 0 1em; }
.rendered_html :is(th, td) { padding: .3em .9em .3em 0; vertical-align: top;
  border-bottom: 1px solid #8884; }
@media screen and (prefers-color-scheme: dark) {
:root { color-scheme: dark; --page-link: #8ec3f7;
  --jp-ui-font-color1: #e8edf2; --jp-ui-font-color2: #b3bdc7;
  --jp-content-font-color1: #e8edf2; --jp-content-font-color2: #b3bdc7;
  --jp-layout-color1: #14181d; --jp-layout-color2: #1d232a;
  --jp-border-color1: #55606c; --jp-border-color2: #55606c;
  --jp-success-color1: #4fb286; --jp-error-color1: #f2786b; --jp-warn-color1: #e0a03c; }
body, .panel { background: #14181d; color: #e8edf2; }
.panel, .panel-default > .panel-heading, .panel-footer, blockquote { border-color: #333c46; }
.panel-default > .panel-heading, .panel-footer { background: #1d232a; color: #e8edf2; }
.panel-primary > .panel-heading { background: #1f5686; border-color: #1f5686; }
.panel-primary { border-color: #1f5686; }
.nbgrader_cell .panel-heading .score, .score { color: inherit; }
pre, div.input_area, .nbgrader_cell .input_area, .highlight, .highlight pre {
  background: #1d232a; color: #e8edf2; border-color: #333c46; }
code { background: #262d35; color: #f3a6bb; }
li.late-penalty { color: #f2786b; }
.highlight span[class] { color: #e8edf2; }
.highlight span[class^="c"] { color: #9fb0bf; }
.highlight span[class^="k"], .highlight span.ow { color: #86c5ff; }
.highlight span[class^="s"] { color: #f0b380; }
.highlight span[class^="m"] { color: #9ad8a6; }
.highlight span:is(.nb, .nc, .nf, .nn, .nt) { color: #cdb2f7; }
} </style>"""
"""Goes to the end of the page's head. In the dark it gives the verdict and the magics' outputs,
which take JupyterLab's colours where there are some, those of the page. On paper it is light."""
