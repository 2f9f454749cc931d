// What the pages do a little better with scripts; each of them works without. No framework, nothing inline.
// A field may be called "action" or "submit", so a form is never asked by property for what a control could shadow.

import { filters } from "./filter.js";

const root = document.documentElement;
root.classList.add("js");
filters(document);

const summary = document.getElementById("fault-summary");
if (summary) summary.focus();

for (const form of document.querySelectorAll("form")) guardAgainstDoubleSubmit(form);
const form = document.querySelector("form[data-form]");
if (form) warnOnLeaving(form);

// A form that only leads on to the next page does so by itself.
document.querySelector("form[data-go]")?.requestSubmit();

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
