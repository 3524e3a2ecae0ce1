// The service worker of the patient's pages. `self.homeward` comes from the view (app_views.py):
// {release, hashed, files, words, root}. Nothing outside `root` is its business, but for our own
// static files that those pages load.
//
// Pages: the network first, the last good copy where there is none. Each device's grant has a cache
// of its own, emptied on forgetting, when the door is closed, and when its time is over. Pages of
// the way in are never kept.

(() => {
  const { release, hashed, files, words, root } = self.homeward;
  const STATIC = "homeward-static-";
  const DEVICE = "homeward-device-";
  const SLOW_MS = 4000;
  const SEND_MS = 3000;
  const FRESH_MS = 10 * 60 * 1000;
  const LOOSE = { ignoreSearch: true, ignoreVary: true };
  const ID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
  const PATH = new RegExp(`^${root}today/(${ID})/(.*)$`);
  const PAGE = /^(?:(?:session|wrong|stopped|diary|goals)\/|check\/.+\/)?$/;
  const PICTURE = /^(?:pictures|moving)\//;
  const EXERCISES = new Set(["", "session/"]);
  const ours = new Set(files);

  let opening = null;
  const store = () => (opening ??= self.homewardStore.open());
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const home = (device) => `${root}today/${device}/`;
  const cacheOf = (device) => caches.open(DEVICE + device);

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

  // --- What is kept of a person ----------------------------------------------------------------

  const about = (text) => {
    const tag = text.match(/<body[^>]*>/)?.[0] ?? "";
    const read = (name) => tag.match(new RegExp(`data-${name}="([^"]*)"`))?.[1] ?? "";
    return {
      owner: read("owner"),
      issued: read("issued"),
      state: read("state"),
      until: read("until"),
      device: read("device"),
    };
  };

  const noteOf = async (device) => (await store()).note(`device:${device}`);

  const newest = async (owner, but) => {
    const notes = await (await store()).notes("device:");
    const same = notes.map((n) => n.value).filter((v) => v.owner === owner && v.device !== but);
    return same.filter((v) => !v.closed).sort((a, b) => b.at - a.at)[0];
  };

  const waiting = async (owner) =>
    (await (await store()).rows(owner)).some((row) => row.state === "waiting");

  // The door does not open any more: nothing of the program stays, what was entered does.
  const shut = async (device) => {
    await caches.delete(DEVICE + device);
    const note = await noteOf(device);
    if (note && !note.closed) {
      await (await store()).setNote(`device:${device}`, { ...note, closed: true });
    }
    await tell({ type: "page", device, state: "closed" });
  };

  const dropPictures = async (cache) => {
    for (const request of await cache.keys()) {
      const rest = new URL(request.url).pathname.match(PATH)?.[2] ?? "";
      if (PICTURE.test(rest) || rest === "session/") await cache.delete(request);
    }
  };

  const copyOf = (text, response) => {
    const headers = new Headers(response.headers);
    for (const name of ["vary", "content-encoding", "content-length"]) headers.delete(name);
    return new Response(text, { status: 200, headers });
  };

  // Keep a page as it came. Another version, or a program that is stopped or over, takes the place
  // of all that was kept of the one before.
  const keepPage = async (device, rest, response) => {
    const text = await response.text();
    const said = about(text);
    if (said.device !== device) return said;
    const cache = await cacheOf(device);
    await cache.put(home(device) + rest, copyOf(text, response));
    if (rest !== "") return said;
    const note = (await noteOf(device)) ?? {};
    if (note.issued !== said.issued || said.state !== "open") await dropPictures(cache);
    const { owner, issued, until } = said;
    const at = note.at ?? Date.now();
    await (await store()).setNote(`device:${device}`, { device, owner, issued, until, at });
    await self.homewardSender.mind(await store(), owner, said);
    await tell({ type: "page", device, state: said.state, issued: said.issued });
    return { ...said, text };
  };

  const isOver = (note) => Boolean(note?.until) && Date.now() > Date.parse(note.until);

  // --- Fetched ahead ---------------------------------------------------------------------------

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

  const addresses = (device, text) => ({
    pages: ["session/", "wrong/", "stopped/"].concat(
      found(text, new RegExp(`href="${home(device)}(check/[^"#?]+/|diary/|goals/)"`, "g")),
    ),
    pictures: found(text, new RegExp(`"(${home(device)}pictures/[0-9-]+/)"`, "g")),
    movements: found(text, new RegExp(`"(${home(device)}moving/[0-9-]+/)"`, "g")),
  });

  const keepAhead = async (device, text, light) => {
    const cache = await cacheOf(device);
    const { pages, pictures, movements } = addresses(device, text);
    await keepStatic(text);
    for (const rest of pages) {
      const response = await ask(home(device) + rest);
      if (response?.status !== 200 || response.redirected) continue;
      const session = await response.clone().text();
      await keepPage(device, rest, response);
      await keepStatic(session);
      pictures.push(...addresses(device, session).pictures);
      movements.push(...addresses(device, session).movements);
    }
    // Drawings are small and say it all; who saves data sees the movements when they ask for them.
    for (const address of pictures) await fetchAhead(cache, address);
    if (!light) for (const address of movements) await fetchAhead(cache, address);
  };

  // Everything that this device needs without a connection. Gives what the server said.
  const keep = async ({ device, light = false, force = false }) => {
    const note = await noteOf(device);
    const response = await ask(home(device));
    if (!response) return;
    if (response.status === 404) return shut(device);
    if (response.status !== 200) return;
    const said = await keepPage(device, "", response);
    if (said.state !== "open") return;
    const fresh = Date.now() - (note?.kept ?? 0) < FRESH_MS && note.issued === said.issued;
    if (fresh && note.release === release && !force) return;
    await keepAhead(device, said.text, light);
    const now = await noteOf(device);
    if (now) await (await store()).setNote(`device:${device}`, { ...now, kept: Date.now(), release });
    await leaveOldDevices(device, said.owner);
    await prune();
  };

  // The same person opened the door again: the earlier grant's copies are of no more use.
  const leaveOldDevices = async (device, owner) => {
    for (const { value } of await (await store()).notes("device:")) {
      const isOld = value.owner === owner && value.device !== device;
      if (isOld || isOver(value)) await caches.delete(DEVICE + value.device);
    }
  };

  // Files of an earlier release go when no kept page names them any more.
  const prune = async () => {
    let named = "";
    const names = await caches.keys();
    for (const name of names.filter((n) => n.startsWith(DEVICE))) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const rest = new URL(request.url).pathname.match(PATH)?.[2] ?? "";
        if (PAGE.test(rest)) named += await (await cache.match(request)).text();
      }
    }
    for (const name of names.filter((n) => n.startsWith(STATIC) && n !== STATIC + release)) {
      const held = await (await caches.open(name)).keys();
      const paths = held.map((request) => new URL(request.url).pathname);
      if (!paths.some((path) => !ours.has(path) && named.includes(`"${path}"`))) {
        await caches.delete(name);
      }
    }
  };

  // --- Answers ---------------------------------------------------------------------------------

  const wordsPage = async (kind, status = 200) => {
    const kept = await caches.match(words[kind], LOOSE);
    if (!kept) return Response.error();
    return new Response(await kept.text(), { status, headers: kept.headers });
  };

  const send = async (owner) => {
    const door = await (await store()).note(`door:${owner}`);
    if (!door?.url) return { state: "offline" };
    return self.homewardSender.send(await store(), owner, door, (answer) => {
      new BroadcastChannel("homeward").postMessage({ owner, answer, changed: true });
    });
  };

  const isStopped = async (owner) =>
    Boolean(owner) && Boolean(await (await store()).note(`stopped:${owner}`));

  const stoppedPage = async (device) =>
    (await (await cacheOf(device)).match(`${home(device)}stopped/`, LOOSE)) ??
    wordsPage("stopped");

  const fromCache = async (device, rest) => {
    const note = await noteOf(device);
    if (isOver(note)) {
      await shut(device);
      return wordsPage("expired");
    }
    if (EXERCISES.has(rest) && (await isStopped(note?.owner))) return stoppedPage(device);
    const kept = await (await cacheOf(device)).match(home(device) + rest, LOOSE);
    if (kept) return kept;
    const later = note && (await newest(note.owner, device));
    return later && later.at > note.at
      ? Response.redirect(home(later.device) + rest)
      : wordsPage("no-connection");
  };

  const closed = async (device, response) => {
    const note = await noteOf(device);
    await shut(device);
    const later = note && (await newest(note.owner, device));
    if (later) return Response.redirect(home(later.device));
    return note && (await waiting(note.owner)) ? wordsPage("closed", 404) : response;
  };

  const isDoor = async (device, rest) =>
    rest === "" || (await ask(`${home(device)}log/`))?.status === 404;

  const network = async (event, device, rest) => {
    const response = await fetch(event.request);
    if (response.type === "opaqueredirect") return response;
    if (response.status === 404) {
      return (await isDoor(device, rest)) ? closed(device, response) : response;
    }
    if (response.status >= 500) return fromCache(device, rest);
    if (response.status !== 200 || !PAGE.test(rest)) return response;
    const said = await keepPage(device, rest, response.clone());
    const stays = EXERCISES.has(rest) && said.state === "open" && (await isStopped(said.owner));
    return stays ? stoppedPage(device) : response;
  };

  const page = async (event, device, rest) => {
    const owner = (await noteOf(device))?.owner;
    // A warning sign that the server has not heard of goes first: then its answer is the right one.
    if (await isStopped(owner)) await Promise.race([send(owner).catch(() => null), pause(SEND_MS)]);
    const kept = await (await cacheOf(device)).match(home(device) + rest, LOOSE);
    const answer = network(event, device, rest).catch(() => fromCache(device, rest));
    if (!kept) return answer;
    event.waitUntil(answer.catch(() => null));
    return Promise.race([answer, pause(SLOW_MS).then(() => fromCache(device, rest))]);
  };

  // The way in is never kept: without a connection there are only words.
  const wayIn = async (event, path) => {
    try {
      return await fetch(event.request);
    } catch {
      if (path !== `${root}today/`) return wordsPage("no-connection");
    }
    const names = (await caches.keys()).filter((name) => name.startsWith(DEVICE));
    return names.length === 1
      ? Response.redirect(home(names[0].slice(DEVICE.length)))
      : wordsPage("no-connection");
  };

  const picture = async (request, device) => {
    const kept = await (await cacheOf(device)).match(request, LOOSE);
    return kept ?? fetch(request);
  };

  const file = async (request) => {
    const kept = await caches.match(request, LOOSE);
    if (kept && hashed) return kept;
    try {
      return await fetch(request);
    } catch (error) {
      if (kept) return kept;
      throw error;
    }
  };

  const forgotten = async (device) => {
    const note = await noteOf(device);
    await caches.delete(DEVICE + device);
    if (note) await (await store()).dropNotes([`device:${device}`]);
  };

  // --- Events ----------------------------------------------------------------------------------

  self.addEventListener("install", (event) => {
    const all = async () => {
      const cache = await caches.open(STATIC + release);
      await cache.addAll([...files, ...Object.values(words)].map((f) => new Request(f, { cache: "no-cache" })));
      await self.skipWaiting();
    };
    event.waitUntil(all());
  });

  self.addEventListener("activate", (event) => {
    event.waitUntil(Promise.all([self.clients.claim(), prune()]));
  });

  self.addEventListener("fetch", (event) => {
    const { request } = event;
    const { origin, pathname } = new URL(request.url);
    if (origin !== self.location.origin) return;
    if (pathname.startsWith("/static/") && request.method === "GET") {
      event.respondWith(file(request));
      return;
    }
    if (!pathname.startsWith(root)) return;
    const [, device, rest] = pathname.match(PATH) ?? [];
    if (request.method === "POST" && rest === "forget/") event.waitUntil(forgotten(device));
    if (request.method !== "GET") return;
    if (device && PICTURE.test(rest)) event.respondWith(picture(request, device));
    else if (request.mode !== "navigate") return;
    else if (device) event.respondWith(page(event, device, rest));
    else event.respondWith(wayIn(event, pathname));
  });

  self.addEventListener("message", (event) => {
    if (event.data?.type === "keep") event.waitUntil(keep(event.data));
  });

  self.addEventListener("sync", (event) => {
    if (event.tag !== "homeward-send") return;
    const all = async () => {
      let left = false;
      for (const { key } of await (await store()).notes("door:")) {
        const { state } = await send(key.slice("door:".length));
        left ||= state === "offline" || state === "later";
      }
      // The browser asks again later when this fails.
      if (left) throw new Error("some answers still wait");
    };
    event.waitUntil(all());
  });
})();
