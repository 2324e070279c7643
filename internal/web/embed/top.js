// <top-stories limit=10 [window=24h by=clicks|shares site= heading= lang= counts]>
const topStories = (host) => {
  const mine = host.turn = (host.turn || 0) + 1;
  const limit = Math.max(1, Math.min(100, Number(host.getAttribute('limit')) || 10));
  const heading = make('h2', { class: 'cards-heading', part: 'heading', id: 'h' });
  const list = make('ol', { class: 'cards-list', part: 'list' });
  const note = make('p', { class: 'cards-empty', part: 'note', role: 'status' });
  const box = make('section', { class: 'cards-top', part: 'top', 'aria-labelledby': 'h', 'aria-busy': 'true' }, heading, list, note);
  box.style.setProperty('--cards-rows', limit);
  let none; // why the list is empty
  host.say = (words) => {
    voice(box, words);
    heading.textContent = host.getAttribute('heading') || words.top;
    note.textContent = none ? words[none] : '';
    for (const e of list.querySelectorAll('.cards-count')) tally(e, words);
  };
  const draw = (answer) => {
    list.append(...answer.stories.map((s) => row(s, host.hasAttribute('counts'))));
    if (!answer.stories.length) none = 'none';
  };
  if (!host.shadowRoot) show(host, box); // later the old list stays until the new one is there
  const given = ['window', 'by', 'site'].map((name) => [name, host.getAttribute(name)]);
  ask('/v1/top', [['limit', String(limit)], ...given]).then(draw).catch(() => { none = 'off'; }).then(() => {
    if (mine !== host.turn) return;
    box.setAttribute('aria-busy', 'false');
    show(host, box);
    if (host.words) host.say(host.words);
  });
};

// tally writes how often a story was opened, with the form of the word for this number.
const tally = (e, words) => {
  const n = Number(e.dataset.count);
  const form = words.reads[new Intl.PluralRules(words.lang).select(n)] || words.reads.other;
  e.replaceChildren(new Intl.NumberFormat(words.lang).format(n), make('span', { class: 'cards-name' }, ` ${form}`));
};

const row = (s, counts) => {
  const text = make('span', { class: 'cards-headline', part: 'headline', dir: 'auto' }, s.headline);
  const link = make('a', { class: 'cards-story', part: 'story', href: s.short_url, 'data-key': s.rank }, make('span', { class: 'cards-rank', part: 'rank', 'aria-hidden': 'true' }, String(s.rank)), text);
  if (counts) link.append(make('span', { class: 'cards-count', part: 'count', 'data-count': s.clicks }));
  return make('li', {}, link);
};

define('top-stories', ['limit', 'window', 'by', 'site', 'heading', 'lang', 'counts'], topStories);
