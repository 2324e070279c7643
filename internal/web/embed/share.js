// <share-bar article=ID> or <share-bar url= title= [text= image= via= hashtags=]> [lang= targets= labels]
const FIVE = ['facebook', 'twitter', 'kakao', 'mail', 'link'];

// The bar is complete at once, with links that the kit makes itself. When the service answers, they become those that
// count. Whatever the service does, no control is lost.
const shareBar = (host) => {
  const mine = host.turn = (host.turn || 0) + 1;
  const story = storyOf(host);
  const names = chosen(host, story);
  const bar = make('div', { class: 'cards-bar', part: 'bar', role: names.length > 2 ? 'toolbar' : 'group' });
  host.note = make('div', { class: 'cards-note', role: 'status', part: 'note' });
  for (const name of names) bar.append(control(host, story, name));
  if (canSend(story)) bar.append(control(host, story, 'native'));
  if (names.length > 2) rove(bar, {});
  show(host, bar, host.note);
  settle(bar);
  host.say = (words) => {
    voice(bar, words, words.group);
    for (const e of bar.children) name(e, words);
  };
  const ready = () => {
    if (mine !== host.turn || story.ready) return;
    story.ready = true;
    host.dispatchEvent(new CustomEvent('cards-ready', { bubbles: true }));
  };
  setTimeout(ready, 2000);
  fetchLinks(host, names).then((answer) => {
    if (mine === host.turn) lead(host, bar, story, answer);
  }, (e) => {
    if (mine !== host.turn) return;
    if (e.status === 410) show(host); // the story is withdrawn, and nobody shares it any more
    else if (e.status === 400) console.warn(e.message);
  }).then(ready);
};

// chosen returns the targets of the bar: those of the attribute that the kit knows, or the five if it knows none. An
// article may have a picture that the page does not name.
const chosen = (host, story) => {
  const wanted = (host.getAttribute('targets') || '').split(',').map((s) => s.trim().replace(/^x$/, 'twitter')).filter(Boolean);
  const can = (name) => RULES.targets[name] && (!RULES.targets[name].image || story.image || host.hasAttribute('article'));
  const left = wanted.filter((name) => !can(name));
  if (left.length) leave(left);
  const names = [...new Set(wanted.filter(can))];
  return names.length ? names : FIVE;
};

const leave = (names) => console.warn(`cards: <share-bar> leaves out ${names.join(', ')}: not known, or without its image`);

// control returns a link that opens a target, or a button that does something here.
const control = (host, story, target, link) => {
  const act = { link: () => copy(host, story), native: () => send(story), kakao: () => talk(host, story, link) }[target];
  const e = make(act ? 'button' : 'a', { class: 'cards-item', part: `item ${target}`, 'data-target': target, 'data-key': target }, icon(target), make('span', { class: 'cards-name', part: 'name' }));
  if (act) {
    e.type = 'button';
    e.addEventListener('click', act);
  } else {
    open(e, plain(target, story));
    if (!opens(e)) e.addEventListener('click', () => count(story, target));
  }
  return e;
};

const opens = (e) => !/^(mail|sms|link|native)$/.test(e.dataset.target);

// name gives a control its text.
const name = (e, words) => {
  const { target } = e.dataset;
  const text = e.querySelector('.cards-name');
  text.textContent = words.lang === e.spoken ? e.said : action(words, target);
  if (e.localName === 'a' && opens(e)) text.append(make('span', { class: 'cards-window' }, ` (${words.window})`));
};

// settle makes the focused control, or else the first one, the toolbar's only tab stop.
const settle = (bar) => {
  const all = [...bar.children].filter((e) => !e.hidden);
  if (bar.getAttribute('role') === 'toolbar') focusOn(all, all.find((e) => e.matches(':focus')) || all[0]);
};

