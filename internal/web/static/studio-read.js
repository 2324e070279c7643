// Reads a story's page: the data from its meta tags replaces the whole form.
import { ask, busy, formQuery, get, say } from './studio-base.js';
import { forgetFile } from './studio-photo.js';
import { showSignedOut } from './studio-stale.js';
import { showFault } from './studio-view.js';

// set sets the value of a control. A group of radio buttons ignores a value that no button has, and
// Chromium also ignores the empty value, so each button is set separately.
const set = (control, value) => {
  if (control instanceof RadioNodeList) {
    for (const radio of control) radio.checked = radio.value === value;
  } else {
    control.value = value;
  }
};

// take fills the form from an article. Fields that the page does not give, and the design of the
// last story's card, are cleared.
const take = (form, article) => {
  const photo = article.photo || {};
  const lang = (article.lang || '').split('-')[0];
  const values = {
    url: article.url, headline: article.headline, description: article.description, byline: article.byline,
    kicker: article.kicker, site: article.site, photo: photo.url, alt: photo.alt,
    caption: article.caption, credit: article.credit, focal: '', badge: '', template: '', theme: '', font_step: '',
    lang: [...form.elements.lang.options].some((o) => o.value === lang) ? lang : '',
  };
  for (const [name, value] of Object.entries(values)) set(form.elements[name], value || '');
  forgetFile();
  showFault('unsent', '');
};

// sentence turns an error message of the API into a sentence for the editor.
const sentence = (message) => {
  const text = message.replace(/^(url|the address)\b/, 'the URL');
  return text[0].toUpperCase() + text.slice(1) + (text.endsWith('.') ? '' : '.');
};

// startReading reads the page when the button is pressed, on Enter in the URL field, and when a complete
// URL is pasted. An error stays until the URL changes or the next try.
export const startReading = (form, now) => {
  const address = get('url');
  let turn = 0;
  const read = () => busy(async () => {
    const mine = ++turn;
    showFault('unread', '');
    if (!address.value.trim()) {
      showFault('unread', 'Enter the URL of a story.');
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
    if (mine === turn) say('The form was filled from the page. Please check it.');
  }, () => showFault('unread', 'The page could not be read: the service does not respond.'));

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
    address.select(); // the pasted URL replaces the old one
    setTimeout(read);
  });
};
