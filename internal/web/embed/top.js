// <top-stories limit=10 [window=24h by=clicks|shares site= heading= lang= counts]>
const topStories = (host) => {
  const words = speak(host);
  const mine = host.turn = (host.turn || 0) + 1;
  const limit = Math.max(1, Math.min(100, Number(host.getAttribute('limit')) || 10));
  const heading = make('h2', { class: 'cards-heading', part: 'heading', id: 'h' }, host.getAttribute('heading') || words.top);
  const list = make('ol', { class: 'cards-list', part: 'list' });
  const note = make('p', { class: 'cards-empty', part: 'note', role: 'status' });
  const box = make('section', { class: 'cards-top', part: 'top', 'aria-labelledby': 'h', 'aria-busy': 'true', lang: words.lang }, heading, list, note);
  box.style.setProperty('--cards-rows', limit);
  show(host, box);
  const asked = ['window', 'by', 'site'].map((name) => [name, host.getAttribute(name)]);
  ask('/v1/top', [['limit', String(limit)], ...asked]).then((answer) => {
    if (mine !== host.turn) return;
    const counts = host.hasAttribute('counts') && new Intl.NumberFormat(words.lang);
    list.append(...answer.stories.map((s) => row(s, counts, words)));
    if (!answer.stories.length) note.textContent = words.none;
  }, () => { if (mine === host.turn) note.textContent = words.off; }).then(() => box.setAttribute('aria-busy', 'false'));
};

const row = (s, counts, words) => {
  const text = make('span', { class: 'cards-headline', part: 'headline', dir: 'auto' }, s.headline);
  const link = make('a', { class: 'cards-story', part: 'story', href: s.short_url }, make('span', { class: 'cards-rank', part: 'rank', 'aria-hidden': 'true' }, String(s.rank)), text);
  if (counts) link.append(make('span', { class: 'cards-count', part: 'count' }, counts.format(s.clicks), make('span', { class: 'cards-name' }, ` ${words.reads}`)));
  return make('li', {}, link);
};

define('top-stories', ['limit', 'window', 'by', 'site', 'heading', 'lang', 'counts'], topStories);
