import { describe, expect, test } from 'vitest'
import { readMailList } from '@/app/_server/mail-list/read'
import { readTable } from '@/app/_server/mail-list/table'

const lines = (...text: string[]) => text.join('\n')
const messageOf = (work: () => unknown) => {
  try {
    work()
  } catch (error) {
    return error instanceof Error ? error.message : undefined
  }
  return undefined
}

describe('a list of people', () => {
  test('has a column per variable, by its name or its label, in any order', () => {
    const list = readMailList(
      lines(
        'Name,E-Mail,subject,city',
        'Ann,ann@example.com,Hello Ann,Rome',
        'Bob,bob@example.com,,',
      ),
      'welcome',
    )
    expect(list).toMatchObject({ problems: [], duplicates: [], unused: ['city'] })
    expect(list.recipients).toMatchObject([
      { line: 2, to: 'ann@example.com', subject: 'Hello Ann', variables: { name: 'Ann' } },
      { line: 3, to: 'bob@example.com', subject: undefined, variables: { name: 'Bob' } },
    ])
  })

  test('may be addresses alone, one to a line', () => {
    const { recipients } = readMailList('ann@example.com\nbob@example.com\n', 'notice')
    expect(recipients.map(({ line, to }) => [line, to])).toEqual([
      [1, 'ann@example.com'],
      [2, 'bob@example.com'],
    ])
  })

  test.each([
    ['commas', ','],
    ['semicolons', ';'],
    ['tabs', '\t'],
  ])('is read with %s, a byte order mark, and lines that end in CR LF', (_, by) => {
    const text = `\uFEFFemail${by}name\r\nann@example.com${by}"Ann${by} Miller"\r\n`
    expect(readTable(text).rows).toEqual([
      { line: 2, cells: ['ann@example.com', `Ann${by} Miller`] },
    ])
  })

  test('names every bad row by its line, also after cells of several lines', () => {
    const list = readMailList(
      lines(
        'email,body,subject',
        'ann@example.com,"one',
        'two"',
        '',
        'no address',
        ',nobody',
        'bob@example.com,a,b,c',
        'cay@example.com,ok,"two',
        'lines"',
        'ann@EXAMPLE.com,again',
      ),
      'notice',
    )
    expect(list.recipients).toMatchObject([{ line: 2, variables: { body: 'one\ntwo' } }])
    expect(list.problems).toEqual([
      { line: 5, email: 'no address', message: expect.stringContaining('one email address') },
      { line: 6, email: '', message: 'It has no address' },
      { line: 7, email: 'bob@example.com', message: 'It has 4 cells, but there are 3 columns' },
      { line: 8, email: 'cay@example.com', message: expect.stringContaining('line breaks') },
    ])
    expect(list.duplicates).toEqual([
      { line: 10, email: 'ann@EXAMPLE.com', message: 'Same address as line 2' },
    ])
  })

  test('fills the texts shared by all with what its columns say', () => {
    const shared = {
      subject: 'Hi {{ Name | friend }}',
      variables: {
        title: '{{city}}, {{NAME|you}}',
        body: 'Shared',
        actionUrl: 'https://x/{{code|}}',
      },
    }
    const list = readMailList(
      lines(
        'email,name,city,code,body',
        'ann@example.com,Ann,Rome,1,Own',
        'bob@example.com,,Oslo,,',
        'cay@example.com,Cay,,,',
      ),
      'notice',
      shared,
    )
    expect(list.unused).toEqual([])
    expect(list.recipients.map(({ subject, variables }) => ({ subject, variables }))).toEqual([
      {
        subject: 'Hi Ann',
        variables: { title: 'Rome, Ann', actionUrl: 'https://x/1', body: 'Own' },
      },
      {
        subject: 'Hi friend',
        variables: { title: 'Oslo, you', actionUrl: 'https://x/', body: 'Shared' },
      },
    ])
    expect(list.problems).toEqual([
      { line: 4, email: 'cay@example.com', message: expect.stringContaining('“city” is empty') },
    ])
  })

  test('leaves braces alone that name no column, and refuses columns that are not there', () => {
    const read = (body: string) => () =>
      readMailList('email,name\nann@example.com,Ann', 'notice', { variables: { body } })
    const [ann] = read('{{}} {{name {x} }} {{{{name}}')().recipients
    expect(ann?.variables.body).toBe('{{}} {{name {x} }} {{Ann')
    expect(read('{{nmae}}')).toThrow('variables.body: The list has no column “nmae” for {{nmae}}')
  })

  test.each([
    ['', 'Paste a list'],
    ['email\n', 'no rows'],
    ['name,city\nAnn,Rome', 'No column is named “email”'],
    ['email,name\nann@example.com,"Ann\nbob@example.com,Bob', 'Line 2: a quotation mark is opened'],
    ['email,name\nann@example.com,5" pipe', 'Line 2: a quotation mark stands'],
    ['email\nann@example.com�', 'CSV UTF-8'],
  ])('that cannot be read says why: %j', (text, why) => {
    expect(messageOf(() => readMailList(text, 'notice'))).toContain(why)
  })

  test('may have ten thousand rows, and not one more', () => {
    const rows = Array.from({ length: 10_000 }, (_, index) => `p${index}@example.com`)
    expect(readMailList(rows.join('\n'), 'notice').recipients).toHaveLength(10_000)
    expect(
      messageOf(() => readMailList([...rows, 'x@example.com'].join('\n'), 'notice')),
    ).toContain('10,001 rows')
  })
})
