// @ts-check
// The quiz on the page: draws the plain dictionary `page` and sends intents to the kernel.
// The document is built once; updates change texts and attributes, so focus is never lost.

/**
 * @typedef {{id: string, text: string, mark: "open" | "missed" | "right",
 *   explanation: string | null}} OptionPage
 * @typedef {{id: string, kind: string, stem: string, sql: string | null, options: OptionPage[],
 *   picked: string | null, tries: number, right: boolean, settled: boolean, verdict: string,
 *   said: string}} QuestionPage
 * @typedef {{id: string, title: string, questions: QuestionPage[], finished: boolean,
 *   progress: string, look_again: string[]}} Page
 * @typedef {{get(name: string): any, on(event: string, act: () => void): void,
 *   off(event: string, act: () => void): void, send(content: object): void,
 *   widget_manager?: any}} Model
 * @typedef {{root: HTMLElement, update(next: QuestionPage, mine: boolean): void}} QuestionView
 * @typedef {{name: string, number: string, pick(question: string, option: string): void,
 *   hint(text: string): void}} Tools
 */

const PREFIX = "updown-quiz";
const NO_REPLY_MS = 5000;
const NO_REPLY =
  "No reply from the kernel yet. If a cell is running, wait for it. If the kernel was " +
  "restarted, run this cell again: the answers given before are kept.";
const MARKS = { open: "", missed: "✗ Not right.", right: "✓ Right." };

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

/** @param {QuestionPage} start @param {Tools} tools @returns {QuestionView} */
function drawOneChoice(start, tools) {
  const root = make("fieldset", "question");
  const legend = make("legend", "legend");
  legend.append(make("span", "number", tools.number), make("span", "stem", start.stem));
  root.append(legend);
  if (start.sql) {
    const sql = make("pre", "sql");
    sql.textContent = start.sql;
    sql.id = `${tools.name}-sql`;
    root.setAttribute("aria-describedby", sql.id);
    root.append(sql);
  }
  const rows = start.options.map((option, index) => {
    const row = make("div", "option");
    const label = make("label", "label");
    const radio = make("input", "radio");
    radio.type = "radio";
    radio.name = tools.name;
    radio.value = option.id;
    label.append(radio, make("span", "text", option.text));
    const below = make("p", "below");
    below.id = `${tools.name}-below-${index}`;
    const mark = make("span", "mark");
    const why = make("span", "why");
    below.append(mark, " ", why);
    row.append(label, below);
    root.append(row);
    return { row, radio, below, mark, why };
  });
  const button = make("button", "button", "Answer");
  button.type = "button";
  button.addEventListener("click", () => {
    const chosen = rows.find(({ radio }) => radio.checked);
    if (chosen) tools.pick(start.id, chosen.radio.value);
    else tools.hint("Pick one option first, then press Answer.");
  });
  const verdict = make("p", "verdict");
  const foot = make("div", "foot");
  foot.append(button, verdict);
  root.append(foot);

  let tries = -1;
  return {
    root,
    update(next, mine) {
      next.options.forEach((option, index) => {
        const { row, radio, below, mark, why } = rows[index];
        row.dataset.mark = option.mark;
        write(mark, MARKS[option.mark]);
        write(why, option.explanation ?? "");
        below.hidden = option.mark === "open";
        if (!below.hidden) radio.setAttribute("aria-describedby", below.id);
        // Somebody choosing in this very view is not disturbed by another view's answer.
        const free = !mine && !root.contains(root.ownerDocument.activeElement);
        if (next.tries !== tries && free) radio.checked = option.id === next.picked;
      });
      tries = next.tries;
      verdict.dataset.right = String(next.right);
      show(verdict, next.verdict);
    },
  };
}

/** How each kind of question is drawn. @type {Record<string, typeof drawOneChoice>} */
const KINDS = { "one-choice": drawOneChoice };

/** Copies the answers into the notebook's metadata where the front end lets us. @param {Model} model */
function mirror(model) {
  try {
    const notebook = model.widget_manager?.context?.model;
    if (!notebook?.getMetadata || !notebook?.setMetadata) return;
    const page = /** @type {Page} */ (model.get("page"));
    const { format, questions } = model.get("mirror");
    const all = notebook.getMetadata("updown") ?? {};
    const before = all.quiz?.[page.id]?.questions ?? {};
    // A notebook that arrived without its answers folder keeps what it knows.
    const news = Object.keys(questions).filter(
      (id) => questions[id].tries > (before[id]?.tries ?? 0),
    );
    if (news.length === 0) return;
    const merged = { ...before };
    for (const id of news) merged[id] = questions[id];
    notebook.setMetadata("updown", {
      ...all,
      quiz: { ...all.quiz, [page.id]: { format, questions: merged } },
    });
  } catch {
    // The record beside the notebook is what counts; the mirror is a second copy.
  }
}

