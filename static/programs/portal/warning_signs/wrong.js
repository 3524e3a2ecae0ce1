// Something is wrong: what to do stands in the page already, so the answer comes at once, also
// without a connection. The report is kept on the device and sent when there is a way.
// Without this script the form is posted and the server answers with the same words.

import { enqueue, newId, onAnswer } from "../app/outbox.js";

const URGENCY = ["emergency", "same_day", "soon"];
const ask = document.querySelector("[data-wrong-ask]");
const form = document.querySelector("[data-wrong]");
const none = form.querySelector("[data-none]");
const problem = form.querySelector("[data-wrong-error]");
const signs = [...form.querySelectorAll('[name="signs"]')];
let sentId = "";
let told = "";

const say = (state) => {
  for (const line of document.querySelectorAll("[data-sent]")) {
    line.hidden = line.dataset.sent !== state;
  }
};

const show = (kind, codes) => {
  for (const section of document.querySelectorAll("[data-now]")) {
    section.hidden = section.dataset.now !== kind;
  }
  const section = document.querySelector(`[data-now="${kind}"]`);
  const said = new Set();
  for (const line of section.querySelectorAll("[data-for]")) {
    const fits = codes.includes(line.dataset.for) && !said.has(line.textContent);
    line.hidden = !fits;
    if (fits) said.add(line.textContent);
  }
  ask.hidden = true;
  const title = section.querySelector("h1");
  title.focus({ preventScroll: true });
  scrollTo({ top: 0 });
};

const again = () => {
  for (const section of document.querySelectorAll("[data-now]")) section.hidden = true;
  ask.hidden = false;
  ask.querySelector("h1").focus({ preventScroll: true });
  scrollTo({ top: 0 });
};

const report = async (codes, stops) => {
  const same = codes.join();
  if (same === told) return;
  told = same;
  say("waiting");
  sentId = newId();
  try {
    await enqueue(
      { type: "symptoms", id: sentId, session: newId(), phase: "before", red_flags: codes },
      { stops },
    );
  } catch {
    told = "";
    say("failed");
  }
};

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const ticked = signs.filter((box) => box.checked);
  problem.hidden = ticked.length > 0 || none.checked;
  if (!problem.hidden) {
    problem.scrollIntoView({ block: "center" });
    signs[0].focus({ preventScroll: true });
    return;
  }
  const codes = ticked.map((box) => box.value);
  const kind = URGENCY.find((route) => ticked.some((box) => box.dataset.route === route)) ?? "none";
  show(kind, codes);
  if (codes.length) report(codes, kind !== "soon");
});

// A sign and "None of these" do not go together.
form.addEventListener("change", ({ target }) => {
  if (target === none && none.checked) for (const box of signs) box.checked = false;
  else if (target.name === "signs" && target.checked) none.checked = false;
  problem.hidden = true;
});
// What was ticked before this script came: a sign counts.
if (signs.some((box) => box.checked)) none.checked = false;

onAnswer((said) => {
  if ([...said.stored, ...said.known].includes(sentId)) say("sent");
  else if (said.refused.some(({ id }) => id === sentId)) say("failed");
});

for (const button of document.querySelectorAll("[data-again]")) {
  button.addEventListener("click", again);
}
