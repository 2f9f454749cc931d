// Faults on the page: shown once a field was left or the form was refused, gone as soon as they are mended, and the
// list of them at the top in step.
import { label, part, parts } from "./controls.js";

// `text(field)` says what is wrong with a field now, "" when nothing is.
export function faults(fields, text, said, announce) {
  const left = new WeakSet();
  const title = document.title.replace(/^[（(].*?[）)] ?/, (found) => (document.getElementById("fault-summary") ? "" : found));
  let summary = document.getElementById("fault-summary");
  let refused = summary !== null, before = -1;
  const foreign = [...(summary?.querySelectorAll("li") ?? [])].filter((line) => !fields.has(named(line)));

  function faulty() {
    return [...fields.values()].filter((field) => part(field, ".fault")?.textContent && !field.closest("[hidden]"));
  }

  function named(line) {
    return decodeURIComponent(line.querySelector("a")?.hash.slice(1) ?? ""); // what is not on the page has no link
  }

  function put(field, words) {
    part(field, ".fault").textContent = words;
    const states = field.matches("[aria-invalid]") ? [field] : parts(field, "[aria-invalid]");
    for (const state of states) state.setAttribute("aria-invalid", words !== "");
  }

  // Look again at some fields. While somebody is typing (`leaving` is false) faults only change and go.
  function review(some, leaving) {
    for (const field of some) {
      const shown = part(field, ".fault")?.textContent;
      if (shown === undefined) continue;
      const now = field.closest("[hidden]") ? "" : text(field);
      if (!now && !leaving) left.delete(field); // mended: it may be finished in peace
      if (now !== shown && (!now || shown || (leaving && (refused || left.has(field))))) put(field, now);
    }
    if (refused) list();
  }

  function list() {
    const wrong = faulty();
    const count = wrong.length + foreign.length;
    summary ??= made();
    summary.hidden = count === 0;
    summary.querySelector("h2").textContent = counted(said.look, count);
    summary.querySelector("ul").replaceChildren(...wrong.map(line), ...foreign);
    document.title = count > 0 ? counted(said.title, count) + title : title;
    if (before >= 0 && before !== count) {
      summary.setAttribute("role", "group"); // it was read when it came; now only the number is
      announce(count > 0 ? counted(said.still, count) : said.fine);
    }
    before = count;
  }

  function made() {
    const box = document.createElement("div");
    box.setAttribute("role", "alert");
    Object.assign(box, { id: "fault-summary", className: "summary", tabIndex: -1 });
    box.append(document.createElement("h2"), document.createElement("ul"));
    document.querySelector("form.form").before(box);
    return box;
  }

  function line(field) {
    const item = document.createElement("li"), link = document.createElement("a");
    link.href = `#${field.dataset.field}`;
    link.textContent = `${label(field)}${said.colon}${part(field, ".fault").textContent}`;
    item.append(link);
    return item;
  }

  // The form is about to be sent: everything is shown. Whether something is wrong that can be mended here.
  function refuse() {
    [refused, before] = [true, -1];
    review(fields.values(), true);
    const wrong = faulty().length > 0;
    if (wrong) summary.focus();
    return wrong;
  }

  return { review, refuse, leave: (field) => left.add(field) };
}

const counted = ([one, more], n) => (n === 1 ? one : more).replace("%(n)d", n);
