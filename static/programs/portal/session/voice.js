// Speaks, where the browser has a voice: so that nobody needs to look at the page or tap it.

import { settings } from "./keep.js";

const synth = globalThis.speechSynthesis;
// Some browsers fetch their voices when they are first asked for them.
synth?.getVoices();

/** Whether the switch for the voice makes sense here. */
export const mayHaveVoice = Boolean(synth && globalThis.SpeechSynthesisUtterance);

/** Says it, instead of what it still says; false where there is no voice, and a sound has to do. */
export const speak = (words) => {
  if (!words || !settings.voice || !mayHaveVoice || !synth.getVoices().length) return false;
  synth.cancel();
  const said = new SpeechSynthesisUtterance(words);
  said.lang = document.documentElement.lang || "en";
  said.rate = 0.95;
  synth.speak(said);
  return true;
};

export const hush = () => synth?.cancel();
