/** Who may import whom: the table of docs/architecture.md, checked. */
const lib = (name) => `^libs/${name}/`;
const onlyThese = (from, to) => ({
  name: `${from}-imports`,
  severity: 'error',
  comment: `libs/${from} may import only: itself${to.length ? `, ${to.join(', ')}` : ''}`,
  from: { path: lib(from), pathNot: '\\.spec\\.ts$' },
  to: { path: '^(libs|apps|test|bench)/', pathNot: [from, ...to].map(lib) },
});

module.exports = {
  forbidden: [
    {
      name: 'specs-import-support-only',
      severity: 'error',
      comment: 'a spec beside the code may use test/support, never an app',
      from: { path: '^libs/.*\\.spec\\.ts$' },
      to: { path: '^(apps|bench|test/(contract|e2e|hostile))/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    onlyThese('domain', []),
    {
      name: 'domain-is-pure',
      severity: 'error',
      from: { path: lib('domain'), pathNot: '\\.spec\\.ts$' },
      to: {
        path: ['^node:', '^node_modules'],
        dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-peer'],
      },
    },
    onlyThese('config', []),
    onlyThese('client', []),
    {
      name: 'client-runs-in-browsers',
      severity: 'error',
      from: {
        path: lib('client'),
        pathNot: '(\\.spec|^libs/client/generate\\.main|^apps/api/feed/schemas\\.main)\\.ts$',
      },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'console-by-http-alone',
      severity: 'error',
      comment: 'the screens know the service by its client and by nothing else of ours',
      from: { path: '^apps/console/' },
      to: {
        path: '^(libs|apps|test|bench)/',
        pathNot: ['^apps/console/', lib('client')],
      },
    },
    onlyThese('terminal', []),
    onlyThese('threads', []),
    onlyThese('event-store', ['config', 'threads']),
    onlyThese('mongodb', []),
    onlyThese('read-store', ['config', 'mongodb', 'threads']),
    onlyThese('image-store', ['config', 'mongodb']),
    onlyThese('access', ['config']),
    onlyThese('commands', ['domain', 'event-store', 'image-store']),
    onlyThese('projections', ['domain', 'event-store', 'read-store', 'threads']),
    onlyThese('audit', ['config', 'domain', 'event-store', 'read-store', 'threads']),
    onlyThese('paper', ['domain', 'read-store', 'threads']),
    onlyThese('exports', [
      ...['audit', 'commands', 'domain', 'event-store', 'image-store', 'paper'],
      ...['projections', 'read-store'],
    ]),
    onlyThese('outgoing', [
      ...['config', 'domain', 'event-store', 'projections', 'read-store', 'threads'],
    ]),
    onlyThese('telemetry', ['event-store', 'projections', 'read-store', 'threads']),
    {
      name: 'client-of-the-log-in-one-folder',
      severity: 'error',
      comment:
        'docs/decisions/0012: a change of client is one folder (and the double that speaks its messages)',
      from: {
        pathNot: [
          '^libs/event-store/eventstoredb/',
          // Measures what the client does alone.
          '^bench/filling-task\\.ts$',
          '^bench/peer-eventstoredb/',
          '^test/support/eventstoredb/',
          '^test/contract/event-store\\.spec\\.ts$',
        ],
      },
      to: { path: ['node_modules/@eventstore/', 'node_modules/@kurrent/'] },
    },
    {
      name: 'verify-stands-alone',
      severity: 'error',
      comment:
        'the verifier rests on the domain and on the pure part of audit, and on nothing of the service',
      from: { path: ['^apps/verify/', '^libs/audit/proofs/'], pathNot: '\\.spec\\.ts$' },
      to: {
        path: '^(libs|apps|test|bench)/',
        pathNot: ['^apps/verify/', '^libs/audit/proofs/', lib('domain')],
      },
    },
    {
      name: 'nest-at-the-edge',
      severity: 'error',
      comment: 'a program that answers no requests does not load what answers them',
      from: { path: '^libs/', pathNot: '^libs/commands/bus/' },
      to: { path: 'node_modules/@nestjs/' },
    },
    {
      name: 'apps-keep-apart',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'http-knows-no-noun',
      severity: 'error',
      comment: 'what every route goes through; a noun imports it, never the other way round',
      from: { path: '^apps/api/http/' },
      to: { path: '^apps/api/', pathNot: '^apps/api/http/' },
    },
    {
      name: 'access-records-know-no-noun',
      severity: 'error',
      comment: 'the folders of what is recorded import access, never the other way round',
      from: { path: '^apps/api/access/' },
      to: { path: '^apps/api/[^/]+/', pathNot: '^apps/api/(access|http)/' },
    },
    {
      name: 'libs-do-not-import-apps',
      severity: 'error',
      from: { path: '^libs/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^(apps|test|bench)/' },
    },
    {
      name: 'nest-at-the-edge',
      severity: 'error',
      comment: 'Nest stays in *.module, *.controller, *.handlers, *.filter, *.dto, *.command files',
      from: {
        path: '^libs/',
        pathNot: '\\.(module|controller|handlers|filter|guard|dto|command|spec)\\.ts$',
      },
      to: { path: 'node_modules/@nestjs' },
    },
    {
      name: 'no-dev-dependency-in-production-code',
      severity: 'error',
      // Generators (the client's types, the events' schemas) are run in development and never shipped.
      from: {
        path: '^(apps|libs)/',
        // The console is bundled with what it uses.
        pathNot: [
          '(\\.spec|^libs/client/generate\\.main|^apps/api/feed/schemas\\.main)\\.ts$',
          '^apps/console/',
        ],
      },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { conditionNames: ['source', 'import', 'node', 'default', 'types'] },
  },
};
