// Requests at an even rate against a running demonstration: how long its pages take.
//
//   node load.mjs pages      the pages of a city officer, a leader, a district's officer (default)
//   node load.mjs sign-in    signing in, again and again, with accounts of the demonstration
//
// TIDU_URL and TIDU_PASSWORD say where the demonstration is, RATE how many requests a second (50), SECONDS for how
// long (30). Each request starts at its own moment, whether or not those before it were answered, and is timed from
// that moment: what waits in a queue counts.

import { Agent, request } from 'node:http';

const url = new URL(process.env.TIDU_URL ?? 'http://127.0.0.1:8400');
const password = process.env.TIDU_PASSWORD;
const rate = Number(process.env.RATE ?? 50);
const seconds = Number(process.env.SECONDS ?? 30);
const what = process.argv[2] ?? 'pages';

const agent = new Agent({ keepAlive: true, maxSockets: 256 });

function ask(method, path, { cookie, form } = {}) {
  return new Promise((resolve, reject) => {
    const body = form ? new URLSearchParams(form).toString() : undefined;
    const headers = { 'accept-language': 'zh', ...(cookie && { cookie }) };
    if (body) Object.assign(headers, { origin: url.origin, 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) });
    const sent = request({ agent, host: url.hostname, port: url.port, method, path, headers }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, text: Buffer.concat(parts).toString() }));
      answer.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const cookies = (answer) => (answer.headers['set-cookie'] ?? []).map((one) => one.split(';')[0]).filter((one) => !one.endsWith('='));

// A session's cookie. The form carries a proof that belongs to a cookie of its own.
async function signIn(login) {
  const blank = await ask('GET', '/sign-in');
  const hidden = [...blank.text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  const cookie = cookies(blank).join('; ');
  const form = { ...Object.fromEntries(hidden.map(([, name, value]) => [name, value])), login, password };
  const answer = await ask('POST', '/sign-in', { cookie, form });
  if (answer.status !== 303) throw new Error(`${login} cannot sign in: ${answer.status}`);
  return [cookie, ...cookies(answer)].filter(Boolean).join('; ');
}

// What somebody opens in a day: the home page, lists in several orders, firms, what stands behind a verdict.
async function pages() {
  const asked = [];
  for (const login of ['city', 'leader', 'district']) {
    const cookie = await signIn(login);
    const list = await ask('GET', '/enterprises', { cookie });
    const firms = [...new Set([...list.text.matchAll(/href="(\/enterprises\/[0-9A-Z]{18})"/g)].map(([, path]) => path))];
    const results = await ask('GET', '/screening', { cookie });
    const programmes = [...new Set([...results.text.matchAll(/href="\/screening\/([\w-]+)"/g)].map(([, id]) => id))];
    const paths = {
      home: ['/'],
      firms: ['/enterprises', '/enterprises?page=7', '/enterprises?q=%E9%9D%92', ...programmes.map((id) => `/enterprises?programme=${id}&stand=one-short&sort=shortfall`)],
      firm: firms,
      verdict: firms.slice(0, 8).flatMap((firm) => programmes.slice(0, 8).map((id) => `${firm}/${id}`)),
      screening: ['/screening'],
      results: programmes.map((id) => `/screening/${id}`),
      programmes: ['/programmes', ...programmes.map((id) => `/programmes/${id}`)],
    };
    for (const [kind, all] of Object.entries(paths)) {
      if (all.length > 0) asked.push({ kind, login, next: (turn) => ask('GET', all[turn % all.length], { cookie }), expect: 200 });
    }
  }
  return asked;
}

async function signIns() {
  return ['city', 'leader', 'district', 'auditor'].map((login) => ({ kind: 'sign-in', login, next: () => signIn(login).then(() => ({ status: 303 })), expect: 303 }));
}

const asked = await (what === 'sign-in' ? signIns() : pages());
const times = new Map([...asked.map(({ kind }) => [kind, []]), ['all', []]]);
const wrong = new Map();
const waiting = [];
const begin = performance.now() + 100;
for (let turn = 0; turn < rate * seconds; turn += 1) {
  const due = begin + (turn * 1000) / rate;
  const ahead = due - performance.now();
  if (ahead > 0) await new Promise((go) => setTimeout(go, ahead));
  const { kind, login, next, expect } = asked[turn % asked.length];
  waiting.push(
    next(Math.floor(turn / asked.length)).then(
      ({ status }) => {
        if (status !== expect) wrong.set(`${kind} ${login}: ${status}`, (wrong.get(`${kind} ${login}: ${status}`) ?? 0) + 1);
        for (const name of [kind, 'all']) times.get(name).push(performance.now() - due);
      },
      (error) => wrong.set(`${kind} ${login}: ${error.message}`, (wrong.get(`${kind} ${login}: ${error.message}`) ?? 0) + 1),
    ),
  );
}
await Promise.all(waiting);
agent.destroy();

const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))].toFixed(1).padStart(8);
console.log(`${rate} requests/s for ${seconds} s; milliseconds`);
console.log(`${'page'.padEnd(12)}${'count'.padStart(7)}${'p50'.padStart(8)}${'p95'.padStart(8)}${'p99'.padStart(8)}${'max'.padStart(8)}`);
for (const [kind, found] of times) {
  const sorted = found.toSorted((a, b) => a - b);
  console.log(`${kind.padEnd(12)}${String(sorted.length).padStart(7)}${at(sorted, 0.5)}${at(sorted, 0.95)}${at(sorted, 0.99)}${at(sorted, 1)}`);
}
for (const [what, count] of wrong) console.log(`WRONG ${what} × ${count}`);
process.exitCode = wrong.size > 0 ? 1 : 0;
