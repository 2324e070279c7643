// The studio, live: what is typed is drawn a moment later; the last good card stays till then.
import { busy, get, say } from './studio-base.js';
import { copyButtons, showCard, showChecks, showFigures, showFiles, showLinks, showNetworks, showProblems } from './studio-view.js';
import { showPhoto, startPhoto } from './studio-photo.js';

const form = get('form');
let turn = 0;
let timer = 0;

const query = () => {
  const all = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string' && value !== '') all.set(name, value);
  }
  return all;
};

const size = () => form.elements.size.value || 'og';

// measure asks for the figures, which take as long as drawing does.
const measure = async (state, mine) => {
  const answer = await fetch(state.figures_url);
  if (mine !== turn) return;
  if (!answer.ok) {
    showChecks(state.checks);
    showFigures(null);
    return;
  }
  const found = await answer.json();
  if (mine !== turn) return;
  showChecks([...found.checks, ...state.checks]);
  showFigures(found, size());
};

const update = () => busy(async () => {
  const mine = ++turn;
  const asked = query();
  const answer = await fetch('/studio.json?' + asked);
  const state = await answer.json();
  if (mine !== turn) return;
  if (!answer.ok) {
    say(state.error ? state.error.message : 'Something went wrong.');
    return;
  }
  say('');
  showProblems(state.problems);
  showLinks(state.links);
  for (const name of ['meta', 'curl', 'command']) get(name).textContent = state[name];
  history.replaceState(null, '', '/?' + asked);
  showPhoto(asked.get('photo'), asked.get('focal'));
  if (!state.card_url) return;
  showNetworks(state);
  showFiles(state);
  await Promise.all([showCard(state.card_url, () => mine === turn), measure(state, mine)]);
}, 'The service does not answer.');

const soon = () => {
  clearTimeout(timer);
  timer = setTimeout(update, 250);
};

const now = () => {
  clearTimeout(timer);
  return update();
};

// The fields of a page that are read into the form.
const take = (article) => {
  const photo = article.photo || {};
  const values = {
    url: article.url, headline: article.headline, description: article.description, caption: '', byline: article.byline, kicker: article.kicker,
    site: article.site, photo: photo.url, alt: photo.alt, credit: '', focal: '', badge: '',
  };
  for (const [name, value] of Object.entries(values)) form.elements[name].value = value || '';
  const lang = (article.lang || '').split('-')[0];
  const select = form.elements.lang;
  select.value = [...select.options].some((o) => o.value === lang) ? lang : '';
};

const read = () => busy(async () => {
  const answer = await fetch('/studio/read', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ url: form.elements.url.value }) });
  const found = await answer.json();
  if (!answer.ok) {
    showProblems([{ field: 'url', message: found.error.message }]);
    return;
  }
  take(found);
  await now();
  say('Read from the page. Look it over.');
}, 'The page could not be read.');

const start = () => {
  document.addEventListener('input', (e) => {
    if (e.target.form !== form || e.target.type === 'file') return;
    if (e.target.type === 'radio') now();
    else soon();
  });
  form.addEventListener('submit', (e) => {
    e.preventDefault();
    now();
  });
  get('read')?.addEventListener('click', read);
  if (get('read')) get('url').addEventListener('paste', () => setTimeout(read));
  copyButtons();
  startPhoto(form, now, soon);
  now();
};

start();
