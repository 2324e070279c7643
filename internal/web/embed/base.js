// Helpers that the elements share: the service's address, texts in the page's language, building the DOM.
const own = document.currentScript || document.querySelector('script[src*="/embed/cards.js"]');
const BASE = own.src.replace(/\/embed\/cards\.js.*$/, '');

// speak returns the texts in the language of the element, or in English.
const speak = (at) => {
  const tag = at.getAttribute('lang') || at.closest('[lang]')?.lang || 'en';
  const lang = tag.toLowerCase().split('-')[0];
  return WORDS[lang] ? { lang, ...WORDS[lang] } : { lang: 'en', ...WORDS.en };
};

// make creates an element with attributes and children. Strings become text, never HTML.
const make = (name, attributes, ...children) => {
  const e = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, value);
  e.append(...children);
  return e;
};

const icon = (name) => {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const [d, solid] = ICONS[name] || ICONS.native;
  for (const [key, value] of Object.entries({ viewBox: '0 0 24 24', 'aria-hidden': 'true', focusable: 'false', class: solid ? 'cards-icon cards-solid' : 'cards-icon', part: 'icon' })) svg.setAttribute(key, value);
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', d);
  svg.append(path);
  return svg;
};

// A constructed style sheet needs no 'unsafe-inline'. Browsers without them load the linked file.
let sheet;
try {
  sheet = new CSSStyleSheet();
  sheet.replaceSync(CSS);
} catch {
  sheet = null;
}

const shadow = (host) => {
  if (host.shadowRoot) return host.shadowRoot;
  const root = host.attachShadow({ mode: 'open', delegatesFocus: false });
  if (sheet) root.adoptedStyleSheets = [sheet];
  return root;
};

const show = (host, ...children) => {
  const link = sheet ? [] : [make('link', { rel: 'stylesheet', href: BASE + '/embed/cards.css' })];
  shadow(host).replaceChildren(...link, ...children);
};

const ask = async (path, params) => {
  const query = new URLSearchParams(params.filter(([, value]) => value));
  const answer = await fetch(`${BASE}${path}?${query}`, { credentials: 'omit' });
  if (answer.ok) return answer.json();
  const said = await answer.json().catch(() => 0);
  throw Object.assign(new Error(`cards: ${said?.error?.message || answer.status}`), { status: answer.status });
};

// rove makes a group one tab stop. Arrow keys, Home and End move the focus inside it.
const rove = (group, keys, moved) => {
  group.addEventListener('keydown', (e) => {
    if (e.ctrlKey || e.altKey || e.metaKey) return;
    const all = [...group.querySelectorAll('a, button')];
    const back = getComputedStyle(group).direction === 'rtl' ? 1 : -1;
    const step = { ArrowLeft: back, ArrowRight: -back, ...keys }[e.key];
    const at = all.indexOf(e.target);
    const to = { Home: 0, End: all.length - 1 }[e.key] ?? (step && (at + step + all.length) % all.length);
    if (at < 0 || to === undefined) return;
    e.preventDefault();
    focusOn(all, all[to]);
    all[to].focus();
    if (moved) moved(all[to]);
  });
};

const focusOn = (all, one) => all.forEach((e) => { e.tabIndex = e === one ? 0 : -1; });

// define registers an element. It renders in a microtask, so several attributes set at once render once.
const define = (name, attributes, draw) => {
  if (customElements.get(name)) return;
  customElements.define(name, class extends HTMLElement {
    static observedAttributes = attributes;
    connectedCallback() { this.plan(); }
    attributeChangedCallback() { this.plan(); }
    plan() {
      if (this.planned) return;
      this.planned = true;
      queueMicrotask(() => {
        this.planned = false;
        if (this.isConnected) draw(this);
      });
    }
  });
};
