import type { Page } from "@playwright/test";
import { Data } from "../support/checks.ts";
import {
  kept,
  NEXT_WEEK,
  post,
  setClock,
  slip,
  takeInAndAnswer,
} from "../support/answers.ts";
import { goTo } from "../support/counter.ts";
import { test } from "../support/office.ts";
import { lookAt } from "../support/panel.ts";
import { expect } from "../support/test.ts";
import { vi } from "../support/words.ts";

const text = (key: string, values?: Record<string, string>) =>
  vi(`surveyresult:${key}`, values);
const heading = (page: Page) => page.getByRole("heading", { level: 1 });
const card = (page: Page, key: string) =>
  page.getByRole("region", { name: text(key), exact: true });
const rowOf = (page: Page, table: string, name: string | RegExp) =>
  page
    .getByRole("table", { name: table })
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader", { name }) });

/** The summary's first words. */
const answered = (n: number, asked: number) => {
  const percent = `${new Intl.NumberFormat("vi-VN", { maximumFractionDigits: 1 }).format((n / asked) * 100)}\u00a0%`;
  return text("summary.answered", {
    n: String(n),
    asked: String(asked),
    percent,
  });
};

// Without a history of its own a demonstration has no answers either.
test.use({ settings: { MOTCUA_DEMO_HISTORY_DAYS: "0" } });

test("answers are read as figures with how many they stand on and how sure they are, and nothing of a few", async ({
  office,
  people,
}) => {
  test.setTimeout(240_000);
  const { api } = office;
  const seats = { question: "place", choices: ["4"] };
  // Four of twelve are satisfied; five say something of the place, three of another ward answer at all.
  const first = Array.from({ length: 12 }, (_, i) =>
    slip(
      i < 4 ? "5" : "2",
      "4",
      ...(i < 5 ? [seats] : []),
      ...(i < 3 ? [{ question: "publicity", choices: ["3"] }] : []),
    ),
  );
  await takeInAndAnswer(api, "thd", first);
  await takeInAndAnswer(
    api,
    "cn",
    Array.from({ length: 3 }, () => slip("1", "1")),
  );

  await test.step("before the week is over they wait", async () => {
    const page = await people.page("lanhdao.thd", { at: office });
    const data = new Data(page);
    await page.goto("/");
    await expect(heading(page)).toBeFocused();
    await goTo(
      page,
      new RegExp(`^${vi("common:nav.group.surveys")}$`),
      "Shift+Tab",
    );
    await page.keyboard.press("Enter");
    await goTo(page, new RegExp(`^${vi("common:nav.surveyResults")}$`));
    await page.keyboard.press("Enter");
    await expect(heading(page)).toHaveText(text("results.title"));
    await expect(card(page, "summary.title")).toContainText(
      text("summary.none"),
    );
    await expect(card(page, "summary.title")).toContainText(
      text("summary.waiting_other", { count: "15" }),
    );
    await lookAt(page, data, "survey-results-waiting");
  });

  const ahead = await setClock(api, NEXT_WEEK);
  const asked = await kept(api, "c01", "2026-Q1", 12);
  const page = await people.page("giamdoc", { at: { url: office.url, ahead } });
  const data = new Data(page);
  await page.goto("/surveys/results");

  await test.step("afterwards the whole is told in plain words", async () => {
    await expect(card(page, "summary.title")).toContainText(
      answered(12, asked),
    );
    const sure = {
      percent: "33,3\u00a0%",
      low: "13,8\u00a0%",
      high: "60,9\u00a0%",
    };
    await expect(card(page, "summary.title")).toContainText(
      text("summary.satisfied", sure),
    );
    await expect(card(page, "summary.title")).toContainText(
      text("summary.fewWait"),
    );
    await expect(card(page, "summary.title")).toContainText(
      text("summary.fewWait"),
    );
  });

  await test.step("a ward of which fewer than five answered is not told", async () => {
    const ward = rowOf(
      page,
      text("groups.wards"),
      "Ủy ban nhân dân phường Trần Hưng Đạo",
    );
    await expect(ward).toContainText("33,3\u00a0%");
    await expect(
      rowOf(page, text("groups.wards"), "Ủy ban nhân dân phường Cửa Nam"),
    ).toContainText(text("held"));
    await expect(
      rowOf(page, text("groups.channels"), text("channel.link")),
    ).toContainText("12");
  });

  await test.step("each question has its distribution, unless fewer than five answered it", async () => {
    const overall = page.getByRole("table", {
      name: "Nhìn chung, Ông/Bà hài lòng thế nào?",
    });
    const step = (n: string) =>
      overall
        .getByRole("row")
        .filter({
          has: page.getByRole("rowheader", {
            name: text(`step.${n}`),
            exact: true,
          }),
        });
    await expect(step("2")).toContainText("66,7\u00a0%");
    await expect(overall.getByRole("row")).toHaveCount(6);
    const part = (name: string) =>
      page
        .locator("div")
        .filter({ has: page.getByRole("heading", { level: 3, name }) })
        .last();
    await expect(part("Nơi tiếp nhận và trả kết quả thuận tiện")).toContainText(
      text("questions.n", { n: "5" }),
    );
    await expect(
      part(
        "Thủ tục hành chính được niêm yết, công khai chính xác, đầy đủ, kịp thời",
      ),
    ).toContainText(text("questions.held"));
    await expect(
      part("Ý kiến khác (không ghi tên, số điện thoại của ai)"),
    ).toContainText(text("questions.words"));
    await lookAt(page, data, "survey-results");
    await page
      .locator("[name=slice]")
      .selectOption({ label: "Ủy ban nhân dân phường Trần Hưng Đạo" });
    await expect(step("5").getByRole("cell").first()).toContainText("4");
  });

  await test.step("anybody may read them, from the page where dossiers are looked up", async () => {
    const citizen = await people.page(undefined, {
      at: { url: office.url, ahead },
    });
    const seen = new Data(citizen);
    await citizen.goto("/tra-cuu");
    await citizen
      .getByRole("link", { name: vi("open:lookup.surveyResults") })
      .press("Enter");
    await expect(heading(citizen)).toHaveText(text("public.title"));
    await expect(heading(citizen)).toBeFocused();
    await expect(card(citizen, "summary.title")).toContainText(
      answered(12, asked),
    );
    await expect(card(citizen, "course.title")).toContainText(
      text("course.first"),
    );
    await lookAt(citizen, seen, "survey-public");
    await citizen.locator("[name=quarter]").selectOption("2025-Q4");
    await expect(citizen).toHaveURL(/quy=2025-Q4/);
    await expect(citizen.getByText(text("public.none"))).toBeVisible();
  });

  await test.step("a quarter later it is said whether it became better", async () => {
    await setClock(api, "2026-04-06T09:00:00+07:00");
    await takeInAndAnswer(
      api,
      "thd",
      Array.from({ length: 12 }, () => slip("5", "5")),
    );
    const later = await setClock(api, "2026-04-13T09:00:00+07:00");
    await kept(api, "c01", "2026-Q2", 12);
    const next = await people.page("giamdoc", {
      at: { url: office.url, ahead: later },
    });
    const seen = new Data(next);
    await next.goto("/surveys/results");
    await expect(
      rowOf(next, text("course.title"), "Quý II/2026"),
    ).toContainText(text("course.higher"));
    await expect(rowOf(next, text("course.title"), "Quý I/2026")).toContainText(
      text("course.first"),
    );
    await lookAt(next, seen, "survey-results-course");
    await next.locator("[name=quarter]").selectOption("2026-Q1");
    await expect(next).toHaveURL(/quarter=2026-Q1/);
    await expect(card(next, "summary.title")).toContainText(
      answered(12, asked),
    );
  });

  await test.step("of the quarter that is over an officer reads what is counted about oneself, the director about all", async () => {
    const at = {
      url: office.url,
      ahead: Date.parse("2026-04-13T09:01:00+07:00") - Date.now(),
    };
    const own = await people.page("tiepnhan", { at });
    const seen = new Data(own);
    await own.goto("/surveys/mine");
    await expect(card(own, "mine.own")).toContainText("100\u00a0%");
    await expect(card(own, "mine.everybody")).toHaveCount(0);
    await lookAt(own, seen, "survey-mine-own");
    const all = await people.page("giamdoc", { at });
    const of = new Data(all);
    await all.goto("/surveys/mine?quarter=2026-Q1");
    await expect(card(all, "mine.own")).toContainText(text("mine.none"));
    await expect(
      card(all, "mine.everybody").getByRole("rowheader"),
    ).toHaveCount(1);
    await expect(card(all, "mine.everybody")).toContainText("12");
    await lookAt(all, of, "survey-officers");
    const other = await people.page("thuly.thd", { at });
    await other.goto("/surveys/mine");
    await expect(card(other, "mine.own")).toContainText(text("mine.none"));
  });
});

