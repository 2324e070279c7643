// All sizes at once: what networks crop and cover is marked on each, and a click shows a size large.
import { get } from './studio-base.js';
import { change } from './studio-state.js';

export const startSizes = () => {
  for (const area of document.querySelectorAll('.area')) {
    [area.style.left, area.style.top, area.style.width, area.style.height] = area.dataset.box.split(' ').map((v) => v + '%');
  }
  const marks = get('marks');
  const show = () => get('sizes').classList.toggle('marked', marks.checked);
  marks.addEventListener('change', show);
  show();
  for (const button of document.querySelectorAll('#sizes button')) {
    button.addEventListener('click', () => {
      change({ size: button.dataset.size });
      get('frame').scrollIntoView({ block: 'nearest' });
    });
  }
};
