// Shows one part of the page at a time, with the focus on its heading and a way back.

import { all, one } from "./dom.js";

/** The parts of `root` marked data-screen. */
export const screensOf = (root) => {
  const parts = new Map(all(root, "[data-screen]").map((node) => [node.dataset.screen, node]));
  const top = one(root, "[data-top]");
  const meter = one(root, "[data-meter]");
  let now = "";

  const progress = (name, order) => {
    const at = order.indexOf(name);
    const count = order.length - 2;
    const words = at === 0 ? "" : at === order.length - 1 ? "Last questions" : `Exercise ${at} of ${count}`;
    top.hidden = at < 0;
    meter.hidden = at < 1;
    one(top, "[data-progress]").textContent = at < 0 ? "" : words;
    one(top, "[data-back]").hidden = at <= 0;
    one(top, "[data-stop]").hidden = at <= 0 || at === order.length - 1;
    // Set through the object model: a style attribute would be against the policy.
    one(meter, "span").style.inlineSize = `${Math.max(0, (100 * at) / (order.length - 1))}%`;
  };

  const pausePictures = () => {
    for (const button of all(root, "[data-playing=yes] button")) button.click();
  };

  const show = (name, { order = [], push = true, focus = true } = {}) => {
    if (name !== now) pausePictures();
    for (const [key, node] of parts) node.hidden = key !== name;
    progress(name, order);
    if (push && name !== now) history.pushState({ screen: name }, "");
    else history.replaceState({ screen: name }, "");
    now = name;
    if (!focus) return;
    scrollTo(0, 0);
    one(parts.get(name), "h2").focus({ preventScroll: true });
  };

  return {
    show,
    here: () => now,
    of: (name) => parts.get(name),
    /** The browser's own way back. */
    onReturn: (listener) =>
      addEventListener("popstate", (event) => {
        if (event.state?.screen && parts.has(event.state.screen)) listener(event.state.screen);
      }),
  };
};
