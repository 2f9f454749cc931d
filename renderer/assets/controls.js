// What stands in the controls of a form. A field may be called "action" or "submit", so nothing is asked of the form by
// property that a control could shadow.

// The parts of a field that are its own, not those of a cell inside it.
export const parts = (field, selector) =>
  [...field.querySelectorAll(selector)].filter((found) => found.closest("[data-field]") === field);
export const part = (field, selector) => parts(field, selector)[0];

export function raw(field) {
  const own = parts(field, "input, select, textarea");
  if (own[0]?.dataset.level) return own.map((list) => list.value).filter(Boolean).at(-1) ?? "";
  if (own[0]?.dataset.search) return picked(own) || own[0].value;
  const chosen = own.filter((control) => control.checked).map((control) => control.value);
  if (own.at(-1)?.type === "file") return brought(own.at(-1), chosen);
  if (field.classList.contains("tick")) return own[0].checked;
  if (field.dataset.combobox) return linked(own, chosen);
  if (own[0]?.type === "radio") return chosen[0] ?? "";
  if (own[0]?.type === "checkbox") return chosen;
  return own[0]?.value;
}

// The id of an option that was taken of those offered or nearest to a typed text, while that text still stands there.
function picked([text, ...others]) {
  const asked = others.find((control) => control.name.endsWith("-asked"));
  const near = asked?.value === text.value && others.find((control) => control.checked)?.value;
  const taken = text.dataset.title === text.value ? text.dataset.id : near; // by combobox.js
  return taken && [taken];
}

// What was chosen under another choice is none under this one.
export function closeLevels({ dataset: { level } }, field) {
  for (const list of parts(field, "select[data-level]")) {
    if (Number(list.dataset.level) > Number(level)) [list.value, list.hidden] = ["", true];
  }
}

// The lists of a choice that is made level by level, as the server fills them.
export function openLevels(field, levels) {
  for (const list of parts(field, 'select[data-level]:not([data-level="1"])')) {
    const offered = Object.hasOwn(levels, list.name) ? levels[list.name] : [], { value } = list;
    list.replaceChildren(list.options[0], ...offered.map(([id, label]) => new Option(label, id, false, id === value)));
    list.hidden = offered.length === 0;
  }
}

// Shows or hides one option; one that is chosen stays in sight (app.css).
export function offer(field, id, open) {
  const [found] = parts(field, `option[value="${CSS.escape(id)}"], input[value="${CSS.escape(id)}"]`);
  if (found) (found.localName === "option" ? found : found.closest("label")).hidden = !open;
}

// A record that is linked to: the id of the button's, or the text that was typed since it was found.
function linked([box, asked], chosen) {
  return box.value.trim() === asked.value.trim() ? chosen.filter(Boolean) : box.value;
}

// The files that are there and still ticked, and those chosen to come; where one is all, the chosen one it is.
function brought(control, ticked) {
  const chosen = [...control.files].map((file) => file.name);
  return chosen[0] && !control.multiple ? chosen : [...ticked, ...chosen];
}

export const rowsOf = (table) => [...table.querySelectorAll("fieldset.row")];
export const cellsOf = (row) => [...row.querySelectorAll("[data-field]")];

// The rows of a table as its controls hold them.
export function rawRows(table) {
  const cells = (row) => cellsOf(row).map((cell) => [cell.dataset.field.split(".")[2], raw(cell)]);
  return rowsOf(table).map((row) => Object.fromEntries(cells(row).filter(([, value]) => value !== undefined)));
}

// How people call a field: its label, without the word "required"; a cell by its row too.
export function label(field) {
  const own = (part(field, ".tick > label > span") ?? part(field, "label, legend"))?.firstChild?.textContent ?? "";
  const row = field.closest("fieldset.row");
  if (!row) return own.trim();
  const table = row.closest("[data-field]");
  return `${label(table)} ${rowsOf(table).indexOf(row) + 1} ${own.trim()}`;
}
