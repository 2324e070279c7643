// Helpers that the studio's scripts share: elements, the status line, progress, copying.
export const get = (id) => document.getElementById(id);

export const say = (text) => { get('status').textContent = text; };

export const make = (name, attributes, ...children) => {
  const e = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, value);
  e.append(...children);
  return e;
};

// sentence turns an error message of the API into a sentence for the editor.
export const sentence = (message) => {
  const text = message.replace(/^(url|the address)\b/, 'the URL');
  return text[0].toUpperCase() + text.slice(1) + (text.endsWith('.') ? '' : '.');
};

let running = 0;
let late = 0;

// busy runs work, and shows the progress indicator when it takes more than 300 ms. Work that was given up for newer
// work has not failed.
export const busy = async (work, failed) => {
  if (running++ === 0) late = setTimeout(() => { get('progress').hidden = false; }, 300);
  try {
    return await work();
  } catch (e) {
    if (e.name !== 'AbortError') failed();
    return undefined;
  } finally {
    if (--running === 0) {
      clearTimeout(late);
      get('progress').hidden = true;
    }
  }
};

const shown = 2000; // milliseconds that a button says what it has done

// copy copies the text, and says so on the button and to screen readers.
export const copy = async (button, text, done) => {
  const name = button.dataset.name || button.textContent;
  button.dataset.name = name;
  let said = 'Copied';
  try {
    await navigator.clipboard.writeText(text);
    say(done);
  } catch {
    said = 'Could not copy';
    say('Could not copy. Select the text and copy it.');
  }
  button.textContent = said;
  setTimeout(() => { button.textContent = name; }, shown);
};
