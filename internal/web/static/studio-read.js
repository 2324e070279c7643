// Reads a story's page: what its own tags say replaces the whole form.
import { ask, busy, formQuery, get, say } from './studio-base.js';
import { forgetFile } from './studio-photo.js';
import { showSignedOut } from './studio-stale.js';
import { showFault } from './studio-view.js';

// set gives a control its value. A group of radio buttons takes no value that none of them has, and
// in Chromium not the empty one either, so each button is checked or not.
const set = (control, value) => {
  if (control instanceof RadioNodeList) {
    for (const radio of control) radio.checked = radio.value === value;
  } else {
    control.value = value;
  }
};

// take fills the form from an article. What the page does not say, and how the last story's card
// looked, is emptied.
const take = (form, article) => {
  const photo = article.photo || {};
  const lang = (article.lang || '').split('-')[0];
  const values = {
    url: article.url, headline: article.headline, description: article.description, byline: article.byline,
    kicker: article.kicker, site: article.site, photo: photo.url, alt: photo.alt,
    caption: '', credit: '', focal: '', badge: '', template: '', theme: '', font_step: '',
    lang: [...form.elements.lang.options].some((o) => o.value === lang) ? lang : '',
  };
  for (const [name, value] of Object.entries(values)) set(form.elements[name], value || '');
  forgetFile();
  showFault('unsent', '');
};

// sentence says an error of the API as one about the address.
const sentence = (message) => {
  const text = message.replace(/^url\b/, 'the address');
  return text[0].toUpperCase() + text.slice(1) + (text.endsWith('.') ? '' : '.');
};

// startReading reads the page at the press of the button, at Enter in the address, and when a whole
// address is pasted. A fault stands until the address changes or is tried again.
export const startReading = (form, now) => {
  const address = get('url');
  let turn = 0;
  const read = () => busy(async () => {
    const mine = ++turn;
    showFault('unread', '');
    if (!address.value.trim()) {
      showFault('unread', 'Enter the address of a story.');
      address.focus();
      return;
    }
    const body = JSON.stringify({ url: address.value.trim() });
    const { ok, signedOut, found } = await ask('/studio/read', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
    if (mine !== turn) return;
    if (signedOut) {
      showSignedOut(formQuery);
      return;
    }
    if (!ok) {
      showFault('unread', sentence(found.error.message));
      return;
    }
    take(form, found);
    await now();
    if (mine === turn) say('Read from the page. Look it over.');
  }, () => showFault('unread', 'The page could not be read: the service does not answer.'));

  get('read').addEventListener('click', read);
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
    address.select(); // it replaces what stood there
    setTimeout(read);
  });
};
