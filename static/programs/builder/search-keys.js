// The search of the builder by keyboard: Enter adds the first exercise that was found, the arrows go
// through the others, and the focus is back in the search for the next word.

const box = document.getElementById("q");
let isBehind = false;
let addsWhenThere = false;
let comesBack = false;

const results = () => [...document.querySelectorAll("#results .result")];
const adds = (result) => [...(result?.querySelectorAll(".result__add :is(button, a)") ?? [])];
const focusOn = (element) => {
  element?.focus();
  element?.closest(".result")?.scrollIntoView({ block: "nearest" });
};

const addFirst = () => {
  const first = results()[0];
  const button = first?.querySelector('button[name="add"]');
  if (!button) {
    focusOn(adds(first)[0]);
    return;
  }
  comesBack = true;
  button.click();
};

const inSearch = (event) => {
  if (event.isComposing) return;
  comesBack = false;
  if (event.key === "ArrowDown") {
    const first = adds(results()[0])[0];
    if (!first) return;
    event.preventDefault();
    focusOn(first);
  } else if (event.key === "Enter" && box.value.trim()) {
    event.preventDefault();
    if (isBehind) addsWhenThere = true;
    else addFirst();
  }
};

const inResults = (event) => {
  const result = event.target.closest(".result");
  const mine = adds(result);
  if (!mine.includes(event.target)) return;
  const all = results();
  const place = all.indexOf(result);
  const beside = mine[mine.indexOf(event.target) + (event.key === "ArrowRight" ? 1 : -1)];
  if (event.key === "ArrowDown") focusOn(adds(all[place + 1])[0]);
  else if (event.key === "ArrowUp") focusOn(place ? adds(all[place - 1])[0] : box);
  else if (event.key === "ArrowLeft" || event.key === "ArrowRight") focusOn(beside);
  else return;
  event.preventDefault();
};

if (box) {
  box.addEventListener("keydown", inSearch);
  box.addEventListener("input", () => { isBehind = true; addsWhenThere = false; });
  document.addEventListener("keydown", (event) => {
    if (event.target.closest?.("#results")) inResults(event);
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id !== "results" && event.detail.target?.id !== "results") return;
    const asked = event.detail.requestConfig?.parameters?.q;
    if (asked !== undefined && asked !== box.value) return;
    isBehind = false;
    if (addsWhenThere) addFirst();
    addsWhenThere = false;
  });
  for (const moment of ["builder:focus", "htmx:afterSettle"]) {
    document.addEventListener(moment, () => {
      if (!comesBack) return;
      box.focus({ preventScroll: true });
      box.select();
    });
  }
}
