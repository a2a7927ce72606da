// The demonstration walked through in each role, as its people would.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { as, close, foreign, overflows, page, phone, places, serious, signIn, stop, url } from './browser.mjs';

after(stop);

// What the navigation offers to whom: every role its work, and nothing else.
const LAW = ['/programmes', '/numbers', '/rulebooks'];
const OWN = ['/own', '/self-check', '/own/checks', '/api'];
const FIRMS = ['/enterprises', '/screening', '/what-if', '/populations', '/decisions'];
const OFFERED = {
  city: ['/', ...FIRMS, ...LAW, '/people', '/organisations', '/delegations', ...OWN, '/jobs'],
  leader: ['/', ...FIRMS, ...LAW, '/organisations', ...OWN],
  district: ['/', ...FIRMS, ...LAW, '/people', '/organisations', '/delegations', ...OWN],
  firm: ['/', '/enterprises', '/decisions', ...LAW, '/people', '/organisations', '/delegations', ...OWN],
  member: ['/', '/enterprises', '/decisions', ...LAW, '/organisations', '/delegations', ...OWN],
  adviser: ['/', '/enterprises', '/decisions', ...LAW, '/organisations', '/delegations', ...OWN],
  bank: ['/', '/enterprises', ...LAW, '/organisations', ...OWN],
  expert: ['/', ...LAW, ...OWN],
  provider: ['/', '/organisations', ...LAW, ...OWN],
  admin: ['/', '/people', '/organisations', '/jobs', '/schedules', '/backups', '/health', ...LAW, ...OWN],
  auditor: ['/', '/people', '/organisations', '/delegations', '/audit', '/security', ...LAW, ...OWN],
};
// Everything that stands in anybody's navigation; what is not offered is refused.
const EVERYTHING = [...new Set(Object.values(OFFERED).flat()), '/approvals', '/erasures'];
// Asked for by everybody, though offered to those who have something there.
const OPEN = ['/jobs'];

for (const [login, offered] of Object.entries(OFFERED)) {
  test(`${login} sees what it may and nothing else, on every screen`, async () => {
    const one = await as(login);
    await one.goto('/');
    assert.deepEqual((await places(one)).sort(), [...offered].sort(), login);
    for (const place of EVERYTHING.filter((place) => !offered.includes(place) && !OPEN.includes(place))) {
      const answer = await one.goto(place);
      assert.ok([403, 404].includes(answer.status()), `${login} ${place}: ${answer.status()}`);
    }
    for (const place of offered) {
      const answer = await one.goto(place);
      assert.equal(answer.status(), 200, `${login} ${place}`);
      assert.deepEqual(await serious(one), [], `${login} ${place}`);
      assert.deepEqual(await foreign(one), [], `${login} ${place}`);
    }
    await noSideways(one, offered, login);
    await close(one);
  });
}

// No page moves sideways, on a phone or in large type.
async function noSideways(one, pages, who) {
  const wide = [];
  for (const size of ['normal', 'large']) {
    await one.goto(`/?type=${size}`);
    for (const viewport of size === 'normal' ? [phone] : [phone, { width: 1440, height: 1000 }]) {
      await one.setViewportSize(viewport);
      for (const place of pages) {
        await one.goto(place);
        if (await overflows(one)) wide.push(`${who} ${place} ${size} ${viewport.width}`);
      }
    }
  }
  assert.deepEqual(wide, []);
}

// How many rows a list says that it has.
async function total(one) {
  if ((await one.locator('main .empty').count()) > 0) return '0';
  return (await one.locator('main .total').first().innerText()).match(/共 ([\d,]+) 条/)[1];
}

for (const login of ['city', 'leader', 'district', 'admin']) {
  test(`each number on the home page of ${login} is that of the list behind it`, async () => {
    const one = await as(login);
    await one.goto('/');
    const numbers = await one.locator('main .tiles li:has(a), main .tallies li').evaluateAll((all) =>
      all.map((item) => [new URL(item.querySelector('a').href), item.querySelector('b').textContent])
        .map(([to, number]) => [to.pathname + to.search, number]),
    );
    const listed = numbers.filter(([to]) => /^\/(enterprises|people|jobs\?|organisations)/.test(to));
    assert.ok(listed.length >= 3, JSON.stringify(numbers));
    for (const [to, number] of listed) {
      await one.goto(to);
      assert.equal(await total(one), number, to);
    }
    const programmes = numbers.find(([to]) => to === '/screening');
    if (programmes) {
      await one.goto('/screening');
      assert.equal(String(await one.locator('#list tbody tr').count()), programmes[1]);
    }
    await close(one);
  });
}

