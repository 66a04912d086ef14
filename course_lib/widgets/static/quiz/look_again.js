/** A topic; where the lesson has a heading for it, a link there. @param {{topic: string, see: string}} one */
function makeTopic({ topic, see }) {
  const item = make("li", "topic");
  if (!see) {
    write(item, topic);
    return item;
  }
  const link = make("a", "link", topic);
  link.href = `#${see.replaceAll(" ", "-")}`;
  link.addEventListener("click", (event) => {
    // A notebook's own headings move with it, so they are looked for where the quiz stands.
    const around = link.closest(".jp-Notebook") ?? document;
    const bare = (/** @type {Element} */ node) => (node.textContent ?? "").replace(/\s*¶$/, "").trim();
    const heading = [...around.querySelectorAll("h1, h2, h3, h4")].find(
      (node) => node instanceof HTMLElement && bare(node) === see,
    );
    if (!(heading instanceof HTMLElement)) return;
    event.preventDefault();
    heading.tabIndex = -1;
    heading.scrollIntoView({ block: "start" });
    heading.focus({ preventScroll: true });
  });
  item.append(link);
  return item;
}
