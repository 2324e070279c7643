// The one place of the studio's state: the values of the form, what they were before, and what follows a change.
import { get } from './studio-base.js';

const form = get('form');
const most = 200; // steps back
const pause = 1000; // milliseconds after which typing in the same field is another step

const back = [];
const ahead = [];
let current = {};
let last = { name: '', at: 0 };
let touched = false;
const listeners = { changed: [], steps: [] };

// values returns the form's values by name, without empty fields.
export const values = () => {
  const all = {};
  for (const [name, value] of new FormData(form)) if (typeof value === 'string' && value !== '') all[name] = value;
  return all;
};

export const query = () => new URLSearchParams(values());

export const value = (name) => form.elements[name].value;

// isTouched reports whether the editor has changed anything since the page was opened.
export const isTouched = () => touched;

// languageOption adds a language that the form does not offer, under its own name.
const languageOption = (select, tag) => {
  if (!tag || [...select.options].some((o) => o.value === tag)) return;
  let label = tag;
  try {
    label = new Intl.DisplayNames([tag], { type: 'language' }).of(tag);
  } catch { /* no language that browsers know: its tag is its name */ }
  select.append(new Option(label, tag));
};

// set sets the value of a control. A group of radio buttons ignores a value that no button has, and Chromium also
// ignores the empty value, so each button is set separately.
const set = (control, v) => {
  if (control instanceof RadioNodeList) {
    for (const radio of control) radio.checked = radio.value === v;
    return;
  }
  if (control.name === 'lang') languageOption(control, v);
  if (control.value !== v) control.value = v;
};

const names = () => new Set([...form.elements].map((e) => e.name).filter(Boolean));

const put = (all) => { for (const name of names()) set(form.elements[name], all[name] || (name === 'size' ? 'og' : '')); };

export const same = (a, b) => new URLSearchParams(a).toString() === new URLSearchParams(b).toString();

const tell = (name, ...words) => { for (const f of listeners[name]) f(...words); };

// on has f called when something has 'changed', with whether more may follow at once, as when somebody types; 'steps'
// says that there are other steps to undo.
export const on = (name, f) => listeners[name].push(f);

const remember = (before) => {
  back.push(before);
  if (back.length > most) back.shift();
  ahead.length = 0;
};

// change sets some of the form's values, as one step. whole empties all others but the size. as names a movement, of
// which changes that follow each other at once are one step.
export const change = (some, { whole = false, as = '' } = {}) => {
  const next = whole ? { size: value('size'), ...some } : { ...values(), ...some };
  for (const name of Object.keys(next)) if (!next[name]) delete next[name];
  if (same(next, current)) return;
  const now = Date.now();
  if (!as || as !== last.name || now - last.at > pause) remember(current);
  put(next);
  current = values();
  last = { name: as, at: now };
  touched = true;
  tell('steps');
  tell('changed', Boolean(as));
};

const step = (from, to) => {
  if (!from.length) return false;
  to.push(current);
  current = from.pop();
  put(current);
  last = { name: '', at: 0 };
  touched = true;
  tell('steps');
  tell('changed', false);
  return true;
};

export const undo = () => step(back, ahead);
export const redo = () => step(ahead, back);
export const canUndo = () => back.length > 0;
export const canRedo = () => ahead.length > 0;

// typed notes what the editor has done to a control of the form.
const typed = (e) => {
  if (e.target.form !== form || e.target.type === 'file') return;
  const now = Date.now();
  const next = values();
  if (same(next, current)) return;
  if (e.target.name !== last.name || now - last.at > pause) remember(current);
  last = { name: e.target.name, at: now };
  current = next;
  touched = true;
  tell('steps');
  tell('changed', e.target.type !== 'radio' && e.target.tagName !== 'SELECT');
};

// keys are those of undo and redo everywhere on the page: the fields' own undo does not know what was set by script.
const keys = (e) => {
  if (e.isComposing || e.altKey || !(e.ctrlKey || e.metaKey)) return;
  const key = e.key.toLowerCase();
  const again = key === 'y' || key === 'z' && e.shiftKey;
  if (key !== 'z' && key !== 'y') return;
  e.preventDefault();
  if (again) redo();
  else undo();
};

export const startState = () => {
  current = values();
  document.addEventListener('input', typed);
  document.addEventListener('keydown', keys);
  get('undo').addEventListener('click', undo);
  get('redo').addEventListener('click', redo);
  on('steps', () => {
    get('undo').disabled = !canUndo();
    get('redo').disabled = !canRedo();
  });
};
