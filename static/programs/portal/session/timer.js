// Runs through the parts of an exercise. Pure: whoever calls says what time it is, in milliseconds.
//
// A part ends at a deadline, and the next one counts from that deadline, not from the tick that
// noticed it: nothing drifts, and after the page slept the right part is on. A part without seconds
// waits for `next`. What is kept of a run (`saved`) starts again paused.

import { isWork } from "./plan.js";

/** What so many seconds of a part come to: times of a paced count, else the seconds themselves. */
const done = (part, seconds) => (part.pace ? Math.floor(seconds / part.pace) : seconds);

export class Timer {
  constructor(parts, saved = null) {
    this.parts = parts.map((part) => ({ ...part }));
    this.at = saved?.at ?? -1;
    this.endsAt = null;
    this.left = saved?.left ?? null;
    this.over = saved?.over ?? false;
    saved?.did?.forEach((did, n) => {
      if (this.parts[n] && did !== null) this.parts[n].did = did;
    });
  }

  get part() {
    return this.over ? null : (this.parts[this.at] ?? null);
  }

  get begun() {
    return this.at >= 0;
  }

  /** Running: a deadline is set, or a part waits for a tap. */
  get running() {
    return this.begun && !this.over && this.left === null;
  }

  get paused() {
    return this.begun && !this.over && this.left !== null;
  }

  /** Whole seconds still to go; null where nothing counts down. */
  secondsLeft(now) {
    const left = this.msLeft(now);
    return left === null ? null : Math.ceil(left / 1000);
  }

  msLeft(now) {
    if (this.over || !this.part?.seconds) return null;
    return this.left ?? Math.max(0, this.endsAt - now);
  }

  /** Which time of a paced count is on, from 1; 0 where nothing is counted aloud. */
  time(now) {
    const part = this.part;
    return part?.pace ? Math.min(part.reps, Math.floor((part.seconds * 1000 - this.msLeft(now)) / 1000 / part.pace) + 1) : 0;
  }

  start(now) {
    if (this.begun) return [];
    return this.#enter(0, now);
  }

  pause(now) {
    if (this.running) this.left = this.msLeft(now) ?? 0;
  }

  resume(now) {
    if (!this.paused) return;
    if (this.part.seconds) this.endsAt = now + this.left;
    this.left = null;
  }

  /** Goes on to where it must be now; the events on the way: {type: "end"|"begin"|"over", part}. */
  tick(now) {
    const events = [];
    while (this.running && this.part.seconds && now >= this.endsAt) {
      events.push(...this.#leave(this.part.seconds), ...this.#enter(this.at + 1, this.endsAt));
    }
    return events;
  }

  /** Ends this part now: enough of it, or a tap that a part without seconds waits for. */
  next(now) {
    if (!this.part) return [];
    const seconds = this.part.seconds ? (this.part.seconds * 1000 - this.msLeft(now)) / 1000 : null;
    const wasPaused = this.paused;
    const events = [...this.#leave(seconds), ...this.#enter(this.at + 1, now)];
    if (wasPaused && !this.over) this.pause(now);
    return events;
  }

  /** One part back, from its start; what was counted of it is forgotten. */
  back(now) {
    const before = this.parts.findLastIndex((part, n) => n < this.at && isWork(part));
    const to = Math.max(0, before);
    for (const part of this.parts.slice(to)) delete part.did;
    this.over = false;
    this.left = null;
    return this.#enter(to, now);
  }

  /** One more, or one fewer, of what is counted by hand. */
  count(change) {
    if (this.part?.kind !== "count" || this.part.pace) return;
    this.part.did = Math.max(0, (this.part.did ?? 0) + change);
  }

  /** More parts after the last one. */
  extend(parts, now) {
    const first = this.parts.length;
    this.parts.push(...parts.map((part) => ({ ...part })));
    this.over = false;
    this.left = null;
    return this.#enter(first, now);
  }

  saved(now) {
    return {
      parts: this.parts.map(({ did, ...part }) => part),
      did: this.parts.map((part) => part.did ?? null),
      at: this.at,
      left: this.running ? (this.msLeft(now) ?? 0) : this.left,
      over: this.over,
    };
  }

  // What of a part was done by `now`, the one that is on included.
  soFar(now) {
    return this.parts.map((part, n) => {
      if (n !== this.at || this.over || !isWork(part) || !part.seconds) return part;
      return { ...part, did: done(part, Math.floor((part.seconds * 1000 - this.msLeft(now)) / 1000)) };
    });
  }

  #leave(seconds) {
    const part = this.part;
    if (isWork(part) && part.seconds) part.did = done(part, Math.round(seconds));
    return [{ type: "end", part }];
  }

  #enter(at, from) {
    this.at = at;
    const part = this.parts[at];
    if (!part) {
      this.over = true;
      this.endsAt = null;
      this.left = null;
      return [{ type: "over" }];
    }
    this.left = null;
    this.endsAt = part.seconds ? from + part.seconds * 1000 : null;
    return [{ type: "begin", part }];
  }
}
