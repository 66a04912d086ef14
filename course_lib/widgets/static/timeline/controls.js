// @ts-check

/** @typedef {(action: string, value?: string | number | null) => void} Act */

/** Every action that takes no value. @param {Page["actions"]} all @param {Act} act */
function makeActions(all, act) {
  const root = make("div", "actions");
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", "Actions");
  for (const { id, label, code } of all) {
    const button = makeButton("button", "");
    button.append(make("span", "label", label), " ", make("code", "button-code", code));
    button.addEventListener("click", () => act(id));
    root.append(button);
  }
  return root;
}

/** Which statement fails, and the button. @param {string} name @param {Act} act */
function makeBreaking(name, act) {
  const root = make("div", "breaking");
  const number = make("input", "number");
  number.type = "number";
  number.min = "1";
  number.value = "2";
  const ask = make("label", "ask", "Make statement ");
  ask.append(number, " fail");
  const button = makeButton("button", "");
  const code = make("code", "button-code");
  button.append(make("span", "label", "Break it"), " ", code);
  button.addEventListener("click", () => act("break_at", Math.trunc(Number(number.value))));
  const draw = () => write(code, `${name}.break_at(${number.value || "…"})`);
  number.addEventListener("input", draw);
  root.append(ask, button);
  /** @param {number} statements */
  const update = (statements) => {
    number.max = String(statements);
    root.dataset.can = String(statements > 0);
    draw();
  };
  return { root, update };
}

/** A slider over the states that were reached. @param {string} view @param {Act} act */
function makeStates(view, act) {
  const root = make("div", "states");
  const slider = make("input", "slider");
  slider.type = "range";
  slider.min = "0";
  slider.id = `${view}-states`;
  const label = make("label", "ask", "States reached ");
  label.htmlFor = slider.id;
  const shown = make("span", "shown");
  /** @type {Page["states"]} */
  let reached = [];
  slider.addEventListener("input", () => act("look", reached[Number(slider.value)].number));
  root.append(label, slider, shown);
  /** @param {Page["states"]} states @param {number} state */
  const update = (states, state) => {
    reached = states;
    slider.max = String(Math.max(states.length - 1, 0));
    slider.value = String(state);
    root.hidden = states.length === 0;
    const at = states[state];
    const where = at ? `${at.number} of ${states[states.length - 1].number}: ${at.label}` : "";
    write(shown, where);
    slider.setAttribute("aria-valuetext", where);
  };
  return { root, update };
}

/** What the tables are put beside: two buttons, one of them pressed. @param {Act} act */
function makeAgainst(act) {
  const root = make("div", "against");
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", "Put the tables beside");
  const buttons = [
    { value: "before", button: makeButton("small", "the state before") },
    { value: "goal", button: makeButton("small", "the goal") },
  ];
  for (const { value, button } of buttons) {
    button.addEventListener("click", () => act("compare", value));
    root.append(button);
  }
  /** @param {string} against */
  const update = (against) => {
    for (const { value, button } of buttons) {
      button.setAttribute("aria-pressed", String(against === value));
    }
  };
  return { root, update };
}
