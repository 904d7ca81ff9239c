export { exportRegister } from './export.ts';
export {
  EntriesBehind,
  nameOfPrint,
  NothingToPrint,
  prepareExport,
  RevisionAhead,
} from './prepare.ts';
export type { ExportAsked, ExportSources, Prepared } from './prepare.ts';
export { agencyName, certifiedIn, documentsOf, reportOf, reportOfAgencies } from './report.ts';
export type { FindPage, Report, ReportLine, Summed } from './report.ts';
