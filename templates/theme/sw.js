// Keeps pages for times without a connection. Lies at the root of the site, also in a folder of
// a host; what lies beside the site, and what other sites keep on the same host, stays untouched.
// First the network is asked; if it fails, or lets a reader wait too long, the last good copy is
// shown, and the page is told its date (data-kept). The same text for every site: what is kept
// of a language stands in its list, LANGUAGE/offline.json (write/site_offline.py).
const ROOT = new URL("./", location.href);
const NAME = `stepwell ${ROOT.pathname}`;
const LIST = "offline.json";
const OFFLINE = "offline.html";
const PATIENCE = 3000; // milliseconds
const VISITED = 150; // copies of what no list names, the latest
const LANES = 3;
const DATE = "x-stepwell-date";
const HASH = "x-stepwell-hash";

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

// What a copy is kept under: a page without its query and fragment, a shared file with its
// version. A folder is its first page.
const keyOf = (address) => {
  const url = new URL(address, ROOT);
  const page = url.pathname.endsWith("/") ? `${url.pathname}index.html` : url.pathname;
  const version = /^\?v=[0-9a-f]+$/.test(url.search) ? url.search : "";
  return url.origin + page + version;
};
const inside = (key) => key.slice(ROOT.href.length);
const isOurs = (address) => address.startsWith(ROOT.href) && !inside(address).startsWith("-stepwell/");
const isVersion = (key) => key.includes("?v=");
const languageOf = (key) => inside(key).split("/")[0];
const listKey = (language) => `${ROOT.href}${language}/${LIST}`;
const store = () => caches.open(NAME);
const now = () => new Date().toISOString();

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !isOurs(request.url) || request.headers.has("range")) return;
  const key = keyOf(request.url);
  if (isVersion(key) || key.endsWith(".woff2")) return event.respondWith(known(event, key));
  // A page from the browser's own cache would pass for one from the site.
  const coming = request.mode === "navigate" ? fetch(request, { cache: "no-cache" }) : fetch(request);
  event.waitUntil(coming.then((response) => remember(key, response.clone())).catch(() => {}));
  event.respondWith(answer(request, key, coming));
});

// A file with a version never changes: its copy is as good as the file. So is a font, which pages
// do not wait for; the list brings a new one.
async function known(event, key) {
  const copy = await (await store()).match(key);
  if (copy) return copy;
  const response = await fetch(event.request);
  event.waitUntil(remember(key, response.clone()).catch(() => {}));
  return response;
}

async function answer(request, key, coming) {
  const wanted = request.mode === "navigate";
  const found = await copyOf(key, wanted);
  if (!found) return coming.catch((problem) => (wanted ? lost(key) : Promise.reject(problem)));
  const shown = (why) => (wanted ? dated(found, why) : found.copy);
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  try {
    const response = await Promise.race([coming, late]);
    return response && response.status < 500 ? response : shown("late");
  } catch {
    return shown("offline");
  }
}

// Some hosts leave .html out of addresses.
async function copyOf(key, page) {
  const kept = await store();
  for (const name of page ? [key, `${key}.html`, `${key}/index.html`] : [key]) {
    const copy = await kept.match(name);
    if (copy) return { copy, name };
  }
}

// A copy that says in its first tag of when it is, and why it is shown. If it is what the list
// names, the site had this page until the list was last looked at.
async function dated({ copy, name }, why) {
  if (!/^text\/html\b/.test(copy.headers.get("content-type"))) return copy;
  const { files = [], seen } = (await listOf(languageOf(name))) ?? {};
  const same = files.some(([path, hash]) => path === inside(name) && hash === copy.headers.get(HASH));
  const date = same ? seen : copy.headers.get(DATE);
  const text = (await copy.text()).replace("<html ", `<html data-kept="${date}" data-kept-why="${why}" `);
  return new Response(text, { headers: copy.headers });
}

// The page for no connection, in the language of the page that was asked for. Its addresses
// begin at the root of the host, where the site may not lie as its makers thought.
async function lost(key) {
  const kept = await store();
  const others = (await lists()).map(({ language }) => language);
  for (const language of [languageOf(key), ...others]) {
    const copy = await kept.match(`${ROOT.href}${language}/${OFFLINE}`);
    if (!copy) continue;
    const text = await copy.text();
    const [, built = "/"] = /data-root="([^"]*)"/.exec(text) ?? [];
    const moved = text.replaceAll(`="${built}`, `="${ROOT.pathname}`);
    return new Response(moved, { status: 503, headers: copy.headers });
  }
  return Response.error();
}

