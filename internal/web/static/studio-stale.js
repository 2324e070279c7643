// Marks what is out of date because the form has changed: the card and what depends on it, or everything.
import { get, make } from './studio-base.js';

const set = (id, text) => {
  if (get(id).textContent !== text) get(id).textContent = text; // screen readers announce an unchanged text only once
};

// showStale shows on the card why it is out of date, and marks the sections that were not updated.
// If everything is true, the links and the tags are marked too.
export const showStale = (why, everything) => {
  const drawn = !get('card').hidden;
  document.body.classList.add('stale');
  set('stale', drawn ? why : '');
  for (const e of document.querySelectorAll('.outdated')) e.hidden = !(everything || drawn && e.dataset.with === 'card');
};

// showFresh removes the marks: all of them, or only those of sections that do not depend on the card.
export const showFresh = (everything) => {
  if (everything) {
    document.body.classList.remove('stale');
    set('stale', '');
  }
  for (const e of document.querySelectorAll('.outdated')) {
    if (everything || e.dataset.with !== 'card') e.hidden = true;
  }
};

// showSignedOut shows once, at the top of the form, that the session has ended. The link to sign in
// carries the form's values at the time of the click.
export const showSignedOut = (query) => {
  const here = () => '/?' + query();
  history.replaceState(null, '', here());
  if (get('ended').firstChild) return;
  const link = make('a', { href: here() }, 'Sign in again');
  link.addEventListener('click', () => { link.href = here(); });
  get('ended').replaceChildren('Your session has ended. Your changes are kept. ', link);
};

export const showSignedIn = () => get('ended').replaceChildren();
