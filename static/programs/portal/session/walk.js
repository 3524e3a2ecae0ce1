// A session, one screen at a time. Each answer is kept in the outbox as it is given, and all of the
// session on this device, so that closing the page loses nothing. Without this script the page is a
// checklist that is sent at the end.

import { flush, onAnswer } from "../app/outbox.js";
import { showNerves } from "../symptoms/nerves.js";
import { fillSymptoms } from "../symptoms/symptoms.js";
import { all, one } from "./dom.js";
import { closing } from "./closing.js";
import { answersOf, didOf, fillDid, putBack, showWhy, told } from "./fields.js";
import { clear, load, save, settings } from "./keep.js";
import { leaving } from "./leaving.js";
import { listen } from "./listening.js";
import { onward, PLACE_S } from "./onward.js";
import { panelOf } from "./panel.js";
import { moving } from "./moving.js";
import { isEnough } from "./plan.js";
import { prepare } from "./questions.js";
import { recorder } from "./record.js";
import { screensOf } from "./screens.js";
import { fresh, isDone, isStale, leaveOld } from "./resuming.js";
import { speak } from "./voice.js";
import { mainWords } from "./words.js";

const root = one(document, "[data-walk]");
const form = one(root, "[data-checklist]");
const forms = [form, one(root, "[data-settled]")];
const main = one(document, "[data-main]");
const exercises = all(form, "[data-exercise]");
const screens = screensOf(root);
const panels = new Map();
const open = new Set();

let state = fresh();
let record = null;

const keep = () => {
  // A page that was only opened leaves nothing behind.
  if (state.finished || (!state.opened && !state.begunAt)) return;
  state.screen = screens.here();
  state.answers = answersOf(forms);
  state.timers = Object.fromEntries([...panels].map(([item, panel]) => [item, panel.saved()]));
  save(state);
};

const touch = () => {
  state.touchedAt = Date.now();
  keep();
};

const started = () => {
  state.begunAt ??= Date.now();
  touch();
};

const end = closing({ root, screens, keep, state: () => state, record: () => record });

// --- The exercises -------------------------------------------------------------------------------

const todo = () => exercises.filter((a) => !state.paused.includes(a.dataset.exercise) || isTold(a));
const isTold = (article) => Boolean(state.sent[`exercise ${article.dataset.exercise}`]);
const order = () => ["before", ...todo().map((a) => a.dataset.screen), "after"];
const here = () => exercises.find((a) => a.dataset.screen === screens.here()) ?? null;
const panelHere = () => panels.get(here()?.dataset.exercise);

const showDid = (article, on) => {
  one(article, "[data-did]").hidden = !on;
  const during = article.querySelector("[data-during]");
  if (during) during.hidden = !on;
  showWhy(article);
  if (on) open.add(article.dataset.exercise);
  else open.delete(article.dataset.exercise);
};

const refresh = () => {
  const article = here();
  const panel = panelHere();
  if (!article || !panel) return;
  const { timer } = panel;
  const item = article.dataset.exercise;
  if (timer.over && !open.has(item)) {
    const did = panel.did();
    fillDid(article, did, isEnough(panel.dose, did));
    showDid(article, true);
  }
  if (!timer.over && timer.begun && open.has(item)) showDid(article, false);
  article.dataset.mode = timer.running || timer.paused ? "running" : "still";
  moving(article, timer.running ? "play" : "pause");
  one(article, "[data-aside]").hidden = timer.running || open.has(item);
  one(article, "[data-aside] [data-untimed]").hidden = timer.begun;
  main.textContent = mainWords(panel, { told: open.has(item), last: article === todo().at(-1) });
};

const changed = () => {
  refresh();
  touch();
};

const press = async () => {
  const article = here();
  const panel = panelHere();
  const { timer } = panel;
  soon.stay();
  started();
  if (open.has(article.dataset.exercise)) await tell(article);
  else if (!timer.begun) panel.start();
  else if (timer.paused) panel.resume();
  else if (timer.part.seconds) panel.pause();
  else panel.next();
};

const telling = new Set();

// A tap, and the timer that leads on by itself, may come at the same moment: it is told once.
const tell = async (article) => {
  const values = didOf(article);
  if (!values || telling.has(article)) return false;
  telling.add(article);
  try {
    await store(article, values);
  } finally {
    telling.delete(article);
  }
  if (here() === article) forward();
  return true;
};

const soon = onward({
  isOpen: (article) => article === here() && open.has(article.dataset.exercise),
  go: async (article) => {
    if (!(await tell(article)) || !here()) return;
    speak(`Next: ${here().dataset.name}.${settings.flow ? "" : " Press start when you are ready."}`);
    if (settings.flow && !panelHere().timer.begun && panelHere().dose) panelHere().start(PLACE_S);
  },
});

// All of it was done, and nothing is asked at the end of it: there is nothing to tap.
const finished = (article) => {
  const panel = panels.get(article.dataset.exercise);
  if (article.querySelector("[data-during]") || !isEnough(panel.dose, panel.did())) return;
  soon.wait(article, article === todo().at(-1));
};

const store = async (article, values) => {
  const item = article.dataset.exercise;
  state.did = state.did.filter((known) => known !== item);
  if (values.state !== "skipped") state.did.push(item);
  await record.exercise(item, values);
  if (values.state !== "skipped" && article.querySelector("[data-during]")) {
    await record.symptoms("during", told(article), Date.now(), item);
  }
};

