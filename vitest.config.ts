import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('.', import.meta.url))

/** Tests that share the machine's two cores, not each other's databases. */
const MAX_WORKERS = 4

const shared = { setupFiles: ['test/support/environment.ts'] }
/** A busy machine is slow, not wrong. */
const PATIENCE_MS = 30_000

const withDatabase = { ...shared, globalSetup: ['test/support/global-setup.ts'] }

export default defineConfig({
  resolve: { alias: { '@': root.replace(/\/$/, '') } },
  test: {
    pool: 'forks',
    maxWorkers: MAX_WORKERS,
    // A forgotten `.only` would make the rest pass unseen.
    allowOnly: false,
    passWithNoTests: false,
    projects: [
      {
        extends: true,
        test: {
          ...shared,
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          testTimeout: PATIENCE_MS,
        },
      },
      {
        extends: true,
        test: {
          ...withDatabase,
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          testTimeout: PATIENCE_MS,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          ...withDatabase,
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          ...withDatabase,
          name: 'alone',
          include: ['test/alone/**/*.test.ts'],
          // What measures times of the product has the machine for itself, after the others.
          sequence: { groupOrder: 1 },
          maxWorkers: 1,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
