// The builder's small helps on top of htmx: what is read out, where the focus goes, what somebody
// is typing while another part of the page changes, and dragging. The page works without them.

import { focusAfterAnswer } from "../../clinic/focus.js";
import { isSingleKey } from "../../clinic/keys.js";
import { fieldsOf, isDirty, valueOf } from "../../clinic/typing.js";

const SHOWN_MS = 5000;
const keptForms = () => document.querySelectorAll("#program form[data-keep]");

// --- Reading out ------------------------------------------------------------------------------
const live = document.getElementById("builder-live");
const toast = document.getElementById("builder-toast");
let silence = 0;

const read = (text) => {
  if (!live) return;
  live.textContent = "";
  requestAnimationFrame(() => { live.textContent = text; });
};

const say = (text) => {
  read(text);
  if (!toast) return;
  clearTimeout(silence);
  toast.textContent = text;
  silence = setTimeout(() => { toast.textContent = ""; }, SHOWN_MS);
};

document.addEventListener("builder:say", (event) => say(event.detail.text));
document.addEventListener("builder:focus", (event) => {
  const target = document.getElementById(event.detail.id);
  if (focusAfterAnswer(target, { preventScroll: true })) target.scrollIntoView({ block: "nearest" });
});
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target?.id === "results" || event.target.id === "results") {
    const count = document.getElementById("results-count");
    if (count) read(count.textContent.split("·")[0].trim());
  }
});
document.addEventListener("htmx:sendError", () => say("No connection. Nothing was saved. Try again."));
document.addEventListener("htmx:responseError", () => say("That did not work. Nothing was saved. Try again."));

// --- Results that changed: put each where it is shown ---------------------------------------------
const place = () => {
  for (const template of document.querySelectorAll("template[data-placed]")) {
    for (const card of [...template.content.children]) {
      const old = document.getElementById(card.id);
      if (!old) continue;
      const focused = old.contains(document.activeElement) ? document.activeElement.id : "";
      for (const fold of old.querySelectorAll("details[open]")) {
        const same = card.querySelector(`details.${fold.classList[0]}`);
        if (same) same.open = true;
      }
      old.replaceWith(card);
      window.htmx.process(card);
      if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    }
    template.remove();
  }
};
document.addEventListener("htmx:afterSettle", place);

// --- What somebody is typing elsewhere survives a swap ------------------------------------------
let typed = [];

document.addEventListener("htmx:beforeSwap", (event) => {
  if (!event.detail.shouldSwap) return;
  const sent = event.detail.requestConfig?.elt;
  typed = [];
  for (const form of keptForms()) {
    if (form === sent || form.contains(sent) || !isDirty(form)) continue;
    const values = fieldsOf(form).map((field) => [field.id, valueOf(field)]);
    const seen = form.querySelector("[name=seen]")?.value;
    const action = form.getAttribute("action");
    typed.push({ action, seen, values, item: form.closest("[data-item]")?.id, form });
  }
});

const restore = () => {
  for (const entry of typed) {
    if (document.contains(entry.form)) continue;
    const form = document.querySelector(`form[data-keep][action="${entry.action}"]`);
    if (!form) {
      // The editor was closed by the swap: put it back as it was, with what was typed.
      const item = entry.item && document.getElementById(entry.item);
      if (item) {
        item.append(entry.form);
        window.htmx.process(entry.form);
      }
      continue;
    }
    const seen = form.querySelector("[name=seen]");
    if (seen && entry.seen) seen.value = entry.seen;
    for (const [id, value] of entry.values) {
      const field = document.getElementById(id);
      if (!field) continue;
      if (field.type === "checkbox") field.checked = value === "true";
      else field.value = value;
    }
    const fold = form.closest("details");
    if (fold) fold.open = true;
  }
  typed = [];
};
document.addEventListener("htmx:afterSettle", restore);

window.addEventListener("beforeunload", (event) => {
  const leaving = [...keptForms()].filter((form) => isDirty(form) && !form.dataset.sent);
  if (leaving.length) event.preventDefault();
});
document.addEventListener("submit", (event) => { event.target.dataset.sent = "1"; });
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.target instanceof HTMLFormElement) delete event.target.dataset.sent;
});

// --- Keys: "/" goes to the search ------------------------------------
document.addEventListener("keydown", (event) => {
  if (isSingleKey(event, "/")) {
    const search = document.getElementById("q");
    if (search) { event.preventDefault(); search.focus(); search.select(); }
  }
});

// --- Doses as lines: Tab and Enter go on to the next; leaving the page waits for what is on its way ---
const LINE = "form[data-line] [name=line]";
const waiting = new Set();
let afterwards = null;