const forward = (from = screens.here()) => {
  const names = order();
  show(names[names.indexOf(from) + 1]);
};

const backward = () => {
  const names = order();
  const at = names.indexOf(screens.here());
  if (at > 0) show(names[at - 1]);
};

// --- Screens -------------------------------------------------------------------------------------

const MAIN = {
  before: { words: "Start the exercises", press: async () => {
    started();
    await record.symptoms("before", told(screens.of("before")));
    forward();
  } },
  after: { words: "Finish", press: () => end.finish() },
  settled: { words: "Send", press: () => end.settle() },
};

const show = (name, options) => {
  soon.stay();
  panelHere()?.rest();
  one(root, "[data-note]").hidden = true;
  prepare(screens, name, state.did);
  screens.show(name, { order: order(), ...options });
  main.hidden = !(MAIN[name] || here());
  main.textContent = MAIN[name]?.words ?? main.textContent;
  // What is over is over: corrections have a page of their own.
  if (state.ended) one(root, "[data-back]").hidden = true;
  refresh();
  end.shown(name);
  if (here()) moving(here(), "show");
  if (name !== "resume") touch();
};

const mount = (article, saved) => {
  const panel = panelOf(article, saved, changed, () => finished(article));
  // Next to the timer, not after all the steps.
  const during = article.querySelector("[data-during]");
  one(article, "[data-timer-place]").after(one(article, "[data-did]"), ...(during ? [during] : []));
  panels.set(article.dataset.exercise, panel);
  showDid(article, isTold(article));
};

end.onGo((name) => show(name));
const leave = leaving({
  root, screens, exercises, panels, started, store, isTold, showDid, forward,
  state: () => state, record: () => record, show: (name) => show(name),
});

const begin = (kept) => {
  state = kept ?? fresh();
  record = recorder(state, keep);
  panels.clear();
  for (const article of exercises) mount(article, state.timers[article.dataset.exercise]);
};

const resume = (kept) => {
  begin(kept);
  putBack(forms, kept.answers);
  if (kept.ended && end.waits()) {
    show("wait");
    return;
  }
  const place = order().indexOf(kept.screen) < 0 ? "before" : kept.screen;
  one(root, "[data-resume-words]").textContent = `You did ${kept.did.length} of ${exercises.length} exercises. What you told us is kept.`;
  one(root, "[data-go-on]").addEventListener("click", () => show(kept.ended ? "after" : place));
  one(root, "[data-start-again]").addEventListener("click", async () => {
    await leaveOld(state);
    for (const each of forms) each.reset();
    begin(null);
    show("before");
  });
  show("resume");
};

// --- The answer of the server --------------------------------------------------------------------

onAnswer((said) => {
  if (!record) return;
  if (state.lastId && [...(said.stored ?? []), ...(said.known ?? [])].includes(state.lastId)) showNerves("");
  state.paused = said.answer?.paused ?? state.paused;
  leavePaused();
  end.heard(said);
});

const leavePaused = () => {
  const article = here();
  if (!article || !state.paused.includes(article.dataset.exercise) || isTold(article)) return;
  const at = exercises.indexOf(article);
  const next = exercises.slice(at + 1).find((a) => todo().includes(a));
  show(next ? next.dataset.screen : "after");
  const note = one(root, "[data-note]");
  note.textContent = `${article.dataset.name} is paused now. Leave it out until ${root.dataset.clinician} says it can go on.`;
  note.hidden = false;
};

// The browser's way back leads to what can still be told, not to a question that is over.
const mayReturn = (name) => order().includes(name) && !state.finished && (!state.ended || name === "after");

const same = (pressed) => {
  fillSymptoms(one(pressed.closest("[data-screen]"), "[data-symptoms]"), pressed.dataset);
  return MAIN[screens.here()].press();
};

const untimed = () => {
  started();
  fillDid(here(), panelHere().asked(), true);
  showDid(here(), true);
  refresh();
  one(here(), "[data-did] input:checked").focus();
};

addEventListener("pagehide", keep);
document.addEventListener("visibilitychange", keep);
screens.onReturn((name) => show(mayReturn(name) ? name : screens.here(), { push: false }));
root.dataset.walking = "yes";
listen({
  root, forms, main, started,
  press: () => (MAIN[screens.here()]?.press ?? press)(),
  tells: {
    "[data-quick-same]": same,
    "[data-reason]": (pressed) => leave.because(pressed.dataset.reason),
  },
  ways: {
    "[data-return]": () => leave.back(),
    "[data-no-wait]": () => end.over(),
    "[data-back]": backward,
    "[data-stop]": () => leave.ask("stop"),
    "[data-skip]": () => leave.ask("skip"),
    "[data-untimed]": untimed,
  },
});
const kept = load();
const anew = () => {
  begin(null);
  show("before", { push: false, focus: false });
};
if (kept && !isStale(kept) && !isDone(kept, root.dataset.settledRuns)) {
  try {
    resume(kept);
  } catch (error) {
    // What was kept cannot be read: what was told is in the outbox, and nobody gets stuck here.
    clear();
    anew();
    reportError(error);
  }
} else {
  if (kept) await leaveOld(kept);
  anew();
}
flush();
