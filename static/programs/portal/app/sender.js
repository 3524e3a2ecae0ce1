// Sends what waits, in order, and forgets an answer only after the server said that it has it.
//
// A plain script like store.js; it puts `homewardSender` on the global scope. The server knows each
// answer by the id that this device gave it, so sending one twice stores it once.

(() => {
  const MOST = 50;
  const SLOW_MS = 30_000;
  const HEADERS = { "Content-Type": "application/json", Accept: "application/json" };

  const json = async (answer) => {
    try {
      return await answer.json();
    } catch {
      return null;
    }
  };

  const ask = async (url, options = {}) => {
    try {
      // A redirect is a network's own sign-in page, never an answer of ours.
      const request = { credentials: "same-origin", cache: "no-store", redirect: "error" };
      const signal = AbortSignal.timeout?.(SLOW_MS);
      return await fetch(url, { ...request, signal, ...options });
    } catch {
      return null;
    }
  };

  const post = (door, rows) =>
    ask(door.url, {
      method: "POST",
      headers: { ...HEADERS, "X-CSRFToken": door.token ?? "" },
      body: JSON.stringify({
        sent_at: new Date().toISOString(),
        prescription: rows[0].issued,
        entries: rows.map((row) => row.entry),
      }),
    });

  // The page's token may be from before the browser lost its cookie: ask for one that fits.
  const postWithToken = async (door, rows) => {
    const first = await post(door, rows);
    if (first?.status !== 403) return first;
    const answer = await ask(door.url, { headers: HEADERS });
    if (!answer?.ok) return answer;
    door.token = (await json(answer))?.token ?? "";
    return post(door, rows);
  };

  const refuse = (store, row, field, message) =>
    store.put({ ...row, state: "refused", field: field ?? "", message: message ?? "" });

  // Returns whether the server settled anything of what was sent.
  const settle = async (store, rows, said) => {
    const known = new Set([...said.stored, ...said.known]);
    const refused = new Map((said.refused ?? []).map((refusal) => [refusal.id, refusal]));
    const gone = rows.filter((row) => known.has(row.id));
    await store.remove(gone.map((row) => row.id));
    const aside = rows.filter((row) => !known.has(row.id) && refused.has(row.id));
    for (const row of aside) {
      const { field, message } = refused.get(row.id);
      await refuse(store, row, field, message);
    }
    return gone.length + aside.length > 0;
  };

  // A program that the server stopped stays stopped here without a connection too. It opens again
  // on the server's word, but never while a warning sign of this device is still on its way.
  const mind = async (store, owner, page) => {
    if (page?.state === "stopped") await store.setNote(`stopped:${owner}`, { at: Date.now() });
    if (page?.state !== "open") return;
    const rows = await store.rows(owner);
    if (rows.some((row) => row.entry.red_flags?.length)) return;
    await store.dropNotes([`stopped:${owner}`]);
  };

  const isAnswer = (said) =>
    said !== null && typeof said === "object" && Array.isArray(said.stored) && Array.isArray(said.known);

  const next = (rows, most) => {
    const waiting = rows.filter((row) => row.state === "waiting");
    const issued = waiting[0]?.issued;
    const other = waiting.findIndex((row) => row.issued !== issued);
    return waiting.slice(0, Math.min(other < 0 ? waiting.length : other, most));
  };

  // Send everything of one person through `door` {url, token}.
  // Gives {state, answer, after}: "sent" (nothing waits any more), "offline", "closed" (the door
  // does not open; all is kept) or "later" (the server cannot now; `after`: its own wish, seconds).
  const send = async (store, owner, door, heard = () => {}) => {
    let most = MOST;
    let answer = null;
    for (;;) {
      const rows = next(await store.rows(owner), most);
      if (!rows.length) return { state: "sent", answer };
      const response = await postWithToken(door, rows);
      if (!response) return { state: "offline", answer };
      if (response.status === 404) return { state: "closed", answer };
      const said = await json(response);
      const isTooMuch = response.status === 400 || response.status === 413;
      if (isTooMuch && rows.length > 1) {
        // One of them is wrong, or all are too long together: halves find out which.
        most = Math.floor(rows.length / 2);
      } else if (isTooMuch && (said?.error || response.status === 413)) {
        await refuse(store, rows[0], said?.error?.field, said?.error?.message);
        most = MOST;
      } else if (response.status === 200 && isAnswer(said) && (await settle(store, rows, said))) {
        answer = said;
        await mind(store, owner, said.page);
        heard(said);
        most = MOST;
      } else {
        return { state: "later", answer, after: Number(response.headers.get("Retry-After")) || 0 };
      }
    }
  };

  // One sender at a time on this device, over all tabs and the worker. Without locks two tabs may
  // send the same answer, and the server stores it once.
  const alone = (owner, work) =>
    navigator.locks ? navigator.locks.request(`homeward-send-${owner}`, work) : work();

  globalThis.homewardSender = {
    send: (store, owner, door, heard) => alone(owner, () => send(store, owner, door, heard)),
    mind,
  };
})();
