import { measure } from './measurements.js';
import { FULL, QUICK } from './plan.js';
import { Site } from './site.js';
import { names, OURS, peerNames } from './contenders.js';

async function main(): Promise<void> {
  const started = performance.now();
  const tell = (what: string): void =>
    void process.stderr.write(`${Math.round((performance.now() - started) / 1000)} s: ${what}\n`);
  const site = await Site.open();
  const m = await measure(site, process.argv.includes('--quick') ? QUICK : FULL, tell);
  console.log(m.relay);
  for (const w of m.waits) for (const n of names) console.log(w.roundTrip, n.padEnd(25), ...[w.kept, w.closed, w.warm].flatMap(s => [s.median(n).toFixed(1), s.p95(n).toFixed(1), (s.median(n) / Math.min(...peerNames.map(p => s.median(p)))).toFixed(3)]));
  for (const t of m.throughput) for (const n of names) console.log(t.atOnce, n.padEnd(25), t.requests.median(n), t.connections.median(n), 'cpu', t.cpu.median(n).toFixed(3), 'ratio ours', t.cpu.ratio(OURS, n).toFixed(3), 'ps', t.perSecond.median(n).toFixed(0));
  for (const n of names.slice(0,6)) console.log('redirects', n, m.redirects.median(n).toFixed(0), m.redirects.ratio(OURS, n).toFixed(2));
  console.log(JSON.stringify(m.growth, null, 1));
  console.log(JSON.stringify(m.loads, null, 1));
  tell('done');
  await site.close();
}

void main();
