import { axeFindsNothing, axeLooksAt, Data, everything, fits, picture, speaks } from '../support/checks.ts';
import { screens } from '../support/screens.ts';
import { expect, scene, test } from '../support/test.ts';

const widths = [
  { width: 1280, height: 900 },
  { width: 360, height: 740 },
] as const;

test.describe('every page is free of axe violations, fits its screen and speaks one language:', () => {
  for (const screen of screens)
    test(screen.name, async ({ regulars }) => {
      const path = typeof screen.path === 'string' ? screen.path : screen.path(scene().dossiers);
      const page = await regulars.tab(screen.who);
      const data = new Data(page);
      for (const language of ['vi', 'en'] as const) {
        if (language === 'en' && screen.stays) {
          await page.setViewportSize(widths[0]);
          await page.getByRole('button', { name: 'English' }).click();
          // Only then what the server says is asked for anew.
          await expect(page.locator('html')).toHaveAttribute('lang', language);
        } else {
          await page.evaluate((l) => localStorage.setItem('motcua.language', l), language).catch(() => undefined);
          await page.setViewportSize(widths[0]);
          await page.goto(path);
        }
        await expect(screen.ready(page)).toBeVisible();
        await data.quiet();
        if (language === 'vi' || !screen.stays) await screen.then?.(page, language);
        for (const size of widths) {
          await page.setViewportSize(size);
          const where = `${screen.name} in ${language} at ${size.width} px`;
          // Colours are the same in both languages: they are looked at where the whole table stands.
          const colours = everything || language === 'en';
          if (axeLooksAt(language, size.width)) await axeFindsNothing(page, where, { colours });
          await fits(page, where);
          if (size.width === 1280) await speaks(page, language, data, where);
          await picture(page, `${screen.name}-${language}-${size.width}`, { fullPage: true });
        }
      }
    });
});
