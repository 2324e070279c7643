// The studio, live: what is typed is drawn a moment later; the last good card stays till then.
(() => {
  'use strict';
  const get = (id) => document.getElementById(id);
  const form = get('form');
  const card = get('card');
  const status = get('status');
  const progress = get('progress');
  let turn = 0;
  let timer = 0;

  const query = () => {
    const all = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === 'string' && value !== '') all.set(name, value);
    }
    return all;
  };

  const say = (text) => { status.textContent = text; };

  const copy = async (text, done) => {
    try {
      await navigator.clipboard.writeText(text);
      say(done);
    } catch {
      say('Could not copy. Select the text and copy it.');
    }
  };

  const showProblems = (problems) => {
    for (const p of form.querySelectorAll('.problem')) {
      const found = problems.find((x) => x.field + '-problem' === p.id);
      p.textContent = found ? found.message : '';
      const control = get(p.id.replace('-problem', ''));
      if (found) control.setAttribute('aria-invalid', 'true');
      else control.removeAttribute('aria-invalid');
    }
  };

  const addCopy = (box, url, label) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Copy';
    button.setAttribute('aria-label', 'Copy the ' + label + ' link');
    button.addEventListener('click', () => copy(url, label + ' link copied'));
    box.append(button);
  };

  const showLinks = (links) => {
    const all = links.map((l) => {
      const box = document.createElement('div');
      box.className = 'link';
      const a = document.createElement('a');
      a.href = l.url;
      a.target = '_blank';
      a.rel = 'noopener noreferrer';
      a.textContent = l.label;
      const quiet = document.createElement('span');
      quiet.className = 'quiet';
      quiet.textContent = ' opens in a new window';
      a.append(quiet);
      box.append(a);
      addCopy(box, l.url, l.label);
      return box;
    });
    get('links').replaceChildren(...all);
  };

  const showCard = (url, mine) => {
    const next = new Image();
    const late = setTimeout(() => { progress.hidden = false; }, 300);
    const end = () => {
      clearTimeout(late);
      if (mine === turn) progress.hidden = true;
    };
    next.onload = () => {
      end();
      if (mine !== turn) return;
      card.src = url;
      card.hidden = false;
      if (get('empty')) get('empty').hidden = true;
    };
    next.onerror = () => {
      end();
      if (mine === turn) say('The card could not be drawn. Check the photo.');
    };
    next.src = url;
  };

  const update = async () => {
    const mine = ++turn;
    try {
      const answer = await fetch('/studio.json?' + query());
      const state = await answer.json();
      if (mine !== turn) return;
      if (!answer.ok) {
        say(state.error ? state.error.message : 'Something went wrong.');
        return;
      }
      say('');
      showProblems(state.problems);
      if (state.card_url) showCard(state.card_url, mine);
      showLinks(state.links);
      for (const name of ['meta', 'curl', 'command']) get(name).textContent = state[name];
      history.replaceState(null, '', '/?' + query());
    } catch {
      if (mine === turn) say('The service does not answer.');
    }
  };

  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(update, 250);
  };

  form.addEventListener('input', (e) => { if (e.target.type !== 'file') soon(); });
  form.addEventListener('submit', (e) => {
    e.preventDefault();
    clearTimeout(timer);
    update();
  });
  for (const button of document.querySelectorAll('[data-copy]')) {
    button.addEventListener('click', () => copy(get(button.dataset.copy).textContent, 'Copied'));
  }
  for (const box of document.querySelectorAll('.link')) {
    const a = box.querySelector('a');
    addCopy(box, a.href, a.firstChild.textContent);
  }

  const file = get('file');
  if (!file) return;

  const pad = get('pad');
  const place = (x, y) => {
    const clamp = (v) => Math.min(1, Math.max(0, v));
    x = clamp(x);
    y = clamp(y);
    get('cross').style.left = x * 100 + '%';
    get('cross').style.top = y * 100 + '%';
    get('focal').value = x.toFixed(3) + ',' + y.toFixed(3);
    soon();
  };
  const point = (e) => {
    const box = get('thumb').getBoundingClientRect();
    place((e.clientX - box.left) / box.width, (e.clientY - box.top) / box.height);
  };
  pad.addEventListener('pointerdown', (e) => {
    pad.setPointerCapture(e.pointerId);
    point(e);
  });
  pad.addEventListener('pointermove', (e) => { if (e.buttons) point(e); });
  pad.addEventListener('keydown', (e) => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[e.key];
    if (!step) return;
    e.preventDefault();
    const [x, y] = (get('focal').value || '0.5,0.42').split(',').map(Number);
    const by = e.shiftKey ? 0.1 : 0.02;
    place(x + step[0] * by, y + step[1] * by);
  });

  file.addEventListener('change', async () => {
    if (!file.files[0]) return;
    progress.hidden = false;
    say('Taking in the photo…');
    try {
      const answer = await fetch('/studio/photos', { method: 'POST', headers: { 'Content-Type': 'application/octet-stream' }, body: file.files[0] });
      const kept = await answer.json();
      if (!answer.ok) {
        showProblems([{ field: 'photo', message: kept.error.message }]);
        say('');
        return;
      }
      get('photo').value = kept.id;
      get('focal').value = '';
      get('thumb').src = URL.createObjectURL(file.files[0]);
      get('focus').hidden = false;
      await update();
    } catch {
      say('The photo could not be sent.');
    } finally {
      progress.hidden = true;
    }
  });
})();
