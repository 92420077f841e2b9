import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTheScene } from './scene.ts';
import { start } from './server.ts';

const results = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../results');

/** One server for all tests, with one dossier in each state beside the demo's own; stopped afterwards. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  await rm(results, { recursive: true, force: true });
  await mkdir(results, { recursive: true });
  const server = await start();
  process.env.MOTCUA_TEST_URL = server.url;
  process.env.MOTCUA_TEST_AHEAD = String(server.ahead);
  try {
    process.env.MOTCUA_TEST_SCENE = JSON.stringify(await setTheScene(server.url));
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server.stop;
}
