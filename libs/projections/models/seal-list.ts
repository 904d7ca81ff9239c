import { oneChange, type Projection } from '../projection.ts';
import { edited, registered, revoked } from './specimen-list.ts';

/** Danh sách con dấu. */
export const sealList: Projection = {
  name: 'seal_list',
  version: 3,
  reads: ['seal-'],
  indexes: [
    ['agency', 'name'],
    ['agency', 'id'],
  ],
  searchable: ['name'],
  project: oneChange({
    SealRegistered: (data, projected) => registered(projected, data, {}),
    SealEdited: (data, projected) => edited(projected, data),
    SealRevoked: (data, projected) => revoked(projected, data),
  }),
};
