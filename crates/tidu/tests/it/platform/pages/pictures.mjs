// Pictures of every page of a running demonstration, for looking at them, or the few that the guide shows.
//
//   node pictures.mjs all FOLDER      every page that each role is offered, wide and on a phone, in both languages
//   node pictures.mjs guide FOLDER    the pictures of README and guide
//
// TIDU_URL and TIDU_PASSWORD say where the demonstration is, CHROMIUM where the browser.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { as, page as fresh, phone, places, stop, wide } from './browser.mjs';

const [, , what = 'all', folder = 'pictures'] = process.argv;
const EVERYBODY = ['city', 'leader', 'district', 'firm', 'adviser', 'bank', 'provider', 'expert', 'admin', 'security', 'auditor'];
const PUBLIC = ['/sign-in', '/self-check', '/programmes', '/api', '/developers/components'];

mkdirSync(folder, { recursive: true });

async function picture(page, path, name, fullPage = true) {
  const answer = await page.goto(path);
  if (!answer || answer.status() >= 400) return console.error(`${path}: ${answer?.status()}`);
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage });
}

const named = (path) => (path === '/' ? 'home' : path.slice(1).replace(/[^\w-]+/g, '-'));

async function all() {
  for (const [size, viewport] of [['wide', wide], ['phone', phone]]) {
    for (const lang of ['zh', 'en']) {
      for (const login of EVERYBODY) {
        const page = await as(login, { viewport });
        await page.goto(`/?lang=${lang}`);
        for (const path of await places(page)) await picture(page, path, `${login}-${named(path)}-${size}-${lang}`);
        await page.context().close();
      }
      const page = await fresh({ viewport });
      await page.goto(`/sign-in?lang=${lang}`);
      for (const path of PUBLIC) await picture(page, path, `public-${named(path)}-${size}-${lang}`);
      await page.context().close();
    }
  }
}

// What the guide shows: a screen of each, so that text stays readable.
async function guide() {
  const city = await as('city', { viewport: { width: 1280, height: 860 } });
  await picture(city, '/', 'home', false);
  await picture(city, '/enterprises?programme=specialised-sme&stand=one-short&sort=shortfall', 'firms', false);
  const firm = await city.locator('main td a[href^="/enterprises/"]').first().getAttribute('href');
  await picture(city, firm, 'firm', false);
  await picture(city, `${firm}/specialised-sme`, 'verdict', false);
  await picture(city, '/screening', 'screening', false);
  await picture(city, '/screening/specialised-sme', 'programme-results', false);
  const changed = encodeURIComponent('50 万元');
  await picture(city, `/what-if/specialised-sme?n.specialised-sme@2026.rd.amount=${changed}`, 'what-if', false);
  await picture(city, '/programmes/specialised-sme', 'programme', false);
  await picture(city, '/populations', 'populations', false);
  await city.context().close();
  for (const [login, name] of [['leader', 'leader'], ['district', 'district'], ['firm', 'own-firm'], ['auditor', 'auditor'], ['admin', 'administrator']]) {
    const page = await as(login, { viewport: { width: 1280, height: 860 } });
    await picture(page, '/', name, false);
    await page.context().close();
  }
  const someone = await fresh({ viewport: phone });
  await picture(someone, '/self-check', 'self-check', false);
  await someone.context().close();
}

await (what === 'guide' ? guide() : all());
await stop();
