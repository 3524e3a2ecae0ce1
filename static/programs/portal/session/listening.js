// What is pressed and changed on the screens of a session, and who is told of it.

import { showWhy } from "./fields.js";

// `press`: the large button. `ways`: what each other button does, by how it is found; `tells`: those
// of them that store something, and go on when it is stored.
export const listen = ({ root, forms, main, started, press, ways, tells }) => {
  for (const form of forms) form.addEventListener("submit", (event) => event.preventDefault());
  root.addEventListener("change", (event) => {
    if (event.target.closest("[data-symptoms], [data-did]")) started();
    const article = event.target.closest("[data-exercise]");
    if (article) showWhy(article);
  });
  // One press at a time, of all that store: two taps tell it once. A disabled button would lose the
  // focus.
  let busy = false;
  const alone = async (act) => {
    if (busy) return;
    busy = true;
    main.dataset.busy = "yes";
    try {
      await act();
    } finally {
      busy = false;
      delete main.dataset.busy;
    }
  };
  main.addEventListener("click", () => alone(press));
  root.addEventListener("click", (event) => {
    for (const [found, way] of Object.entries({ ...ways, ...tells })) {
      const pressed = event.target.closest(found);
      if (!pressed) continue;
      if (found in tells) alone(() => way(pressed));
      else way(pressed);
    }
  });
};
