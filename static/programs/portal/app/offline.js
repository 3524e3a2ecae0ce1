// The page as an app: starts the service worker, says what the connection is like, and forgets.

import { dismiss, flush, forget, isStopped, onAnswer, onState, pending } from "./outbox.js";

const page = document.body.dataset;
const bar = document.querySelector("[data-app-bar]");
const CHECK_MS = 5 * 60 * 1000;
const SOON_MS = 1500;
const SENT_MS = 8000;

let queue = null;
let told = "";
let wasWaiting = false;
let isLate = false;
let late = 0;
let sent = 0;
let asked = 0;
let answered = "";
let isForgotten = false;

// --- The bar ------------------------------------------------------------------------------------

const line = (name) => bar.querySelector(`[data-says="${name}"]`);
const show = (name, isShown) => {
  const element = line(name);
  // Touched only when it changes, so that a screen reader says each line once.
  if (element.hidden === isShown) element.hidden = !isShown;
};

// A message that is a sentence is meant for the patient; others name keys and codes.
const SENTENCE = /^[A-Z].*\.$/;

const listRefused = () => {
  const list = bar.querySelector("[data-refused]");
  const messages = new Set(queue.refused.map((row) => row.message).filter((m) => SENTENCE.test(m)));
  list.replaceChildren(
    ...[...messages].map((message) => {
      const item = document.createElement("li");
      item.textContent = message;
      return item;
    }),
  );
};

const draw = () => {
  if (!bar || !queue) return;
  const isOffline = navigator.onLine === false || queue.link === "offline";
  const isClosed = told === "closed" || queue.link === "closed";
  const some = queue.waiting > 0 && (isOffline || isClosed || isLate || queue.link === "later");
  show("offline", isOffline && !isClosed);
  show("closed", isClosed);
  line("closed").querySelector("[data-and-waiting]").hidden = queue.waiting === 0;
  show("waiting-one", some && queue.waiting === 1);
  show("waiting", some && queue.waiting > 1);
  bar.querySelector("[data-count]").textContent = queue.waiting;
  show("newer", told === "newer" && !isClosed);
  show("ended", told === "ended");
  show("full", queue.trouble === "full");
  show("memory", queue.keeps === "memory" && queue.waiting > 0);
  show("refused", queue.refused.length > 0);
  listRefused();
  if (some) {
    wasWaiting = true;
    show("sent", false);
  } else if (wasWaiting && queue.waiting === 0) {
    wasWaiting = false;
    show("sent", queue.refused.length === 0);
    clearTimeout(sent);
    sent = setTimeout(() => show("sent", false), SENT_MS);
  }
};

// A page about what was told says so where some of it is still on its way, or went since.
const TOLD = ["[data-while-waiting]", "[data-once-sent]", "[data-nothing-told]"];
let hadWaiting = false;

const drawTold = () => {
  const [waits, sentSince, nothing] = TOLD.map((place) => document.querySelector(place));
  if (!waits) return;
  hadWaiting ||= queue.waiting > 0;
  waits.hidden = queue.waiting === 0;
  sentSince.hidden = !hadWaiting || queue.waiting > 0;
  if (nothing) nothing.hidden = hadWaiting;
};

// What is sent at once needs no words; what stays for a moment does.
const watch = (state) => {
  queue = state;
  drawTold();
  if (!state.waiting) {
    clearTimeout(late);
    late = 0;
    isLate = false;
  } else if (!late) {
    late = setTimeout(() => {
      isLate = true;
      draw();
    }, SOON_MS);
  }
  draw();
};

// Whether the program that is open now is not the one on this page, or this page shows none.
const isOther = (issued) => String(issued) !== page.issued || page.state !== "open";

// What the server says of the program, by an answer or through the worker.
const hear = ({ state, issued }) => {
  if (state === "closed" || state === "ended") told = page.state === state ? "" : state;
  else if (state === "open" && isOther(issued)) told = "newer";
  else if (told !== "newer") told = "";
  draw();
};

const isExercisePage = () => /\/today\/[^/]+\/(?:session\/)?$/.test(location.pathname);

const stayStopped = async () => {
  if (page.state === "open" && isExercisePage() && (await isStopped())) location.reload();
};

// --- The worker ---------------------------------------------------------------------------------

const light = () => navigator.connection?.saveData === true;

const keep = async (force = false) => {
  const isDue = !isForgotten && (force || Date.now() - asked > CHECK_MS);
  if (!("serviceWorker" in navigator) || navigator.onLine === false || !isDue) return;
  asked = Date.now();
  const { active } = await navigator.serviceWorker.ready;
  active.postMessage({ type: "keep", device: page.device, light: light(), force });
};

const start = async () => {
  if (!("serviceWorker" in navigator)) return;
  const before = navigator.serviceWorker.controller;
  // A new release took over: fetch the pages that name its files.
  navigator.serviceWorker.addEventListener("controllerchange", () => before && keep(true));
  navigator.serviceWorker.addEventListener("message", ({ data }) => {
    if (data.type === "page" && data.device === page.device) hear(data);
  });
  const scope = page.worker.replace(/[^/]*$/, "");
  try {
    await navigator.serviceWorker.register(page.worker, { scope, updateViaCache: "none" });
    await keep();
  } catch {
    // A browser that forbids workers: the page works, as long as there is a connection.
  }
  // An app on the home screen may ask that its answers are not thrown away to make room.
  if (matchMedia("(display-mode: standalone)").matches) await navigator.storage?.persist?.();
};

// --- Forgetting ---------------------------------------------------------------------------------

const empty = async () => {
  await forget();
  if ("caches" in globalThis) await caches.delete(`homeward-device-${page.device}`);
};

const forgetNow = async (form) => {
  isForgotten = true;
  await empty();
  if (navigator.onLine === false) show("forget-offline", true);
  else form.submit();
};

const listenForForgetting = (form) => {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (navigator.onLine !== false) await Promise.race([flush(), new Promise((r) => setTimeout(r, 3000))]);
    if ((await pending()) === 0) {
      await forgetNow(form);
      return;
    }
    show("forget", true);
    bar.querySelector("[data-keep]").focus();
  });
  bar.querySelector("[data-forget]").addEventListener("click", () => {
    show("forget", false);
    forgetNow(form);
  });
  bar.querySelector("[data-keep]").addEventListener("click", () => show("forget", false));
};

if (bar && page.owner) {
  onState(watch);
  onAnswer((said) => {
    if (said.page) hear(said.page);
    // The kept pages show what is paused: fetch them again when that changes.
    const now = JSON.stringify([said.page, said.answer?.paused]);
    if (now !== answered) keep(true);
    answered = now;
  });
  addEventListener("online", () => keep(true));
  addEventListener("offline", draw);
  addEventListener("online", draw);
  addEventListener("pageshow", (event) => event.persisted && stayStopped());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible") return;
    stayStopped();
    keep();
  });
  bar
    .querySelector("[data-dismiss]")
    .addEventListener("click", () => dismiss(queue.refused.map((row) => row.id)));
  for (const form of document.querySelectorAll('form[action$="/forget/"]')) listenForForgetting(form);
  start();
}
