// Turns what was entered into entries, each sent once: the same words again make no new entry, other
// words make a correction of the earlier one. The session opens with its first entry.

import { enqueue, newId } from "../app/outbox.js";
import { nervesOf, showNerves } from "../symptoms/nerves.js";

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
const moment = (ms) => new Date(ms).toISOString();

/** Keeps entries of the session in `state`; `keep()` stores the state on the device. */
export const recorder = (state, keep) => {
  const put = async (entry) => {
    state.lastId = entry.id;
    keep();
    await enqueue({ session: state.run, ...entry });
  };

  const open = async (at) => {
    if (state.opened) return;
    state.opened = true;
    await put({ type: "session", id: newId(), at: moment(Math.min(at, state.begunAt ?? at)), state: "open" });
  };

  const once = async (key, type, values, at, corrects) => {
    const old = state.sent[key];
    if (old && same(old.values, values)) return;
    await open(at);
    const id = newId();
    state.sent[key] = { id, values };
    const entry = { type, id, at: moment(at), ...values };
    if (old && corrects) entry.corrects = old.id;
    await put(entry);
  };

  return {
    /** How it is: nothing is sent where no question was answered. */
    symptoms: async (phase, values, at = Date.now(), item = "") => {
      const { pain, regions, kinds } = values;
      if (pain === null && regions === null && kinds === null && !values.provoked) return;
      const which = nervesOf(values);
      if (which) showNerves(which);
      const about = item ? { phase, item } : { phase };
      await once(Object.values(about).join(" "), "symptoms", { ...about, ...values }, at, true);
    },
    /** What became of an exercise; a later word for the same one replaces the earlier. */
    exercise: async (item, values, at = Date.now()) => {
      await once(`exercise ${item}`, "exercise", { item, ...values }, at, false);
    },
    /** The session is over: finished, or stopped with a reason. It ends once. */
    end: async (how, reason = "", at = Date.now()) => {
      if (state.ended || !state.opened) return;
      state.ended = how;
      await put({ type: "session", id: newId(), at: moment(at), state: how, ...(reason ? { reason } : {}) });
    },
  };
};
