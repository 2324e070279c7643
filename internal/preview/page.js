'use strict';
const state = document.getElementById('state');
const version = document.body.dataset.version;

// The service says the version of the designs at the start of a connection, and again when files change.
const events = new EventSource('/events');
events.onmessage = e => {
  if (e.data !== version) location.reload();
  else state.textContent = 'Reloads when a file changes.';
};
events.onerror = () => { state.textContent = 'The preview is not running.'; };

fetch('/laws').then(r => r.json()).then(broken => {
  const box = document.getElementById('laws');
  for (const b of broken) {
    const item = document.createElement('li');
    const link = document.createElement('a');
    link.href = '/?' + new URLSearchParams({ theme: b.theme, template: b.template, size: b.size, story: b.story });
    link.textContent = [b.theme, b.template, b.size, b.story].join(', ');
    item.append(link, ': ' + b.problem + (b.more ? ' (so do ' + b.more + ' other cards)' : '') + '; ' + b.change);
    box.querySelector('ul').append(item);
  }
  box.hidden = broken.length === 0;
}).catch(() => {});
