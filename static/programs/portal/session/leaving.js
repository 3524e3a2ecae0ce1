// Leaving an exercise out, and stopping the session early: each with a reason, or without one.

import { all, one } from "./dom.js";
import { fillDid, didOf, told } from "./fields.js";
import { clear } from "./keep.js";
import { isEnough } from "./plan.js";

/**
 * `walk`: what the walk lends: root, screens, exercises, panels, state(), record(), started(),
 * store(article, values), isTold(article), showDid(article, on), show(name), forward().
 */
export const leaving = (walk) => {
  const { root, screens } = walk;
  let from = "before";

  const article = () => walk.exercises.find((each) => each.dataset.screen === from);

  const skip = async (reason) => {
    const left = article();
    walk.started();
    one(left, 'input[value="skipped"]').checked = true;
    for (const input of all(left, "[data-number]")) input.value = "";
    one(left, "select[name$=reason]").value = reason;
    await walk.store(left, { state: "skipped", side: left.dataset.side, sets: null, reps: null, seconds: null, reason });
    walk.showDid(left, true);
    walk.forward(from);
  };

  // What was done of the exercise that is on counts as a part of it.
  const keepPart = async (left) => {
    const panel = walk.panels.get(left.dataset.exercise);
    const did = walk.isTold(left) ? null : panel.did();
    if (!did) return;
    fillDid(left, did, isEnough(panel.dose, did));
    walk.showDid(left, true);
    const values = didOf(left);
    if (values) await walk.store(left, values);
  };

  const stop = async (reason) => {
    await keepPart(article());
    const before = told(screens.of("before"));
    const state = walk.state();
    if (!state.opened && Object.values(before).every((value) => value === null)) {
      // Nothing was done and nothing said: there is no session to tell of.
      state.finished = true;
      clear();
      location.assign(root.dataset.program);
      return;
    }
    await walk.record().symptoms("before", before, state.begunAt ?? Date.now());
    await walk.record().end("stopped", reason);
    walk.show("after");
  };

  return {
    ask: (which) => {
      from = screens.here();
      if (which === "skip") one(root, "[data-skip-name]").textContent = article().dataset.name;
      walk.show(which);
    },
    because: (reason) => (screens.here() === "skip" ? skip(reason) : stop(reason)),
    back: () => walk.show(from),
  };
};
