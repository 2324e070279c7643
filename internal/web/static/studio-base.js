// Helpers that the studio's scripts share: elements, the form, requests, the status line, progress, copying.
export const get = (id) => document.getElementById(id);

export const say = (text) => { get('status').textContent = text; };

let running = 0;
let late = 0;

// formQuery returns the form's values as a query, without empty fields.
export const formQuery = () => {
  const all = new URLSearchParams();
  for (const [name, value] of new FormData(get('form'))) {
    if (typeof value === 'string' && value !== '') all.set(name, value);
  }
  return all;
};

// ask sends a request. It returns whether the request succeeded, whether the editor must sign in
// again, and the response's JSON.
export const ask = async (url, init) => {
  const answer = await fetch(url, init);
  return { ok: answer.ok, signedOut: answer.status === 401, found: await answer.json() };
};

// busy runs work, and shows the progress indicator when it takes more than 300 ms.
export const busy = async (work, failed) => {
  if (running++ === 0) late = setTimeout(() => { get('progress').hidden = false; }, 300);
  try {
    return await work();
  } catch {
    failed();
    return undefined;
  } finally {
    if (--running === 0) {
      clearTimeout(late);
      get('progress').hidden = true;
    }
  }
};

export const copy = async (text, done) => {
  try {
    await navigator.clipboard.writeText(text);
    say(done);
  } catch {
    say('Could not copy. Select the text and copy it.');
  }
};

export const make = (name, attributes, ...children) => {
  const e = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, value);
  e.append(...children);
  return e;
};
