// A session as it begins, and what of an earlier one on this device can be gone on with.

import { newId } from "../app/outbox.js";
import { clear } from "./keep.js";
import { recorder } from "./record.js";

const OLD_MS = 12 * 3600 * 1000;

export const fresh = () => ({
  run: newId(), issued: document.body.dataset.issued, screen: "before", begunAt: null, opened: false, sent: {},
  answers: [], timers: {}, ended: "", lastId: "", paused: [], did: [], askAt: 0,
});

/** Closes what was left open. */
export const leaveOld = async (kept) => {
  const old = recorder(kept, () => {});
  await old.end("stopped", "interrupted", kept.touchedAt);
  clear();
};

/** `settled`: runs whose last question may have been answered elsewhere, on the day's page. */
export const isDone = (kept, settled) => kept.finished || (settled ?? "").split(" ").includes(kept.run);

export const isStale = (kept) => kept.issued !== document.body.dataset.issued || Date.now() - kept.touchedAt > OLD_MS;
