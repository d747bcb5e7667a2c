import { readFile } from 'node:fs/promises';
import { arch, cpus, loadavg, platform } from 'node:os';
import { join } from 'node:path';
import { PROJECT, ROUND_TRIP } from './fixture.js';
import type { judge, Results } from './promises.js';
import type { Samples } from './statistics.js';
import { OURS, type SubjectName, strategyNames } from './subjects.js';

/** Writes the report in Markdown. */
export async function toReport(results: Results, verdicts: ReturnType<typeof judge>): Promise<string> {
  const { waits, oneAtATime, manyAtOnce, redirects, memory, loading, relay } = results;
  const runs = [oneAtATime, manyAtOnce];
  const paragraphs = [
    '# What a login costs',
    'Written by `npm run bench`, which overwrites it.',
    await describeMachine(),
    '## In five lines',
    toTable(
      [`${ROUND_TRIP} ms from Kakao`, OURS, 'best peer', ''],
      [
        toLine('wait at the callback, first login', waits.first),
        toLine('the same, after Kakao closed all connections', waits.closed),
        toLine('the same, right after another login', waits.warm),
        toLine('CPU per login', oneAtATime.cpu),
        toLine('CPU of `require`', loading),
      ],
    ),
    '## What is promised',
    toTable(
      ['promise', 'measured', 'limit', 'met'],
      verdicts.map(({ promise, measured, limit, met }) => [promise, measured, limit, met ? 'yes' : '**no**']),
    ),
    `The tables below show medians. × is the ratio of ${OURS} to a subject: the median of the ratios of each round.`,
    '## Wait at the callback',
    `Milliseconds, ${ROUND_TRIP} ms from the hosts. *First login*: only the connections are open that the redirect step opened. *Closed*: the hosts closed all connections while the user was at the consent screen. *Warm*: right after the login of another user.`,
    compare([
      ...withRatio('first login', waits.first),
      ...withRatio('closed', waits.closed),
      ...withRatio('warm', waits.warm),
    ]),
    '## CPU per login',
    'Milliseconds of the process that signs users in.',
    compare(runs.flatMap(({ atOnce, cpu }) => withRatio(`${atOnce} at once`, cpu))),
    '## Requests and connections',
    `Connections are those that ${oneAtATime.logins} logins open.`,
    compare([
      column('requests per login', oneAtATime.requests),
      ...runs.map(({ atOnce, connections }) => column(`connections, ${atOnce} at once`, connections)),
    ]),
    '## Redirect steps per second',
    'Per second of CPU; more is better.',
    compare(withRatio('per second', redirects)),
    '## Memory',
    'MB of heap and buffers after garbage collection, in a new process.',
    compare(memory.map(({ logins, heap }) => column(`${digits(logins)} logins`, heap, megabytes))),
    '## Loading',
    'Milliseconds of CPU for `require` in a new process.',
    compare(withRatio('`require`', loading)),
    '## Method',
    'The provider is two TLS servers (TLS 1.3, HTTP/1.1, keep-alive) in a process of its own. Each subject has a process of its own, is called as Passport calls it, and has signed users in before it is measured. The subjects take turns in each round, and each round begins with another one. A login that ends with the wrong user fails the run.',
    `A relay delays each byte by half a round trip, and a new connection by a round trip more, since loopback connects at once. A request takes three round trips on a new connection (TCP, TLS 1.3, the request) and one on an open connection. The run checks this: two bare https.request took ${digits(relay.cold)} ms on new connections and ${digits(relay.warm)} ms on open ones. CPU is measured without the relay.`,
    'All subjects use two hosts, as Kakao has them. Google has both endpoints on one host, where a cold callback takes four round trips, not six.',
    'openid-client is used as for a provider without ID tokens, such as Kakao Business: its verify function calls the userinfo endpoint. passport-oauth2 gets the profile as strategies based on it do.',
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

function toLine(title: string, samples: Samples): string[] {
  const { bestPeer } = samples;
  const best = `${digits(samples.median(bestPeer))} ms (${bestPeer})`;
  return [title, `${digits(samples.median(OURS))} ms`, best, times(samples.ratioToBestPeer)];
}

type Column = { title: string; samples: Samples; cell: (name: SubjectName) => string };

const column = (title: string, samples: Samples, show = digits): Column => ({
  title,
  samples,
  cell: name => show(samples.median(name)),
});

const withRatio = (title: string, samples: Samples): Column[] => [
  column(title, samples),
  { title: '', samples, cell: name => times(samples.ratioTo(name)) },
];

/** A row for each measured subject. */
function compare(columns: readonly Column[]): string {
  const names = columns[0]?.samples.names ?? [];
  return toTable(
    ['', ...columns.map(({ title }) => title)],
    names.map(name => [name === OURS ? `**${name}**` : name, ...columns.map(({ cell }) => cell(name))]),
  );
}

/** A Markdown table; all columns but the first are numbers. */
function toTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const toRow = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = head.map((_title, column) => (column === 0 ? '---' : '---:'));
  return [head, rule, ...rows].map(toRow).join('\n');
}

/** Three significant digits, and all digits of larger numbers: 0.123, 12.3, 1,234. */
const digits = (value: number): string =>
  value.toLocaleString('en', value < 100 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 0 });

const times = (ratio: number): string => `× ${ratio.toFixed(2)}`;

const megabytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);

async function describeMachine(): Promise<string> {
  const names = strategyNames.map(name => name.replace('/passport', ''));
  const packages = [...names, 'node-fetch'].map(async name => {
    const folder = name === OURS ? PROJECT : join(PROJECT, 'node_modules', name);
    return `${name} ${JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')).version}`;
  });
  return [
    `- ${new Date().toISOString().slice(0, 10)}`,
    `- ${cpus()[0]?.model}, ${cpus().length} cores, ${platform()} ${arch()}; load average ${loadavg()[0]?.toFixed(1)}`,
    `- Node ${process.versions.node}, OpenSSL ${process.versions.openssl}`,
    `- ${(await Promise.all(packages)).join(', ')}`,
  ].join('\n');
}
