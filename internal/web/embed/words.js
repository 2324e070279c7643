// The texts. English comes with the kit, and so does the language of the script's address (cards.js?lang=ko). Others
// are requested once, when an element needs them; until they come, or if they never come, the element has English.
const asked = {};

// langOf returns the language of the element: its own, that of the page around it, or the browser's.
const langOf = (at) => {
  const tag = at.getAttribute('lang') || at.closest('[lang]')?.getAttribute('lang') || navigator.language || '';
  const [first, ...rest] = tag.toLowerCase().split(/[-_]/);
  const script = rest.find((part) => /^(hans|hant|tw|hk|mo)$/.test(part)) || 'hans';
  const lang = { iw: 'he', in: 'id', zh: script === 'hans' ? 'zh-Hans' : 'zh-Hant' }[first] || first;
  return LANGS.includes(lang) ? lang : 'en';
};

const load = (lang) => {
  asked[lang] ||= fetch(`${BASE}/embed/words-${lang}.json`, { credentials: 'omit' }).then((answer) => answer.json()).then((words) => { WORDS[lang] = words; });
  return asked[lang];
};

// speak gives the element its texts, by its function say.
const speak = (host) => {
  const lang = langOf(host);
  const tell = () => {
    if (langOf(host) !== lang || !host.say) return;
    host.words = WORDS[lang] || WORDS.en;
    host.say(host.words);
  };
  tell();
  if (!WORDS[lang]) load(lang).then(tell, () => {});
};

// voice marks a part as being in the language of the words, and names it.
const voice = (e, words, label) => {
  e.lang = words.lang;
  if (words.dir) e.dir = words.dir;
  if (label) e.setAttribute('aria-label', label);
};

const action = (words, target) => (target === 'native' ? words.native : words.actions[target]) || words.on.replace('{x}', () => words.names[target] || RULES.targets[target]?.label || target);
