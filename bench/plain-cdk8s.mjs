// The same objects through plain cdk8s: one App, one Chart a namespace, App.synth().
// node plain-cdk8s.mjs <project> <JSON file: the objects of each chart, by its name>
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, App, Chart } from 'cdk8s';

const [root = '', objects = ''] = process.argv.slice(2);

const app = new App({ outdir: join(root, 'plain-cdk8s') });
for (const [name, bodies] of Object.entries(JSON.parse(readFileSync(join(root, objects), 'utf8')))) {
  const chart = new Chart(app, name);
  bodies.forEach((body, i) => new ApiObject(chart, `object-${i}`, body));
}
app.synth();
