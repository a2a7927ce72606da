// A fresh installation: the first administrator comes in, sets a second factor, and invites somebody, who comes in too.
// TIDU_ADMIN is the password for one time that the first start printed.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { as, close, code, overflows, page, phone, places, serious, signIn, stop } from './browser.mjs';

after(stop);

const NEW = 'Langes-Kennwort-2026-梯度';
const path = (one) => new URL(one.url()).pathname;

async function press(one, to) {
  await Promise.all([one.waitForURL((url) => to.test(url.pathname)), one.locator('main form.box button').first().click()]);
}

let secret;

test('from the first start to an administrator with a second factor', async () => {
  const one = await page();
  await signIn(one, 'admin', process.env.TIDU_ADMIN);
  // Whatever is asked for, a password for one time has to be replaced first, then a second factor set up.
  await one.goto('/people');
  assert.match(await one.locator('main').innerText(), /新密码/);
  await one.goto('/');
  assert.equal(path(one), '/own/password');
  assert.deepEqual(await places(one), []);
  await one.locator('input[name=present]').fill(process.env.TIDU_ADMIN);
  await one.locator('input[name=password]').fill(NEW);
  await one.locator('input[name=again]').fill(`${NEW}x`);
  await press(one, /password/);
  assert.match(await one.locator('main .mistake').first().innerText(), /./);
  await one.locator('input[name=present]').fill(process.env.TIDU_ADMIN);
  await one.locator('input[name=password]').fill(NEW);
  await one.locator('input[name=again]').fill(NEW);
  await press(one, /second-factor/);

  assert.deepEqual(await serious(one), []);
  const shown = await one.locator('main').innerText();
  [secret] = shown.replace(/(?<=[A-Z2-7]) (?=[A-Z2-7])/g, '').match(/[A-Z2-7]{26,}/);
  await one.locator('input[name=code]').fill('000000');
  await one.locator('input[name=present]').fill(NEW);
  await press(one, /second-factor/);
  assert.ok((await one.locator('main .mistake').count()) > 0);
  await one.locator('input[name=code]').fill(code(secret));
  await one.locator('input[name=present]').fill(NEW);
  await press(one, /^\/(own)?$/);

  // The home page of a fresh platform: nothing waits, everything that there is to do is offered.
  await one.goto('/');
  assert.match(await one.locator('main').innerText(), /已完成二次验证/);
  assert.ok((await places(one)).includes('/health'));
  for (const viewport of [phone, { width: 1440, height: 1000 }]) {
    await one.setViewportSize(viewport);
    for (const place of await places(one)) {
      await one.goto(place);
      assert.deepEqual(await serious(one), [], place);
      assert.equal(await overflows(one), false, place);
    }
  }
  await close(one);
});

test('an invitation: whoever has the link chooses a password and is in; the role waits for approval', async () => {
  const one = await page();
  await signIn(one, 'admin', NEW);
  assert.equal(path(one), '/second-factor');
  // A code works once, and a wrong one does not do.
  await one.locator('input[name=code]').fill('000000');
  await one.locator('main form button').first().click();
  await one.waitForLoadState();
  assert.equal(path(one), '/second-factor');
  await one.locator('input[name=code]').fill(code(secret, 1));
  await Promise.all([one.waitForURL((to) => to.pathname === '/'), one.locator('main form button').first().click()]);

  await one.goto('/people/invite');
  await one.locator('main a[href*="organisation="]').first().click();
  await one.locator('input[name=name]').fill('王芳');
  await one.locator('input[name=login]').fill('wangfang');
  await one.locator('select[name=role]').selectOption('city-officer');
  await press(one, /invite/);
  const link = new URL((await one.locator('.secret code').innerText()).trim());
  await one.goto('/');
  const waits = one.locator('main .tiles li', { hasText: '已邀请待启用账号' });
  assert.equal(await waits.locator('b').innerText(), '1');
  await waits.locator('a').click();
  assert.match(await one.locator('#list').innerText(), /王芳[\s\S]*待启用/);
  await close(one);

  const other = await page({ viewport: phone });
  await other.goto(link.pathname + link.search);
  assert.deepEqual(await serious(other), []);
  assert.equal(await overflows(other), false);
  await other.locator('input[name=password]').fill(`${NEW}!`);
  await other.locator('input[name=again]').fill(`${NEW}!`);
  await press(other, /^\/$/);
  assert.match(await other.locator('main').innerText(), /审批/);
  await other.goto(link.pathname + link.search);
  await other.locator('input[name=password]').fill(`${NEW}?`);
  await other.locator('input[name=again]').fill(`${NEW}?`);
  await press(other, /invitation/);
  assert.ok((await other.locator('main .mistake, main .note.wrong').count()) > 0, 'an invitation works once');
  await close(other);
  const again = await as('wangfang', {}, `${NEW}!`);
  assert.equal((await again.goto('/people')).status(), 403);
  await close(again);
});
