// A stored story in the studio: publishing, its parts that are asked for one by one, and changes that were left.
import { copy, get, make, say } from './studio-base.js';
import { discardDraft, keepNow, leftDraft } from './studio-drafts.js';
import { label } from './studio-labels.js';
import { change, on, query, value } from './studio-state.js';

const opened = document.body.dataset.article || '';

// showChanged says which fields differ from what is stored.
export const showChanged = (names) => {
  const line = get('changes');
  if (!line) return;
  const text = names.length ? 'Changed: ' + names.map(label).join(', ') : 'No changes yet.';
  if (line.textContent !== text) line.textContent = text;
};

// send sends the form as the button says. A page that is refused is shown as it comes, with both texts or the reasons.
const send = async (form, button) => {
  keepNow();
  const body = new URLSearchParams(new FormData(form, button));
  button.disabled = true;
  const problem = get('unpublished');
  if (problem) problem.textContent = '';
  try {
    const answer = await fetch(button.formAction, { method: 'POST', body });
    if (answer.ok) {
      if (button.value === 'publish') discardDraft();
      location.assign(answer.url);
      return;
    }
    if (answer.headers.get('Content-Type').startsWith('text/html')) {
      form.action = button.formAction; // it changes nothing the second time either
      form.method = 'post';
      form.append(make('input', { type: 'hidden', name: 'action', value: button.value }));
      form.submit();
      return;
    }
    const { error } = await answer.json();
    if (problem) problem.textContent = `Not done: ${error.message}.`;
    else say(`Not done: ${error.message}.`);
  } catch {
    if (problem) problem.textContent = 'Not done: the service does not respond. Your changes are kept here.';
  }
  button.disabled = false;
};

// swap replaces a part of the page by that of another address, so that the form stays.
const swap = async (link) => {
  const id = link.dataset.part;
  const near = get(id);
  near.setAttribute('aria-busy', 'true');
  try {
    const answer = await fetch(link.href);
    const next = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById(id);
    if (!answer.ok || !next) throw new Error('no part');
    near.replaceWith(next);
    next.tabIndex = -1;
    next.focus({ preventScroll: true });
  } catch {
    near.removeAttribute('aria-busy');
    say('The service does not respond.');
  }
};

const startLeft = () => {
  const left = leftDraft(opened, location.search);
  if (!left || document.querySelector('.conflict')) return;
  get('unfinished').hidden = false;
  get('unfinished-at').dateTime = new Date(left.at).toISOString();
  get('unfinished-at').textContent = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' }).format(left.at);
  get('continue').addEventListener('click', () => location.assign('/?' + new URLSearchParams(left.values)));
  get('discard').addEventListener('click', () => {
    discardDraft();
    get('unfinished').hidden = true;
    get('headline').focus();
  });
};

const startLink = (form) => {
  get('make-link').addEventListener('click', async (e) => {
    e.preventDefault();
    const body = new URLSearchParams(new FormData(form));
    try {
      const answer = await fetch('/studio/link', { method: 'POST', body });
      const next = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('look');
      if (!answer.ok || !next) throw new Error('no link');
      get('look').replaceWith(next);
      get('look-copy')?.addEventListener('click', () => copy(get('look-copy'), get('look-url').value, 'Link copied'));
      get('look-url')?.select();
    } catch {
      get('look').replaceChildren(make('p', { class: 'problem', role: 'alert' }, 'No link was made: the service does not respond, or you may not make one.'));
    }
  });
};

export const startStory = () => {
  const form = get('form');
  startLink(form);
  // Another story in the form, by a draft or by undoing, is another page.
  on('changed', () => { if (value('article') !== opened) location.replace('/?' + query()); });
  if (!opened) return;
  document.addEventListener('submit', (e) => {
    if (e.submitter?.name !== 'action') return;
    e.preventDefault();
    send(form, e.submitter);
  });
  document.addEventListener('click', (e) => {
    const link = e.target.closest('a[data-part]');
    if (link && !e.ctrlKey && !e.metaKey && !e.shiftKey) {
      e.preventDefault();
      swap(link);
    }
    const take = e.target.closest('[data-take]');
    if (take) {
      change({ [take.dataset.take]: take.dataset.value });
      take.replaceWith(make('p', { role: 'status' }, 'The form has the published one now.'));
    }
  });
  startLeft();
};
