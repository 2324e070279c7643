// Shows the studio's state on the page. Strings are always set as text, never as HTML.
import { copy, get, make, say } from './studio-base.js';
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
const again = (img, url, wanted) => {
  const tries = Number(img.dataset.tries || 0) + 1;
  if (tries > 3 || !wanted()) return false;
  img.dataset.tries = tries;
  setTimeout(() => { if (wanted()) img.src = url; }, 1000 * tries);
  return true;
};

// showCard replaces the picture when the next one has loaded.
export const showCard = (url, current) => new Promise((done) => {
  const card = get('card');
  const next = new Image();
  next.onload = () => {
    if (current()) {
      card.src = url;
      card.width = next.naturalWidth;
      card.height = next.naturalHeight;
      card.hidden = false;
      if (get('empty')) get('empty').hidden = true;
      showFresh(true);
    }
    done();
  };
  next.onerror = () => {
    if (again(next, url, current)) return;
    if (current()) showStale('Not updated: the card could not be drawn. Check the photo.', false);
    done();
  };
  next.src = url;
});

export const showNetworks = (state) => {
  for (const img of document.querySelectorAll('.mock img')) {
    const card = state.cards.find((c) => c.name === img.dataset.size);
    if (!card || img.getAttribute('src') === card.url) continue;
    img.dataset.tries = 0;
    img.onerror = () => again(img, card.url, () => img.getAttribute('src') === card.url);
    img.src = card.url;
  }
  for (const e of document.querySelectorAll('[data-fill]')) e.textContent = state.story[e.dataset.fill];
};

// label returns the label of the named size in the list of sizes.
const label = (size) => document.querySelector(`input[name=size][value="${size}"] + span`).firstChild.data.trim();

export const showFiles = (state) => {
  const files = state.cards.map((c) => make('a', { class: 'file', 'data-size': c.name, href: c.url, download: c.file }, label(c.name) + ' ', make('small', {}, `${c.width} × ${c.height}`)));
  const zip = get('zip');
  zip.href = state.zip_url;
  get('files').replaceChildren(...files, zip);
};

const addCopy = (box, url, label) => {
  const button = make('button', { type: 'button', 'aria-label': 'Copy the ' + label + ' link' }, 'Copy');
  button.addEventListener('click', () => copy(url, label + ' link copied'));
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

const set = (id, text, bad) => {
  get(id).textContent = text;
  get(id).className = bad ? 'bad' : '';
};

// Where a card looks in its photo; a photo that is shown whole has no place.
const places = { faces: 'faces', figure: 'above skin', salience: 'what stands out', given: 'your focal point', graphic: 'a graphic, shown whole' };

// showFigures shows the figures of the selected size; null hides them.
export const showFigures = (found, size) => {
  const f = found && (found.cards.find((c) => c.name === size) || found.cards[0]);
  get('figures').hidden = !f;
  if (!f) return;
  const feed = f.headline_px * 500 / ({ kakao: 800, portrait: 1080, story: 1080 }[f.name] || 1200);
  set('fig-headline', `${Math.round(f.headline_px)} px, ${f.lines} ${f.lines === 1 ? 'line' : 'lines'}`);
  set('fig-feed', `${Math.round(feed)} px`, feed < 16);
  const low = f.caption_contrast ? Math.min(f.headline_contrast, f.caption_contrast) : f.headline_contrast;
  set('fig-contrast', `${low.toFixed(1)} : 1`, low < 4.5);
  set('fig-cut', f.truncated.length ? f.truncated.join(', ') : 'nothing', f.truncated.length);
  set('fig-photo', found.photo_width ? `${found.photo_width} × ${found.photo_height}` : 'none', found.photo_width && found.photo_width < 600);
  set('fig-focus', places[f.focus] || 'all of it');
  get('fig-focus').parentNode.hidden = !f.focus;
};

export const copyButtons = () => {
  for (const button of document.querySelectorAll('[data-copy]')) {
    button.addEventListener('click', () => copy(get(button.dataset.copy).textContent, 'Copied'));
  }
};
