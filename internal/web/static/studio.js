// The studio's live preview: a key is drawn at once if no card is on its way, else as soon as that has come. What else
// depends on the form follows when the keys pause.
import { busy, get, say } from './studio-base.js';
import { startDesigns, showDesigns } from './studio-designs.js';
import { startDrafts } from './studio-drafts.js';
import { showFigures } from './studio-figures.js';
import { showPhoto, startFocal } from './studio-focal.js';
import { startPhoto } from './studio-photo.js';
import { startReading } from './studio-read.js';
import { askFigures, askState, giveUpFigures } from './studio-service.js';
import { startSizes } from './studio-sizes.js';
import { showFresh, showSignedIn, showSignedOut, showStale } from './studio-stale.js';
import { on, query, startState, value } from './studio-state.js';
import { showChanged, startStory } from './studio-story.js';
import { copyButtons, isShown, showCard, showChecks, showFiles, showLinks, showPictures, showProblems, sizeOf } from './studio-view.js';

const pause = 250; // milliseconds without a key
let turn = 0;
let timer = 0;
let drawing = 0; // the turn whose card is on its way
let typed = false; // since then

const wait = (ms) => new Promise((done) => { setTimeout(done, ms); });

// measure requests the figures, which take as long as rendering the card. A busy service is asked again, three times.
const measure = async (state, mine) => {
  let { ok, isBusy, found } = await askFigures(state.figures_url);
  for (let tries = 1; isBusy && tries <= 3; tries++) {
    await wait(1000 * tries);
    if (mine !== turn) return;
    ({ ok, isBusy, found } = await askFigures(state.figures_url));
  }
  if (mine !== turn) return;
  showChecks(ok ? [...found.checks, ...state.checks] : state.checks);
  showFigures(ok ? found : null, value('size') || 'og');
};

const refused = {
  form: 'Not updated: the form has errors.',
  signedOut: 'Not updated: your session has ended.',
  away: 'Not updated: the service does not respond.',
};

// card shows the card of the form, and returns what else depends on the form; nothing if that has changed again.
const card = async (mine, asked) => {
  const { ok, signedOut, found: state } = await askState(asked);
  if (mine !== turn) return undefined;
  say('');
  if (signedOut) {
    showSignedOut(query);
    showStale(refused.signedOut, true);
    return undefined;
  }
  showSignedIn();
  if (!ok) {
    showStale('Not updated: ' + state.error.message, true);
    return undefined;
  }
  showProblems(state.problems);
  showChanged(state.changed);
  if (state.card_url && isShown(state)) showFresh(true);
  else if (state.card_url) await showCard(state, () => mine === turn);
  else showStale(refused.form, false);
  return mine === turn ? state : undefined;
};

// rest shows all but the card.
const rest = (state, asked, mine) => {
  showLinks(state.links);
  for (const name of ['meta', 'curl', 'command']) get(name).textContent = state[name];
  showFresh(Boolean(state.card_url) && !document.body.classList.contains('stale'));
  showPhoto(state.problems.some((p) => p.field === 'photo') ? '' : asked.get('photo'));
  if (!state.card_url) return undefined;
  showPictures(state);
  showFiles(state);
  showDesigns(state);
  return measure(state, mine);
};

const quiet = (mine) => new Promise((done) => { setTimeout(() => done(mine === turn), pause); });

// update shows the form's card and then the rest; wait says that more keys may come before that.
const update = (wait) => busy(async () => {
  clearTimeout(timer);
  giveUpFigures();
  const mine = ++turn;
  const asked = query();
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

// follow asks for a sharper card when the window has become larger.
const follow = () => {
  const img = get('card');
  if (img.srcset && parseInt(sizeOf(img), 10) > parseInt(img.sizes, 10)) img.sizes = sizeOf(img);
};

const start = () => {
  startState();
  on('changed', (keys) => {
    if (keys) soon();
    else now();
  });
  get('form').addEventListener('submit', (e) => {
    if (e.submitter?.name === 'action') return; // see studio-story.js
    e.preventDefault();
    now();
  });
  addEventListener('resize', follow);
  addEventListener('online', now);
  copyButtons();
  startDesigns();
  startSizes();
  startReading(now);
  startFocal();
  startPhoto();
  startDrafts();
  startStory();
  now();
};

start();