test("what was not good at a kiosk is told by how often it was chosen", async ({
  office,
  people,
}) => {
  test.setTimeout(120_000);
  const { api } = office;
  const added = await api.call<{ secret: string }>(
    "admin",
    "POST",
    "/survey-devices",
    { name: "Máy ở sảnh", kind: "kiosk" },
  );
  const reasons = [
    ["wait"],
    ["wait", "late"],
    ["wait"],
    ["wait"],
    ["place", "wait"],
  ];
  for (const [i, choices] of reasons.entries()) {
    // A kiosk takes no second answer right after the first.
    await setClock(api, `2026-03-02T10:0${i}:00+07:00`);
    const answers = [
      { question: "overall", choices: ["bad"] },
      { question: "reasons", choices },
    ];
    await post(api, "/public/survey-devices/answers", {
      secret: added.secret,
      answers,
    });
  }
  const ahead = await setClock(api, NEXT_WEEK);
  await kept(api, "faces", "2026-Q1", 5);
  const page = await people.page(undefined, { at: { url: office.url, ahead } });
  const data = new Data(page);
  await page.goto("/ket-qua-khao-sat");
  const items = card(page, "reasons.title").getByRole("listitem");
  await expect(items.first()).toHaveText(
    text("reasons.one", {
      reason: "Phải chờ lâu",
      n: "5",
      percent: "100\u00a0%",
    }),
  );
  await expect(items).toHaveCount(3);
  await lookAt(page, data, "survey-public-reasons");
});
