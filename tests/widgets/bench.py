"""A page without Jupyter for widgets' scripts: a fake model in the page, the real one in Python."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Browser, Page

from course_lib.widgets import QuizWidget
from course_lib.widgets.assets import QUIZ, QUIZ_STYLE, joined

# The colours of JupyterLab's two themes that the widgets ask for.
THEMES = {
    "light": {
        "content-font-color1": "rgba(0, 0, 0, 0.87)",
        "content-font-color2": "rgba(0, 0, 0, 0.54)",
        "layout-color0": "#fff",
        "layout-color2": "#eee",
        "border-color0": "#bdbdbd",
        "brand-color1": "#1976d2",
        "success-color1": "#388e3c",
        "warn-color1": "#f57c00",
    },
    "dark": {
        "content-font-color1": "#fff",
        "content-font-color2": "rgba(255, 255, 255, 0.7)",
        "layout-color0": "#111",
        "layout-color2": "#424242",
        "border-color0": "#616161",
        "brand-color1": "#2196f3",
        "success-color1": "#388e3c",
        "warn-color1": "#f57c00",
    },
}

_SCRIPT = """
const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
const { default: widget } = await import(url);
window.models = {};
window.metadata = {};
window.heard = [];
window.keys = [];
document.addEventListener("keydown", (event) => window.keys.push(event.key));
function model(id, traits) {
  const acts = {};
  const context = { model: {
    getMetadata: (key) => window.metadata[key],
    setMetadata: (key, value) => { window.metadata[key] = value; },
  } };
  return {
    get: (name) => traits[name],
    on: (event, act) => (acts[event] ??= new Set()).add(act),
    off: (event, act) => acts[event]?.delete(act),
    listeners: () => Object.values(acts).reduce((sum, set) => sum + set.size, 0),
    send: (content) => window.intent(id, content),
    widget_manager: { context },
    receive(next) {
      const changed = Object.keys(next).filter(
        (name) => JSON.stringify(traits[name]) !== JSON.stringify(next[name]));
      Object.assign(traits, next);
      for (const name of changed) for (const act of [...(acts[`change:${name}`] ?? [])]) act();
    },
  };
}
window.open_model = (id, traits) => { window.models[id] = model(id, traits); };
window.open_view = (id) => {
  const el = document.createElement("div");
  el.className = "view";
  document.querySelector("main").append(el);
  const end = widget.render({ model: window.models[id], el });
  const live = el.querySelector(".updown-quiz-live");
  new MutationObserver(() => { if (live.textContent) window.heard.push(live.textContent); })
    .observe(live, { childList: true, characterData: true, subtree: true });
  el.end = () => { end(); el.remove(); };
};
window.ready = true;
"""


class Bench:
    """One page, any number of quiz widgets on it; `silent` keeps the kernel from answering."""

    def __init__(self, browser: Browser, *, theme: str | None = "light", **options: Any) -> None:
        self.context = browser.new_context(offline=True, **options)
        self.page: Page = self.context.new_page()
        self.requests: list[str] = []
        self.faults: list[str] = []
        self.silent = False
        self._widgets: dict[str, QuizWidget] = {}
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.expose_function("intent", self._intent)
        variables = "".join(f"--jp-{k}: {v};" for k, v in THEMES.get(theme or "", {}).items())
        attribute = f' data-jp-theme-light="{str(theme == "light").lower()}"' if theme else ""
        paper = "background: var(--jp-layout-color0);" if theme else "color-scheme: light dark;"
        module = f"const source = {json.dumps(joined(QUIZ))};{_SCRIPT}".replace("</", "<\\/")
        self.page.set_content(
            f'<!doctype html><html lang="en"><head><title>Bench</title><style>'
            f"body {{ {variables} {paper} margin: 0; }} {joined(QUIZ_STYLE)}"
            f"</style></head><body{attribute}><main><h1 hidden>Bench</h1></main>"
            f'<p class="outside">Outside <button>other</button></p>'
            f'<script type="module">{module}</script></body></html>'
        )
        self.page.wait_for_function("window.ready")

    def show(self, name: str, widget: QuizWidget, views: int = 1) -> None:
        """Puts a widget on the page, in one or more views."""
        self._widgets[name] = widget
        self.page.evaluate("([id, traits]) => open_model(id, traits)", [name, self.traits(name)])
        for _ in range(views):
            self.page.evaluate("(id) => open_view(id)", name)

    def traits(self, name: str) -> dict[str, Any]:
        """What the page may know of a widget."""
        state = self._widgets[name].get_state(["page", "status", "mirror", "reply"])
        return json.loads(json.dumps(state))  # type: ignore[no-any-return]

    def heard(self, least: int = 0) -> list[str]:
        """What the live regions have said so far, in order; waits for so many, and for one more.

        A region speaks a moment after the picture, and what is said within that moment replaces it.
        """
        self.page.wait_for_function("(least) => window.heard.length >= least", arg=least)
        self.page.wait_for_timeout(200)
        return self.page.evaluate("window.heard")  # type: ignore[no-any-return]

    def close(self) -> None:
        """Ends the page; a script error on it is a failure of whatever ran there."""
        self.context.close()
        assert self.faults == []

    def _intent(self, name: str, content: object) -> None:
        if self.silent:
            return
        self._widgets[name]._handle_custom_msg(content, [])
        self.page.evaluate(
            "([id, traits]) => { setTimeout(() => models[id].receive(traits), 20); }",
            [name, self.traits(name)],
        )
