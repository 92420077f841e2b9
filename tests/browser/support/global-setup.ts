import { setTheScene } from './scene.ts';
import { start } from './server.ts';

/** One server for all tests, with one dossier in each state beside the demo's own; stopped afterwards. */
export default async function globalSetup(): Promise<() => Promise<void>> {
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
