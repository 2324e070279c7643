// The list of stories follows its filters as one types. Without script the form does the same with a button.
const get = (id) => document.getElementById(id);
const form = get('filters');
const pause = 250; // milliseconds without a key

let running = null;
let timer = 0;

const address = () => {
  const q = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value.trim()) q.set(name, value.trim());
  const text = q.toString();
  return form.getAttribute('action') + (text ? '?' + text : '');
};

const count = () => {
  const n = document.querySelectorAll('.list li').length;
  const more = document.querySelector('[rel=next]') ? ', and there are older ones' : '';
  return n === 1 ? '1 story' + more : `${n} stories${more}`;
};

// show puts the results of a page into this one.
const show = (text) => {
  const next = new DOMParser().parseFromString(text, 'text/html').getElementById('results');
  if (!next) throw new Error('no results');
  get('results').replaceChildren(...next.childNodes);
  get('problem').textContent = '';
  get('status').textContent = count();
};

const search = async () => {
  clearTimeout(timer);
  running?.abort();
  const mine = new AbortController();
  running = mine;
  const url = address();
  try {
    const answer = await fetch(url, { signal: mine.signal });
    if (answer.status === 401) {
      location.assign(url); // the sign-in page
      return;
    }
    if (!answer.ok) {
      const { error } = await answer.json();
      get('problem').textContent = error.message;
      return;
    }
    show(await answer.text());
    history.replaceState(null, '', url);
  } catch (e) {
    if (e.name !== 'AbortError') get('problem').textContent = 'The service does not respond. This is the last list.';
  }
};

const links = () => [...document.querySelectorAll('.open')];

// move goes from one story to the next with the arrow keys, and from the first one back to the search.
const move = (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey || e.isComposing || !['ArrowDown', 'ArrowUp'].includes(e.key)) return;
  const all = links();
  const at = e.target.id === 'q' ? -1 : all.indexOf(e.target);
  if (at < 0 && e.target.id !== 'q') return;
  const next = at + (e.key === 'ArrowDown' ? 1 : -1);
  if (next >= all.length || next < -1) return;
  e.preventDefault();
  if (next < 0) get('q').focus();
  else all[next].focus();
};

const shortcut = (e) => {
  if (e.key !== '/' || e.ctrlKey || e.metaKey || e.altKey || e.target.closest('input, select, textarea')) return;
  e.preventDefault();
  get('q').focus();
  get('q').select();
};

form.addEventListener('input', (e) => {
  clearTimeout(timer);
  if (e.target.tagName === 'SELECT') search();
  else timer = setTimeout(search, pause);
});
form.addEventListener('submit', (e) => {
  e.preventDefault();
  search();
});
document.addEventListener('keydown', move);
document.addEventListener('keydown', shortcut);
get('status').textContent = count();
