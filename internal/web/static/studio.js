// The studio's live preview: the card is rendered shortly after typing. Until then the last one is shown.
import { ask, busy, formQuery, get, say } from './studio-base.js';
import { copyButtons, showCard, showChecks, showFigures, showFiles, showLinks, showNetworks, showProblems } from './studio-view.js';
import { showPhoto, startPhoto } from './studio-photo.js';
import { startReading } from './studio-read.js';
import { showFresh, showSignedIn, showSignedOut, showStale } from './studio-stale.js';

const form = get('form');
let turn = 0;
let timer = 0;

const size = () => form.elements.size.value || 'og';

// measure requests the figures, which take as long as rendering the card.
const measure = async (state, mine) => {
  const { ok, found } = await ask(state.figures_url);
  if (mine !== turn) return;
  showChecks(ok ? [...found.checks, ...state.checks] : state.checks);
  showFigures(ok ? found : null, size());
};

const refused = {
  form: 'Not updated: the form has errors.',
  signedOut: 'Not updated: your session has ended.',
  away: 'Not updated: the service does not respond.',
};

const update = () => busy(async () => {
  const mine = ++turn;
  const asked = formQuery();
  const { ok, signedOut, found: state } = await ask('/studio.json?' + asked);
  if (mine !== turn) return;
  say('');
  if (signedOut) {
    showSignedOut(formQuery);
    showStale(refused.signedOut, true);
    return;
  }
  showSignedIn();
  if (!ok) {
    showStale('Not updated: ' + state.error.message, true);
    return;
  }
  showProblems(state.problems);
  showLinks(state.links);
  for (const name of ['meta', 'curl', 'command']) get(name).textContent = state[name];
  showFresh(false);
  history.replaceState(null, '', '/?' + asked);
  showPhoto(state.problems.some((p) => p.field === 'photo') ? '' : asked.get('photo'), form.elements.focal.value);
  if (!state.card_url) {
    showStale(refused.form, false);
    return;
  }
  showNetworks(state);
  showFiles(state);
  await Promise.all([showCard(state.card_url, () => mine === turn), measure(state, mine)]);
}, () => showStale(refused.away, true));

const soon = () => {
  clearTimeout(timer);
  timer = setTimeout(update, 250);
};

const now = () => {
  clearTimeout(timer);
  return update();
};

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
  copyButtons();
  startReading(form, now);
  startPhoto(form, now, soon);
  now();
};

start();
