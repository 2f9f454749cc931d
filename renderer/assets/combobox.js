// A box that offers what is found while somebody types: the combobox of WAI-ARIA, over the box, the search button and the
// radio buttons that work without scripts. The server searches; the words travel in the body of a POST.
//
// [data-combobox] on the field is the address to ask: `q` → {items: [{id, title, about}]}. What is chosen is the radio
// button's answer, and the box says what it stands for; `NAME-asked` says that the two belong together.
// [data-search] on a box is a field with a long list of options: the page itself is asked, and what is chosen is the text.

const made = new WeakMap(); // box → what it offers

// Rows may be added while the page is open: a box is made ready when somebody comes to it.
document.addEventListener("focusin", ({ target }) => {
  if (!target.matches?.("[data-combobox] input[type=search], input[data-search]")) return;
  const ready = made.get(target) ?? combobox(target, target.dataset.search ? OPTIONS : RECORDS);
  if (!target.value) ready.soon();
});

const fieldOf = (box) => box.closest(".field");
const askedOf = (box) => fieldOf(box).querySelector(`input[name="${CSS.escape(`${nameOf(box)}-asked`)}"]`);
const nameOf = (box) => box.name.replace(/-text$/, "");

for (const box of document.querySelectorAll("[data-combobox] input[type=search]")) settle(box);

// What is chosen already stands in the box, and its button out of sight.
function settle(box) {
  const chosen = fieldOf(box).querySelector(".found input:checked");
  if (chosen?.value) take(box, chosen.value, chosen.parentElement.querySelector("span").firstChild.textContent.trim());
}

function take(box, id, title) {
  const found = fieldOf(box).querySelector(".found"), name = nameOf(box);
  const button = Object.assign(document.createElement("input"), { type: "radio", name, value: id, checked: true });
  found.replaceChildren(button);
  found.hidden = true;
  box.value = askedOf(box).value = title;
  return button;
}

function post(box, address, words, signal) {
  const token = box.form.querySelector("[name=csrf-token]"); // a visitor's form has none
  const body = new URLSearchParams({ ...words, ...(token && { "csrf-token": token.value }) });
  return fetch(address, { method: "POST", body, signal });
}

// How each kind is asked, what it holds when nothing is looked for, and what choosing means.
const RECORDS = {
  ask: (box, signal) => {
    return post(box, fieldOf(box).dataset.combobox, { q: box.value }, signal);
  },
  rests: (box) => box.value === askedOf(box).value,
  take: (box, { id, title }) => take(box, id, title).dispatchEvent(new Event("change", { bubbles: true })),
};
const OPTIONS = {
  ask: (box, signal) => {
    return post(box, location.href, { "form-options": box.dataset.search, "form-query": box.value }, signal);
  },
  rests: () => true,
  take: (box, { id, title }) => {
    Object.assign(box.dataset, { id, title });
    box.value = title;
    fieldOf(box).querySelector(".nearest")?.remove(); // what was near to the text before
    box.dispatchEvent(new Event("change", { bubbles: true }));
  },
};

function combobox(box, kind) {
  const field = fieldOf(box);
  const list = Object.assign(document.createElement("ul"), { className: "choices", hidden: true });
  const told = Object.assign(document.createElement("p"), { className: "unseen" });
  let [waiting, last, items, at] = [0, new AbortController(), [], -1];

  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.querySelector("label").firstChild.textContent.trim());
  told.setAttribute("role", "status");
  box.closest(".entry").append(list);
  field.append(told);
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-expanded", "false");

  box.addEventListener("input", (event) => { if (!event.isComposing) soon(); });
  box.addEventListener("compositionend", soon); // Chinese is searched for when the word is there, not its letters
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => { if (!event.isComposing && event.keyCode !== 229) KEYS[event.key]?.(event); });
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
  list.addEventListener("click", ({ target }) => {
    const place = [...list.children].indexOf(target.closest("[role=option]"));
    if (place >= 0) choose(items[place]);
  });

  const KEYS = {
    ArrowDown: (event) => { event.preventDefault(); if (list.hidden) search(); else mark((at + 1) % items.length); },
    ArrowUp: (event) => { if (!list.hidden) { event.preventDefault(); mark((Math.max(at, 0) || items.length) - 1); } },
    Enter: (event) => {
      if (at < 0 && kind.rests(box)) return; // nothing is looked for: the form is sent
      event.preventDefault();
      if (at >= 0) choose(items[at]);
      else search();
    },
    Escape: (event) => { if (!list.hidden) { event.preventDefault(); close(); } },
  };

  function soon() {
    clearTimeout(waiting);
    waiting = setTimeout(search, 150);
  }

  async function search() {
    last.abort();
    const { signal } = (last = new AbortController());
    try {
      const answer = await kind.ask(box, signal);
      if (answer.ok && document.activeElement === box) open((await answer.json()).items);
    } catch {
      if (!signal.aborted) close(); // the search button is there
    }
  }

  function open(fresh) {
    [items, at] = [fresh, -1];
    list.id = `${box.id}-list`;
    list.replaceChildren(...items.map(line));
    list.hidden = items.length === 0;
    box.setAttribute("aria-controls", list.id);
    box.setAttribute("aria-expanded", String(!list.hidden));
    box.removeAttribute("aria-activedescendant");
    told.textContent = String(items.length);
  }

  function line({ title, about }, place) {
    const option = Object.assign(document.createElement("li"), { id: `${list.id}-${place}` });
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.append(title, " ", Object.assign(document.createElement("span"), { className: "soft", textContent: about }));
    return option;
  }

  function mark(place) {
    list.children[at]?.setAttribute("aria-selected", "false");
    at = place;
    list.children[at].setAttribute("aria-selected", "true");
    list.children[at].scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", list.children[at].id);
  }

  function choose(item) {
    close();
    kind.take(box, item);
  }

  function close() {
    clearTimeout(waiting);
    last.abort();
    list.hidden = true;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  }

  const ready = { soon };
  made.set(box, ready);
  return ready;
}
