// The questions after a session: kept on the device first, then sent, so that a lost connection
// loses no answer. Without this script the form posts itself.

import { enqueue, onAnswer } from "../app/outbox.js";
import { nervesOf, showNerves } from "../symptoms/nerves.js";
import { entryId, fillSymptoms, readSymptoms } from "../symptoms/symptoms.js";

const WAIT_MS = 6000; // A slow connection gets this long before the page says that the answer is kept.
const form = document.querySelector("[data-check]");
const root = form?.querySelector("[data-symptoms]");

const show = (name) => {
  for (const words of document.querySelectorAll("[data-says-check]")) {
    words.hidden = words.dataset.saysCheck !== name;
    if (!words.hidden) words.focus();
  }
};

const isAnswered = (said) => Object.values(said).some((value) => value !== null);

const send = async (event) => {
  event.preventDefault();
  const same = event.submitter?.closest("[data-same]");
  if (same) fillSymptoms(root, same.dataset);
  const said = readSymptoms(root);
  if (!isAnswered(said)) {
    show("empty");
    return;
  }
  showNerves(nervesOf(said));
  const id = entryId(root);
  const { phase, session, next } = form.dataset;
  onAnswer((answer) => {
    if ([...answer.stored, ...answer.known].includes(id)) location.assign(next);
  });
  for (const button of form.querySelectorAll("button")) button.disabled = true;
  await enqueue({ type: "symptoms", id, session, phase, ...said });
  setTimeout(() => {
    form.hidden = true;
    show("kept");
  }, navigator.onLine ? WAIT_MS : 0);
};

form?.addEventListener("submit", send);
