import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { findLocks } from '@/tools/migrations/locks'

/** The rules that a migration breaks, in the order of its statements. */
function rulesBrokenBy(sql: string, name = '20300101000000_change') {
  const folder = mkdtempSync(path.join(tmpdir(), 'locks-'))
  mkdirSync(path.join(folder, name))
  writeFileSync(path.join(folder, name, 'migration.sql'), sql)
  const faults = findLocks(folder)
  rmSync(folder, { recursive: true })
  return faults.map((fault) => /migration\.sql(?::\d+)?: ([\w-]+): /.exec(fault)?.[1])
}

it.each([
  [
    'an index of an existing table',
    'CREATE INDEX "i" ON "User"("name");',
    'require-concurrent-index-creation',
  ],
  [
    'a column that gets another type',
    'ALTER TABLE "User" ALTER COLUMN "points" TYPE bigint;',
    'changing-column-type',
  ],
  [
    'a column that must not be null',
    'ALTER TABLE "User" ALTER COLUMN "name" SET NOT NULL;',
    'adding-not-nullable-field',
  ],
  [
    'a check of all rows',
    'ALTER TABLE "User" ADD CONSTRAINT "c" CHECK ("points" > 0);',
    'constraint-missing-not-valid',
  ],
  [
    'a foreign key that checks all rows',
    'ALTER TABLE "Address" ADD CONSTRAINT "f" FOREIGN KEY ("userId") REFERENCES "User"("id");',
    'adding-foreign-key-constraint',
  ],
  [
    'a new name of a column, which the release before does not know',
    'ALTER TABLE "User" RENAME COLUMN "name" TO "fullName";',
    'renaming-column',
  ],
  [
    'a column that the release before still reads',
    'ALTER TABLE "User" DROP COLUMN "name";',
    'ban-drop-column',
  ],
  [
    'a copy of rows while a foreign key locks the table of the other ones',
    'CREATE TABLE "T" ("a" UUID REFERENCES "User"("id"));\nINSERT INTO "T" SELECT "id" FROM "User";',
    'work-under-lock',
  ],
  [
    'a change of rows after a trigger of their table',
    'CREATE TRIGGER t BEFORE UPDATE ON "User" EXECUTE FUNCTION f();\nUPDATE "User" SET "points" = 0;',
    'work-under-lock',
  ],
])('npm run check refuses %s', (_, sql, rule) => {
  expect(rulesBrokenBy(sql)).toContain(rule)
})

it.each([
  [
    'a concurrent index without a transaction',
    '-- no transaction\nCREATE INDEX CONCURRENTLY "i" ON "User"("name");',
  ],
  [
    'a new table with its indexes',
    'CREATE TABLE "T" ("a" INTEGER);\nCREATE INDEX "i" ON "T"("a");',
  ],
  [
    'a copy of rows before the locks, and a function that changes rows later',
    'CREATE TABLE "T" ("a" UUID);\nINSERT INTO "T" SELECT "id" FROM "User";\nALTER TABLE "User" ADD COLUMN "b" UUID;\n' +
      'CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN DELETE FROM "T"; END $$;',
  ],
  ['a column that may be null', 'ALTER TABLE "User" ADD COLUMN "note" VARCHAR(20);'],
  [
    'a check that only new rows must pass',
    'ALTER TABLE "User" ADD CONSTRAINT "c" CHECK ("points" > 0) NOT VALID;',
  ],
  [
    'what a comment permits',
    '-- squawk-ignore ban-drop-column\nALTER TABLE "User" DROP COLUMN "unused";',
  ],
])('npm run check accepts %s', (_, sql) => {
  expect(rulesBrokenBy(sql)).toEqual([])
})

it('the migrations from before this check are not checked', () => {
  const sql = 'ALTER TABLE "User" DROP COLUMN "name";'
  expect(rulesBrokenBy(sql, '20261125220500_refused_account')).toEqual([])
})
