// The labels of the form's fields.
import { get } from './studio-base.js';

// label returns the label of the field of a name, as the page shows it.
export const label = (name) => {
  const control = get(name);
  const words = control?.labels?.[0] || control?.querySelector('legend');
  return words ? words.textContent.trim() : name;
};
