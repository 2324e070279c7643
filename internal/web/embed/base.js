// Helpers that the elements share: the service's address, building the DOM, requests, focus.
const own = document.currentScript || document.querySelector('script[src*="/embed/cards.js"]');
const BASE = own.src.replace(/\/embed\/cards\.js.*$/, '');

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

// show replaces the content. The box holds the styles that the page must not change, even with "all: unset" for the
// element itself. The focus stays on the control with the same key.
const show = (host, ...children) => {
  const root = shadow(host);
  const key = root.activeElement?.dataset.key;
  const link = sheet ? [] : [make('link', { rel: 'stylesheet', href: BASE + '/embed/cards.css' })];
  root.replaceChildren(...link, make('div', { class: 'cards-box', part: 'box' }, ...children));
  if (key) (keyed(root, key) || keyed(root))?.focus();
};

const keyed = (root, key) => [...root.querySelectorAll('[data-key]')].find((e) => !e.hidden && (!key || e.dataset.key === key));

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
    const all = [...group.querySelectorAll('a:not([hidden]), button')];
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
        if (!this.isConnected) return;
        draw(this);
        speak(this);
      });
    }
  });
};
