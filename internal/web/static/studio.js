// The studio's live preview: a key is drawn at once if no card is on its way, else as soon as that has come. What else
// depends on the form follows when the keys pause.
import { ask, busy, formQuery, get, say } from './studio-base.js';
import { copyButtons, showCard, showChecks, showFigures, showFiles, showLinks, showNetworks, showProblems } from './studio-view.js';
import { showPhoto, startPhoto } from './studio-photo.js';
import { startReading } from './studio-read.js';
import { showFresh, showSignedIn, showSignedOut, showStale } from './studio-stale.js';

const form = get('form');
const pause = 250; // milliseconds without a key
let turn = 0;
let timer = 0;
let drawing = 0; // the turn whose card is on its way
let typed = false; // since then

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

// card shows the card of the form, and returns what else depends on the form; nothing if that has changed again.
const card = async (mine, asked) => {
  const { ok, signedOut, found: state } = await ask('/studio.json?' + asked);
  if (mine !== turn) return undefined;
  say('');
  if (signedOut) {
    showSignedOut(formQuery);
    showStale(refused.signedOut, true);
    return undefined;
  }
  showSignedIn();
  if (!ok) {
    showStale('Not updated: ' + state.error.message, true);
    return undefined;
  }
  showProblems(state.problems);
  if (state.card_url) await showCard(state.card_url, () => mine === turn);
  else showStale(refused.form, false);
  return mine === turn ? state : undefined;
};

// rest shows all but the card.
const rest = (state, asked, mine) => {
  showLinks(state.links);
  for (const name of ['meta', 'curl', 'command']) get(name).textContent = state[name];
  showFresh(Boolean(state.card_url) && !document.body.classList.contains('stale'));
  history.replaceState(null, '', '/?' + asked);
  showPhoto(state.problems.some((p) => p.field === 'photo') ? '' : asked.get('photo'), form.elements.focal.value);
  if (!state.card_url) return undefined;
  showNetworks(state);
  showFiles(state);
  return measure(state, mine);
};

const quiet = (mine) => new Promise((done) => { setTimeout(() => done(mine === turn), pause); });

// update shows the form's card and then the rest; wait says that more keys may come before that.
const update = (wait) => busy(async () => {
  clearTimeout(timer);
  const mine = ++turn;
  const asked = formQuery();
  drawing = mine;
  typed = false;
  let state;
  try {
    state = await card(mine, asked);
  } finally {
    if (drawing === mine) drawing = 0;
  }
  if (typed && mine === turn) return update(true);
  if (!state || wait && !await quiet(mine)) return undefined;
  return rest(state, asked, mine);
}, () => showStale(refused.away, true));

const soon = () => {
  clearTimeout(timer);
  typed = true;
  if (drawing) timer = setTimeout(update, pause, true);
  else update(true);
};

const now = () => update(false);

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
