// A fault in words, as workflows/words.py says it. `words`: code → [texts of the cause, texts of the way out, with what parts them].

export function tell(words, { say, code, ...args }) {
  if (say !== undefined) return say;
  return words[code].map((texts) => fill(texts, args)).join("");
}

// Of several texts the first whose holes can all be filled.
function fill(texts, args) {
  const known = (name) => args[name] !== undefined && args[name] !== null && args[name] !== "";
  const holes = (text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  const text = texts.find((each) => holes(each).every(known)) ?? texts.at(-1);
  return text.replace(/\{(\w+)\}/g, (hole, name) => (known(name) ? args[name] : "…"));
}
