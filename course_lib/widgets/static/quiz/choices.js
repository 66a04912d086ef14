// One choice, several choices, and a prediction with options: radio buttons or checkboxes.

/** @param {QuestionPage} start @param {Tools} tools @returns {Body} */
function drawChoices(start, tools) {
  const several = start.kind === "several-choices";
  const root = make("div", "options");
  if (several) root.append(make("p", "how", "Pick every option that is right."));
  const rows = start.parts.map((part, index) => {
    const row = make("div", "option");
    const label = make("label", "label");
    const control = make("input", "pick");
    control.type = several ? "checkbox" : "radio";
    control.name = tools.name;
    control.value = part.id;
    label.append(control, make("span", "text", part.text));
    const below = makeBelow(`${tools.name}-below-${index}`);
    row.append(label, below.root);
    root.append(row);
    return { row, control, below };
  });
  return {
    root,
    read() {
      const picked = rows.filter(({ control }) => control.checked);
      if (picked.length) return picked.map(({ control }) => control.value);
      return several
        ? "Pick at least one option first, then press Answer."
        : "Pick one option first, then press Answer.";
    },
    update(next, take) {
      next.parts.forEach((part, index) => {
        const { row, control, below } = rows[index];
        below.update(row, control, part);
        if (take) control.checked = next.given.includes(part.id);
      });
    },
  };
}
