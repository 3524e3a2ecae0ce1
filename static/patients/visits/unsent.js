// Asks before words that were typed and not saved are left behind. Without this file nothing asks.

import { isDirty } from "../../clinic/typing.js";

const sending = new WeakSet();
const forms = [...document.querySelectorAll("form[data-unsent]")];

for (const form of forms) form.addEventListener("submit", () => sending.add(form));

window.addEventListener("beforeunload", (event) => {
  if (forms.some((form) => sending.has(form))) return;
  if (forms.some(isDirty)) event.preventDefault();
});
