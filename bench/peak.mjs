// Preloaded into what is measured: leaves the peak memory of the process, in bytes, where the bench looks for it.
import { writeFileSync } from 'node:fs';

process.on('exit', () => {
  writeFileSync(process.env.BENCH_PEAK, String(process.resourceUsage().maxRSS * 1024));
});
