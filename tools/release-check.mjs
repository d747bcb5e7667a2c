/**
 * Prints what is missing before a release, one line each with what to do, and exits with 1 if anything is missing:
 * `node tools/release-check.mjs [FOLDER]`. The folder is the current one unless another one is given.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** @returns a line for each thing that is missing. */
export async function missingForRelease(folder) {
  const read = name => readFile(join(folder, name), 'utf8');
  const manifest = JSON.parse(await read('package.json'));
  return [
    ...missingAddresses(manifest),
    ...missingReportAddress(await read('SECURITY.md')),
    ...missingDate(await read('CHANGELOG.md'), manifest.version),
  ];
}

function missingAddresses({ repository, bugs, homepage }) {
  const has = address => /https:\/\/./.test(address?.url ?? address);
  return [
    !has(repository) &&
      'package.json has no repository: add { "type": "git", "url": "git+https://…" }, the address of the Git repository.',
    !has(bugs) && 'package.json has no bugs: add { "url": "https://…" }, the address of the issue tracker.',
    !has(homepage) && 'package.json has no homepage: add "https://…", the address of the README.',
  ].filter(Boolean);
}

function missingReportAddress(security) {
  const section = security.split(/^## /m).find(text => text.startsWith('Reporting a vulnerability\n'));
  if (section === undefined)
    return ['SECURITY.md has no section on reports: add "## Reporting a vulnerability".'];
  const hasAddress = /https:\/\/\S|\S@\S+\.\S/.test(section);
  const saysNo = section.includes('There is no address for reports yet');
  return hasAddress && !saysNo
    ? []
    : ['SECURITY.md has no address for reports: put one in place of the sentence that says so.'];
}

function missingDate(changelog, version) {
  const headings = changelog.split('\n').filter(line => line.startsWith('## '));
  const task = `"## [${version}] - YYYY-MM-DD"`;
  const heading = headings.find(line => line.startsWith(`## [${version}]`));
  if (!heading) return [`CHANGELOG.md has no section for ${version}: add ${task}.`];
  return / - \d{4}-\d{2}-\d{2}$/.test(heading)
    ? []
    : [`CHANGELOG.md has no date for ${version}: change its heading to ${task}.`];
}

// Tests call missingForRelease() in their own process.
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [folder = '.'] = process.argv.slice(2);
  const missing = await missingForRelease(folder);
  for (const line of missing) process.stdout.write(`${line}\n`);
  process.exitCode = missing.length > 0 ? 1 : 0;
}
