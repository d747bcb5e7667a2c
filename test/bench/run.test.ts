import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';

const OURS = '**passport-kakao-business**';
const PEERS = ['passport-kakao', 'passport-google-oauth20', 'passport-oauth2', 'openid-client/passport'];
const BASELINES = ['two bare https.request', 'two bare node-fetch', 'three bare node-fetch'];

describe('npm run bench -- --quick', function () {
  this.timeout(120_000);

  let report = '';
  before(async () => {
    // Excludes the measuring processes from code coverage.
    const { NODE_V8_COVERAGE: _, ...env } = process.env;
    const bench = join(__dirname, '../../bench/run.ts');
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', bench, '--quick'], {
      env,
    });
    report = stdout;
  });

  /** The cells of the first table under a heading, without its header. */
  function tableUnder(heading: string): string[][] {
    const [, section = ''] = report.split(`\n${heading}\n`);
    const [table = ''] = /^\|.*(?:\n\|.*)*/m.exec(section) ?? [];
    const [, , ...rows] = table.split('\n').map(row => row.slice(2, -2).split(' | '));
    return rows;
  }
  const firstColumn = (heading: string): (string | undefined)[] =>
    tableUnder(heading).map(([first]) => first);

  it('reports the date, the machine and the versions', () => {
    expect(report).to.match(/\n- \d{4}-\d\d-\d\d\n- .+, \d+ cores, .+\n- Node /);
    expect(report).to.include(`Node ${process.versions.node}`);
    for (const name of ['passport-kakao-business', ...PEERS.slice(0, 3), 'openid-client', 'node-fetch'])
      expect(report).to.match(new RegExp(`${name} \\d+\\.\\d+\\.\\d+`));
  });

  for (const [heading, subjects, columns] of [
    ['## Wait at the callback', [OURS, ...PEERS, ...BASELINES], 7],
    ['## CPU per login', [OURS, ...PEERS, ...BASELINES], 5],
    ['## Requests and connections', [OURS, ...PEERS, ...BASELINES], 4],
    ['## Redirect steps per second', [OURS, ...PEERS], 3],
    ['## Memory', [OURS, 'passport-oauth2'], 4],
    ['## Loading', [OURS, 'passport-oauth2'], 3],
  ] as const) {
    it(`compares all subjects under “${heading}”`, () => {
      expect(firstColumn(heading)).to.deep.equal(subjects);
      for (const [name, ...cells] of tableUnder(heading)) {
        expect(cells, name).to.have.lengthOf(columns - 1);
        for (const cell of cells) expect(cell, name).to.match(/^(?:× )?\d[\d,.]*$/);
      }
    });
  }

  it('summarizes the results in five lines', () => {
    const lines = tableUnder('## In five lines');
    expect(lines).to.have.lengthOf(5);
    for (const [title, ours, bestPeer, ratio] of lines) {
      expect(ours, title).to.match(/^[\d.]+ ms$/);
      expect(PEERS, title).to.include(/^[\d.]+ ms \((.+)\)$/.exec(bestPeer ?? '')?.[1]);
      expect(ratio, title).to.match(/^× \d+\.\d\d$/);
    }
  });

  it('counts three requests per login for this package, two for the others', () => {
    const requests = tableUnder('## Requests and connections').map(([name, count]) => [name, count]);
    expect(requests).to.deep.equal([
      [OURS, '3'],
      ...PEERS.map(name => [name, '2']),
      ['two bare https.request', '2'],
      ['two bare node-fetch', '2'],
      ['three bare node-fetch', '3'],
    ]);
  });

  it('counts at most three connections for consecutive logins', () => {
    const connections = tableUnder('## Requests and connections').map(([, , oneByOne]) => Number(oneByOne));
    expect(Math.max(...connections)).to.equal(3);
  });

  it('lists every promise with its limit, without failing on one', () => {
    const promises = tableUnder('## What is promised');
    expect(promises.map(([, , limit]) => limit)).to.deep.equal(
      [0.4, 0.7, 1.05, 1.02, 1.7, 2.1, 1.9, 2.5, 1.55, 3, 5].map(limit => `at most ${limit}`),
    );
    for (const [promise, measured, limit, met] of promises) {
      expect(measured, promise).to.match(/^\d[\d.]*$/);
      const isMet = Number(measured) <= Number(limit?.replace('at most ', ''));
      expect(met, promise).to.equal(isMet ? 'yes' : '**no**');
    }
  });
});
