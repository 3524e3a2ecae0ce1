// What is done by the timer leads on by itself: a few seconds to look at it or to stay, then the next
// exercise comes. Whoever touches anything of the exercise stays.

import { make, one, say } from "./dom.js";
import { settings } from "./keep.js";
import { speak } from "./voice.js";

const WAIT_S = 10;
const TICK_MS = 200;
/** Seconds to get into place where the next exercise begins by itself. */
export const PLACE_S = 20;

/** `go(article)`: goes on; `isOpen(article)`: whether it still waits to be told. */
export const onward = ({ go, isOpen }) => {
  let ticking = 0;
  let waits = null;

  const stay = () => {
    clearInterval(ticking);
    if (waits) one(waits, "[data-onward]").hidden = true;
    waits = null;
  };

  const lineOf = (article) => {
    const found = article.querySelector("[data-onward]");
    if (found) return found;
    const button = make("button", { type: "button", class: "button button--plain button--small", onclick: stay }, "Stay here");
    const line = make("div", { class: "onward", "data-onward": true, hidden: true }, make("p"), button);
    one(article, "[data-timer]").append(line);
    for (const kind of ["pointerdown", "keydown", "input"]) article.addEventListener(kind, stay);
    return line;
  };

  return {
    stay,
    /** The timer of this exercise is over, and all of it was done. */
    wait: (article, isLast) => {
      stay();
      if (!settings.forward) return;
      const until = Date.now() + WAIT_S * 1000;
      const next = isLast ? "The last questions come" : "The next exercise comes";
      const line = lineOf(article);
      line.hidden = false;
      waits = article;
      say(`Done. ${next} in ${WAIT_S} seconds.`);
      speak(`Done. ${next} in ${WAIT_S} seconds.`);
      const tick = () => {
        if (!isOpen(article)) return stay();
        const left = Math.ceil((until - Date.now()) / 1000);
        one(line, "p").textContent = `${next} in ${Math.max(0, left)}.`;
        if (left > 0) return undefined;
        stay();
        return go(article);
      };
      ticking = setInterval(tick, TICK_MS);
      tick();
    },
  };
};
