import { inline } from '../pages/inline.js';
import { EVENTS_PATH, PANEL_PATH } from '../paths.js';

/**
 * Keeps the panel up to date: at every event it loads the panel again, and takes over the parts that differ. Without it
 * the panel is a page with a link to refresh it.
 */
export const PANEL_SCRIPT = inline(`
const filter = document.querySelector('.filter');
const filtered = () => '${PANEL_PATH}?' + new URLSearchParams(new FormData(filter));
let isLoading = false;
let isStale = false;

async function refresh() {
  isStale = true;
  if (isLoading) return;
  isLoading = true;
  while (isStale) {
    isStale = false;
    await load().catch(() => {}); // the emulator was stopped
  }
  isLoading = false;
}

async function load() {
  const response = await fetch(filtered());
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  for (const part of document.querySelectorAll('[data-live]')) {
    const now = page.getElementById(part.id);
    if (part.id === 'log') updateLog(part, now);
    else if (part.innerHTML !== now.innerHTML) part.replaceChildren(...now.childNodes);
  }
}

// Entries that have not changed stay, with the focus and the details that are open.
function updateLog(log, now) {
  const entries = [...now.children];
  for (const old of [...log.children]) if (!entries.some(({ id }) => id === old.id)) old.remove();
  let next = log.firstElementChild;
  for (const entry of entries) {
    const old = next;
    if (old?.id !== entry.id) {
      log.insertBefore(entry, old);
      continue;
    }
    next = old.nextElementSibling;
    const closed = old.outerHTML.replace('<details open="">', '<details>');
    if (closed === entry.outerHTML) continue;
    if (closed !== old.outerHTML) entry.querySelector('details').open = true;
    old.replaceWith(entry);
  }
}

filter.addEventListener('change', () => {
  history.replaceState(null, '', filtered());
  refresh();
});

const events = new EventSource('${EVENTS_PATH}');
events.addEventListener('open', () => {
  document.documentElement.classList.add('live');
  refresh();
});
events.addEventListener('message', refresh);
events.addEventListener('error', () => document.documentElement.classList.remove('live'));
`);
