// What of a session stays on this device when the page closes: one record a person, and settings.
// Where the browser keeps nothing (a full or closed storage), the session lasts as long as the tab.

const VERSION = 1;
// outbox.js takes away whatever names the person when the device is to forget them.
const KEY = `homeward-session:${document.body.dataset.owner || document.body.dataset.device || ""}`;
const SETTINGS = "homeward-session-settings";
const DEFAULTS = { sound: true, vibration: true, ready: 5, voice: true, paced: true, pace: 4, forward: true, flow: false };

const read = (key) => {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
};

const write = (key, value) => {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Nothing to be done: what was answered is in the outbox all the same.
  }
};

/** The session that was open when the page closed; null where there is none. */
export const load = () => {
  const kept = read(KEY);
  return kept?.version === VERSION ? kept : null;
};

/** Keeps it. `touchedAt` is when the patient last did something, not when the page closed. */
export const save = (state) => write(KEY, { ...state, version: VERSION });

export const clear = () => {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // It was never kept.
  }
};

/**
 * As set on this device: sound, vibration, voice; seconds to get ready; whether and how fast times
 * are counted aloud (`paced`, `pace`); whether what is done leads on by itself (`forward`), and
 * whether the next exercise then also begins by itself (`flow`).
 */
export const settings = { ...DEFAULTS, ...read(SETTINGS) };

export const set = (name, value) => {
  settings[name] = value;
  write(SETTINGS, settings);
};
