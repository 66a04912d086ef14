// @ts-check
// What the pictures of one database and of several have in common. It stands before either of them,
// as one module: no bundler, and nothing is loaded.

/**
 * @typedef {{get(name: string): any, on(event: string, act: () => void): void,
 *   off(event: string, act: () => void): void, send(content: object): void}} Model
 */

const PREFIX = "updown-tl";
const NO_REPLY_MS = 8000;
const NO_REPLY =
  "No reply from the kernel yet. If a cell is running, wait for it. If the kernel was " +
  "restarted, run this cell again: the database has kept what was done.";
/** A shape for each state, told apart without any colour. @type {Record<string, string>} */
const SHAPES = {
  start: "M17 5a12 12 0 1 0 .01 0z",
  applied: "M5 5h24v24H5z",
  current: "M17 5a12 12 0 1 0 .01 0zM17 1a16 16 0 1 0 .01 0z",
  pending: "M5 5h24v24H5z",
  failed: "M11 3h12l8 8v12l-8 8H11l-8-8V11z",
  edited: "M17 1l16 16-16 16L1 17z",
  missing: "M17 4a13 13 0 1 0 .01 0z",
  late: "M17 2l16 29H1z",
  twice: "M3 3h22v22H3zM25 9h6v22H9v-6",
  unreadable: "M9 3h16l8 14-8 14H9L1 17z",
};

/** @param {string} part @param {string} name @returns {HTMLButtonElement} */
function makeButton(part, name) {
  const button = make("button", part, name);
  button.type = "button";
  return button;
}

/** A name that is too long for one line breaks between its words. @template {keyof HTMLElementTagNameMap} T @param {T} tag @param {string} part @param {string} text @returns {HTMLElementTagNameMap[T]} */
function makeName(tag, part, text) {
  const name = make(tag, part);
  name.append(...text.split(/(?<=_)/).flatMap((word) => [word, document.createElement("wbr")]));
  return name;
}

/** Writes items as a list, and hides an empty one. @param {HTMLElement} list @param {string[]} items */
function list(list, items) {
  list.hidden = items.length === 0;
  list.replaceChildren(...items.map((item) => make("li", "item", item)));
}

/** @param {string} state @param {string} letter */
function drawShape(state, letter) {
  const holder = document.createElement("template");
  const [x, y] = state === "twice" ? [14, 19] : [17, state === "late" ? 26 : 22];
  // The parser makes SVG of this; the letter is set as text.
  holder.innerHTML =
    `<svg class="${PREFIX}-shape" viewBox="0 0 34 34" aria-hidden="true">` +
    `<path class="${PREFIX}-path" d="${SHAPES[state] ?? SHAPES.pending}"/>` +
    `<text class="${PREFIX}-letter" x="${x}" y="${y}"/></svg>`;
  const text = holder.content.querySelector("text");
  if (text) text.textContent = letter;
  return holder.content;
}

/** Whether no view of this database has told of a turn, and this is the first of them. @param {HTMLElement} root @param {number} turn */
function mustSpeak(root, turn) {
  /** @type {HTMLElement[]} */
  const all = [...root.ownerDocument.querySelectorAll(`.${PREFIX}`)].map((one) => /** @type {any} */ (one));
  const same = all.filter((one) => one.dataset.database === root.dataset.database);
  return same[0] === root && same.every((one) => Number(one.dataset.spoken ?? -1) < turn);
}


/**
 * The line to the kernel of one view: sends intents, draws what comes back, and tells each change
 * once. `draw` is called with the page and whether an action has moved it.
 * @param {Model} model @param {HTMLElement} root @param {(page: any, moved: boolean) => void} draw
 */
function link(model, root, draw) {
  const status = make("p", "status");
  const live = make("div", "live");
  live.setAttribute("role", "status");
  let local = "";
  let pending = 0;
  let timer = 0;
  let speaking = 0;
  let turn = model.get("page").turn;
  let told = model.get("status");
  let due = false;

  /** @param {string} text */
  const say = (text) => {
    clearTimeout(speaking);
    live.textContent = "";
    speaking = setTimeout(() => (live.textContent = text.replaceAll("`", "")), 60);
  };
  const drawStatus = () => show(status, [local, model.get("status")].filter(Boolean).join(" "));
  const settle = () => {
    pending = 0;
    clearTimeout(timer);
    local = "";
  };
  const giveUp = () => {
    settle();
    local = NO_REPLY;
    drawStatus();
    say(NO_REPLY);
  };
  /** @param {string} action @param {string | number | null} value */
  const act = (action, value = null) => {
    pending += 1;
    clearTimeout(timer);
    timer = setTimeout(giveUp, NO_REPLY_MS);
    try {
      model.send({ type: "act", action, value });
    } catch {
      giveUp();
    }
  };
  const update = () => {
    const page = model.get("page");
    const moved = page.turn !== turn;
    const news = model.get("status") === told ? "" : model.get("status");
    told = model.get("status");
    draw(page, moved);
    if (moved || news) {
      const text = [moved ? page.said : "", news].filter(Boolean).join(" ");
      if (pending > 0) {
        pending = Math.max(0, pending - Math.max(1, page.turn - turn));
        if (pending === 0) settle();
        root.dataset.spoken = String(page.turn);
        say(text);
      } else {
        // Done in another view or by code: one view tells it, unless the acting one has.
        local = "";
        setTimeout(() => {
          if (!mustSpeak(root, page.turn)) return;
          root.dataset.spoken = String(page.turn);
          say(text);
        }, 100);
      }
    }
    turn = page.turn;
    drawStatus();
  };
  // Page and status arrive together and must be drawn together.
  const soon = () => {
    if (due) return;
    due = true;
    queueMicrotask(() => {
      due = false;
      update();
    });
  };
  const letKeysGo = keepKeys(root);
  const start = () => {
    update();
    model.on("change:page", soon);
    model.on("change:status", soon);
  };
  const end = () => {
    letKeysGo();
    clearTimeout(timer);
    clearTimeout(speaking);
    model.off("change:page", soon);
    model.off("change:status", soon);
  };
  return { status, live, act, start, end };
}
