// The focal point of the photo: what the service chose, what the editor chooses, and what each size shows.
import { get, make } from './studio-base.js';
import { photoURL } from './studio-service.js';
import { change, value } from './studio-state.js';

const width = 640; // pixels of the photo: twice what the form shows
const middle = [0.5, 0.5];

let guess; // the point that the service chose; undefined if it is not known
let why = ''; // what the service looked at

// pointOf parses the value of the focal point field; undefined when the service chooses the point.
const pointOf = (focal) => {
  const p = focal.split(',').map(Number);
  return focal && p.length === 2 && p.every(Number.isFinite) ? p : undefined;
};

const at = (e, p) => { [e.style.left, e.style.top] = p.map((v) => v * 100 + '%'); };

const percent = (v) => Math.round(v * 100) + ' %';

const spoken = (p) => `${percent(p[0])} from the left, ${percent(p[1])} from the top`;

// showPoint shows the ring at the point that the editor chose, or a broken one at that of the service.
const showPoint = () => {
  const chosen = pointOf(value('focal'));
  get('cross').hidden = !chosen;
  get('guess').hidden = Boolean(chosen) || !guess;
  get('automatic').setAttribute('aria-pressed', String(!chosen));
  if (chosen) at(get('cross'), chosen);
  if (guess) at(get('guess'), guess);
  let text = 'Automatic: the whole photo is shown.';
  if (chosen) text = `Your point: ${spoken(chosen)}.`;
  else if (guess) text = `Automatic: ${spoken(guess)}${why ? ' (' + why + ')' : ''}.`;
  if (get('focus-value').textContent !== text) get('focus-value').textContent = text;
};

// showCrops draws what each size shows of the photo; that of the chosen size stands out.
export const showCrops = (found, size, label, reason) => {
  why = reason;
  if (!pointOf(value('focal'))) guess = found?.looks_at;
  const cards = (found?.cards || []).filter((c) => c.crop.length === 4);
  get('crops').replaceChildren(...cards.map((c) => {
    const frame = make('span', { class: 'crop crop-' + c.name + (c.name === size ? ' chosen' : '') });
    [frame.style.left, frame.style.top, frame.style.width, frame.style.height] = c.crop.map((v) => v * 100 + '%');
    return frame;
  }));
  get('legend').replaceChildren(...cards.map((c) => make('span', { class: 'crop-' + c.name }, label(c.name))));
  showPoint();
};

// showPhoto shows the form's photo, if the studio is allowed to load it.
export const showPhoto = (ref) => {
  const thumb = get('thumb');
  if (thumb.dataset.ref !== (ref || '')) {
    thumb.dataset.ref = ref || '';
    guess = undefined;
    get('crops').replaceChildren();
    get('legend').replaceChildren();
    thumb.onload = () => { get('focus').hidden = false; };
    thumb.onerror = () => { get('focus').hidden = true; };
    if (ref) thumb.src = photoURL(ref, width);
    else {
      thumb.removeAttribute('src');
      get('focus').hidden = true;
    }
  }
  showPoint();
};

export const startFocal = () => {
  const pad = get('pad');
  const place = (x, y) => change({ focal: [x, y].map((v) => Math.min(1, Math.max(0, v)).toFixed(3)).join(',') }, { as: 'focal' });
  const follow = (e) => {
    const box = get('thumb').getBoundingClientRect();
    place((e.clientX - box.left) / box.width, (e.clientY - box.top) / box.height);
    showPoint();
  };
  pad.addEventListener('pointerdown', (e) => {
    if (e.pointerType === 'mouse') pad.setPointerCapture(e.pointerId);
    if (e.pointerType === 'mouse') follow(e);
  });
  pad.addEventListener('pointermove', (e) => { if (e.buttons) follow(e); });
  pad.addEventListener('click', follow); // a tap; a finger that scrolls the page is none
  pad.addEventListener('dragstart', (e) => e.preventDefault());
  pad.addEventListener('keydown', (e) => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[e.key];
    if (!step || e.ctrlKey || e.metaKey || e.altKey) return;
    e.preventDefault();
    const [x, y] = pointOf(value('focal')) || guess || middle;
    const by = e.shiftKey ? 0.1 : 0.02;
    place(x + step[0] * by, y + step[1] * by);
    showPoint();
  });
  get('automatic').addEventListener('click', () => {
    change({ focal: '' });
    showPoint();
  });
};
