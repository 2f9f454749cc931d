// What the pages do a little better with scripts; each of them works without. No framework, nothing inline.
// A field may be called "action" or "submit", so a form is never asked by property for what a control could shadow.

const root = document.documentElement;
root.classList.add("js");

const summary = document.getElementById("fault-summary");
if (summary) summary.focus();

for (const form of document.querySelectorAll("form")) guardAgainstDoubleSubmit(form);
const form = document.querySelector("form[data-form]");
if (form) {
  followAnswers(form);
  warnOnLeaving(form);
}

// A filter takes effect when it is chosen.
for (const filters of document.querySelectorAll("form[data-filters]")) {
  filters.addEventListener("change", () => filters.requestSubmit());
}

// A second click while the first is on its way does nothing. (The server would return the first result anyway.)
function guardAgainstDoubleSubmit(form) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "1";
    event.submitter?.setAttribute("aria-disabled", "true");
  });
  window.addEventListener("pageshow", () => { // back from the next page: the form is live again
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
  });
}

// Unsaved answers are not lost by a wrong click.
function warnOnLeaving(form) {
  let touched = document.querySelector("[data-touched]") !== null;
  form.addEventListener("input", () => { touched = true; });
  window.addEventListener("beforeunload", (event) => {
    if (touched && !form.dataset.sent) event.preventDefault();
  });
}

// An answer on which others depend: the server judges in the background, what is shown and asked follows. It never
// touches what somebody types: only visibility, the words "required", and computed values are taken over.
function followAnswers(form) {
  let last = new AbortController();
  form.addEventListener("change", (event) => {
    if (event.target.closest("[data-depends]")) refresh();
  });

  async function refresh() {
    last.abort();
    last = new AbortController();
    const body = new URLSearchParams(new FormData(form));
    body.append("form-update", "1");
    try {
      const answer = await fetch(location.href, { method: "POST", body, signal: last.signal, headers: { Accept: "text/html" } });
      if (answer.ok) adopt(new DOMParser().parseFromString(await answer.text(), "text/html"));
      else root.classList.remove("js"); // the button without scripts comes back
    } catch (failure) {
      if (failure.name !== "AbortError") root.classList.remove("js");
    }
  }

  function adopt(page) {
    for (const fresh of page.querySelectorAll("[data-field]")) {
      const here = form.querySelector(`[data-field="${CSS.escape(fresh.dataset.field)}"]`);
      if (!here) continue;
      here.hidden = fresh.hidden;
      copy(fresh, here, ".must", (from, to) => { to.hidden = from.hidden; });
      copy(fresh, here, "output", (from, to) => { to.replaceChildren(...from.childNodes); });
      if (fresh.hasAttribute("aria-required")) here.setAttribute("aria-required", fresh.getAttribute("aria-required"));
      copy(fresh, here, "[aria-required]", (from, to) => to.setAttribute("aria-required", from.getAttribute("aria-required")));
    }
  }

  function copy(from, to, selector, how) {
    const [a, b] = [own(from, selector), own(to, selector)];
    if (a && b) how(a, b);
  }

  // The field's own part, not that of a field inside it.
  function own(field, selector) {
    return [...field.querySelectorAll(selector)].find((found) => found.closest("[data-field]") === field);
  }
}
