// One process of one peer. It reads turns from standard input, one per line, and writes one line for each:
//
//   node worker.mjs PEER FONTS RENDERS
//
// RENDERS is the number of concurrent renders. A turn is {"photo":FILE,"texts":[...],"from":N,"warm":S,
// "seconds":S,"keep":FILE}. Without a photo, text cards are drawn. With keep, the last picture is saved to that
// file. The answer is {"lanes":[{"cards":N,"seconds":S}],"p50_ms":T,"bytes":B} and does not include the warm
// seconds. Card n uses the text with index n modulo the number of texts, with n in place of "#", and a copy of
// the photo with unique bytes.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const [name, folder, renders] = [process.argv[2], resolve(process.argv[3]), Number(process.argv[4])];
const weights = { ExtraBold: 800, Medium: 500 };
const fonts = readdirSync(folder).map((f) => ({ file: join(folder, f), data: readFileSync(join(folder, f)), weight: weights[/-(\w+)\./.exec(f)[1]] }));
const { open } = await import(`./${name}.mjs`);
const peer = await open(fonts, renders);

// marked returns the photo with unique bytes: a JPEG with a comment (COM) after its first marker (SOI), another file with
// a number behind its end.
function marked(jpeg, n) {
  if (jpeg[0] !== 0xff) return Buffer.concat([jpeg, Buffer.from(String(n).padStart(16, '0'))]);
  const comment = Buffer.from(`\xff\xfe\x00\x12${String(n).padStart(16, '0')}`, 'latin1');
  return Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2)]);
}

async function turn(t) {
  const jpeg = t.photo && readFileSync(t.photo);
  let next = t.from;
  let bytes = 0;
  const times = [];
  const draw = () => {
    const n = next++;
    const text = t.texts[n % t.texts.length];
    const card = { key: `p${n}.jpg`, headline: text.headline.replace('#', n), caption: text.caption.replace('#', n) };
    return jpeg ? peer.photo(card, marked(jpeg, n)) : peer.text(card);
  };
  const lane = async (seconds, count) => {
    const began = performance.now();
    for (let cards = 0; ; ) {
      const start = performance.now();
      const picture = await draw();
      const now = performance.now();
      cards++;
      if (count) times.push(now - start);
      bytes = picture.length;
      if (t.keep) writeFileSync(t.keep, picture);
      if (now - began >= seconds * 1000) return { cards, seconds: (now - began) / 1000 };
    }
  };
  const all = (seconds, count) => Promise.all(Array.from({ length: renders }, () => lane(seconds, count)));
  if (t.warm) await all(t.warm, false);
  const lanes = await all(t.seconds, true);
  times.sort((a, b) => a - b);
  return { lanes, p50_ms: times[times.length >> 1], bytes };
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await turn(JSON.parse(line)))}\n`);
}
await peer.close?.();
process.exit(0);
