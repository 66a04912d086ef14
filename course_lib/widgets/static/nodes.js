// @ts-check
// Pieces of a page; their class begins with the PREFIX of the widget that this is joined to.

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag @param {string} part @param {string} [text]
 * @returns {HTMLElementTagNameMap[T]}
 */
function make(tag, part, text = "") {
  const node = document.createElement(tag);
  node.className = `${PREFIX}-${part}`;
  write(node, text);
  return node;
}

/** Sets a text in which `code` is code; never as HTML. @param {HTMLElement} node @param {string} text */
function write(node, text) {
  if (node.dataset.text === text) return;
  node.dataset.text = text;
  node.replaceChildren(
    ...text.split("`").map((part, index) => {
      if (index % 2 === 0) return document.createTextNode(part);
      const code = document.createElement("code");
      code.className = `${PREFIX}-code`;
      code.textContent = part;
      return code;
    }),
  );
}

/** Writes a text and hides the place while it is empty. @param {HTMLElement} node @param {string} text */
function show(node, text) {
  write(node, text);
  node.hidden = text === "";
}

