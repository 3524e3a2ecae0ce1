// Escape closes what was opened, and the focus goes back to what opened it. A part of the page that
// is taken away by closing stays while something typed in it is not saved; a fold only hides it.

import { focusAfterAnswer } from "./focus.js";
import { isDirty } from "./typing.js";

const NOT_CLOSED = "Not closed: what you typed is not saved yet.";
let opened = [];

document.addEventListener("click", (event) => {
  const fold = event.target.closest?.("summary")?.parentElement;
  if (fold) opened = [...opened.filter((other) => other !== fold && other.isConnected), fold];
});

// --- Parts that htmx brought: an element with data-pane, in it one with data-close ------------------
const focusOpener = (id) => document.getElementById(id)?.focus();

const onceSettled = (id) => {
  document.addEventListener("htmx:afterSettle", () => focusAfterAnswer(document.getElementById(id)), { once: true });
};

document.addEventListener("click", (event) => {
  const close = event.target.closest?.("[data-close]");
  const pane = close?.closest("[data-pane]");
  if (!pane) return;
  if (close.hasAttribute("hx-get")) {
    onceSettled(pane.dataset.pane);
    return;
  }
  const empty = document.createElement("div");
  empty.id = pane.id;
  pane.replaceWith(empty);
  focusOpener(pane.dataset.pane);
});

const closePane = (pane) => {
  if ([...pane.querySelectorAll("form"), pane].some((form) => form.elements && isDirty(form))) {
    document.dispatchEvent(new CustomEvent("builder:say", { detail: { text: NOT_CLOSED } }));
    return;
  }
  pane.querySelector("[data-close]").click();
};

const closeFold = (fold) => {
  fold.open = false;
  fold.querySelector(":scope > summary")?.focus();
};

/** The pane or fold around this element, the inner one first. */
const around = (element) => element.closest?.("[data-pane], details[open]");

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return;
  // A dialog closes itself.
  if (document.querySelector("dialog[open]")) return;
  const last = opened.filter((fold) => fold.open && fold.isConnected).at(-1);
  const found = around(event.target) ?? document.querySelector("[data-pane]") ?? last;
  if (!found) return;
  event.preventDefault();
  if (found.matches("[data-pane]")) closePane(found);
  else closeFold(found);
});
