// Keeps clocking while there is no connection: what is clocked then waits in the browser's own database and is sent when the server
// can be reached again. Without this script the page works, but only with a connection.
const state = document.querySelector('#offline');
const words = state.dataset;
const database = open();

if ('serviceWorker' in navigator) {
  navigator.serviceWorker.register('/time-worker.js', { scope: '/time' })
    .then(() => caches.open('time')).then(kept => kept.add('/time')).catch(() => {});
}
for (const form of document.querySelectorAll('form[data-offline]')) form.addEventListener('submit', submit);
document.querySelector('form[action="/sign-out"]')?.addEventListener('submit', () => { caches.delete('time'); });
addEventListener('online', send);
document.addEventListener('visibilitychange', () => { if (!document.hidden) send(); });
setInterval(tick, 1000);
send();

async function submit(event) {
  event.preventDefault();
  const form = event.target;
  const fields = new URLSearchParams(new FormData(form));
  const at = new Date().toISOString();
  try {
    await post(form.action, fields);
  } catch (problem) {
    if (!(problem instanceof TypeError)) return say(problem.message);
    await keep(form.getAttribute('action'), fields, at);
    form.reset();
    await send();
  }
}

/** Goes to the page anew where it was done; throws a TypeError without a connection, and what the server says otherwise. */
async function post(action, fields) {
  const answer = await fetch(action, { method: 'POST', body: fields, redirect: 'manual' });
  if (answer.type === 'opaqueredirect') return location.assign('/time');
  throw new Error(await refusal(answer));
}

/** Why the server did not do it, from the page that it answered with. */
async function refusal(answer) {
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  return page.querySelector('[role=alert]')?.textContent ?? words.failed;
}

/** A start waits as what runs, a stop ends it; time that is added waits as it is. */
async function keep(action, fields, at) {
  const running = await one('running');
  if (action === '/time/start') {
    if (running) await put({ ...running, key: running.id, endedAt: at });
    else if (document.querySelector('[data-started]') && !(await one('stop'))) await put({ key: 'stop', endedAt: at });
    const id = crypto.randomUUID();
    return put({ key: 'running', id, engagementId: fields.get('engagement'), note: fields.get('note') || null, startedAt: at });
  }
  if (action === '/time/stop') {
    if (!running) return put({ key: 'stop', endedAt: at });
    await put({ ...running, key: running.id, endedAt: at });
    return drop('running');
  }
  const id = crypto.randomUUID();
  return put({
    key: id, id, engagementId: fields.get('engagement'), note: fields.get('note') || null, workedOn: fields.get('day'),
    duration: fields.get('duration'),
  });
}

let sending = false;
let again;
const pause = 2000;

/**
 * In the order in which it happened: the stop of what ran on the server, what was done meanwhile, what still runs. It asks the server and
 * not navigator.onLine, which says no on a machine that is its own server and has no other network.
 */
async function send() {
  await show();
  const waiting = (await all()).filter(item => !item.problem);
  if (sending || waiting.length === 0) return;
  sending = true;
  try {
    const stop = waiting.find(item => item.key === 'stop');
    if (stop) await single('/time/stop', stop);
    const entries = waiting.filter(item => item.endedAt && item.id || item.duration);
    if (entries.length > 0) await batch(entries);
    const running = waiting.find(item => item.key === 'running');
    if (running) await single('/time/start', running);
    if ((await all()).every(item => item.problem)) location.assign('/time');
  } catch {
    // Still no connection, or the server is busy: what waits goes on waiting, and is tried again.
    clearTimeout(again);
    again = setTimeout(send, pause);
  } finally {
    sending = false;
    await show();
  }
}

async function single(action, item) {
  const fields = new URLSearchParams({ key: item.id ?? `stop-${item.endedAt}` });
  for (const [name, value] of [['engagement', item.engagementId], ['note', item.note], ['startedAt', item.startedAt], ['endedAt', item.endedAt], ['id', item.id]])
    if (value) fields.set(name, value);
  const answer = await fetch(action, { method: 'POST', body: fields, redirect: 'manual' });
  if (answer.type === 'opaqueredirect') return drop(item.key);
  if (answer.status >= 500) throw new Error('busy');
  await put({ ...item, problem: await refusal(answer) });
}

async function batch(entries) {
  const items = entries.map(({ id, engagementId, note, startedAt, endedAt, workedOn, duration }) =>
    ({ id, revision: 1, engagementId, note, startedAt, endedAt, workedOn, duration }));
  const answer = await fetch('/time/sync', {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ items }),
  });
  if (!answer.ok) throw new Error('busy');
  for (const report of (await answer.json()).items) {
    const item = entries.find(entry => entry.id === report.id);
    if (report.status === 'refused') await put({ ...item, problem: report.problem.detail });
    else await drop(item.key);
  }
}

async function show() {
  const items = await all();
  const waiting = items.filter(item => !item.problem).length;
  state.hidden = items.length === 0;
  state.replaceChildren();
  if (waiting > 0) state.append(paragraph(words.waiting.replace('{count}', waiting)));
  const running = items.find(item => item.key === 'running');
  if (running) state.append(paragraph(words.running.replace('{time}', new Date(running.startedAt).toTimeString().slice(0, 5))));
  for (const item of items.filter(item => item.problem)) {
    const line = paragraph(`${item.note ?? ''} ${item.problem}`.trim());
    const away = document.createElement('button');
    away.type = 'button';
    away.textContent = words.drop;
    away.addEventListener('click', () => drop(item.key).then(show));
    line.append(' ', away);
    state.append(line);
  }
}

function say(problem) {
  state.hidden = false;
  state.replaceChildren(paragraph(problem));
}

function paragraph(text) {
  const line = document.createElement('p');
  line.textContent = text;
  return line;
}

function tick() {
  const clock = document.querySelector('[data-started]');
  if (!clock) return;
  const seconds = Math.max(0, Math.floor((Date.now() - Date.parse(clock.dataset.started)) / 1000));
  clock.textContent = `${Math.floor(seconds / 3600)}:${String(Math.floor(seconds / 60) % 60).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
}

function open() {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('time', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('waiting', { keyPath: 'key' });
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
}

async function within(mode, work) {
  const table = (await database).transaction('waiting', mode, { durability: 'strict' });
  const request = work(table.objectStore('waiting'));
  return new Promise((resolve, reject) => {
    table.oncomplete = () => resolve(request.result);
    table.onerror = () => reject(table.error);
  });
}

function all() { return within('readonly', table => table.getAll()); }
function one(key) { return within('readonly', table => table.get(key)); }
function put(item) { return within('readwrite', table => table.put(item)); }
function drop(key) { return within('readwrite', table => table.delete(key)); }
