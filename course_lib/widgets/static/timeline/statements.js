// @ts-check

const STEP_SIGNS = /** @type {Record<string, string>} */ ({
  waits: "·", next: "▸", ran: "✓", undone: "↩", refused: "✕", "not run": "·",
});

/** The statements of one migration, with what became of each. */
function makeStatements() {
  const root = make("div", "part");
  const title = make("h4", "heading", "Statements");
  const where = make("p", "where");
  const list = make("ol", "steps");
  root.append(title, where, list);
  /** @param {Page["steps"]} steps @param {boolean} moved */
  const update = (steps, moved) => {
    root.hidden = steps === null;
    const now = JSON.stringify(steps);
    if (!steps || list.dataset.now === now) return;
    list.dataset.now = now;
    write(title, `Statements of ${steps.title}`);
    write(where, steps.where);
    list.replaceChildren(
      ...steps.steps.map((step, index) => {
        const item = make("li", "step");
        item.dataset.mark = step.mark;
        item.dataset.moved = String(moved);
        item.style.setProperty("--updown-tl-turn", String(index));
        const sql = make("code", "sql");
        sql.textContent = step.sql;
        const note = step.note ? `: ${step.note}` : "";
        const mark = make("span", "mark", `${STEP_SIGNS[step.mark] ?? ""} ${step.mark}${note}`);
        item.append(sql, mark, make("span", "words", step.words));
        return item;
      }),
    );
  };
  return { root, update };
}
