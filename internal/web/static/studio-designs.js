// The strip of all designs: the card in each template and theme, live. One click chooses.
import { get, make } from './studio-base.js';
import { designURL } from './studio-service.js';
import { want } from './studio-small.js';
import { change } from './studio-state.js';

const width = 320; // pixels of a small card

const options = (name) => [...document.querySelectorAll(`input[name=${name}][form=form]`)].map((e) => ({ value: e.value, label: e.nextElementSibling.firstChild.data.trim() })).filter((o) => o.value);

const choice = (template, theme) => {
  const img = make('img', { alt: '', width: 160, height: 84, 'data-template': template.value, 'data-theme': theme.value });
  const radio = make('input', { type: 'radio', name: 'design', value: `${template.value} ${theme.value}` });
  radio.addEventListener('change', () => change({ template: template.value, theme: theme.value }));
  return make('label', { class: 'design' }, radio, img, make('span', {}, `${template.label} `, make('small', {}, theme.label)));
};

// reveal scrolls the strip, not the page, to the design that is chosen.
const reveal = (radio) => {
  const strip = get('strip');
  const at = radio.parentNode;
  const left = at.offsetLeft - strip.offsetLeft;
  if (left < strip.scrollLeft || left + at.offsetWidth > strip.scrollLeft + strip.clientWidth) strip.scrollLeft = left - 24;
};

// showDesigns has the strip follow the card.
export const showDesigns = (state) => {
  for (const radio of document.querySelectorAll('input[name=design]')) {
    radio.checked = radio.value === `${state.template} ${state.theme}`;
    if (radio.checked) reveal(radio);
  }
  for (const img of document.querySelectorAll('.design img')) {
    const url = designURL(state.small_url, img.dataset.template, img.dataset.theme, width);
    want(img, url, () => { img.src = url; });
  }
};

export const startDesigns = () => {
  for (const theme of options('theme')) {
    const row = make('div', { class: 'design-row' });
    for (const template of options('template')) row.append(choice(template, theme));
    get('strip').append(row);
  }
};
