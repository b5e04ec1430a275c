// The floor: a bare script that reads and writes the same bytes as a synth, and does nothing with them.
// node floor.mjs <project> <folders to read, with commas> <JSON file: texts to write, by path>
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const [root = '', folders = '', texts = ''] = process.argv.slice(2);

function readAll(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) readAll(path);
    else readFileSync(path);
  }
}

for (const folder of folders.split(',')) readAll(join(root, folder));
for (const [path, text] of Object.entries(JSON.parse(readFileSync(join(root, texts), 'utf8')))) {
  mkdirSync(dirname(join(root, 'floor', path)), { recursive: true });
  writeFileSync(join(root, 'floor', path), text);
}
