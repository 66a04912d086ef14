// @ts-check

/** A grid in a place that scrolls by keyboard. @param {string} name */
function makeGrid(name) {
  const scroll = make("div", "scroll");
  scroll.tabIndex = 0;
  scroll.setAttribute("role", "group");
  scroll.setAttribute("aria-label", name);
  /** @param {string[]} columns @param {(string | null)[][]} rows @param {Mark[]} [marks] */
  const update = (columns, rows, marks = []) => {
    const grid = make("table", "grid");
    const head = make("tr", "row");
    columns.forEach((column, index) => {
      const cell = make("th", "head", `${SIGNS[marks[index] ?? "same"]}${column}`);
      cell.scope = "col";
      cell.dataset.mark = marks[index] ?? "same";
      head.append(cell);
    });
    const top = make("thead", "top");
    top.append(head);
    const body = make("tbody", "body");
    for (const row of rows) {
      const line = make("tr", "row");
      row.forEach((value, index) => {
        const cell = make("td", "cell", "");
        cell.textContent = value === null ? "NULL" : value.trim() ? value : `'${value}'`;
        cell.dir = "auto";
        cell.dataset.mark = marks[index] ?? "same";
        cell.dataset.null = String(value === null);
        line.append(cell);
      });
      body.append(line);
    }
    grid.append(top, body);
    scroll.replaceChildren(grid);
  };
  return { root: scroll, update };
}

/** @param {TableView} table */
function countRows(table) {
  const { rows_left: left, rows_right: right } = table;
  if (left === null && right === null) return "";
  const now = /** @type {number} */ (right ?? left);
  const rows = `${now.toLocaleString("en")} ${now === 1 ? "row" : "rows"}`;
  return left === null || right === null || left === right
    ? rows
    : `${left.toLocaleString("en")}, then ${rows}`;
}

/** A table on both sides, which can be folded. @param {string} name */
function makeTable(name) {
  const root = make("details", "table");
  const summary = make("summary", "summary");
  const lines = make("ul", "lines");
  const sample = makeGrid(`A few rows of ${name}`);
  root.append(summary, lines, sample.root);
  let mark = "";
  /** @param {TableView} table @param {boolean} only */
  const update = (table, only) => {
    const rows = countRows(table);
    write(summary, `${SIGNS[table.mark]} ${name}${rows ? `: ${rows}` : ""}`.trim());
    root.dataset.mark = table.mark;
    if (mark === "" || table.mark !== mark) root.open = only || table.mark !== "same";
    mark = table.mark;
    lines.replaceChildren(
      ...table.lines.map((line) => {
        const item = make("li", "line");
        item.dataset.mark = line.mark;
        const sign = make("span", "sign", SIGNS[line.mark]);
        const what = line.mark === "changed" ? `${line.left} → ${line.right}` : line.right || line.left;
        const said = line.mark === "same" ? "" : `${line.mark}: `;
        item.append(sign, make("span", "hidden", said), make("code", "name", line.name), " ", make("span", "what", what));
        return item;
      }),
    );
    sample.root.hidden = !table.sample || table.sample.rows.length === 0;
    if (table.sample) sample.update(table.sample.columns, table.sample.rows, table.sample.marks);
  };
  return { root, update };
}

/** All tables, in the order of the page; one that is shown already is only changed. */
function makeTables() {
  const root = make("div", "tables");
  /** @type {Map<string, ReturnType<typeof makeTable>>} */
  const known = new Map();
  /** @param {TableView[]} tables */
  const update = (tables) => {
    for (const [name, made] of known) {
      if (tables.some((table) => table.name === name)) continue;
      made.root.remove();
      known.delete(name);
    }
    tables.forEach((table, index) => {
      const made = known.get(table.name) ?? makeTable(table.name);
      known.set(table.name, made);
      made.update(table, tables.length < 3);
      if (root.children[index] !== made.root) root.insertBefore(made.root, root.children[index]);
    });
  };
  return { root, update };
}
