import { expect, test } from 'vitest'
import { dragFrom } from '@/app/form/picture/frame'

const size = { width: 100, height: 80 }
const frame = { left: 20, top: 10, width: 40, height: 30 }
const from = (x: number, y: number) => dragFrom({ x, y }, frame, size, 4)

test('a drag beside the frame, or without one, begins another, in whichever direction', () => {
  expect(from(90, 70)({ x: 70.4, y: 75.6 })).toEqual({ left: 70, top: 70, width: 20, height: 6 })
  expect(dragFrom({ x: 30, y: 20 }, undefined, size, 4)({ x: 30, y: 20 })).toEqual({
    left: 30,
    top: 20,
    width: 1,
    height: 1,
  })
})

test('a drag inside moves the frame, up to the edges of the picture', () => {
  expect(from(40, 25)({ x: 45.4, y: 20 })).toEqual({ ...frame, left: 25, top: 5 })
  expect(from(40, 25)({ x: 500, y: -500 })).toEqual({ ...frame, left: 60, top: 0 })
})

test('a drag from a corner leaves the opposite corner where it is', () => {
  expect(from(22, 12)({ x: 0, y: 0 })).toEqual({ left: 0, top: 0, width: 60, height: 40 })
  expect(from(58, 41)({ x: 120, y: 90 })).toEqual({ left: 20, top: 10, width: 80, height: 70 })
  expect(from(61, 9)({ x: 10, y: 60 })).toEqual({ left: 10, top: 40, width: 10, height: 20 })
})

test('a frame never leaves the picture, and is never empty', () => {
  expect(from(99, 79)({ x: 300, y: 300 })).toEqual({ left: 99, top: 79, width: 1, height: 1 })
  expect(from(100, 80)({ x: 100, y: 80 })).toEqual({ left: 99, top: 79, width: 1, height: 1 })
})