test('the home page of a firm counts the verdicts of its page and leads to its plan', async () => {
  const one = await as('firm');
  await one.goto('/');
  assert.doesNotMatch(await one.locator('main').innerText(), /已完成二次验证/);
  const counts = await one.locator('main .tiles b').allInnerTexts();
  const firm = await one.locator('main .tiles a').first().getAttribute('href');
  await one.locator('main a.button').first().click();
  await one.waitForURL(/enterprises\/\w{18}\/[\w-]+$/);
  assert.match(await one.locator('main').innerText(), /提升方案/);
  await one.goto(firm);
  for (const [place, tone] of ['good', 'pending', 'open', 'bad', 'dim'].entries()) {
    assert.equal(String(await one.locator(`main td .verdict.tone-${tone}`).count()), counts[place], tone);
  }
  await close(one);
});

for (const scripts of [true, false]) {
  test(`from the list to a firm to its plan, ${scripts ? 'with' : 'without'} scripts`, async () => {
    const one = await as('city', { javaScriptEnabled: scripts });
    await one.goto('/screening');
    await one.locator('#list a[href="/screening/specialised-sme"]').first().click();
    await one.locator('main a[href*="stand=one-short"]').first().click();
    await one.locator('main td a[href^="/enterprises/"]').first().waitFor();
    await one.locator('main td a[href^="/enterprises/"]').first().click();
    assert.match(new URL(one.url()).pathname, /^\/enterprises\/[0-9A-Z]{18}$/);
    await one.locator('main td a[href$="/specialised-sme"]').first().click();
    const text = await one.locator('main').innerText();
    assert.match(text, /提升方案/);
    assert.match(text, /附件|条|款/);
    await close(one);
  });
}

test('a list is narrowed, sorted and taken out as a workbook', async () => {
  const one = await as('city');
  await one.goto('/enterprises');
  const all = await one.locator('.pager').innerText();
  await one.locator('select[name=section]').selectOption('C');
  await one.locator('form.filters button').first().click();
  await one.waitForURL(/section=C/);
  assert.notEqual(await one.locator('.pager').innerText(), all);
  await one.locator('th a[href*="sort="]').last().click();
  await one.waitForURL(/sort=/);
  const [file] = await Promise.all([one.waitForEvent('download'), one.locator('a[href*="export.xlsx"]').click()]);
  assert.equal(file.suggestedFilename(), 'enterprises.xlsx');
  await close(one);
});

test('what if: another number moves firms', async () => {
  const one = await as('city');
  await one.goto('/what-if');
  await one.locator('main a[href="/what-if/specialised-sme"]').first().click();
  const field = one.locator('input[name*=".rd"]').first();
  await field.fill('1 万元');
  await one.locator('form.what-if button').first().click();
  await one.waitForURL(/n\./);
  assert.match(await one.locator('main').innerText(), /新符合|新达到/);
  // A bare number counts in the unit beside the field, in whatever width it is typed.
  await one.locator('input[name*=".rd"]').first().fill('２００');
  await one.locator('form.what-if button').first().click();
  await one.waitForURL(/EF/);
  assert.match(await one.locator('main').innerText(), /→ 200 万元/);
  // A mistake stands beside its field, and what was typed is still there.
  await one.goto(one.url().replace(/=%EF.*$/, '=abc'));
  const wrong = one.locator('input[name*=".rd"]').first();
  assert.equal(await wrong.inputValue(), 'abc');
  assert.equal(await wrong.getAttribute('aria-invalid'), 'true');
  assert.match(await one.locator('tr.set .mistake').innerText(), /abc/);
  await close(one);
});

test('another language, and back', async () => {
  const one = await as('city');
  await one.goto('/enterprises');
  await one.locator('a[hreflang=en]').first().click();
  await one.waitForFunction(() => document.documentElement.lang === 'en');
  assert.match(await one.locator('h1').innerText(), /Firms/);
  await one.locator('a[hreflang=zh-CN]').first().click();
  await one.waitForFunction(() => document.documentElement.lang === 'zh-CN');
  await close(one);
});

test('large type is larger and stays', async () => {
  const one = await as('city');
  await one.goto('/enterprises');
  const size = () => one.evaluate(() => parseFloat(getComputedStyle(document.querySelector('main')).fontSize));
  const before = await size();
  await one.locator('details.drop summary').first().click();
  await one.locator('a[href*="type=large"]').first().click();
  await one.waitForLoadState();
  assert.ok((await size()) > before);
  await one.goto('/screening');
  assert.ok((await size()) > before);
  await close(one);
});

test('what lies deeper moves sideways neither on a phone nor in large type', async () => {
  const one = await as('city');
  await one.goto('/enterprises?programme=specialised-sme&stand=one-short');
  const firm = await one.locator('main a[href^="/enterprises/9"]').first().getAttribute('href');
  await one.goto('/populations');
  const population = await one.locator('main td a[href^="/populations/"]').first().getAttribute('href');
  await one.goto('/rulebooks');
  const rulebook = await one.locator('main td a[href^="/rulebooks/"]').first().getAttribute('href');
  await one.goto('/people');
  const person = await one.locator('main td a[href^="/people/"]').first().getAttribute('href');
  await noSideways(one, [
    '/enterprises?programme=specialised-sme&stand=one-short', firm, `${firm}/specialised-sme`,
    '/screening/specialised-sme', '/what-if/specialised-sme', '/programmes/specialised-sme',
    '/programmes/specialised-sme/numbers', '/numbers?owner=size_class', population, rulebook, person,
    '/populations/bring', '/rulebooks/bring', '/people/invite', '/api', '/developers/components', '/own/sessions',
    '/own/tokens', '/own/password',
  ], 'city');
  await close(one);
});