const fetchLinks = (host, names) => {
  const params = [['lang', langOf(host)], ['targets', [...names, 'link'].join(',')]];
  const id = host.getAttribute('article');
  if (id) return ask(`/v1/articles/${encodeURIComponent(id)}/share-bar`, [['format', 'json'], ...params]);
  const given = ['text', 'image', 'via', 'hashtags'].map((key) => [key, host.getAttribute(key)]);
  return ask('/v1/share-links', [['url', host.getAttribute('url') || canonical()], ['title', host.getAttribute('title') || document.title], ...given, ...params]);
};

// lead takes what the service answered. The links of a registered story go through its short link, which counts them.
// Mail and text messages open directly and are counted by a beacon.
const lead = (host, bar, story, answer) => {
  const left = [];
  const url = answer.links.find((l) => l.target === 'link')?.url;
  Object.assign(story, { url: url || story.url, title: answer.title || story.title, code: answer.code });
  for (const e of [...bar.children]) {
    const { target } = e.dataset;
    const link = answer.links.find((l) => l.target === target);
    if (!link) {
      if (e.hidden) left.push(target);
      continue;
    }
    let now = e;
    if (target === 'kakao') now = swap(e, link.refused ? control(host, story, target, link) : anchor(e));
    now.said = link.action;
    now.spoken = langOf(host);
    if (now.localName === 'a') open(now, /^(mailto|sms):/.test(link.url) ? link.url : link.short_url || link.url);
    if (host.words) name(now, host.words);
  }
  if (left.length) leave(left);
  settle(bar);
};

// anchor returns a control as a link.
const anchor = (e) => {
  const a = make('a', {}, ...e.cloneNode(true).childNodes);
  for (const { name: key, value } of e.attributes) if (key !== 'type') a.setAttribute(key, value);
  return a;
};

// swap replaces a control; a focus stays.
const swap = (old, e) => {
  const focused = old.matches(':focus');
  old.replaceWith(e);
  if (focused) e.focus();
  return e;
};

// open sets the address of a link. One without address is hidden.
const open = (e, href) => {
  e.hidden = !href;
  if (!href) return;
  e.href = href;
  if (!opens(e)) return;
  e.target = '_blank';
  e.rel = 'noopener noreferrer';
};

const count = (story, target) => {
  if (story.code) navigator.sendBeacon(`${BASE}/s/${story.code}/${target}`);
};

// talk shares a story on KakaoTalk that the service has no page for: with the page's own Kakao SDK, if the page has
// initialized it, or else by copying the link.
const talk = async (host, story, link) => {
  const to = { webUrl: story.url, mobileWebUrl: story.url };
  const settings = link?.sdk.settings || { objectType: 'feed', content: { title: story.title || story.url, link: to, ...(story.image && { imageUrl: story.image }) }, buttons: [{ title: host.words.read, link: to }] };
  try {
    if (Kakao.isInitialized()) return await Kakao.Share.sendDefault(settings);
  } catch {
    // The page has no SDK, or the SDK refuses the page's domain or the message.
  }
  copy(host, story);
};

const copy = async (host, story) => {
  const { words, note } = host;
  note.parentNode.querySelector('.cards-field')?.remove();
  const done = await write(host, story.url, words);
  if (done) count(story, 'link');
  note.textContent = done ? words.copied : words.failed;
  voice(note, words);
  clearTimeout(host.timer);
  if (done) host.timer = setTimeout(() => { note.textContent = ''; }, 4000);
};

// write copies the text. If the browser allows neither way to copy, it leaves a field with the text selected.
const write = async (host, text, words) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const from = host.shadowRoot.activeElement;
    const field = make('input', { class: 'cards-field', part: 'field', readonly: '', dir: 'ltr', value: text, 'aria-label': words.link });
    host.note.parentNode.append(field);
    field.select();
    if (!document.execCommand('copy')) return false;
    field.remove();
    from?.focus();
    return true;
  }
};

const canSend = (story) => Boolean(navigator.share && navigator.canShare?.({ title: story.title, url: story.url }));

const send = async (story) => {
  try {
    await navigator.share({ title: story.title, url: story.url });
    count(story, 'native');
  } catch {
    // The reader cancelled.
  }
};

define('share-bar', ['article', 'url', 'title', 'text', 'image', 'lang', 'targets', 'via', 'hashtags'], shareBar);
