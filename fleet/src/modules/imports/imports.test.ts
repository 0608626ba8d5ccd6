import { importCheck, importOutcome } from '@anteroom/shared/api/imports.ts';
import { importRowLimit } from '@anteroom/shared/people/import.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeTable } from '../../table-file.ts';
import { peopleFile } from '../../testing/people-file.ts';
import { fileOf, linkTo } from '../../testing/route-calls/people.ts';
import { codeOf, type Organization, startTestFleet, type TestFleet } from '../../testing/test-fleet.ts';

let test: TestFleet;
let own: Organization;

beforeEach(async () => {
  test = await startTestFleet();
  own = await test.createOrganization('Own');
});
afterEach(() => test[Symbol.asyncDispose]());

const check = async (content: string | Uint8Array, by = own.administrator) =>
  importCheck.parse(await test.expectOk(by, 'POST', '/imports/check', fileOf(content)));
const importIt = async (content: string | Uint8Array) =>
  importOutcome.parse(await test.expectOk(own.administrator, 'POST', '/imports', fileOf(content)));
const refusalOf = async (content: string | Uint8Array) =>
  codeOf(await test.call(own.administrator, 'POST', '/imports/check', { body: fileOf(content) }));
const department = async (name: string, parentId: unknown = null) =>
  ((await test.expectOk(own.administrator, 'POST', '/departments', { name, parentId })) as { id: string }).id;
const countPeople = async () => ((await test.expectOk(own.administrator, 'GET', '/people')) as { total: number }).total;

