"""The contrast of texts with what is behind them, which axe does not see in JupyterLab's panels."""

from __future__ import annotations

from playwright.sync_api import Locator

LEAST = 4.5
"""WCAG 2.2, 1.4.3: for text of ordinary size."""

_PALE_TEXTS = """
(root, least) => {
  const read = (colour) => {
    const parts = colour.match(/rgba?\\(([^)]+)\\)/)[1].split(/[ ,/]+/).map(Number);
    return parts.length > 3 ? parts : [...parts, 1];
  };
  const over = (top, under) =>
    [0, 1, 2].map((i) => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
  const light = (colour) => {
    const [r, g, b] = colour.map((part) => {
      const share = part / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (node) => {
    const layers = [];
    for (let one = node; one; one = one.parentElement)
      layers.unshift(read(getComputedStyle(one).backgroundColor));
    return layers.reduce((under, top) => over(top, under), [255, 255, 255, 1]);
  };
  const pale = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.data.trim();
    const node = walker.currentNode.parentElement;
    if (!text || !node.getClientRects().length || node.closest("style, .jp-OutputPrompt")) continue;
    const paper = behind(node);
    const ink = over(read(getComputedStyle(node).color), paper);
    const [high, low] = [light(ink), light(paper)].sort((a, b) => b - a);
    const contrast = (high + 0.05) / (low + 0.05);
    // A sign beside its word is a picture, and a picture needs 3.
    const needed = node.closest("[aria-hidden=true]") ? 3 : least;
    if (contrast < needed) pale.push(`${text.slice(0, 60)}: ${contrast.toFixed(2)}`);
  }
  return pale;
}
"""


def pale_texts(what: Locator, least: float = LEAST) -> list[str]:
    """The texts inside `what` whose contrast is below `least`, each with its contrast."""
    found: list[str] = what.evaluate(_PALE_TEXTS, least)
    return found
