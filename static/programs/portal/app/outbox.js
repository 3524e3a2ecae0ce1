// The queue of what a patient entered: kept on the device first, then sent when there is a way.
//
//   await enqueue({type: "exercise", id: newId(), session, at, …});   // kept when this resolves
//   onAnswer((said) => …);                                            // each answer of the server
//
// Entries belong to a person (`data-owner`), not to a device's grant: who opens the door again
// sends what waited from before, under the new address, and nobody else's page ever sends it.

import "./store.js";
import "./sender.js";

const { homewardStore, homewardSender } = globalThis;
const page = document.body.dataset;
const owner = page.owner ?? "";
const door = { url: page.logUrl ?? "", token: page.csrf ?? "" };
const WAITS_S = [5, 15, 60, 300];
const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel("homeward") : null;

const answerListeners = new Set();
const stateListeners = new Set();
// keeps: "database", "storage" or "memory" (only while this tab is open);
// trouble: "" or "full" (the device has no room left).
const state = { waiting: 0, refused: [], sending: false, link: "unknown", keeps: "database", trouble: "" };

let spare = null;
let order = 0;
let tries = 0;
let timer = 0;
let running = null;

const opening = homewardStore.open();
opening.then((store) => {
  state.keeps = store.kind;
});

/** A new id for an entry or a session. */
export const newId = () => {
  if (crypto.randomUUID) return crypto.randomUUID();
  // Pages on plain http have no randomUUID.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
};

/** Hear every answer of the server: {stored, known, refused, answer, page}. */
export const onAnswer = (listener) => {
  answerListeners.add(listener);
  return () => answerListeners.delete(listener);
};

/** Hear how the queue is doing, now and at each change. */
export const onState = (listener) => {
  stateListeners.add(listener);
  listener({ ...state });
  return () => stateListeners.delete(listener);
};

const stores = async () => [await opening, ...(spare ? [spare] : [])];

const rowsNow = async () => (await Promise.all((await stores()).map((s) => s.rows(owner)))).flat();

const look = async () => {
  const rows = await rowsNow();
  state.waiting = rows.filter((row) => row.state === "waiting").length;
  state.refused = rows.filter((row) => row.state === "refused");
  for (const listener of stateListeners) listener({ ...state });
};

const tellOthers = (message) => channel?.postMessage({ owner, ...message });

const heard = (said) => {
  tries = 0;
  for (const listener of answerListeners) listener(said);
};

/** How many answers of this person wait to be sent. */
export const pending = async () => {
  await look();
  return state.waiting;
};

/** What the server did not take, each with a message; kept until `dismiss`. */
export const refused = async () => {
  await look();
  return state.refused;
};

/** Put away refused answers that the patient has read about. */
export const dismiss = async (ids) => {
  for (const store of await stores()) await store.remove(ids);
  await look();
  tellOthers({ changed: true });
};

const keep = async (row) => {
  const store = await opening;
  try {
    await store.put(row);
    state.trouble = "";
  } catch {
    // No room, or a database that broke: hold it in this tab, and say so.
    spare ??= homewardStore.memory();
    await spare.put(row);
    state.trouble = "full";
  }
};

const stopHere = async (entry) => {
  const store = await opening;
  const note = { at: entry.at, device: page.device ?? "", entry: entry.id };
  try {
    await store.setNote(`stopped:${owner}`, note);
  } catch {
    await spare?.setNote(`stopped:${owner}`, note);
  }
  tellOthers({ stopped: true });
};

/**
 * Keep an entry on this device, then try to send it. Resolves once it is kept.
 *
 * A red flag also stops the program on this device until the server says that it is open again;
 * `{stops: false}` is for one that need not.
 */
