// The service worker of the patient's pages. `self.homeward` comes from the view (app_views.py):
// {release, hashed, files, words, root}. Nothing outside `root` is its business, but for our own
// static files that those pages load.
//
// Pages: the network first, the last good copy where there is none. Pages of the way in are never
// kept.

(() => {
  const { release, hashed, files, words, root } = self.homeward;
  const { STATIC, DEVICE, LOOSE, PATH, PAGE, PICTURE } = self.homewardCopies;
  const { store, home, cacheOf, noteOf, isOver, ask, shut, forgotten } = self.homewardCopies;
  const { keepPage, keep, prune } = self.homewardCopies;
  const SLOW_MS = 4000;
  const SEND_MS = 3000;
  const EXERCISES = new Set(["", "session/"]);

  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

  // --- Who and what ----------------------------------------------------------------------------

  // The latest door of this person on this device that is not known to be closed.
  const newest = async (owner, but) => {
    const notes = await (await store()).notes("device:");
    const doors = notes.map(({ value }) => value);
    const same = doors.filter((v) => v.owner === owner && v.device !== but && !v.closed);
    return same.sort((a, b) => b.at - a.at)[0];
  };

  const isWaiting = async (owner) =>
    (await (await store()).rows(owner)).some((row) => row.state === "waiting");

  const isStopped = async (owner) =>
    Boolean(owner) && Boolean(await (await store()).note(`stopped:${owner}`));

  const send = async (owner) => {
    const door = await (await store()).note(`door:${owner}`);
    if (!door?.url) return { state: "offline" };
    return self.homewardSender.send(await store(), owner, door, (answer) => {
      new BroadcastChannel("homeward").postMessage({ owner, answer, changed: true });
    });
  };

  // --- Pages -----------------------------------------------------------------------------------

  const wordsPage = async (kind, status = 200) => {
    const kept = await caches.match(words[kind], LOOSE);
    if (!kept) return Response.error();
    return new Response(await kept.text(), { status, headers: kept.headers });
  };

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
    return note && (await isWaiting(note.owner)) ? wordsPage("closed", 404) : response;
  };

  // Any page may be gone; the door is closed only where nothing of it answers.
  const isClosed = async (device, rest) =>
    rest === "" || (await ask(`${home(device)}log/`))?.status === 404;

  const fromNetwork = async (event, device, rest) => {
    const response = await fetch(event.request);
    if (response.type === "opaqueredirect") return response;
    if (response.status === 404) {
      return (await isClosed(device, rest)) ? closed(device, response) : response;
    }
    if (response.status >= 500) return fromCache(device, rest);
    if (response.status !== 200 || !PAGE.test(rest)) return response;
    const said = await keepPage(device, rest, response.clone());
    const stays = EXERCISES.has(rest) && said.state === "open" && (await isStopped(said.owner));
    return stays ? stoppedPage(device) : response;
  };

  const page = async (event, device, rest) => {
    const owner = (await noteOf(device))?.owner;
    // A warning sign that the server has not heard of goes first: then its page is the right one.
    if (await isStopped(owner)) await Promise.race([send(owner).catch(() => null), pause(SEND_MS)]);
    const kept = await (await cacheOf(device)).match(home(device) + rest, LOOSE);
    const answer = fromNetwork(event, device, rest).catch(() => fromCache(device, rest));
    if (!kept) return answer;
    event.waitUntil(answer.catch(() => null));
    return Promise.race([answer, pause(SLOW_MS).then(() => fromCache(device, rest))]);
  };

  // The way in is never kept: without a connection there are only words. An icon on the home
  // screen opens it for one person.
  const wayIn = async (event, path) => {
    try {
      return await fetch(event.request);
    } catch {
      if (path !== `${root}today/`) return wordsPage("no-connection");
    }
    const owner = new URL(event.request.url).searchParams.get("for");
    const door = owner && (await newest(owner));
    if (door) return Response.redirect(home(door.device));
    const names = (await caches.keys()).filter((name) => name.startsWith(DEVICE));
    return names.length === 1
      ? Response.redirect(home(names[0].slice(DEVICE.length)))
      : wordsPage("no-connection");
  };

  // --- The rest --------------------------------------------------------------------------------

  const picture = async (request, device) =>
    (await (await cacheOf(device)).match(request, LOOSE)) ?? fetch(request);

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

  // A form that was posted: it went, or these words say that it did not.
  const post = async (request) => {
    try {
      return await fetch(request);
    } catch {
      return wordsPage("unsent", 503);
    }
  };

  // Whoever asked to be forgotten is told so when nothing is left here.
  const letGo = async (request, device) => {
    await forgotten(device).catch(() => null);
    return post(request);
  };

  const install = async () => {
    const cache = await caches.open(STATIC + release);
    const all = [...files, ...Object.values(words)];
    await cache.addAll(all.map((address) => new Request(address, { cache: "no-cache" })));
    await self.skipWaiting();
  };

  // Everybody's answers, each through their own door.
  const sendAll = async () => {
    let isLeft = false;
    for (const { key } of await (await store()).notes("door:")) {
      const { state } = await send(key.slice("door:".length));
      isLeft ||= state === "offline" || state === "later";
    }
    // The browser asks again later when this fails.
    if (isLeft) throw new Error("some answers still wait");
  };

  self.addEventListener("install", (event) => event.waitUntil(install()));

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
    const isNavigation = request.mode === "navigate";
    if (request.method === "POST" && device) {
      if (rest === "forget/") event.respondWith(letGo(request, device));
      else if (isNavigation) event.respondWith(post(request));
    }
    if (request.method !== "GET") return;
    if (device && PICTURE.test(rest)) event.respondWith(picture(request, device));
    else if (isNavigation && device) event.respondWith(page(event, device, rest));
    else if (isNavigation) event.respondWith(wayIn(event, pathname));
  });

  self.addEventListener("message", (event) => {
    if (event.data?.type === "keep") event.waitUntil(keep(event.data));
  });

  self.addEventListener("sync", (event) => {
    if (event.tag === "homeward-send") event.waitUntil(sendAll());
  });
})();
