// Rows of a table: added, removed and moved on the page, by the buttons that without scripts draw it again. Only forms
// with tables load this. The form that listens (page.js) is told of each step by the event `rows`, its detail in words.
import { rowsOf } from "./controls.js";

const status = document.getElementById("form-status");
const said = JSON.parse(status.dataset.said);

const NAMED = ["id", "name", "for", "aria-describedby", "data-field"];

// Names and number of a row at another place, so that the server reads the rows in the order they stand in.
function renumber(table, row, place) {
  const id = table.dataset.field, old = new RegExp(`(^| )${id}\\.(?:\\d+|new)(?=\\.|$)`, "g");
  for (const element of [row, ...row.querySelectorAll("*")]) {
    for (const name of element.localName === "button" ? ["value"] : NAMED) {
      const text = element.getAttribute(name);
      if (text !== null) element.setAttribute(name, text.replace(old, `$1${id}.${place}`));
    }
    if (element.hasAttribute("data-number")) element.textContent = place + 1;
  }
}

function settled(table, words, place) {
  rowsOf(table).forEach((row, number) => renumber(table, row, number));
  const detail = words.replace("%(n)s", place + 1);
  table.dispatchEvent(new CustomEvent("rows", { bubbles: true, detail }));
}

const button = (row, way) => row?.querySelector(`button[name="form-${way}"]`);
const focus = (element) => element?.focus();

const WAYS = {
  add(table) {
    const row = table.querySelector("template[data-row]").content.firstElementChild.cloneNode(true);
    table.querySelector(".rows").append(row);
    settled(table, said.added, rowsOf(table).length - 1);
    focus(row.querySelector("input, select, textarea"));
  },
  remove(table, row) {
    const place = rowsOf(table).indexOf(row);
    row.remove();
    settled(table, said.removed, place);
    const rows = rowsOf(table);
    focus(button(rows[place] ?? rows.at(-1), "remove") ?? table.querySelector('button[name="form-add"]'));
  },
  up: (table, row) => move(table, row, -1, "up"),
  down: (table, row) => move(table, row, 1, "down"),
};

function move(table, row, by, way) {
  const rows = rowsOf(table), place = rows.indexOf(row) + by;
  if (!rows[place]) return;
  if (by < 0) rows[place].before(row);
  else rows[place].after(row);
  settled(table, said.moved, place);
  const last = place === (by < 0 ? 0 : rows.length - 1); // there its button is gone
  focus(button(row, last ? { up: "down", down: "up" }[way] : way));
}

document.addEventListener("click", (event) => {
  const pressed = event.target.closest?.("button[name^=form-]");
  const way = WAYS[pressed?.name.slice("form-".length)];
  if (!way || !status.dataset.ready || pressed.closest("form") !== status.closest("form")) return;
  event.preventDefault();
  way(pressed.closest("[data-field]"), pressed.closest("fieldset.row"));
});
