// What the studio's parts share: elements, the status line, progress, copying.
export const get = (id) => document.getElementById(id);

export const say = (text) => { get('status').textContent = text; };

let running = 0;
let late = 0;

// busy shows that something takes time, once it takes more than 300 ms.
export const busy = async (work, failed) => {
  if (running++ === 0) late = setTimeout(() => { get('progress').hidden = false; }, 300);
  try {
    return await work();
  } catch {
    say(failed);
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
