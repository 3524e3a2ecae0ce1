// Shows anew what follows when purpose, position or effort change. Without this file a button does.

const form = document.querySelector("form:has([data-quick-look])");
const names = ["phase", "position", "effort", "dose"];

form.addEventListener("change", ({ target }) => {
  if (!names.includes(target.name)) return;
  const data = new FormData(form);
  const kept = [...names, "looked", "csrfmiddlewaretoken"].filter((name) => data.has(name));
  const values = Object.fromEntries(kept.map((name) => [name, data.get(name)]));
  const so = data.getAll("so");
  window.htmx.ajax("POST", form.getAttribute("action") || location.pathname, {
    target: "#quick-so",
    swap: "outerHTML",
    values: { ...values, so, look: "1" },
  });
});
