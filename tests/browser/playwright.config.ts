import { defineConfig } from '@playwright/test';

/** Debian's browser; nothing is ever downloaded. */
const chromium = process.env.MOTCUA_CHROMIUM ?? '/usr/bin/chromium-headless-shell';

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
    { name: 'now', testIgnore: /when-time-passes/ },
    // The clock is everybody's and only goes forward.
    { name: 'later', testMatch: /when-time-passes/, dependencies: ['now'] },
  ],
  use: {
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    locale: 'vi-VN',
    // An officer's computer may be set to any zone; the screens must speak of Vietnam's time all the same.
    timezoneId: 'America/New_York',
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: chromium,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