/** Keeps typing inside the quiz from being notebook commands; Escape and Ctrl, Alt, Cmd pass. @param {KeyboardEvent} event */
function keepKeys(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.key === "Escape") return;
  event.stopPropagation();
}

/** @param {{model: Model, el: HTMLElement}} host */
function render({ model, el }) {
  const view = `${PREFIX}-${Math.random().toString(36).slice(2, 10)}`;
  const first = /** @type {Page} */ (model.get("page"));
  let local = "";
  let pending = "";
  let timer = 0;
  let speaking = 0;

  const root = make("section", "root");
  root.classList.add(PREFIX);
  const title = make("h3", "title", `Quiz: ${first.title}`);
  title.id = `${view}-title`;
  root.setAttribute("aria-labelledby", title.id);
  const status = make("p", "status");
  const progress = make("p", "progress");
  const again = make("div", "again");
  const topics = make("ul", "topics");
  again.append(make("p", "again-title", "Look again at:"), topics);
  const live = make("div", "live");
  live.setAttribute("role", "status");

  /** One announcement; emptied first so that the same words are spoken again. @param {string} text */
  const say = (text) => {
    clearTimeout(speaking);
    live.textContent = "";
    speaking = setTimeout(() => (live.textContent = text.replaceAll("`", "")), 60);
  };
  /** A sentence of this view, such as a silent kernel. @param {string} text */
  const tell = (text) => {
    local = text;
    drawStatus();
    if (text) say(text);
  };
  const drawStatus = () => show(status, [local, model.get("status")].filter(Boolean).join(" "));
  const settle = () => {
    pending = "";
    clearTimeout(timer);
    local = "";
  };

  /** @param {string} question @param {string} option */
  const pick = (question, option) => {
    if (pending) return;
    pending = question;
    timer = setTimeout(() => {
      settle();
      tell(NO_REPLY);
    }, NO_REPLY_MS);
    try {
      model.send({ type: "pick", question, option });
    } catch {
      settle();
      tell(NO_REPLY);
    }
  };

  const tries = new Map(first.questions.map((question) => [question.id, question.tries]));
  const count = first.questions.length;
  const questions = first.questions.map((question, index) =>
    KINDS[question.kind](question, {
      name: `${view}-${index}`,
      number: `Question ${index + 1} of ${count}`,
      pick,
      hint: tell,
    }),
  );
  root.append(title, status, ...questions.map((question) => question.root), progress, again, live);

  let told = model.get("status");
  const draw = () => {
    const page = /** @type {Page} */ (model.get("page"));
    let said = "";
    page.questions.forEach((question, index) => {
      const answered = question.tries > (tries.get(question.id) ?? 0);
      const mine = answered && pending === question.id;
      tries.set(question.id, question.tries);
      questions[index].update(question, mine);
      if (mine) said = `${question.said} ${page.progress}`;
    });
    show(progress, page.progress);
    root.dataset.finished = String(page.finished);
    const list = page.look_again.join("\n");
    if (topics.dataset.list !== list) {
      topics.dataset.list = list;
      topics.replaceChildren(...page.look_again.map((topic) => make("li", "topic", topic)));
    }
    again.hidden = page.look_again.length === 0;
    const news = model.get("status") === told ? "" : model.get("status");
    told = model.get("status");
    // Only the view in which the answer was given speaks.
    if (pending && (said || news)) {
      settle();
      say([said, news].filter(Boolean).join(" "));
    }
    drawStatus();
    mirror(model);
  };
  let due = false;
  // Page and status arrive together and must be drawn together.
  const drawSoon = () => {
    if (due) return;
    due = true;
    queueMicrotask(() => {
      due = false;
      draw();
    });
  };

  for (const type of ["keydown", "keypress", "keyup"]) {
    root.addEventListener(type, (event) => keepKeys(/** @type {KeyboardEvent} */ (event)));
  }
  draw();
  model.on("change:page", drawSoon);
  model.on("change:status", drawSoon);
  el.append(root);
  return () => {
    clearTimeout(timer);
    clearTimeout(speaking);
    model.off("change:page", drawSoon);
    model.off("change:status", drawSoon);
  };
}

export default { render };
