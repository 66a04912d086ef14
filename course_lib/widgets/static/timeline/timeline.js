// @ts-check
// The timeline on the page: draws the plain dictionary `page` and sends intents to the kernel.
// What can have the focus is built once and then only changed, so focus is never lost.

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
  const kernel = link(model, root, (page, moved) => draw(page, moved));
  const { act } = kernel;

  const loop = makeLoop();
  const advice = make("p", "advice");
  const stops = makeStops((to) => act("to", to));
  const actions = makeActions(first.actions, act);
  const breaking = makeBreaking(first.name, act);
  const states = makeStates(view, act);
  const said = make("p", "said");
  const code = make("p", "done");
  const notes = make("ul", "notes");
  const wrong = make("div", "wrong");
  const problems = make("ul", "problems");
  wrong.append(make("p", "wrong-title", "What is not as the history says:"), problems);

  const columns = make("div", "columns");
  const statements = makeStatements();
  const tablesPart = make("div", "part");
  const against = makeAgainst(act);
  const sides = make("p", "where");
  const tables = makeTables();
  tablesPart.append(make("h4", "heading", "Tables"), against.root, sides, tables.root);
  const ledgerPart = make("div", "part");
  const ledger = makeGrid("The ledger");
  const empty = make("p", "where", "No row: no migration is applied.");
  ledgerPart.dataset.wide = "true";
  ledgerPart.append(make("h4", "heading", "The ledger"), ledger.root, empty);
  columns.append(statements.root, tablesPart, ledgerPart);
  const script = make("details", "script");
  const lines = make("pre", "pre");
  script.append(make("summary", "summary", "Everything so far as code"), lines);
  root.append(title, kernel.status, loop.root, advice, stops.root, actions, breaking.root);
  root.append(states.root, said, code, notes, wrong, columns, script, kernel.live);

  /** @param {Page} page @param {boolean} moved */
  const draw = (page, moved) => {
    loop.update(page.stages);
    write(advice, page.advice);
    stops.update(page.stops);
    breaking.update(page.statements);
    states.update(page.states, page.state);
    write(said, page.said);
    said.dataset.tone = page.tone;
    show(code, page.code ? `The same in code: \`${page.code}\`` : "");
    list(notes, page.notes);
    list(problems, page.problems);
    wrong.hidden = page.problems.length === 0;
    statements.update(page.steps, moved);
    write(sides, `From ${page.sides[0]} to ${page.sides[1]}: + new, − gone, ~ changed`);
    against.update(page.against);
    tables.update(page.tables);
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
