// Keeps clocking while there is no connection: what is clocked then waits in the browser's own database and is sent when the server
// can be reached again. Without this script the page works, but only with a connection.
const state = document.querySelector('#offline');
const words = state.dataset;
const database = open();
const form = document.querySelector('form[action="/time/log"]');
let mending;
/** When the clock that the page shows was stopped on this device, which the server does not know yet. */
let stopped;

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
  const sent = event.target;
  const fields = new URLSearchParams(new FormData(sent));
  const at = new Date().toISOString();
  // Chosen here, so that what was done and not answered any more is not done twice when it is sent again.
  fields.set('id', crypto.randomUUID());
  try {
    const problem = await post(sent.action, fields);
    if (problem) return say(problem);
    if (sent === form) await mended();
    location.assign('/time');
  } catch {
    await keep(sent.getAttribute('action'), fields, at);
    if (sent === form) await mended();
    sent.reset();
    await send();
  }
}

/** Null where it was done, else why not; throws where that cannot be known now: no connection, nobody signed in, a busy server. */
async function post(action, fields) {
  const answer = await reach(action, { body: fields });
  return answer.redirected ? null : refusal(answer);
}

async function reach(action, request) {
  const answer = await fetch(action, { method: 'POST', ...request });
  if (new URL(answer.url).pathname === '/sign-in') throw new SignedOut();
  if (answer.status >= 500) throw new Error('busy');
  return answer;
}

class SignedOut extends Error {}

/** What was mended does not wait any more: the new one stands for it. */
async function mended() {
  if (mending) await drop(mending);
  mending = null;
}

/** Why the server did not do it, from the page that it answered with. */
async function refusal(answer) {
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  return page.querySelector('[role=alert]')?.textContent ?? words.failed;
}

/** A start waits as what runs, a stop ends it; time that is added waits as it is. */
async function keep(action, fields, at) {
  const running = await one('running');
  const id = fields.get('id');
  if (action === '/time/start') {
    if (running) await put({ ...running, key: running.id, endedAt: at });
    else if (document.querySelector('[data-started]') && !(await one('stop'))) await put({ key: 'stop', endedAt: at });
    return put({ key: 'running', id, engagementId: fields.get('engagement'), note: fields.get('note') || null, startedAt: at });
  }
  if (action === '/time/stop') {
    if (!running) return put({ key: 'stop', endedAt: at });
    await put({ ...running, key: running.id, endedAt: at });
    return drop('running');
  }
  return put({
    key: id, id, engagementId: fields.get('engagement'), note: fields.get('note') || null, workedOn: fields.get('day'),
    duration: fields.get('duration').replace(',', '.') || null, from: fields.get('from') || null, to: fields.get('to') || null,
  });
}

let sending = false;
/** Whether something was done since the page was opened, which it does not show yet. */
let taken = false;
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
    const isSaid = item => item.workedOn && (item.from || item.to || !item.duration);
    const entries = waiting.filter(item => item.id && (item.endedAt || item.duration) && !isSaid(item));
    if (entries.length > 0) await batch(entries);
    // Where the clock times are the assistant's, the server knows the zone.
    for (const item of waiting.filter(isSaid)) await single('/time/log', item);
    const running = waiting.find(item => item.key === 'running');
    if (running) await single('/time/start', running);
    if ((await all()).some(item => !item.problem)) later();
    // The page says anew what was done; what was refused it says already.
    else if (taken) location.assign('/time');
  } catch (problem) {
    if (problem instanceof SignedOut) return location.assign('/sign-in');
    // Still no connection, or the server is busy: what waits goes on waiting, and is tried again.
    later();
  } finally {
    sending = false;
    await show();
  }
}

function later() {
  clearTimeout(again);
  again = setTimeout(send, pause);
}

async function single(action, item) {
  const fields = new URLSearchParams({ key: item.id ?? `stop-${item.endedAt}` });
  const known = [
    ['engagement', item.engagementId], ['note', item.note], ['startedAt', item.startedAt], ['endedAt', item.endedAt], ['id', item.id],
    ['day', item.workedOn], ['duration', item.duration], ['from', item.from], ['to', item.to],
  ];
  for (const [name, value] of known) if (value) fields.set(name, value);
  const problem = await post(action, fields);
  await (problem ? put({ ...item, problem }) : done(item));
}

async function batch(entries) {
  const items = entries.map(({ id, engagementId, note, startedAt, endedAt, workedOn, duration }) =>
    ({ id, revision: 1, engagementId, note, startedAt, endedAt, workedOn, duration }));
  const answer = await reach('/time/sync', { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ items }) });
  if (!answer.ok) throw new Error('busy');
  for (const report of (await answer.json()).items) {
    const item = entries.find(entry => entry.id === report.id);
    if (report.status === 'refused') await put({ ...item, problem: report.problem.detail });
    else await done(item);
  }
}

function done(item) {
  taken = true;
  return drop(item.key);
}

async function show() {
  const items = await all();
  const waiting = items.filter(item => !item.problem).length;
  state.hidden = items.length === 0;
  state.replaceChildren();
  if (waiting > 0) state.append(paragraph(words.waiting.replace('{count}', waiting)));
  const stop = items.find(item => item.key === 'stop');
  stopped = stop?.endedAt;
  if (stop) state.append(paragraph(words.stopped.replace('{time}', hour(stop.endedAt))));
  const running = items.find(item => item.key === 'running');
  if (running) state.append(paragraph(words.running.replace('{time}', hour(running.startedAt))));
  for (const item of items.filter(item => item.problem)) state.append(refused(item));
}

/** What waits and was refused: what it is, why, and the ways on. */
function refused(item) {
  const line = paragraph(`${told(item)}. ${words.refused.replace('{why}', item.problem)}`);
  line.className = 'bad';
  if (item.engagementId) line.append(' ', button(words.mend, () => mend(item)));
  line.append(' ', button(words.drop, () => drop(item.key).then(show)));
  return line;
}

function told(item) {
  const work = form.querySelector(`option[value="${item.engagementId}"]`)?.textContent.trim();
  const { day, from, to } = times(item);
  if (!work) return local(new Date(item.endedAt)).slice(11, 16);
  return [work, day, from ? `${from}–${to ?? ''}` : item.duration, item.note].filter(part => part).join(', ');
}

/** Opens the form for adding time with what was refused in it. */
function mend(item) {
  const { day, from, to } = times(item);
  const values = { engagement: item.engagementId, day, from, to, duration: item.duration, note: item.note };
  for (const [name, value] of Object.entries(values)) form.elements[name].value = value ?? '';
  mending = item.key;
  form.closest('details').open = true;
  form.scrollIntoView({ block: 'center' });
  form.elements[from ? 'from' : 'duration'].focus();
}

/** On the day and at the hours of this device. */
function times(item) {
  if (!item.startedAt) return { day: item.workedOn, from: item.from, to: item.to };
  const [start, end] = [item.startedAt, item.endedAt].map(at => at && local(new Date(at)));
  return { day: start.slice(0, 10), from: start.slice(11, 16), to: end?.slice(11, 16) };
}

/** On this device. */
function hour(moment) { return new Date(moment).toTimeString().slice(0, 5); }

function local(moment) {
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString();
}

function button(text, act) {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = text;
  made.addEventListener('click', act);
  return made;
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
  const end = stopped ? Date.parse(stopped) : Date.now();
  const seconds = Math.max(0, Math.floor((end - Date.parse(clock.dataset.started)) / 1000));
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
