// Writes src/shared/api/schema.d.ts from the contract, so that code which no longer fits it does not compile.
// Without a contract beside it (an image that holds only frontend/), the committed types stay as they are.
import { existsSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import path from 'node:path';

const here = path.dirname(fileURLToPath(import.meta.url));
const contract = path.resolve(here, '../../openapi.yaml');
const target = path.resolve(here, '../src/shared/api/schema.d.ts');

if (!existsSync(contract)) {
  console.log('gen:api: openapi.yaml not found, keeping the committed types');
  process.exit(0);
}
const bin = path.resolve(here, '../node_modules/openapi-typescript/bin/cli.js');
const run = spawnSync(process.execPath, [bin, contract, '-o', target], { stdio: 'inherit' });
process.exit(run.status ?? 1);
