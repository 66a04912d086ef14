// @ts-check
// What all kinds of question have: the frame, the button, what is told after an answer.
// The document is built once; updates change texts and attributes, so focus is never lost.

/**
 * @typedef {{id: string, text: string, mark: "open" | "missed" | "right",
 *   explanation: string | null}} Part
 * @typedef {{sentence: string, columns: string[], rows: string[][]}} Came
 * @typedef {{id: string, kind: string, stem: string, sql: string | null, returned: string | null,
 *   parts: Part[], choices: {id: string, text: string}[],
 *   entry: {before: string, after: string, lines: number} | null, notes: string[],
 *   solution: string, came: Came | null, given: string[], sure: boolean | null, tries: number,
 *   right: boolean, settled: boolean, verdict: string, said: string}} QuestionPage
 * @typedef {{root: HTMLElement, read(): string[] | string,
 *   update(next: QuestionPage, take: boolean): void}} Body
 * @typedef {{root: HTMLElement, wait(on: boolean): void,
 *   update(next: QuestionPage, mine: boolean): void}} QuestionView
 * @typedef {{name: string, number: string, hint(text: string): void, say(text: string): void,
 *   submit(): void, answer(question: string, given: string[], sure: boolean | null): void}} Tools
 */

const PREFIX = "updown-quiz";
const MARKS = { open: "", missed: "✗ Not right.", right: "✓ Right." };
const WAIT = "One moment …";

/** A text without the marks of code, for places that hold text alone. @param {string} text */
function plain(text) {
  return text.replaceAll("`", "");
}

/** @param {string} label @param {string} text @param {() => void} act */
function makeButton(label, text, act) {
  const button = make("button", "button", text);
  button.type = "button";
  if (label) button.setAttribute("aria-label", label);
  button.addEventListener("click", act);
  return button;
}

/** The mark and the explanation below a part. @param {string} id */
function makeBelow(id) {
  const root = make("p", "below");
  root.id = id;
  const mark = make("span", "mark");
  const why = make("span", "why");
  root.append(mark, " ", why);
  return {
    root,
    /** @param {HTMLElement} row @param {HTMLElement} control @param {Part} part */
    update(row, control, part) {
      row.dataset.mark = part.mark;
      write(mark, MARKS[part.mark]);
      write(why, part.explanation ?? "");
      root.hidden = part.mark === "open";
      if (root.hidden) control.removeAttribute("aria-describedby");
      else control.setAttribute("aria-describedby", root.id);
    },
  };
}

/** What a learner may say of an answer; nobody has to. @param {string} id */
function makeSure(id) {
  const root = make("span", "sure");
  const label = make("label", "sure-label", "How sure are you?");
  const select = make("select", "select");
  select.id = label.htmlFor = id;
  for (const [value, text] of [["", "(optional)"], ["sure", "sure"], ["guess", "a guess"]]) {
    select.append(new Option(text, value));
  }
  root.append(label, select);
  return { root, select, read: () => (select.value ? select.value === "sure" : null) };
}

/** What really came: a sentence and rows. */
function makeCame() {
  const root = make("div", "came");
  const sentence = make("p", "came-sentence");
  const table = make("table", "table");
  root.append(make("p", "came-title", "What came:"), sentence, table);
  let drawn = "";
  return {
    root,
    /** @param {Came | null} came */
    update(came) {
      root.hidden = came === null;
      if (came === null || JSON.stringify(came) === drawn) return;
      drawn = JSON.stringify(came);
      sentence.textContent = came.sentence;
      table.hidden = came.columns.length === 0;
      const row = (/** @type {string[]} */ cells, /** @type {"th" | "td"} */ tag) => {
        const line = make("tr", "row");
        for (const text of cells) {
          const cell = make(tag, "cell");
          cell.textContent = text;
          if (cell instanceof HTMLTableCellElement && tag === "th") cell.scope = "col";
          line.append(cell);
        }
        return line;
      };
      const head = make("thead", "head");
      head.append(row(came.columns, "th"));
      const rows = make("tbody", "rows");
      rows.append(...came.rows.map((cells) => row(cells, "td")));
      table.replaceChildren(head, rows);
    },
  };
}

/**
 * @param {QuestionPage} start @param {Tools} tools
 * @param {(start: QuestionPage, tools: Tools) => Body} drawBody
 * @returns {QuestionView}
 */
function drawQuestion(start, tools, drawBody) {
  const root = make("fieldset", "question");
  const legend = make("legend", "legend");
  const returned = start.returned ? `, ${start.returned}` : "";
  legend.append(
    make("span", "number", `${tools.number}${returned}`),
    make("span", "stem", start.stem),
  );
  root.append(legend);
  if (start.sql) {
    const sql = make("pre", "sql");
    sql.textContent = start.sql;
    sql.id = `${tools.name}-sql`;
    root.setAttribute("aria-describedby", sql.id);
    root.append(sql);
  }
  const sure = makeSure(`${tools.name}-sure`);
  const submit = () => {
    const given = body.read();
    if (typeof given === "string") tools.hint(given);
    else tools.answer(start.id, given, sure.read());
  };
  const body = drawBody(start, { ...tools, submit });
  const verdict = make("p", "verdict");
  const foot = make("div", "foot");
  foot.append(sure.root, makeButton("", "Answer", submit), verdict);
  const came = makeCame();
  const notes = make("div", "notes");
  const solution = make("div", "solution");
  const right = make("pre", "sql");
  solution.append(make("p", "solution-title", "The right answer:"), right);
  root.append(body.root, foot, came.root, notes, solution);

  let tries = -1;
  return {
    root,
    wait(on) {
      if (on) show(verdict, WAIT);
    },
    update(next, mine) {
      // Somebody choosing in this very view is not disturbed by another view's answer.
      const free = !mine && !root.contains(root.ownerDocument.activeElement);
      const take = next.tries !== tries && free && next.given.length > 0;
      body.update(next, take);
      if (take) sure.select.value = next.sure === null ? "" : next.sure ? "sure" : "guess";
      tries = next.tries;
      verdict.dataset.right = String(next.right);
      show(verdict, next.verdict);
      came.update(next.came);
      const list = next.notes.join("\n");
      if (notes.dataset.list !== list) {
        notes.dataset.list = list;
        notes.replaceChildren(...next.notes.map((text) => make("p", "note", text)));
      }
      notes.dataset.right = String(next.right);
      notes.hidden = next.notes.length === 0;
      solution.hidden = next.solution === "";
      right.textContent = plain(next.solution);
    },
  };
}
