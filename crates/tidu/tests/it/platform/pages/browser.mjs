// A browser over a running platform: signing in, looking for what nobody should meet, taking pictures.
//
// Where the platform is and how to get in comes by environment: TIDU_URL, TIDU_PASSWORD, CHROMIUM.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

export const url = process.env.TIDU_URL;
export const password = process.env.TIDU_PASSWORD;

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const wide = { width: 1440, height: 1000 };
export const phone = { width: 390, height: 844 };

let running;

export async function start() {
  running ??= await chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--force-color-profile=srgb'],
  });
  return running;
}

export async function stop() {
  await running?.close();
  running = undefined;
}

// A page of its own, in Chinese, with what goes wrong on it: errors of scripts, of the policy of content, of requests.
export async function page(options = {}) {
  const browser = await start();
  const context = await browser.newContext({ baseURL: url, viewport: wide, locale: 'zh-CN', ...options });
  context.setDefaultTimeout(15000);
  const page = await context.newPage();
  page.wrong = [];
  page.on('pageerror', (error) => page.wrong.push(`script: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of (401|403|404|409|410|422|428|429)/.test(message.text())) {
      page.wrong.push(`console: ${message.text()}`);
    }
  });
  page.on('response', (response) => {
    if (response.status() >= 500) page.wrong.push(`${response.status()} ${response.url()}`);
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(url)) page.wrong.push(`a request to elsewhere: ${request.url()}`);
  });
  return page;
}

export async function close(page) {
  assert.deepEqual(page.wrong, []);
  await page.context().close();
}

export async function signIn(page, login, word = password) {
  await page.goto('/sign-in');
  await page.locator('input[name=login]').fill(login);
  await page.locator('input[name=password]').fill(word);
  await Promise.all([page.waitForURL((to) => to.pathname !== '/sign-in'), page.locator('main form button').first().click()]);
}

// Somebody of the demonstration.
export async function as(login, options, word = password) {
  const one = await page(options);
  await signIn(one, login, word);
  return one;
}

// What axe finds that is serious or worse.
export async function serious(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  });
  return found;
}

// Whether the page is wider than the screen.
export async function overflows(page) {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1);
}

// The links of the navigation.
export async function places(page) {
  return page.locator('nav.side a.link').evaluateAll((links) => links.map((link) => new URL(link.href).pathname));
}

// Words of ours in the other language than the page's: keys of messages, English buttons and headings on a Chinese page,
// Chinese ones on an English page. Names of firms, people and documents stay as they are, and so does code.
export async function foreign(page) {
  return page.evaluate(() => {
    const words = document.querySelectorAll('h1, h2, h3, caption, thead th, label, legend, button, .button, nav a, dt, summary, .empty, .tiles .label');
    const english = document.documentElement.lang === 'en';
    const said = (word) => {
      const copy = word.cloneNode(true);
      for (const code of copy.querySelectorAll('code')) code.remove();
      return copy.textContent.trim();
    };
    const texts = [...words].map(said).filter(Boolean);
    const key = /^[a-z-]+\.[a-z-]+$/;
    const latin = /^[A-Za-z][A-Za-z ,.'-]*$/;
    const known = /^(English|Tidu|Excel|ZIP|CSV|JSON|API|TOTP)$/;
    const wrong = (text) => key.test(text) || (english ? /^[\u4e00-\u9fff]+$/.test(text) && text !== '中文' : latin.test(text) && !known.test(text));
    return texts.filter(wrong);
  });
}

// The six digits of an authenticator, so many steps from now.
export function code(secret, steps = 0) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret.replace(/[\s=]/g, '').toUpperCase()]
    .map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000) + steps));
  const hash = createHmac('sha1', key).update(counter).digest();
  const at = hash[19] & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1000000).padStart(6, '0');
}
