// The demonstration walked through in each role, as its people would.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { as, close, overflows, page, phone, places, serious, signIn, stop, url } from './browser.mjs';

after(stop);

// What the navigation offers to whom: every role its work, and nothing else.
const OFFERED = {
  city: ['/', '/enterprises', '/screening', '/what-if', '/populations', '/rulebooks', '/decisions'],
  leader: ['/', '/enterprises', '/screening', '/what-if'],
  district: ['/', '/enterprises', '/screening', '/what-if'],
  firm: ['/', '/enterprises'],
  bank: ['/', '/enterprises'],
  expert: ['/'],
  provider: ['/'],
  admin: ['/', '/people', '/organisations', '/jobs', '/schedules'],
  auditor: ['/', '/audit'],
};
const NEVER = {
  city: ['/audit', '/security', '/schedules'],
  leader: ['/people', '/audit', '/schedules'],
  district: ['/audit', '/security', '/schedules'],
  firm: ['/screening', '/what-if', '/audit', '/populations'],
  bank: ['/screening', '/what-if', '/audit', '/people'],
  expert: ['/enterprises', '/screening', '/people', '/audit'],
  provider: ['/enterprises', '/screening', '/audit'],
  admin: ['/enterprises', '/screening', '/what-if', '/populations', '/audit'],
  auditor: ['/enterprises', '/screening', '/populations', '/schedules'],
};

for (const [login, offered] of Object.entries(OFFERED)) {
  test(`${login} sees what it may and nothing else`, async () => {
    const one = await as(login);
    await one.goto('/');
    const links = await places(one);
    for (const place of offered) assert.ok(links.includes(place), `${login} is not offered ${place}: ${links}`);
    for (const place of NEVER[login]) {
      assert.ok(!links.includes(place), `${login} is offered ${place}`);
      const answer = await one.goto(place);
      assert.ok([403, 404].includes(answer.status()), `${login} ${place}: ${answer.status()}`);
    }
    for (const place of links) {
      const answer = await one.goto(place);
      assert.equal(answer.status(), 200, `${login} ${place}`);
      assert.deepEqual(await serious(one), [], `${login} ${place}`);
    }
    await close(one);
  });
}

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
  await one.goto(one.url().replace(/=1\+?.*$/, '=abc'));
  assert.match(await one.locator('main').innerText(), /abc/);
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
  assert.equal(await overflows(one), false);
  await close(one);
});

test('on a phone nothing is wider than the screen', async () => {
  const one = await as('city', { viewport: phone });
  for (const place of ['/', '/enterprises', '/screening', '/what-if', '/rulebooks', '/own', '/programmes', '/self-check']) {
    await one.goto(place);
    assert.equal(await overflows(one), false, place);
  }
  await one.goto('/enterprises?programme=specialised-sme&stand=one-short');
  const firm = await one.locator('main a[href^="/enterprises/9"]').first().getAttribute('href');
  for (const place of [firm, `${firm}/specialised-sme`]) {
    await one.goto(place);
    assert.equal(await overflows(one), false, place);
  }
  await close(one);
});

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
    let asked = 0;
    for (; asked < 60; asked += 1) {
      const skip = one.locator('main button[name=reply][value=skip], main button[value=skip], main button:has-text("跳过"), main button:has-text("不清楚")').first();
      if ((await skip.count()) === 0) break;
      await skip.click();
      await one.waitForLoadState();
    }
    assert.ok(asked > 0);
    const end = one.locator('main button:has-text("结果"), main button:has-text("结束")').first();
    if ((await end.count()) > 0) await end.click();
    assert.match(await one.locator('main').innerText(), /待定|不符合|符合/);
    if (viewport) assert.equal(await overflows(one), false);
    assert.equal(await one.evaluate(() => document.cookie), '');
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
