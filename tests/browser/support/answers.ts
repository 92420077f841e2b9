import { randomUUID } from "node:crypto";
import type { Api, Dossier } from "./api.ts";
import { takeIn } from "./scene.ts";
import { expect } from "./test.ts";

/** One answer to one question. */
export interface Given {
  question: string;
  choices?: string[];
  number?: number;
  text?: string;
}

/** The first Monday after the week in which every run begins: its answers are kept. */
export const NEXT_WEEK = "2026-03-09T09:00:00+07:00";

/** What must be answered on the slip, and what else is given. */
export const slip = (
  overall: string,
  attitude: string,
  ...more: Given[]
): Given[] => [
  { question: "result_time", choices: ["on_time"] },
  { question: "attitude", choices: [attitude] },
  { question: "overall", choices: [overall] },
  ...more,
];

/** Answers as whoever holds the slip of a dossier. */
export async function answer(
  api: Api,
  { id }: Dossier,
  answers: Given[],
): Promise<void> {
  const told = await api.call<{ survey_url: string }>(
    "tiepnhan",
    "GET",
    `/dossiers/${id}/reception-slip`,
  );
  const token = told.survey_url.split("/").at(-1);
  await post(api, `/public/surveys/${token}`, { answers });
}

/** Takes in as many dossiers as there are answers, and answers with each. */
export async function takeInAndAnswer(
  api: Api,
  ward: "thd" | "cn" | "ht",
  all: Given[][],
): Promise<void> {
  for (const given of all) {
    // Another person each time, so that nobody is warned of a second dossier of the same.
    const identity = `001190${randomUUID().replace(/\D/g, "").padEnd(6, "7").slice(0, 6)}`;
    await answer(api, await takeIn(api, { ward, identity }), given);
  }
}

/** Without being signed in. */
export async function post(
  api: Api,
  path: string,
  body: object,
): Promise<void> {
  const response = await fetch(`${api.url}/api/v1${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(
    response.ok,
    `${path}: ${response.status} ${response.ok ? "" : await response.text()}`,
  ).toBe(true);
}

/** Sets the clock of a server on; how far it is then ahead of this machine's. */
export async function setClock(api: Api, now: string): Promise<number> {
  await api.call("admin", "POST", "/test/clock", { now });
  return Date.parse(now) - Date.now();
}

interface Results {
  slices: {
    authority_id?: string;
    channel?: string;
    n?: number;
    asked?: number;
  }[];
}

/** The published questionnaire of a code. */
export async function questionnaire(api: Api, code: string): Promise<string> {
  const { items } = await api.call<{
    items: { id: string; code: string; state: string }[];
  }>("admin", "GET", "/questionnaires?limit=100");
  return (
    items.find((q) => q.code === code && q.state === "published")?.id ?? ""
  );
}

/** Waits until a quarter has so many answers, and tells how many were asked. */
export async function kept(
  api: Api,
  code: string,
  quarter: string,
  n: number,
): Promise<number> {
  const id = await questionnaire(api, code);
  const { items } = await api.call<{ items: { id: string }[] }>(
    "admin",
    "GET",
    "/centres",
  );
  const query = `centre_id=${items[0]?.id}&questionnaire_id=${id}&quarter=${quarter}`;
  const whole = async () =>
    (
      await api.call<Results>("admin", "GET", `/public/survey-results?${query}`)
    ).slices.find((s) => !s.authority_id && !s.channel);
  await expect
    .poll(async () => (await whole())?.n, { timeout: 20_000 })
    .toBe(n);
  return (await whole())?.asked ?? 0;
}
