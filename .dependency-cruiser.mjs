/**
 * Which folder may import which; `npm run check` refuses the rest.
 *
 * The folders of `lib`, lowest first: each may import those before it.
 */
const LIB = [
  ['config', 'format', 'time'],
  ['text'],
  ['errors'],
  ['fairness'],
  ['telemetry', 'secrets'],
  ['db', 'storage'],
  ['access'],
  ['audit'],
  ['queue', 'mail', 'files', 'metrics', 'notifications', 'reports'],
  ['webhooks'],
  ['suppressions'],
  ['jobs'],
  ['services'],
  ['auth', 'schedules'],
  ['users', 'retention', 'alerts'],
]

const anyOf = (names) => `(?:${names.join('|')})`
const HEAVY = '^node_modules/(?:sharp|nodemailer|pdfkit|yazl)/'

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...LIB.map((names, level) => ({
      name: 'lib-imports-downward',
      comment: 'The folders of lib have an order: see LIB in .dependency-cruiser.mjs.',
      severity: 'error',
      from: { path: `^lib/(${anyOf(names)})/` },
      to: {
        path: `^lib/${anyOf(LIB.slice(level).flat())}/`,
        pathNot: '^lib/$1/',
      },
    })),
    {
      name: 'lib-has-places',
      comment: 'A folder of lib needs its place in LIB in .dependency-cruiser.mjs.',
      severity: 'error',
      from: {},
      to: { path: '^lib/[^/]+/', pathNot: `^lib/${anyOf(LIB.flat())}/` },
    },
    {
      name: 'lib-is-shared',
      comment: 'lib is what web and worker share: it imports neither.',
      severity: 'error',
      from: { path: '^lib/' },
      to: { path: '^(?:app|workers|bin|test)/' },
    },
    {
      name: 'app-and-workers-apart',
      comment: 'app and workers never import each other.',
      severity: 'error',
      from: { path: '^(app|workers)/' },
      to: { path: '^(?:app|workers)/', pathNot: '^$1/' },
    },
    {
      name: 'no-next-in-workers',
      comment: 'The worker program runs without Next.js.',
      severity: 'error',
      from: { path: '^workers/' },
      to: { path: '^node_modules/next/' },
    },
    {
      name: 'heavy-libraries-in-workers',
      comment: "A handler's heavy library belongs to the worker, never to the web server.",
      severity: 'error',
      from: { path: '^(?:app|lib)/|^proxy\\.ts$' },
      to: { path: HEAVY },
    },
    {
      name: 'no-cycle-of-folders',
      comment: 'Two folders that need each other are one, or want a third below both.',
      severity: 'error',
      scope: 'folder',
      from: { path: '^(?:lib|app/_server|workers)/' },
      to: { circular: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^lib/db/generated' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.mjs', '.js'] },
  },
}
