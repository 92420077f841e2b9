import { Data } from "../support/checks.ts";
import { lookAt } from "../support/panel.ts";
import { takeIn } from "../support/scene.ts";
import { expect, test } from "../support/test.ts";
import { label, vi } from "../support/words.ts";

test("a scanned code opens its dossier from any search field, and filters are kept under one’s own name", async ({
  people,
  api,
}) => {
  test.setTimeout(120_000);
  const dossier = await takeIn(api);
  const page = await people.page("tiepnhan");
  const data = new Data(page);
  const heading = page.getByRole("heading", { level: 1 });
  for (const path of ["/", "/dossiers"]) {
    await page.goto(path);
    // A scanner types and presses Enter; what it reads is the bare code or the address on the slip.
    const typed =
      path === "/"
        ? (dossier.code ?? "").toLowerCase()
        : `https://motcua.example/tra-cuu?ma=${dossier.code}`;
    await page.getByRole("searchbox").fill(typed);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(new RegExp(`/dossiers/${dossier.id}$`));
    await expect(heading).toBeVisible();
  }
  // A code of nobody's stays a search that finds nothing.
  await page.goto("/dossiers");
  await page.getByRole("searchbox").fill("H26.14.100-260302-9999");
  await page.keyboard.press("Enter");
  await expect(page.getByText(vi("dossier:list.nothingFound"))).toBeVisible();

  await page.goto("/dossiers");
  await page.getByLabel(label("dossier:list.state")).selectOption("accepted");
  await page.getByLabel(label("dossier:list.field")).selectOption("A");
  await page.getByRole("button", { name: vi("dossier:saved.keep") }).click();
  await page.keyboard.insertText("Hộ tịch mới nhận");
  await page.keyboard.press("Enter");
  const kept = page.getByRole("button", {
    name: "Hộ tịch mới nhận",
    exact: true,
  });
  await expect(kept).toBeVisible();
  await lookAt(page, data, "dossiers-saved");

  // The same name again is told beside the field.
  await page.getByLabel(label("dossier:list.state")).selectOption("processing");
  await page.getByRole("button", { name: vi("dossier:saved.keep") }).click();
  await page.keyboard.insertText("Hộ tịch mới nhận");
  await page.keyboard.press("Enter");
  await expect(page.getByLabel(label("dossier:saved.name"))).toHaveAttribute(
    "aria-invalid",
    "true",
  );

  await page.goto("/dossiers");
  await kept.click();
  await expect(page).toHaveURL(/state=accepted/);
  await expect(page.getByLabel(label("dossier:list.field"))).toHaveValue("A");
  await page
    .getByRole("button", {
      name: vi("dossier:saved.drop", { name: "Hộ tịch mới nhận" }),
    })
    .click();
  await expect(kept).toHaveCount(0);
});
