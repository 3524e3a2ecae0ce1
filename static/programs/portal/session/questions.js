// The symptom questions in a session: one button repeats what was said, and only what was done can
// have brought it on.

import { all, one } from "./dom.js";
import { asText, inWords, told } from "./fields.js";

const EARLIER = { after: "before", settled: "after" };

// `values` null: the page itself says what the button repeats.
const quick = (screen, values, words) => {
  const box = screen.querySelector("[data-quick]");
  if (!box) return;
  box.hidden = values !== null && !Object.keys(values).length;
  if (values) Object.assign(one(box, "[data-quick-same]").dataset, values);
  if (words !== undefined) one(box, "strong").textContent = words;
};

const onlyDone = (screen, done) => {
  for (const input of all(screen, "[data-field=provoked] input")) {
    input.closest("label").hidden = input.value !== "none" && !done.includes(input.value);
  }
  one(screen, "[data-field=provoked]").hidden = !done.length;
};

/** Makes a screen of questions ready. `done`: the exercises that were done. */
export const prepare = (screens, name, done) => {
  if (name === "before") quick(screens.of(name), null);
  if (name === "after") onlyDone(screens.of(name), done);
  if (!EARLIER[name]) return;
  const screen = screens.of(EARLIER[name]);
  const values = told(screen);
  quick(screens.of(name), asText(values), inWords(screen, values));
};
