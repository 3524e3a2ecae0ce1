// How the timer makes itself heard and felt, and keeps the screen on.

import { settings } from "./keep.js";

const TONES = { tick: [[520, 0.09]], begin: [[880, 0.25]], end: [[660, 0.15], [660, 0.15]], over: [[660, 0.15], [880, 0.3]] };
const BUZZES = { tick: 40, begin: 250, end: [120, 80, 120], over: [200, 100, 300] };
const GAP_S = 0.08;

let audio = null;
let lock = null;
let wanted = false;

/** Browsers let a page sound only after a tap: call this from one. */
export const wake = () => {
  const Context = globalThis.AudioContext ?? globalThis.webkitAudioContext;
  if (!settings.sound || !Context) return;
  audio ??= new Context();
  if (audio.state === "suspended") audio.resume().catch(() => {});
};

const play = (tones) => {
  if (!audio || audio.state !== "running") return;
  let at = audio.currentTime;
  for (const [pitch, length] of tones) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = pitch;
    // A soft start and end: no clicks.
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(0.3, at + 0.01);
    volume.gain.setValueAtTime(0.3, at + length - 0.02);
    volume.gain.linearRampToValueAtTime(0, at + length);
    tone.connect(volume).connect(audio.destination);
    tone.start(at);
    tone.stop(at + length);
    at += length + GAP_S;
  }
};

/** `kind`: tick, begin, end or over. */
export const signal = (kind) => {
  if (settings.sound) play(TONES[kind]);
  if (settings.vibration) navigator.vibrate?.(BUZZES[kind]);
};

const take = async () => {
  if (!wanted || lock || document.visibilityState !== "visible") return;
  try {
    lock = await navigator.wakeLock?.request("screen");
    lock?.addEventListener("release", () => {
      lock = null;
    });
  } catch {
    lock = null;
  }
};

/** Keeps the screen on while an exercise is on. The browser lets go when the page is hidden. */
export const stayAwake = (on) => {
  wanted = on;
  if (on) take();
  else lock?.release().catch(() => {});
};

document.addEventListener("visibilitychange", take);
