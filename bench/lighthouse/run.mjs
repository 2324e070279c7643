// Runs Lighthouse on a sample article page that uses the embed kit, as a phone and as a desktop
// computer. It prints the scores and fails if performance, accessibility or best practices is below 100.
//
//   node bench/lighthouse/run.mjs CARDS_PROGRAM
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { gzipSync } from 'node:zlib';
import * as chromeLauncher from 'chrome-launcher';
import lighthouse, { desktopConfig } from 'lighthouse';

const here = import.meta.dirname;
const styles = path.join(here, '../../internal/web/browsertest/pages/article.css');

// serve starts the service and returns its address and token.
const serve = async (program, data) => {
  const service = spawn(program, ['serve', '--addr', '127.0.0.1:0', '--data', data, '--log-level', 'error'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const said = {};
  for await (const line of createInterface({ input: service.stdout })) {
    const [, name, value] = /^\s+(studio|API token  in)\s+(.+)$/.exec(line) || [];
    if (name) said[name] = value.replace(/\/(\?.*)?$/, '');
    if (said['API token  in']) break;
  }
  const token = await readFile(said['API token  in'], 'utf8');
  return { service, cards: said.studio, token: token.trim() };
};

const register = async (cards, token) => {
  const answer = await fetch(`${cards}/v1/articles/harbour`, {
    method: 'PUT', headers: { Authorization: `Bearer ${token}` },
    body: JSON.stringify({ url: 'https://news.example/harbour', headline: 'Harbour lamps lit early as the storm turns', lang: 'en' }),
  });
  if (!answer.ok) throw new Error(`PUT: ${answer.status} ${await answer.text()}`);
};

// site is the newspaper's web server. It serves the page and its styles, compressed and cacheable.
const site = async (cards) => {
  const page = (await readFile(path.join(here, 'article.html'), 'utf8')).replaceAll('CARDS', cards);
  const files = {
    '/': ['text/html; charset=utf-8', page], '/article.css': ['text/css', await readFile(styles, 'utf8')],
    '/icon.svg': ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><path d="M0 0h2v2H0z"/></svg>'],
    '/robots.txt': ['text/plain', 'User-agent: *\nAllow: /\n'],
  };
  const server = http.createServer((request, response) => {
    const [type, body] = files[request.url] || [];
    if (!type) return response.writeHead(404).end();
    return response.writeHead(200, {
      'Content-Type': type, 'Content-Encoding': 'gzip', 'Cache-Control': 'public, max-age=31536000',
      'Content-Security-Policy': `default-src 'self'; script-src ${cards}; connect-src ${cards}`,
    }).end(gzipSync(body));
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return server;
};

const wanted = ['performance', 'accessibility', 'best-practices'];

const look = async (address, config) => {
  const chrome = await chromeLauncher.launch({ chromePath: process.env.CHROME_PATH || '/usr/bin/chromium', chromeFlags: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic'] });
  try {
    const { lhr } = await lighthouse(address, { port: chrome.port, output: 'json', onlyCategories: wanted, logLevel: 'error' }, config);
    return lhr;
  } finally {
    chrome.kill();
  }
};

const report = (name, lhr) => {
  const scores = wanted.map((id) => [id, Math.round(lhr.categories[id].score * 100)]);
  console.log(`${name}: ${scores.map(([id, score]) => `${id} ${score}`).join(', ')}`);
  for (const id of ['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift']) console.log(`  ${id}: ${lhr.audits[id].displayValue}`);
  for (const audit of Object.values(lhr.audits)) {
    if (audit.score !== null && audit.score < 0.9) console.log(`  ${audit.id}: ${audit.title}`);
  }
  return scores.every(([, score]) => score === 100);
};

const data = await mkdtemp(path.join(tmpdir(), 'lighthouse-'));
const { service, cards, token } = await serve(process.argv[2], data);
let fine = true;
try {
  await register(cards, token);
  const server = await site(cards);
  const address = `http://127.0.0.1:${server.address().port}/`;
  fine = report('phone', await look(address)) && fine;
  fine = report('computer', await look(address, desktopConfig)) && fine;
  server.close();
} finally {
  service.kill();
  await rm(data, { recursive: true, force: true });
}
process.exitCode = fine ? 0 : 1;
