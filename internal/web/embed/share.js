// <share-bar article=ID> or <share-bar url= title= [text= image= via= hashtags=]> [lang= targets= labels]
const FIVE = ['facebook', 'twitter', 'kakao', 'mail', 'link'];

const shareBar = (host) => {
  const words = speak(host);
  const mine = host.turn = (host.turn || 0) + 1;
  const wanted = (host.getAttribute('targets') || '').split(',').map((s) => s.trim().replace(/^x$/, 'twitter')).filter(Boolean);
  const names = wanted.length ? [...new Set(wanted)] : FIVE;
  const story = { url: host.getAttribute('url') || canonical(), title: host.getAttribute('title') || document.title };
  const note = make('div', { class: 'cards-note', role: 'status', part: 'note' });
  const bar = make('div', { class: 'cards-bar', part: 'bar', role: names.length > 2 ? 'toolbar' : 'group', 'aria-label': words.group, lang: words.lang });
  for (const name of names) bar.append(control(name, words, name === 'link' && (() => copy(host, story, words, note))));
  if (canSend(story)) bar.append(control('native', words, () => send(story)));
  settle(bar);
  if (names.length > 2) rove(bar, {});
  show(host, bar, note);
  fetchLinks(host, names).then((answer) => {
    if (mine !== host.turn) return;
    const { url } = answer.links.find((l) => l.target === 'link');
    Object.assign(story, { url, title: answer.title || story.title, code: answer.code });
    lead(bar, answer.links, story, (link) => control(link.target, words, () => talk(host, story, words, note, link)));
  }, (e) => {
    if (mine !== host.turn) return;
    // A story that is under embargo (404) or withdrawn (410) has no bar.
    if (e.status === 404 || e.status === 410) return show(host);
    if (e.status === 400) console.warn(e.message);
    manage(bar, story);
  }).then(() => {
    if (mine === host.turn) host.dispatchEvent(new CustomEvent('cards-ready', { bubbles: true }));
  });
};

const canonical = () => document.querySelector('link[rel=canonical]')?.href || location.href;

// control returns a link that opens a target, or a button that runs act.
const control = (name, words, act) => {
  const opens = !act && !/^(mail|sms)$/.test(name);
  const text = make('span', { class: 'cards-name', part: 'name' }, words[name] || name);
  if (opens) text.append(make('span', { class: 'cards-window' }, ` (${words.window})`));
  const e = make(act ? 'button' : 'a', { class: 'cards-item', part: `item ${name}`, 'data-target': name, ...(act ? { type: 'button' } : { role: 'link' }) }, icon(name), text);
  if (act) e.addEventListener('click', act);
  return e;
};

// settle makes the focused control, or else the first one, the toolbar's only tab stop.
const settle = (bar) => {
  const all = [...bar.children];
  if (bar.getAttribute('role') === 'toolbar') focusOn(all, all.find((e) => e.tabIndex === 0 && e.matches(':focus')) || all[0]);
};

const fetchLinks = (host, names) => {
  const params = [['lang', speak(host).lang], ['targets', [...names, 'link'].join(',')]];
  const id = host.getAttribute('article');
  if (id) return ask(`/v1/articles/${encodeURIComponent(id)}/share-bar`, [['format', 'json'], ...params]);
  const given = ['text', 'image', 'via', 'hashtags'].map((name) => [name, host.getAttribute(name)]);
  return ask('/v1/share-links', [['url', host.getAttribute('url') || canonical()], ['title', host.getAttribute('title') || document.title], ...given, ...params]);
};

// lead sets the addresses of the links. Those of a registered story go through its short link, which
// counts them. Mail and text messages open directly and are counted by a beacon. A link that the service refuses
// becomes a button.
const lead = (bar, links, story, button) => {
  for (const e of [...bar.querySelectorAll('a')]) {
    const link = links.find((l) => l.target === e.dataset.target);
    if (!link) { e.remove(); continue; }
    if (link.refused) { e.replaceWith(button(link)); continue; }
    e.querySelector('.cards-name').firstChild.data = link.action;
    open(e, link);
    if (!e.target) e.addEventListener('click', () => count(story, link.target));
  }
  settle(bar);
};

const open = (e, link) => {
  const app = /^(mailto|sms):/.test(link.url);
  e.href = app ? link.url : link.short_url || link.url;
  e.removeAttribute('role');
  if (app) return;
  e.target = '_blank';
  e.rel = 'noopener noreferrer';
};

// manage keeps the controls that work when the service does not respond: mail and copying.
const manage = (bar, story) => {
  for (const e of [...bar.querySelectorAll('a')]) {
    if (e.dataset.target !== 'mail') { e.remove(); continue; }
    open(e, { url: `mailto:?subject=${encodeURIComponent(story.title)}&body=${encodeURIComponent(story.url)}` });
  }
  settle(bar);
};

const count = (story, target) => {
  if (story.code) navigator.sendBeacon(`${BASE}/s/${story.code}/${target}`);
};

// talk shares a story that is not registered on KakaoTalk: with the page's own Kakao SDK, if the page has initialized
// it, or else by copying the link. The service's Kakao page would refuse the story.
const talk = async (host, story, words, note, link) => {
  try {
    if (Kakao.isInitialized()) return await Kakao.Share.sendDefault(link.sdk.settings);
  } catch {
    // The page has no SDK, or the SDK refuses the page's domain or the message.
  }
  copy(host, story, words, note);
};

const copy = async (host, story, words, note) => {
  host.shadowRoot.querySelector('.cards-field')?.remove();
  const done = await write(host, story.url, words);
  if (done) count(story, 'link');
  note.textContent = done ? words.copied : words.failed;
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
    const field = make('input', { class: 'cards-field', part: 'field', readonly: '', value: text, 'aria-label': words.link });
    host.shadowRoot.append(field);
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
