// Writes headlines.tsv beside it: made-up headlines, with U+200B between the words that Intl.Segmenter finds.
//
//	node headlines.mjs
import {writeFileSync} from 'node:fs';
import vocabulary from './vocabulary.mjs';

// next returns a number below n, the same ones in every run.
let state = 20261130;
function next(n) {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor(state / 2 ** 32 * n);
}

function fill(text, parts) {
  return text.replace(/\{(\w+)\}/g, (_, name) => fill(parts[name][next(parts[name].length)], parts));
}

const rows = [`# made by headlines.mjs with ICU ${process.versions.icu}`];
for (const [lang, {count, templates, ...parts}] of Object.entries(vocabulary)) {
  const segmenter = new Intl.Segmenter(lang, {granularity: 'word'});
  const seen = new Set();
  while (seen.size < count) {
    seen.add(fill(templates[seen.size % templates.length], parts));
  }
  for (const headline of seen) {
    rows.push(lang + '\t' + Array.from(segmenter.segment(headline), (s) => s.segment).join('\u200b'));
  }
}
writeFileSync(new URL('headlines.tsv', import.meta.url), rows.join('\n') + '\n');
