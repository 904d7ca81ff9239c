/** Clients of MongoDB for the adapters that keep something there. */
export { clientOf } from './client.ts';
