/**
 * Keeps typing inside a widget from being notebook commands; Escape and Ctrl, Alt, Cmd pass. On the
 * window, before anything else hears of a key: Notebook 7 listens on the document, on the way down.
 * What a key does by itself, such as choosing, typing or pressing, it still does.
 * @param {HTMLElement} root @returns {() => void} what ends it
 */
function keepKeys(root) {
  const keep = (/** @type {KeyboardEvent} */ event) => {
    if (!(event.target instanceof Node) || !root.contains(event.target)) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.key === "Escape") return;
    event.stopImmediatePropagation();
  };
  const types = /** @type {const} */ (["keydown", "keypress", "keyup"]);
  for (const type of types) window.addEventListener(type, keep, true);
  return () => types.forEach((type) => window.removeEventListener(type, keep, true));
}
