// Shows the studio's state on the page. Strings are always set as text, never as HTML.
import { copy, get, make } from './studio-base.js';
import { srcset } from './studio-service.js';
import { want } from './studio-small.js';
import { showFresh, showStale } from './studio-stale.js';

// mark sets or removes aria-invalid on the control that the message element p belongs to.
const mark = (p) => {
  const control = get(p.dataset.of);
  if (document.querySelector(`.problem[data-of="${p.dataset.of}"]:not(:empty)`)) control.setAttribute('aria-invalid', 'true');
  else control.removeAttribute('aria-invalid');
};

// showProblems shows the error of each field next to the field.
export const showProblems = (problems) => {
  for (const p of document.querySelectorAll('.problem:not([role=alert])')) {
    const found = problems.find((x) => x.field === p.dataset.of);
    p.textContent = found ? found.message : '';
    mark(p);
  }
};

// showFault shows next to a control why an action failed, and announces it to screen readers.
// It stays when the form is checked again; '' removes it.
export const showFault = (id, text) => {
  get(id).textContent = text;
  mark(get(id));
};

// again requests a picture again after a short wait, at most three times: a busy service answers 503.
const again = (img, wanted, load) => {
  const tries = Number(img.dataset.tries || 0) + 1;
  if (tries > 3 || !wanted()) return false;
  img.dataset.tries = tries;
  setTimeout(() => { if (wanted()) load(); }, 1000 * tries);
  return true;
};

const longWait = 1500; // milliseconds
let slow = false; // whether the last card took longer

// shape tells the style sheet the shape of the large card. Its pixels are chosen by the room that it has, and on slow
// lines half of them.
const shape = (card, of) => {
  card.style.setProperty('--shape', of.width / of.height);
  card.style.setProperty('--full', of.width + 'px');
  card.width = of.width;
  card.height = of.height;
};

export const sizeOf = (card) => {
  const room = card.getBoundingClientRect().width || 640;
  const pixels = Math.min(devicePixelRatio, 2) * (slow ? 0.5 : 1);
  return Math.ceil(room * pixels / devicePixelRatio) + 'px';
};

const showNow = (next, of) => {
  const old = get('card');
  shape(next, of);
  old.replaceWith(next);
  if (get('empty')) get('empty').hidden = true;
  showFresh(true);
};

let giveUp = () => {}; // the picture that is on its way

// showCard replaces the picture when the next one has loaded. A picture that is on its way is given up.
export const showCard = (state, current) => new Promise((done) => {
  const of = { ...state, url: state.card_url };
  const next = make('img', { id: 'card', alt: get('card').alt });
  const began = performance.now();
  giveUp();
  giveUp = () => {
    next.onload = null;
    next.onerror = null;
    next.removeAttribute('srcset');
    next.removeAttribute('src');
    done();
  };
  const load = () => {
    next.sizes = sizeOf(get('card'));
    next.srcset = srcset(of);
    next.src = of.url;
  };
  next.onload = () => {
    giveUp = () => {};
    slow = performance.now() - began > longWait;
    if (current()) showNow(next, of);
    done();
  };
  next.onerror = () => {
    if (again(next, current, load)) return;
    if (current()) showStale('Not updated: the card could not be drawn. Check the photo.', false);
    done();
  };
  load();
});

// isShown reports whether the page shows the card already, or is loading it.
export const isShown = (state) => {
  const card = get('card');
  if (!card.srcset.startsWith(state.small_url) || card.complete && !card.naturalWidth) return false;
  shape(card, state);
  return true;
};

// showPictures shows the card in all sizes, and at networks.
export const showPictures = (state) => {
  for (const img of document.querySelectorAll('img[data-size]')) {
    const card = state.cards.find((c) => c.name === img.dataset.size);
    if (!card) continue;
    want(img, card.small_url, () => {
      img.width = card.width;
      img.height = card.height;
      img.sizes = sizeOf(img);
      img.srcset = srcset(card);
      img.src = card.url;
    });
  }
  for (const e of document.querySelectorAll('[data-fill]')) e.textContent = state.story[e.dataset.fill];
};

// label returns the label of the named size in the list of sizes.
export const label = (size) => document.querySelector(`input[name=size][value="${size}"] + span`).firstChild.data.trim();

export const showFiles = (state) => {
  const files = state.cards.map((c) => make('a', { class: 'file', 'data-size': c.name, href: c.url, download: c.file }, label(c.name) + ' ', make('small', {}, `${c.width} × ${c.height}`)));
  const zip = get('zip');
  zip.href = state.zip_url;
  get('files').replaceChildren(...files, zip);
};

const addCopy = (box, url, label) => {
  const button = make('button', { type: 'button', 'aria-label': 'Copy the ' + label + ' link' }, 'Copy');
  button.addEventListener('click', () => copy(button, url, label + ' link copied'));
  box.append(button);
};

export const showLinks = (links) => {
  get('links').replaceChildren(...links.map((l) => {
    const quiet = make('span', { class: 'quiet' }, ' opens in a new window');
    const box = make('div', { class: 'link' }, make('a', { href: l.url, target: '_blank', rel: 'noopener noreferrer' }, l.label, quiet));
    addCopy(box, l.url, l.label);
    return box;
  }));
};

export const showChecks = (checks) => {
  const rows = checks.map((c) => {
    const text = c.field ? make('a', { href: '#' + c.field }, c.message) : c.message;
    return make('li', { class: c.level }, make('span', { class: 'mark' }, c.level === 'fault' ? 'Fix' : 'Note'), ' ', text);
  });
  get('checks').replaceChildren(...(rows.length ? rows : [make('li', { class: 'fine' }, 'No issues found.')]));
};

export const copyButtons = () => {
  for (const button of document.querySelectorAll('[data-copy]')) {
    button.addEventListener('click', () => copy(button, get(button.dataset.copy).textContent, 'Copied'));
  }
};
