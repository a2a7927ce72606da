// A fresh installation: the first administrator comes in, sets a second factor, and invites somebody, who comes in too.
// TIDU_ADMIN is the password for one time that the first start printed.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { close, code, page, serious, signIn, stop } from './browser.mjs';

after(stop);

const NEW = 'Langes-Kennwort-2026-梯度';

test('from the first start to an administrator with a second factor, and an invitation', async () => {
  const one = await page();
  await signIn(one, 'admin', process.env.TIDU_ADMIN);
  // A password for one time has to be replaced first.
  await one.goto('/own/password');
  await one.locator('input[name=old], input[name=current]').first().fill(process.env.TIDU_ADMIN);
  const fresh = one.locator('input[autocomplete=new-password]');
  for (let index = 0; index < (await fresh.count()); index += 1) await fresh.nth(index).fill(NEW);
  await one.locator('main form button').last().click();
  await one.waitForLoadState();
  // Then a second factor.
  await one.goto('/own/second-factor');
  assert.deepEqual(await serious(one), []);
  const shown = await one.locator('main').innerText();
  const secret = shown.replace(/(?<=[A-Z2-7]) (?=[A-Z2-7])/g, '').match(/[A-Z2-7]{26,}/)[0];
  const password = one.locator('input[type=password]');
  if ((await password.count()) > 0) await password.first().fill(NEW);
  await one.locator('input[name=code]').fill(code(secret));
  await one.locator('main form button').last().click();
  await one.waitForLoadState();
  await one.goto('/people');
  assert.equal(await one.locator('h1').innerText(), '人员');

  // An organisation and an invitation.
  await one.goto('/people/invite');
  await one.locator('select[name=organisation], input[name=organisation]').first().waitFor({ state: 'attached' });
  const choose = one.locator('select[name=organisation]');
  if ((await choose.count()) > 0) {
    await choose.selectOption({ index: 1 }).catch(() => choose.selectOption({ index: 0 }));
    await one.locator('main form button').last().click();
    await one.waitForLoadState();
  }
  await one.locator('input[name=name]').fill('王芳');
  await one.locator('input[name=login]').fill('wangfang');
  await one.locator('select[name=role]').selectOption('city-officer');
  await one.locator('main form button').last().click();
  await one.waitForLoadState();
  const link = (await one.locator('.secret code').innerText()).trim();
  await close(one);

  // Whoever has the link chooses a password and is in; the role waits for approval.
  const other = await page();
  await other.goto(new URL(link).pathname + new URL(link).search);
  assert.deepEqual(await serious(other), []);
  const words = other.locator('input[type=password]');
  for (let index = 0; index < (await words.count()); index += 1) await words.nth(index).fill(`${NEW}!`);
  await other.locator('main form button').last().click();
  await other.waitForLoadState();
  await signIn(other, 'wangfang', `${NEW}!`);
  assert.match(await other.locator('main').innerText(), /审批|角色/);
  await close(other);

  // The administrator comes back with the second factor; a wrong code does not do.
  const again = await page();
  await signIn(again, 'admin', NEW);
  await again.locator('input[name=code]').fill('000000');
  await again.locator('main form button').first().click();
  await again.waitForLoadState();
  assert.match(again.url(), /second-factor/);
  await again.locator('input[name=code]').fill(code(secret, 1));
  await Promise.all([
    again.waitForURL((to) => to.pathname === '/'),
    again.locator('main form button').first().click(),
  ]);
  await close(again);
});
