export { exportRegister } from './export.ts';
export {
  EntriesBehind,
  nameOfPrint,
  NothingToPrint,
  prepareExport,
  RevisionAhead,
} from './prepare.ts';
export type { ExportAsked, ExportSources, Prepared } from './prepare.ts';