const settle = (action) => {
  waiting.delete(action);
  if (waiting.size || !afterwards) return;
  const link = document.getElementById(afterwards);
  afterwards = null;
  if (link && !document.querySelector("form[data-line] [aria-invalid=true]")) link.click();
};

document.addEventListener("keydown", (event) => {
  const field = event.target.closest?.(LINE);
  const on = event.key === "Enter" || (event.key === "Tab" && !event.shiftKey);
  if (!field || !on || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const fields = [...document.querySelectorAll(LINE)];
  const next = fields[fields.indexOf(field) + 1];
  if (!next) return;
  event.preventDefault();
  // Leaving a field that was typed in sends it, after a moment for a press on a button beside it. A key
  // has no such button in mind.
  const changed = field.value !== field.defaultValue;
  next.focus();
  next.select();
  if (changed) field.form.requestSubmit();
});
// A dose that is clicked is typed over, like one that is reached by a key; a second click places the caret.
document.addEventListener("mousedown", (event) => {
  const field = event.target.closest?.(LINE);
  if (!field || field === document.activeElement || event.button !== 0) return;
  event.preventDefault();
  field.focus();
  field.select();
});
// What a template or a copy brought begins with its first dose; what came is read out. The browser
// puts the focus where the address points once the page is there, so this waits for it.
const beginWithDose = () => {
  const applied = document.getElementById("applied");
  const first = document.querySelector(LINE);
  if (location.hash !== "#applied" || !applied || !first) return;
  // Somebody has begun elsewhere already.
  if (![document.body, applied].includes(document.activeElement)) return;
  read(applied.querySelector("p").textContent.trim());
  first.focus({ preventScroll: true });
  first.select();
};
window.addEventListener("load", () => setTimeout(beginWithDose));
document.addEventListener("change", (event) => {
  const field = event.target.closest?.(LINE);
  if (field) waiting.add(field.form.getAttribute("action"));
});
document.addEventListener("htmx:afterSettle", (event) => {
  const action = event.detail.requestConfig?.elt?.getAttribute?.("action");
  if (action) settle(action);
});
for (const failed of ["htmx:sendError", "htmx:responseError"]) {
  document.addEventListener(failed, () => { waiting.clear(); afterwards = null; });
}
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("#issue, #issue-now");
  if (!link || !waiting.size) return;
  event.preventDefault();
  afterwards = link.id;
  for (const field of document.querySelectorAll(LINE)) {
    if (waiting.has(field.form.getAttribute("action"))) field.form.requestSubmit();
  }
});

// --- Dragging; the buttons do the same ------------------------------------------
let dragged = null;

const addGrips = () => {
  for (const item of document.querySelectorAll("[data-sortable] > [data-item]")) {
    if (item.querySelector(":scope > .item__grip")) continue;
    const grip = document.createElement("span");
    grip.className = "item__grip";
    grip.setAttribute("aria-hidden", "true");
    grip.title = "Drag to reorder";
    item.prepend(grip);
  }
};

const sendOrder = () => {
  const form = document.getElementById("reorder");
  if (!form) return;
  const ids = [...document.querySelectorAll("#program [data-item]")].map((el) => el.dataset.item);
  form.elements.order.value = ids.join(",");
  form.requestSubmit();
};

document.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest(".item__grip");
  if (!grip || event.button !== 0) return;
  event.preventDefault();
  dragged = grip.closest("[data-item]");
  dragged.classList.add("item--dragged");
  document.documentElement.classList.add("dragging");
  grip.setPointerCapture(event.pointerId);
});

document.addEventListener("pointermove", (event) => {
  if (!dragged) return;
  const list = dragged.parentElement;
  const others = [...list.querySelectorAll(":scope > [data-item]")].filter((el) => el !== dragged);
  const before = others.find((el) => {
    const box = el.getBoundingClientRect();
    return event.clientY < box.top + box.height / 2;
  });
  if (before) { if (dragged.nextElementSibling !== before) list.insertBefore(dragged, before); }
  else if (list.lastElementChild !== dragged) list.append(dragged);
  dragged.dataset.moved = "1";
});

const drop = (event) => {
  if (!dragged) return;
  const moved = dragged.dataset.moved;
  dragged.classList.remove("item--dragged");
  document.documentElement.classList.remove("dragging");
  delete dragged.dataset.moved;
  dragged = null;
  if (moved && event.type === "pointerup") sendOrder();
};
document.addEventListener("pointerup", drop);
document.addEventListener("pointercancel", drop);

document.addEventListener("htmx:afterSettle", addGrips);
addGrips();
