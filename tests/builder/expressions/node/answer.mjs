// Evaluates emitted expressions, in Node (judge.mjs) or in a browser.
// {kernel} loads a kernel from its text. {functions, cases} evaluates cases [function, values, row] in `situation`.
// {form, program, cases} settles a form with answers `early`, then changes them to `answers`, one by one.
// {answers, program, cases} types answers into a page's form: `answers` is the address of renderer/assets/answers.js.
const load = (text) => import(`data:text/javascript,${encodeURIComponent(text)}`);
let kernel;

// JSON has no −0, NaN, ∞ and undefined: they are told apart, so that none passes for 0 or null.
function shown(value) {
  if (Array.isArray(value)) return value.map(shown);
  if (value === undefined) return { odd: "undefined" };
  if (typeof value === "number" && (!Number.isFinite(value) || Object.is(value, -0))) return { odd: String(value) + Object.is(value, -0) };
  return value;
}

function outcome(work) {
  try {
    return shown(work());
  } catch (failure) {
    return { odd: String(failure) };
  }
}

function settled(settle, program, situation, { early, answers, ...rest }) {
  const form = settle(kernel, program, { situation, answers: early, ...rest });
  const steps = Object.keys(answers).map((name) => [name, form.change(name, answers[name])]);
  return { values: form.values, visible: [...form.visible], required: [...form.required], steps };
}

// Opens a form with the raw answers `early`, then types all of `raws`, one by one, in the order given.
function typed(answering, module, { early, raws, hears = [], ...opens }, situation) {
  const form = answering(module, { ...opens, situation }, early);
  for (const [name, raw] of raws) form.type(name, raw);
  for (const heard of hears) form.hear(heard);
  const faults = Object.fromEntries([...form.faults.keys()].map((name) => [name, form.say(name)]));
  return { values: form.values, visible: [...form.visible], required: [...form.required], faults };
}

export async function answer(asked) {
  if (asked.kernel !== undefined) {
    kernel = await load(asked.kernel);
    return Object.keys(kernel);
  }
  const own = (map, name) => (Object.hasOwn(map, name) ? map[name] : undefined);
  const records = asked.situation.records ?? {};
  const situation = {
    ...asked.situation,
    person: (user) => own(asked.names, user) ?? user,
    linked: (template, id) => own(own(records, template) ?? {}, id) ?? {},
  };
  if (asked.answers !== undefined) {
    const [{ answering }, module] = [await import(asked.answers), await load(asked.program)];
    return asked.cases.map((each) => outcome(() => typed(answering, module, each, situation)));
  }
  if (asked.form !== undefined) {
    const [{ settle }, { default: program }] = [await load(asked.form), await load(asked.program)];
    return asked.cases.map((each) => outcome(() => settled(settle, program(kernel), situation, each)));
  }
  const { default: make } = await load(`export default (k) => [${asked.functions.join(",\n")}]`);
  const functions = make(kernel);
  return asked.cases.map(([index, values, row]) => outcome(() => functions[index](values, situation, row)));
}
