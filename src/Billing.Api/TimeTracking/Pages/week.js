// Makes the week's grid quicker by hand: the arrows go up and down, and what was typed outlives a lost connection. Without this script
// the grid works by tab and Enter.
const grid = document.querySelector('#grid');
const notice = document.querySelector('#offline');

grid?.addEventListener('keydown', event => {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  const day = event.target.dataset.dayOfWeek;
  if (!step || !day) return;
  const column = [...grid.querySelectorAll(`[data-day-of-week="${day}"]`)];
  const next = column[column.indexOf(event.target) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.select();
});

grid?.addEventListener('submit', async event => {
  event.preventDefault();
  try {
    // Asks the server and not navigator.onLine, which says no on a machine that is its own server.
    await fetch('/week.js', { cache: 'no-store' });
    notice.hidden = true;
    grid.submit();
  } catch {
    notice.hidden = false;
  }
});