for (const lang of ['zh', 'en']) {
  test(`nothing of the other language stands on pages in ${lang}`, async () => {
    const one = await as('city');
    for (const place of OFFERED.city) {
      await one.goto(`${place}?lang=${lang}`);
      assert.deepEqual(await foreign(one), [], place);
    }
    await close(one);
  });
}

test('everything that is made up says so', async () => {
  const one = await as('city');
  for (const place of ['/', '/enterprises', '/screening', '/what-if', '/people']) {
    await one.goto(place);
    assert.match(await one.locator('body').innerText(), /演示/, place);
  }
  await close(one);
});

test('a district never meets another district’s firm', async () => {
  const own = await as('district');
  const other = await as('district2');
  await own.goto('/enterprises');
  const firm = await own.locator('main td a[href^="/enterprises/"]').first().getAttribute('href');
  const answer = await other.goto(firm);
  assert.equal(answer.status(), 404);
  await close(own);
  await close(other);
});

for (const [scripts, viewport] of [[true, undefined], [false, phone]]) {
  test(`the self-check from its start to its end, ${scripts ? 'with' : 'without'} scripts`, async () => {
    const one = await page({ javaScriptEnabled: scripts, ...(viewport ? { viewport } : {}) });
    await one.goto('/self-check');
    assert.deepEqual(scripts ? await serious(one) : [], []);
    await one.locator('main form button').first().click();
    // Whatever can be chosen is answered, the rest is skipped: what is asked next depends on it.
    const asked = new Set();
    for (let answers = 0; answers < 12; answers += 1) {
      await one.locator('.question h2').waitFor();
      asked.add(await one.locator('.question h2').innerText());
      const choices = one.locator('.question input[type=radio]');
      const chosen = (await choices.count()) > 0;
      if (chosen) await choices.nth(answers % 2).check();
      const go = one.locator('.question button', { hasText: chosen ? '下一题' : '跳过' }).first();
      await Promise.all([one.waitForResponse(/self-check/), go.click()]);
      await one.waitForLoadState();
      await one.locator('[aria-busy=true]').waitFor({ state: 'detached' });
    }
    assert.ok(asked.size > 6, [...asked].join(' | '));
    await one.locator('main button', { hasText: '查看全部结论' }).first().click();
    await one.locator('main button[formaction="/self-check/print"]').waitFor();
    assert.match(await one.locator('main').innerText(), /待定|不符合|符合/);
    if (viewport) assert.equal(await overflows(one), false);
    // On paper nothing is to be pressed, and what a programme is called is still there.
    await one.emulateMedia({ media: 'print' });
    assert.equal(await one.locator('button:not(.name):visible').count(), 0);
    assert.ok((await one.locator('td .name:visible').count()) > 0);
    await one.emulateMedia({ media: 'screen' });
    await one.locator('main button[formaction="/self-check/print"]').click();
    await one.waitForLoadState();
    await one.emulateMedia({ media: 'print' });
    assert.match(await one.locator('main').innerText(), /依据[\s\S]*待核对原文/);
    assert.equal(await one.locator('nav:visible, button:visible').count(), 0);
    assert.equal(await one.evaluate(() => document.cookie), '');
    await close(one);
  });
}

for (const scripts of [true, false]) {
  test(`the way back through a self-check loses nothing, ${scripts ? 'with' : 'without'} scripts`, async () => {
    const one = await page({ javaScriptEnabled: scripts });
    await one.goto('/self-check');
    await one.locator('main form button').first().click();
    const question = () => one.locator('.question h2').innerText();
    const skip = async () => {
      const go = one.locator('.question button', { hasText: '跳过' });
      await Promise.all([one.waitForResponse(/self-check/), go.click()]);
      await one.waitForLoadState();
    };
    await one.locator('.question h2').waitFor();
    const asked = [await question()];
    for (let answers = 0; answers < 3; answers += 1) {
      await skip();
      asked.push(await question());
    }
    assert.equal(new Set(asked).size, 4, asked.join(' | '));
    for (const before of asked.slice(0, 3).reverse()) {
      await one.goBack();
      assert.equal(await question(), before);
    }
    await skip();
    assert.equal(await question(), asked[1]);
    // The address alone leads to the beginning.
    await one.goto('/self-check/answer');
    assert.equal(new URL(one.url()).pathname, '/self-check');
    await close(one);
  });
}

test('who signs out is out', async () => {
  const one = await page();
  await signIn(one, 'city');
  await one.locator('form[action="/sign-out"] button').first().click();
  await one.waitForURL(/sign-in/);
  await one.goto('/enterprises');
  assert.match(one.url(), /sign-in/);
  assert.ok(one.url().startsWith(url));
  await close(one);
});
