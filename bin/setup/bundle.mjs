import { root } from './root.mjs'

/**
 * How a program becomes JavaScript: esbuild's options, in development and in production.
 *
 * @param {Record<string, string>} entryPoints source files of the checkout, by the name of their output
 * @param {string} outdir folder of the checkout
 */
export const bundleOptions = (entryPoints, outdir) =>
  /** @type {const} */ ({
    absWorkingDir: root,
    entryPoints,
    outdir,
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    // A handler and its libraries are loaded when its first job arrives.
    splitting: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: 'linked',
    logLevel: 'silent',
  })
