/**
 * Starts a program of the product, `main.ts` if none is named, or says plainly why this Node cannot: an older one does
 * not run TypeScript and would answer with an error about a file extension. So this file alone is JavaScript, and it
 * imports nothing before that.
 */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const program = process.argv[2] ?? 'main.ts';

if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `Kluis needs Node 22.18 or newer; this is ${process.versions.node}. ` +
      'Run `npm ci`, which brings Node 24, and then `npm start`.\n',
  );
  process.exitCode = 2;
} else {
  process.argv.splice(2, 1);
  const { loadInSmallHeap } = await import('./core/heap.ts');
  await loadInSmallHeap(() => import(new URL(program, import.meta.url).href));
}
