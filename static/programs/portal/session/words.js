// What the timer says, on the screen and to a screen reader.

const some = (n, one, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;

/** `45 seconds`, `5 minutes`, `1 minute 30 seconds`. */
export const time = (seconds) => {
  const minutes = Math.floor(seconds / 60);
  const rest = seconds % 60;
  return [minutes && some(minutes, "minute"), (rest || !minutes) && some(rest, "second")].filter(Boolean).join(" ");
};

/** `45` below a minute, else `1:30`. */
export const clock = (seconds) =>
  seconds < 60 ? String(seconds) : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

/** The big word over the number. */
export const headline = (part) =>
  ({
    ready: "Get ready",
    hold: "Hold",
    work: "Go",
    count: part.pace ? "Move" : "Count each one",
    relax: "Relax",
    rest: "Rest",
    switch: `Now your ${part.side} side`,
  })[part.kind];

/** Where one is: `2 of 10, set 1 of 3, right side`. */
export const whereWords = (part, sets, sided) => {
  const rep = part.rep && part.reps > 1 ? `${part.rep} of ${part.reps}` : "";
  const set = sets > 1 ? `set ${part.set} of ${sets}` : "";
  const side = sided && part.side ? `${part.side} side` : "";
  const words = [rep, set, side].filter(Boolean).join(", ");
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** What is read out when a part begins. */
export const said = (part) => {
  const of = part.rep && part.reps > 1 ? ` ${part.rep} of ${part.reps}.` : "";
  if (part.pace) return `${headline(part)}. ${some(part.reps, "time")}. I count for you.`;
  if (part.kind === "count") return `Count to ${part.reps}.`;
  if (part.kind === "relax") return "Relax.";
  if (!part.seconds) return `${headline(part)}. Press Go on when you are ready.`;
  return `${headline(part)}.${of} ${time(part.seconds)}.`;
};

/** What is read out inside a long part, with so many seconds left; empty at most moments. */
export const saidWithin = (part, left) => {
  if (left <= 0 || left >= part.seconds || part.pace) return "";
  if (left % 60 === 0 && part.seconds > 60) return `${time(left)} left.`;
  if (left === 10 && part.seconds >= 30) return "10 seconds left.";
  return "";
};

/** The last seconds of a hold, for a voice: who lies there does not see the number. */
export const countDownWords = (part, left) => (part.kind === "hold" && part.seconds >= 5 && left >= 1 && left <= 3 ? String(left) : "");

/** What was done: `2 sets, 10 times, 5 seconds, both sides`. */
export const didWords = (did) => {
  if (!did) return "";
  const parts = [];
  if (did.sets > 1) parts.push(some(did.sets, "set"));
  if (did.reps !== null) parts.push(some(did.reps, "time"));
  if (did.seconds !== null) parts.push(time(did.seconds) + (did.reps === null ? "" : " each"));
  if (did.side) parts.push(did.side === "both" ? "both sides" : `${did.side} side`);
  return parts.join(", ");
};

/** The words on the main button of an exercise; `told`: what was done stands there to be sent. */
export const mainWords = ({ timer, counts }, { told, last }) => {
  if (told) return last ? "Last questions" : "Next exercise";
  if (timer.over || !timer.begun) return timer.parts[0]?.kind === "count" ? "Start counting" : "Start the timer";
  if (timer.paused) return "Go on";
  if (counts) return "I am done";
  return timer.part.seconds ? "Pause" : "Go on";
};
