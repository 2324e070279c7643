// Says what on the page is older than the form: the card and all that is made with it, or everything.
import { get, make } from './studio-base.js';

const set = (id, text) => {
  if (get(id).textContent !== text) get(id).textContent = text; // a text that stays is announced once
};

// showStale says on the card why it is out of date, and marks what was not updated with it: with
// everything, also the links and the tags.
export const showStale = (why, everything) => {
  const drawn = !get('card').hidden;
  document.body.classList.add('stale');
  set('stale', drawn ? why : '');
  for (const e of document.querySelectorAll('.outdated')) e.hidden = !(everything || drawn && e.dataset.with === 'card');
};

// showFresh takes the marks away from everything, or from all but what is made with the card.
export const showFresh = (everything) => {
  if (everything) {
    document.body.classList.remove('stale');
    set('stale', '');
  }
  for (const e of document.querySelectorAll('.outdated')) {
    if (everything || e.dataset.with !== 'card') e.hidden = true;
  }
};

// showSignedOut says once, at the top of the form, that the session has ended. The link takes the
// form along, as it is when it is followed.
export const showSignedOut = (query) => {
  const here = () => '/?' + query();
  history.replaceState(null, '', here());
  if (get('ended').firstChild) return;
  const link = make('a', { href: here() }, 'Sign in again');
  link.addEventListener('click', () => { link.href = here(); });
  get('ended').replaceChildren('Your sign-in has ended. What you typed is kept. ', link);
};

export const showSignedIn = () => get('ended').replaceChildren();
