// What a dose means in time: the parts of one exercise, in order. Pure; times are in seconds.
//
// A part: {kind, seconds, side, set, rep}. Kinds: "ready" (get into place), "hold", "work" (timed),
// "count" (counted by hand), "relax" (between two holds), "rest" (between sets), "switch" (the other
// side). `seconds: null` waits for a tap. Of a range the low end is planned; the rest is extra.
//
// `pace`: so many seconds for each time, counted aloud, so that nobody taps in the middle of it; 0:
// counted by hand. A rest whose length nobody stated then ends by itself too.

export const READY_S = 5;
export const PACE_S = 4;
export const REST_S = 30;
export const RELAX_S = 3;
export const LONG_HOLD_S = 10;
export const SWITCH_S = 10;

const low = (span) => span?.[0];
const high = (span) => span?.[1];

/** A hold of "up to 60 seconds": it is planned whole and let go of at any time. */
export const isUpTo = (span) => Boolean(span) && low(span) === 1 && high(span) >= LONG_HOLD_S;

/** The sides in the order they are done; "" for none. */
export const sidesOf = (dose, side = "") => {
  if (!dose.per_side) return [side];
  return side === "left" ? ["left", "right"] : ["right", "left"];
};

const seconds = (span) => (isUpTo(span) ? high(span) : low(span));

/** Seconds for one time: as the dose says it ("2 seconds up, 2 seconds down"), else as chosen. */
export const paceOf = (dose, chosen = PACE_S) => {
  const said = [...(dose.pace ?? "").matchAll(/(\d+)\s*(?:s|sec|seconds?)\b/g)].map(([, n]) => Number(n));
  return said.reduce((all, n) => all + n, 0) || chosen;
};

/** The parts of one set on one side; `ready` seconds before it, 0 for none. */
export const setOf = (dose, { side = "", set = 1, ready = READY_S, settle = READY_S, pace = 0 } = {}) => {
  const at = { side, set };
  const lead = ready > 0 ? [{ kind: "ready", seconds: ready, ...at }] : [];
  if (dose.duration_s) return [...lead, { kind: "work", seconds: low(dose.duration_s), ...at }];
  const reps = low(dose.reps) ?? 1;
  if (!dose.hold_s) {
    const counted = { kind: "count", reps, most: high(dose.reps) ?? 1, ...at };
    return pace ? [...lead, { ...counted, seconds: reps * pace, pace }] : [{ ...counted, seconds: null }];
  }
  const held = seconds(dose.hold_s);
  const between = held >= LONG_HOLD_S ? Math.max(settle, RELAX_S) : RELAX_S;
  const holds = Array.from({ length: reps }, (_, n) => [
    ...(n ? [{ kind: "relax", seconds: between, rep: n + 1, ...at }] : []),
    { kind: "hold", seconds: held, rep: n + 1, reps, ...at },
  ]);
  return [...lead, ...holds.flat()];
};

// A rest whose length nobody stated ends with a tap, and needs a get-ready after it; where it is
// counted aloud, it ends by itself, and a press on Pause makes it longer.
const restOf = (dose, at, pace) => {
  if (!dose.rest_s) return [{ kind: "rest", seconds: pace ? REST_S : null, ...at }];
  return low(dose.rest_s) > 0 ? [{ kind: "rest", seconds: low(dose.rest_s), ...at }] : [];
};

/** Every part of the exercise at the low end of its dose. */
export const planOf = (dose, { side = "", ready = READY_S, pace = 0 } = {}) => {
  const sets = low(dose.sets) ?? 1;
  return sidesOf(dose, side).flatMap((now, turn) => {
    const change = turn ? [{ kind: "switch", seconds: Math.max(ready, SWITCH_S), side: now, set: 1 }] : [];
    const all = Array.from({ length: sets }, (_, n) => {
      const at = { side: now, set: n + 1 };
      const rest = n ? restOf(dose, at, pace) : [];
      const timed = rest.some((part) => part.seconds);
      const lead = (n === 0 && turn) || timed ? 0 : ready;
      return [...rest, ...setOf(dose, { ...at, ready: lead, settle: ready, pace })];
    });
    return [...change, ...all.flat()];
  });
};