export const enqueue = async (entry, { stops = true } = {}) => {
  const whole = { id: newId(), at: new Date().toISOString(), ...entry };
  order = Math.max(order + 1, Date.now());
  const issued = page.issued ? Number(page.issued) : null;
  await keep({ id: whole.id, owner, order, issued, entry: whole, state: "waiting" });
  if (stops && whole.red_flags?.length) await stopHere(whole);
  await look();
  tellOthers({ changed: true });
  const sending = flush();
  // A tab that cannot keep anything waits for the answer: there is no second chance.
  if (state.keeps === "memory" || state.trouble) await sending;
  return whole.id;
};

const later = (seconds) => {
  clearTimeout(timer);
  const wait = seconds || WAITS_S[Math.min(tries, WAITS_S.length - 1)];
  tries += 1;
  timer = setTimeout(flush, wait * 1000 * (0.75 + Math.random() / 2));
};

const askTheWorker = async () => {
  try {
    const registration = await navigator.serviceWorker?.getRegistration("/p/");
    await registration?.sync?.register("homeward-send");
  } catch {
    // No background sync here: this page sends when it sees a connection.
  }
};

const sendAll = async () => {
  let result = { state: "sent" };
  for (const store of await stores()) {
    const said = await homewardSender.send(store, owner, door, (answer) => {
      heard(answer);
      tellOthers({ answer });
    });
    if (said.state !== "sent") result = said;
  }
  return result;
};

const attempt = async () => {
  clearTimeout(timer);
  if (navigator.onLine === false) state.link = "offline";
  else if (state.link === "offline") state.link = "unknown";
  await look();
  if (!state.waiting || !door.url) return;
  if (state.link === "offline") {
    await askTheWorker();
    return;
  }
  state.sending = true;
  await look();
  try {
    const result = await sendAll();
    state.link = result.state;
    if (result.state === "offline" || result.state === "later") {
      later(result.after);
      await askTheWorker();
    }
  } catch {
    state.link = "later";
    later(0);
  } finally {
    state.sending = false;
    await look();
    tellOthers({ changed: true });
  }
};

/** Try to send now. What was added while sending is sent in a further round. */
export const flush = () => {
  running = (running ?? Promise.resolve()).then(attempt, attempt);
  return running;
};

/** Whether the program is stopped on this device by what the patient told it. */
export const isStopped = async () => Boolean(await (await opening).note(`stopped:${owner}`));

// Other scripts keep a session that is under way under a key with the person's name in it.
const keysInStorage = () => {
  try {
    return Object.keys(localStorage);
  } catch {
    return [];
  }
};

/** Take everything of this person off the device's memory: answers, notes, a session that is under way. */
export const forget = async () => {
  for (const store of await stores()) {
    await store.remove((await store.rows(owner)).map((row) => row.id));
    const devices = (await store.notes("device:")).filter(({ value }) => value.owner === owner);
    await store.dropNotes([`stopped:${owner}`, `door:${owner}`, ...devices.map(({ key }) => key)]);
  }
  for (const key of keysInStorage().filter((name) => name.includes(owner))) {
    localStorage.removeItem(key);
  }
  await look();
  tellOthers({ changed: true });
};

/** What the worker must know to send later, and to find this person's page again. */
export const introduce = async () => {
  const store = await opening;
  const until = page.until ?? "";
  const at = Date.now();
  try {
    await store.setNote(`door:${owner}`, { ...door, device: page.device, until });
    const known = await store.note(`device:${page.device}`);
    await store.setNote(`device:${page.device}`, { at, ...known, owner, device: page.device, until });
  } catch {
    state.trouble = "full";
  }
};

const again = () => {
  tries = 0;
  flush();
};

if (owner) {
  channel?.addEventListener("message", ({ data }) => {
    if (data.owner !== owner) return;
    if (data.answer) {
      state.link = "sent";
      heard(data.answer);
    }
    if (data.changed) look();
  });
  addEventListener("online", again);
  addEventListener("offline", () => {
    state.link = "offline";
    look();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") again();
  });
  // Only what this tab holds in its memory is lost with it.
  addEventListener("beforeunload", (event) => {
    if (state.waiting && (state.keeps === "memory" || state.trouble)) event.preventDefault();
  });
  introduce().then(flush);
}
