// This site is no longer kept for times without a connection. Whoever visited it before has a
// worker and copies, which this one takes away, and then itself.
const NAME = `stepwell ${new URL("./", location.href).pathname}`;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) =>
  event.waitUntil(Promise.all([caches.delete(NAME), registration.unregister()])),
);
