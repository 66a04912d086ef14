// Steps to put in order: two lists and buttons. Nothing has to be dragged.

/** @param {QuestionPage} start @param {Tools} tools @returns {Body} */
function drawOrder(start, tools) {
  const root = make("div", "order");
  const pool = make("ul", "pool");
  const list = make("ol", "steps");
  const none = make("p", "how", "Nothing yet. Put in the steps from above, the first one first.");
  const all = make("p", "how", "Every step is in your order.");
  const makeTitle = (/** @type {string} */ text, /** @type {HTMLElement} */ named) => {
    const title = make("p", "list-title", text);
    title.id = `${tools.name}-${text.toLowerCase().replaceAll(" ", "-")}`;
    named.setAttribute("aria-labelledby", title.id);
    return title;
  };
  root.append(
    make("p", "how", "A step may have no place in it: leave it out."),
    makeTitle("Steps to choose from", pool), pool, all,
    makeTitle("Your order", list), list, none,
  );

  /** @type {string[]} */
  let order = [];
  const rows = new Map(start.parts.map((part, index) => {
    const name = plain(part.text);
    const row = make("li", "step");
    const text = make("p", "step-text", part.text);
    const line = make("div", "step-row");
    const buttons = make("span", "step-tools");
    const put = makeButton(`Put in: ${name}`, "Put in", () => move(part.id, order.length));
    const up = makeButton(`Up: ${name}`, "Up", () => move(part.id, order.indexOf(part.id) - 1));
    const down = makeButton(`Down: ${name}`, "Down", () => move(part.id, order.indexOf(part.id) + 1));
    const out = makeButton(`Take out: ${name}`, "Take out", () => takeOut(part.id));
    buttons.append(put, up, down, out);
    line.append(text, buttons);
    const below = makeBelow(`${tools.name}-below-${index}`);
    row.append(line, below.root);
    return [part.id, { row, name, put, up, down, out, below }];
  }));
  const get = (/** @type {string} */ id) => /** @type {NonNullable<ReturnType<typeof rows.get>>} */ (rows.get(id));

  const draw = () => {
    const left = start.parts.map((part) => part.id).filter((id) => !order.includes(id));
    pool.append(...left.map((id) => get(id).row));
    list.append(...order.map((id) => get(id).row));
    for (const [id, { put, up, down, out }] of rows) {
      const place = order.indexOf(id);
      put.hidden = place >= 0;
      up.hidden = down.hidden = out.hidden = place < 0;
      // Not `disabled`, which would throw the focus away at the end of a list.
      up.setAttribute("aria-disabled", String(place === 0));
      down.setAttribute("aria-disabled", String(place === order.length - 1));
    }
    pool.hidden = left.length === 0;
    all.hidden = left.length > 0;
    list.hidden = order.length === 0;
    none.hidden = order.length > 0;
  };
  /** @param {string} id @param {number} to */
  const move = (id, to) => {
    const from = order.indexOf(id);
    const { name, up, down } = get(id);
    if (to < 0 || (from >= 0 && to >= order.length)) {
      tools.say(`${name} is ${to < 0 ? "the first" : "the last"} already.`);
      return;
    }
    const after = from < 0 ? nextInPool(id) : to < from ? up : down;
    order = order.filter((other) => other !== id);
    order.splice(to, 0, id);
    draw();
    after?.focus();
    tools.say(`${name}: number ${to + 1} of ${order.length}.`);
  };
  /** @param {string} id */
  const takeOut = (id) => {
    const place = order.indexOf(id);
    order = order.filter((other) => other !== id);
    draw();
    const next = order[Math.min(place, order.length - 1)];
    (next ? get(next).out : get(id).put).focus();
    tools.say(`${get(id).name}: taken out.`);
  };
  /** Where to go on from a step that leaves the pool. @param {string} id */
  const nextInPool = (id) => {
    const left = start.parts.map((part) => part.id).filter((one) => !order.includes(one));
    const place = left.indexOf(id);
    const next = left[place + 1] ?? left[place - 1];
    return next ? get(next).put : get(id).out;
  };
  draw();
  return {
    root,
    read: () => (order.length ? order : "Put in at least one step first, then press Answer."),
    update(next, take) {
      if (take) order = next.given.filter((id) => rows.has(id));
      for (const part of next.parts) {
        const { row, below, put, out } = get(part.id);
        below.update(row, out, part);
        if (!below.root.hidden) put.setAttribute("aria-describedby", below.root.id);
      }
      if (take) draw();
    },
  };
}
