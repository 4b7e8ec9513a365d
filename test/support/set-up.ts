import type { Page } from 'playwright'

/** Who owns a test's installation. */
export const OWNER = {
  name: 'Ann Miller',
  email: 'ann@example.com',
  password: 'a mill on a quiet river',
}

/** Creates the owner's account on the set-up page, as the first visitor does, and is signed in as them. */
export async function setUpOwner(page: Page): Promise<void> {
  await page.goto('/setup')
  await page.getByLabel('Name').fill(OWNER.name)
  await page.getByLabel('Email').fill(OWNER.email)
  await page.getByLabel('Password', { exact: true }).fill(OWNER.password)
  await page.getByRole('button', { name: 'Create account and start' }).click()
  await page.getByRole('heading', { name: 'Overview' }).waitFor()
}
