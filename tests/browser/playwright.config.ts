import { defineConfig } from '@playwright/test';

/** Debian's browser without its windows: the same engine, a fifth less work. Nothing is ever downloaded. */
const chromium = process.env.MOTCUA_CHROMIUM ?? '/usr/bin/chromium-headless-shell';
/** The whole browser, where a document is shown in a tab: the other has no viewer of documents. */
const whole = process.env.MOTCUA_CHROMIUM ?? '/usr/bin/chromium';
const papers =
  /(cashier-day|closing|declarations|files|handover-sheet|letters|receipts|register|return-receipt|sheets|slip|till)\.spec/;
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export default defineConfig({
  testDir: './specs',
  outputDir: './results/failures',
  globalSetup: './support/global-setup.ts',
  fullyParallel: true,
  forbidOnly: true,
  workers: Number(process.env.MOTCUA_BROWSER_WORKERS ?? 2),
  // The machine may be building something else meanwhile.
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  projects: [
    { name: 'papers', testMatch: papers, use: { launchOptions: { executablePath: whole, args } } },
    { name: 'now', testIgnore: [papers, /when-time-passes/] },
    // The clock is everybody's and only goes forward.
    { name: 'later', testMatch: /when-time-passes/, dependencies: ['papers', 'now'] },
  ],
  use: {
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    locale: 'vi-VN',
    // An officer's computer may be set to any zone; the screens must speak of Vietnam's time all the same.
    timezoneId: 'America/New_York',
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: chromium, args },
  },
});
