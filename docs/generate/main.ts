// npm run docs: writes the generated pages.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configPage } from './config';
import { conformancePage } from './conformance';
import { gitopsPage } from './gitops';
import { guardPage } from './guard';
import { reportsPage } from './reports';
import { rulesPage } from './rules';
import { writeSchemas } from './schemas';
import { workloadsPage } from './workloads';

writeFileSync(join(__dirname, '../config.md'), configPage());
writeFileSync(join(__dirname, '../rules.md'), rulesPage());
writeFileSync(join(__dirname, '../conformance.md'), conformancePage());

const gitops = join(__dirname, '../gitops.md');
writeFileSync(gitops, gitopsPage(readFileSync(gitops, 'utf8')));

const workloads = join(__dirname, '../workloads.md');
writeFileSync(workloads, workloadsPage(readFileSync(workloads, 'utf8')));

const reports = join(__dirname, '../reports.md');
writeFileSync(reports, reportsPage(readFileSync(reports, 'utf8')));

const guard = join(__dirname, '../guard.md');
writeFileSync(guard, guardPage(readFileSync(guard, 'utf8')));

writeSchemas();
