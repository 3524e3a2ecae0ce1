// What was entered on the page: kept with the session, checked, and put into words.

import { readSymptoms, showSymptoms } from "../symptoms/symptoms.js";
import { all, make, one } from "./dom.js";

const LEFT_OUT = /^(csrfmiddlewaretoken|run|begun|.+-id)$/;
const MOST = { sets: 100, reps: 1000, seconds: 86400 };

/** Every answer of these forms, as pairs of name and value. */
export const answersOf = (forms) =>
  forms.flatMap((form) => [...new FormData(form)].filter(([name, value]) => value && !LEFT_OUT.test(name)));

/** Puts kept answers back. */
export const putBack = (forms, answers) => {
  const wanted = new Set(answers.map((pair) => pair.join("=")));
  for (const input of forms.flatMap((form) => [...form.elements])) {
    if (input.type === "radio" || input.type === "checkbox") input.checked = wanted.has(`${input.name}=${input.value}`);
    else if (input.tagName === "SELECT" || input.type === "text") {
      const found = answers.find(([name]) => name === input.name);
      if (found) input.value = found[1];
    }
  }
  for (const root of document.querySelectorAll("[data-symptoms]")) showSymptoms(root);
};

const symptomsOf = (screen) => one(screen, "[data-symptoms]");

/** The answers of a screen's symptom questions. */
export const told = (screen) => readSymptoms(symptomsOf(screen));

/** The same answers as the ones that one button repeats. */
export const asText = ({ pain, regions, kinds }) => ({
  ...(pain === null ? {} : { pain: String(pain) }),
  ...(regions === null ? {} : { regions: regions.join(",") || "nowhere" }),
  ...(kinds === null ? {} : { kinds: kinds.join(",") || "none" }),
});

const labelOf = (screen, field, value) => {
  const input = one(screen, `[data-field="${field}"] input[value="${value}"]`);
  const words = [...input.labels].map((label) => label.textContent.trim()).find(Boolean) ?? "";
  return words.charAt(0).toLowerCase() + words.slice(1);
};

/** `Pain 3 out of 10; left calf; tingling`. */
export const inWords = (screen, { pain, regions, kinds }) => {
  const parts = [
    pain === null ? "" : `Pain ${pain} out of 10`,
    regions === null ? "" : regions.map((code) => labelOf(screen, "regions", code)).join(", ") || "nowhere",
    (kinds ?? []).map((code) => labelOf(screen, "kinds", code)).join(", "),
  ];
  return parts.filter(Boolean).join("; ");
};

/** Whether it is worse than it was: more pain, or in more places. */
export const isWorse = (before, after) => {
  if (!before || !after) return false;
  if (before.pain !== null && after.pain !== null && after.pain > before.pain) return true;
  return Boolean(before.regions && after.regions?.some((code) => !before.regions.includes(code)));
};

/** Shows numbers of the timer in the fields of an exercise, and whether that is all of it. */
export const fillDid = (article, did, enough) => {
  for (const input of all(article, "[data-number]")) {
    const value = did?.[input.dataset.number] ?? "";
    // Minutes with one place after the point; a few seconds are not nothing.
    input.value = value && input.dataset.unit ? Math.max(1, Math.round((10 * value) / input.dataset.unit)) / 10 : value;
  }
  if (did) one(article, `input[value="${enough ? "done" : "partly"}"]`).checked = true;
};

const complain = (field, words) => {
  const id = `${field.id || field.name}-wrong`;
  field.before(make("p", { class: "error", id, "data-complaint": true, role: "alert" }, words));
  field.setAttribute("aria-invalid", "true");
  field.focus();
};

const numberIn = (input) => {
  const typed = input.value.trim();
  if (!typed) return null;
  const unit = Number(input.dataset.unit ?? 1);
  const like = unit > 1 ? /^\d{1,4}([.,]\d{1,2})?$/ : /^\d{1,6}$/;
  const n = like.test(typed) ? Math.round(unit * Number(typed.replace(",", "."))) : NaN;
  return n <= MOST[input.dataset.number] ? n : NaN;
};

/** The reason is asked for where it was not all of it. */
export const showWhy = (article) => {
  const state = article.querySelector("[data-did] input[type=radio]:checked")?.value;
  one(article, "[data-why]").hidden = !state || state === "done";
};

/** What was said of an exercise, ready to send; null where something has to be put right first. */
export const didOf = (article) => {
  for (const old of all(article, "[data-complaint]")) old.remove();
  for (const field of all(article, "[aria-invalid]")) field.removeAttribute("aria-invalid");
  const values = { state: "", side: article.dataset.side, sets: null, reps: null, seconds: null, reason: "" };
  for (const input of all(article, "[data-number]")) {
    const name = input.dataset.number;
    values[name] = name === "side" ? input.value : numberIn(input);
    if (Number.isNaN(values[name])) {
      complain(input, input.dataset.unit ? "Type a number of minutes, like 5 or 2.5." : `Type a whole number, up to ${MOST[name]}.`);
      return null;
    }
  }
  const state = article.querySelector("[data-did] input[type=radio]:checked")?.value;
  if (!state) {
    complain(one(article, ".states"), "Choose Done, Partly or Not today.");
    one(article, "[data-did] input[type=radio]").focus();
    return null;
  }
  const reason = article.querySelector("[data-did] select[name$=reason]")?.value ?? "";
  const none = state === "skipped";
  return { ...values, state, ...(none ? { sets: null, reps: null, seconds: null } : {}), reason: state === "done" ? "" : reason };
};
