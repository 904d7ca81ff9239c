/**
 * Makes directory-2025.csv, the provinces and communes of Việt Nam as they are since 01/07/2025, for
 * `ops agencies import`. Run it again when the source has a newer release:
 *
 *   pip download --no-deps vietnamadminunits==1.0.4 && unzip -q vietnamadminunits-*.whl
 *   npx -c 'node apps/ops/samples/directory-2025.mjs vietnamadminunits/data/dataset.db' > apps/ops/samples/directory-2025.csv
 *
 * Source: vietnamadminunits 1.0.4 on PyPI, whose codes are those of danhmuchanhchinh.gso.gov.vn.
 * MIT License, Copyright (c) 2025 Tran Ngoc Minh Hieu: its text is in directory-2025.LICENSE.txt.
 */
import Database from 'better-sqlite3';
import { stringify } from 'csv-stringify/sync';

const [file = ''] = process.argv.slice(2);
const source = new Database(file, { readonly: true });
const communes = source
  .prepare(
    'SELECT province, provinceCode, ward, wardCode FROM admin_units ORDER BY provinceCode, wardCode',
  )
  .all();

/** `Xã Ba Bể` within a sentence: `xã Ba Bể`. */
const lower = (name) => name.charAt(0).toLocaleLowerCase('vi') + name.slice(1);
const provinces = new Map(communes.map(({ provinceCode, province }) => [provinceCode, province]));

// The code is ours, a commune's below its province's; what the source does not know is left blank.
const rows = [
  ...[...provinces].map(([code, name]) => [code, `UBND ${lower(name)}`, 'province', '', code]),
  ...communes.map(({ province, provinceCode, ward, wardCode }) => [
    ...[`${provinceCode}.${wardCode}`, `UBND ${lower(ward)}, ${lower(province)}`],
    ...['commune', '', wardCode],
  ]),
].sort(([a], [b]) => (a < b ? -1 : 1));
const columns = ['code', 'name', 'level', 'identifier', 'statisticalCode'];
process.stdout.write(
  stringify([columns, ...rows].map((row) => row.map((cell) => cell.normalize('NFC')))),
);
