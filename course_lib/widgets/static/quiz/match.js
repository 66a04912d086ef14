// Pairs to match: a native list of choices for each left side.

/** @param {QuestionPage} start @param {Tools} tools @returns {Body} */
function drawMatch(start, tools) {
  const root = make("div", "pairs");
  const rows = start.parts.map((part, index) => {
    const row = make("div", "pair");
    const label = make("label", "left", part.text);
    const select = make("select", "select");
    select.id = label.htmlFor = `${tools.name}-pair-${index}`;
    select.append(new Option("Choose …", ""));
    for (const { id, text } of start.choices) select.append(new Option(plain(text), id));
    const below = makeBelow(`${tools.name}-below-${index}`);
    row.append(label, select, below.root);
    root.append(row);
    return { row, select, below };
  });
  return {
    root,
    read() {
      const given = rows.map(({ select }) => select.value);
      return given.includes("") ? "Choose one for every line first, then press Answer." : given;
    },
    update(next, take) {
      next.parts.forEach((part, index) => {
        const { row, select, below } = rows[index];
        below.update(row, select, part);
        if (take) select.value = next.given[index] ?? "";
      });
    },
  };
}
