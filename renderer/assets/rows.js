// Rows of a table: added, removed and moved on the page, by the buttons that without scripts draw it again.
import { renumber, rowsOf } from "./controls.js";

// `changed(table)` is called after each step.
export function rowButtons(form, said, announce, changed) {
  const told = (words, place) => announce(words.replace("%(n)s", place + 1));
  const settled = (table) => {
    rowsOf(table).forEach((row, place) => renumber(table, row, place));
    changed(table);
  };
  const button = (row, way) => row?.querySelector(`button[name="form-${way}"]`);
  const focus = (element) => element?.focus();

  const WAYS = {
    add(table) {
      const row = table.querySelector("template[data-row]").content.firstElementChild.cloneNode(true);
      table.querySelector(".rows").append(row);
      settled(table);
      focus(row.querySelector("input, select, textarea"));
      told(said.added, rowsOf(table).length - 1);
    },
    remove(table, row) {
      const place = rowsOf(table).indexOf(row);
      row.remove();
      settled(table);
      const rows = rowsOf(table);
      focus(button(rows[place] ?? rows.at(-1), "remove") ?? table.querySelector('button[name="form-add"]'));
      told(said.removed, place);
    },
    up: (table, row) => move(table, row, -1, "up"),
    down: (table, row) => move(table, row, 1, "down"),
  };

  function move(table, row, by, way) {
    const rows = rowsOf(table), place = rows.indexOf(row) + by;
    if (!rows[place]) return;
    if (by < 0) rows[place].before(row);
    else rows[place].after(row);
    settled(table);
    const last = place === (by < 0 ? 0 : rows.length - 1); // there its button is gone
    focus(button(row, last ? { up: "down", down: "up" }[way] : way));
    told(said.moved, place);
  }

  document.addEventListener("click", (event) => {
    const pressed = event.target.closest?.("button[name^=form-]");
    const way = WAYS[pressed?.name.slice("form-".length)];
    if (!way || pressed.closest("form") !== form) return;
    event.preventDefault();
    way(pressed.closest("[data-field]"), pressed.closest("fieldset.row"));
  });
}
