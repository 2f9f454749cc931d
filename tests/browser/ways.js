// A form filled as people fill it: what they type into its controls, what they are shown, what is sent.
window.ways = (() => {
  const boxes = ["radio", "checkbox"];
  const mine = (part, name) => part.querySelector(`[data-field="${CSS.escape(name)}"]`);
  const isTable = (field) => field.querySelector(":scope > template[data-row]") !== null;
  const fire = (control, ...kinds) => {
    for (const kind of kinds) control.dispatchEvent(new Event(kind, { bubbles: true }));
  };

  // Puts a raw answer into the controls of one field, as a person's typing would, and leaves them.
  const enter = (box, value) => {
    const own = [...box.querySelectorAll("input, select, textarea")].filter((c) => c.closest("[data-field]") === box);
    const ticks = own.filter((c) => boxes.includes(c.type));
    for (const control of ticks) {
      const on = Array.isArray(value) ? value.includes(control.value) : value === true || value === control.value;
      if (control.checked !== on) { control.checked = on; fire(control, "input", "change"); }
    }
    if (ticks.length === 0 && own[0].type !== "file") {
      own[0].value = value;
      fire(own[0], "input", "change");
      own[0].dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
    }
  };

  // The page with scripts: a whole answer, rows with it.
  const type = ([name, raw]) => {
    const field = mine(document, name);
    if (!isTable(field)) return enter(field, raw);
    while (field.querySelector("fieldset.row")) field.querySelector('[name="form-remove"]').click();
    raw.forEach((row, number) => {
      field.querySelector('[name="form-add"]').click();
      for (const [column, value] of Object.entries(row)) enter(mine(field, `${name}.${number}.${column}`), value);
    });
  };

  // What a page shows: name → null where it is hidden, else [the word "required", the fault, the worked out value].
  const shown = (page) => Object.fromEntries([...page.querySelectorAll("form.form .field[data-field]")].map((field) => {
    const own = (selector) => [...field.querySelectorAll(selector)].find((c) => c.closest("[data-field]") === field);
    const must = own(".must");
    const told = [must !== undefined && !must.hidden, own(".fault").textContent, own("output")?.textContent];
    return [field.dataset.field, field.closest("[hidden]") === null ? told : null];
  }));

  const pairs = (page) => [...new FormData(page.querySelector("form.form"))].filter(([, value]) => !(value instanceof File));
  const read = (text) => new DOMParser().parseFromString(text, "text/html");
  const send = async (page, also = []) => {
    const body = new URLSearchParams([...pairs(page), ...also]);
    const answer = await fetch(location.href, { method: "POST", body, headers: { Accept: "text/html" } });
    return [answer, read(await answer.text())];
  };
  const told = (answer, page) => ({
    status: answer.status,
    id: answer.url.split("/r/")[1] ?? "",
    shown: shown(page),
    listed: [...page.querySelectorAll("#fault-summary li")].map((li) => li.querySelector("a")?.hash ?? ""),
  });

  // The page stays where it is when its form is sent; who got as far as here was not refused by its scripts.
  let gone = false;
  const stay = () => document.querySelector("form.form").addEventListener("submit", (event) => {
    event.preventDefault();
    gone = true;
  });

  // The form that stands here is sent without its scripts; and what the page drawn of it would send again.
  const sent = async () => {
    const [answer, page] = await send(document);
    return { ...told(answer, page), refused: !gone, again: answer.status === 422 ? pairs(page) : null };
  };

  // Somebody without scripts: fills what is shown, has the form drawn again until nothing new shows, and sends it.
  const without = async (raws) => {
    let page = read(await (await fetch(location.href)).text());
    const table = ([name]) => isTable(mine(page, name));
    const cells = (name, raw) => raw.flatMap((row, number) =>
      Object.entries(row).map(([column, cell]) => [`${name}.${number}.${column}`, cell]));
    let left = Object.entries(raws);
    for (;;) {
      const open = left.filter(([name]) => mine(page, name)?.closest("[hidden]") === null);
      if (open.length === 0) break;
      left = left.filter((each) => !open.includes(each));
      for (const [name, raw] of open.filter((each) => !table(each))) enter(mine(page, name), raw);
      [, page] = await send(page, [["form-update", "yes"]]);
      for (const [name, raw] of open.filter(table)) {
        if (mine(page, name).closest("[hidden]") !== null) continue;
        for (const row of mine(page, name).querySelectorAll("fieldset.row")) row.remove();
        for (const _ of raw) [, page] = await send(page, [["form-add", name]]);
        for (const [cell, value] of cells(name, raw)) {
          if (mine(page, cell).closest("[hidden]") === null) enter(mine(page, cell), value);
          else left.push([cell, value]);
        }
      }
      if (open.some(table)) [, page] = await send(page, [["form-update", "yes"]]);
    }
    return told(...(await send(page)));
  };

  // What the API answers.
  const call = async ([method, address, body, token, rev]) => {
    const headers = { "Content-Type": "application/json", "Accept-Language": "zh", Authorization: `Bearer ${token}` };
    if (rev) headers["If-Match"] = rev;
    const answer = await fetch(address, { method, body: JSON.stringify(body), headers });
    return { status: answer.status, ...(await answer.json()) };
  };

  return { type, stay, shown, pairs, sent, without, call };
})();
