// The timer of one exercise on its screen: a big calm number, what to do now, and its buttons.

import { make, say } from "./dom.js";
import { set, settings } from "./keep.js";
import { askedOf, isUpTo, isWork, moreOf, planOf, tally } from "./plan.js";
import { signal, stayAwake, wake } from "./signals.js";
import { Timer } from "./timer.js";
import { clock, didWords, headline, said, saidWithin, whereWords } from "./words.js";

const TICK_MS = 200;
const ROUND = 339.3;
const READY_CHOICES = [3, 5, 10, 20];
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

/** The three settings of this device; `show` follows what was set on another screen. */
const settingsRow = () => {
  const shows = [];
  const toggle = (name, words) => {
    const node = button("", () => {
      set(name, !settings[name]);
      show();
      if (name === "sound") wake();
      if (settings[name]) signal("tick");
    }, "button--plain button--small");
    node.dataset.setting = name;
    const show = () => {
      node.textContent = `${words}: ${settings[name] ? "on" : "off"}`;
      node.setAttribute("aria-pressed", String(settings[name]));
    };
    shows.push(show);
    return node;
  };
  const ready = make("select", { "data-setting": "ready", class: "timer__ready" });
  for (const n of READY_CHOICES) ready.append(make("option", { value: n, selected: n === settings.ready }, `${n} seconds`));
  ready.addEventListener("change", () => {
    set("ready", Number(ready.value));
    document.dispatchEvent(new CustomEvent("session:ready"));
  });
  shows.push(() => {
    ready.value = String(settings.ready);
  });
  const node = make("div", { class: "timer__settings" }, toggle("sound", "Sound"), toggle("vibration", "Vibration"), make("label", {}, "Time to get ready ", ready));
  return { node, show: () => shows.forEach((each) => each()) };
};

/**
 * `article`: the exercise's part of the page. `saved`: what was kept of its timer.
 * `changed()`: something to keep, and the main button may be another one.
 */
export const panelOf = (article, saved, changed) => {
  const dose = JSON.parse(article.dataset.dosage);
  const side = article.dataset.side;
  const options = () => ({ side, ready: settings.ready });
  let timer = saved ? new Timer(saved.parts, saved) : new Timer(planOf(dose, options()));
  let ticking = 0;
  let lastSaid = null;

  const face = ring();
  const what = make("p", { class: "timer__what" });
  const where = make("p", { class: "timer__where" });
  const number = make("p", { class: "timer__count", role: "timer" });
  const tapNumber = make("span", { class: "timer__count" });
  const tap = make("button", { type: "button", class: "timer__tap", "data-count-one": true, onclick: () => count(1) }, tapNumber);
  const dial = make("div", { class: "timer__dial" }, face.svg, number);
  const fewer = button("Take one back", () => count(-1), "button--plain button--small");
  const allDone = button("", () => { timer.part.did = timer.part.reps; step("next"); }, "button--plain button--small");
  const on = button("Enough, go on", () => step("next"), "button--plain button--small");
  const back = button("Do this part again", () => step("back"), "button--plain button--small");
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
        say(did ? `Done. You did ${did}.` : "Done.");
      } else if (event.type === "end" && isWork(event.part)) signal("end");
      else if (event.type === "begin") {
        if (isWork(event.part)) signal("begin");
        if (event === events.findLast((e) => e.type === "begin")) say(said(event.part));
        lastSaid = null;
      }
    }
    if (events.length) changed();
  };

  const tick = () => {
    const now = Date.now();
    hear(timer.tick(now));
    const left = timer.secondsLeft(now);
    if (timer.running && left !== null && left !== lastSaid) {
      lastSaid = left;
      say(saidWithin(timer.part, left));
      if (!isWork(timer.part) && left > 0 && left <= 3) signal("tick");
    }
    show();
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
    const counting = part?.kind === "count";
    what.textContent = part ? (timer.paused ? "Paused" : headline(part)) : timer.over ? "Done" : "";
    where.textContent = part ? whereWords(part, sets, dose.per_side) : didWords(tally(timer.parts));
    dial.hidden = left === null;
    number.textContent = left === null ? "" : clock(left);
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
    on.hidden = !timer.running || counting || !part.seconds;
    const upTo = part?.kind === "hold" && isUpTo(dose.hold_s);
    on.textContent = upTo ? "Let go now" : part && isWork(part) ? "Enough, go on" : "I am ready now";
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

  document.addEventListener("session:ready", () => {
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
    get counts() { return timer.part?.kind === "count"; },
    start: () => { wake(); hear(timer.start(Date.now())); run(); },
    pause: () => { timer.pause(Date.now()); say("Paused."); run(); },
    resume: () => { wake(); timer.resume(Date.now()); say("Going on."); run(); },
    next: () => step("next"),
    /** Leaving the screen: nothing runs unseen. */
    rest: () => { if (timer.running) timer.pause(Date.now()); run(); },
    did: () => tally(timer.soFar(Date.now())),
    asked: () => askedOf(dose, side),
    saved: () => (timer.begun ? timer.saved(Date.now()) : null),
    /** Done again from the start. */
    renew: () => { timer = new Timer(planOf(dose, options())); show(); },
  };
};