describe('bulk import', () => {
  it('takes the template, in either language, as CSV and as XLSX', async () => {
    for (const language of ['en', 'zh-CN'])
      for (const format of ['csv', 'xlsx']) {
        const url = `/api/v1/imports/template?format=${format}`;
        const { rawPayload } = (await test.fleet.app?.inject({
          url,
          headers: { cookie: own.administrator.cookie, 'accept-language': language },
        })) ?? { rawPayload: Buffer.alloc(0) };
        expect(await refusalOf(rawPayload)).toBe('import_empty');
      }
  });

  it('adds people where their rows say, and each sets a password by a link of their own', async () => {
    const north = await department('North', await department('Sales'));
    const { added, refused } = await importIt(
      '姓名,手机号,部门,职位,排序号,语言\n赵敏,+86 138 0013 8000,sales/ north,工程师,7,简体中文\nOla,+4790000003,North,,,\n',
    );
    expect({ added, refused }).toEqual({ added: 2, refused: 0 });
    expect(await test.expectOk(own.member, 'GET', '/people?search=8613800138000')).toMatchObject({
      items: [{ name: '赵敏', phone: '+8613800138000', department: { id: north }, position: '工程师', sortNumber: 7 }],
    });
    const token = await linkTo(test, '+4790000003', 'set-password');
    const body = { token, password: 'a password of some length' };
    const signedIn = await test.call(null, 'POST', '/session/set-password', { body });
    expect(signedIn.body).toMatchObject({ account: { name: 'Ola' }, role: 'member' });
  });

  it('names every bad row and why in the dry run, and changes nothing', async () => {
    await importIt('Name,Phone\nFirst,+4790000003\n');
    const before = await countPeople();
    const { rows, good, refused } = await check(
      [
        'Name,Phone,E-mail,Department,Position,Sort number,Account,Language',
        'Good,+4790000004,,,,,,',
        ',+4790000005,,,,,,',
        `${'x'.repeat(81)},12,,,,,,`,
        'No way,,,,,,,',
        'Twice,+47 900 00 004,,,,,,',
        'Taken,+4790000003,,,,,,',
        'Strange,,not an address,Nowhere,,-1,robot,Latin',
        `Long,,long@x.test,,${'y'.repeat(61)},,,`,
        'Console,+4790000003,,,,,console,',
      ].join('\n'),
    );
    expect({ rows, good }).toEqual({ rows: 9, good: 2 });
    expect(refused.map(({ line, faults }) => [line, ...faults.map(({ column, code }) => `${column} ${code}`)])).toEqual(
      [
        [3, 'name name_missing'],
        [4, 'name name_invalid', 'phone phone_invalid'],
        [5, 'phone recipient_missing'],
        [6, 'phone phone_twice'],
        [7, 'phone phone_taken'],
        [
          8,
          'email email_invalid',
          'department department_unknown',
          'sortNumber sort_number_invalid',
          'kind kind_unknown',
          'language language_unknown',
        ],
        [9, 'position too_long'],
      ],
    );
    expect(await countPeople()).toBe(before);
  });

  it('does not tell by volume who has an account elsewhere, nor does adding people one by one', async () => {
    const elsewhere = await test.createOrganization('Elsewhere');
    const phone = (index: number) => `+47900${String(10_000 + index)}`;
    const place = { departmentId: null, position: '', sortNumber: 0, remark: '' };
    const members = Array.from({ length: 1000 }, (_, index) => ({
      ...{ kind: 'standard' as const, name: 'X', phone: phone(index), email: null, language: 'en' as const, place },
    }));
    const { accounts } = test.fleet.services;
    await test.fleet.db.transaction().execute((tx) => accounts.insertMembers(tx, { orgId: elsewhere.id }, members));
    const file = (count: number) =>
      ['Name,Phone', ...members.slice(0, count).map((row) => `X,${row.phone}`)].join('\n');
    expect((await check(file(1000))).refused).toHaveLength(1000);
    expect(await refusalOf(file(1))).toBe('accounts_told_limited');
    const person = { kind: 'standard', name: 'X', phone: phone(0), email: null, language: 'en', ...place };
    expect(codeOf(await test.call(own.administrator, 'POST', '/people', { body: person }))).toBe(
      'accounts_told_limited',
    );
    // Its own people an organization knows, and whoever is new may come.
    expect((await check(file(1), elsewhere.administrator)).refused).toHaveLength(1);
    expect(await check('Name,Phone\nNew,+4790000009\n')).toMatchObject({ good: 1 });
  });

  it('gives a result file whose bad rows can be corrected and imported again', async () => {
    const { id, added, refused } = await importIt('Name,Phone\nGood,+4790000004\nBad,12\n');
    expect({ added, refused }).toEqual({ added: 1, refused: 1 });
    const path = `/imports/${id}/file?format=csv`;
    const answer = await test.call(own.administrator, 'GET', path, { headers: { 'accept-language': 'zh-CN' } });
    expect(String(answer.body)).toContain('2,已添加,,Good,');
    expect(String(answer.body)).toContain('3,未添加,12 不是有效的电话号码');
    const corrected = String(answer.body)
      .replace(/^2,.*\r\n/m, '')
      .replace(',Bad,12,', ',Bad,+4790000005,');
    expect(await importIt(corrected)).toMatchObject({ rows: 1, added: 1 });
  });

  it('keeps to the departments that an administrator manages', async () => {
    const inside = await department('Inside');
    const manager = await test.createPerson(own.id, {
      ...{ name: 'Manager', role: 'administrator', permissions: ['users'] },
      managedDepartments: [inside],
    });
    const file = 'Name,Phone,Department\nOne,+4790000004,Inside\nTwo,+4790000005,\n';
    const { good, refused } = await check(file, manager);
    expect(good).toBe(1);
    expect(refused).toMatchObject([{ line: 3, faults: [{ column: 'department', code: 'outside_scope' }] }]);
    const { id } = await importIt('Name,Phone\nThree,+4790000006\n');
    expect(codeOf(await test.call(manager, 'GET', `/imports/${id}/file`))).toBe('not_found');
  });

  it('refuses files that are no tables, heads that it does not know, and more rows than fit', async () => {
    expect(await refusalOf('PK\u0003\u0004')).toBe('import_file_unreadable');
    expect(await refusalOf('Name,Phone\n"Ola,+4790000004\n')).toBe('import_line_broken');
    expect(await refusalOf('Name,Fone\nOla,+4790000004\n')).toBe('import_columns_wrong');
    expect(await refusalOf('Name,Phone,Name\nOla,+4790000004,Ola\n')).toBe('import_columns_wrong');
    expect(await refusalOf('Phone\n+4790000004\n')).toBe('import_columns_wrong');
    expect(await refusalOf('Name,Phone\n')).toBe('import_empty');
    expect(await refusalOf(`Name,Phone\n${'x,1\n'.repeat(importRowLimit + 1)}`)).toBe('import_file_too_large');
    const body = { filename: 'x', content: 'A'.repeat(6 * 1024 * 1024) };
    expect((await test.call(own.administrator, 'POST', '/imports', { body })).status).toBe(413);
  });

  it('of 10,000 rows of which 300 are bad takes at most ten seconds, and the dry run too', {
    timeout: 40_000,
  }, async () => {
    const table = peopleFile({ rows: importRowLimit, isBad: (index) => index % 33 === 7 && index < 9900 });
    const { content } = await writeTable(table, 'xlsx', 'people');
    const bytes = Buffer.from(content);
    const begunAt = performance.now();
    const dry = await check(bytes);
    const checkedAt = performance.now();
    const outcome = await importIt(bytes);
    const importedAt = performance.now();
    expect(dry).toMatchObject({ rows: 10_000, good: 9_700 });
    expect(dry.refused.every(({ faults }) => faults.length > 0)).toBe(true);
    expect(outcome).toMatchObject({ rows: 10_000, added: 9_700, refused: 300 });
    expect(await countPeople()).toBe(9_702);
    expect(checkedAt - begunAt).toBeLessThan(10_000);
    expect(importedAt - checkedAt).toBeLessThan(10_000);
  });
});
