// Small pictures: those in sight are loaded, few at once, so that a request for the large card never waits behind them.
const atOnce = 3; // browsers have six connections
const most = 3; // tries

const wanted = new Map(); // img -> { key, load, tries, state }, state being '', 'loading' or 'done'
const seen = new Set();
let running = 0;

const settle = (img, mine, ok) => {
  if (mine.state !== 'loading') return;
  running--;
  mine.state = ok || ++mine.tries >= most ? 'done' : '';
  if (mine.state === 'done') pump();
  else setTimeout(pump, 1000 * mine.tries);
};

const load = (img, mine) => {
  running++;
  mine.state = 'loading';
  img.onload = () => settle(img, mine, true);
  img.onerror = () => settle(img, mine, false);
  mine.load();
};

const pump = () => {
  for (const img of seen) {
    if (running >= atOnce) return;
    const next = wanted.get(img);
    if (next && next.state === '') load(img, next);
  }
};

const watcher = new IntersectionObserver((entries) => {
  for (const e of entries) {
    if (e.isIntersecting) seen.add(e.target);
    else seen.delete(e.target);
  }
  pump();
}, { rootMargin: '300px' });

// want has load called, which sets the picture's source, once the picture is in sight. key says what it shows: wanting
// the same again does nothing. A picture that is on its way is given up.
export const want = (img, key, set) => {
  const old = wanted.get(img);
  if (old?.key === key) return;
  if (old?.state === 'loading') {
    running--;
    old.state = 'done';
  }
  wanted.set(img, { key, load: set, tries: 0, state: '' });
  if (!old) watcher.observe(img);
  pump();
};
