// The timer of one exercise on its screen: a big calm number, what to do now, and its buttons.

import { make, say } from "./dom.js";
import { settings } from "./keep.js";
import { askedOf, isUpTo, isWork, moreOf, paceOf, planOf, tally } from "./plan.js";
import { settingsRow } from "./settings.js";
import { signal, stayAwake, wake } from "./signals.js";
import { Timer } from "./timer.js";
import { hush, speak } from "./voice.js";
import { clock, countDownWords, didWords, headline, said, saidWithin, whereWords } from "./words.js";

const TICK_MS = 200;
const ROUND = 339.3;
const SVG = "http://www.w3.org/2000/svg";

const ring = () => {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 120 120");
  svg.setAttribute("aria-hidden", "true");
  const circles = ["timer__track", "timer__left"].map((name) => {
    const circle = document.createElementNS(SVG, "circle");
    for (const [key, value] of Object.entries({ class: name, cx: 60, cy: 60, r: 54 })) circle.setAttribute(key, value);
    svg.append(circle);
    return circle;
  });
  circles[1].setAttribute("stroke-dasharray", ROUND);
  return { svg, show: (share) => circles[1].setAttribute("stroke-dashoffset", (ROUND * (1 - share)).toFixed(1)) };
};

const button = (words, onclick, kind = "button--plain") => make("button", { type: "button", class: `button ${kind}`, onclick }, words);

/**
 * `article`: the exercise's part of the page. `saved`: what was kept of its timer.
 * `changed()`: something to keep, and the main button may be another one. `finished()`: the timer
 * has come to its end by itself.
 */
