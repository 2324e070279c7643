// Shows what was measured of the cards: figures, what is left out, and what each size shows of the photo.
import { get } from './studio-base.js';
import { showCrops } from './studio-focal.js';
import { label } from './studio-view.js';

const set = (id, text, bad) => {
  get(id).textContent = text;
  get(id).className = bad ? 'bad' : '';
};

// Where a card looks in its photo; a photo that is shown whole has no place.
const places = { faces: 'faces', figure: 'above skin', salience: 'what stands out', given: 'your focal point', graphic: 'a graphic, shown whole' };

const placeOf = (focus) => places[focus] || 'all of it';

// showUnshown says at each field that was filled in but that not every size shows.
const showUnshown = (unshown) => {
  for (const p of document.querySelectorAll('.unshown')) {
    const found = unshown.find((u) => u.field === p.dataset.field);
    const text = found ? found.message : '';
    if (p.textContent !== text) p.textContent = text;
  }
};

// showFigures shows the figures of the selected size; null hides them.
export const showFigures = (found, size) => {
  const f = found && (found.cards.find((c) => c.name === size) || found.cards[0]);
  get('figures').hidden = !f;
  showUnshown(found ? found.unshown : []);
  showCrops(found, size, label, f && f.focus && f.focus !== 'given' ? placeOf(f.focus) : '');
  if (!f) return;
  const feed = f.headline_px * 500 / ({ kakao: 800, portrait: 1080, story: 1080 }[f.name] || 1200);
  set('fig-headline', `${Math.round(f.headline_px)} px, ${f.lines} ${f.lines === 1 ? 'line' : 'lines'}`);
  set('fig-feed', `${Math.round(feed)} px`, feed < 16);
  const low = f.caption_contrast ? Math.min(f.headline_contrast, f.caption_contrast) : f.headline_contrast;
  set('fig-contrast', `${low.toFixed(1)} : 1`, low < 4.5);
  set('fig-cut', f.truncated.length ? f.truncated.join(', ') : 'nothing', f.truncated.length);
  set('fig-photo', found.photo_width ? `${found.photo_width} × ${found.photo_height}` : 'none', found.photo_width && found.photo_width < 600);
  set('fig-focus', placeOf(f.focus));
  get('fig-focus').parentNode.hidden = !f.focus;
};
