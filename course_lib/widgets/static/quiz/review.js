// A file to review: approve it, or pick the line that it is sent back for, and the reason.

/** @param {QuestionPage} start @param {Tools} tools @returns {Body} */
function drawReview(start, tools) {
  const lines = drawChoices(start, tools);
  const root = make("div", "review");
  const because = make("div", "because");
  const label = make("label", "because-label", "Because");
  const select = make("select", "select");
  select.id = label.htmlFor = `${tools.name}-because`;
  select.append(new Option("Choose a reason …", ""));
  for (const { id, text } of start.choices) select.append(new Option(plain(text), id));
  because.append(label, select);
  root.append(lines.root, because);
  /** Whoever approves gives no reason. @param {boolean} on */
  const approved = (on) => {
    select.disabled = on;
    if (on) select.value = "";
  };
  root.addEventListener("change", () => {
    const picked = lines.read();
    approved(Array.isArray(picked) && picked[0] === "approve");
  });
  return {
    root,
    read() {
      const picked = lines.read();
      if (!Array.isArray(picked)) return "Approve it or pick a line first, then press Answer.";
      if (picked[0] === "approve") return picked;
      return select.value ? [...picked, select.value] : "Choose a reason too, then press Answer.";
    },
    update(next, take) {
      lines.update(next, take);
      if (!take) return;
      approved(next.given[0] === "approve");
      select.value = next.given[1] ?? "";
    },
  };
}