export const panelOf = (article, saved, changed, finished) => {
  const dose = JSON.parse(article.dataset.dosage);
  const side = article.dataset.side;
  const options = () => ({ side, ready: settings.ready, pace: settings.paced ? paceOf(dose, settings.pace) : 0 });
  const tell = (words) => {
    say(words);
    return speak(words);
  };
  let timer = saved ? new Timer(saved.parts, saved) : new Timer(planOf(dose, options()));
  let ticking = 0;
  let lastSaid = null;
  let lastTime = 0;

  const face = ring();
  const what = make("p", { class: "timer__what" });
  const where = make("p", { class: "timer__where" });
  const number = make("p", { class: "timer__count", role: "timer" });
  const tapNumber = make("span", { class: "timer__count" });
  const tap = make("button", { type: "button", class: "timer__tap", "data-count-one": true, onclick: () => count(1) }, tapNumber);
  const dial = make("div", { class: "timer__dial" }, face.svg, number);
  const fewer = button("Take one back", () => count(-1), "button--plain button--small");
  const allDone = button("", () => { timer.part.did = timer.part.reps; step("next"); }, "button--plain button--small");
  const on = button("That is enough", () => step("next"), "button--plain button--small");
  const back = button("Once more from here", () => step("back"), "button--plain button--small");
  const extra = button("", () => more(), "button--plain");
  const tools = make("div", { class: "buttons timer__tools" }, fewer, allDone, on, back, extra);
  const node = make("section", { class: "timer", "aria-label": "Timer", "data-timer": true }, what, where, dial, tap, tools);
  const device = settingsRow();
  const [timerPlace, lastPlace] = [article.querySelector("[data-timer-place]"), article.querySelector("[data-settings-place]")];

  const sets = Math.max(...timer.parts.map((part) => part.set));

  const hear = (events) => {
    for (const event of events) {
      if (event.type === "over") {
        signal("over");
        const did = didWords(tally(timer.parts));
        tell(did ? `Done. You did ${did}.` : "Done.");
      } else if (event.type === "end" && isWork(event.part)) signal("end");
      else if (event.type === "begin") {
        if (isWork(event.part)) signal("begin");
        if (event === events.findLast((e) => e.type === "begin")) tell(said(event.part));
        lastSaid = null;
        lastTime = 0;
      }
    }
    if (events.length) changed();
  };

  const tick = () => {
    const now = Date.now();
    const events = timer.tick(now);
    hear(events);
    const left = timer.secondsLeft(now);
    if (timer.running && left !== null && left !== lastSaid) {
      lastSaid = left;
      const within = saidWithin(timer.part, left);
      say(within);
      speak(within || countDownWords(timer.part, left));
      if (!isWork(timer.part) && left > 0 && left <= 3) signal("tick");
    }
    if (timer.running) countAloud(now);
    show();
    if (events.some((event) => event.type === "over")) finished();
  };

  // The first time begins with the words for the part; a sound does where there is no voice.
  const countAloud = (now) => {
    const time = timer.time(now);
    if (!time || time === lastTime) return;
    lastTime = time;
    if (time === 1 || !speak(String(time))) signal("tick");
  };

  const run = () => {
    clearInterval(ticking);
    ticking = timer.running ? setInterval(tick, TICK_MS) : 0;
    stayAwake(timer.running);
    tick();
    changed();
  };

  const show = () => {
    const now = Date.now();
    const part = timer.part;
    const left = timer.secondsLeft(now);
    node.dataset.state = !timer.begun ? "idle" : timer.over ? "over" : timer.paused ? "paused" : "running";
    node.dataset.kind = part?.kind ?? "";
    // At hand while the timer runs, out of the way before.
    const place = timer.begun && !timer.over ? timerPlace : lastPlace;
    if (device.node.parentNode !== place) place.append(device.node);
    device.show();
    node.hidden = !timer.begun;
    const counting = part?.kind === "count" && !part.pace;
    const time = timer.time(now);
    what.textContent = part ? (timer.paused ? "Paused" : headline(part)) : timer.over ? "Done" : "";
    where.textContent = part ? whereWords(part, sets, dose.per_side) : didWords(tally(timer.parts));
    dial.hidden = left === null;
    number.textContent = left === null ? "" : time ? String(time) : clock(left);
    if (time) where.textContent = [`of ${part.reps}`, where.textContent.toLowerCase()].filter(Boolean).join(", ");
    face.show(left === null ? 0 : timer.msLeft(now) / (part.seconds * 1000));
    tap.hidden = !counting || timer.paused;
    if (counting) {
      const did = part.did ?? 0;
      const words = part.most > part.reps ? `${part.reps} to ${part.most}` : part.reps;
      tapNumber.textContent = String(did);
      tap.setAttribute("aria-label", `Count one. ${did} so far, asked: ${words}`);
      where.textContent = [`Tap the number each time. Asked: ${words}`, where.textContent].filter(Boolean).join(". ");
      allDone.textContent = `I did all ${part.reps}`;
    }
    fewer.hidden = allDone.hidden = tap.hidden;
    on.hidden = !timer.running || !part.seconds;
    const upTo = part?.kind === "hold" && isUpTo(dose.hold_s);
    on.textContent = upTo ? "Let go now" : part && isWork(part) ? "That is enough" : "I am ready now";
    back.hidden = !timer.begun || timer.at === 0;
    const beyond = timer.over ? moreOf(dose, tally(timer.parts), options()) : null;
    extra.hidden = !beyond;
    if (beyond) extra.textContent = beyond.label;
  };

  const count = (change) => {
    timer.count(change);
    const { did, reps } = timer.part;
    signal(did === reps ? "end" : "tick");
    say(did === reps ? `${did}. That is what was asked.` : String(did));
    show();
    changed();
  };

  const step = (how) => {
    wake();
    hear(how === "back" ? timer.back(Date.now()) : timer.next(Date.now()));
    run();
  };

  const more = () => {
    wake();
    const beyond = moreOf(dose, tally(timer.parts), options());
    if (beyond) hear(timer.extend(beyond.parts, Date.now()));
    run();
  };

  document.addEventListener("session:plan", () => {
    if (timer.begun) return;
    timer = new Timer(planOf(dose, options()));
    show();
  });

  // A session begun anew brings new panels: nothing of the old ones stays beside them.
  timerPlace.replaceChildren(node);
  lastPlace.replaceChildren();
  show();
  return {
    node,
    dose,
    get timer() { return timer; },
    get counts() { return timer.part?.kind === "count" && !timer.part.pace; },
    /** `lead`: at least so many seconds to get ready in. */
    start: (lead = 0) => {
      const [first] = timer.parts;
      if (first.kind === "ready") first.seconds = Math.max(first.seconds, lead);
      wake();
      hear(timer.start(Date.now()));
      run();
    },
    pause: () => { timer.pause(Date.now()); tell("Paused."); run(); },
    resume: () => { wake(); timer.resume(Date.now()); tell("Going on."); run(); },
    next: () => step("next"),
    /** Leaving the screen: nothing runs unseen. */
    rest: () => { if (timer.running) timer.pause(Date.now()); hush(); run(); },
    did: () => tally(timer.soFar(Date.now())),
    asked: () => askedOf(dose, side),
    saved: () => (timer.begun ? timer.saved(Date.now()) : null),
    /** Done again from the start. */
    renew: () => { timer = new Timer(planOf(dose, options())); show(); },
  };
};
