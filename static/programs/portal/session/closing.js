// The end of a session: the last questions, the wait before we ask once more, and the answer.

import { onState } from "../app/outbox.js";
import { all, one, say } from "./dom.js";
import { isWorse, told } from "./fields.js";
import { clear } from "./keep.js";
import { signal, stayAwake } from "./signals.js";
import { clock, time } from "./words.js";

const ASK_WITHIN_MS = 2 * 3600 * 1000;
const TICK_MS = 500;
const SENDING = "Sending…";
const SAVED = "Saved on this device. We send it when there is a connection.";
const ONLY_HERE = "There is no connection, and this device cannot keep it. Leave this page open until it is sent.";

export const closing = ({ root, screens, keep, state, record }) => {
  const minutes = Number(root.dataset.minutes);
  let ticking = 0;
  let queue = null;
  let go = () => {};

  const asksAgain = () => {
    const done = new Set(state().did);
    const named = all(root, "[data-asks-again]").some((article) => done.has(article.dataset.exercise));
    const worse = isWorse(told(screens.of("before")), told(screens.of("after")));
    return done.size > 0 && (named || worse);
  };

  /** Whether we still have to ask once more. */
  const waits = () => state().askAt > 0 && Date.now() < state().askAt + ASK_WITHIN_MS;

  const over = () => {
    state().askAt = 0;
    state().finished = true;
    go("end");
    clear();
  };

  const finish = async () => {
    await record().symptoms("after", told(screens.of("after")));
    await record().end(state().did.length ? "finished" : "stopped");
    state().askAt = asksAgain() ? Date.now() + minutes * 60_000 : 0;
    keep();
    if (waits()) go("wait");
    else over();
  };

  const settle = async () => {
    await record().symptoms("settled", told(screens.of("settled")));
    over();
  };

  const countDown = () => {
    const left = Math.ceil((state().askAt - Date.now()) / 1000);
    one(root, "[data-wait-count]").textContent = clock(Math.max(0, left));
    if (left > 0) {
      if (left % 60 === 0) say(`${time(left)} left.`);
      return;
    }
    clearInterval(ticking);
    signal("over");
    if (waits()) go("settled");
    else over();
  };

  const sendWords = () => {
    if (!queue) return "";
    if (!queue.waiting) return `Saved. ${root.dataset.clinician} can see it.`;
    if (queue.sending) return SENDING;
    return queue.keeps === "memory" || queue.trouble ? ONLY_HERE : SAVED;
  };

  const showEnd = () => {
    const done = state().did.length;
    one(root, "[data-end-done]").textContent = done
      ? `You did ${done} exercise${done === 1 ? "" : "s"}.`
      : "You did no exercise this time. Thank you for telling us.";
    const words = sendWords();
    const line = one(root, "[data-end-sent]");
    if (line.textContent !== words) line.textContent = words;
    const { answer } = state();
    one(root, "[data-answer]").hidden = !answer;
    if (!answer) return;
    one(root, "[data-answer-title]").textContent = answer.title;
    one(root, "[data-answer-reason]").textContent = answer.reason;
    one(root, "[data-answer]").dataset.outcome = answer.outcome;
  };

  const help = async ({ answer }) => {
    one(root, "[data-help-title]").textContent = answer.title;
    one(root, "[data-help-reason]").textContent = answer.reason;
    state().finished = true;
    go("help");
    await record().end("stopped");
    clear();
  };

  onState((now) => {
    queue = now;
    if (screens.here() === "end") showEnd();
  });

  return {
    finish,
    settle,
    waits,
    over,
    /** How to change the screen. */
    onGo: (show) => {
      go = show;
    },
    shown: (name) => {
      clearInterval(ticking);
      if (name === "wait") {
        ticking = setInterval(countDown, TICK_MS);
        countDown();
      }
      stayAwake(false);
      if (name === "end") showEnd();
    },
    /** What the server said to something of this session, or of an earlier one. */
    heard: (said) => {
      const of = state();
      if (screens.here() === "help") return;
      if (said.answer?.outcome === "get_help") {
        help(said);
        return;
      }
      if (said.page && said.page.state !== "open") {
        // Ended, or stopped by the practice: that page says what to do.
        location.assign(root.dataset.program);
        return;
      }
      const known = [...(said.stored ?? []), ...(said.known ?? [])];
      if (of.lastId && known.includes(of.lastId)) of.answer = said.answer;
      if (screens.here() === "end") showEnd();
    },
  };
};
