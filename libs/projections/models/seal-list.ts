import { oneChange, type Projection } from '../projection.ts';
import { edited, registered, revoked } from './specimen-list.ts';

/** What the list sorts by as people read it. */
const names = ['name'];

/** Danh sách con dấu. */
export const sealList: Projection = {
  name: 'seal_list',
  version: 5,
  reads: ['seal-'],
  indexes: [
    ['agency', 'nameOrder'],
    ['agency', 'registeredAt'],
    ['agency', 'id'],
  ],
  counted: [['agency', 'state']],
  searchable: ['name'],
  project: oneChange({
    SealRegistered: (data, projected) => registered(projected, data, { names, owner: {} }),
    SealEdited: (data, projected) => edited(projected, data, names),
    SealRevoked: (data, projected) => revoked(projected, data),
  }),
};
