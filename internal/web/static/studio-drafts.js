// Drafts: what is typed is kept in this browser, in its address bar and in its history, so that a reload, Back, or a
// service that stops loses nothing.
import { get, make, say } from './studio-base.js';
import { change, isTouched, on, query, same, value, values } from './studio-state.js';

const store = 'cards-drafts';
const most = 12;
const longest = 8000; // characters of an address that every server takes
const pause = 300; // milliseconds

let id = '';
let timer = 0;
let settled = false; // what the form has is published, or discarded

const load = () => {
  try {
    const all = JSON.parse(localStorage.getItem(store)) || [];
    return Array.isArray(all) ? all.filter((d) => d && d.id && d.values) : [];
  } catch {
    return [];
  }
};

const save = (all) => {
  try {
    localStorage.setItem(store, JSON.stringify(all.slice(0, most)));
  } catch { /* storage is full or forbidden: the address still has the words */ }
};

const remember = (name) => {
  id = name;
  try {
    sessionStorage.setItem(store, id);
  } catch { /* as above */ }
};

const address = () => {
  const q = query().toString();
  return q.length > longest ? '/' : '/?' + q;
};

const saveDraft = () => {
  clearTimeout(timer);
  if (!isTouched() || settled) return;
  save([{ id, at: Date.now(), values: values() }, ...load().filter((d) => d.id !== id)]);
  list();
};

// keep writes the form into its draft and into the address bar.
const keep = () => {
  saveDraft();
  if (isTouched()) history.replaceState({ draft: id }, '', address());
};

const fresh = () => crypto.randomUUID?.() || String(Date.now() + Math.random());

// Drafts of stored stories have names of their own, so that they never take the place of another draft.
const ofStory = (article) => 'story:' + article;

export const keepNow = () => keep();

// leftDraft returns the draft of a stored story that was left unpublished, if the page does not show it.
export const leftDraft = (article, search) => {
  const left = load().find((d) => d.id === ofStory(article));
  const shown = new URLSearchParams(search);
  return left && !shown.has('base') && !same(left.values, values()) ? left : undefined;
};

// discardDraft forgets the changes of the stored story that is open.
export const discardDraft = () => {
  clearTimeout(timer);
  settled = true;
  save(load().filter((d) => d.id !== id));
  list();
};

// begin keeps the draft so far, and has everything from next on in another one. Back leads to the story before.
export const begin = (next, draft = fresh()) => {
  keep();
  remember(draft);
  history.pushState({ draft: id }, '', address());
  next();
  keep();
};

const day = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

const open = (draft) => {
  begin(() => change(draft.values, { whole: true }), draft.id);
  say('The draft is open.');
};

const row = (draft) => {
  const name = draft.values.headline || draft.values.url || 'Without a headline';
  const button = make('button', { type: 'button' }, name);
  button.addEventListener('click', () => open(draft));
  const at = make('time', { datetime: new Date(draft.at).toISOString() }, day.format(draft.at));
  return make('li', { dir: 'auto' }, button, ' ', at);
};

// list shows the other drafts.
const list = () => {
  const others = load().filter((d) => d.id !== id);
  get('drafts').hidden = others.length === 0;
  get('draft-list').replaceChildren(...others.map(row));
};

// restore fills a form that was opened without a story with the draft of this tab.
const restore = () => {
  const mine = load().find((d) => d.id === id);
  if (mine && document.body.hasAttribute('data-first')) change(mine.values, { whole: true });
};

// newStory empties the form but for what the next story has as well.
const newStory = () => {
  begin(() => change({ site: value('site'), lang: value('lang'), theme: value('theme') }, { whole: true }));
  get('headline').focus();
};

// goBack shows the story of a place in the tab's history; first is that with which the page was opened.
const goBack = (state, first) => {
  saveDraft();
  const asked = Object.fromEntries(new URLSearchParams(location.search));
  if (state?.draft) remember(state.draft);
  const draft = load().find((d) => d.id === id);
  const shown = Object.keys(asked).length ? asked : draft?.values || first;
  change(shown, { whole: true });
  list();
};

export const startDrafts = () => {
  const first = values();
  try {
    id = sessionStorage.getItem(store) || '';
  } catch { /* as above */ }
  if (value('article')) id = ofStory(value('article'));
  else if (!id || id.startsWith('story:')) remember(fresh());
  history.replaceState({ draft: id }, '', location.href);
  on('changed', () => {
    settled = false;
    clearTimeout(timer);
    timer = setTimeout(keep, pause);
  });
  addEventListener('pagehide', keep);
  addEventListener('storage', (e) => { if (e.key === store) list(); });
  addEventListener('popstate', (e) => goBack(e.state, first));
  get('new').addEventListener('click', newStory);
  get('forget').addEventListener('click', () => {
    save(load().filter((d) => d.id === id));
    list();
    say('All other drafts are deleted.');
    get('headline').focus();
  });
  restore();
  list();
};
