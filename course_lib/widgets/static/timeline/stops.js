// @ts-check

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
        makeName("span", "stop-name", stop.name),
        make("span", "stop-state", stop.here ? `${state}, here` : state),
        make("span", "hidden", stop.here ? "" : ", go to here"),
      );
    });
  };
  return { root, update };
}
