// What emitted expressions are made of: one function for each operation of the table in builder/expressions/tree.py,
// under its name there. Absent is null, in and out. Nothing here knows a clock, a time zone or a language; integers and
// money are whole numbers within ±(2⁵³−1), numbers are finite and never −0, dates are texts and are counted by hand.

const LARGEST = Number.MAX_SAFE_INTEGER;
const INK = /[^\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/; // anything but Unicode White_Space

const strict = (f) => (a, b = 0, c = 0) => (a === null || b === null || c === null ? null : f(a, b, c));
const asked = (f) => (a, b) => a !== null && b !== null && f(a, b);
const whole = (x) => (Math.abs(x) <= LARGEST ? x + 0 : null); // + 0: −0 becomes 0
const finite = (x) => (Number.isFinite(x) ? x + 0 : null);
const there = (items) => (items ?? []).filter((item) => item !== null);

// -- what is looked up: a field may be called "constructor" ---------------------------------------------------------

export const get = (record, name) => (Object.hasOwn(record, name) ? record[name] ?? null : null);
export const linked = (id, s, template, name) => (id === null ? null : get(s.linked(template, id), name));
export const text = (value) => (value !== null && INK.test(value) ? value : null);
export const pluck = (rows, name) => (rows ?? []).map((row) => get(row, name));
export const pluck_all = (rows, name) => (rows ?? []).flatMap((row) => get(row, name) ?? []);

// -- tests ----------------------------------------------------------------------------------------------------------

export const given = (value) =>
  value !== null && (typeof value === "string" ? INK.test(value) : !Array.isArray(value) || value.length > 0);
export const eq = asked((a, b) => a === b);
export const lt = asked((a, b) => order(a, b) < 0);
export const le = asked((a, b) => order(a, b) <= 0);
export const gt = asked((a, b) => order(a, b) > 0);
export const ge = asked((a, b) => order(a, b) >= 0);
export const one_of = (value, set) => value !== null && set.has(value);
export const overlaps = (items, set) => (items ?? []).some((item) => set.has(item));
export const member = (value, items) => value !== null && (items ?? []).includes(value);

// Texts by code point: in UTF-16 the surrogates of what lies beyond U+FFFF stand before U+E000.
function order(a, b) {
  if (typeof a === "string") {
    let i = 0;
    while (i < a.length && a.charCodeAt(i) === b.charCodeAt(i)) i += 1;
    if (i === a.length || i === b.length) return a.length - b.length;
    [a, b] = [rank(a.charCodeAt(i)), rank(b.charCodeAt(i))];
  }
  return a < b ? -1 : a > b ? 1 : 0;
}
const rank = (unit) => (unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit);

// -- numbers --------------------------------------------------------------------------------------------------------

export const add_whole = strict((a, b) => whole(a + b));
export const sub_whole = strict((a, b) => whole(a - b));
export const mul_whole = strict((a, b) => whole(a * b));
export const add_number = strict((a, b) => finite(a + b));
export const sub_number = strict((a, b) => finite(a - b));
export const mul_number = strict((a, b) => finite(a * b));
export const div = strict((a, b) => (b === 0 ? null : finite(a / b)));
export const neg = strict((a) => 0 - a);
export const abs = strict((a) => Math.abs(a));
export const mod = strict((a, b) => {
  if (b === 0) return null;
  const rest = a % b;
  return finite(rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest);
});

// Decimal digits of a double: d.ddd · 10^exponent, the shortest that name it or, after a precision, that many more.
function spelt(x, precision) {
  const [, sign, first, rest = "", exponent] = /^(-?)(\d)(?:\.(\d+))?e(.+)$/.exec(x.toExponential(precision));
  return { sign, digits: first + rest, exponent: Number(exponent) };
}

// Half away from zero, as the decimal a person means: see arithmetic.rounded. Times 10^scale.
function rounded(x, places, scale) {
  let { sign, digits, exponent } = spelt(x);
  if (digits.length - 1 - exponent > places) {
    ({ digits, exponent } = spelt(x, 14));
    const kept = exponent + 1 + places;
    if (kept < digits.length) {
      const up = digits[kept] >= "5" ? 1 : 0;
      digits = String(Number(digits.slice(0, Math.max(kept, 0))) + up);
      return Number(`${sign}${digits}e${scale - places}`);
    }
  }
  return Number(`${sign}${digits}e${exponent + 1 - digits.length + scale}`);
}
export const round = strict((x, places) => finite(rounded(x, places, 0)));
export const round_to = (x, places, scale) => (x === null ? null : whole(rounded(x, places, scale)));
export const round_off = strict((a, digits) => {
  const step = Number(`1e${digits}`);
  const rest = Math.abs(a) % step;
  const size = Math.abs(a) - rest + (rest * 2 >= step ? step : 0);
  return whole(a < 0 ? -size : size);
});

// -- days: counted from 1 March of the year 0, so that the day that some years lack is the last ---------------------

const pad = (n, width = 2) => String(n).padStart(width, "0");
const parts = (value) => [+value.slice(0, 4), +value.slice(5, 7), +value.slice(8, 10)];
const leap = (year) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
const last = (year, month) => (month === 2 ? (leap(year) ? 29 : 28) : 30 + ((month + (month >> 3)) & 1));

function count_days([year, month, day]) {
  const y = month > 2 ? year : year - 1;
  const before = 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
  return before + Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
}

function written(number) {
  let year = Math.floor(number / 365.2425);
  if (count_days([year + 1, 3, 1]) <= number) year += 1;
  if (count_days([year, 3, 1]) > number) year -= 1;
  const rest = number - count_days([year, 3, 1]);
  const month = Math.floor((5 * rest + 2) / 153);
  const day = rest - Math.floor((153 * month + 2) / 5) + 1;
  return date(month < 10 ? year : year + 1, month < 10 ? month + 3 : month - 9, day);
}

export const date = strict((year, month, day) => {
  const known = year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= last(year, month);
  return known ? `${pad(year, 4)}-${pad(month)}-${pad(day)}` : null;
});
export const parse_date = strict((value) => (/^\d{4}-\d\d-\d\d$/.test(value) ? date(...parts(value)) : null));
export const month = strict((value) => +value.slice(5, 7));
export const year = strict((value) => +value.slice(0, 4));
export const neg_duration = strict(([months, seconds]) => [0 - months, 0 - seconds]);

const clock = (value) =>
  value.length === 10 ? 0 : value.slice(11, 13) * 3600 + value.slice(14, 16) * 60 + Number(value.slice(17, 19));

export const shift = strict((value, [months, seconds], sign) => {
  const [year, month, day] = parts(value);
  const number = year * 12 + month - 1 + sign * months;
  const [y, m] = [Math.floor(number / 12), number - Math.floor(number / 12) * 12 + 1];
  if (y < 1 || y > 9999) return null;
  const time = clock(value) + sign * seconds;
  const found = written(count_days([y, m, Math.min(day, last(y, m))]) + Math.floor(time / 86400));
  if (found === null || value.length === 10) return found;
  const rest = time - Math.floor(time / 86400) * 86400;
  const [hours, minutes] = [Math.floor(rest / 3600), Math.floor(rest / 60) % 60];
  return `${found}T${pad(hours)}:${pad(minutes)}:${pad(rest % 60)}${value.slice(19)}`;
});

// The clock of a zone, by the table of its offsets: [from which UTC time, seconds ahead], in order.
const ahead = (utc, zone) => zone.findLast(([from]) => from <= utc)[1];
const local = (utc, zone) => shift(utc, [0, ahead(utc, zone)], 1);
const near = (clock, days) => shift(clock, [0, days * 86400], 1) ?? clock;

const around = (clock, zone) => [-1, 1].map((days) => shift(clock, [0, ahead(near(clock, days), zone)], -1));

// The times at which a zone's clock shows this: none where it is put forward, two where it is put back.
export const instants = (clock, zone) => around(clock, zone).filter((utc) => utc && local(utc, zone) === clock).sort();

// One time for what a clock shows: the first of two; where it leaves it out, as far on as it was put.
const instant = (clock, zone) => instants(clock, zone)[0] ?? around(clock, zone)[0];

export const local_date = (value, zone) => (value === null ? null : local(value, zone)?.slice(0, 10) ?? null);
export const moment_text = (value, zone) =>
  value === null ? null : local(value, zone)?.replace("T", " ").slice(0, 16) ?? null;

export function shift_local(value, by, sign, zone) {
  if (value === null || by === null) return null;
  const clock = shift(local(value, zone), [by[0], 0], sign);
  return clock && shift(instant(clock, zone), [0, by[1]], sign);
}

export const days = strict((first, second) => {
  const apart = count_days(parts(second)) - count_days(parts(first));
  const later = second.slice(10) < first.slice(10); // earlier on its day: the last day is not whole
  const earlier = second.slice(10) > first.slice(10);
  return apart > 0 && later ? apart - 1 : apart < 0 && earlier ? apart + 1 : apart;
});

export const months = strict((first, second) => {
  if (second < first) return 0 - months(second, first);
  const [[y, m, d], [year, month, day]] = [parts(first), parts(second)];
  return (year - y) * 12 + month - m - (Math.min(d, last(year, month)) > day ? 1 : 0);
});

// -- lists: an absent one is empty ----------------------------------------------------------------------------------

export const gather = (...lists) => lists.flatMap((items) => items ?? []);
export const map = (items, body) => (items ?? []).map((item) => body(item));
export const filter = (items, body) => (items ?? []).filter((item) => body(item));
export const exists = (items, body) => (items ?? []).some((item) => body(item));
export const all = (items, body) => (items ?? []).every((item) => body(item));
export const count = (items) => (items ?? []).filter(given).length;
const sum = (items, add) => there(items).reduce(add, 0); // from left to right; once out of range, absent for good
export const sum_whole = (items) => sum(items, (total, item) => add_whole(total, item));
export const sum_number = (items) => sum(items, (total, item) => add_number(total, item));
export const avg = (items) => div(sum_number(items), there(items).length);
const best = (items, better) =>
  there(items).reduce((one, other) => (one === null || better(other, one) ? other : one), null);
export const min = (items) => best(items, lt);
export const max = (items) => best(items, gt);

// -- texts ----------------------------------------------------------------------------------------------------------

export const size = (value) => (!given(value) ? 0 : Array.isArray(value) ? value.length : [...value].length);
// Letters whose lower case came after Unicode 14 stay: servers and browsers would differ about them (see texts.KNOWN).
const KNOWN = /[^\u1c89\ua7cb\ua7cc\ua7ce\ua7d2\ua7d4\ua7da\ua7dc\u{10d50}-\u{10d65}\u{16ea0}-\u{16eb8}]+/gu;
export const lower = strict((value) => value.replace(KNOWN, (found) => found.toLowerCase()));
export const starts = strict((value, part) => value.startsWith(part));
export const contains = strict((value, part) => value.includes(part));
export const trim = strict((value) => {
  let end = value.length;
  while (end > 0 && !INK.test(value[end - 1])) end -= 1;
  return value.slice(Math.max(value.search(INK), 0), end);
});
export const join = (separator, items) =>
  (items ?? []).filter((item) => text(item) !== null).join(separator ?? "") || null;
export const label = (value, texts) => (value === null ? null : texts.get(value) ?? value);
export const person_name = (value, situation) => (value === null ? null : text(situation.person(value)));
export const number_text = strict((x) => {
  const { sign, digits, exponent } = spelt(x);
  const point = exponent + 1;
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  if (point >= digits.length) return sign + digits.padEnd(point, "0");
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
});
export const money_text = strict((value, scale) => {
  const digits = String(Math.abs(value)).padStart(scale + 1, "0");
  const [units, cents] = [digits.slice(0, digits.length - scale), digits.slice(digits.length - scale)];
  return (value < 0 ? "-" : "") + units + (/[1-9]/.test(cents) ? `.${cents}` : "");
});
