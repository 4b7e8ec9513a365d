import { expect, it } from 'vitest'
import { cleanFileName } from '@/lib/files/file-name'

it.each([
  ['beach.png', 'beach.png'],
  ['Beach.PNG', 'Beach.png'],
  ['../../etc/passwd', 'passwd.png'],
  ['C:\\Users\\ann\\beach.png', 'beach.png'],
  ['a\r\nb\u0000.png', 'ab.png'],
  ['exe.\u202egnp.png', 'exe.gnp.png'],
  ['page.html', 'page.html.png'],
  ['', 'image.png'],
  ['..', 'image.png'],
  ['.png', 'png.png'],
  ['.hidden.png', 'hidden.png'],
  ['Stra\u00dfe am Meer.png', 'Straße am Meer.png'],
  ['half \ud83d.png', 'half \ufffd.png'],
])('cleans %j', (name, expected) => {
  expect(cleanFileName(name, ['png'])).toBe(expected)
})

it('keeps a name within 255 characters, its ending included', () => {
  const cleaned = cleanFileName(`${'é'.repeat(400)}.png`, ['png'])
  expect(cleaned).toHaveLength(255)
  expect(cleaned.endsWith('é.png')).toBe(true)
})
