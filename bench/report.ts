import { beyondFloor, ownWork, toBestPeer } from './comparison.js';
import { ALONE, type ContenderName, FLOOR, names, OURS, strategyNames } from './contenders.js';
import type { Criterion } from './criteria.js';
import type { Growth } from './growth.js';
import type { Loads } from './load.js';
import type { Measurements } from './measurements.js';
import { howItIsMeasured } from './method.js';
import type { Samples } from './statistics.js';
import { inFiveLines } from './summary.js';
import { digits, kilobytes, megabytes, times, toTable, whole } from './tables.js';
import type { Waits } from './waits.js';

/** Everything in Markdown, written by the run and never by hand. */
export const toReport = (measured: Measurements, criteria: readonly Criterion[], machine: string): string =>
  `${[
    '# What a login costs',
    'Written by `npm run bench`; the next run overwrites it.',
    machine,
    '## In five lines',
    inFiveLines(measured),
    '## What was promised',
    toTable(
      ['promise', 'measured', 'limit', 'met'],
      criteria.map(({ promise, measured: value, limit, met }) => [
        promise,
        value,
        limit,
        met ? 'yes' : '**no**',
      ]),
    ),
    '## What the user waits at the callback',
    'Milliseconds; × is the median beside that of the best peer. *Kept*: no connection from an earlier login, and what the redirect step opened is still there. *Closed*: the hosts closed every connection while the user was at the consent screen. *Warm*: another user has just signed in.',
    ...measured.waits.flatMap(toWaits),
    '## Requests and connections',
    'A login of ours sends three requests, the last two at once; the others send two.',
    toRequests(measured),
    '## CPU per login',
    'Milliseconds of the process that signs users in; × is ours beside it.',
    perConcurrency(measured, ({ cpu }) => [cpu, digits]),
    toOwnWork(measured),
    '## Logins per second',
    'Of one process, with the hosts on the same machine; × is ours beside it.',
    perConcurrency(measured, ({ perSecond }) => [perSecond, whole]),
    '## Redirect steps per second',
    'Of CPU, since nothing else is needed for them.',
    toRedirects(measured.redirects),
    '## How it grows',
    ...measured.growth.map(toGrowth),
    '## Loading and size',
    toLoads(measured.loads),
    '## How it is measured',
    howItIsMeasured(measured),
  ].join('\n\n')}\n`;

function toOwnWork(measured: Measurements): string {
  const { ownWork: cpu, throughput } = measured;
  const beyond = throughput.map(run => `${percent(beyondFloor(run))} (${run.atOnce} at once)`).join(', ');
  return `Where a fetch answers at once, a login of ours takes ${digits(cpu.median(ALONE))} ms: that is the work of our own code, ${percent(ownWork(measured))} of what its three requests take by bare node-fetch (${digits(cpu.median(FLOOR))} ms). Over a network the whole login takes more than the bare requests by ${beyond}: code that runs between packets finds the processor's caches cold.`;
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

function toWaits({ roundTrip, kept, closed, warm }: Waits): string[] {
  const cells = (samples: Samples, name: ContenderName): string[] => [
    digits(samples.median(name)),
    digits(samples.p95(name)),
    times(toBestPeer(samples, name)),
  ];
  return [
    `### ${roundTrip} ms there and back`,
    toTable(
      ['', 'kept: median', 'p95', '', 'closed: median', 'p95', '', 'warm: median', 'p95', ''],
      names.map(name => [label(name), ...cells(kept, name), ...cells(closed, name), ...cells(warm, name)]),
    ),
  ];
}

const toRequests = ({ throughput }: Measurements): string =>
  toTable(
    [
      '',
      'requests per login',
      ...throughput.map(({ logins, atOnce }) => `connections for ${whole(logins)} logins, ${atOnce} at once`),
    ],
    names.map(name => [
      label(name),
      ...throughput.slice(0, 1).map(({ requests }) => digits(requests.median(name))),
      ...throughput.map(({ connections }) => whole(connections.median(name))),
    ]),
  );

const perConcurrency = (
  { throughput }: Measurements,
  pick: (run: Measurements['throughput'][number]) => [Samples, (value: number) => string],
): string =>
  toTable(
    ['', ...throughput.flatMap(({ atOnce }) => [`${atOnce} at once`, ''])],
    names.map(name => [
      label(name),
      ...throughput
        .map(pick)
        .flatMap(([samples, show]) => [show(samples.median(name)), times(samples.ratio(OURS, name))]),
    ]),
  );

const toRedirects = (perSecond: Samples): string =>
  toTable(
    ['', 'per second', 'ours beside it'],
    strategyNames.map(name => [
      label(name),
      whole(perSecond.median(name)),
      times(perSecond.ratio(OURS, name)),
    ]),
  );

const toGrowth = ({ name, pending, sessionSize, steps }: Growth): string =>
  [
    `### ${name}, ${pending === 0 ? 'one login' : `${pending + 1} logins`} pending in a session (${whole(sessionSize)} bytes)`,
    toTable(
      ['logins', 'ms each', 'CPU each (ms)', 'heap (MB)', 'process (MB)'],
      steps.map(({ logins, milliseconds, cpu, heap, rss }) => [
        whole(logins),
        digits(milliseconds),
        digits(cpu),
        megabytes(heap),
        megabytes(rss),
      ]),
    ),
  ].join('\n\n');

const toLoads = ({ ours, oauth2, nodeFetch, packed, unpacked }: Loads): string =>
  [
    toTable(
      [
        '',
        'require (ms)',
        'import (ms)',
        'heap (MB)',
        'process (MB)',
        'packages of code',
        'KB',
        'packages of types',
        'KB',
      ],
      [ours, oauth2].map(({ name, required, imported, code, types }) => [
        label(name),
        digits(required.milliseconds),
        digits(imported.milliseconds),
        megabytes(required.heap),
        megabytes(required.rss),
        whole(code.packages),
        kilobytes(code.bytes),
        whole(types.packages),
        kilobytes(types.bytes),
      ]),
    ),
    `Heap and process are what require adds. Our tarball has ${kilobytes(packed)} KB, ${kilobytes(unpacked)} KB unpacked. What is installed with it includes Passport and node-fetch. node-fetch is not loaded before it is needed; then it takes ${digits(nodeFetch.milliseconds)} ms and ${megabytes(nodeFetch.heap)} MB of heap, once.`,
  ].join('\n\n');

const label = (name: string): string => (name === OURS ? `**${name}**` : name);
