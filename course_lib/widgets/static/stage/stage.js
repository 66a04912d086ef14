// @ts-check
// parts.js stands before this.
// Several databases on one history: a story in beats, and a table with a row for each database.

/**
 * @typedef {{name: string, state: string, letter: string, here: boolean}} Cell
 * @typedef {{id: string, title: string, there: boolean, cells: Cell[], problems: string[],
 *   tables: string[], own: string[]}} Place
 * @typedef {{title: string, text: string, name: string, beats: {say: string, played: boolean,
 *   next: boolean}[], over: boolean, columns: string[], shared: string[], places: Place[],
 *   alike: string, said: string, tone: string, notes: string[], code: string, script: string[],
 *   turn: number}} StagePage
 */

const OVER = "The end. Try what you like below, or play it from the beginning.";
const AT_A_PLACE = [
  { id: "catch_up", label: "Catch up" },
  { id: "up", label: "Up" },
  { id: "down", label: "Down" },
  { id: "push", label: "Share" },
];

/** One database: its row of the table, and what is said of it below. @param {Place} place @param {StagePage} page @param {(action: string, value: string) => void} act */
function makePlace(place, page, act) {
  const row = make("tr", "row");
  const head = make("th", "head", place.title);
  head.scope = "row";
  const buttons = make("div", "actions");
  buttons.setAttribute("role", "group");
  buttons.setAttribute("aria-label", place.title);
  for (const { id, label } of AT_A_PLACE) {
    const button = makeButton("small", label);
    button.title = `${page.name}.${id}("${place.id}")`;
    button.setAttribute("aria-label", `${label}, ${place.title}`);
    button.addEventListener("click", () => act(id, place.id));
    buttons.append(button);
  }
  const root = make("div", "place");
  const title = make("h4", "heading", place.title);
  const own = make("p", "where");
  const tables = make("ul", "lines");
  const problems = make("ul", "problems");
  root.append(title, buttons, own, tables, problems);
  /** @param {Place} next */
  const update = (next) => {
    row.replaceChildren(
      head,
      ...next.cells.map((cell) => {
        const box = make("td", "cell");
        const words = next.there ? cell.state : "not here yet";
        box.dataset.state = cell.state;
        if (!next.there || cell.state === "no file") write(box, next.there ? "–" : "");
        else box.append(drawShape(cell.state, cell.letter), make("span", "stop-state", words));
        box.append(make("span", "hidden", next.there && cell.state !== "no file" ? "" : words));
        return box;
      }),
    );
    buttons.hidden = !next.there;
    show(own, next.own.length ? `Not shared yet: ${next.own.join(", ")}.` : "");
    list(tables, next.there ? (next.tables.length ? next.tables : ["no table"]) : ["not here yet"]);
    list(problems, next.problems);
    root.dataset.wrong = String(next.problems.length > 0);
  };
  return { row, root, update };
}

/** @param {{model: Model, el: HTMLElement}} host */
function render({ model, el }) {
  const first = /** @type {StagePage} */ (model.get("page"));
  const view = `${PREFIX}-${Math.random().toString(36).slice(2, 10)}`;
  const root = make("section", "root");
  root.classList.add(PREFIX, `${PREFIX}-scene`);
  root.dataset.database = `scene ${first.title}`;
  const title = make("h3", "title", `Scene: ${first.title}`);
  title.id = `${view}-title`;
  root.setAttribute("aria-labelledby", title.id);
  const kernel = link(model, root, (page) => draw(page));
  const story = make("ol", "story");
  const next = make("div", "next");
  const coming = make("p", "coming");
  const buttons = make("div", "actions");
  coming.id = `${view}-coming`;
  let onwards = makeButton("button", "");
  for (const [id, label] of [["next", "Next"], ["reset", "From the beginning"]]) {
    const button = makeButton("button", "");
    button.append(make("span", "label", label), " ", make("code", "button-code", `${first.name}.${id}()`));
    if (id === "next") onwards = button;
    // Not `disabled`, which would throw the focus away at the end of the story.
    button.addEventListener("click", () => {
      if (button.getAttribute("aria-disabled") !== "true") kernel.act(id);
    });
    buttons.append(button);
  }
  next.append(coming, buttons);
  const said = make("p", "said");
  const code = make("p", "done");
  const notes = make("ul", "notes");
  const scroll = make("div", "scroll");
  scroll.tabIndex = 0;
  scroll.setAttribute("role", "group");
  scroll.setAttribute("aria-label", "Which database has which migration");
  const alike = make("p", "alike");
  const places = first.places.map((place) => makePlace(place, first, kernel.act));
  const below = make("div", "columns");
  below.append(...places.map((place) => place.root));
  const script = make("details", "script");
  const lines = make("pre", "pre");
  script.append(make("summary", "summary", "Everything so far as code"), lines);
  root.append(title, kernel.status, make("p", "advice", first.text), story, next, said, code, notes);
  root.append(scroll, alike, below, script, kernel.live);

  /** @param {StagePage} page */
  const draw = (page) => {
    list(story, page.beats.filter((beat) => beat.played).map((beat) => beat.say));
    const beat = page.beats.find((one) => one.next);
    write(coming, beat ? `Next: ${beat.say}` : OVER);
    onwards.setAttribute("aria-disabled", String(!beat));
    // Whoever comes back to the button hears why it does nothing.
    if (beat) onwards.removeAttribute("aria-describedby");
    else onwards.setAttribute("aria-describedby", coming.id);
    write(said, page.said);
    said.dataset.tone = page.tone;
    show(code, page.code ? `The same in code: \`${page.code}\`` : "");
    list(notes, page.notes);
    const grid = make("table", "grid");
    const head = make("tr", "row");
    for (const name of ["database", ...page.columns]) {
      const cell = makeName("th", "head", name);
      cell.scope = "col";
      head.append(cell);
    }
    const shared = make("tr", "row");
    const label = make("th", "head", "shared files");
    label.scope = "row";
    shared.append(
      label,
      ...page.columns.map((name) => make("td", "cell", page.shared.includes(name) ? "file" : "–")),
    );
    const top = make("thead", "top");
    top.append(head);
    const body = make("tbody", "body");
    page.places.forEach((place, index) => places[index].update(place));
    body.append(shared, ...places.map((place) => place.row));
    grid.append(top, body);
    scroll.replaceChildren(grid);
    write(alike, page.alike);
    lines.textContent = page.script.join("\n");
    script.hidden = page.script.length === 0;
  };
  kernel.start();
  el.append(root);
  return kernel.end;
}

export default { render };
