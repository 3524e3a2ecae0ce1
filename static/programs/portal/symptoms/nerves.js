// Weak or numb: what to do stands on the page and is shown at once, also without a connection. Only the
// server knows whether it is new: its answer takes the place of these words.

const SIGNS = ["weakness", "numbness"];
const LIMB = /^(thigh|calf|shin|foot|heel|upper_arm|forearm|hand|palm)_/;

/** "both", "one" or "" by what was told: { kinds, regions }. */
export const nervesOf = ({ kinds, regions }) => {
  if (!kinds?.some((kind) => SIGNS.includes(kind))) return "";
  const limbs = (regions ?? []).filter((code) => LIMB.test(code));
  const has = (side) => limbs.some((code) => code.endsWith(`_${side}`));
  return has("left") && has("right") ? "both" : "one";
};

/** Shows the words for it, or takes them away. */
export const showNerves = (which) => {
  for (const box of document.querySelectorAll("[data-nerves]")) box.hidden = box.dataset.nerves !== which;
};
