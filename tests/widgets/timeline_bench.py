"""A page without Jupyter for the timeline's script: a fake model in the page, the real one here."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Browser, Page

from course_lib.widgets import StageWidget, TimelineWidget
from course_lib.widgets.assets import STAGE, STAGE_STYLE, TIMELINE, joined
from tests.widgets.bench import THEMES

_SCRIPT = """
const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
const { default: widget } = await import(url);
window.models = {};
window.heard = [];
window.keys = [];
document.addEventListener("keydown", (event) => window.keys.push(event.key));
window.open_model = (id, traits) => {
  const acts = {};
  window.models[id] = {
    get: (name) => traits[name],
    on: (event, act) => (acts[event] ??= new Set()).add(act),
    off: (event, act) => acts[event]?.delete(act),
    listeners: () => Object.values(acts).reduce((sum, set) => sum + set.size, 0),
    send: (content) => window.intent(id, content),
    receive(next) {
      const changed = Object.keys(next).filter(
        (name) => JSON.stringify(traits[name]) !== JSON.stringify(next[name]));
      Object.assign(traits, next);
      for (const name of changed) for (const act of [...(acts[`change:${name}`] ?? [])]) act();
    },
  };
};
window.open_view = (id) => {
  const el = document.createElement("div");
  el.className = "view";
  document.querySelector("main").append(el);
  const end = widget.render({ model: window.models[id], el });
  const live = el.querySelector("[role=status]");
  new MutationObserver(() => { if (live.textContent) window.heard.push(live.textContent); })
    .observe(live, { childList: true, characterData: true, subtree: true });
  el.end = () => { end(); el.remove(); };
};
window.ready = true;
"""


class TimelineBench:
    """One page with widgets of one kind; `silent` keeps the kernel from answering."""

    def __init__(
        self, browser: Browser, *, theme: str | None = "light", asset: str = "timeline", **more: Any
    ) -> None:
        self.context = browser.new_context(offline=True, **more)
        self.page: Page = self.context.new_page()
        self.requests: list[str] = []
        self.faults: list[str] = []
        self.intents: list[Any] = []
        self.silent = False
        self._widgets: dict[str, Any] = {}
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.expose_function("intent", self._intent)
        variables = "".join(f"--jp-{k}: {v};" for k, v in THEMES.get(theme or "", {}).items())
        attribute = f' data-jp-theme-light="{str(theme == "light").lower()}"' if theme else ""
        paper = "background: var(--jp-layout-color0);" if theme else "color-scheme: light dark;"
        source = json.dumps(joined({"timeline": TIMELINE, "stage": STAGE}[asset]))
        script = f"const source = {source};{_SCRIPT}".replace("</", "<\\/")
        self.page.set_content(
            f'<!doctype html><html lang="en"><head><title>Bench</title><style>'
            f"body {{ {variables} {paper} margin: 0; }} {joined(STAGE_STYLE)}"
            f"</style></head><body{attribute}><main><h1 hidden>Bench</h1><h2 hidden>It</h2></main>"
            f'<p class="outside">Outside <button>other</button></p>'
            f'<script type="module">{script}</script></body></html>'
        )
        self.page.wait_for_function("window.ready")

    def show(self, name: str, widget: TimelineWidget | StageWidget, views: int = 1) -> None:
        """Put a widget on the page, in one or more views, and tell it what code does later."""
        self._widgets[name] = widget
        self.page.evaluate("([id, traits]) => open_model(id, traits)", [name, self.traits(name)])
        for _ in range(views):
            self.page.evaluate("(id) => open_view(id)", name)

    def traits(self, name: str) -> dict[str, Any]:
        """What the page may know of a widget."""
        state = self._widgets[name].get_state(["page", "status"])
        return json.loads(json.dumps(state))  # type: ignore[no-any-return]

    def deliver(self, name: str) -> None:
        """The kernel's news reach the page, as after code in a cell."""
        self.page.evaluate(
            "([id, traits]) => models[id].receive(traits)", [name, self.traits(name)]
        )

    def heard(self, least: int = 0) -> list[str]:
        """What the live regions have said so far, in order; waits for so many, and for one more.

        A region speaks a moment after the picture, and what is said within that moment replaces it.
        """
        self.page.wait_for_function("(least) => window.heard.length >= least", arg=least)
        self.page.wait_for_timeout(300)
        return self.page.evaluate("window.heard")  # type: ignore[no-any-return]

    def close(self) -> None:
        """End the page; a script error on it is a failure of whatever ran there."""
        self.context.close()
        assert self.faults == []

    def _intent(self, name: str, content: object) -> None:
        self.intents.append(content)
        if self.silent:
            return
        self._widgets[name]._handle_custom_msg(content, [])
        self.page.evaluate(
            "([id, traits]) => { setTimeout(() => models[id].receive(traits), 20); }",
            [name, self.traits(name)],
        )
