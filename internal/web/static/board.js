// The board on the wall: asks for the list every few seconds, moves the stories to their places, and says how they moved.
// While the service is away, the last list stays.
const get = (id) => document.getElementById(id);
const every = 5000; // milliseconds, as long as the service keeps a list
const patience = 10000; // milliseconds for an answer
const compared = 15 * 60 * 1000; // milliseconds: how far back movements look
const calm = matchMedia('(prefers-reduced-motion: reduce)');
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const board = get('board');

const past = []; // { at, ranks } of the last quarter of an hour, the oldest first
let fresh = Date.parse(get('at').dateTime); // when the list was last answered

const make = (name, className, text = '') => {
  const e = document.createElement(name);
  e.className = className;
  e.textContent = text;
  return e;
};

const set = (e, text) => { if (e.textContent !== text) e.textContent = text; };

const row = (id) => {
  const li = make('li', '');
  li.dataset.id = id;
  const headline = make('span', 'headline');
  headline.dir = 'auto';
  headline.append(make('b', ''), ' ', make('bdi', ''));
  const taps = make('span', 'taps');
  const rank = make('span', 'rank');
  const move = make('span', 'move');
  for (const e of [rank, move]) e.setAttribute('aria-hidden', 'true');
  li.append(rank, move, headline, taps);
  return li;
};

// showMove says how many places a story has moved since the time that is compared with.
const showMove = (li, id, rank) => {
  const before = past.length > 1 ? past[0].ranks : null;
  const by = before ? (before.get(id) ?? Infinity) - rank : 0;
  const text = by === Infinity ? 'new' : by > 0 ? '▲ ' + by : by < 0 ? '▼ ' + -by : '';
  const e = li.querySelector('.move');
  set(e, text);
  e.className = 'move' + (by > 0 ? ' up' : by < 0 ? ' down' : '');
};

const fill = (li, story, rank) => {
  set(li.querySelector('.rank'), String(rank));
  set(li.querySelector('.headline b'), story.headline);
  set(li.querySelector('bdi'), new URLSearchParams(location.search).has('site') ? '' : story.site || '');
  set(li.querySelector('.taps'), String(story.clicks + story.shares));
  showMove(li, story.id, rank);
};

// settle lets the rows glide from where they were to where they are.
const settle = (was) => {
  if (calm.matches) return;
  for (const li of board.children) {
    const from = was.get(li.dataset.id);
    const to = li.getBoundingClientRect().top;
    const frames = from === undefined ? [{ opacity: 0 }, { opacity: 1 }] : [{ transform: `translateY(${from - to}px)` }, { transform: 'none' }];
    if (from !== to) li.animate(frames, { duration: 600, easing: 'cubic-bezier(.2, .7, .2, 1)' });
  }
};

const show = (stories) => {
  const was = new Map([...board.children].map((li) => [li.dataset.id, li.getBoundingClientRect().top]));
  const known = new Map([...board.children].map((li) => [li.dataset.id, li]));
  const rows = stories.map((story, i) => {
    const li = known.get(story.id) || row(story.id);
    fill(li, story, i + 1);
    return li;
  });
  if (rows.length !== board.children.length || rows.some((li, i) => li !== board.children[i])) board.replaceChildren(...rows);
  get('none').hidden = rows.length > 0;
  settle(was);
};

const remember = (stories) => {
  const now = Date.now();
  past.push({ at: now, ranks: new Map(stories.map((s, i) => [s.id, i + 1])) });
  while (past.length > 2 && past[1].at <= now - compared) past.shift();
  set(get('compared'), past.length > 1 ? `Arrows: places since ${clock.format(past[0].at)}` : '');
};

const showTime = () => {
  set(get('at'), clock.format(fresh));
  get('at').dateTime = new Date(fresh).toISOString();
};

const ask = async () => {
  try {
    const answer = await fetch(document.body.dataset.source, { signal: AbortSignal.timeout(patience), cache: 'no-store' });
    if (!answer.ok) throw new Error(String(answer.status));
    const { stories } = await answer.json();
    fresh = Date.now();
    remember(stories);
    show(stories);
    showTime();
    set(get('away'), '');
    document.body.classList.remove('old');
  } catch {
    set(get('away'), `The service does not respond. This is the list of ${clock.format(fresh)}.`);
    document.body.classList.add('old');
  }
  setTimeout(ask, every);
};

// A screen on the wall stays on, where the browser allows that.
const stayOn = () => navigator.wakeLock?.request('screen').catch(() => {});

showTime();
past.push({ at: fresh, ranks: new Map([...board.children].map((li, i) => [li.dataset.id, i + 1])) });
setTimeout(ask, every);
stayOn();
document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') stayOn(); });
