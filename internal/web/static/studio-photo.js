// The studio's photo: the upload of a file, and the focal point.
import { ask, busy, formQuery, get, say } from './studio-base.js';
import { showSignedOut } from './studio-stale.js';
import { showFault } from './studio-view.js';

const middle = [0.5, 0.5]; // where the arrow keys begin

// pointOf parses the value of the focal point field; undefined when the service chooses the point.
const pointOf = (focal) => {
  const p = focal.split(',').map(Number);
  return focal && p.length === 2 && p.every(Number.isFinite) ? p : undefined;
};

// showFocal shows the ring at the point that the editor chose, or hides it when there is none.
const showFocal = (focal) => {
  const at = pointOf(focal);
  get('cross').hidden = !at;
  get('automatic').setAttribute('aria-pressed', String(!at));
  if (at) [get('cross').style.left, get('cross').style.top] = at.map((v) => v * 100 + '%');
};

// showPhoto shows the form's photo, if the studio is allowed to load it.
export const showPhoto = (ref, focal) => {
  const thumb = get('thumb');
  showFocal(focal);
  if (thumb.dataset.ref === ref) return;
  thumb.dataset.ref = ref || '';
  if (!ref) {
    get('focus').hidden = true;
    return;
  }
  thumb.onload = () => { get('focus').hidden = false; };
  thumb.onerror = () => { get('focus').hidden = true; };
  thumb.src = '/studio/photo?photo=' + encodeURIComponent(ref);
};

let turn = 0; // counts the chosen files, so that a response to an older one is ignored

// forgetFile leaves the control of the file empty, so that it names no photo that the form has not
// and the same file can be chosen again. A file still on its way is too late for the form.
export const forgetFile = () => {
  turn++;
  get('file').value = '';
};

export const startPhoto = (form, now, soon) => {
  const file = get('file');
  const pad = get('pad');
  form.elements.photo.addEventListener('input', () => {
    forgetFile();
    showFault('unsent', '');
  });
  const choose = (focal) => {
    form.elements.focal.value = focal;
    showFocal(focal);
    soon();
  };
  const place = (x, y) => choose([x, y].map((v) => Math.min(1, Math.max(0, v)).toFixed(3)).join(','));
  const follow = (e) => {
    const box = get('thumb').getBoundingClientRect();
    place((e.clientX - box.left) / box.width, (e.clientY - box.top) / box.height);
  };
  pad.addEventListener('pointerdown', (e) => {
    pad.setPointerCapture(e.pointerId);
    follow(e);
  });
  pad.addEventListener('pointermove', (e) => { if (e.buttons) follow(e); });
  pad.addEventListener('dragstart', (e) => e.preventDefault());
  pad.addEventListener('keydown', (e) => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[e.key];
    if (!step) return;
    e.preventDefault();
    const [x, y] = pointOf(form.elements.focal.value) || middle;
    const by = e.shiftKey ? 0.1 : 0.02;
    place(x + step[0] * by, y + step[1] * by);
  });
  get('automatic').addEventListener('click', () => choose(''));
  file.addEventListener('change', () => {
    const photo = file.files[0];
    if (!photo) return;
    forgetFile();
    const mine = turn;
    const current = () => mine === turn;
    busy(() => send(form, photo, current, now), () => {
      if (!current()) return;
      say('');
      showFault('unsent', 'The photo could not be uploaded: the service does not respond.');
    });
  });
};

const send = async (form, photo, current, now) => {
  say(`Uploading ${photo.name}…`);
  showFault('unsent', '');
  const { ok, signedOut, found } = await ask('/studio/photos', { method: 'POST', headers: { 'Content-Type': 'application/octet-stream' }, body: photo });
  if (!current()) return;
  say('');
  if (signedOut) {
    showSignedOut(formQuery);
    return;
  }
  if (!ok) {
    showFault('unsent', found.error.message);
    return;
  }
  form.elements.photo.value = found.id;
  form.elements.focal.value = '';
  await now();
};
