// Keys of one sign, such as "?", can be turned off on this device: dictation types them, too.

const OFF = "homeward-single-keys-off";

export const singleKeysAreOn = () => {
  try { return localStorage.getItem(OFF) === null; } catch { return true; }
};

export const turnSingleKeys = (on) => {
  try {
    if (on) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
  } catch { /* Nothing is kept where the browser keeps nothing. */ }
};

/** A key of one sign that is meant as one: nobody types, and nothing is held down. */
export const isSingleKey = (event, sign) =>
  event.key === sign && !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing &&
  !event.target.closest?.("input, textarea, select, [contenteditable]") && singleKeysAreOn();
