// Sets the texts of this folder with satori, takumi and Chromium, with the same fonts, sizes and
// widths: once with default settings, and once with each tool's best settings for the language.
//
//   node bench/typography/peers.mjs faults     the line-fault table, on standard output
//   node bench/typography/peers.mjs pictures   docs/typography/peers-*.png
//
// Run `make typography-peers`, which installs what this needs.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Renderer } from '@takumi-rs/core';
import { Resvg } from '@resvg/resvg-js';
import satori from 'satori';

const root = resolve(import.meta.dirname, '../..');
const run = (command, args) => execFileSync(command, args, { cwd: root, maxBuffer: 64 << 20, stdio: ['ignore', 'pipe', 'ignore'] });
const work = mkdtempSync(join(tmpdir(), 'peers-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));

const fonts = [['Body', 'Pretendard-ExtraBold.otf'], ['Han', 'NotoSansCJKkr-Bold-subset.otf']].map(([name, file]) => {
  const data = run('zstd', ['-dc', `fonts/files/${file}.zst`]);
  writeFileSync(join(work, file), data);
  return { name, file, data, weight: 800, style: 'normal' };
});
const family = 'Body, Han';
const texts = JSON.parse(run('go', ['run', './bench/typography', 'texts']));
const faultPx = 48;

// The settings. The best settings are those that each tool's documentation recommends for the language.
const settings = {
  default: () => ({}),
  best: (text) => (isKorean(text) ? { wordBreak: 'keep-all', textWrap: 'balance' } : { textWrap: 'balance' }),
};
const isKorean = (text) => /\p{Script=Hangul}/u.test(text);
const languageOf = (text) => (isKorean(text) ? 'ko' : /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text) ? 'ja' : 'zh-Hans');

const takumi = new Renderer();
for (const { name, data, weight } of fonts) await takumi.registerFont({ name, data, weight, style: 'normal' });

const tools = {
  async satori(text, width, style) {
    const svg = await satoriSVG(text, width, style);
    const rows = new Map();
    for (const [, y, word] of svg.matchAll(/<text [^>]*?y="([\d.-]+)"[^>]*>([^<]*)<\/text>/g)) rows.set(y, (rows.get(y) ?? '') + unescapeXML(word));
    return [...rows.values()];
  },
  async takumi(text, width, style) {
    const measured = await takumi.measure(takumiNode(text, width, style, faultPx), { width });
    const rows = new Map();
    const line = (y) => Math.round((y + faultPx / 4) / (faultPx * 1.25)); // the top of a run's box depends on the font
    for (const r of measured.runs) rows.set(line(r.y), (rows.get(line(r.y)) ?? '') + r.text);
    return [...rows.values()];
  },
};

const satoriSVG = (text, width, style) =>
  satori(
    { type: 'div', props: { lang: languageOf(text), style: { fontSize: faultPx, fontFamily: family, fontWeight: 800, width, ...style }, children: text } },
    { width, fonts, embedFont: false },
  );
const takumiNode = (text, width, style, px) => ({ type: 'text', text, style: { fontSize: px, fontFamily: family, fontWeight: 800, width, lineHeight: 1.25, ...style } });
const unescapeXML = (s) => s.replace(/&(amp|lt|gt|quot|#x27|#39);/g, (_, n) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'", '#39': "'" })[n]);

// chromium lays out every text at every width in one page and returns the lines of each.
function chromiumLines(cases) {
  const page = `<!doctype html><meta charset="utf-8"><style>${fontFaces()} div{font:800 ${faultPx}px ${family}}</style><pre id="out"></pre><script>
const cases=${JSON.stringify(cases).replaceAll('<', '\\u003c')};
document.fonts.ready.then(async()=>{await Promise.all([...document.fonts].map(f=>f.load()));
const out=cases.map(c=>{const d=document.createElement('div');d.lang=c.lang;d.style.width=c.width+'px';Object.assign(d.style,c.style);d.textContent=c.text;document.body.append(d);
const rows=new Map(),node=d.firstChild,range=document.createRange();
for(const g of new Intl.Segmenter(c.lang).segment(c.text)){range.setStart(node,g.index);range.setEnd(node,g.index+g.segment.length);const y=Math.round(range.getBoundingClientRect().bottom/10);rows.set(y,(rows.get(y)||'')+g.segment)}
d.remove();return[...rows.values()]});
document.getElementById('out').textContent=JSON.stringify(out)});
</script>`;
  const file = join(work, 'lines.html');
  writeFileSync(file, page);
  const dom = run('chromium', [...chromiumFlags, '--virtual-time-budget=20000', '--dump-dom', pathToFileURL(file).href]).toString();
  return JSON.parse(unescapeXML(dom.match(/<pre id="out">(.*?)<\/pre>/s)[1]));
}
const chromiumFlags = ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--no-first-run', '--disable-background-networking', '--allow-file-access-from-files'];
const fontFaces = () => fonts.map((f) => `@font-face{font-family:${f.name};font-weight:800;src:url(${pathToFileURL(join(work, f.file)).href})}`).join('');
const chromiumStyle = (text, style, best) => (best && languageOf(text) === 'ja' ? { ...style, wordBreak: 'auto-phrase' } : style);

// count uses the same definition of a fault as faults.go, which counts words wider than the box
// separately: among these texts, one word at the narrowest width.
function count(text, lines) {
  const found = { marks: 0, words: 0 };
  let at = 0;
  lines.map((l) => l.trim()).filter(Boolean).forEach((line, i) => {
    at = text.indexOf(line, at);
    const before = text[at - 1] ?? "";
    if (i > 0 && texts.closers.includes([...line][0])) found.marks++;
    if (i > 0 && /\p{Script=Hangul}/u.test(line[0]) && /[\p{L}\p{N}]/u.test(before)) found.words++;
    at += line.length;
  });
  return found;
}

async function faults() {
  const chromium = {};
  for (const how of Object.keys(settings)) {
    const cases = texts.faults.flatMap((text) => texts.widths.map((width) => ({ text, width, lang: languageOf(text), style: chromiumStyle(text, settings[how](text), how === 'best') })));
    chromium[how] = chromiumLines(cases);
  }
  console.log('tool      settings  text  closing mark first  word on two lines');
  for (const name of ['satori', 'takumi', 'chromium']) {
    for (const how of Object.keys(settings)) {
      const sum = { marks: 0, words: 0 };
      for (const [n, text] of texts.faults.entries()) {
        const found = { marks: 0, words: 0 };
        for (const [w, width] of texts.widths.entries()) {
          const lines = name === 'chromium' ? chromium[how][n * texts.widths.length + w] : await tools[name](text, width, settings[how](text));
          const f = count(text, lines);
          found.marks += f.marks;
          found.words += f.words;
        }
        row(name, how, n + 1, found);
        sum.marks += found.marks;
        sum.words += found.words;
      }
      row(name, how, 'all', sum);
    }
  }
}
const row = (name, how, n, f) => console.log(`${name.padEnd(9)} ${how.padEnd(8)} ${String(n).padStart(5)} ${String(f.marks).padStart(19)} ${String(f.words).padStart(18)}`);

// pictures shows, for each headline, our card beside the peers' text at our font size and width.
async function pictures() {
  for (const s of texts.gallery.filter((s) => /^(ko|ja)/.test(s.Lang) && s.Name !== 'mixed-directions')) {
    const cell = join(work, 'ours.png');
    const args = ['run', './cmd/cards', 'render', '--template', 'text', '--site', 'The Harbor Post', '--lang', s.Lang, '--headline', s.Headline];
    run('go', [...args, '--out', cell]);
    const plan = JSON.parse(run('go', [...args, '--plan']));
    const headline = plan.texts.find((t) => t.role === 'headline');
    const width = plan.width - 2 * Math.min(...headline.lines.map((l) => l.x));
    const cells = [['cards', `<img src="${dataURL(readFileSync(cell))}">`]];
    for (const how of Object.keys(settings)) {
      const style = settings[how](s.Headline);
      const svg = await satori(
        { type: 'div', props: { lang: s.Lang, style: { fontSize: headline.font_px, fontFamily: family, fontWeight: 800, lineHeight: 1.25, width, ...style }, children: s.Headline } },
        { width, fonts },
      );
      cells.push([`satori, ${how}`, `<img class="text" src="${dataURL(new Resvg(svg, { font: { loadSystemFonts: false } }).render().asPng())}">`]);
      const png = await takumi.render(takumiNode(s.Headline, width, style, headline.font_px), { width, height: 500, format: 'png' });
      cells.push([`takumi, ${how}`, `<img class="text" src="${dataURL(png)}">`]);
      const css = Object.entries(chromiumStyle(s.Headline, style, how === 'best')).map(([k, v]) => `${k.replace(/[A-Z]/g, (c) => '-' + c.toLowerCase())}:${v}`).join(';');
      cells.push([`Chromium, ${how}`, `<div class="text" lang="${s.Lang}" style="font:800 ${headline.font_px}px/1.25 ${family};width:${width}px;${css}">${s.Headline}</div>`]);
    }
    const page = `<!doctype html><meta charset="utf-8"><style>${fontFaces()}
body{margin:0;background:#d8d8d8;display:grid;grid-template-columns:repeat(2,1200px);gap:24px;padding:24px;width:2424px;zoom:.5;font:500 26px Body}
figure{margin:0;background:#fff;position:relative;height:630px;overflow:hidden}figure:first-child{grid-column:1/-1;width:1200px;margin:0 auto}
figcaption{position:absolute;right:32px;top:24px;color:#666}.text{position:absolute;left:64px;top:100px}</style>
${cells.map(([label, html]) => `<figure>${html}<figcaption>${label}</figcaption></figure>`).join('')}`;
    const file = join(work, 'page.html');
    writeFileSync(file, page);
    run('chromium', [...chromiumFlags, '--window-size=1236,1332', '--virtual-time-budget=5000', `--screenshot=${join(root, 'docs/typography', `peers-${s.Name}.png`)}`, pathToFileURL(file).href]);
  }
}
const dataURL = (bytes) => `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`;

const parts = { faults, pictures };
if (!parts[process.argv[2]]) {
  console.error('usage: peers.mjs faults|pictures');
  process.exit(2);
}
await parts[process.argv[2]]();
