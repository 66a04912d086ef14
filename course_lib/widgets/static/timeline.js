// @ts-check
// parts.js stands before this.
// The timeline on the page: draws the plain dictionary `page` and sends intents to the kernel.
// What can have the focus is built once and then only changed, so focus is never lost.

/**
 * @typedef {"same" | "new" | "gone" | "changed"} Mark
 * @typedef {{name: string, state: string, letter: string, words: string, here: boolean,
 *   to: string}} Stop
 * @typedef {{name: string, mark: Mark, lines: {mark: Mark, name: string, left: string,
 *   right: string}[], rows_left: number | null, rows_right: number | null,
 *   sample: {columns: string[], marks: Mark[], rows: (string | null)[][]} | null}} TableView
 * @typedef {{database: string, name: string, stops: Stop[], stages: {name: string, sign: string,
 *   words: string, lit: boolean}[], advice: string, said: string, tone: string, notes: string[],
 *   problems: string[], code: string, script: string[], turn: number,
 *   states: {number: number, label: string}[], state: number, against: string, sides: string[],
 *   tables: TableView[], steps: {title: string, where: string, steps: {sql: string, words: string,
 *   mark: string, note: string}[]} | null, ledger: {columns: string[], rows: string[][]},
 *   actions: {id: string, label: string, code: string}[], statements: number}} Page
 */

const SIGNS = { same: "", new: "+", gone: "−", changed: "~" };
const STEP_SIGNS = /** @type {Record<string, string>} */ ({
  waits: "·", next: "▸", ran: "✓", undone: "↩", refused: "✕", "not run": "·",
});
/** The stops: a list of buttons. @param {(to: string) => void} go */
function makeStops(go) {
  const root = make("ol", "stops");
  root.setAttribute("aria-label", "Migrations, oldest first");
  /** @type {{item: HTMLElement, button: HTMLButtonElement, to: string}[]} */
  const made = [];
  /** @param {Stop[]} stops */
  const update = (stops) => {
    while (made.length > stops.length) made.pop()?.item.remove();
    stops.forEach((stop, index) => {
      if (!made[index]) {
        const entry = { item: make("li", "stop"), button: makeButton("stop-button", ""), to: "" };
        entry.button.addEventListener("click", () => go(entry.to));
        entry.item.append(entry.button);
        root.append(entry.item);
        made.push(entry);
      }
      const { item, button } = made[index];
      made[index].to = stop.to;
      const key = JSON.stringify(stop);
      if (item.dataset.key === key) return;
      item.dataset.key = key;
      item.dataset.state = stop.state;
      const state = stop.state === "start" ? "nothing applied" : stop.state;
      button.title = stop.words;
      if (stop.here) button.setAttribute("aria-current", "step");
      else button.removeAttribute("aria-current");
      button.replaceChildren(
        drawShape(stop.state, stop.letter),
        make("span", "stop-name", stop.name),
        make("span", "stop-state", stop.here ? `${state}, here` : state),
        make("span", "hidden", stop.here ? "" : ", go to here"),
      );
    });
  };
  return { root, update };
}

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