/** What may be done beyond the low end: {label, parts}, or null. `did`: a tally, or null. */
export const moreOf = (dose, did, { side = "", ready = READY_S, pace = 0 } = {}) => {
  const sides = sidesOf(dose, side);
  const everySide = (make) =>
    sides.flatMap((now, turn) => [
      ...(turn ? [{ kind: "switch", seconds: Math.max(ready, SWITCH_S), side: now, set: 1 }] : []),
      ...make(now, turn ? 0 : ready),
    ]);
  if (!did) return null;
  if (dose.sets && did.sets < high(dose.sets)) {
    const set = did.sets + 1;
    return { label: "Do one more set", parts: everySide((now, lead) => setOf(dose, { side: now, set, ready: lead, settle: ready, pace })) };
  }
  if (dose.per_position) {
    const set = did.sets + 1;
    return { label: "Do the next place", parts: everySide((now, lead) => setOf(dose, { side: now, set, ready: lead, settle: ready, pace })) };
  }
  if (dose.duration_s) {
    const left = high(dose.duration_s) - did.seconds;
    if (left <= 0) return null;
    return { label: "Go on for longer", parts: [{ kind: "work", seconds: left, side: sides.at(-1), set: did.sets, adds: true }] };
  }
  if (pace && !dose.hold_s && dose.reps && did.sets === 1 && did.reps < high(dose.reps)) {
    const left = { ...dose, reps: [high(dose.reps) - did.reps, high(dose.reps) - did.reps] };
    return { label: `Go on to ${high(dose.reps)}`, parts: everySide((now, lead) => setOf(left, { side: now, set: 1, ready: lead, settle: ready, pace })) };
  }
  if (dose.hold_s && dose.reps && did.reps < high(dose.reps)) {
    const one = { ...dose, reps: [1, 1] };
    return { label: "Do one more", parts: everySide((now, lead) => setOf(one, { side: now, set: did.sets, ready: lead, settle: ready })) };
  }
  return null;
};

const WORKED = new Set(["hold", "work", "count"]);

/** Whether a part is the exercise itself, and not the time around it. */
export const isWork = (part) => WORKED.has(part.kind);

/**
 * What was really done, from parts with `did` (seconds, or times counted):
 * {sets, reps, seconds, side}, numbers null where there is nothing to count; null for nothing.
 */
export const tally = (parts) => {
  const worked = parts.filter((part) => isWork(part) && part.did > 0);
  if (!worked.length) return null;
  const sum = (kind) => worked.filter((p) => p.kind === kind).reduce((all, p) => all + p.did, 0);
  const sides = [...new Set(worked.map((part) => part.side))];
  const rounds = new Set(worked.map((part) => `${part.side} ${part.set}`)).size;
  const holds = worked.filter((part) => part.kind === "hold").length;
  const held = holds ? Math.floor(sum("hold") / holds) : null;
  const timed = worked.some((part) => part.kind === "work");
  return {
    sets: new Set(worked.map((part) => part.set)).size,
    reps: timed ? null : Math.floor((holds || sum("count")) / rounds),
    seconds: timed ? Math.floor(sum("work") / rounds) : held,
    side: sides.length > 1 ? "both" : sides[0],
  };
};

/** What the dose asks for at the least, as a tally. How long to hold "up to" is the patient's own. */
export const askedOf = (dose, side = "") => {
  const parts = planOf(dose, { side }).map((part) => ({ ...part, did: part.reps && part.kind === "count" ? part.reps : part.seconds }));
  const asked = tally(parts);
  return isUpTo(dose.hold_s) && !dose.duration_s ? { ...asked, seconds: null } : asked;
};

/** Whether that is at least what was asked. */
export const isEnough = (dose, did) => {
  if (!did) return false;
  if (dose.per_side && did.side !== "both") return false;
  const asked = dose.duration_s ?? dose.hold_s;
  return (
    did.sets >= (low(dose.sets) ?? 1) &&
    (dose.duration_s || !dose.reps || did.reps >= low(dose.reps)) &&
    (!asked || did.seconds >= low(asked))
  );
};
