// Reads a story's page: what it says replaces the whole form. The story before it is kept as a draft.
import { busy, get, say, sentence } from './studio-base.js';
import { begin } from './studio-drafts.js';
import { forgetFile } from './studio-photo.js';
import { readPage } from './studio-service.js';
import { showSignedOut } from './studio-stale.js';
import { change, isTouched, query, value } from './studio-state.js';
import { showFault } from './studio-view.js';

// take fills the form from an article. Fields that the page does not give, and the design of the last story's card,
// are cleared.
const take = (article) => {
  const photo = article.photo || {};
  if (value('article')) { // a stored story stays what it is, with what its page says now
    const now = { headline: article.headline, description: article.description, byline: article.byline, kicker: article.kicker, caption: article.caption, credit: article.credit, photo: photo.url, alt: photo.alt };
    change(Object.fromEntries(Object.entries(now).filter(([, text]) => text)));
    return;
  }
  const own = isTouched();
  forgetFile();
  showFault('unsent', '');
  begin(() => change({
    url: article.url, headline: article.headline, description: article.description, byline: article.byline,
    kicker: article.kicker, site: article.site, photo: photo.url, alt: photo.alt, caption: article.caption,
    credit: article.credit, lang: article.lang, published: (article.published_at || '').slice(0, 16),
  }, { whole: true }));
  get('kept').hidden = !own;
};


const hideKept = () => { get('kept').hidden = true; };

// startReading reads the page when the button is pressed, on Enter in the URL field, and when a complete
// URL is pasted. An error stays until the URL changes or the next try.
export const startReading = (now) => {
  const address = get('url');
  let turn = 0;
  const read = () => busy(async () => {
    const mine = ++turn;
    showFault('unread', '');
    hideKept();
    if (!address.value.trim()) {
      showFault('unread', 'Enter the URL of a story.');
      address.focus();
      return;
    }
    const { ok, signedOut, found } = await readPage(address.value.trim());
    if (mine !== turn) return;
    if (signedOut) {
      showSignedOut(query);
      return;
    }
    if (!ok) {
      showFault('unread', sentence(found.error.message));
      return;
    }
    take(found);
    await now();
    if (mine === turn) say('The form was filled from the page. Please check it.');
  }, () => showFault('unread', 'The page could not be read: the service does not respond.'));

  get('read').addEventListener('click', read);
  get('kept-undo').addEventListener('click', () => {
    history.back();
    hideKept();
    address.focus();
  });
  address.addEventListener('keydown', (e) => {
    if (e.key !== 'Enter' || e.isComposing) return;
    e.preventDefault();
    read();
  });
  address.addEventListener('input', () => {
    turn++;
    showFault('unread', '');
  });
  address.addEventListener('paste', (e) => {
    if (!/^\s*https?:\/\/\S+\s*$/i.test(e.clipboardData.getData('text'))) return;
    address.select(); // the pasted URL replaces the old one
    setTimeout(read);
  });
};
