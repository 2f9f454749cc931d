// One form's answers as they are typed: read, settled, judged and told, all without a page.
import * as k from "./kernel.js";
import { settle } from "./form.js";
import { judging } from "./judging.js";
import { broken, read, unheard } from "./reading.js";
import { tell } from "./telling.js";

// `program`: the module that builder/emit/browser.py writes. `opens`: what the server says of this page,
// `{situation, system, answers, hand, creating, read}`, answers neutral; `read` are answers that only it can read, as
// [path, text, value]. `raws`: what stands in the controls, by field; rows are lists of `{column: raw}`.
export function answering({ default: make, words }, { read: heard = [], ...opens }, raws) {
  const program = make(k), faults = new Map(), known = new Map();
  const steps = new Map(program.map((step) => [step.id, step]));
  const held = new Map(Object.entries(raws));
  heard.forEach(learn);
  const typed = Object.fromEntries([...held].map(([name, raw]) => [name, neutral(name, raw)]));
  const form = settle(k, program, { ...opens, answers: { ...opens.answers, ...typed }, judge: judging(k, faults) });

  function learn([path, text, value]) {
    known.set(`${path} ${text}`, value);
  }

  function neutral(name, raw) {
    const step = steps.get(name);
    if (step === undefined) return raw || null; // the chosen state
    if (!step.columns) return Array.isArray(raw) && ["rows", "log"].includes(step.type) ? null : read(k, step, raw, known);
    const cell = (cells) => (column) => [column.id, k.get(cells, column.id) === null ? null : read(k, column, cells[column.id], known)];
    return raw.map((cells) => Object.fromEntries(step.columns.map(cell(cells))));
  }

  // A changed control's content. Returns the ids of what was settled, asked or judged again.
  function type(name, raw) {
    held.set(name, raw);
    return form.change(name, neutral(name, raw));
  }

  // What the server says after it was asked: the names it settles, the answers it has read.
  function hear({ system, read: heard = [] }) {
    heard.forEach(learn);
    const told = Object.entries(system).flatMap(([name, value]) => form.change(name, value));
    const again = [...held].filter(([name]) => steps.get(name)?.left || steps.get(name)?.columns?.some((each) => each.left));
    return [...told, ...again.flatMap(([name, raw]) => type(name, raw))];
  }

  const say = (name) => (faults.get(name) ?? []).map((fault) => tell(words, fault)).join(" ");
  // Whether an answer is one that only the server can read, and has not yet; a table's when one of its cells is.
  const unread = (name) => [...faults].some(([each, found]) => `${each}.`.startsWith(`${name}.`) && found.some(unheard));
  return { ...form, faults, steps, type, hear, say, unread, broken };
}
