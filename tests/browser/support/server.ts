import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '../../..');

/** The instant at which every run of the tests begins: a Monday morning, the counter open. */
export const START = '2026-03-02T09:00:00+07:00';
const READY_MS = 90_000;

export interface Running {
  url: string;
  /** How far the server's clock is ahead of this machine's, in milliseconds. */
  ahead: number;
  stop: () => Promise<void>;
}

/** A server on an empty production database, and the code it prints for whoever sets it up. */
export interface Empty extends Running {
  setupCode: string;
}

/** Starts a demo server with its own empty database on a free port; resolves when it answers. */
export async function start(settings: Record<string, string> = {}): Promise<Running> {
  const started = Date.now();
  const { url, stop } = await launch(['--demo', '--clock', START], {
    MOTCUA_RATE_LIMIT: 'off',
    MOTCUA_DEMO_HISTORY_DAYS: '14',
    ...settings,
  });
  return { url, ahead: Date.parse(START) - started, stop };
}

/** Starts a production server with nothing in it, by the machine's own clock. */
export async function startEmpty(): Promise<Empty> {
  const { url, stop, said } = await launch([], { MOTCUA_MODE: 'production' }, SETUP_CODE);
  return { url, ahead: 0, stop, setupCode: SETUP_CODE.exec(said)?.[1] ?? '' };
}

const ADDRESS = /^motcua: (http:\/\/127\.0\.0\.1:\d+)\/?$/m;
const SETUP_CODE = /^\s*mã thiết lập \(set-up code\): (\S+)$/m;

/** Runs `motcua serve` in a folder of its own until it has said its address, and `also` what is asked for. */
async function launch(flags: string[], settings: Record<string, string>, also = ADDRESS) {
  const binary = process.env.MOTCUA_BIN ?? path.join(root, 'target/debug/motcua');
  if (!existsSync(binary)) throw new Error(`${binary} is missing: build the server first (make build)`);
  const dir = await mkdtemp(path.join(tmpdir(), 'motcua-browser-'));
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('MOTCUA_'));
  const child = spawn(binary, ['serve', ...flags], {
    cwd: dir,
    env: {
      ...Object.fromEntries(inherited),
      MOTCUA_DATABASE_URL: `sqlite://${path.join(dir, 'motcua.db')}`,
      MOTCUA_DATA_DIR: path.join(dir, 'data'),
      MOTCUA_BIND: '127.0.0.1:0',
      MOTCUA_METRICS_BIND: '',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stop = async () => {
    await end(child);
    await rm(dir, { recursive: true, force: true });
  };
  try {
    const said = await words(child, [ADDRESS, also]);
    const url = ADDRESS.exec(said)?.[1] ?? '';
    if (!(await hasPages(url)))
      throw new Error('the server has no pages to show: build the frontend first (make build)');
    return { url, stop, said };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A debug server reads the built pages from their folder, where a build may just be under way. */
async function hasPages(url: string): Promise<boolean> {
  for (let tries = 0; tries < 20; tries++) {
    const page = await fetch(url);
    if (page.ok && (await page.text()).includes('id="root"')) return true;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  return false;
}

/** What the server prints once it listens, when all of it is there. */
function words(child: ChildProcess, wanted: RegExp[]): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const late = setTimeout(() => reject(new Error(`the server did not start in time:\n${said}`)), READY_MS);
    const read = (chunk: string) => {
      said += chunk;
      if (wanted.every((each) => each.test(said))) {
        clearTimeout(late);
        resolve(said);
      }
    };
    child.stdout?.setEncoding('utf8');
    child.stderr?.setEncoding('utf8');
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => {
      clearTimeout(late);
      reject(new Error(`the server ended with ${code}:\n${said}`));
    });
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 15_000);
  await gone;
  clearTimeout(late);
}
