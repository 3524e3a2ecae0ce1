// The search of the builder by keyboard: Enter adds the first exercise that was found, the arrows go
// through the others, and the focus is back in the search for the next word. Whoever types faster than
// is searched is not waited for: each word with its Enter is kept, and added in turn.

import { focusAfterAnswer } from "../../clinic/focus.js";

const box = document.getElementById("q");
let isBehind = false;
let comesBack = false;
let added = ""; // What the box said when the latest was added.
let asked = null; // The words that are searched for, to add the first that is found.
let button = null; // What adds it, while that is on its way.
let onItsWay = null; // The words of the search that typing has sent, until its answer is here.
const waiting = [];

const results = () => [...document.querySelectorAll("#results .result")];
const adds = (result) => [...(result?.querySelectorAll(".result__add :is(button, a)") ?? [])];
const focusOn = (element) => {
  element?.focus();
  element?.closest(".result")?.scrollIntoView({ block: "nearest" });
};

const tell = (text) => document.dispatchEvent(new CustomEvent("builder:say", { detail: { text } }));

const addFirst = (words) => {
  const first = results()[0];
  button = first?.querySelector('button[name="add"]') ?? null;
  if (button) {
    comesBack = true;
    added = words;
    button.click();
    return;
  }
  if (waiting.length || words !== box.value.trim()) tell(`Nothing was added for “${words}”.`);
  else focusOn(adds(first)[0]);
  onward();
};

const searchNext = () => {
  if (asked !== null || button || !waiting.length) return;
  asked = waiting.shift();
  // Asked for already, as somebody typed: that answer will do.
  if (asked === onItsWay) return;
  const form = document.getElementById("search");
  const values = { ...Object.fromEntries(new FormData(form)), q: asked };
  // Of two answers the second would have no place left to stand: only this one is on its way.
  window.htmx.trigger(form, "htmx:abort");
  const where = { source: "#catalogue", target: "#results", swap: "outerHTML", values };
  window.htmx.ajax("GET", form.getAttribute("hx-get"), where);
};

// The next word that waits; after the last, the search for what stands in the box by now.
const onward = () => {
  asked = null;
  button = null;
  if (waiting.length) searchNext();
  else if (box.value.trim() !== added) box.dispatchEvent(new Event("input", { bubbles: true }));
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
    if (isBehind || asked !== null || button) {
      waiting.push(box.value.trim());
      searchNext();
    } else {
      addFirst(box.value.trim());
    }
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
  // A search for what is typed on would take the place of the one that is to be added from.
  document.addEventListener("input", (event) => {
    if (event.target !== box) return;
    isBehind = true;
    if (asked !== null || button) event.stopImmediatePropagation();
  }, true);
  document.addEventListener("keydown", (event) => {
    if (event.target.closest?.("#results")) inResults(event);
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id !== "results" && event.detail.target?.id !== "results") return;
    const words = event.detail.requestConfig?.parameters?.q;
    if (words === onItsWay) onItsWay = null;
    if (asked !== null) {
      if (words !== asked) return;
      isBehind = asked !== box.value.trim();
      asked = null;
      addFirst(words);
    } else if (words === undefined || words === box.value) {
      isBehind = false;
    }
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.elt.id !== "search") return;
    if (asked !== null || button) event.preventDefault();
    else onItsWay = event.detail.requestConfig.parameters.q;
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    // The button itself may have been replaced by now, by the card that says it is in the program.
    if (button && event.detail.requestConfig.elt === button) setTimeout(onward);
    if (event.detail.elt.id !== "search" || event.detail.successful) return;
    // Taken back, by a filter that was changed meanwhile: the words that waited for it are asked anew.
    const lost = asked !== null && asked === onItsWay;
    onItsWay = null;
    if (!lost) return;
    waiting.unshift(asked);
    asked = null;
    searchNext();
  });
  for (const failed of ["htmx:sendError", "htmx:responseError"]) {
    document.addEventListener(failed, () => { waiting.length = 0; onward(); });
  }
  for (const moment of ["builder:focus", "htmx:afterSettle"]) {
    document.addEventListener(moment, () => {
      if (!comesBack || !focusAfterAnswer(box, { preventScroll: true })) return;
      if (box.value.trim() === added) box.select();
    });
  }
}
