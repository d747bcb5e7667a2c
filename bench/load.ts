import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { compile, PROJECT } from './site.js';
import { median } from './statistics.js';

/** What it costs to have a package: medians of fresh processes, and bytes on the disk. */
export interface Load {
  name: string;
  required: Cost;
  imported: Cost;
  /** Bytes of what it installs: code, and types. */
  code: Installed;
  types: Installed;
}

interface Cost {
  milliseconds: number;
  heap: number;
  rss: number;
}

interface Installed {
  packages: number;
  bytes: number;
}

export interface Loads {
  ours: Load;
  oauth2: Load;
  /** What the first request to Kakao loads on top. */
  nodeFetch: Cost;
  /** Bytes of our tarball, packed and unpacked. */
  packed: number;
  unpacked: number;
}

/** Packs this package, installs it as users do, and passport-oauth2 beside it; and loads them in fresh processes. */
export async function measureLoads(folder: string, count: number): Promise<Loads> {
  const { tarball, size: packed, unpackedSize: unpacked } = await pack(folder);
  const [ours, oauth2] = await Promise.all([
    install(join(folder, 'ours'), tarball),
    install(join(folder, 'oauth2'), 'passport-oauth2'),
  ]);
  const scripts = {
    oursRequired: [ours, "require('passport-kakao-business')"],
    oursImported: [ours, "await import('passport-kakao-business')"],
    oauth2Required: [oauth2, "require('passport-oauth2')"],
    oauth2Imported: [oauth2, "await import('passport-oauth2')"],
    nodeFetch: [ours, "await import('node-fetch')", "require('passport-kakao-business')"],
  } as const;
  const costs = new Map<string, Cost[]>();
  for (let times = 0; times < count; times++) {
    for (const [name, [where, script, before]] of Object.entries(scripts)) {
      costs.set(name, [...(costs.get(name) ?? []), await load(where, script, before)]);
    }
  }
  const cost = (name: keyof typeof scripts): Cost => toMedians(costs.get(name) ?? []);
  return {
    ours: {
      name: 'passport-kakao-business',
      required: cost('oursRequired'),
      imported: cost('oursImported'),
      ...(await installedIn(ours)),
    },
    oauth2: {
      name: 'passport-oauth2',
      required: cost('oauth2Required'),
      imported: cost('oauth2Imported'),
      ...(await installedIn(oauth2)),
    },
    nodeFetch: cost('nodeFetch'),
    packed,
    unpacked,
  };
}

/** As `npm pack` does in the project, and without touching the project's own dist. */
async function pack(folder: string): Promise<{ tarball: string; size: number; unpackedSize: number }> {
  const project = join(folder, 'project');
  await compile(join(PROJECT, 'tsconfig.build.json'), join(project, 'dist'));
  const { files } = JSON.parse(await readFile(join(PROJECT, 'package.json'), 'utf8'));
  // What it excludes, such as !docs/images, npm leaves out of the copy as well.
  const copied = files.filter((name: string) => name !== 'dist' && !name.startsWith('!'));
  for (const name of ['package.json', 'README.md', 'LICENSE', ...copied])
    await cp(join(PROJECT, name), join(project, name), { recursive: true });
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts'], { cwd: project });
  const [packed] = JSON.parse(stdout);
  return { ...packed, tarball: join(project, packed.filename) };
}

async function install(folder: string, what: string): Promise<string> {
  await mkdir(folder);
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', what], { cwd: folder });
  return folder;
}

async function load(cwd: string, script: string, before = ''): Promise<Cost> {
  const measuring = `${before}; (async () => {
    const memory = process.memoryUsage(), time = performance.now();
    ${script};
    const milliseconds = performance.now() - time, { heapUsed, rss } = process.memoryUsage();
    console.log(JSON.stringify({ milliseconds, heap: heapUsed - memory.heapUsed, rss: rss - memory.rss }));
  })()`;
  return JSON.parse((await run(process.execPath, ['--eval', measuring], { cwd })).stdout);
}

const toMedians = (costs: Cost[]): Cost => ({
  milliseconds: median(costs.map(cost => cost.milliseconds)),
  heap: median(costs.map(cost => cost.heap)),
  rss: median(costs.map(cost => cost.rss)),
});

async function installedIn(folder: string): Promise<{ code: Installed; types: Installed }> {
  const [code, types] = [
    { packages: 0, bytes: 0 },
    { packages: 0, bytes: 0 },
  ];
  const root = join(folder, 'node_modules');
  for (const file of await readdir(root, { recursive: true, withFileTypes: true })) {
    if (!file.isFile() || file.name === '.package-lock.json') continue;
    const path = join(file.parentPath, file.name);
    const kind = /node_modules\/(?:@types\/|undici-types\/)/.test(path) ? types : code;
    kind.bytes += (await stat(path)).size;
    if (/node_modules\/(?:@[^/]+\/)?[^/]+\/package\.json$/.test(path)) kind.packages += 1;
  }
  return { code, types };
}

const run = promisify(execFile);
