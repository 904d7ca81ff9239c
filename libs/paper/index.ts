export { BadForms, readLayouts } from './layouts.ts';
export { booksIn, orderOf } from './order-of.ts';
export type { Earlier } from './order-of.ts';
export { formats, mediaTypes } from './order.ts';
export type { Format, PrintedCheckpoint, PrintOrder, Scope, Since } from './order.ts';
export type { Printed } from './print.ts';
export { PrintFailed, printRegister } from './printing.ts';
export { rowsOf } from './source.ts';
