// What waits on this device: answers that are not sent yet, and a few notes about whose they are.
//
// A plain script, so that pages (as a module) and the service worker (importScripts) share it.
// It puts `homewardStore` on the global scope. Pages fall back from IndexedDB to localStorage, and
// from that to memory, which lasts as long as the tab; `kind` says which one it is.
//
// A row: {id, owner, order, issued, entry, state: "waiting" | "refused", field, message}
// A note: {key, value}

(() => {
  const NAME = "homeward";
  const ROWS = "entries";
  const NOTES = "notes";
  const PREFIX = "homeward:";
  const OPEN_MS = 4000;

  const done = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });

  const settled = (transaction) =>
    new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
      transaction.onerror = () => reject(transaction.error);
    });

  const byOrder = (a, b) => a.order - b.order;

  const openDatabase = () =>
    new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error("the database does not answer")), OPEN_MS);
      const request = indexedDB.open(NAME, 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore(ROWS, { keyPath: "id" }).createIndex("owner", "owner");
        request.result.createObjectStore(NOTES, { keyPath: "key" });
      };
      request.onerror = () => reject(request.error);
      request.onsuccess = () => {
        clearTimeout(late);
        // A later program may need another shape: let it, and open again when asked.
        request.result.onversionchange = () => request.result.close();
        resolve(request.result);
      };
    });

  const inDatabase = (open) => {
    // A browser closes the database of a tab that slept, so a lost connection is opened once more.
    let database = open;
    const transaction = async (name, mode, options) => {
      try {
        return database.transaction(name, mode, options);
      } catch (error) {
        if (error.name !== "InvalidStateError") throw error;
        database = await openDatabase();
        return database.transaction(name, mode, options);
      }
    };
    const write = async (name, work) => {
      const t = await transaction(name, "readwrite", { durability: "strict" });
      const end = settled(t);
      work(t.objectStore(name));
      await end;
    };
    const read = async (name, ask) => done(ask((await transaction(name, "readonly")).objectStore(name)));
    return {
      kind: "database",
      put: (row) => write(ROWS, (s) => s.put(row)),
      remove: (ids) => write(ROWS, (s) => ids.forEach((id) => s.delete(id))),
      rows: async (owner) => (await read(ROWS, (s) => s.index("owner").getAll(owner))).sort(byOrder),
      note: async (key) => (await read(NOTES, (s) => s.get(key)))?.value,
      notes: (prefix) =>
        read(NOTES, (s) => s.getAll(IDBKeyRange.bound(prefix, `${prefix}\uffff`))),
      setNote: (key, value) => write(NOTES, (s) => s.put({ key, value })),
      dropNotes: (keys) => write(NOTES, (s) => keys.forEach((key) => s.delete(key))),
    };
  };

  // Storage with the methods of localStorage: the real one, or one in memory.
  const inStorage = (storage, kind) => {
    const keys = (prefix) =>
      Array.from({ length: storage.length }, (_, i) => storage.key(i)).filter((key) =>
        key?.startsWith(PREFIX + prefix),
      );
    const read = (key) => JSON.parse(storage.getItem(key) ?? "null");
    return {
      kind,
      put: async (row) => storage.setItem(`${PREFIX}row:${row.id}`, JSON.stringify(row)),
      remove: async (ids) => ids.forEach((id) => storage.removeItem(`${PREFIX}row:${id}`)),
      rows: async (owner) =>
        keys("row:").map(read).filter((row) => row?.owner === owner).sort(byOrder),
      note: async (key) => read(`${PREFIX}note:${key}`) ?? undefined,
      notes: async (prefix) =>
        keys(`note:${prefix}`).map((key) => ({
          key: key.slice(`${PREFIX}note:`.length),
          value: read(key),
        })),
      setNote: async (key, value) => storage.setItem(`${PREFIX}note:${key}`, JSON.stringify(value)),
      dropNotes: async (names) =>
        names.forEach((name) => storage.removeItem(`${PREFIX}note:${name}`)),
    };
  };

  const memory = () => {
    const map = new Map();
    return inStorage(
      {
        get length() {
          return map.size;
        },
        key: (i) => [...map.keys()][i] ?? null,
        getItem: (key) => map.get(key) ?? null,
        setItem: (key, value) => map.set(key, value),
        removeItem: (key) => map.delete(key),
      },
      "memory",
    );
  };

  const open = async () => {
    try {
      return inDatabase(await openDatabase());
    } catch {
      // No IndexedDB, or one that does not answer: private windows of some browsers.
    }
    try {
      const probe = `${PREFIX}probe`;
      localStorage.setItem(probe, "1");
      localStorage.removeItem(probe);
      return inStorage(localStorage, "storage");
    } catch {
      return memory();
    }
  };

  globalThis.homewardStore = { open, memory };
})();
