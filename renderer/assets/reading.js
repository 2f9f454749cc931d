// What stands in a control → a neutral value, as workflows/reading reads what is sent: null is absent, `{code, …}` an
// answer that cannot be read. What needs more than its text (a telephone number, a record by its title), and a time
// written otherwise than controls write it (下午3点), is left to the server.

const EMPTY = /^[\x1c-\x1f\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*$/;
const NUMERAL = /^([+-]?)(\d{1,3}(?:,\d{3})+|\d+)?(?:\.(\d+))?(万|亿)?$/;
const ZEROS = { 万: 4, 亿: 8 };
const DAY = /^(\d{4})(?:-(\d{1,2})-(\d{1,2})|\/(\d{1,2})\/(\d{1,2})|年(\d{1,2})月(\d{1,2})日)$/;

const CLOCK = /^(\d{1,2}):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?$/;

const UNHEARD = { code: "unheard", say: "" }; // something was said, and the server has not told yet what it is

export const absent = (raw) => typeof raw === "string" && EMPTY.test(raw);
export const unheard = (value) => value === UNHEARD;
export const broken = (value) => value?.code !== undefined;

// A text as it is kept: NFC, trimmed, no control signs; line ends are "\n" in a text of several lines, else blanks.
export function clean(k, raw, lines) {
  const plain = raw.replace(/\r\n?|[\u2028\u2029\x85]/g, "\n").replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, "");
  const whole = plain.replace(/\p{Cs}/gu, "\ufffd"); // half a character: browsers send it like this
  return k.trim((lines ? whole : whole.replace(/[\t\n]+/g, " ")).normalize("NFC"));
}

const folded = (k, raw) => k.trim(raw.normalize("NFKC"));

// The digits of a number as it was written, `shift` places on: {digits, places} or null.
function numeral(k, raw, shift = 0) {
  const plain = folded(k, raw).replace("−", "-");
  const [all, sign, whole, rest = "", unit] = (plain.length <= 40 && NUMERAL.exec(plain)) || [];
  if (all === undefined || !(whole || rest)) return null;
  return { digits: sign + (whole ?? "0").replaceAll(",", "") + rest, places: (ZEROS[unit] ?? 0) + shift - rest.length };
}

function whole({ digits, places }, fault) {
  const dropped = places < 0 ? digits.slice(places) : "";
  if (/[1-9]/.test(dropped)) return fault;
  const value = Number(`${digits}e${places}`);
  const max = Number.MAX_SAFE_INTEGER;
  return Math.abs(value) <= max ? value + 0 : { code: "out-of-range", max };
}

// A text of a named format as it is kept: no full-width signs, blanks or hyphens, capitals, no +86.
function tidied(name, text) {
  const plain = text.normalize("NFKC").replace(/[ \t\n\u2010-]/g, "").toUpperCase();
  return name === "cn_mobile" ? plain.replace(/^(?:\+|00)?86(?=1[0-9]{10}$)/, "") : plain;
}

// HH:MM:SS.ffffff; null when there is no such time, nothing when it is not written like one.
function timeOf(text) {
  const [all, hour, minute, second = "00", part = ""] = CLOCK.exec(text) ?? [];
  if (!all) return undefined;
  const known = hour < 24 && minute < 60 && second < 60;
  return known ? `${hour.padStart(2, "0")}:${minute}:${second}.${part.padEnd(6, "0")}` : null;
}

const READERS = {
  text: (k, raw, { lines, format }) => {
    const text = clean(k, raw, lines);
    return (format ? tidied(format[1], text) : text) || null;
  },
  number: (k, raw) => {
    const found = numeral(k, raw);
    const value = found ? Number(`${found.digits}e${found.places}`) : Infinity;
    return Number.isFinite(value) ? value + 0 : { code: "not-number" };
  },
  integer: (k, raw) => {
    const found = numeral(k, raw);
    return found ? whole(found, { code: "not-integer" }) : { code: "not-integer" };
  },
  money: (k, raw, { scale = 0, currency }) => {
    const found = numeral(k, raw, scale);
    return found ? whole(found, { code: "too-many-decimals", scale, currency }) : { code: "not-money" };
  },
  date: (k, raw) => {
    const [all, year, ...rest] = DAY.exec(folded(k, raw)) ?? [];
    const [month, day] = rest.filter(Boolean).map(Number);
    return all ? k.date(Number(year), month, day) ?? { code: "no-such-day", value: all } : { code: "not-date" };
  },
  time: (k, raw) => {
    const value = folded(k, raw), found = timeOf(value);
    if (found === undefined) return undefined;
    return found?.endsWith(":00.000000") ? found.slice(0, 5) : { code: "no-such-time", value };
  },
  datetime: (k, raw, { zone }) => {
    const value = folded(k, raw), [, written, clock] = /^(\S+?)[T ](.+)$/.exec(value) ?? [];
    const time = timeOf(clock), day = READERS.date(k, written ?? "");
    if (time === undefined || day.code === "not-date") return undefined;
    if (time === null || broken(day)) return { code: "no-such-time", value };
    return k.instants(`${day}T${time}Z`, zone)[0] ?? { code: "time-left-out", value };
  },
  url: (k, raw, { shape }) => {
    const text = clean(k, raw).replace(/^https?(?=:\/\/)/i, (scheme) => scheme.toLowerCase());
    const place = RegExp(shape, "u").test(text) ? text.split(/[/?#]/)[2] : "";
    if (/[^!-~]|[[\]]/.test(place)) return undefined; // an address beyond ASCII, or of IPv6
    return /(^|@)(:[^@]*)?$/.test(place) ? { code: "not-url" } : text;
  },
  email: (k, raw, { shape }) => {
    const text = folded(k, raw), at = text.lastIndexOf("@");
    if (text.length > 254 || !RegExp(shape, "u").test(text)) return { code: "not-email" };
    return text.slice(0, at) + text.slice(at).toLowerCase();
  },
};

// `raw`: a text, a box's true or false, the list of what was ticked or chosen. `known`: what the server read, by path and
// text.
export function read(k, step, raw, known) {
  const { type, left } = step;
  if (typeof raw === "boolean") return raw;
  if (Array.isArray(raw)) return (type === "link" || type === "choice" ? raw[0] : raw.length > 0 && raw) || null;
  if (absent(raw)) return null;
  if (left && known.has(`${left} ${raw}`)) return known.get(`${left} ${raw}`);
  const value = READERS[type] ? READERS[type](k, raw, step) : left ? undefined : raw;
  return value === undefined ? UNHEARD : value;
}
