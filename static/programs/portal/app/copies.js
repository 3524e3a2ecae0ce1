// What the service worker keeps of each person's pages, and when it lets go of it.
//
// A plain script for importScripts, after store.js and sender.js; it puts `homewardCopies` on the
// global scope. Each device's grant has a cache of its own, so that two people never mix; it is
// emptied on forgetting, when the door is closed and when its time is over.

(() => {
  const { release, files, root } = self.homeward;
  const STATIC = "homeward-static-";
  const DEVICE = "homeward-device-";
  const FRESH_MS = 10 * 60 * 1000;
  const LOOSE = { ignoreSearch: true, ignoreVary: true };
  const ID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
  const PATH = new RegExp(`^${root}today/(${ID})/(.*)$`);
  const PAGE = /^(?:(?:session|wrong|stopped|diary|goals)\/|check\/.+\/)?$/;
  const PICTURE = /^(?:pictures|moving)\//;
  const ours = new Set(files);
  // Forgotten since this worker began: what was on its way for them then is not kept any more.
  const gone = new Set();
  const NOTHING = {
    match: async () => undefined,
    keys: async () => [],
    put: async () => undefined,
    delete: async () => false,
  };

  let opening = null;
  const store = () => (opening ??= self.homewardStore.open());
  const home = (device) => `${root}today/${device}/`;
  const cacheOf = async (device) => (gone.has(device) ? NOTHING : caches.open(DEVICE + device));
  const restOf = (address) => new URL(address).pathname.match(PATH)?.[2] ?? "";
  const noteOf = async (device) => (await store()).note(`device:${device}`);
  const setNote = async (device, note) => {
    const notes = await store();
    if (!gone.has(device)) await notes.setNote(`device:${device}`, note);
  };
  const isOver = (note) => Boolean(note?.until) && Date.now() > Date.parse(note.until);

  const ask = async (address) => {
    try {
      return await fetch(address, { credentials: "same-origin", cache: "no-store" });
    } catch {
      return null;
    }
  };

  const tell = async (message) => {
    for (const client of await self.clients.matchAll({ includeUncontrolled: true })) {
      client.postMessage(message);
    }
  };

  // What a page says of itself, in the attributes of its body.
  const about = (text) => {
    const tag = text.match(/<body[^>]*>/)?.[0] ?? "";
    const read = (name) => tag.match(new RegExp(`data-${name}="([^"]*)"`))?.[1] ?? "";
    const [owner, issued, state, until, device] = [
      read("owner"),
      read("issued"),
      read("state"),
      read("until"),
      read("device"),
    ];
    return { owner, issued, state, until, device, text };
  };

  // --- Letting go ------------------------------------------------------------------------------

  // The door does not open any more: nothing of the program stays, what was entered does.
  const shut = async (device) => {
    await caches.delete(DEVICE + device);
    const note = await noteOf(device);
    if (note && !note.closed) await setNote(device, { ...note, closed: true });
    await tell({ type: "page", device, state: "closed" });
  };

  const forgotten = async (device) => {
    gone.add(device);
    await caches.delete(DEVICE + device);
    await (await store()).dropNotes([`device:${device}`]);
  };

  const dropExercises = async (cache) => {
    for (const request of await cache.keys()) {
      const rest = restOf(request.url);
      if (PICTURE.test(rest) || rest === "session/") await cache.delete(request);
    }
  };

  // The same person opened the door again: the earlier grant's copies are of no more use.
  const leaveOldDevices = async (device, owner) => {
    for (const { value } of await (await store()).notes("device:")) {
      const isOld = value.owner === owner && value.device !== device;
      if (isOld || isOver(value)) await caches.delete(DEVICE + value.device);
    }
  };

  const keptPages = async (names) => {
    let all = "";
    for (const name of names.filter((n) => n.startsWith(DEVICE))) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        if (PAGE.test(restOf(request.url))) all += await (await cache.match(request)).text();
      }
    }
    return all;
  };

  // Files of an earlier release go when no kept page names them any more.
  const prune = async () => {
    const names = await caches.keys();
    const pages = await keptPages(names);
    for (const name of names.filter((n) => n.startsWith(STATIC) && n !== STATIC + release)) {
      const held = await (await caches.open(name)).keys();
      const paths = held.map((request) => new URL(request.url).pathname);
      const isNamed = paths.some((path) => !ours.has(path) && pages.includes(`"${path}"`));
      if (!isNamed) await caches.delete(name);
    }
  };

  // --- Keeping ---------------------------------------------------------------------------------

  const copyOf = (text, response) => {
    const headers = new Headers(response.headers);
    for (const name of ["vary", "content-encoding", "content-length"]) headers.delete(name);
    return new Response(text, { status: 200, headers });
  };

  const noteProgram = async (device, said) => {
    const before = (await noteOf(device)) ?? {};
    const isSame = before.issued === said.issued && said.state === "open";
    if (!isSame) await dropExercises(await cacheOf(device));
    const { owner, issued, until } = said;
    await setNote(device, {
      device,
      owner,
      issued,
      until,
      at: before.at ?? Date.now(),
      ...(isSame ? { kept: before.kept, release: before.release } : {}),
    });
    if (gone.has(device)) return;
    await self.homewardSender.mind(await store(), owner, said);
    await tell({ type: "page", device, state: said.state, issued });
  };

  // Keep a page as it came, and say what it is. Another version, or a program that is stopped or
  // over, takes the place of all that was kept of the exercises before.
  const keepPage = async (device, rest, response) => {
    const said = about(await response.text());
    if (said.device !== device) return said;
    if (rest === "") await noteProgram(device, said);
    try {
      await (await cacheOf(device)).put(home(device) + rest, copyOf(said.text, response));
    } catch {
      // No room on this device: the page is shown all the same.
    }
    return said;
  };

  const found = (text, pattern) => [...new Set([...text.matchAll(pattern)].map((m) => m[1]))];

  const fetchAhead = async (cache, address) => {
    if (await cache.match(address, LOOSE)) return;
    const response = await ask(address);
    if (response?.status === 200) await cache.put(address, response);
  };

  const keepStatic = async (text) => {
    const cache = await caches.open(STATIC + release);
    for (const address of found(text, /(?:src|href)="(\/static\/[^"#?]+)"/g)) {
      await fetchAhead(cache, address);
    }
  };

  const picturesIn = (device, text) => ({
    still: found(text, new RegExp(`"(${home(device)}pictures/[0-9-]+/)"`, "g")),
    moving: found(text, new RegExp(`"(${home(device)}moving/[0-9-]+/)"`, "g")),
  });

  const pagesIn = (device, text) => [
    "session/",
    "wrong/",
    "stopped/",
    ...found(text, new RegExp(`href="${home(device)}(check/[^"#?]+/|diary/|goals/)"`, "g")),
  ];

  const keepAhead = async (device, text, light) => {
    const cache = await cacheOf(device);
    const { still, moving } = picturesIn(device, text);
    await keepStatic(text);
    for (const rest of pagesIn(device, text)) {
      const response = await ask(home(device) + rest);
      if (response?.status !== 200 || response.redirected) continue;
      const page = await keepPage(device, rest, response);
      const more = picturesIn(device, page.text);
      still.push(...more.still);
      moving.push(...more.moving);
      await keepStatic(page.text);
    }
    // Drawings say it all; who saves data sees the movements when they ask for them.
    for (const address of still) await fetchAhead(cache, address);
    if (!light) for (const address of moving) await fetchAhead(cache, address);
  };

  // Everything that this device needs without a connection.
  const keep = async ({ device, light = false, force = false }) => {
    const before = await noteOf(device);
    const response = await ask(home(device));
    if (response?.status === 404) return shut(device);
    if (response?.status !== 200) return;
    const said = await keepPage(device, "", response);
    if (said.state !== "open") return;
    const isFresh = Date.now() - (before?.kept ?? 0) < FRESH_MS && before.issued === said.issued;
    if (isFresh && before.release === release && !force) return;
    await keepAhead(device, said.text, light);
    const now = await noteOf(device);
    // Forgotten meanwhile: what was fetched since goes too.
    if (!now) return forgotten(device);
    await setNote(device, { ...now, kept: Date.now(), release });
    await leaveOldDevices(device, said.owner);
    await prune();
  };

  self.homewardCopies = {
    ...{ STATIC, DEVICE, LOOSE, PATH, PAGE, PICTURE },
    ...{ store, home, cacheOf, noteOf, isOver, ask, shut, forgotten, keepPage, keep, prune },
  };
})();
