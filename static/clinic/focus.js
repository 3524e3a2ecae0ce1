// An answer says where the focus goes once it stands in the page. Whoever has gone on to a field of
// it meanwhile stays there: their next letters belong where they were putting them.

const FIELDS = "input, textarea, select, [contenteditable]";
let atSwap = null;

document.addEventListener("htmx:afterSwap", () => { atSwap = document.activeElement; });

const hasGoneOn = () => document.activeElement !== atSwap && document.activeElement?.matches(FIELDS);

/** Put the focus on this element, unless somebody has begun in a field since the answer came. */
export const focusAfterAnswer = (element, options = {}) => {
  if (!element || hasGoneOn()) return false;
  element.focus(options);
  return true;
};
