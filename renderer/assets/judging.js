// What is wrong with a settled form, as workflows/evaluate.py judges it: HTML name → faults, `{code, …}` or `{say}`.
import { broken } from "./reading.js";

const COUNTED = ["text", "phone", "email", "url"], LISTED = ["choices", "rows", "log", "file"];
const CALENDAR = ["date", "datetime", "time"];
const CODES = {};
for (const type of CALENDAR) CODES[type] = ["too-early", "too-late"];
for (const type of COUNTED) CODES[type] = ["too-short", "too-long"];
for (const type of LISTED) CODES[type] = ["too-few", type === "file" ? "too-many-files" : "too-many"];

const size = (value) => (Array.isArray(value) ? value.length : typeof value === "string" ? [...value].length : 0);
const misses = (pattern, value) => typeof value === "string" && !RegExp(pattern, "u").test(value);
const unlike = ({ format: [, name] }) => ({ code: `not-${name.replaceAll("_", "-")}` });
const fixed = (bound) => bound !== undefined && typeof bound !== "function";

// The decimal digits of two numbers as whole ones, to divide exactly.
function divides(k, step, value) {
  const texts = [step, value].map(k.number_text);
  const places = Math.max(...texts.map((text) => text.split(".")[1]?.length ?? 0));
  const [one, other] = texts.map((text) => {
    const [whole, rest = ""] = text.split(".");
    return BigInt(whole + rest.padEnd(places, "0"));
  });
  return other % one === 0n;
}

// A bound as it is told.
const TOLD = {
  money: (limit, { scale = 0 }, k) => k.money_text(limit, scale),
  number: (limit, step, k) => k.number_text(limit),
  datetime: (limit, { zone }, k) => k.moment_text(limit, zone),
};

// Whether the check digit fits, as workflows/formats.py finds it.
const CHECKS = {
  uscc: (text) => {
    const rest = [...text.slice(0, 17)].reduceRight((total, sign) => (3 * total + SIGNS.indexOf(sign)) % 31, 0);
    return SIGNS[(31 - rest) % 31] === text[17];
  },
  resident_id: (text, k) => {
    const rest = [...text.slice(0, 17)].reduce((total, digit) => (2 * (total + Number(digit))) % 11, 0);
    const born = k.parse_date(text.replace(/^.{6}(.{4})(..)(..).*/, "$1-$2-$3"));
    return born !== null && "10X98765432"[rest] === text[17];
  },
  bank_card: (text) => {
    const doubled = [...text].reverse().map((digit, place) => digit * (1 + (place % 2)));
    return doubled.reduce((total, digit) => total + (digit > 9 ? digit - 9 : digit), 0) % 10 === 0;
  },
};
const SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY";

// A judge for renderer/assets/form.js: called with a step whose value, question or checks may have changed.
export function judging(k, faults) {
  function beyond(step, value, side, limit) {
    const { type, scale = 0 } = step;
    const amount = COUNTED.includes(type) || LISTED.includes(type) ? size(value) : value;
    if (limit === null || (side === 0 ? !(amount < limit) : !(amount > limit))) return [];
    const bound = (TOLD[type] ?? String)(limit, step, k);
    const unit = type === "money" ? step.currency : step.unit;
    return [{ code: (CODES[type] ?? ["under-min", "over-max"])[side], bound, unit, size: size(value) }];
  }

  // `now`: what an expression, or the words for a fault, come to with these answers.
  function* bounds(step, value, now, still) {
    for (const [side, limit] of [step.min, step.max].entries()) {
      if (limit === undefined || (fixed(limit) && !CALENDAR.includes(step.type)) !== still) continue;
      yield* beyond(step, value, side, fixed(limit) ? limit : now(limit));
    }
  }

  // What the JSON Schema says of a value.
  function* shape(step, value) {
    yield* bounds(step, value, null, true);
    for (const pattern of step.pattern ?? []) if (misses(pattern, value)) yield { code: "pattern", example: step.example };
    if (step.format && misses(step.format[0], value)) yield unlike(step);
    const whole = step.step && Math.round(step.step * 10 ** (step.scale ?? 0));
    if (whole && step.type !== "number" && divides(k, 1, step.step * 10 ** (step.scale ?? 0)) && value % whole !== 0) {
      yield { code: "off-step", step: k.number_text(step.step) };
    }
  }

  function* rest(step, value, now) {
    yield* bounds(step, value, now, false);
    if (step.step && step.type === "number" && !divides(k, step.step, value)) {
      yield { code: "off-step", step: k.number_text(step.step) };
    }
    if (step.format && !misses(step.format[0], value) && CHECKS[step.format[1]]?.(value, k) === false) yield unlike(step);
    for (const id of step.offers ? [value].flat() : []) {
      const [, held, option] = step.offers.find(([known]) => known === id) ?? [id, []];
      if (!held.every((condition) => now(condition) === true)) {
        yield { code: "not-option-now", option };
        break;
      }
    }
    for (const [check, say] of step.valid ?? []) if (now(check) !== true) yield { say: now(say) };
    const word = typeof value === "string" && step.refuse ? k.lower(k.trim(value)) : null;
    for (const [words, say] of step.refuse ?? []) if (words.includes(word)) yield { say: now(say) };
  }

  function judge(step, name, value, answer, form, row) {
    const found = !step.compute && broken(answer) ? [answer] : [];
    const boolean = step.type === "boolean", now = (part) => part(form.values, form.situation, row);
    if (value !== null) found.push(...shape(step, value));
    if (found.length === 0 && (boolean ? value !== true : value === null) && form.required.has(name)) {
      found.push({ code: boolean ? "must-be-yes" : "required" });
    }
    if (value !== null) found.push(...rest(step, value, now));
    if (found.length > 0) faults.set(name, found);
    else faults.delete(name);
  }

  return (step, form) => {
    if (!form.visible.has(step.id)) faults.delete(step.id);
    else judge(step, step.id, form.values[step.id], k.get(form.given, step.id), form, {});
    if (!step.columns) return;
    for (const name of faults.keys()) if (name.startsWith(`${step.id}.`)) faults.delete(name);
    (form.rows.get(step.id) ?? []).forEach((number, place) => {
      const row = form.values[step.id][place], cells = form.given[step.id]?.[number];
      for (const column of step.columns) {
        const name = `${step.id}.${number}.${column.id}`;
        if (form.visible.has(name)) judge(column, name, row[column.id], k.get(cells, column.id), form, row);
      }
    });
  };
}
