import type { Locator, Page } from '@playwright/test';
import type { Api } from './api.ts';
import { takeIn } from './scene.ts';
import { expect } from './test.ts';
import { owesLePhi } from './till.ts';
import { vi } from './words.ts';

/** An account that is collected to, as far as the tests care. */
interface Account {
  id: string;
  authority_id: string;
  state: string;
  bank_bin: string;
  account_number: string;
}

/** The ticks of the dialog in which money is held against collections. */
export const ticks = (page: Page): Locator => page.getByRole('dialog').locator('[name=collection_ids]');
export const tickOf = (page: Page, code: string): Locator =>
  page.getByRole('dialog').getByRole('checkbox', { name: new RegExp(`^${code}`) });
export const sendTicks = (page: Page): Locator =>
  page.getByRole('dialog').getByRole('button', { name: vi('payment:reconcile.send'), exact: true });

/** Collects by the cashier's word what a dossier owes. */
export async function collects(api: Api, amount: number, method: 'transfer' | 'card', reference: string) {
  const owes = await owesLePhi(api, await takeIn(api), amount);
  await api.act('thungan', await api.get('thungan', owes.id), 'payments', { settlement: 'paid', method, reference });
  return owes;
}

/** The account that the ward collects to. */
export async function accountOf(api: Api): Promise<Account> {
  const ward = await api.ward('thd');
  const { items } = await api.call<{ items: Account[] }>('thungan', 'GET', '/collection-accounts?limit=100');
  const found = items.find((a) => a.authority_id === ward.id && a.state === 'collecting');
  if (!found) throw new Error('the ward collects to no account');
  return found;
}

/** The bank tells of money for the ward; waits until it is listed. */
export async function comes(api: Api, amount: number, text: string): Promise<{ state: string }> {
  const { bank_bin, account_number } = await accountOf(api);
  await api.call('thungan', 'POST', '/demo/bank-transfers', {
    bank_bin,
    account_number,
    amount_vnd: amount,
    description: text,
    payer_name: 'LE THI CUC',
  });
  let money: { state: string; description: string } | undefined;
  await expect
    .poll(async () => {
      const { items } = await api.call<{ items: { state: string; description: string }[] }>('thungan', 'GET', '/bank-transactions?limit=100');
      money = items.find((m) => m.description.includes(text));
      return money !== undefined;
    })
    .toBe(true);
  return money ?? { state: '' };
}
