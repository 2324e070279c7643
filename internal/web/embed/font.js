// <font-size for="#article">: five text sizes for the story; the choice is remembered. The page can scale its
// text with var(--article-font-scale). If it has no such rule, the text is scaled here.
const KEY = 'cards:font-step';
const SCALES = [0.85, 0.92, 1, 1.15, 1.3];
const stepOf = (raw) => Math.max(-2, Math.min(2, Math.trunc(Number(raw)) || 0));

let step = 0;
try {
  step = stepOf(localStorage.getItem(KEY));
} catch {
  // Without storage the choice is not remembered.
}

const scale = () => document.documentElement.style.setProperty('--article-font-scale', SCALES[step + 2]);
// If the script is in the head, this runs before the first paint.
if (step) scale();

const choose = (next) => {
  step = next;
  scale();
  for (const host of document.querySelectorAll('font-size')) mark(host);
  document.dispatchEvent(new CustomEvent('cards-font-size', { detail: { step, scale: SCALES[step + 2] } }));
};

const mark = (host) => {
  const all = [...(host.shadowRoot?.querySelectorAll('button') || [])];
  all.forEach((e, i) => e.setAttribute('aria-checked', String(i === step + 2)));
  focusOn(all, all[step + 2]);
};

const remember = (next) => {
  choose(next);
  try {
    localStorage.setItem(KEY, String(next));
  } catch {
    // Without storage the choice is not remembered.
  }
};

const fontSize = (host) => {
  const group = make('div', { class: 'cards-steps', part: 'steps', role: 'radiogroup' });
  for (let i = 0; i < 5; i++) {
    const letter = make('span', { class: `cards-letter cards-letter-${i}`, 'aria-hidden': 'true' });
    const e = make('button', { type: 'button', class: 'cards-step', part: 'step', role: 'radio', 'data-step': i - 2, 'data-key': i }, letter, make('span', { class: 'cards-name' }));
    e.addEventListener('click', () => remember(i - 2));
    group.append(e);
  }
  rove(group, { ArrowUp: -1, ArrowDown: 1 }, (e) => remember(Number(e.dataset.step)));
  show(host, group);
  host.say = (words) => {
    voice(group, words, words.size);
    [...group.children].forEach((e, i) => {
      e.firstChild.textContent = words.letter;
      e.lastChild.textContent = words.sizes[i];
    });
  };
  mark(host);
  follow(host.getAttribute('for'));
};

// follow scales the text of a page that has no rule of its own. :where has no specificity, so any rule of the
// page wins.
const followed = new Set();
const follow = (selector) => {
  if (!selector || followed.has(selector) || !sheet) return;
  followed.add(selector);
  const rule = new CSSStyleSheet();
  try {
    rule.insertRule(`:where(${selector}) { font-size: calc(1em * var(--article-font-scale, 1)); }`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, rule];
  } catch {
    // The selector is invalid: only the page's own rule applies.
  }
};

addEventListener('storage', (e) => { if (e.key === KEY) choose(stepOf(e.newValue)); });
define('font-size', ['for', 'lang'], fontSize);
