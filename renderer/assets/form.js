// A form's answers, settled as the server settles them (workflows/settling.py): per field, in dependency order, visible?
// no → absent to everything; yes → the answer, or at creation the default → compute → normalise. A changed answer settles
// again only what depends on it. Answers and values are neutral; null is absent. Nothing here touches a page.

// `program`: what builder/emit/browser.py writes, called with the kernel. `system`: what expressions know of the record
// itself, and what the server tells the page. `hand`: tag group → ids given by hand. `creating`: whether defaults fill
// what is absent. `stored`: log → the entries that are there, which nobody types. An answer that cannot be read is
// `{code, …}`: absent, but said. `judge(step, form)` is called for each step that has to be judged again.
export function settle(k, program, { situation, system = {}, answers = {}, stored = {}, hand = {}, creating = true, judge = () => {} }) {
  const own = (map) => Object.assign(Object.create(null), map); // a field may be called "constructor"
  const [values, given, byHand] = [own(system), own(answers), own(hand)];
  const broken = (answer) => answer?.code !== undefined;
  const blank = (cell) => cell === false || !k.given(cell); // a box left unticked is not yet an answer
  const [visible, required, rows] = [new Set(), new Set(), new Map()];
  // name → places of steps whose value, whose being required, whose being right it decides
  const [readers, askers, checkers] = [new Map(), new Map(), new Map()];
  program.forEach((step, place) => {
    for (const name of step.reads) note(readers, name, place);
    for (const name of step.asks ?? []) note(askers, name, place);
    for (const name of step.checks ?? []) note(checkers, name, place);
    values[step.id] ??= null;
  });
  const places = new Map(program.map((step, place) => [step.id, place]));
  const form = { values, situation, visible, required, rows, given, change };
  run(program.keys());

  // An answer, or what the server tells of a name that is settled there. Returns the ids settled, asked or judged again.
  function change(name, answer) {
    if (places.has(name)) {
      given[name] = answer;
      return run([places.get(name)]);
    }
    if (same(values[name] ?? null, answer)) return [];
    values[name] = answer;
    return run(readers.get(name) ?? [], [name]);
  }

  // Settles these steps and all that follows from them, in order, then asks and judges what that concerns.
  function run(first, moving = []) {
    const due = new Set(first), settled = new Set(), shaken = [...moving];
    while (due.size > 0) {
      const place = Math.min(...due);
      due.delete(place);
      const { id } = program[place], [before, seen] = [values[id], visible.has(id)];
      step(program[place]);
      settled.add(place);
      const [moved, turned] = [!same(before, values[id]), seen !== visible.has(id)]; // who is seen only completeness asks
      if (moved) shaken.push(id);
      for (const reader of readers.get(id) ?? []) if (moved || (turned && program[reader].checklist)) due.add(reader);
    }
    const of = (map) => shaken.flatMap((id) => map.get(id) ?? []);
    const asked = new Set([...settled, ...of(askers)]);
    for (const place of asked) ask(program[place]);
    const judged = new Set([...asked, ...of(checkers)]);
    for (const place of judged) judge(program[place], form);
    return [...judged].map((place) => program[place].id);
  }

  function step(each) {
    if (each.tags) values[each.id] = tagged(each);
    else if (each.checklist) values[each.id] = completeness(each.checklist);
    else field(each);
  }

  function field(each) {
    forget(visible, each);
    values[each.id] = null;
    rows.delete(each.id);
    if (each.visible && each.visible(values, situation, {}) !== true) return;
    visible.add(each.id);
    if (each.columns) values[each.id] = table(each);
    else values[each.id] = answered(each, k.get(given, each.id), {});
  }

  function answered(each, answer, row) {
    if (each.stamp) return each.stamp(values, situation, row);
    if (each.compute) return tidy(each, each.compute(values, situation, row));
    if (broken(answer)) return null;
    return answer === null && (creating || each.anew) && each.default ? tidy(each, each.default(values, situation, row)) : answer;
  }

  // Rows in which nothing was said are dropped, though they show where to begin; the others keep the number they were given.
  function table(each) {
    const blanks = Object.fromEntries(each.columns.map((column) => [column.id, null]));
    const kept = (k.get(stored, each.id) ?? []).map((row) => own({ ...blanks, ...row })), numbers = kept.map(() => -1);
    (k.get(given, each.id) ?? []).forEach((cells, number) => {
      const row = own(blanks);
      let said = false;
      for (const column of each.columns) {
        const answer = k.get(cells, column.id), shows = !column.visible || column.visible(values, situation, row) === true;
        if (shows) {
          visible.add(`${each.id}.${number}.${column.id}`);
          row[column.id] = answered(column, answer, row);
        }
        if (shows ? !column.compute : column.keep && !broken(answer)) said ||= !blank(answer);
      }
      if (!said) return; // what is hidden, worked out or a default says nothing
      kept.push(row);
      numbers.push(number);
    });
    rows.set(each.id, numbers);
    return kept.length > 0 ? kept : null;
  }

  function tagged({ id, many, tags }) {
    const manual = (byHand[id] ?? []).filter((tag) => tags.some(([known, when]) => known === tag && when === null));
    if (manual.length > 0 && !many) return tags.find(([tag]) => manual.includes(tag))[0];
    const holds = ([tag, when]) => (when === null ? manual.includes(tag) : when(values, situation, {}) === true);
    const found = tags.filter(holds);
    return many ? found.map(([tag]) => tag) : found[0]?.[0] ?? null;
  }

  function completeness(checklist) {
    const shown = checklist.filter((name) => visible.has(name) || name === "state" || name === "owner");
    const there = shown.filter((name) => values[name] !== null && values[name] !== "");
    return shown.length > 0 ? Math.floor((100 * there.length) / shown.length) : 100;
  }

  function ask(each) {
    forget(required, each);
    if (visible.has(each.id) && asked(each, {})) required.add(each.id);
    (rows.get(each.id) ?? []).forEach((number, place) => {
      for (const column of each.columns) {
        const name = `${each.id}.${number}.${column.id}`;
        if (visible.has(name) && asked(column, values[each.id][place])) required.add(name);
      }
    });
  }

  function asked({ required: rule }, row) {
    return rule === true || (rule && rule(values, situation, row) === true);
  }

  function tidy({ type }, value) {
    if (type === "choices") return value !== null && value.length > 0 ? value : null;
    if (type !== "text" || value === null) return value;
    const plain = value.replace(/\r\n?|[\u2028\u2029\x85]/g, "\n").replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, "");
    return k.trim(k.text(plain.normalize("NFC")));
  }

  return form;
}

function note(map, name, place) {
  if (map.has(name)) map.get(name).push(place);
  else map.set(name, [place]);
}

// A field's own name and, for rows, those of its cells.
function forget(names, { id, columns }) {
  names.delete(id);
  if (columns) for (const name of names) if (name.startsWith(`${id}.`)) names.delete(name);
}

const same = (a, b) => a === b || (a !== null && typeof a === "object" && JSON.stringify(a) === JSON.stringify(b));
