// A search above a long list of boxes: what does not have the words is out of sight, unless it is ticked.
export function filters(page) {
  for (const list of page.querySelectorAll("[data-filter]")) {
    const input = document.createElement("input");
    Object.assign(input, { type: "search", className: "filter", placeholder: list.dataset.filter });
    input.setAttribute("aria-label", list.dataset.filter);
    input.addEventListener("input", (typed) => {
      typed.stopPropagation();
      narrow(list, input.value.trim().toLowerCase());
    });
    input.addEventListener("keydown", (press) => press.key === "Enter" && press.preventDefault()); // it is no answer
    list.before(input);
  }
}

function narrow(list, word) {
  for (const option of list.querySelectorAll("label.option")) {
    const out = !option.textContent.toLowerCase().includes(word) && !option.querySelector(":checked");
    option.toggleAttribute("data-out", out);
  }
}
