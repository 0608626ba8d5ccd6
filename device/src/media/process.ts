import { enableCompileCache, flushCompileCache } from 'node:module';

/**
 * Entry of a media process. Its one argument is the folder in which Node keeps what it compiled before: loading from
 * there takes a third of the time, and a call may be waiting for this process.
 */
const [cacheFolder] = process.argv.slice(2);
if (cacheFolder) enableCompileCache(cacheFolder);

const { runMedia } = await import('./run.ts');
runMedia({ exit: (code) => process.exit(code) });
// Media processes seldom end in an orderly way, and Node keeps nothing at any other end.
setTimeout(flushCompileCache, 5_000).unref();
