const OWN_SOURCE = 'reads a source file or a build’s output of the developer’s own, a few KB'
const OPERATOR = 'reads a setting of the operator, once'

/**
 * Expressions that the checker cannot show to be linear, each with the reason why nobody can make it
 * slow: whose text it is, and how long.
 *
 * @type {readonly import('./expressions.mjs').Allowed[]}
 */
export const allowed = [
  {
    file: 'bin/check/expressions.mjs',
    expression: 'new RegExp',
    reason: 'rebuilds the program’s own expressions and runs none of them',
  },
  {
    file: 'bin/job-types/new.ts',
    expression: '(export const catalog = \\{[^}]*?),?\\s*\\}',
    reason: OWN_SOURCE,
  },
  { file: 'bin/job-types/new.ts', expression: '\\}\\s*$', reason: OWN_SOURCE },
  { file: 'bin/setup/build.mjs', expression: 'error\\b.*:', reason: OWN_SOURCE },
  ...['<link[^>]+href="https?:\\/\\/[^>]*>', '<base[^>]*>', '<body[^>]*>'].map((expression) => ({
    file: 'app/_server/bull-board/page.ts',
    expression,
    reason: 'reads the page that comes with Bull Board’s package, 2 KB',
  })),
  { file: 'lib/config/parse.ts', expression: '\\/+$', reason: OPERATOR },
  { file: 'lib/telemetry/open-telemetry.ts', expression: '\\/+$', reason: OPERATOR },
  {
    file: 'lib/db/migrate.ts',
    expression: 'migration_name="([^"]+)"',
    reason: 'reads what Prisma’s engine says of a migration, a few KB',
  },
  {
    file: 'lib/text/redact.ts',
    expression: '\\b([a-z][a-z\\d+.-]{1,20}:\\/\\/)[^\\s/@:"\'<>]{0,256}:[^\\s/@"\'<>]{1,512}@',
    reason:
      'at most 790 characters from each place where one begins; timed in test/unit/log.test.ts',
  },
  {
    file: 'lib/text/redact.ts',
    expression: 'new RegExp',
    reason: 'the operator’s own secrets, each as it is, one or the other',
  },
  {
    file: 'workers/handlers/image/pipeline.ts',
    expression: '\\/\\S+\\/',
    reason: 'reads at most 2,000 characters of what libvips says',
  },
]
