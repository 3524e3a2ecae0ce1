"""What a device says and keeps without a connection, and how to ask it."""

import re

OFFLINE = "No connection. You can go on. We send what you enter later."
REFUSED = re.compile(
    r"We could not take in some of what you entered\. Please tell us about it by phone\.\s*"
    r"This is more than a year old\. Please tell us at your next visit\.\s*I have read this"
)
#: Whether the worker has fetched all that this device needs.
READY = """async () => {
    if (typeof homewardStore === 'undefined') return false;
    const store = await homewardStore.open();
    return Boolean((await store.note('device:' + document.body.dataset.device))?.kept);
}"""
ENTER = """async (entry) => {
    const { enqueue, newId } = await import('/static/programs/portal/app/outbox.js');
    await enqueue({ type: 'symptoms', session: newId(), phase: 'during', ...entry });
}"""
KEPT = """async () => (await caches.keys()).filter((name) => name.startsWith('homeward-device-'))"""
KEEP = """async () => {
    const { active } = await navigator.serviceWorker.ready;
    active.postMessage({ type: 'keep', device: document.body.dataset.device, force: true });
}"""
EXPIRE = """async () => {
    const store = await homewardStore.open();
    const key = 'device:' + document.body.dataset.device;
    await store.setNote(key, { ...(await store.note(key)), until: '2026-01-01T00:00:00Z' });
}"""