/** @param {{model: Model, el: HTMLElement}} host */
function render({ model, el }) {
  const view = `${PREFIX}-${Math.random().toString(36).slice(2, 10)}`;
  const first = /** @type {Page} */ (model.get("page"));
  const root = make("section", "root");
  root.classList.add(PREFIX);
  root.dataset.database = first.database;
  const title = make("h3", "title", `Timeline of ${first.database}`);
  title.id = `${view}-title`;
  root.setAttribute("aria-labelledby", title.id);
  const loop = make("ol", "loop");
  loop.setAttribute("aria-label", "The workflow, repeated for every change");
  const advice = make("p", "advice");
  const kernel = link(model, root, (page, moved) => draw(page, moved));
  const { act } = kernel;

  const stops = makeStops((to) => act("to", to));
  const actions = make("div", "actions");
  actions.setAttribute("role", "group");
  actions.setAttribute("aria-label", "Actions");
  for (const { id, label, code } of first.actions) {
    const button = makeButton("button", "");
    button.append(make("span", "label", label), " ", make("code", "button-code", code));
    button.addEventListener("click", () => act(id));
    actions.append(button);
  }
  const breaking = make("div", "breaking");
  const number = make("input", "number");
  number.type = "number";
  number.min = "1";
  number.value = "2";
  const ask = make("label", "ask", "Make statement ");
  ask.append(number, " fail");
  const breakButton = makeButton("button", "");
  const breakCode = make("code", "button-code");
  breakButton.append(make("span", "label", "Break it"), " ", breakCode);
  breakButton.addEventListener("click", () => act("break_at", Math.trunc(Number(number.value))));
  const drawBreak = () => write(breakCode, `${first.name}.break_at(${number.value || "…"})`);
  number.addEventListener("input", drawBreak);
  breaking.append(ask, breakButton);

  const states = make("div", "states");
  const slider = make("input", "slider");
  slider.type = "range";
  slider.min = "0";
  slider.id = `${view}-states`;
  const sliderLabel = make("label", "ask", "States reached ");
  sliderLabel.htmlFor = slider.id;
  const shown = make("span", "shown");
  slider.addEventListener("input", () => {
    const page = /** @type {Page} */ (model.get("page"));
    act("look", page.states[Number(slider.value)].number);
  });
  states.append(sliderLabel, slider, shown);

  const said = make("p", "said");
  const code = make("p", "done");
  const notes = make("ul", "notes");
  const wrong = make("div", "wrong");
  const problems = make("ul", "problems");
  wrong.append(make("p", "wrong-title", "What is not as the history says:"), problems);

  const columns = make("div", "columns");
  const stepsPart = make("div", "part");
  const stepsTitle = make("h4", "heading", "Statements");
  const stepsWhere = make("p", "where");
  const steps = make("ol", "steps");
  stepsPart.append(stepsTitle, stepsWhere, steps);
  const tablesPart = make("div", "part");
  const sides = make("p", "where");
  const against = make("div", "against");
  against.setAttribute("role", "group");
  against.setAttribute("aria-label", "Put the tables beside");
  const sideButtons = [
    { value: "before", button: makeButton("small", "the state before") },
    { value: "goal", button: makeButton("small", "the goal") },
  ];
  for (const { value, button } of sideButtons) {
    button.addEventListener("click", () => act("compare", value));
    against.append(button);
  }
  const tables = make("div", "tables");
  tablesPart.append(make("h4", "heading", "Tables"), against, sides, tables);
  const ledgerPart = make("div", "part");
  const ledgerTitle = make("h4", "heading", "The ledger");
  const ledger = makeGrid("The ledger");
  const empty = make("p", "where", "No row: no migration is applied.");
  ledgerPart.dataset.wide = "true";
  ledgerPart.append(ledgerTitle, ledger.root, empty);
  columns.append(stepsPart, tablesPart, ledgerPart);
  const script = make("details", "script");
  const lines = make("pre", "pre");
  script.append(make("summary", "summary", "Everything so far as code"), lines);
  root.append(title, kernel.status, loop, advice, stops.root, actions, breaking, states, said, code);
  root.append(notes, wrong, columns, script, kernel.live);

  /** @type {Map<string, ReturnType<typeof makeTable>>} */
  const known = new Map();
  /** @param {Page} page */
  const drawTables = (page) => {
    for (const [name, made] of known) {
      if (page.tables.some((table) => table.name === name)) continue;
      made.root.remove();
      known.delete(name);
    }
    page.tables.forEach((table, index) => {
      const made = known.get(table.name) ?? makeTable(table.name);
      known.set(table.name, made);
      made.update(table, page.tables.length < 3);
      if (tables.children[index] !== made.root) tables.insertBefore(made.root, tables.children[index]);
    });
  };
  /** @param {Page} page @param {boolean} moved */
  const drawSteps = (page, moved) => {
    stepsPart.hidden = page.steps === null;
    const now = JSON.stringify(page.steps);
    if (!page.steps || steps.dataset.now === now) return;
    steps.dataset.now = now;
    write(stepsTitle, `Statements of ${page.steps.title}`);
    write(stepsWhere, page.steps.where);
    steps.replaceChildren(
      ...page.steps.steps.map((step, index) => {
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

  /** @param {Page} page @param {boolean} moved */
  const draw = (page, moved) => {
    loop.replaceChildren(
      ...page.stages.map((stage) => {
        const item = make("li", "stage");
        const sign = make("span", "stage-sign", stage.sign);
        sign.setAttribute("aria-hidden", "true");
        item.dataset.lit = String(stage.lit);
        if (stage.lit) item.setAttribute("aria-current", "step");
        const name = make("span", "stage-name");
        name.append(sign, " ", make("span", "stage-word", stage.name));
        item.append(name, make("span", "hidden", `: ${stage.words}`));
        return item;
      }),
    );
    write(advice, page.advice);
    stops.update(page.stops);
    number.max = String(page.statements);
    breaking.dataset.can = String(page.statements > 0);
    drawBreak();
    slider.max = String(Math.max(page.states.length - 1, 0));
    slider.value = String(page.state);
    states.hidden = page.states.length === 0;
    const at = page.states[page.state];
    const where = at ? `${at.number} of ${page.states[page.states.length - 1].number}: ${at.label}` : "";
    write(shown, where);
    slider.setAttribute("aria-valuetext", where);
    write(said, page.said);
    said.dataset.tone = page.tone;
    show(code, page.code ? `The same in code: \`${page.code}\`` : "");
    list(notes, page.notes);
    list(problems, page.problems);
    wrong.hidden = page.problems.length === 0;
    drawSteps(page, moved);
    write(sides, `From ${page.sides[0]} to ${page.sides[1]}: + new, − gone, ~ changed`);
    for (const { value, button } of sideButtons) {
      button.setAttribute("aria-pressed", String(page.against === value));
    }
    drawTables(page);
    ledger.update(page.ledger.columns, page.ledger.rows);
    ledger.root.hidden = page.ledger.rows.length === 0;
    empty.hidden = page.ledger.rows.length > 0;
    lines.textContent = page.script.join("\n");
    script.hidden = page.script.length === 0;
  };
  kernel.start();
  el.append(root);
  return kernel.end;
}

export default { render };
