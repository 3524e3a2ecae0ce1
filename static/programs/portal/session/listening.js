// What is pressed and changed on the screens of a session, and who is told of it.

import { showWhy } from "./fields.js";

// `press`: the large button. `ways`: what each other button does, by how it is found.
export const listen = ({ root, forms, main, started, press, ways }) => {
  for (const form of forms) form.addEventListener("submit", (event) => event.preventDefault());
  root.addEventListener("change", (event) => {
    if (event.target.closest("[data-symptoms], [data-did]")) started();
    const article = event.target.closest("[data-exercise]");
    if (article) showWhy(article);
  });
  // One press at a time. A disabled button would lose the focus.
  let busy = false;
  main.addEventListener("click", async () => {
    if (busy) return;
    busy = true;
    try {
      await press();
    } finally {
      busy = false;
    }
  });
  root.addEventListener("click", (event) => {
    for (const [found, way] of Object.entries(ways)) {
      const pressed = event.target.closest(found);
      if (pressed) way(pressed);
    }
  });
};
