// The picture of an exercise moves while its timer runs: movement.js listens.

/** `what`: show, play or pause. */
export const moving = (article, what) => {
  const box = article.querySelector("[data-movement]");
  if (!box || box.dataset.asked === what) return;
  box.dataset.asked = what;
  box.dispatchEvent(new CustomEvent(`movement:${what}`));
};
