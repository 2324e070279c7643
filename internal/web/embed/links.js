// The links that the kit makes itself, from which it starts before the service has answered, or if it never does. The
// forms and limits are those of the service (RULES); how a title is cut repeats package share, and a test compares the
// two. Embeddings and isolates of the bidirectional algorithm are left out.
const encode = (s) => encodeURIComponent(s).replace(/[!'()*]/g, (c) => '%' + c.charCodeAt(0).toString(16).toUpperCase());
const bytes = (s) => new TextEncoder().encode(s).length;

// clean returns a text as one line, without characters that hide something.
const clean = (s) => {
  const clip = (text) => text.replace(/((?:\p{Cf}*[\p{Mn}\p{Me}]){30})([\p{Cf}\p{Mn}\p{Me}]+)/gu, (_, kept, more) => kept + more.replace(/[\p{Mn}\p{Me}]/gu, ''));
  const bare = s.slice(0, 5000).replace(/\p{Cs}/gu, '\ufffd').replace(/[\ufff9-\ufffb\ufeff\ufffe\uffff\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/(\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{3,6}\u{e007f})|[\u{e0000}-\u{e007f}]/gu, '$1');
  const line = clip(clip(bare).normalize('NFC')).replace(/[\p{Cc} \u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f]+/gu, ' ').replace(/^ | $/g, '');
  return /[^\s\p{Cf}\p{Mn}\u3164\u115f\u1160\uffa0\u2800]/u.test(line) ? line : '';
};

// A grapheme (Unicode Standard Annex 29, without the rule for conjuncts, which the service does not have either).
const GRAPHEME = (() => {
  const extend = '\\p{Grapheme_Extend}\\p{EMod}';
  const hangul = '[\\u1100-\\u115f]*(?:[\\uac00-\\ud7a3]|[\\u1160-\\u11a7])[\\u1160-\\u11a7]*[\\u11a8-\\u11ff]*|[\\u1100-\\u115f]+|[\\u11a8-\\u11ff]+';
  const core = `\\p{RI}\\p{RI}|\\p{ExtPict}(?:[${extend}]*\\u200d\\p{ExtPict})*|${hangul}|.`;
  return new RegExp(`(?![\\u200c\\u200d\\u0600-\\u0605\\u06dd\\u070f\\u{e0020}-\\u{e007f}])\\p{Cf}|[\\u0600-\\u0605\\u06dd\\u070f]*(?:${core})(?:[${extend}\\u200d\\u0e33\\u0eb3]|(?![\\u102b\\u102c\\u1038])\\p{Mc})*`, 'gus');
})();
const graphemes = (s) => s.match(GRAPHEME) || [];

const cut = (s, most) => {
  const all = graphemes(s);
  return all.length <= most ? s : ellipsized(s, all.slice(0, Math.max(0, most - 1)).join('').length);
};

const ellipsized = (s, end) => {
  if (!end) return '';
  let head = s.slice(0, end);
  const space = head.lastIndexOf(' ');
  if (space >= 0 && bytes(head.slice(0, space)) > Math.trunc(bytes(head) * 2 / 3) && s[end] !== ' ') head = head.slice(0, space);
  return head.replace(/[ ,;:.\-–—·]+$/, '') + '…';
};

const DOMAIN = new RegExp(RULES.domain, 'giu');
const touches = (c) => c && c < '\u0250' && /[\p{L}\p{Nd}@_]/u.test(c);
const light = (c) => RULES.light.some(([from, to]) => c.codePointAt(0) >= from && c.codePointAt(0) <= to);

// weigh returns the weight of a text on X.
const weigh = (text) => {
  let weight = 0;
  let from = 0;
  const plain = (s) => {
    for (const g of graphemes(s)) weight += /^(?:[\u{1f000}-\u{1faff}\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff]|.+\u20e3$|.\ufe0f)/us.test(g) ? 2 : [...g].reduce((sum, c) => sum + (light(c) ? 1 : 2), 0);
  };
  for (const m of text.matchAll(DOMAIN)) {
    const to = m.index + m[0].length;
    if (touches(text[m.index - 1]) || touches(text[to])) continue;
    plain(text.slice(from, m.index));
    weight += RULES.most.link;
    from = to;
  }
  plain(text.slice(from));
  return weight;
};

const cutTweet = (text, room) => {
  if (weigh(text) <= room) return text;
  let end = 0;
  const ends = graphemes(text).map((g) => (end += g.length));
  let best = 0;
  for (let low = 0, high = ends.length; low < high;) {
    const middle = (low + high) >> 1;
    if (weigh(text.slice(0, ends[middle])) + 2 <= room) {
      best = ends[middle];
      low = middle + 1;
    } else high = middle;
  }
  while (best && weigh(ellipsized(text, best)) > room) {
    best = ends[Math.max(0, ends.indexOf(best) - 1)];
    if (best === ends[0]) return '';
  }
  return ellipsized(text, best);
};

// tweet returns the title and the hashtags that fit into a post.
const tweet = ({ title, via, tags }) => {
  const room = () => tags.reduce((left, tag) => left - 2 - weigh(tag), RULES.most.tweet - 1 - RULES.most.link - (via ? 6 + via.length : 0));
  while (tags.length && room() < 60 && weigh(title) > room()) tags = tags.slice(0, -1);
  return { text: cutTweet(title, room()), tags };
};

const mail = ({ title, text, url }) => {
  const shorter = (s, over) => {
    const n = graphemes(s).length;
    const keep = Math.min(n - 1, n - Math.trunc(over * n / Math.max(1, encode(s).length)));
    return keep <= 1 ? '' : cut(s, keep).trim();
  };
  for (;;) {
    const body = encode(text ? `${text}\r\n\r\n${url}` : url);
    const link = title ? `mailto:?subject=${encode(title)}&body=${body}` : `mailto:?body=${body}`;
    const over = link.length - RULES.most.mail;
    if (over <= 0 || !title && !text) return link;
    if (text) text = shorter(text, over);
    else title = shorter(title, over);
  }
};

const lines = (s, most) => (s.title ? `${cut(s.title, most)}\n${s.url}` : s.url);

// fillings are what fills the gaps of a form.
const fillings = {
  url: (s) => s.url,
  title: (s, most) => cut(s.title, most),
  named: (s, most) => (s.title ? cut(s.title, most) : s.url),
  lines,
  fitted: (s, most) => {
    const [, host, rest] = /:\/\/([^/?#]*)(.*)/.exec(s.url);
    return lines(s, Math.max(0, most - host.length - Math.min(16, rest.length)));
  },
  tweet: (s) => tweet(s).text,
  tags: (s) => tweet(s).tags.join(),
  hashtag: (s) => s.tags[0] && '#' + s.tags[0],
  tag: (s, most) => [...(s.tags[0] || '')].length <= most && s.tags[0],
  image: (s) => s.image,
  via: (s) => s.via,
  host: (s) => /:\/\/([^/]*)/.exec(s.url)[1],
  app: () => RULES.app,
};

// plain returns the link of a target, or nothing if there is none without the service.
const plain = (target, story) => {
  const { form, image } = RULES.targets[target] || {};
  if (target === 'mail') return mail(story);
  if (!form || image && !story.image) return '';
  const start = form.search(/[?#]/) + 1;
  return form.slice(0, start) + form.slice(start).split('&').map((pair) => {
    const [, name, gap, most] = /^(.*)\{(\w+):?(\d*)\}$/.exec(pair) || [];
    if (!gap) return pair;
    const value = fillings[gap](story, Number(most));
    return value ? name + encode(value) : null;
  }).filter((pair) => pair !== null).join('&');
};

// address returns a web address in the form in which the service shares it, or nothing if it is none.
const address = (raw) => {
  let u;
  try {
    u = new URL(raw, document.baseURI);
  } catch {
    return '';
  }
  if (!raw || !/^https?:$/.test(u.protocol)) return '';
  const [, query, fragment] = /^[^?#]*(?:\?([^#]*))?(#.*)?$/s.exec(raw.trim().replace(/[\t\n\r]/g, ''));
  const kept = (query || '').split('&').filter((pair) => !RULES.trackers.includes(pair.split('=')[0])).join('&');
  const rest = u.pathname + (kept && '?' + kept) + (fragment || '').replace(/:~:.*/s, '').replace(/^#$/, '');
  return `${u.protocol}//${u.host}` + rest.replace(/%(?![0-9a-f]{2})/gi, '%25').replace(/[ "<>^`{|}]|[^ -~]+/gu, encodeURIComponent).replace(/%../g, (c) => c.toUpperCase());
};

// storyOf returns the story of a bar, from its attributes or from the page.
const storyOf = (host) => {
  const given = (name) => host.getAttribute(name) || '';
  const via = (given('via') || RULES.via || '').replace(/^@/, '');
  const tags = given('hashtags').split(',').map((tag) => clean(tag.trim().replace(/^#/, '')));
  return {
    url: address(given('url')) || address(canonical()), title: clean(given('title') || document.title), text: clean(given('text')),
    image: given('image') && address(given('image')), via: /^\w{1,15}$/.test(via) ? via : '',
    tags: tags.filter((tag) => /^[\p{L}\p{M}\p{Nd}_]*\p{L}[\p{L}\p{M}\p{Nd}_]*$/u.test(tag)),
  };
};

const canonical = () => document.querySelector('link[rel=canonical]')?.href || location.href;