// What was visited is kept as it came; what the site no longer has goes.
async function remember(key, response) {
  const kept = await store();
  if ([404, 410].includes(response.status)) return kept.delete(key);
  const silent = /no-store/.test(response.headers.get("cache-control"));
  if (response.status !== 200 || response.type !== "basic" || silent) return;
  if (inside(key) === "sw.js" || key.endsWith(`/${LIST}`)) return;
  const body = await response.arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  const hash = [...digest.slice(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  await keep(kept, key, body, response.headers, { [DATE]: now(), [HASH]: hash });
}

// All headers stay, so that a copy obeys the site's policy too.
function keep(kept, key, body, given, more) {
  const headers = new Headers(given);
  for (const name of ["content-encoding", "content-length"]) headers.delete(name);
  for (const [name, value] of Object.entries(more)) headers.set(name, value);
  return kept.put(key, new Response(body, { headers }));
}

// A page asks for the list of its language, or only for what it has loaded itself.
const running = new Map();
addEventListener("message", (event) => {
  const { language, visited = [] } = event.data;
  const work = async () => {
    await inLanes(visited.map(keyOf).filter(isOurs), keepVisited);
    if (language) await keepList(language);
  };
  const name = language ?? "";
  if (!running.has(name)) running.set(name, work().finally(() => running.delete(name)));
  event.waitUntil(running.get(name).catch(() => {}));
});

async function inLanes(items, work) {
  const rest = [...items];
  const lane = async () => {
    while (rest.length) await work(rest.shift());
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

async function keepVisited(key) {
  if (await (await store()).match(key)) return;
  await remember(key, await fetch(key));
}

// Fetches what is new in the list of a language. Only when all of it is here, the list takes
// the place of the one before, and what it no longer names goes.
async function keepList(language) {
  const kept = await store();
  const response = await fetch(listKey(language), { cache: "no-cache" });
  if (!response.ok) return;
  const list = await response.json();
  const before = await listOf(language);
  if (before?.version !== list.version) {
    let whole = true;
    await inLanes(list.files, async ([path, hash]) => {
      whole = (await keepListed(kept, new URL(path, ROOT).href, hash)) && whole;
    });
    if (!whole) return;
  }
  const body = JSON.stringify({ ...list, language, seen: now() });
  await kept.put(listKey(language), new Response(body));
  if (before?.version !== list.version) await sweep(before ? before.files : []);
}

async function keepListed(kept, key, hash) {
  const copy = await kept.match(key);
  if (copy?.headers.get(HASH) === hash) return true;
  const response = await fetch(key, { cache: "no-cache" });
  if (!response.ok) return false;
  await keep(kept, key, await response.arrayBuffer(), response.headers, { [DATE]: now(), [HASH]: hash });
  return true;
}

async function listOf(language) {
  const copy = await (await store()).match(listKey(language));
  return copy?.json();
}

// All lists, the one that was last looked at first.
async function lists() {
  const keys = (await (await store()).keys()).filter(({ url }) => url.endsWith(`/${LIST}`));
  const found = await Promise.all(keys.map(({ url }) => listOf(languageOf(url))));
  return found.sort((one, other) => (one.seen < other.seen ? 1 : -1));
}

// Takes away what a list named before and none names now, and all but the latest copies of what
// was only visited. Versions of shared files stay as long as a visited page may ask for them.
async function sweep(before) {
  const kept = await store();
  const keyed = (files) => files.map(([path]) => new URL(path, ROOT).href);
  const named = new Set((await lists()).flatMap(({ files }) => keyed(files)));
  const gone = new Set(keyed(before));
  const free = (await kept.keys())
    .map(({ url }) => url)
    .filter((key) => !named.has(key) && !key.endsWith(`/${LIST}`));
  const visited = [];
  for (const key of free.filter((one) => !isVersion(one))) {
    const copy = await kept.match(key);
    if (gone.has(key)) await kept.delete(key);
    else visited.push({ key, copy, date: copy.headers.get(DATE) });
  }
  visited.sort((one, other) => (one.date < other.date ? 1 : -1));
  await Promise.all(visited.splice(VISITED).map(({ key }) => kept.delete(key)));
  const pages = visited.filter(({ key }) => key.endsWith(".html"));
  const texts = await Promise.all(pages.map(({ copy }) => copy.text()));
  const versions = new Set(texts.flatMap((text) => text.match(/\?v=[0-9a-f]+/g) ?? []));
  const stale = free.filter((key) => isVersion(key) && !versions.has(new URL(key).search));
  await Promise.all(stale.map((key) => kept.delete(key)));
}
