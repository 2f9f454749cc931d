// What stands in the controls of a form. A field may be called "action" or "submit", so nothing is asked of the form by
// property that a control could shadow.

// The parts of a field that are its own, not those of a cell inside it.
export const parts = (field, selector) =>
  [...field.querySelectorAll(selector)].filter((found) => found.closest("[data-field]") === field);
export const part = (field, selector) => parts(field, selector)[0];

export function raw(field) {
  const own = parts(field, "input, select, textarea");
  const chosen = own.filter((control) => control.checked).map((control) => control.value);
  if (field.classList.contains("tick")) return own[0].checked;
  if (own[0]?.type === "radio") return chosen[0] ?? "";
  if (own[0]?.type === "checkbox") return chosen;
  return own[0]?.value;
}

export const rowsOf = (table) => [...table.querySelectorAll("fieldset.row")];
export const cellsOf = (row) => [...row.querySelectorAll("[data-field]")];

// The rows of a table as its controls hold them.
export function rawRows(table) {
  const cells = (row) => cellsOf(row).map((cell) => [cell.dataset.field.split(".")[2], raw(cell)]);
  return rowsOf(table).map((row) => Object.fromEntries(cells(row).filter(([, value]) => value !== undefined)));
}

const NAMED = ["id", "name", "for", "aria-describedby", "data-field"];

// Names and number of a row at another place, so that the server reads the rows in the order they stand in.
export function renumber(table, row, place) {
  const id = table.dataset.field, old = new RegExp(`(^| )${id}\\.(?:\\d+|new)(?=\\.|$)`, "g");
  for (const element of [row, ...row.querySelectorAll("*")]) {
    for (const name of element.localName === "button" ? ["value"] : NAMED) {
      const text = element.getAttribute(name);
      if (text !== null) element.setAttribute(name, text.replace(old, `$1${id}.${place}`));
    }
    if (element.hasAttribute("data-number")) element.textContent = place + 1;
  }
}

// How people call a field: its label, without the word "required"; a cell by its row too.
export function label(field) {
  const own = (part(field, ".tick > label > span") ?? part(field, "label, legend"))?.firstChild?.textContent ?? "";
  const row = field.closest("fieldset.row");
  if (!row) return own.trim();
  const table = row.closest("[data-field]");
  return `${label(table)} ${rowsOf(table).indexOf(row) + 1} ${own.trim()}`;
}
