// Answers that are typed: a number, a value, or SQL for the gap in a text.

const LONGEST = 2000;

/** @param {QuestionPage} start @param {Tools} tools @returns {Body} */
function drawTyped(start, tools) {
  const { before, after, lines } = start.entry ?? { before: "", after: "", lines: 1 };
  const isSql = start.kind === "fill-in";
  // A form, since a browser sends it on Enter even where the key itself is kept from the notebook.
  const root = make("form", isSql ? "gap" : "entry");
  root.noValidate = true;
  root.addEventListener("submit", (event) => {
    event.preventDefault();
    tools.submit();
  });
  const field = isSql ? make("textarea", "field") : make("input", "field");
  field.maxLength = LONGEST;
  field.spellcheck = false;
  field.autocomplete = "off";
  field.setAttribute("autocapitalize", "off");
  const label = make("label", "field-label", isSql ? "Your SQL for the gap" : before);
  field.id = label.htmlFor = `${tools.name}-field`;
  if (field instanceof HTMLTextAreaElement) {
    field.rows = lines;
    const around = (/** @type {string} */ text, /** @type {string} */ place) => {
      const node = make("pre", "around");
      node.textContent = text.replace(/^\n|\n$/g, "");
      node.id = `${tools.name}-${place}`;
      node.hidden = node.textContent.trim() === "";
      return node;
    };
    const [above, below] = [around(before, "before"), around(after, "after")];
    const both = [above, below].filter((node) => !node.hidden).map((node) => node.id);
    if (both.length) field.setAttribute("aria-describedby", both.join(" "));
    root.append(above, label, field, below);
  } else {
    if (start.kind === "number") field.inputMode = "decimal";
    root.append(label, field, make("span", "unit", after));
  }
  return {
    root,
    read() {
      if (field.value.trim() === "") return "Write your answer first, then press Answer.";
      if (start.kind === "number" && !/\d/.test(field.value)) return "Write a number, such as 42.";
      return [field.value];
    },
    update(next, take) {
      if (take) field.value = next.given[0] ?? "";
    },
  };
}
