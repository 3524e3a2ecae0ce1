// Ctrl-K finds patients, exercises and what one can do, over any page; "?" lists the keys. A combobox:
// the focus stays in the field, the arrows choose, Enter opens. Without this file Find is a page.

import { isSingleKey, singleKeysAreOn, turnSingleKeys } from "./keys.js";

const PAUSE_MS = 120;
const palette = document.getElementById("palette");
const keys = document.getElementById("keys");
const words = palette?.querySelector('[role="combobox"]');
const list = palette?.querySelector("[data-palette-found]");
const said = palette?.querySelector("[data-palette-said]");
let asking = null;
let pause = 0;
let waitsForEnter = false;

const options = () => [...list.querySelectorAll('[role="option"]')];
const chosen = () => list.querySelector('[aria-selected="true"]');

const choose = (option) => {
  for (const other of options()) other.setAttribute("aria-selected", String(other === option));
  if (option) words.setAttribute("aria-activedescendant", option.id);
  else words.removeAttribute("aria-activedescendant");
  option?.scrollIntoView({ block: "nearest" });
};

const show = (html) => {
  list.innerHTML = html;
  const found = options();
  words.setAttribute("aria-expanded", String(found.length > 0));
  choose(found[0] ?? null);
  said.textContent = found.length ? `${found.length} found` : "Nothing found";
  if (waitsForEnter) found[0]?.click();
  waitsForEnter = false;
};

const ask = async () => {
  asking?.abort();
  asking = new AbortController();
  const url = `${palette.dataset.url}?${new URLSearchParams({ q: words.value.trim() })}`;
  const { signal } = asking;
  const headers = { "HX-Request": "true" };
  const answer = await fetch(url, { headers, signal }).catch(() => null);
  if (signal.aborted) return;
  asking = null;
  // Signed out, or no connection: the page of its own says so.
  if (!answer?.ok || answer.status !== 200) location.assign(url);
  else show(await answer.text());
};

const open = () => {
  if (palette.open) return;
  if (keys.open) keys.close();
  words.value = "";
  waitsForEnter = false;
  clearTimeout(pause);
  pause = 0;
  palette.showModal();
  ask();
};

const move = (step) => {
  const all = options();
  if (!all.length) return;
  choose(all[(all.indexOf(chosen()) + step + all.length) % all.length]);
};

const pressed = (event) => {
  if (event.isComposing) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    move(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter") {
    event.preventDefault();
    // Enter right after typing means the best of what is still being asked for.
    if (pause || asking) waitsForEnter = true;
    else chosen()?.click();
  }
};

if (palette) {
  words.addEventListener("keydown", pressed);
  words.addEventListener("input", () => {
    waitsForEnter = false;
    // What was asked before is no answer to these words, and Enter must not open it.
    asking?.abort();
    asking = null;
    clearTimeout(pause);
    pause = setTimeout(() => { pause = 0; ask(); }, PAUSE_MS);
  });
  for (const dialog of [palette, keys]) {
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  }
  keys.querySelector("[data-close-keys]").addEventListener("click", () => keys.close());
  const tick = keys.querySelector("[data-single-keys]");
  tick.addEventListener("change", () => turnSingleKeys(tick.checked));
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-palette-open]") || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    open();
  });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open();
    } else if (isSingleKey(event, "?") && !document.querySelector("dialog[open]")) {
      event.preventDefault();
      tick.checked = singleKeysAreOn();
      keys.showModal();
    }
  });
}
