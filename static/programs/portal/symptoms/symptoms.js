// The symptom questions: keeps the picture, the list and the words beside them in step.
//
// Everything works without this script; a label of the picture ticks its box by itself. With it,
// "Nowhere" and places exclude each other, what is chosen is said in words, and the button for
// "the same as last time" fills the answers in where the page asks for that (data-same="fill").

const HAS = globalThis.CSS?.supports?.("selector(:has(*))") ?? false;
const NOTHING = { regions: "nowhere", kinds: "none", provoked: "none" };

const inputs = (root, field) => [...root.querySelectorAll(`[data-field="${field}"] input`)];
const ticked = (root, field) => inputs(root, field).filter((i) => i.checked).map((i) => i.value);
const wordsOf = (input) => input.labels ? [...input.labels].map((l) => l.textContent.trim()).find(Boolean) : "";

// Null where nothing was answered; an empty list for "nowhere" and "none of these".
const answer = (root, field) => {
  const values = ticked(root, field);
  return values.length ? values.filter((value) => value !== NOTHING[field]) : null;
};

/** The answers of one set of questions, as an entry has them. */
export const readSymptoms = (root) => {
  const pain = ticked(root, "pain");
  return {
    pain: pain.length ? Number(pain[0]) : null,
    regions: answer(root, "regions"),
    kinds: answer(root, "kinds"),
    provoked: answer(root, "provoked"),
  };
};

/** The id that these answers are sent with. */
export const entryId = (root) => root.querySelector("[data-entry-id]").value;

/** Shows in the picture and in words what is ticked. */
export const showSymptoms = (root) => {
  const boxes = inputs(root, "regions").filter((box) => box.checked);
  const said = root.querySelector("[data-chosen]");
  const words = boxes.length ? `You chose: ${boxes.map(wordsOf).join(", ")}` : "";
  if (said.textContent.trim() !== words) said.textContent = words;
  if (HAS) return;
  const codes = new Set(boxes.map((box) => box.value));
  for (const part of root.querySelectorAll("[data-region]")) {
    part.classList.toggle("is-on", codes.has(part.dataset.region));
  }
};

/** Puts answers in: `values` has the codes of each field joined by commas; a missing one clears. */
export const fillSymptoms = (root, values) => {
  for (const field of ["pain", "regions", "kinds"]) {
    const wanted = new Set((values[field] ?? "").split(",").filter(Boolean));
    for (const input of inputs(root, field)) input.checked = wanted.has(input.value);
  }
  showSymptoms(root);
};

const exclude = (root, changed) => {
  const field = changed.closest("[data-field]").dataset.field;
  const nothing = NOTHING[field];
  if (!nothing || !changed.checked) return;
  for (const input of inputs(root, field)) {
    if ((input.value === nothing) !== (changed.value === nothing)) input.checked = false;
  }
};

// What was ticked before this script came: a place counts, and "nowhere" beside it does not.
const settle = (root) => {
  for (const [field, nothing] of Object.entries(NOTHING)) {
    const boxes = inputs(root, field);
    if (!boxes.some((box) => box.checked && box.value !== nothing)) continue;
    for (const box of boxes) if (box.value === nothing) box.checked = false;
  }
};

const enhance = (root) => {
  root.addEventListener("change", (event) => {
    exclude(root, event.target);
    showSymptoms(root);
  });
  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-same]");
    if (!button || button.dataset.same !== "fill") return;
    event.preventDefault();
    fillSymptoms(root, button.dataset);
    root.dispatchEvent(new CustomEvent("symptoms:same", { bubbles: true }));
  });
  settle(root);
  showSymptoms(root);
};

for (const root of document.querySelectorAll("[data-symptoms]")) enhance(root);
