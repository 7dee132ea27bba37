// Shows the page as it was last, where it cannot be had anew.
const kept = 'time';
const parts = ['/billing.css', '/time.js'];

self.addEventListener('install', event => {
  self.skipWaiting();
  event.waitUntil(caches.open(kept).then(cache => cache.addAll(parts)));
});
self.addEventListener('activate', event => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', event => {
  const url = new URL(event.request.url);
  if (event.request.method === 'GET' && (url.pathname === '/time' || parts.includes(url.pathname))) event.respondWith(answer(event.request, url));
});

async function answer(request, url) {
  const cache = await caches.open(kept);
  try {
    const fresh = await fetch(request);
    // Led to the sign-in: what was seen before is nobody's to see any more.
    if (fresh.type === 'opaqueredirect') await cache.delete('/time');
    else if (fresh.ok && !url.search) await cache.put(url.pathname, fresh.clone());
    return fresh;
  } catch {
    return (await cache.match(url.pathname)) ?? Response.error();
  }
}
