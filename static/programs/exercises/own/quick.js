// Shows anew what follows when purpose, position or effort change. Without this file a button does.

const form = document.querySelector("form:has([data-quick-look])");
// Of two changes in a row the answer to the later one counts, whichever comes first.
const around = form.parentElement;
around.setAttribute("hx-sync", "this:replace");
const names = ["phase", "position", "effort", "dose", "moves"];
const many = ["moves", "so"];

form.addEventListener("change", ({ target }) => {
  if (!names.includes(target.name)) return;
  const data = new FormData(form);
  const kept = [...names, "looked", "csrfmiddlewaretoken"].filter((name) => data.has(name));
  const values = Object.fromEntries(kept.map((name) => [name, data.get(name)]));
  for (const name of many) values[name] = data.getAll(name);
  const asked = window.htmx.ajax("POST", form.getAttribute("action") || location.pathname, {
    source: around,
    target: "#quick-so",
    swap: "outerHTML",
    values: { ...values, look: "1" },
  });
  // What a later change has taken back is no fault.
  asked.catch(() => {});
});

// What was ticked or opened while the answer was on its way stays so.
let ticked = new Set();
let open = false;
const boxes = () => form.querySelectorAll("#quick-so input[type=checkbox]:not(:disabled)");

document.body.addEventListener("htmx:beforeSwap", () => {
  open = document.getElementById("so-rest").open;
  ticked = new Set([...boxes()].filter((box) => box.checked).map((box) => box.id));
});
document.body.addEventListener("htmx:afterSwap", () => {
  for (const box of boxes()) box.checked = ticked.has(box.id);
  document.getElementById("so-rest").open = open;
});
