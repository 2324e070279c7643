// The only part of the studio's page that talks to the service. A request gives up the one before it of the same name.
const running = new Map();

// ask sends a request. It returns whether it succeeded, whether the service is too busy, whether the editor must sign in
// again, and the JSON of the answer. It throws an AbortError if a newer request has taken its place, and other errors if there is no answer.
const ask = async (name, url, init = {}) => {
  running.get(name)?.abort();
  const mine = new AbortController();
  running.set(name, mine);
  try {
    const answer = await fetch(url, { ...init, signal: mine.signal });
    return { ok: answer.ok, isBusy: answer.status === 503, signedOut: answer.status === 401, found: await answer.json() };
  } finally {
    if (running.get(name) === mine) running.delete(name);
  }
};

export const askState = (query) => ask('state', '/studio.json?' + query);

export const askFigures = (url) => ask('figures', url);

export const giveUpFigures = () => running.get('figures')?.abort();

export const readPage = (url) => ask('read', '/studio/read', {
  method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ url }),
});

// sendPhoto uploads a file. progress is called with the part that is sent, 0 to 1. It returns the promise of an
// answer like that of ask, and a function that gives up.
export const sendPhoto = (file, progress) => {
  const request = new XMLHttpRequest(); // fetch tells nothing of an upload on its way
  let stop;
  const answer = new Promise((done, failed) => {
    stop = () => {
      request.abort();
      failed(new DOMException('given up', 'AbortError'));
    };
    request.upload.onprogress = (e) => { if (e.lengthComputable) progress(e.loaded / e.total); };
    request.onerror = () => failed(new TypeError('no answer'));
    request.onload = () => {
      try {
        const found = JSON.parse(request.responseText);
        done({ ok: request.status < 300, signedOut: request.status === 401, found });
      } catch (e) {
        failed(e);
      }
    };
  });
  request.open('POST', '/studio/photos');
  request.setRequestHeader('Content-Type', 'application/octet-stream');
  request.send(file);
  return { answer, stop };
};

export const photoURL = (ref, width) => '/studio/photo?' + new URLSearchParams({ photo: ref, width });

// designURL is a small picture of the card in another template and theme. small is the state's small_url.
export const designURL = (small, template, theme, width) => {
  const [path, query] = small.split('?');
  const q = new URLSearchParams(query);
  for (const [name, value] of [['template', template], ['theme', theme], ['size', ''], ['width', width]]) {
    if (value) q.set(name, value);
    else q.delete(name);
  }
  return path + '?' + q;
};

const widths = [320, 480, 720, 960];

// srcset has the URLs of a card in several widths, for browsers to choose from.
export const srcset = (card) => [
  ...widths.filter((w) => w < card.width).map((w) => `${card.small_url}${w} ${w}w`), `${card.url} ${card.width}w`,
].join(', ');
