// @ts-check
import { createHmac } from 'node:crypto';

/**
 * Returns the signed path and query of a picture. key is the text of the signing key.
 * @param {string} key
 * @param {string} path
 * @param {Record<string, string | number>} params
 */
export function cardsSign(key, path, params) {
  const piece = (/** @type {string} */ s) => {
    const raw = Buffer.from(s), head = [];
    let n = raw.length;
    for (; n > 127; n >>= 7) head.push(n & 127 | 128);
    return Buffer.concat([Buffer.from([...head, n]), raw]);
  };
  const names = Object.keys(params).filter((name) => name !== 'sig' && name !== 'strict').sort();
  const pieces = ['cards-url-v1', path, ...names.flatMap((name) => [name, String(params[name])])].map(piece);
  const sig = createHmac('sha256', key).update(Buffer.concat(pieces)).digest('base64url');
  return `${path}?${new URLSearchParams(/** @type {Record<string, string>} */ ({ ...params, sig }))}`;
}

if (process.argv[1]?.endsWith('sign.mjs')) {
  let input = '';
  for await (const chunk of process.stdin) input += chunk;
  for (const v of JSON.parse(input)) console.log(cardsSign(v.key, v.path, v.params));
}
