// Headless Chromium, controlled through the DevTools protocol on a pipe. Each concurrent render has a
// page that is loaded once. For each card, the text and photo are set and a screenshot is taken.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as look from './look.mjs';

const flags = [
  '--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-extensions', '--disable-backgrounding-occluded-windows', '--disable-renderer-backgrounding', '--remote-debugging-pipe', 'about:blank',
];

export async function open(fonts, inflight) {
  const home = mkdtempSync(join(tmpdir(), 'chromium-'));
  const browser = spawn('chromium', [...flags, `--user-data-dir=${home}`, '--allow-file-access-from-files'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
  const call = protocol(browser);
  const photos = await photoServer();
  const file = join(home, 'card.html');
  writeFileSync(file, page(fonts));
  const idle = [];
  for (let i = 0; i < inflight; i++) idle.push(await openPage(call, pathToFileURL(file).href));
  const draw = async (card, photo, format) => {
    const session = idle.pop();
    const set = { expression: `show(${JSON.stringify({ ...card, photo })})`, awaitPromise: true };
    const shown = await call('Runtime.evaluate', set, session);
    if (shown.exceptionDetails) throw new Error(shown.exceptionDetails.exception?.description ?? shown.exceptionDetails.text);
    const shot = await call('Page.captureScreenshot', { ...format, optimizeForSpeed: true }, session);
    idle.push(session);
    return Buffer.from(shot.data, 'base64');
  };
  return {
    async photo(card, jpeg) {
      const url = photos.offer(card.key, jpeg);
      return draw(card, url, { format: 'jpeg', quality: look.quality }).finally(() => photos.take(card.key));
    },
    text: (card) => draw(card, '', { format: 'png' }),
    async close() {
      photos.close();
      const ended = new Promise((done) => browser.once('exit', done));
      call('Browser.close', {}).catch(() => {});
      await ended;
      rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

// protocol exchanges JSON messages, each followed by a zero byte, over file descriptors 3 and 4.
function protocol(browser) {
  const waiting = new Map();
  let last = 0;
  let rest = [];
  browser.stdio[4].on('data', (chunk) => {
    let from = 0;
    for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, from)) {
      rest.push(chunk.subarray(from, end));
      const message = JSON.parse(Buffer.concat(rest));
      rest = [];
      from = end + 1;
      const asked = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.error) asked?.reject(new Error(message.error.message));
      else asked?.resolve(message.result);
    }
    rest.push(chunk.subarray(from));
  });
  browser.once('exit', () => waiting.forEach((asked) => asked.reject(new Error('chromium ended'))));
  return (method, params, sessionId) =>
    new Promise((resolve, reject) => {
      waiting.set(++last, { resolve, reject });
      browser.stdio[3].write(`${JSON.stringify({ id: last, method, params, sessionId })}\0`);
    });
}

async function openPage(call, url) {
  const { targetId } = await call('Target.createTarget', { url: 'about:blank', newWindow: true });
  const { sessionId } = await call('Target.attachToTarget', { targetId, flatten: true });
  await call('Emulation.setDeviceMetricsOverride', { width: look.width, height: look.height, deviceScaleFactor: 1, mobile: false }, sessionId);
  await call('Page.navigate', { url }, sessionId); // returns before the page has finished loading
  await call('Runtime.evaluate', { expression: 'new Promise(r=>document.readyState==="complete"?r():addEventListener("load",r)).then(()=>Promise.all([...document.fonts].map(f=>f.load())))', awaitPromise: true }, sessionId);
  return sessionId;
}

// photoServer serves photos to the page over HTTP on loopback while they are registered.
async function photoServer() {
  const offered = new Map();
  const server = createServer({ keepAliveTimeout: 60_000 }, (req, res) => {
    const jpeg = offered.get(req.url);
    res.writeHead(jpeg ? 200 : 404, { 'Content-Type': 'image/jpeg', 'Cache-Control': 'no-store' }).end(jpeg);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return {
    offer(key, jpeg) {
      offered.set(`/${key}`, jpeg);
      return `http://127.0.0.1:${server.address().port}/${key}`;
    },
    take: (key) => offered.delete(`/${key}`),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function page(fonts) {
  const faces = fonts.map((f) => `@font-face{font-family:Body;font-weight:${f.weight};src:url(${pathToFileURL(f.file)})}`).join('\n');
  return `<!doctype html><meta charset="utf-8"><style>${faces}
body{margin:0;width:${look.width}px;height:${look.height}px;overflow:hidden;font-family:Body;background:${look.text.paper};position:relative}
img{position:absolute;width:100%;height:100%;object-fit:cover}
main{position:absolute;inset:0;padding:${look.bottom}px ${look.margin}px;display:flex;flex-direction:column;justify-content:center;gap:${look.gap}px;color:${look.text.ink};line-height:${look.lineHeight};word-break:keep-all}
h1{margin:0;font-size:${look.text.headlinePx}px;font-weight:800}p{margin:0;font-size:${look.text.captionPx}px;font-weight:500}
.photo main{justify-content:flex-end;color:${look.ink};background:${look.css.scrim}}.photo h1{font-size:${look.headlinePx}px}.photo p{font-size:${look.captionPx}px}
</style><body><main><h1></h1><p></p></main><script>
async function show({headline,caption,photo}){
  document.querySelector('img')?.remove();
  document.body.className=photo?'photo':'';
  document.querySelector('h1').textContent=headline;
  document.querySelector('p').textContent=caption;
  if(!photo)return;
  const img=new Image();
  img.src=photo;
  await img.decode();
  document.body.prepend(img);
}
</script>`;
}
