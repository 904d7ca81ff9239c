// Run by MongoDB's image at its first start, as root: the service's own user, with no more rights
// than it uses. Read models and images it may write and drop; of access records, of what was
// sealed and of how far webhooks have come it may delete none.
const { readFileSync } = require('node:fs');

const pwd = readFileSync('/run/secrets/mongodb_register_password', 'utf8').trim();
const models = process.env.MONGODB_DATABASE || 'chungthuc';
const admin = db.getSiblingDB('admin');

admin.createRole({
  role: 'keepAccessRecords',
  // Who looked, what was sealed of the log, and how far webhooks have come.
  privileges: ['access', 'tlog', 'webhooks'].map((area) => ({
    resource: { db: `${models}_${area}`, collection: '' },
    actions: [
      ...['find', 'insert', 'update', 'createCollection', 'createIndex'],
      ...['listCollections', 'listIndexes'],
    ],
  })),
  roles: [],
});

admin.createUser({
  user: 'register',
  pwd,
  roles: [
    { role: 'readWrite', db: models },
    { role: 'keepAccessRecords', db: 'admin' },
  ],
});
