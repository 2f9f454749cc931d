// A form on its page: what is typed settles at once; what only the server can settle is asked in the background.
import { answering } from "./answers.js";
import { cellsOf, closeLevels, offer, openLevels, part, parts, raw, rawRows, rowsOf } from "./controls.js";
import { faults } from "./faults.js";
import { show } from "./showing.js";

const status = document.getElementById("form-status");
// Without its program the page is what it is without scripts: the buttons that draw it again come back.
const plain = () => document.documentElement.classList.remove("js");
function fail(failure) {
  plain();
  console.error(failure);
}
if (status?.dataset.program) import(status.dataset.program).then(start).catch(fail);
else if (status) plain(); // a page with a form that nothing is to follow

const on = (kind, act, early) => document.addEventListener(kind, act, early);

function start(program) {
  const [opens, said] = [JSON.parse(status.dataset.opens), JSON.parse(status.dataset.said)];
  const form = status.closest("form"), fields = new Map(), told = new Map();
  const pending = new Set(), dirty = new Set(), news = [];
  let composing = false, asking = new AbortController(), complete = null;
  index();
  const answers = answering(program, { ...opens, situation: { ...opens.situation, person } }, standing());
  for (const [name, field] of fields) if (deferred(name)) told.set(field, part(field, ".fault").textContent);
  const wrong = faults(fields, text, said, announce);
  draw([...answers.steps.keys()]);
  status.dataset.ready = "1";

  function index() {
    fields.clear();
    for (const field of document.querySelectorAll("form.form .field[data-field]")) fields.set(field.dataset.field, field);
  }

  function standing() {
    const tops = [...fields].filter(([name]) => !name.includes("."));
    const content = (field) => (field.querySelector("template[data-row]") ? rawRows(field) : raw(field));
    return Object.fromEntries(tops.map(([name, field]) => [name, content(field)]).filter(([, held]) => held !== undefined));
  }

  // The name of somebody: told by the server, else as the lists of people have it.
  function person(id) {
    if (Object.hasOwn(opens.names, id)) return opens.names[id];
    for (const list of document.querySelectorAll("select[data-people]")) {
      for (const option of list.options) if (option.value === id) return option.text;
    }
    return id;
  }

  // -- what is told -------------------------------------------------------------------------------------------------

  function stepOf(name) {
    const [top, , column] = name.split(".");
    const step = answers.steps.get(top);
    return column === undefined ? step : step?.columns?.find((each) => each.id === column);
  }

  // Whether the server judges an answer: it asked to, or the rows are settled there in which it stands.
  function deferred(name) {
    const [top, number] = name.split(".");
    return stepOf(name)?.deferred || (number !== undefined && !answers.steps.get(top)?.columns);
  }

  function text(field) {
    const name = field.dataset.field;
    return (deferred(name) && told.get(field)) || answers.say(name);
  }

  // What happens at once is said at once: a later word would silence the one before.
  function announce(words) {
    if (news.push(words) === 1) queueMicrotask(() => { status.textContent = news.splice(0).join(" "); });
  }

  // -- what is shown ------------------------------------------------------------------------------------------------

  function draw(ids) {
    const turned = [];
    for (const id of new Set(ids)) {
      const field = fields.get(id), step = answers.steps.get(id);
      if (!field || !step) continue;
      paint(field, step, answers.values[id], turned);
      pending.add(field);
      if (step.columns) drawRows(field, step, turned);
    }
    if (turned.length > 0) steady(() => turned.forEach(turn));
    if (answers.values.completeness !== complete) fill(answers.values.completeness);
  }

  function drawRows(table, step, turned) {
    const places = answers.rows.get(step.id) ?? [];
    rowsOf(table).forEach((row, number) => {
      const values = answers.values[step.id]?.[places.indexOf(number)];
      for (const cell of cellsOf(row)) {
        const column = step.columns.find((each) => each.id === cell.dataset.field.split(".")[2]);
        paint(cell, column, values?.[column.id] ?? null, turned, values);
        pending.add(cell);
      }
    });
  }

  function holds(row) {
    return (condition) => condition(answers.values, answers.situation, row) === true;
  }

  function paint(field, step, value, turned, row = {}) {
    const name = field.dataset.field, shown = answers.visible.has(name);
    if (field.hidden === shown) turned.push([field, !shown]);
    for (const [id, held, , retired] of step.offers ?? []) if (!retired) offer(field, id, held.every(holds(row)));
    if (typeof step.required === "function") require(field, answers.required.has(name));
    const output = (step.compute || step.default) && part(field, "output");
    if (output && !step.told) output.textContent = show(step, value, said);
  }

  function require(field, required) {
    const word = part(field, ".must");
    if (word) word.hidden = !required;
    const states = field.hasAttribute("aria-required") ? [field] : parts(field, "[aria-required]");
    for (const state of states) state.setAttribute("aria-required", required);
  }

  function turn([field, hidden]) {
    if (hidden && field.contains(document.activeElement)) document.activeElement.blur();
    field.hidden = hidden;
    const section = field.closest("section[data-field]");
    section.hidden = [...section.querySelectorAll(".grid > .field")].every((each) => each.hidden);
  }

  // What comes and goes above must not push away what somebody is working at.
  function steady(work) {
    const here = document.activeElement, before = here.getBoundingClientRect().top;
    work();
    const moved = here === document.body ? 0 : here.getBoundingClientRect().top - before;
    if (moved !== 0) window.scrollBy({ top: moved, behavior: "instant" });
  }

  function fill(percent) {
    complete = percent;
    const meter = document.querySelector("[data-complete]");
    if (!meter) return;
    meter.querySelector("progress").value = percent;
    meter.querySelector("span").textContent = `${percent}%`;
  }

  // -- what happens -------------------------------------------------------------------------------------------------

  const fieldOf = (event) => (event.target.closest?.("form") === form ? event.target.closest(".field[data-field]") : null);

  function changed(field) {
    const table = field.closest("fieldset.row")?.closest("[data-field]");
    told.delete(field);
    dirty.add(field);
    tell(field);
    pending.add(field);
    const name = (table ?? field).dataset.field;
    draw(answers.type(name, table ? rawRows(table) : raw(field)));
    wrong.review(pending, false);
  }

  // Somebody is done with a field: now faults may show, and the server hears what it has to know.
  function done(field) {
    if (!dirty.has(field)) return;
    wrong.leave(field);
    wrong.review(pending, true);
    if (unsaid() || part(field, ".alike")) ask();
    pending.clear();
    dirty.clear();
    if (status.dataset.complete !== String(complete) && status.dataset.complete) announce(`${said.complete} ${complete}%`);
    status.dataset.complete = complete;
  }

  // Whether something was typed that only the server can read or judge, or of which only it knows the next level.
  function unsaid() {
    return [...dirty].some((field) => {
      const name = field.dataset.field, steps = [name, name.split(".")[0]].map(stepOf);
      return part(field, "[data-level]") || answers.unread(name) || steps.some((step) => step?.ask || step?.deferred);
    });
  }

  function changedRows(table) {
    const waiting = status.dataset.asking, name = table.dataset.field;
    asking.abort();
    delete status.dataset.asking;
    index();
    draw(answers.type(name, rawRows(table)));
    wrong.review([...pending, ...fields.values()], false);
    const { ask: asks, columns } = answers.steps.get(name);
    if (waiting || asks || !columns || columns.some((each) => each.deferred) || answers.unread(name)) ask();
    form.dispatchEvent(new Event("input", { bubbles: true })); // what is not stored yet is not lost by a wrong click
  }

  on("rows", ({ target, detail }) => { // from rows.js
    changedRows(target);
    announce(detail);
  });

  async function ask() {
    asking.abort();
    status.dataset.asking = "1"; // who looks at the page can tell that it waits
    const { signal } = (asking = new AbortController());
    const body = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
    body.append("form-update", "1");
    const before = new Map(fields);
    try {
      const answer = await fetch(location.href, { method: "POST", body, signal, headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.status);
      const found = await answer.json();
      delete status.dataset.asking;
      hear(found, before);
    } catch (failure) {
      if (signal.aborted) return;
      delete status.dataset.asking;
      fail(failure);
    }
  }

  function hear({ outputs, faults: found, hidden, required, levels, offers, alike, ...more }, before) {
    for (const map of [outputs, found, offers, alike]) Object.setPrototypeOf(map, null); // a field may be called "constructor"
    const ids = answers.hear(more);
    for (const [name, field] of before) {
      openLevels(field, levels);
      for (const [id, open] of offers[name] ?? []) offer(field, id, open);
      if (deferred(name) && !dirty.has(field)) told.set(field, found[name] ?? "");
      tell(field, alike[name]);
      const output = name in outputs && part(field, "output");
      if (output) output.innerHTML = outputs[name]; // escaped by the server
      const [top, number] = name.split(".");
      if (number === undefined || answers.steps.get(top)?.columns) continue;
      field.hidden = hidden.includes(name);
      if (part(field, ".must[hidden]") || required.includes(name)) require(field, required.includes(name));
    }
    draw(ids);
    wrong.review(fields.values(), true);
    pending.clear();
  }

  // Records that may be of the same thing; the same ones are not read out again.
  function tell(field, links = "") {
    const box = part(field, ".alike");
    if (box && box.innerHTML !== links) steady(() => { box.innerHTML = links; }); // escaped by the server
  }

  on("compositionstart", () => { composing = true; });
  on("compositionend", (event) => {
    composing = false;
    const field = fieldOf(event);
    if (field) changed(field);
  });
  on("input", (event) => {
    const field = composing || event.isComposing ? null : fieldOf(event);
    if (field && event.target.dataset.level) closeLevels(event.target, field);
    if (field) changed(field);
  });
  on("change", (event) => {
    const field = fieldOf(event);
    if (!field) return;
    changed(field);
    if (event.target.matches("select, [type=radio], [type=checkbox]")) done(field);
  });
  on("focusout", (event) => {
    const field = fieldOf(event);
    if (field && !composing && !field.contains(event.relatedTarget)) done(field);
  });
  on("keydown", (event) => { // Enter that takes a word over from the input method sends nothing
    if (event.key === "Enter" && (event.isComposing || event.keyCode === 229) && fieldOf(event)) event.preventDefault();
  });
  on("submit", (event) => {
    if (event.target !== form || event.submitter?.name) return;
    const waiting = unsaid() || status.dataset.asking; // what is missing here may be there once the server has read it
    if (!composing && (waiting || !wrong.refuse())) return;
    event.preventDefault();
    event.stopPropagation();
  }, true);
}
