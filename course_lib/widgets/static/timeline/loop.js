// @ts-check

/** The workflow, with the stages lit where the learner is. */
function makeLoop() {
  const root = make("ol", "loop");
  root.setAttribute("aria-label", "The workflow, repeated for every change");
  /** @param {Page["stages"]} stages */
  const update = (stages) => {
    root.replaceChildren(
      ...stages.map((stage) => {
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
  };
  return { root, update };
}
